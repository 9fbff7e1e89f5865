"""What becomes of a piece of evidence."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository as case_repository
from cases.evidence import repository
from cases.evidence import service as evidence
from cases.evidence.files import StoredFile
from cases.models import Actor, Attachment, Case, EvidenceItem, EvidenceState, Person
from cases.people import service as people

STORED = StoredFile(sha256="ab" * 32, media_type="image/png", size=9)


def received(session: Session, person: Person, name: str = "a.png") -> Attachment:
    return evidence.receive_file(session, person, STORED, name=name, source="web")


def events(session: Session, case: Case) -> list[tuple[str, str, dict[str, Any]]]:
    session.flush()
    found = case_repository.events(session, case)
    return [(event.name, event.actor, event.data) for event in found if event.name.startswith("evidence")]


class TestAsking:
    def test_begins_the_item_once(self, session: Session, case: Case) -> None:
        item = evidence.ask(session, case, "ev_order")
        assert evidence.ask(session, case, "ev_order") is item
        assert case.evidence == [item]
        assert (item.state, item.parked) == (EvidenceState.ASKED, 0)
        assert events(session, case) == [("evidence_asked", Actor.BOT, {"requirement": "ev_order"})]

    def test_again_does_not_undo_an_answer(self, session: Session, case: Case) -> None:
        evidence.close_unavailable(session, case, "ev_order")
        assert evidence.ask(session, case, "ev_order").state == EvidenceState.UNAVAILABLE


class TestProviding:
    def test_files_belong_to_the_item(self, session: Session, case: Case, person: Person) -> None:
        file = received(session, person)
        item = evidence.provide(session, case, "ev_order", attachments=[file])
        session.flush()
        assert item.state == EvidenceState.PROVIDED
        assert file.evidence_item_id == item.id
        assert events(session, case)[-1] == (
            "evidence_provided",
            Actor.PERSON,
            {"requirement": "ev_order", "sha256": [STORED.sha256]},
        )

    def test_words_are_kept(self, session: Session, case: Case) -> None:
        item = evidence.provide(session, case, "ev_chat", text="客服说三天内退")
        assert (item.state, item.text) == (EvidenceState.PROVIDED, "客服说三天内退")

    def test_more_is_added_to_what_was_there(self, session: Session, case: Case, person: Person) -> None:
        evidence.provide(session, case, "ev_chat", text="客服说三天内退")
        files = [received(session, person, name) for name in ("a.png", "b.png")]
        for file in files:
            item = evidence.provide(session, case, "ev_chat", attachments=[file])
        assert (item.text, item.attachments) == ("客服说三天内退", files)

    @pytest.mark.parametrize(
        "settle",
        [
            pytest.param(evidence.close_unavailable, id="after 没有"),
            pytest.param(evidence.park, id="after 晚点"),
        ],
    )
    def test_what_turns_up_later_counts(
        self, session: Session, case: Case, settle: Callable[[Session, Case, str], EvidenceItem]
    ) -> None:
        settle(session, case, "ev_chat")
        assert evidence.provide(session, case, "ev_chat", text="找到了").state == EvidenceState.PROVIDED
        assert len(case.evidence) == 1


class TestDoingWithout:
    def test_what_the_person_does_not_have_is_settled(self, session: Session, case: Case) -> None:
        evidence.ask(session, case, "ev_chat")
        item = evidence.close_unavailable(session, case, "ev_chat")
        assert item.state == EvidenceState.UNAVAILABLE
        assert events(session, case)[-1][0] == "evidence_unavailable"

    def test_what_is_put_off_counts_how_often(
        self, session: Session, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        evidence.park(session, case, "ev_chat")
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-24T09:00:00")
        item = evidence.park(session, case, "ev_chat")
        assert (item.state, item.parked, item.changed_at) == (EvidenceState.LATER, 2, clock.now())


class TestFiles:
    def test_a_file_is_noted_as_it_came(self, session: Session, person: Person) -> None:
        file = received(session, person, "订单.png")
        assert (file.sha256, file.media_type, file.size) == (STORED.sha256, "image/png", 9)
        assert (file.name, file.source, file.received_at) == ("订单.png", "web", clock.now())

    def test_a_name_is_cut(self, session: Session, person: Person) -> None:
        assert len(received(session, person, "a" * 500).name) == 120

    def test_the_loose_ones_are_the_persons_own_that_belong_to_nothing(
        self, session: Session, person: Person, case: Case
    ) -> None:
        received(session, people.by_channel(session, "test", "stranger"))
        first, given, last = (received(session, person) for _ in range(3))
        evidence.provide(session, case, "ev_order", attachments=[given])
        session.flush()
        assert repository.loose(session, person) == [first, last]
