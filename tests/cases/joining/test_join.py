"""Two persons become one: nothing is lost, nothing is left behind, and the thread goes on."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, func, select
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository as case_repository
from cases.case import service as cases_
from cases.joining import service as joining
from cases.models import Base, Case, Conversation, Label, LinkCode, Message, Note, Person, Seen, StaffUser
from cases.people import repository as people_repository
from cases.people import service as people
from cases.transcript import repository as transcript_repository
from cases.transcript import service as transcript
from tests.cases.people import story

# Two of each become one, and equal marks too.
FEWER = {"person": 1, "conversation": 1, "label": 1, "seen": 1}


def join(session: Session, speaker: Person, other: Person) -> None:
    joining.offer(session, other)
    joining.join(session, speaker, other)
    session.flush()


def counts(session: Session) -> dict[str, int]:
    session.flush()
    tables = Base.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def keys_to(table: str) -> set[Column[Any]]:
    """Every column in which rows name a row of this table."""
    keys = [key for other in Base.metadata.sorted_tables for key in other.foreign_keys]
    return {key.parent for key in keys if key.column.table.name == table}


def naming(session: Session, table: str, id_: int) -> set[Column[Any]]:
    """Those in which a row does name the one with this id."""
    session.flush()
    return {
        column
        for column in keys_to(table)
        if session.scalar(select(func.count()).select_from(column.table).where(column == id_))
    }


def conversation(session: Session, person: Person) -> Conversation:
    return transcript.conversation_of(session, person)


class TestEverythingComesAlong:
    def test_no_row_is_lost(self, session: Session) -> None:
        speaker, other = story.tell(session), story.tell(session, "cd" * 32)
        joining.offer(session, other)
        before = counts(session)
        joining.join(session, speaker, other)
        assert counts(session) == {
            **{name: count - FEWER.get(name, 0) for name, count in before.items()},
            "case_event": before["case_event"] + 2,
        }

    def test_no_row_names_who_is_gone(self, session: Session) -> None:
        speaker, other = story.tell(session), story.tell(session, "cd" * 32)
        gone = {"person": other.id, "conversation": conversation(session, other).id}
        for table, id_ in gone.items():
            assert naming(session, table, id_) == keys_to(table), "the story has to be in every table"
        join(session, speaker, other)
        assert [naming(session, table, id_) for table, id_ in gone.items()] == [set(), set()]
        assert session.get(Person, gone["person"]) is None
        assert session.get(Conversation, gone["conversation"]) is None

    def test_both_doors_open_to_one_person(self, session: Session, wechat: Person) -> None:
        identity, token = people.start_web_session(session)
        session.flush()
        join(session, wechat, identity.person)
        assert people.by_token(session, token) is people.by_channel(session, "wechat", "o-them") is wechat

    def test_a_third_person_keeps_what_is_theirs(self, session: Session, wechat: Person) -> None:
        third, other = story.tell(session, "ef" * 32), story.tell(session)
        case, talk = people_repository.all_cases(session, third), conversation(session, third)
        lines = transcript_repository.messages(session, talk, 100)
        join(session, wechat, other)
        assert people_repository.all_cases(session, third) == case
        assert transcript_repository.messages(session, talk, 100) == lines

    def test_what_was_said_on_both_sides_is_one_transcript_in_its_order(
        self, session: Session, web: Person, wechat: Person
    ) -> None:
        for text, person in (("一", web), ("二", wechat), ("三", web)):
            transcript.record_person(
                session, conversation(session, person), channel="test", text=text, intent=None, confidence=None
            )
            session.flush()
        join(session, wechat, web)
        lines = transcript_repository.messages(session, conversation(session, wechat), 100)
        assert [line.text for line in lines] == ["一", "二", "三"]

    def test_every_case_says_so(self, session: Session) -> None:
        speaker, other = story.tell(session), story.tell(session, "cd" * 32)
        join(session, speaker, other)
        for case in people_repository.all_cases(session, speaker):
            events = case_repository.events(session, case)
            assert [event.actor for event in events if event.name == "joined"] == ["person"]

    def test_somebody_who_never_spoke_is_joined_too(self, session: Session, web: Person, wechat: Person) -> None:
        join(session, wechat, web)
        assert {identity.channel for identity in wechat.identities} == {"web", "wechat"}

    def test_an_undone_join_leaves_two_persons(self, session: Session, wechat: Person) -> None:
        """A turn that fails after it rolls back to before it."""
        identity, token = people.start_web_session(session)
        session.flush()
        failing = session.begin_nested()
        join(session, wechat, identity.person)
        failing.rollback()
        assert people.by_token(session, token) is not wechat


class TestTheThread:
    @pytest.fixture
    def mine(self, session: Session, wechat: Person) -> Conversation:
        return conversation(session, wechat)

    @pytest.fixture
    def theirs(self, session: Session, web: Person) -> Conversation:
        """Where the other side stands: in the middle of a question."""
        talk = conversation(session, web)
        talk.asked, talk.misses, talk.pending = "fact.amount", 1, {"kind": "merchant_gone"}
        talk.offered = [{"token": "c_ABCDEFGH", "title": "不清楚", "choice": "unknown"}]
        return talk

    def open_case(self, session: Session, talk: Conversation) -> Case:
        talk.case = cases_.open_case(session, talk.person)
        return talk.case

    def test_of_the_side_that_has_a_case_goes_on(
        self, session: Session, mine: Conversation, theirs: Conversation
    ) -> None:
        case = self.open_case(session, theirs)
        offered = theirs.offered
        join(session, mine.person, theirs.person)
        assert mine.case is case
        assert (mine.asked, mine.misses, mine.pending) == ("fact.amount", 1, {"kind": "merchant_gone"})
        assert mine.offered == offered

    def test_of_the_speaker_goes_on_if_both_have_one(
        self, session: Session, mine: Conversation, theirs: Conversation
    ) -> None:
        case, other = self.open_case(session, mine), self.open_case(session, theirs)
        mine.asked = "evidence.ev_order"
        join(session, mine.person, theirs.person)
        assert (mine.case, mine.asked) == (case, "evidence.ev_order")
        assert case_repository.open_cases(session, mine.person) == [*sorted((case, other), key=lambda it: it.id)]

    def test_of_an_open_case_goes_before_a_closed_one(
        self, session: Session, mine: Conversation, theirs: Conversation
    ) -> None:
        cases_.close(session, self.open_case(session, mine), "refunded")
        case = self.open_case(session, theirs)
        join(session, mine.person, theirs.person)
        assert mine.case is case

    def test_of_a_closed_case_goes_before_none(
        self, session: Session, mine: Conversation, theirs: Conversation
    ) -> None:
        case = self.open_case(session, theirs)
        cases_.close(session, case, "cancelled")
        join(session, mine.person, theirs.person)
        assert mine.case is case

    def test_cannot_be_taken_back_to_before_the_join(
        self, session: Session, mine: Conversation, theirs: Conversation
    ) -> None:
        mine.before = {"case_id": 1}
        join(session, mine.person, theirs.person)
        assert mine.before is None


class TestWhatStaffDid:
    @pytest.mark.parametrize("who", ["speaker", "other"])
    def test_a_conversation_taken_over_stays_so(
        self, session: Session, web: Person, wechat: Person, staff: StaffUser, who: str
    ) -> None:
        taken = conversation(session, wechat if who == "speaker" else web)
        conversation(session, web)
        taken.taken_by, taken.taken_at, taken.assignee = staff, clock.now(), staff
        join(session, wechat, web)
        kept = conversation(session, wechat)
        assert (kept.taken_by, kept.taken_at, kept.assignee) == (staff, clock.now(), staff)

    @pytest.mark.parametrize("name", ["wants_human_at", "human_promised_at", "reminders_off_at"])
    @pytest.mark.parametrize(
        ("mine", "theirs", "joined"),
        [
            pytest.param(None, None, None, id="on neither side"),
            pytest.param(5, None, 5, id="the speaker's"),
            pytest.param(None, 5, 5, id="the other's"),
            pytest.param(5, 9, 9, id="the earlier one"),
        ],
    )
    def test_what_was_wanted_and_promised_stands(
        self,
        session: Session,
        web: Person,
        wechat: Person,
        name: str,
        mine: int | None,
        theirs: int | None,
        joined: int | None,
    ) -> None:
        def ago(minutes: int | None) -> datetime | None:
            return None if minutes is None else clock.now() - timedelta(minutes=minutes)

        setattr(conversation(session, wechat), name, ago(mine))
        setattr(conversation(session, web), name, ago(theirs))
        join(session, wechat, web)
        assert getattr(conversation(session, wechat), name) == ago(joined)

    def test_notes_and_labels_of_both_stay_and_none_is_there_twice(
        self, session: Session, web: Person, wechat: Person, staff: StaffUser
    ) -> None:
        marks: list[Any] = []
        for person, labels in ((web, ("急", "话费")), (wechat, ("话费", "学生"))):
            talk = conversation(session, person)
            marks += [Label(conversation_id=talk.id, name=name) for name in labels]
            marks.append(Note(conversation_id=talk.id, staff_id=staff.id, text="注意", at=clock.now()))
        session.add_all(marks)
        join(session, wechat, web)
        assert sorted(label.name for label in session.query(Label)) == sorted(["急", "话费", "学生"])
        assert session.query(Note).count() == 2

    def test_nothing_that_was_unread_counts_as_read(
        self, session: Session, web: Person, wechat: Person, staff: StaffUser
    ) -> None:
        for person, read_to in ((web, 7), (wechat, 9)):
            talk = conversation(session, person)
            session.add(Seen(conversation_id=talk.id, staff_id=staff.id, message_id=read_to))
        join(session, wechat, web)
        assert [(seen.staff_id, seen.message_id) for seen in session.query(Seen)] == [(staff.id, 7)]


def test_the_codes_of_both_are_spent(session: Session, web: Person, wechat: Person) -> None:
    joining.offer(session, wechat)
    join(session, wechat, web)
    assert [code for code in session.query(LinkCode) if code.expires_at > clock.now() and code.used_at is None] == []


def test_joining_goes_on_from_door_to_door(session: Session, web: Person, wechat: Person) -> None:
    third = people.by_channel(session, "rest", "a third")
    join(session, wechat, web)
    join(session, third, wechat)
    assert {identity.channel for identity in third.identities} == {"web", "wechat", "rest"}
    assert session.query(Person).one() is third
    assert session.query(Message).count() == 0
