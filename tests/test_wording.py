"""Every sentence the code asks for is in `wording.yml`, and every sentence there is asked for."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from cases.knowledge import knowledge
from cases.settings import ROOT

WORDING = knowledge().wording
SPEAKING = {"word", "remark"}
PATHS = sorted(path for layer in ("api", "bot", "actions", "cases") for path in (ROOT / layer).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def keys_used(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    """What the file asks for: the source of the key, and the keys that it can be."""
    module = parsed(path)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".button"):
            yield from _button(node.args[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SPEAKING:
            if node.args and not ast.unparse(node.func).endswith("reply.remark"):
                yield from _keys(module, node.args[0])
        elif isinstance(node, ast.Subscript) and _is_wording(node.value):
            yield from _keys(module, node.slice)


def _button(choice: ast.expr) -> Iterator[tuple[str, re.Pattern[str]]]:
    assert isinstance(choice, ast.Constant), f"a button is named where it is offered: {ast.unparse(choice)}"
    yield choice.value, re.compile(re.escape("button_" + choice.value.replace(".", "_")))


def _is_wording(value: ast.expr) -> bool:
    return ast.unparse(value).split(".")[-1] in {"wording", "words", "_words()"}


def _keys(module: ast.Module, key: ast.expr) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The keys an expression can be: itself, either side of a condition, or what a table of the module holds."""
    match key:
        case ast.Constant(value=str(literal)):
            yield literal, re.compile(re.escape(literal))
        case ast.IfExp():
            yield from _keys(module, key.body)
            yield from _keys(module, key.orelse)
        case ast.JoinedStr():
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else r"\w+"
                for part in key.values
            ]
            for table in _tables(module, key):
                for value in table:
                    parts_of = [part if part != r"\w+" else re.escape(value) for part in parts]
                    yield ast.unparse(key), re.compile("".join(parts_of))
                return
            yield ast.unparse(key), re.compile("".join(parts))
        case ast.Subscript():
            for table in _tables(module, key):
                for value in table:
                    yield value, re.compile(re.escape(value))
        case ast.Name():  # a parameter: whoever passes it on is looked at where they do
            return


def _tables(module: ast.Module, key: ast.expr) -> Iterator[list[str]]:
    """The values of the dicts at the top of any of our modules that an expression looks up."""
    names = {ast.unparse(node.value).split(".")[-1] for node in ast.walk(key) if isinstance(node, ast.Subscript)}
    for path in PATHS:
        for node in parsed(path).body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and target.id in names and isinstance(value, ast.Dict):
                yield [item.value for item in value.values if isinstance(item, ast.Constant)]


USED = [(path.relative_to(ROOT).as_posix(), *used) for path in PATHS for used in keys_used(path)]


def test_the_code_does_ask_for_sentences() -> None:
    assert len(USED) > 50


def test_every_sentence_asked_for_exists() -> None:
    missing = [
        f"{path}: {source}" for path, source, pattern in USED if not any(pattern.fullmatch(key) for key in WORDING)
    ]
    assert missing == []


@pytest.mark.parametrize("key", WORDING)
def test_every_sentence_is_asked_for(key: str) -> None:
    assert any(pattern.fullmatch(key) for _, _, pattern in USED)


@pytest.mark.parametrize("key", WORDING)
def test_every_sentence_can_be_filled_in(key: str) -> None:
    names = [name for _, name, _, _ in Formatter().parse(WORDING[key]) if name is not None]
    assert all(name.isidentifier() for name in names)


def literal_calls() -> Iterator[tuple[str, str, set[str]]]:
    """Calls of `word` and `remark` with a literal key: where, the key, and what they fill in."""
    for path in PATHS:
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Call(func=ast.Attribute(attr="word" | "remark"), args=[ast.Constant(value=key)]):
                    filled = {keyword.arg or "**" for keyword in node.keywords}
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", str(key), filled


def test_what_a_sentence_needs_is_what_it_is_given() -> None:
    wrong = [
        f"{where}: {key} needs {needs or 'nothing'}, is given {filled or 'nothing'}"
        for where, key, filled in literal_calls()
        if (needs := {name for _, name, _, _ in Formatter().parse(WORDING.get(key, "")) if name}) != filled
    ]
    assert wrong == []
