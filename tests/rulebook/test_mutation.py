"""Mutation: numbers and comparisons of rules are broken one by one, and cases must notice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfcheck import api, proving
from perfcheck.resources import packs_folder
from perfcheck.rulebook.mutation import mutants, step_of
from perfcheck.rulebook.rule import Rule, YearRange
from tests.forms import form, project
from tests.rulebook.test_pack import pack
from tests.rulebook.test_rule_file import RULE


@pytest.mark.parametrize(
    ("number", "step"),
    [
        (6, 1),
        (Decimal(100), Decimal(1)),
        (Decimal("83.3"), Decimal("0.1")),
        (Decimal("0.005"), Decimal("0.0025")),
        (0, 1),
    ],
)
def test_a_number_is_moved_by_what_a_case_can_notice(number: Any, step: Any) -> None:
    assert step_of(number) == step


def changed(rule: Rule, options: dict[str, Any]) -> list[str]:
    return [words for words, _ in mutants(rule._replace(options=options, years=None), lambda rule, options: rule)]


def test_numbers_comparisons_and_switches_are_broken_and_words_are_not(hebei: Any) -> None:
    rule = hebei.rules[0]
    assert changed(rule, {"at_least": 5}) == ["at_least: 5 → 4", "at_least: 5 → 6"]
    assert changed(rule, {"comparators": ["≥", ">"]}) == ["comparators: ≥ → ≤", "comparators: > → <"]
    assert changed(rule, {"at": True, "field": "name", "words": ["率"]}) == ["at: True → False"]
    assert changed(rule, {"limits": {"a": Decimal(80)}}) == ["limits: a: 80 → 79", "limits: a: 80 → 81"]
    assert changed(rule, {"holds": "node.number >= 80"}) == [
        "holds: >= → >", "holds: 80 → 79", "holds: 80 → 81"
    ]  # fmt: skip


def test_years_are_moved_too(hebei: Any) -> None:
    rule = hebei.rules[0]._replace(options={}, years=YearRange(2021, None))
    assert [broken.years.first for _, broken in mutants(rule, lambda rule, options: rule)] == [2020, 2022]
    known = rule._replace(years=YearRange(None, None))
    assert [broken.years for _, broken in mutants(known, lambda rule, options: rule)] == [None]


CASES = """\
base: clean
found:
  - shows: {{zh: 太短, en: too short}}
    replace: [{{from: "\\t村道养护经费\\n", to: "\\t{short}\\n"}}]
    lines: [25]
silent:
  - shows: {{zh: 够长, en: long enough}}
    replace: [{{from: "\\t村道养护经费\\n", to: "\\t{long}\\n"}}]
"""


def survivors(folder: Path, short: str, long: str) -> list[str]:
    folder.mkdir()
    name = pack(folder / "ours", "name: ours\n", budget_too_round=RULE.replace("at_least: 2", "at_least: 5"))
    (folder / "ours" / "cases").mkdir()
    (folder / "ours" / "cases" / "clean.txt").write_text(form(project(1)), encoding="utf-8")
    cases = CASES.format(short=short, long=long)
    (folder / "ours" / "cases" / "budget-too-round.yaml").write_text(cases, encoding="utf-8")
    opened = api.open_pack(name)
    assert proving.test_pack(opened)[1] == []
    return [words for _, words in proving.mutate_pack(opened, opened.rules)[1]]


def test_cases_at_the_boundary_notice_and_others_do_not(tmp_path: Path) -> None:
    assert [each for each in survivors(tmp_path / "a", "四个字的", "五个字的名") if "budget_year" not in each] == []
    far = survivors(tmp_path / "b", "养护", "村道养护经费甲乙")
    assert "at_least: 5 → 4" in far and "at_least: 5 → 6" in far


@pytest.mark.parametrize("name", ["national", "hebei"])
def test_no_number_or_comparison_of_the_built_in_packs_can_be_broken_unnoticed(name: str) -> None:
    if not list(Path(packs_folder(), name, "cases").glob("*.yaml")):
        pytest.skip("the cases of this pack are not there")
    opened = api.open_pack(name)
    count, unnoticed = proving.mutate_pack(opened, [rule for rule in opened.rules if rule.pack == name])
    assert unnoticed == []
    assert count > 0
