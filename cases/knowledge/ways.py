"""Whether every case gets on: no way of the procedure ends in a wall, and none leads nowhere."""

from collections.abc import Iterator

from cases.knowledge.base import Knowledge
from cases.knowledge.procedure import Rung
from cases.knowledge.source import Wrong

# What a step is told by when the other side says nothing: without it, waiting could never end.
SILENCE = {"no_reply", "not_arrived"}


def dead_ends(known: Knowledge) -> Iterator[Wrong]:
    """Cases that no route takes, routes and rungs that nothing leads to, and waits that cannot end."""
    routes = list(known.routes.values())
    for position, route in enumerate(routes, start=1):
        if route.when and position == len(routes):
            yield "routes", (route.id, "when"), "the last route must take every case"
        if not route.when and position < len(routes):
            yield "routes", (route.id, "when"), "it takes every case, so the routes after it take none"
    if not routes:
        yield "routes", (), "there is no route"
    reached = _reached(known)
    for rung in known.rungs.values():
        if rung.id not in reached:
            yield "ladder", (rung.id,), "no route and no outcome leads to it"
        yield from _endless(rung)


def _reached(known: Knowledge) -> set[str]:
    """The rungs that some case can come to: those of routes, optional ones, and where their outcomes lead."""
    coming = [id_ for route in known.routes.values() for id_ in route.rungs]
    coming += [rung.id for rung in known.rungs.values() if rung.optional]
    reached: set[str] = set()
    while coming:
        if (id_ := coming.pop()) not in reached:
            reached.add(id_)
            turnings = known.rungs[id_].outcomes.values() if id_ in known.rungs else ()
            coming += [next_ for turning in turnings for next_ in turning.next]
    return reached


def _endless(rung: Rung) -> Iterator[Wrong]:
    first = {id_ for id_, turning in rung.outcomes.items() if turning.period != "second"}
    if rung.outcomes and not SILENCE & first:
        yield "ladder", (rung.id, "outcomes"), "waiting for it could never end"
    if not any(turning.runs for turning in rung.outcomes.values()):
        for id_ in rung.outcomes.keys() - first:
            yield "ladder", (rung.id, "outcomes", id_, "period"), "no second period ever begins"
