"""What staff say that messages mean, and which others say nearly the same."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cases.corrections import repository as corrections
from cases.corrections import service
from cases.errors import BadInput
from cases.knowledge import knowledge
from cases.models import Conversation, Message, StaffUser, Teacher
from cases.review import likeness, repository, teaching
from cases.transcript import service as transcript

Hears = Callable[..., Message]


class TestCorrecting:
    def test_the_intent_and_the_facts_are_kept_with_who_says_so(
        self, session: Session, hears: Hears, staff: StaffUser
    ) -> None:
        said = hears("昨天充了200")
        found = teaching.entities({"amount": "200", "platform": " ", "stage": "closed"}, knowledge())
        teaching.correct(session, said, staff, "not_delivered", found)
        made = corrections.of_message(session, said)
        assert made
        assert (made.intent, made.teacher, made.staff_id) == ("not_delivered", Teacher.STAFF, staff.id)
        assert made.facts == [{"entity": "amount", "value": 20_000}]

    def test_the_last_word_counts(self, session: Session, hears: Hears, staff: StaffUser) -> None:
        said = hears("充了没到")
        service.correct(session, said, "refund_delayed", Teacher.PERSON)
        session.flush()
        teaching.correct(session, said, staff, "not_delivered", None)
        assert list(repository.corrections_of(session, [said.id])) == [said.id]
        assert repository.corrections_of(session, [said.id])[said.id].intent == "not_delivered"
        assert repository.correction_counts(session) == {"person": 0, "staff": 1}

    def test_it_is_among_what_is_exported(self, session: Session, hears: Hears, staff: StaffUser) -> None:
        said = hears("充了没到")
        teaching.correct(session, said, staff, "not_delivered", None)
        session.flush()
        assert service.candidates(session, 0.1) == [(said, "not_delivered")]

    @pytest.mark.parametrize("what", ["a tap", "the assistant's own"])
    def test_only_what_the_person_wrote_teaches(
        self, session: Session, conversation: Conversation, hears: Hears, staff: StaffUser, what: str
    ) -> None:
        said = hears("没有", "choose")
        if what != "a tap":
            said = transcript.record_staff(session, conversation, staff, "你好")
        with pytest.raises(BadInput, match="对方自己写的"):
            teaching.correct(session, said, staff, "deny", None)

    def test_days_are_kept_as_the_nlu_finds_them_and_nonsense_is_refused(self) -> None:
        found = teaching.entities({"paid_at": "2026-11-18"}, knowledge())
        assert found == [{"entity": "paid_at", "value": "2026-11-18"}]
        with pytest.raises(BadInput):
            teaching.entities({"amount": "很多"}, knowledge())


class TestSimilar:
    def test_the_likest_come_first_with_what_they_were_taken_to_mean(
        self, session: Session, hears: Hears, staff: StaffUser
    ) -> None:
        near, far = hears("充的话费三天还没到账"), hears("话费三天没到")
        hears("我要找人工")
        teaching.correct(session, near, staff, "not_delivered", None)
        said = hears("充的话费三天了还没到账")
        found = likeness.similar(session, said)
        assert [it.message for it in found] == [near, far]
        assert found[0].correction
        assert found[1].correction is None
        assert found[0].likeness > found[1].likeness

    def test_the_message_itself_and_its_twins_are_not_among_them(self, session: Session, hears: Hears) -> None:
        hears("充的话费没到账")
        said = hears("充的话费没到账")
        assert likeness.similar(session, said) == []

    def test_there_are_ten_at_most(self, session: Session, hears: Hears) -> None:
        for number in range(12):
            hears(f"充的话费没到账{'啊' * number}")
        assert len(likeness.similar(session, hears("充的话费没到账呢"))) == 10

    def test_a_tap_is_not_like_anything(self, session: Session, hears: Hears) -> None:
        hears("充的话费没到账", "choose")
        assert likeness.similar(session, hears("充的话费没到账呢")) == []


def test_what_was_hardly_understood_waits_to_be_judged(session: Session, hears: Hears, staff: StaffUser) -> None:
    first, second = hears("那个那个", confidence=0.2), hears("咋整", confidence=0.3)
    hears("充了没到", confidence=0.9)
    hears("没有", "choose", 0.1)
    judged = hears("嗯嗯", confidence=0.1)
    teaching.correct(session, judged, staff, "affirm", None)
    assert [said for said, _ in repository.doubtful(session, 0.4, 10)] == [second, first]
