"""Brackets that pair, widths that match, spaces that belong nowhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from perfcheck.checks.characters import DEEPEST, brackets, spaces, wrong_width
from perfcheck.checks.phrases import MOST_HITS


def read(field: str) -> Any:
    return lambda node: node.text


def spans(judge: Any, text: str) -> list[tuple[int, int]]:
    return [fact.span for fact in judge(SimpleNamespace(text=text), None)]


def problems(text: str) -> list[tuple[str, str, tuple[int, int]]]:
    facts: Any = BRACKETS(SimpleNamespace(text=text), None)
    return [(fact.values["problem"], fact.values["text"], fact.span) for fact in facts]


BRACKETS = brackets(read, field="text", pairs={"（": "）", "(": ")", "“": "”", "《": "》"}, widths=["（）()"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（甲）和(乙)", []),
        ("(甲）", [("mixed", "(", (0, 3))]),
        ("（甲)乙", [("mixed", "（", (0, 3))]),
        ("（甲", [("unclosed", "（", (0, 1))]),
        ("甲）", [("unopened", "）", (1, 2))]),
        ("“甲", [("unclosed", "“", (0, 1))]),
        ("（甲“乙）丙", [("unclosed", "“", (2, 3))]),
        ("“（甲）”《乙》", []),
        ("《甲（乙》", [("unclosed", "（", (2, 3))]),
        ("1）甲；2）乙", []),
        ("甲\na）乙", []),
        ("共1甲）", [("unopened", "）", (3, 4))]),
        ("", []),
    ],
)
def test_brackets_pair_by_their_own_kind(text: str, found: list[Any]) -> None:
    assert problems(text) == found


def test_no_more_brackets_are_kept_open_than_anybody_nests() -> None:
    assert problems("（" * DEEPEST + "）" * DEEPEST) == []
    assert len(problems("（" * 10_000)) == MOST_HITS


WIDTHS = wrong_width(read, field="text", signs={",": "，", ";": "；"}, among_ideographs=True)
DIGITS = wrong_width(read, field="text", signs={"１": "1", "２": "2"}, among_ideographs=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [("甲,乙", [(1, 2)]), ("甲，乙", []), ("1,000", []), ("a,b", []), ("95%,乙", [(3, 4)]), ("甲;\n乙", [(1, 2)]), ("甲;", [(1, 2)]), ("甲,1", [])],
)  # fmt: skip
def test_half_width_signs_are_wrong_among_ideographs_only(text: str, found: list[Any]) -> None:
    assert spans(WIDTHS, text) == found


def test_a_run_of_full_width_digits_is_one_place_and_says_what_to_write() -> None:
    (fact,) = DIGITS(SimpleNamespace(text="共１２个"), None)
    assert (fact.span, fact.values) == ((1, 3), {"text": "１２", "expected": "12"})


SPACES = spaces(read, field="text", unless_behind=["县委"], signs="，。；")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲 乙", [(1, 2)]),
        ("甲 ，乙", [(1, 2)]),
        ("甲，　乙", [(2, 3)]),
        ("甲\t乙", [(1, 2)]),
        ("　　甲", []),
        ("甲 \n乙", []),
        ("甲\n　乙", []),
        ("1、 甲", []),
        ("乙\n（一） 甲", []),
        ("甲 12 乙", []),
        ("某县委 某政府", []),
    ],
)
def test_spaces_among_ideographs_are_found_and_indents_are_not(text: str, found: list[Any]) -> None:
    assert spans(SPACES, text) == found
