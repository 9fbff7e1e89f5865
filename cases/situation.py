"""A case as the conditions of the procedure see it: facts, guards, grievances, and the rungs that were taken."""

from datetime import date

from cases.case.facts import known
from cases.knowledge.procedure import Condition, Conditions
from cases.models import Case, Step


class Situation:
    """One case on one day."""

    def __init__(self, case: Case, today: date) -> None:
        self.case = case
        self.today = today
        self.facts = known(case)
        self.grievances = {case.dispute_kind, case.track, *case.also} - {None}

    def hold(self, conditions: Conditions) -> bool:
        """Whether all of them hold."""
        return self.failing(conditions) is None

    def failing(self, conditions: Conditions) -> Condition | None:
        """The first condition that does not hold."""
        return next((condition for condition in conditions if not self._holds(condition)), None)

    def last_step(self, rung: str) -> Step | None:
        """The last time a rung was proposed or taken."""
        return next((step for step in reversed(self.case.steps) if step.rung_id == rung), None)

    def _holds(self, condition: Condition) -> bool:
        if condition.fact is not None:
            return self._fact_holds(condition)
        if condition.flag is not None or condition.no_flag is not None:
            return condition.flag in self.case.flags if condition.flag else condition.no_flag not in self.case.flags
        if condition.grievance is not None:
            return condition.grievance in self.grievances
        return self._step_holds(condition)

    def _fact_holds(self, condition: Condition) -> bool:
        value = self.facts.get(condition.fact or "")
        if condition.none_of:
            return value not in condition.none_of
        if condition.within_years is not None:
            return not isinstance(value, date) or value >= _years_before(self.today, condition.within_years)
        if condition.at_most is not None:
            return isinstance(value, int) and value <= condition.at_most
        return value in condition.any_of if condition.any_of else value is not None

    def _step_holds(self, condition: Condition) -> bool:
        step = self.last_step(condition.taken or condition.not_taken or "")
        is_taken = step is not None and step.submitted_at is not None
        if condition.taken is not None:
            return step is not None and is_taken and (not condition.any_of or step.outcome in condition.any_of)
        return step is None or not is_taken or step.outcome in condition.unless


def _years_before(day: date, years: int) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - years, day=28 if leap else day.day)
