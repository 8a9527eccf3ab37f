"""Characters typed for others: as many are found as ever, and sound sentences are left in peace as far as they were."""

from __future__ import annotations

import pytest

from tests.accuracy import typos

FLOORS = {"first": 165, "second": 152}
MOST_FALSE = {"first": 4, "second": 3}
HINT = "python benchmarks/accuracy.py --typos --missed --extra tells which"


@pytest.mark.parametrize("name", typos.SETS)
def test_no_set_falls_below_its_floor(name: str) -> None:
    judged = next(each for each in typos.sets() if each.name == name)
    assert judged.typos - len(judged.missed) >= FLOORS[name], HINT
    assert len(judged.false) <= MOST_FALSE[name], HINT


def test_every_typo_differs_from_what_is_right_and_stands_in_its_sentence() -> None:
    for name in typos.SETS:
        for line in (typos.FOLDER / f"{name}-wrong.tsv").read_text(encoding="utf-8").splitlines():
            typo = typos.Typo(*line.split("\t"))
            assert typo.sentence.count(typo.wrong) == 1, typo
            assert typo.wrong != typo.right, typo
