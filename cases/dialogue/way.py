"""Which way a case goes, and saying so when something that was told has changed it."""

from cases.dialogue.turn import Turn
from cases.knowledge.procedure import Route


def of(turn: Turn) -> tuple[int, Route] | None:
    """The case and its route; `None` without a case."""
    return None if turn.case is None else (turn.case.id, turn.planner(turn.case).ladder.route)


def tell_changed(turn: Turn, before: tuple[int, Route] | None) -> None:
    """Say why a case that was already under way goes another way from here. A mere sum of money is not worth it."""
    now = of(turn)
    if before is None or now is None or turn.case is None or not turn.case.steps:
        return
    (case, old), (same, new) = before, now
    is_by_sum = all(condition.at_most is not None for condition in new.when)
    if case == same and old.id != new.id and not is_by_sum:
        turn.remark("way_changed", why=new.why)
