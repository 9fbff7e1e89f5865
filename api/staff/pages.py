"""The pages of the console: templates in which everything is escaped, inside one frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from api.staff import filters
from cases.models.staff import Role

if TYPE_CHECKING:
    from starlette.requests import Request

    from api.staff.access import StaffMember

TEMPLATES = Path(__file__).parent / "templates"
ROLE_NAMES = {Role.REVIEWER: "复核", Role.AGENT: "客服", Role.LEAD: "主管"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the console, as the navigation names it. `key` is typed after `g`."""

    path: str
    name: str
    key: str
    is_for_leads: bool = False
    also: str = ""
    """Another path that belongs to it."""

    def is_at(self, path: str) -> bool:
        """Whether a page lies in it."""
        return path == self.path or (self.path != "/staff/" and path.startswith(self.path)) or self._owns(path)

    def _owns(self, path: str) -> bool:
        return bool(self.also) and path.startswith(self.also)


SECTIONS = (
    Section("/staff/", "会话", "i", also="/staff/c/"),
    Section("/staff/teaching", "教学", "l"),
    Section("/staff/numbers", "数字", "s"),
    Section("/staff/team", "团队", "m", is_for_leads=True),
    Section("/staff/audit", "审计", "a", is_for_leads=True),
)


def render(
    request: Request, staff: StaffMember | None, template: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page, or a part of one. `staff` is `None` before anybody has signed in: then there is no navigation.

    Every page may be given `notice` (what was done) and `problem` (what was not, and why): one sentence each.
    """
    frame = {"notice": "", "problem": "", "sections": sections(staff), "role_names": ROLE_NAMES}
    page = environment().get_template(template).render({"request": request, "staff": staff, **frame, **context})
    return HTMLResponse(page, status)


def problem(request: Request, staff: StaffMember | None, message: str, *, status: int) -> HTMLResponse:
    """A page that says why there is no other: one clear sentence."""
    return render(request, staff, "problem.html", status=status, problem=message)


def sections(staff: StaffMember | None) -> tuple[Section, ...]:
    """What somebody may open."""
    if staff is None:
        return ()
    return tuple(section for section in SECTIONS if staff.role == Role.LEAD or not section.is_for_leads)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates with their filters. A name that a page was not given is a mistake, not an empty word."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.ALL)
    return made
