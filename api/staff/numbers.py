"""`/staff/numbers`: how the work goes, as figures, plots and tables; each table as CSV, too."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Request, Response
from markupsafe import Markup

from api.staff import case_tables, filters, pages, tables, talk_tables
from api.staff.access import StaffDep, needs
from api.staff.fresh import Fresh
from api.staff.number_plots import PLOTS
from api.staff.page import Page
from api.staff.plots import Words
from api.staff.tables import Table
from cases import clock
from cases.audit import service as audit
from cases.database import reading, transaction
from cases.desk.filters import Filter, Tab
from cases.errors import NotFound
from cases.knowledge import Knowledge, knowledge
from cases.models import Role
from cases.numbers import service
from cases.numbers.period import DEFAULT, LENGTHS, Period
from cases.numbers.service import Numbers

FEN = 100
NAMES = {7: "7 天", 30: "30 天", 90: "90 天", 365: "一年"}

# In the order of the page.
TABLES: Mapping[str, Callable[[Numbers, Knowledge], Table]] = {
    made.__name__: made
    for made in (
        *(case_tables.funnel, case_tables.left_at, case_tables.weeks, case_tables.kinds, case_tables.outcomes),
        *(case_tables.completeness, case_tables.evidence, case_tables.steps),
        *(case_tables.platforms, case_tables.merchants),
        *(talk_tables.confidence, talk_tables.fallback, talk_tables.unanswered, talk_tables.waits),
    )
}

router = APIRouter(route_class=Page, dependencies=[needs(Role.REVIEWER)])


class Figure(NamedTuple):
    """One number, in large type, with the list behind it."""

    name: str
    value: str
    link: str = ""


class Part(NamedTuple):
    """One table with its plot, if it has one."""

    id: str
    table: Table
    plot: Markup | None


def fresh(request: Request) -> Fresh[Numbers]:
    """What was counted in the last minute by this application."""
    state = request.app.state
    if not hasattr(state, "numbers"):
        state.numbers = Fresh[Numbers]()
    kept: Fresh[Numbers] = state.numbers
    return kept


FreshDep = Annotated[Fresh[Numbers], Depends(fresh)]
Days = Annotated[int, Query(ge=1, le=max(LENGTHS))]


@router.get("/numbers")
def show(request: Request, staff: StaffDep, kept: FreshDep, days: Days = DEFAULT) -> Response:
    """The figures, plots and tables of a period."""
    numbers = _counted(kept, days)
    return pages.render(
        request,
        staff,
        "numbers.html",
        lengths=NAMES,
        days=numbers.period.days,
        figures=_figures(numbers),
        parts=[_part(id_, made(numbers, knowledge())) for id_, made in TABLES.items()],
        shown=tables.shown,
    )


@router.get("/numbers/{name}.csv")
def save(name: str, staff: StaffDep, kept: FreshDep, days: Days = DEFAULT) -> Response:
    """One of the tables for a spreadsheet."""
    if name not in TABLES:
        raise NotFound("没有这张表。")
    numbers = _counted(kept, days)
    with transaction() as session:
        audit.note(session, staff.id, "export", "list", table=name, days=numbers.period.days)
    file = f"{name}-{numbers.period.days}d-{clock.today()}.csv"
    return Response(
        tables.as_csv(TABLES[name](numbers, knowledge())),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "private, no-store"},
    )


def _counted(kept: Fresh[Numbers], days: int) -> Numbers:
    period = Period.of(days)

    def count() -> Numbers:
        with reading() as session:
            return service.numbers(session, period, knowledge())

    return kept.get(period, count)


def _figures(numbers: Numbers) -> Sequence[Figure]:
    period, outcomes = numbers.period, numbers.outcomes
    heard = sum(count for *_, count in numbers.understood)
    missed = sum(count for *_, is_fallback, count in numbers.understood if is_fallback)
    waited = sum(span.count for span in numbers.until_human)
    return (
        Figure("新会话", f"{numbers.funnel.begun:,}", case_tables.listed(period)),
        Figure("新案子", f"{sum(found.cases for found in outcomes):,}"),
        Figure(
            "已结案",
            f"{sum(found.cases for found in outcomes if found.of):,}",
            case_tables.listed(period, tab=Tab.CLOSED),
        ),
        Figure("追回", f"{sum(found.recovered for found in outcomes) // FEN:,} 元"),
        Figure(
            "没听懂",
            filters.share(missed / heard) if heard else filters.NOTHING,
            case_tables.listed(period, doubted=True),
        ),
        Figure("说要找真人", f"{waited:,}", f"/staff/?{Filter(tab=Tab.HUMAN).query()}"),
    )


def _part(id_: str, table: Table) -> Part:
    drawn = PLOTS.get(id_)
    words = Words(f"plot-{id_}", table.title, table.note)
    return Part(id_, table, drawn(words, table) if drawn and table.rows else None)
