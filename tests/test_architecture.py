"""Imports run one way: api → bot → (by name) → actions → cases; and each layer keeps to its work."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cases.settings import ROOT

LAYERS = ("api", "bot", "actions", "cases")
# What each layer may import of ours; what it may not import of others'; or the only others that it may.
OURS = {
    "api": {"api", "bot", "cases"},
    "bot": {"bot", "cases"},
    "actions": {"actions", "cases"},
    "cases": {"cases"},
}
NEVER = {
    "cases": {"rasa", "rasa_sdk", "fastapi", "starlette", "uvicorn", "typer", "httpx"},
    "bot": {"fastapi", "starlette", "sqlalchemy"},
    "api": {"rasa", "rasa_sdk"},
}
ONLY = {"actions": {"rasa_sdk"}}

QUERYING = {"select", "scalar", "scalars", "query", "execute", "text", "exec_driver_sql"}
# The unit of work and the schema speak to the database itself; the advisory lock asks it for no data.
MAY_QUERY = {"cases/database.py", "cases/migrating.py"}
ADVISORY_LOCK = ("cases/transcript/service.py", "pg_advisory_xact_lock")


@cache
def modules(layer: str) -> tuple[Path, ...]:
    return tuple(sorted((ROOT / layer).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module the file imports, at the top or inside a function."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports by relative path"
            assert node.module
            yield node.module


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call, by the last part of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield function.attr, node
            elif isinstance(function, ast.Name):
                yield function.id, node


def where(path: Path, node: ast.AST) -> str:
    return f"{name_of(path)}:{getattr(node, 'lineno', 0)}"


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules(layer)
        for module in imports(path)
        if (top := module.partition(".")[0]) in LAYERS and top not in OURS[layer]
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", NEVER)
def test_a_layer_does_not_know_what_is_not_its_business(layer: str) -> None:
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules(layer)
        for module in imports(path)
        if module.partition(".")[0] in NEVER[layer]
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", ONLY)
def test_the_adapters_know_only_what_they_join(layer: str) -> None:
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules(layer)
        for module in imports(path)
        if module.partition(".")[0] not in ONLY[layer] | OURS[layer] | sys.stdlib_module_names
    ]
    assert wrong == []


def test_nobody_imports_the_actions() -> None:
    """Rasa finds them by the package's name, so they can also run in a server of their own."""
    others = [path for layer in LAYERS if layer != "actions" for path in modules(layer)]
    assert [name_of(path) for path in others if any(m.split(".")[0] == "actions" for m in imports(path))] == []


def test_queries_are_in_repositories() -> None:
    wrong = [
        where(path, call)
        for layer in LAYERS
        for path in modules(layer)
        if path.name != "repository.py" and name_of(path) not in MAY_QUERY
        for name, call in calls(path)
        if name in QUERYING and _is_on_the_database(path, call) and not _is_advisory_lock(path, call)
    ]
    assert wrong == []


def _is_on_the_database(path: Path, call: ast.Call) -> bool:
    """A bare `select(…)` where SQLAlchemy's is imported, or a method of a session or connection."""
    if isinstance(call.func, ast.Name):
        return any(
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("sqlalchemy")
            and any((alias.asname or alias.name) == call.func.id for alias in node.names)
            for node in ast.walk(tree(path))
        )
    return ast.unparse(call.func).split(".")[-2].rstrip("()") in {"session", "connection", "engine"}


def _is_advisory_lock(path: Path, call: ast.Call) -> bool:
    return name_of(path) == ADVISORY_LOCK[0] and ADVISORY_LOCK[1] in ast.unparse(call)


def test_only_the_unit_of_work_commits() -> None:
    """And only it opens sessions: everybody else is handed one."""
    wrong = [
        where(path, call)
        for layer in LAYERS
        for path in modules(layer)
        if name_of(path) != "cases/database.py"
        for name, call in calls(path)
        if name in {"commit", "rollback"} or (name in {"Session", "sessionmaker", "create_engine"})
    ]
    assert wrong == []


def test_only_the_boundary_begins_a_transaction() -> None:
    """Channels and actions begin one; below them, what is given is used."""
    wrong = [where(path, call) for path in modules("cases") for name, call in calls(path) if name == "transaction"]
    assert wrong == []


def test_tables_are_defined_in_models_only() -> None:
    wrong = [
        where(path, node)
        for layer in LAYERS
        for path in modules(layer)
        if "models" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Base" for base in node.bases)
    ]
    assert wrong == []


def test_the_time_comes_from_the_clock() -> None:
    """So that weeks can be simulated."""
    wrong = [
        where(path, call)
        for layer in LAYERS
        for path in modules(layer)
        if name_of(path) != "cases/clock.py"
        for name, call in calls(path)
        if name in {"now", "today", "utcnow"}
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value).split(".")[-1] in {"datetime", "date"}
    ]
    assert wrong == []


def test_settings_are_read_in_one_place() -> None:
    """The clock may ask for its two variables: it must not need the settings to be right."""
    allowed = {"cases/settings.py", "cases/clock.py", "bot/quiet.py"}
    wrong = [
        where(path, node)
        for layer in LAYERS
        for path in modules(layer)
        if name_of(path) not in allowed
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    ]
    assert wrong == []


def test_every_module_says_what_it_is_for() -> None:
    missing = [name_of(path) for layer in LAYERS for path in modules(layer) if not ast.get_docstring(tree(path))]
    assert missing == []
