"""What must hold between the knowledge files: ids mean something, laws are cited truly, no way ends in a wall.

Each check yields faults as `file:line: what is wrong`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from cases.knowledge import letters
from cases.knowledge.base import Knowledge
from cases.knowledge.procedure import Condition, Rung
from cases.knowledge.schema import Citation, EvidencePlan, FactId, Grievance
from cases.knowledge.sentences import Proofreader, sentences
from cases.knowledge.source import Place, Source, Wrong
from cases.knowledge.ways import dead_ends

Files = dict[str, Source]
# What must not be said is told here, sources go by their own names, and people may ask for what is wrong.
UNREAD = {"unverified", "laws", "questions"}


def faults(known: Knowledge, files: Files, folder: Path) -> Iterator[str]:
    """Everything that is wrong between the files; `folder` has the letters."""
    checks = (_references, _facts, _subkinds, _questions, dead_ends, _citations)
    for file, place, problem in (wrong for check in checks for wrong in check(known)):
        source, entry = files[file], f"{place[0]}: " if place else ""
        yield f"{source.at((source.index(place[0]), *place[1:]) if place else ())}: {entry}{problem}"
    yield from letters.faults(known, files["documents"], folder)
    yield from _misstatements(known, files, folder)


def _references(known: Knowledge) -> Iterator[Wrong]:
    for grievance in known.grievances.values():
        yield from _of_grievance(grievance, known)
    for requirement in known.evidence.values():
        yield from _unknown("evidence", (requirement.id, "channels"), requirement.channels, known.channels)
    for fact in known.facts.values():
        yield from _unknown("facts", (fact.id, "kinds"), fact.kinds, known.kinds)
        yield from _unknown("facts", (fact.id, "tracks"), fact.tracks, known.tracks)
        yield from _unknown("facts", (fact.id, "unless_flags"), fact.unless_flags, known.guards)
    for rung in known.rungs.values():
        yield from _of_rung(rung, known)
    for route in known.routes.values():
        yield from _unknown("routes", (route.id, "rungs"), route.rungs, known.rungs)
        yield from _of_conditions("routes", (route.id, "when"), route.when, known)
    for pitfall in known.pitfalls.values():
        yield from _unknown("pitfalls", (pitfall.id, "rungs"), pitfall.rungs, known.rungs)
        yield from _of_conditions("pitfalls", (pitfall.id, "when"), pitfall.when, known)
    for outcome in known.outcomes.values():
        yield from _unknown("outcomes", (outcome.id, "flag"), outcome.flag, known.guards)
        yield from _unknown("outcomes", (outcome.id, "like"), outcome.like, known.outcomes)
        yield from _unknown("outcomes", (outcome.id, "grievance"), outcome.grievance, known.grievances)
    for guard in known.guards.values():
        yield from _of_plan("guards", (guard.id, "evidence"), guard.evidence, known)
    for answer in known.answers.values():
        yield from _unknown("answers", (answer.id, "amount"), answer.amount, known.amounts)
    for document in known.documents.values():
        yield from _unknown("documents", (document.id, "rung"), document.rung, known.rungs)


def _of_grievance(grievance: Grievance, known: Knowledge) -> Iterator[Wrong]:
    file = _file_of(grievance, known)
    yield from _of_plan(file, (grievance.id, "evidence"), grievance.evidence, known)
    for position, subkind in enumerate(grievance.subkinds):
        yield from _of_plan(file, (grievance.id, "subkinds", position, "evidence"), subkind.evidence, known)


def _of_plan(file: str, place: Place, plan: EvidencePlan | None, known: Knowledge) -> Iterator[Wrong]:
    if plan is not None:
        yield from _unknown(file, (*place, "required"), plan.required, known.evidence)
        yield from _unknown(file, (*place, "strengthens"), plan.strengthens, known.evidence)


def _of_rung(rung: Rung, known: Knowledge) -> Iterator[Wrong]:
    place = (rung.id,)
    yield from _unknown("ladder", (*place, "channel"), rung.channel, known.channels)
    yield from _unknown("ladder", (*place, "letter"), rung.letter, known.documents)
    yield from _unknown("ladder", (*place, "outcomes"), rung.outcomes, known.outcomes)
    yield from _of_conditions("ladder", (*place, "pre"), rung.pre, known)
    for position, due in enumerate(rung.due):
        yield from _unknown("ladder", (*place, "due", position, "deadline"), due.deadline, known.deadlines)
        yield from _of_conditions("ladder", (*place, "due", position, "when"), due.when, known)
    for outcome, turning in rung.outcomes.items():
        yield from _unknown("ladder", (*place, "outcomes", outcome, "next"), turning.next, known.rungs)
        yield from _unknown("ladder", (*place, "outcomes", outcome, "runs"), turning.runs, known.deadlines)


def _of_conditions(file: str, place: Place, conditions: Iterable[Condition], known: Knowledge) -> Iterator[Wrong]:
    for position, condition in enumerate(conditions):
        at, values = (*place, position), _values(condition, known)
        yield from _unknown(file, (*at, "flag"), condition.flag, known.guards)
        yield from _unknown(file, (*at, "no_flag"), condition.no_flag, known.guards)
        yield from _unknown(file, (*at, "grievance"), condition.grievance, known.grievances)
        yield from _unknown(file, (*at, "taken"), condition.taken, known.rungs)
        yield from _unknown(file, (*at, "not_taken"), condition.not_taken, known.rungs)
        yield from _unknown(file, (*at, "any_of"), condition.any_of, values)
        yield from _unknown(file, (*at, "none_of"), condition.none_of, values)
        yield from _unknown(file, (*at, "unless"), condition.unless, _outcomes(condition.not_taken, known))


def _values(condition: Condition, known: Knowledge) -> Collection[str]:
    """What the subject of the condition can be: a choice of the fact, or an outcome of the rung."""
    fact = known.facts.get(condition.fact or "")
    return {choice.value for choice in fact.choices} if fact else _outcomes(condition.taken, known)


def _outcomes(rung: str | None, known: Knowledge) -> Collection[str]:
    return known.rungs[rung].outcomes if rung and rung in known.rungs else ()


def _facts(known: Knowledge) -> Iterator[Wrong]:
    """Every fact that code and conditions may name is described, and the first one's buttons say a grievance."""
    for missing in sorted(set(get_args(FactId)) - known.facts.keys()):
        yield "facts", (), f"{missing} is missing"
    kind = known.facts.get("dispute_kind")
    for position, choice in enumerate(kind.choices if kind else ()):
        yield from _unknown("facts", ("dispute_kind", "choices", position, "value"), choice.value, known.grievances)


