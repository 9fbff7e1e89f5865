"""Who is talking: tokens are credentials, senders live in their channel's namespace."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from cases.database import engine, reading, transaction
from cases.errors import NotAllowed
from cases.models import ChannelIdentity, Person
from cases.people import service as people


class TestWebSessions:
    def test_a_new_session_is_a_new_person(self, session: Session) -> None:
        first, _ = people.start_web_session(session)
        second, _ = people.start_web_session(session)
        assert first.person_id != second.person_id

    def test_the_token_finds_its_person(self, session: Session) -> None:
        identity, token = people.start_web_session(session)
        assert people.by_token(session, token) is identity.person

    def test_the_token_itself_is_not_kept(self, session: Session) -> None:
        identity, token = people.start_web_session(session)
        assert token not in (identity.external_id, identity.public_id, identity.person.public_id)

    @pytest.mark.parametrize(
        "which",
        [
            pytest.param("public_id", id="session id"),
            pytest.param("external_id", id="fingerprint"),
        ],
    )
    def test_what_we_store_opens_nothing(self, session: Session, which: str) -> None:
        identity, _ = people.start_web_session(session)
        with pytest.raises(NotAllowed):
            people.by_token(session, getattr(identity, which))

    def test_an_unknown_token_opens_nothing(self, session: Session) -> None:
        with pytest.raises(NotAllowed) as raised:
            people.by_token(session, "nobody's")
        assert raised.value.code == "session_token_invalid"

    @pytest.mark.parametrize(
        ("now", "opens"),
        [
            pytest.param("2027-05-21T09:59:00", True, id="on day 180"),
            pytest.param("2027-05-21T10:01:00", False, id="a minute later"),
        ],
    )
    def test_a_token_lasts_as_long_as_the_settings_say(
        self, session: Session, monkeypatch: pytest.MonkeyPatch, now: str, opens: bool
    ) -> None:
        identity, token = people.start_web_session(session)
        monkeypatch.setenv("TUIKUAN_NOW", now)
        if opens:
            assert people.by_token(session, token) is identity.person
        else:
            with pytest.raises(NotAllowed):
                people.by_token(session, token)


class TestChannels:
    def test_a_channel_meets_a_person_once(self, session: Session) -> None:
        assert people.by_channel(session, "wechat", "o1") is people.by_channel(session, "wechat", "o1")

    def test_the_same_id_in_another_channel_is_another_person(self, session: Session) -> None:
        assert people.by_channel(session, "wechat", "o1") is not people.by_channel(session, "rest", "o1")

    def test_two_workers_who_meet_a_person_at_once_make_one(self, database: str) -> None:
        together = Barrier(2)
        engine()  # made before the workers are, as the program does

        def meet(_: int) -> int:
            with transaction() as session:
                if database == "postgresql":  # SQLite lets only one in at a time
                    together.wait(timeout=10)
                return people.by_channel(session, "wechat", "o1").id

        with ThreadPoolExecutor(2) as workers:
            assert len(set(workers.map(meet, range(2)))) == 1
        with reading() as session:
            assert session.query(Person).count() == session.query(ChannelIdentity).count() == 1


class TestRasaSenders:
    def test_a_sender_id_of_ours_is_that_person(self, session: Session) -> None:
        person = people.by_channel(session, "wechat", "o1")
        assert people.by_sender(session, person.public_id) is person

    def test_a_foreign_sender_id_is_a_person_of_the_rasa_channel(self, session: Session) -> None:
        assert people.by_sender(session, "default") is people.by_channel(session, people.RASA, "default")

    def test_a_senders_name_never_reaches_another_channels_person(self, session: Session) -> None:
        person = people.by_channel(session, "wechat", "o1")
        assert people.by_sender(session, "o1") is not person
