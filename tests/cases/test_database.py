"""The unit of work, and what both databases keep."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from cases import clock
from cases.database import engine, reading, transaction
from cases.models import Case, Inbox, Person
from cases.models.base import PUBLIC_ALPHABET, public_id


def add_person(session: Session) -> None:
    session.add(Person(created_at=clock.now()))


def persons() -> int:
    with reading() as session:
        return session.query(Person).count()


@pytest.mark.usefixtures("database")
class TestTransaction:
    def test_commits_when_the_block_ends_well(self) -> None:
        with transaction() as session:
            add_person(session)
        assert persons() == 1

    def test_keeps_nothing_when_the_block_fails(self) -> None:
        def fail() -> None:
            with transaction() as session:
                add_person(session)
                session.flush()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert persons() == 0

    def test_an_inner_one_is_the_outer_one(self) -> None:
        with transaction() as outer, transaction() as inner:
            assert inner is outer

    def test_an_inner_one_does_not_commit(self) -> None:
        def fail() -> None:
            with transaction():
                with transaction() as inner:
                    add_person(inner)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert persons() == 0

    def test_the_next_one_is_another(self) -> None:
        with transaction() as first:
            pass
        with transaction() as second:
            assert second is not first

    def test_what_was_loaded_stays_readable_after_it(self) -> None:
        with transaction() as session:
            person = Person(created_at=clock.now())
            session.add(person)
        assert len(person.public_id) == 16


@pytest.mark.usefixtures("database")
class TestReading:
    def test_sees_only_what_is_committed(self) -> None:
        with transaction() as session:
            add_person(session)
            session.flush()
            assert persons() == 0
        assert persons() == 1

    def test_keeps_nothing(self) -> None:
        with reading() as session:
            add_person(session)
            session.flush()
        assert persons() == 0

    def test_does_not_hold_up_a_writer(self) -> None:
        with reading() as looking:
            assert looking.query(Person).count() == 0
            with transaction() as session:
                add_person(session)
        assert persons() == 1


@pytest.mark.usefixtures("database")
class TestColumns:
    @pytest.mark.parametrize(
        "moment",
        [
            pytest.param(datetime(2026, 11, 22, 2, tzinfo=UTC), id="UTC"),
            pytest.param(datetime(2026, 11, 22, 10, tzinfo=clock.SHANGHAI), id="Shanghai"),
            pytest.param(datetime(2026, 11, 21, 21, tzinfo=timezone(timedelta(hours=-5))), id="New York"),
        ],
    )
    def test_times_come_back_in_utc(self, moment: datetime) -> None:
        with transaction() as session:
            session.add(Person(created_at=moment))
        with reading() as session:
            [person] = session.query(Person)
        assert person.created_at == moment
        assert person.created_at.utcoffset() == timedelta(0)

    def test_a_time_without_a_zone_is_refused(self) -> None:
        naive = datetime(2026, 11, 22)  # noqa: DTZ001  # that is the point
        with pytest.raises(StatementError, match="zone"), transaction() as session:
            session.add(Person(created_at=naive))

    def test_a_case_comes_back_as_it_was(self) -> None:
        with transaction() as session:
            person = Person(created_at=clock.now())
            session.add(person)
            session.flush()
            session.add(Case(person_id=person.id, opened_at=clock.now(), paid_at=date(2026, 11, 18), amount=20_000))
        with reading() as session:
            [case] = session.query(Case)
        assert (case.paid_at, case.amount, case.unknown, case.flags) == (date(2026, 11, 18), 20_000, [], [])
        assert len(case.number) == 8

    def test_a_case_of_nobody_is_refused(self) -> None:
        with pytest.raises(IntegrityError), transaction() as session:
            session.add(Case(person_id=404, opened_at=clock.now()))

    def test_a_message_key_is_kept_once_in_a_channel(self) -> None:
        def receive(channel: str) -> None:
            with transaction() as session:
                session.add(Inbox(channel=channel, message_key="m1", received_at=clock.now()))

        receive("web")
        receive("wechat")
        with pytest.raises(IntegrityError):
            receive("web")


@pytest.mark.usefixtures("sqlite")
class TestSqlite:
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            pytest.param("journal_mode", "wal", id="readers do not wait"),
            pytest.param("foreign_keys", 1, id="references hold"),
            pytest.param("busy_timeout", 5_000, id="writers wait"),
        ],
    )
    def test_is_prepared(self, pragma: str, value: object) -> None:
        with engine().connect() as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value

    def test_lets_one_writer_in_at_a_time(self) -> None:
        """Each reads, then writes what it read plus one: with two inside at once, an update would be lost."""
        with transaction() as session:
            session.add(Person(public_id="0", created_at=clock.now()))

        def count_up(_: int) -> None:
            with transaction() as session:
                [person] = session.query(Person)
                person.public_id = str(int(person.public_id) + 1)

        with ThreadPoolExecutor(4) as workers:
            list(workers.map(count_up, range(20)))
        with reading() as session:
            assert session.query(Person).one().public_id == "20"


def test_public_ids_can_be_read_out_on_the_telephone() -> None:
    ids = {public_id(8) for _ in range(200)}
    assert len(ids) == 200
    assert set("".join(ids)) <= set(PUBLIC_ALPHABET)
    assert not set("01OIL") & set(PUBLIC_ALPHABET)