def _subkinds(known: Knowledge) -> Iterator[Wrong]:
    """A sub-kind alone says what the grievance is."""
    seen: set[str] = set()
    for grievance in known.grievances.values():
        for position, subkind in enumerate(grievance.subkinds):
            if subkind.id in seen:
                place = (grievance.id, "subkinds", position)
                yield _file_of(grievance, known), place, f"sub-kind {subkind.id} appears twice"
            seen.add(subkind.id)


def _questions(known: Knowledge) -> Iterator[Wrong]:
    """Every answer is asked for, and every question has its answer."""
    for id_ in sorted(known.questions.keys() - known.answers.keys()):
        yield "questions", (id_,), "answers.yml does not have it"
    for id_ in sorted(known.answers.keys() - known.questions.keys()):
        yield "answers", (id_,), "questions.yml does not ask for it"


def _citations(known: Knowledge) -> Iterator[Wrong]:
    cited: Mapping[str, Mapping[str, Any]] = {
        "answers": known.answers,
        "amounts": known.amounts,
        "channels": known.channels,
        "deadlines": known.deadlines,
        "guards": known.guards,
        "pitfalls": known.pitfalls,
    }
    for file, entries in cited.items():
        for entry in entries.values():
            for position, cite in enumerate(entry.cites):
                if not _exists(cite, known):
                    yield file, (entry.id, "cites", position), f"laws.yml has no {cite.law} {cite.article}"


def _exists(cite: Citation, known: Knowledge) -> bool:
    return cite.law in known.laws and cite.article in known.laws[cite.law].articles


def _misstatements(known: Knowledge, files: Files, folder: Path) -> Iterator[str]:
    """Sentences of the files and of the letters that say what is wrong, or cite what is not there."""
    proofreader = Proofreader(known)
    for name in sorted(files.keys() - UNREAD):
        for place, text in sentences(files[name].content):
            yield from (f"{files[name].at(place)}: {fault}" for fault in proofreader.faults(text))
    for line in letters.lines(folder):
        yield from (f"{line.at}: {fault}" for fault in proofreader.faults(line.text))


def _file_of(grievance: Grievance, known: Knowledge) -> str:
    return "tracks" if grievance.id in known.tracks else "dispute_kinds"


def _unknown(file: str, place: Place, ids: str | Iterable[str] | None, known: Collection[str]) -> Iterator[Wrong]:
    """Ids that mean nothing, each at its own place: one value, the items of a list, or the keys of a mapping."""
    named = [ids] if isinstance(ids, str) else ids or ()
    for position, id_ in enumerate(named):
        if id_ not in known:
            at = place if isinstance(ids, str) else (*place, id_ if isinstance(ids, Mapping) else position)
            yield file, at, f"{place[-1]}: unknown id {id_}"
