"""A code is good for one join, by somebody else, for ten minutes; guessing is stopped."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from cases.database import engine, reading, transaction
from cases.errors import BadInput, TryAgain, TuikuanError
from cases.joining import service as joining
from cases.models import LinkCode, Person
from cases.models.base import PUBLIC_ALPHABET
from cases.people import service as people
from cases.transcript import service as transcript


def refused(session: Session, person: Person, code: str) -> str:
    """What a code that opens nothing is answered."""
    with pytest.raises(TuikuanError) as raised:
        joining.owner_of(session, person, code)
    return raised.value.code


class TestTheCode:
    def test_opens_the_door_of_whom_it_was_given_to(self, session: Session, web: Person, wechat: Person) -> None:
        assert joining.owner_of(session, wechat, joining.offer(session, web)) is web

    def test_has_eight_characters_that_can_be_read_out(self, session: Session, web: Person) -> None:
        code = joining.offer(session, web)
        assert len(code) == 8
        assert set(code) <= set(PUBLIC_ALPHABET)

    def test_itself_is_not_kept(self, session: Session, web: Person) -> None:
        code = joining.offer(session, web)
        [kept] = session.query(LinkCode).all()
        assert code not in str(vars(kept))

    @pytest.mark.parametrize(
        "write",
        [
            pytest.param(str.lower, id="small letters"),
            pytest.param(lambda code: f" {code[:4]} {code[4:]}\n", id="in groups"),
            pytest.param(lambda code: f"{code[:4]}-{code[4:]}", id="with a hyphen"),
            pytest.param(lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code), id="full width"),
        ],
    )
    def test_is_known_however_it_is_written(self, session: Session, web: Person, wechat: Person, write: object) -> None:
        assert callable(write)
        assert joining.owner_of(session, wechat, write(joining.offer(session, web))) is web

    @pytest.mark.parametrize(
        ("now", "answer"),
        [
            pytest.param("2026-11-22T10:09:59", None, id="to the tenth minute"),
            pytest.param("2026-11-22T10:10:00", "join_code_expired", id="and no longer"),
        ],
    )
    def test_is_good_for_ten_minutes(
        self,
        session: Session,
        web: Person,
        wechat: Person,
        monkeypatch: pytest.MonkeyPatch,
        now: str,
        answer: str | None,
    ) -> None:
        code = joining.offer(session, web)
        monkeypatch.setenv("TUIKUAN_NOW", now)
        if answer is None:
            assert joining.owner_of(session, wechat, code) is web
        else:
            assert refused(session, wechat, code) == answer

    def test_makes_the_one_before_it_void(self, session: Session, web: Person, wechat: Person) -> None:
        first, second = joining.offer(session, web), joining.offer(session, web)
        assert refused(session, wechat, first) == "join_code_expired"
        assert joining.owner_of(session, wechat, second) is web

    def test_is_for_the_other_side(self, session: Session, web: Person) -> None:
        assert refused(session, web, joining.offer(session, web)) == "join_code_own"

    def test_is_used_once(self, session: Session, web: Person, wechat: Person) -> None:
        code = joining.offer(session, web)
        joining.join(session, wechat, web)
        third = people.by_channel(session, "rest", "a third")
        assert refused(session, third, code) == refused(session, wechat, code) == "join_code_used"

    @pytest.mark.parametrize(
        "code",
        ["", "ABCD2345", "ABCD234", "0" * 400, "绑定", "\0"],
        ids=["none", "made up", "too short", "endless", "words", "NUL"],
    )
    def test_is_nothing_one_can_make_up(self, session: Session, web: Person, code: str) -> None:
        assert refused(session, web, code) == "join_code_wrong"

    def test_does_not_join_two_wechats(self, session: Session, wechat: Person) -> None:
        """Messages would go to one of them: the wrong one, if somebody was tricked."""
        other = people.by_channel(session, "wechat", "o-somebody-else")
        assert refused(session, wechat, joining.offer(session, other)) == "join_two_wechats"


class TestGuessing:
    def guess(self, session: Session, person: Person, times: int) -> list[str]:
        return [refused(session, person, f"WRNG234{PUBLIC_ALPHABET[n]}") for n in range(times)]

    def test_is_stopped_after_five_wrong_codes(self, session: Session, web: Person, wechat: Person) -> None:
        assert self.guess(session, wechat, 5) == ["join_code_wrong"] * 5
        with pytest.raises(TryAgain):
            joining.owner_of(session, wechat, joining.offer(session, web))

    @pytest.mark.parametrize(
        ("now", "answer"),
        [
            pytest.param("2026-11-22T10:59:59", "join_tries_spent", id="within the hour"),
            pytest.param("2026-11-22T11:00:00", "join_code_wrong", id="after it"),
        ],
    )
    def test_may_go_on_after_an_hour(
        self, session: Session, wechat: Person, monkeypatch: pytest.MonkeyPatch, now: str, answer: str
    ) -> None:
        self.guess(session, wechat, 5)
        monkeypatch.setenv("TUIKUAN_NOW", now)
        assert refused(session, wechat, "WRNG2345") == answer

    def test_is_counted_anew_after_an_hour(
        self, session: Session, wechat: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.guess(session, wechat, 4)
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T11:00:00")
        assert self.guess(session, wechat, 6)[-2:] == ["join_code_wrong", "join_tries_spent"]

    def test_keeps_nobody_else_from_trying(self, session: Session, web: Person, wechat: Person) -> None:
        self.guess(session, people.by_channel(session, "rest", "a guesser"), 6)
        assert joining.owner_of(session, wechat, joining.offer(session, web)) is web

    def test_a_right_code_is_no_guess(self, session: Session, web: Person, wechat: Person) -> None:
        code = joining.offer(session, web)
        for _ in range(6):
            joining.owner_of(session, wechat, code)
        assert wechat.link_failures == 0


class TestNobodyIsJoined:
    def test_who_has_not_asked_for_a_code(self, session: Session, web: Person, wechat: Person) -> None:
        with pytest.raises(BadInput):
            joining.join(session, wechat, web)
        assert session.get(Person, web.id) is web

    def test_whose_code_has_expired_meanwhile(
        self, session: Session, web: Person, wechat: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        joining.offer(session, web)
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:11:00")
        with pytest.raises(BadInput):
            joining.join(session, wechat, web)

    def test_by_an_older_code_of_the_one_who_has_just_joined(
        self, session: Session, web: Person, wechat: Person
    ) -> None:
        """A code that somebody was talked out of opens nothing once its owner has found the other side."""
        leaked = joining.offer(session, wechat)
        joining.offer(session, web)
        joining.join(session, wechat, web)
        third = people.by_channel(session, "rest", "a third")
        assert refused(session, third, leaked) == "join_code_expired"


def test_of_two_who_write_the_same_code_at_once_one_is_joined(database: str) -> None:
    together = Barrier(2)
    engine()  # made before the workers are, as the program does
    with transaction() as session:
        identity, _ = people.start_web_session(session)
        code = joining.offer(session, identity.person)

    def write(openid: str) -> str:
        with transaction() as session:
            speaker = people.by_channel(session, "rest", openid)
            transcript.order(session, speaker)
            if database == "postgresql":  # SQLite lets only one in at a time
                together.wait(timeout=10)
            try:
                owner = joining.owner_of(session, speaker, code)
                joining.join(session, speaker, owner)
            except BadInput as refused:
                return refused.code
            return "joined"

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(write, ("one", "another"))) == ["join_code_used", "joined"]
    with reading() as session:
        assert session.query(Person).count() == 2
