"""Fixers: from what a rule found to what should stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from perfcheck.fixers import FIXERS, Fixer, pair_up, renumber, replace, turn_sign, write


def mended(fixer: Fixer, text: str, focus: tuple[int, int] | None = None, **values: Any) -> str:
    given: Mapping[str, Any] = values
    for start, end, new in reversed(list(fixer(text, focus or (0, len(text)), given))):
        text = text[:start] + new + text[end:]
    return text


def test_what_was_found_is_written_anew_with_values_of_the_fact() -> None:
    fixer = write(text="{{ year }}年{{month}}月")
    assert mended(fixer, "自2023/6起", (1, 7), year=2023, month=6) == "自2023年6月起"


def test_nothing_is_written_where_the_fact_lacks_a_value() -> None:
    assert mended(write(text="{{ expected }}"), "甲乙", (0, 1)) == "甲乙"
    assert mended(write(text="{{ expected }}"), "甲乙", (0, 1), expected=None) == "甲乙"


def test_an_empty_text_deletes() -> None:
    assert mended(write(text=""), "甲 乙", (1, 2)) == "甲乙"


def test_only_the_problems_named_are_mended() -> None:
    fixer = write(text="乙", problems=["mixed"])
    assert mended(fixer, "甲", problem="unclosed") == "甲"
    assert mended(fixer, "甲", problem="mixed") == "乙"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("≥90百分比", "≥90%"), ("90 百分比", "90 %"), ("百分比90", "百分比90"), ("90%百分比", "90%百分比")],
)
def test_words_are_replaced_only_behind_what_they_belong_to(text: str, expected: str) -> None:
    assert mended(replace(words={"百分比": "%"}, behind="0123456789"), text) == expected


def test_the_longest_word_is_replaced() -> None:
    assert mended(replace(words={"甲": "1", "甲乙": "2"}), "甲乙甲") == "21"


@pytest.mark.parametrize(
    ("text", "number", "expected", "wanted"),
    [
        ("3.村道", 3, 2, "2.村道"),
        ("（四）", 4, 3, "（三）"),
        ("③", 3, 2, "②"),
        ("（３）", 3, 12, "（１２）"),
        ("目标3：", 3, 2, "目标2："),
        ("第三、", 3, 2, "第二、"),
        ("九、", 9, 10, "十、"),
        ("十、", 10, 21, "二十一、"),
        ("[bookmark: _Toc_3_1]（四）甲", 4, 3, "[bookmark: _Toc_3_1]（三）甲"),
        ("关于第三产业", 3, 2, "关于第三产业"),
        ("㉑", 21, 20, "㉑"),
        ("⑳", 20, 21, "⑳"),
    ],
)
def test_a_number_is_written_in_its_own_style(text: str, number: int, expected: int, wanted: str) -> None:
    assert mended(renumber(), text, number=number, expected=expected) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥5%", "≤5%"),
        (">=5%", "≤5%"),
        (">5", "<5"),
        ("不低于5%", "不高于5%"),
        ("约≥5%", "约≥5%"),
        ("≥5%且≥3个", "≥5%且≥3个"),
    ],
)
def test_a_sign_is_turned_where_the_value_begins_with_it_and_has_no_other(text: str, expected: str) -> None:
    fixer = turn_sign(signs={"≥": "≤", ">": "<", ">=": "≤", "不低于": "不高于"})
    assert mended(fixer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("(甲）", "（甲）"), ("（甲)", "（甲）"), ("〔甲]", "〔甲]"), ("（甲]", "（甲]")]
)
def test_brackets_of_two_widths_become_a_pair(text: str, expected: str) -> None:
    assert mended(pair_up(widths=["（）()"], problems=["mixed"]), text, problem="mixed") == expected


def test_options_that_would_replace_everything_or_nothing_are_refused() -> None:
    for make in (replace, turn_sign):
        option = "words" if make is replace else "signs"
        for words in ({}, {"": "甲"}):
            with pytest.raises(ValueError, match=option):
                FIXERS[make.__name__](**{option: words})
