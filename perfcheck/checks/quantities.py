"""Numbers in prose: sums of money with what they are worth, counts of things, and the clause a number stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from perfcheck.model.numerals import to_number
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

TEN_THOUSAND = "万"
CHINESE = "二三四五六七八九十百"
LONGEST_READ = 4000
"""Characters of one text in which numbers are looked for."""
ENDS_OF_SENTENCES = "。；;！!？?\n"
ENDS_OF_CLAUSES = ENDS_OF_SENTENCES + "，,、"
_WIDTHS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_HALF = Decimal("0.5")
LEAST_FIGURES = 3
MOST_PARTS = 20
"""Parts a count is told in at most."""
SLIPS = tuple(map(Decimal, (10, 100, 1000, 10000)))


class Money(NamedTuple):
    """A sum of money in a text. ``step`` is what one more in its last written digit would make."""

    yuan: Decimal
    step: Decimal
    start: int
    end: int


class Count(NamedTuple):
    """A number of things in a text; ``start`` and ``end`` span the number and its measure word."""

    number: Decimal
    measure: str
    start: int
    end: int


def money(number: Decimal, factor: Decimal) -> Money:
    """``number`` of a unit worth ``factor`` as a sum of money that stands nowhere."""
    exponent = number.as_tuple().exponent
    places = exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Money(number * factor, factor.scaleb(places), 0, 0)


class MoneyReader:
    """Finds sums of money by the ``units`` they are written in, unit -> its worth in the smallest one."""

    def __init__(self, units: Mapping[str, Decimal]) -> None:
        smallest = next((unit for unit, worth in units.items() if worth == 1), None)
        if smallest is None:
            raise ValueError("units 里要有一个值为 1 的单位，例如 {元: 1, 万元: 10000}")
        self.units = units
        self._mark = smallest
        self._search: re.Pattern[str] | None = None

    def may_have(self, text: str) -> bool:
        """A quick look whether there can be a sum of money in ``text``."""
        return self._mark in text

    def behind_last(self, text: str, start: int, end: int) -> int:
        """Where ``text`` goes on behind the last sum there may be between ``start`` and ``end``; else ``start``."""
        at = text.rfind(self._mark, start, end)
        return start if at < 0 else at + len(self._mark)

    def find(self, text: str) -> list[Money]:
        """All sums of money in ``text``, in order."""
        if not self.may_have(text):
            return []
        if self._search is None:
            units = sorted((unit for unit in self.units if unit.endswith(self._mark)), key=len, reverse=True)
            number = r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
            self._search = compiled(rf"{number}\s{{0,2}}({'|'.join(map(re.escape, units))})")
        found = []
        for match in self._search.finditer(text[:LONGEST_READ].translate(_WIDTHS)):
            worth = money(Decimal(match.group(1).replace(",", "")), self.units[match.group(2)])
            found.append(worth._replace(start=match.start(), end=match.end()))
        return found

    def unit_of(self, text: str) -> str | None:
        """The unit written at the end of ``text``; of no use where another sign stands there, as ``%`` does."""
        if not text or text[-1].isdecimal():
            return None
        return max((unit for unit in self.units if text.endswith(unit)), key=len, default=text[-1])

    def worth(self, unit: str | None, default: str | None) -> Decimal | None:
        """What one of ``unit``, or of the ``default`` of the table, is worth; None where that is not known."""
        return self.units.get(unit or default or "")

    def budget(self, project: Any, part: str = "total") -> Decimal | None:
        """A part of the funding of ``project``; None where it is blank or its unit is not known."""
        amount = None if project.funding is None else getattr(project.funding, part)
        if amount is None or amount.number is None:
            return None
        worth = self.worth(amount.unit, project.money_unit)
        return None if worth is None else amount.number * worth


def as_much(sum_of_money: Money, other: Decimal, least: Decimal, percent: Decimal) -> bool:
    """Whether two sums are one but for ``least`` and for rounding, as long as that makes no more than ``percent``."""
    rounding = min(sum_of_money.step * _HALF, abs(other) * percent / 100)
    return abs(sum_of_money.yuan - other) <= max(least, rounding)


def slipped(one: Decimal, other: Decimal) -> bool:
    """Whether two sums have the same figures and the point in another place: 171600元 for 171.6万元."""
    large, small = max(one, other), min(one, other)
    return small > 0 and any(large == small * power for power in SLIPS)


def turned(one: Decimal, other: Decimal) -> bool:
    """Whether two sums have the same three figures or more in another order: 1480万元 for 1840万元."""
    figures, others = f"{one.normalize():f}", f"{other.normalize():f}"
    return len(figures.rstrip("0")) >= LEAST_FIGURES and sorted(figures) == sorted(others) and one != other


class CountReader:
    """Finds numbers followed by one of the ``measures``, measure word -> the word it counts as.

    Words under the empty key count nothing: the 个 of 12个月 counts no things.
    """

    def __init__(self, measures: Mapping[str, list[str]], *, also_chinese: bool = False) -> None:
        self._chinese = also_chinese
        self.classes = {word: name for name, words in measures.items() for word in words}
        self._search: re.Pattern[str] | None = None

    def find(self, text: str) -> list[Count]:
        """All counts in ``text``, in order; where Chinese numbers are read, from two on: one mostly counts nothing."""
        if self._search is None:
            words = "|".join(map(re.escape, sorted(self.classes, key=len, reverse=True)))
            chinese = f"|[{CHINESE}]{{1,5}}" if self._chinese else ""
            number = rf"(?<![\d.\-—~～至第])(\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?{chinese})"
            self._search = compiled(rf"{number}\s{{0,2}}({TEN_THOUSAND}?)({words})")
        found = []
        for match in self._search.finditer(text[:LONGEST_READ].translate(_WIDTHS)):
            measure = self.classes[match.group(3)]
            if not measure:
                continue
            written = match.group(1).replace(",", "")
            start = match.start()
            if "." in written and text[:start].rstrip(" \t")[-1:] in ("", "\n"):
                item, _, written = written.partition(".")
                if int(item) != text.count("\n", 0, start) + 1 or written[0] == "0":
                    continue  # 2.18个村: not the item whose turn it is; perhaps a decimal
                start += len(item) + 1
            worth = Decimal(written) if written[0].isascii() else Decimal(to_number(written) or 0)
            if match.group(2):
                worth *= 10000
            found.append(Count(worth, measure, start, match.end()))
        return found

    def of_target(self, target: Any) -> tuple[Decimal, str] | None:
        """Number and measure word of a value, 1.2 of 万人 being 12000 of 人; None where it counts nothing we know."""
        unit, number = target.unit or "", target.number
        measure = self.classes.get(unit)
        if measure is None and unit[:1] == TEN_THOUSAND and (measure := self.classes.get(unit[1:])) is not None:
            number = None if number is None else number * 10000
        return None if not measure or number is None else (number, measure)


def run_makes(numbers: list[Decimal], total: Decimal) -> bool:
    """Whether two or more of ``numbers`` in a row make ``total``: 680人……，60人……，12人 of 752人."""
    for start in range(len(numbers)):
        made = Decimal(0)
        for at, number in enumerate(numbers[start : start + MOST_PARTS]):
            made += number
            if at and made == total:
                return True
    return False


def has_digit(text: str) -> bool:
    """Whether there is a number in digits in ``text``."""
    return _searches()[0](text) is not None


def other_years(text: str, year: int | None) -> bool:
    """Whether ``text`` names a year that is not ``year``."""
    return any(int(named) != year for named in _searches()[1](text))


@cache
def _searches() -> tuple[Any, Any]:
    return compiled(r"\d").search, compiled(r"(?<![\d.])20\d\d(?=年)").findall


def clause_around(text: str, start: int, end: int, ends: str = ENDS_OF_CLAUSES) -> tuple[int, int]:
    """Where the clause (or, by other ``ends``, the sentence) begins and ends that characters start to end stand in."""
    first = max(text.rfind(mark, 0, start) for mark in ends) + 1
    last = min((at for at in (text.find(mark, end) for mark in ends) if at >= 0), default=len(text))
    return first, last


def word_in(text: str, words: Iterable[str]) -> str:
    """The first of ``words`` that stands in ``text``; empty for none."""
    return next(filter(text.__contains__, words), "")


def without_end(text: str, words: tuple[str, ...]) -> str:
    """``text`` without any of ``words`` at its end, one after the other."""
    while text.endswith(words):
        text = text[: -max(len(word) for word in words if text.endswith(word))].rstrip()
    return text


@cache
def lead_at() -> re.Pattern[str]:
    """An enumerator or year at the beginning of a clause."""
    return compiled(r"\s*(?:[（(]?\d{1,2}[.．、)）](?!\d)|[①-⑳]|20\d\d年度?)")


def without_lead(text: str, leads: tuple[str, ...]) -> str:
    """The letters of ``text`` behind enumerator, year and any of ``leads`` at its beginning."""
    while True:
        found = lead_at().match(text)
        text = (text[found.end() :] if found else text).lstrip()
        lead = max((word for word in leads if text.startswith(word)), key=len, default="")
        if not lead and not found:
            return "".join(filter(str.isalnum, text))
        text = text[len(lead) :]


@cache
def _money_at_end() -> re.Pattern[str]:
    return compiled(r"\d[\d.,]*\s?[万亿]?元$")


def without_money(text: str) -> str:
    """``text`` without a sum of money at its end."""
    text = text.rstrip()
    return _money_at_end().sub("", text) if text.endswith("元") else text
