"""Products that prose works out itself: 8人，每人每月2000元，全年19.2万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise
from math import prod
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.prose_prices import CountedThings, Price, ProsePrices
from perfcheck.checks.quantities import (
    CHINESE,
    ENDS_OF_SENTENCES,
    TEN_THOUSAND,
    CountReader,
    Money,
    MoneyReader,
    clause_around,
    without_end,
    word_in,
)
from perfcheck.checks.totals import plain
from perfcheck.finding import Fact
from perfcheck.model.numerals import to_number
from perfcheck.model.passages import PROJECT_PARTS, cell_text
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

MOST_FACTORS = 6
"""Numbers of a sentence that may be factors: with more of them nearly any product comes about."""
LONGEST_PRODUCT = 3
UNTOLD_TIMES = (1, 2, 3, 4)
"""How many times a year what is paid may be paid without the sentence saying so: terms, feasts, quarters."""
MONTHS = 12


class Sum(NamedTuple):
    """A price and the sum behind it; what stands from ``start`` on up to the sum tells how many there are."""

    price: Price
    total: Money
    start: int


def stated_products(
    read: Read,
    *,
    units: dict[str, Decimal],
    things: dict[str, list[str]],
    measures: dict[str, list[str]],
    per_words: dict[str, str],
    periods: dict[str, Decimal],
    sum_words: list[str],
    whole_words: list[str],
    link_words: list[str],
    unless_words: list[str],
    more_words: list[str],
    percent: Decimal,
    most_times: Decimal,
) -> Judge:
    """A price in usage or goals times the one count of its thing is the sum the sentence says it makes.

    The sum is the next one behind the price, right behind one of ``sum_words`` (``link_words`` aside); any other word
    in its clause names another cost. Behind one of ``whole_words`` (合计) it may be that of several things, and counts
    only where the passage names no other sum in front of the price. ``things``, ``per_words`` and ``periods`` are as
    for :class:`ProsePrices`. Any other number of the sentence may be a factor (6个月, 两次), and the sum is right
    if any product of them makes it, or so many times or months that the sentence does not tell; ``percent`` and what
    rounding the sum makes are left aside (a price is a standard, not rounded). Sentences with ``unless_words`` (scales
    of prices, what others pay) are left alone, so are those with ``more_words`` between price and sum (of what comes
    on top of the price), and what is off by more than ``most_times``.
    """
    not_empty("sum_words", sum_words)
    reader, counts, kinds = MoneyReader(units), CountReader(measures), CountedThings(things)
    told, links = ProsePrices(reader, per_words, periods), tuple(link_words)
    wholes, ends = tuple(whole_words), (*sum_words, *whole_words)
    known = tuple({*ends, *links})

    def sums(text: str) -> Iterator[Sum]:
        """Each price that a sum follows in the same sentence, with nothing told by its price in front of it."""
        found = reader.find(text)
        priced = False
        for at, (worth, total) in enumerate(pairwise(found)):
            start, end = clause_around(text, worth.start, worth.end, ENDS_OF_SENTENCES)
            price = told.price_of(text, start, worth)
            before, priced = priced and at > 0 and found[at - 1].start >= start, price is not None
            if price is None or before or total.start >= end:
                continue
            lead = text[worth.end : total.start].rstrip()
            bare = lead if lead.endswith(ends) else without_end(lead, links)
            if not bare.endswith(ends) or word_in(lead, more_words) or word_in(text[start:end], unless_words):
                continue
            clause, _ = clause_around(text, total.start, total.end)
            if without_end(text[max(clause, worth.end) : total.start].rstrip(), known).strip():
                continue  # a noun of its own: another cost
            if at and bare.endswith(wholes):
                continue
            priced = False  # the sum has been told: the next price begins anew
            yield Sum(price, total, max(start, found[at - 1].end if at else 0))

    def judge(node: Any, document: Any) -> list[Fact]:
        facts = []
        for part in PROJECT_PARTS:
            text = cell_text(node, part)
            if not reader.may_have(text):
                continue
            for price, total, start in sums(text):
                numbers = {
                    count.number
                    for count in counts.find(text)
                    if start <= count.start < total.start and kinds.fits(text, count, price.thing)
                }
                if len(numbers) != 1:
                    continue
                number = numbers.pop()
                factors = _numbers(text[start : price.worth.start]) + _numbers(text[price.worth.end : total.start])
                if number not in factors and number != 1:
                    factors.append(number)
                product = price.worth.yuan * number * price.times
                far = product > total.yuan * most_times or product * most_times < total.yuan
                if far or len(factors) > MOST_FACTORS or _makes(price, number, total, factors, percent):
                    continue
                unit = reader.unit_of(text[total.start : total.end]) or ""
                values = {
                    "text": text[total.start : total.end],
                    "price": text[price.worth.start : price.worth.end],
                    "factors": plain(number) if price.times == 1 else f"{plain(number)} × {plain(price.times)}",
                    "product": plain(product / reader.units[unit]),
                    "unit": unit,
                }
                facts.append(Fact(part, values, (), node, (total.start, total.end)))
        return facts

    return judge


@cache
def _number() -> re.Pattern[str]:
    return compiled(rf"(?<![\d.])(\d+(?:\.\d+)?|[{CHINESE}]{{1,4}})\s?({TEN_THOUSAND}?)")


def _numbers(text: str) -> list[Decimal]:
    """All numbers of ``text`` but nought and one, each as often as it stands there."""
    found = []
    for written, wan in _number().findall(text):
        number = Decimal(written) if written[0].isdecimal() else Decimal(to_number(written) or 0)
        if number not in (0, 1):
            found.append(number * (10000 if wan else 1))
    return found


def _makes(price: Price, number: Decimal, total: Money, factors: list[Decimal], percent: Decimal) -> bool:
    """Whether ``total`` is the price times some of ``factors``, each once, or the product so many times or months."""
    slack = max(total.yuan * percent / 100, total.step / 2)
    product = price.worth.yuan * number
    whole = [product * price.times * often for often in UNTOLD_TIMES]
    if price.times == MONTHS:
        whole += (product * months for months in range(1, MONTHS))
    told = factors if price.times == 1 else [*factors, price.times]
    whole += (
        price.worth.yuan * prod(chosen)
        for length in range(LONGEST_PRODUCT + 1)
        for chosen in combinations(told, length)
    )
    return any(abs(worth - total.yuan) <= slack for worth in whole)
