"""`tuikuan staff`: the first account is made here."""

import re
from collections.abc import Callable

import pytest

from cases.database import engine, transaction
from cases.models import Audit
from cases.staff import signing_in

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]
Check = Callable[..., None]

pytestmark = pytest.mark.usefixtures("sqlite")
ADD = ("staff", "add", "chen", "--role", "lead", "--display", "老陈")


def password_of(outcome: Outcome) -> str:
    code, output, errors = outcome
    assert (code, errors) == (0, "")
    found = re.search(r"^one-time password: (\S+)$", output, re.MULTILINE)
    assert found, output
    return found[1]


def opens(name: str, password: str) -> bool:
    with transaction() as session:
        return signing_in.who(session, name, password) is not None


def test_an_account_is_made_and_its_password_printed(run: Run) -> None:
    assert opens("chen", password_of(run(*ADD)))


def test_on_a_new_machine_too(run: Run) -> None:
    database = engine().url.database
    assert database
    engine().dispose()
    with open(database, "wb"):
        pass
    assert opens("chen", password_of(run(*ADD)))


def test_accounts_are_listed(run: Run) -> None:
    run(*ADD)
    run("staff", "add", "lin", "--role", "agent", "--display", "小林")
    run("staff", "disable", "lin")
    assert run("staff", "list")[1].splitlines() == ["chen\tlead\t老陈\topen", "lin\tagent\t小林\tdisabled"]


def test_a_disabled_account_opens_nothing_until_it_is_enabled(run: Run) -> None:
    run(*ADD)
    password = password_of(run("staff", "add", "lin", "--role", "agent", "--display", "小林"))
    assert run("staff", "disable", "lin")[:2] == (0, "lin is disabled\n")
    assert not opens("lin", password)
    assert run("staff", "enable", "lin")[:2] == (0, "lin is open\n")
    assert opens("lin", password)


def test_a_reset_prints_another_password(run: Run) -> None:
    before = password_of(run(*ADD))
    after = password_of(run("staff", "reset", "chen"))
    assert not opens("chen", before)
    assert opens("chen", after)


def test_what_it_does_is_audited_as_the_machines(run: Run) -> None:
    run(*ADD)
    run("staff", "reset", "chen")
    with transaction() as session:
        lines = [(line.staff_id, line.action, line.subject) for line in session.query(Audit).order_by(Audit.id)]
    assert lines == [(None, "add_staff", "staff:chen"), (None, "reset_staff", "staff:chen")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("disable", "chen"), "最后一位主管", id="the last lead"),
        pytest.param(("reset", "nobody"), "没有叫这个名字的账号", id="nobody"),
        pytest.param(("add", "chen", "--role", "agent", "--display", "小陈"), "已经有", id="a name that is taken"),
        pytest.param(("add", "小陈", "--role", "agent", "--display", "小陈"), "登录名", id="a name hard to type"),
    ],
)
def test_what_cannot_be_is_one_line(run: Run, assert_one_line: Check, words: tuple[str, ...], says: str) -> None:
    run(*ADD)
    assert_one_line(run("staff", *words), says)


@pytest.mark.parametrize("words", [("add", "wang"), ("add", "wang", "--role", "root", "--display", "小王"), ("fly",)])
def test_what_it_does_not_know_it_refuses(run: Run, words: tuple[str, ...]) -> None:
    code, _, errors = run("staff", *words)
    assert code == 2
    assert "Traceback" not in errors
