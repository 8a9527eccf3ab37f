"""Unit prices in the prose of a table: what one thing costs times how many there are, against the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.checks.quantities import (
    ENDS_OF_SENTENCES,
    Count,
    CountReader,
    Money,
    MoneyReader,
    clause_around,
    word_in,
)
from perfcheck.checks.totals import plain
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

LONGEST_BETWEEN = 12
"""Characters that may stand between 每人 and its price: 每人每月发放岗位补贴."""


class Price(NamedTuple):
    """What one ``thing`` costs, ``times`` a year; ``start`` is where 每人 or the like begins."""

    worth: Money
    thing: str
    times: Decimal
    start: int


class CountedThings:
    """Tells whether a count is of a thing, by its measure word or the word behind it; ``things`` by their units."""

    def __init__(self, things: dict[str, list[str]]) -> None:
        self._things = things
        self._thing_of = {unit: thing for thing, words in things.items() for unit in words}

    def fits(self, text: str, count: Count, thing: str) -> bool:
        """Whether ``count``, found in ``text``, is of ``thing``."""
        written = text[count.end - len(count.measure) : count.end]
        if self._thing_of.get(count.measure, self._thing_of.get(written)) == thing:
            return True
        return text.startswith(tuple(self._things.get(thing, ())), count.end)


class ProsePrices:
    """Reads prices in prose.

    ``per_words`` tell the thing (每名 -> 人) or the period (每月 -> 月), ``periods`` how often a year it is paid.
    """

    def __init__(self, money: MoneyReader, per_words: dict[str, str], periods: dict[str, Decimal]) -> None:
        self._money = money
        self._per_words = per_words
        self._periods = periods
        self._search: re.Pattern[str] | None = None

    def price_of(self, text: str, start: int, found: Money) -> Price | None:
        """The price that ``found`` is by the thing and period right in front of it, from ``start`` on."""
        if self._search is None:
            leads = "|".join(map(re.escape, sorted(self._per_words, key=len, reverse=True)))
            self._search = compiled(leads or "(?!)")
        first = max(start, found.start - 2 * LONGEST_BETWEEN)
        first = self._money.behind_last(text, first, found.start)  # 每块1200元，共5.76万元: the price is another sum
        before = text[first : found.start]
        named = list(self._search.finditer(before))
        if not named or len(before) - named[-1].end() > LONGEST_BETWEEN:
            return None
        words = {self._per_words[match.group()] for match in named}
        in_time = words & self._periods.keys()
        of = words - self._periods.keys()
        if len(of) != 1 or len(in_time) > 1:
            return None
        times = max((self._periods[period] for period in in_time), default=Decimal(1))
        return Price(found, next(iter(of)), times, first + named[0].start())


def prose_price(
    read: Read,
    *,
    units: dict[str, Decimal],
    things: dict[str, list[str]],
    measures: dict[str, list[str]],
    per_words: dict[str, str],
    periods: dict[str, Decimal],
    unless_words: list[str],
    percent: Decimal,
    most_times: Decimal,
    part_year: list[str] = [],  # noqa: B006 -- never changed
    shortfall_words: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A price per thing in the usage times the one count of that thing is no more than the budget.

    ``per_words`` tell the thing (每名 -> 人) or the period (每月 -> 月) of a price, ``things`` its units, ``periods``
    how often a year it is paid. The count stands in the same sentence, in front of the price or, if none does,
    behind it; where there are several different ones, nothing is said. Sentences with ``unless_words`` (what others
    pay, scales of prices) are left alone, so are prices of a month beside words of ``part_year``, a usage with one of
    ``shortfall_words`` anywhere, and what exceeds the budget by no more than ``percent``, or ``most_times``, which
    shows that units are mixed up.
    """
    reader, counts = MoneyReader(units), CountReader(measures)
    told, kinds = ProsePrices(reader, per_words, periods), CountedThings(things)

    def counted(text: str, start: int, end: int, price: Price) -> set[Decimal]:
        """The different numbers of the thing in its sentence up to its price; behind it, where there are none."""
        inside = (count for count in counts.find(text) if start <= count.start < end)
        fitting = [count for count in inside if kinds.fits(text, count, price.thing)]
        before = {count.number for count in fitting if count.start < price.worth.start}
        return before or {count.number for count in fitting if count.start >= price.worth.end}

    def prices(text: str) -> Iterator[tuple[Price, set[Decimal]]]:
        for found in reader.find(text):
            start, end = clause_around(text, found.start, found.end, ENDS_OF_SENTENCES)
            if word_in(text[start:end], unless_words):
                continue
            price = told.price_of(text, start, found)
            if price is not None and (price.times <= 1 or not word_in(text[start:end], part_year)):
                yield price, counted(text, start, end, price)

    def judge(node: Any, document: Any) -> list[Fact]:
        text = cell_text(node, "usage")
        if not reader.may_have(text):
            return []
        budget = reader.budget(node)
        if budget is None or budget <= 0 or word_in(text, shortfall_words):
            return []
        facts = []
        for price, numbers in prices(text):
            if len(numbers) != 1:
                continue
            number = next(iter(numbers))
            product = price.worth.yuan * number * price.times
            if not budget * (1 + percent / 100) < product <= budget * most_times:
                continue
            total = node.funding.total
            unit = total.unit or node.money_unit
            values = {
                "text": text[price.worth.start : price.worth.end],
                "factors": plain(number) if price.times == 1 else f"{plain(number)} × {plain(price.times)}",
                "product": plain(product / reader.units[unit]),
                "total": total.number,
                "unit": unit,
            }
            span = (price.worth.start, price.worth.end)
            facts.append(Fact("usage", values, (((node, "total"), "total"),), node, span))
        return facts

    return judge
