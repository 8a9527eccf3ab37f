"""Numbers of items as people write them: 3, 三, 十二, ⑤."""

from __future__ import annotations

from functools import lru_cache

from perfcheck.patterns import compiled

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CIRCLED = {chr(0x2460 + value): value + 1 for value in range(20)}
NARROW = {wide: wide - 0xFEE0 for first, last in ("０９", "ＡＺ", "ａｚ") for wide in range(ord(first), ord(last) + 1)}
"""Digits and letters of full width, as ``str.translate`` takes them, to those of half width."""


def to_number(text: str) -> int | None:
    """The number written in ``text`` in digits, Chinese numerals below one thousand or as a circled digit."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED[text]
    total = 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百":
            total += (1 if digit is None else digit) * (10 if character == "十" else 100)
            digit = None
        else:
            return None
    return total + (digit or 0) if text else None


_WORDS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """``number`` from 1 to 99 in Chinese numerals: 12 is 十二."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _WORDS[tens] + "十") + (_WORDS[ones] if ones else "")


def like(written: str, number: int) -> str | None:
    """``number`` in the style of ``written``: digits of either width, circled or in Chinese; None if it has none."""
    if written.isascii():
        return str(number)
    if written in _CIRCLED:
        return chr(0x245F + number) if number <= len(_CIRCLED) else None
    if written.isdigit():
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return in_words(number) if number < 100 else None


_NUMBER = compiled(r"\d+|[零〇一二三四五六七八九十百]+|[①-⑳]")


@lru_cache(maxsize=1000)
def item_number(enumerator: str) -> int | None:
    """The number in an enumerator: （三）, 3., 第三、 and 目标3： are all 3."""
    found = _NUMBER.search(enumerator)
    return to_number(found.group()) if found else None
