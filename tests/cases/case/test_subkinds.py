"""The finer kind of a dispute, by its cue words."""

import pytest

from cases.case.subkinds import recognise
from cases.knowledge import knowledge

GRIEVANCES = {**knowledge().kinds, **knowledge().tracks}


@pytest.mark.parametrize(
    ("grievance", "subkind", "cue"),
    [
        pytest.param(entry.id, subkind.id, cue, id=f"{subkind.id} {cue}")
        for entry in GRIEVANCES.values()
        for subkind in entry.subkinds
        for cue in subkind.cues[:2]
    ],
)
def test_every_subkind_is_recognised_by_its_cues(grievance: str, subkind: str, cue: str) -> None:
    assert recognise(f"我买的东西{cue}，怎么办", grievance, knowledge()) == subkind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("买了东西有问题", "not_delivered", id="no cue"),
        pytest.param("卡密提示已被使用", "merchant_gone", id="a cue of another kind"),
        pytest.param("卡密提示已被使用", "give_facts", id="no kind at all"),
    ],
)
def test_otherwise_there_is_none(text: str, kind: str) -> None:
    assert recognise(text, kind, knowledge()) is None


def test_of_several_the_more_specific_one_counts() -> None:
    assert recognise("显示成功，可卡密提示已被使用", "not_delivered", knowledge()) == "ci_used"
