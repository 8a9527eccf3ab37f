"""Prices in prose that stand behind the name of what they are for: against the budget, and against the indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.prose_prices import Price, ProsePrices
from perfcheck.checks.quantities import (
    ENDS_OF_SENTENCES,
    CountReader,
    MoneyReader,
    clause_around,
    without_end,
    without_lead,
    word_in,
)
from perfcheck.checks.totals import class_of, plain
from perfcheck.checks.unit_costs import AT_LEAST, AT_MOST, Prices
from perfcheck.finding import Fact
from perfcheck.model.passages import PROJECT_PARTS, cell_text

LONGEST_NAME = 10
"""Ideographs of what a price is for that are compared: 帐篷 of 其中帐篷每顶1200元."""
SHORTEST_NAME = 2


def listed_prices(
    read: Read,
    *,
    units: dict[str, Decimal],
    things: dict[str, list[str]],
    measures: dict[str, list[str]],
    per_words: dict[str, str],
    periods: dict[str, Decimal],
    lead_words: list[str],
    unless_words: list[str],
    part_words: list[str],
    percent: Decimal,
) -> Judge:
    """Prices of several things in the usage, each times how many there are of it, are together no more than the budget.

    What a price is for stands right in front of it (``lead_words`` aside) and right in front of its one count or
    behind it: 帐篷300顶，棉被1500床，帐篷每顶1200元，棉被每床200元. ``things``, ``per_words`` and ``periods`` are as
    :class:`ProsePrices` has them. A usage with ``unless_words`` is left alone, so is one with ``part_words`` (one price
    is in the other), unless they only lead to the first price; so is a sum that one of the things makes by itself (the
    others are a part of it, or it is wrong alone), and what exceeds the budget by no more than ``percent``.
    """
    reader, counts = MoneyReader(units), CountReader(measures)
    told, leads = ProsePrices(reader, per_words, periods), tuple(lead_words)
    thing_of = {unit: thing for thing, words in things.items() for unit in words}

    def products(text: str) -> Iterator[tuple[str, Price, Decimal]]:
        """What is priced by its name, its price and what all of it costs."""
        for found in reader.find(text):
            start, end = clause_around(text, found.start, found.end, ENDS_OF_SENTENCES)
            price = told.price_of(text, start, found)
            name = _name_before(text, price.start, leads) if price else ""
            if price is None or len(name) < SHORTEST_NAME:
                continue
            numbers = {
                count.number
                for count in counts.find(text)
                if thing_of.get(count.measure) == price.thing
                and start <= count.start < end
                and (text.startswith(name, count.end) or text.endswith(name, 0, count.start))
            }
            if len(numbers) == 1:
                yield name, price, price.worth.yuan * numbers.pop() * price.times

    def judge(node: Any, document: Any) -> Fact | None:
        text = cell_text(node, "usage")
        budget = reader.budget(node) if reader.may_have(text) else None
        if budget is None or budget <= 0 or word_in(text, unless_words):
            return None
        found = list(products(text))
        worth = [product for *_, product in found]
        if len(found) < 2 or len({name for name, *_ in found}) < len(found) or max(worth) >= budget:
            return None
        first, last = found[0][1], found[-1][1]
        aside = text[: _start_of_name(text, first.start)] + text[first.start :]
        if sum(worth) <= budget * (1 + percent / 100) or word_in(aside, part_words):
            return None
        total = node.funding.total
        unit = total.unit or node.money_unit
        values = {
            "text": "、".join(name for name, *_ in found),
            "product": plain(sum(worth) / reader.units[unit]),
            "total": total.number,
            "unit": unit,
        }
        return Fact("usage", values, (((node, "total"), "total"),), node, (first.start, last.worth.end))

    return judge


def price_as_told(
    read: Read,
    *,
    units: dict[str, Decimal],
    classes: list[str],
    things: dict[str, list[str]],
    per_words: dict[str, str],
    periods: dict[str, Decimal],
    lead_words: list[str],
    end_words: list[str],
    unless_words: list[str],
    unless_prices: list[str],
) -> Judge:
    """A price among the indicators of ``classes`` is the one that usage and goals tell of the same thing.

    Of the same thing is the price in prose whose name, as :func:`listed_prices` finds it, is the indicator's without
    ``per_words``, ``lead_words`` and ``end_words`` (the words for a price; what else is in a name, as 维护 in
    路灯维护成本, makes it another price), per the same thing and as often a year, in a sentence without
    ``unless_words``; where prose has several different ones, nothing is said. ``unless_prices`` in an indicator make
    it no usual price. A bound may be on the safe side.
    """
    not_empty("classes", classes)
    reader, in_class = MoneyReader(units), frozenset(classes)
    told, leads, ends = ProsePrices(reader, per_words, periods), tuple(lead_words), tuple(end_words)
    longest_first = sorted(per_words, key=len, reverse=True)
    prices = Prices(reader, things, per_words, periods, unless_prices)

    def thing_named(name: str) -> str:
        for word in longest_first:
            name = name.replace(word, "")
        return without_end(without_lead(name, leads), ends)

    def judge(node: Any, document: Any) -> Fact | None:
        target = node.target
        price = prices.price(node) if target.kind == "money_rate" and class_of(node) in in_class else None
        if price is None or not price.thing:
            return None
        project, thing = document.projects[node.project], thing_named(node.name or "")
        written: dict[Decimal, tuple[str, str]] = {}
        for part in PROJECT_PARTS:
            text = cell_text(project, part)
            for found in reader.find(text):
                start, end = clause_around(text, found.start, found.end, ENDS_OF_SENTENCES)
                other = told.price_of(text, start, found)
                if other is None or (other.thing, other.times) != (price.thing, price.times):
                    continue
                name = without_end(_name_before(text, other.start, leads), ends)
                if len(name) >= SHORTEST_NAME and name == thing and not word_in(text[start:end], unless_words):
                    written[other.worth.yuan] = part, text[other.start : other.worth.end]
        if len(written) != 1:
            return None
        ((yuan, (part, text)),) = written.items()
        if yuan == price.worth.yuan or target.comparator in (AT_MOST if yuan < price.worth.yuan else AT_LEAST):
            return None
        return Fact("target", {"text": target.text, "other": text}, (((project, part), "other"),))

    return judge


def _name_before(text: str, end: int, leads: tuple[str, ...]) -> str:
    """The ideographs of ``text`` right in front of ``end``, without any of ``leads`` at their beginning."""
    return without_lead(text[_start_of_name(text, end) : end], leads)


def _start_of_name(text: str, end: int) -> int:
    """Where the ideographs begin that stand right in front of ``end``."""
    start = end
    while start > max(0, end - LONGEST_NAME) and "\u3400" <= text[start - 1] <= "\u9fff":
        start -= 1
    return start
