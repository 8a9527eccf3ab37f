"""Numbers of items as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.model.numerals import to_number

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """``number`` below 1000 in the usual Chinese numerals."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_chinese_numerals_below_a_thousand_read_back(number: int) -> None:
    assert to_number(chinese(number)) == number


@given(st.integers(0, 10**9))
def test_digits_are_their_number(number: int) -> None:
    assert to_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("①", 1), ("⑩", 10), ("⑳", 20), ("〇", 0), ("十", 10), ("二十", 20), ("一百零三", 103)]
)
def test_other_ways_of_counting_are_known(text: str, number: int) -> None:
    assert to_number(text) == number


@pytest.mark.parametrize("text", ["", "甲", "第一", "1.", "-1", "一a", "²"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert to_number(text) is None
