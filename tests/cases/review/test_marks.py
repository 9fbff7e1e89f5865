"""Notes, labels and who is responsible."""

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.errors import BadInput
from cases.models import Conversation, StaffUser
from cases.review import marks, repository


class TestNotes:
    def test_a_note_keeps_its_lines_and_says_who_wrote_it_and_when(
        self, session: Session, conversation: Conversation, staff: StaffUser
    ) -> None:
        marks.write(session, conversation, staff, " 对方急用\r\n明天\x00再问 ")
        [note] = repository.notes(session, conversation)
        assert (note.text, note.staff, note.at) == ("对方急用\n明天 再问", staff, clock.now())

    @pytest.mark.parametrize("text", ["", " \n", "字" * 2_001], ids=["nothing", "blank", "too long"])
    def test_one_that_says_nothing_or_too_much_is_refused(
        self, session: Session, conversation: Conversation, staff: StaffUser, text: str
    ) -> None:
        with pytest.raises(BadInput, match="1 到 2000"):
            marks.write(session, conversation, staff, text)
        assert repository.notes(session, conversation) == []


class TestLabels:
    @staticmethod
    def names(session: Session, conversation: Conversation) -> list[str]:
        session.flush()
        return [label.name for label in repository.labels(session, conversation)]

    def test_the_same_word_twice_is_once(self, session: Session, conversation: Conversation) -> None:
        for word in ("急", " 急 ", "学生  票"):
            marks.label(session, conversation, word)
        assert self.names(session, conversation) == ["急", "学生 票"]

    def test_a_label_comes_off_and_one_that_is_not_there_is_no_matter(
        self, session: Session, conversation: Conversation
    ) -> None:
        marks.label(session, conversation, "急")
        marks.unlabel(session, conversation, "急")
        marks.unlabel(session, conversation, "急")
        assert self.names(session, conversation) == []

    @pytest.mark.parametrize("word", ["", " ", "字" * 13], ids=["nothing", "blank", "too long"])
    def test_what_is_no_word_is_refused(self, session: Session, conversation: Conversation, word: str) -> None:
        with pytest.raises(BadInput, match="1 到 12"):
            marks.label(session, conversation, word)

    def test_there_is_an_end_to_them(self, session: Session, conversation: Conversation) -> None:
        for number in range(marks.MAX_LABELS):
            marks.label(session, conversation, f"第{number}个")
        with pytest.raises(BadInput, match="最多 12 个"):
            marks.label(session, conversation, "再来一个")

    def test_those_used_most_are_offered_first(self, session: Session, conversation: Conversation) -> None:
        for word in ("急", "学生"):
            marks.label(session, conversation, word)
        assert repository.labels_in_use(session, 1) in (["学生"], ["急"])
        assert sorted(repository.labels_in_use(session, 9)) == ["学生", "急"]


class TestAssigning:
    def test_a_colleague_becomes_responsible_and_then_nobody(
        self, conversation: Conversation, staff: StaffUser
    ) -> None:
        marks.assign(conversation, staff)
        assert conversation.assignee is staff
        marks.assign(conversation, None)
        assert conversation.assignee is None

    def test_one_who_has_left_does_not(self, conversation: Conversation, staff: StaffUser) -> None:
        staff.disabled_at = clock.now()
        with pytest.raises(BadInput, match="停用"):
            marks.assign(conversation, staff)
