"""How much a site loads with the widget: everything but fonts, each file as it would be sent, compressed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from cases.settings import ROOT

WEB = ROOT / "api" / "web"
LIMIT = 30 * 1024
IMPORT = re.compile(r"""(?:from|import\()\s*["'`][^"'`]*?(\w+\.js)["'`]""")


def test_the_widget_with_all_its_modules_and_styles_is_within_its_budget() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in loaded()}
    assert sum(sizes.values()) <= LIMIT, sizes


def test_the_budget_counts_every_script_there_is() -> None:
    assert {path.name for path in loaded()} >= {path.name for path in (WEB / "js").glob("*.js")} - {"types.js"}


def test_nothing_names_another_host() -> None:
    for path in loaded():
        hosts = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", path.read_text("utf-8"))
        assert [host for host in hosts if host != "http://www.w3.org"] == [], path.name


def loaded() -> list[Path]:
    """The script, what it imports and what that imports, and the styles."""
    found: list[Path] = []
    waiting = [WEB / "widget.js"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.append(path)
        code = re.sub(r"/\*\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        waiting += [WEB / "js" / name for name in IMPORT.findall(code)]
    return [*found, WEB / "chat.css"]
