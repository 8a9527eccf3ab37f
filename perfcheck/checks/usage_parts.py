"""The parts a usage tells of the money, against the budget they are parts of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Percent, Read
from perfcheck.checks.quantities import ENDS_OF_SENTENCES, Money, MoneyReader, clause_around, word_in
from perfcheck.checks.totals import plain
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text
from perfcheck.patterns import compiled

MOST_PARTS = 12
"""Sums of a usage that are told apart: with more of them some make the budget by chance."""
NOT_OF_IT = ("/", "／", "的")
"""Behind a sum: it is a price (元/盏), or says of what size the things spoken of are."""
BRACKETS = r"[（(][^（）()]*[）)]"
COLONS = ":："


def parts_within_budget(
    read: Read,
    *,
    units: dict[str, Decimal],
    lead_words: list[str],
    rate_words: list[str],
    product_words: list[str],
    whole_words: list[str],
    skip_words: list[str],
    unless_words: list[str],
    percent: Percent,
    most_times: Decimal,
) -> Judge:
    """The sums a usage tells, each of a part of the money, make together no more than the budget.

    Of a usage with one of ``lead_words`` (其中) what stands behind it is meant. A sum with one of ``rate_words`` in its
    clause is a price, one right behind one of ``whole_words`` a total, unless the sum in front of it is a price of the
    same sentence; one behind ``product_words`` is a part. One in brackets, behind a sum and a colon, with one of
    ``skip_words`` in its clause (limits, changes, fines) or with 的 or / behind it is none, nor are sums in a row that
    make another one. A usage with ``unless_words`` (what others pay, other years, parts of parts) is left alone, so
    are two ``lead_words``, a sum that the others make, sums some of which are the whole budget, and what exceeds the
    budget by no more than ``percent`` or by more than ``most_times``.
    """
    reader = MoneyReader(units)
    products, wholes = tuple(product_words), tuple(whole_words)

    def parts(text: str, start: int) -> Iterator[Money]:
        """The sums from ``start`` on that are neither prices nor totals."""
        price_in = -1  # where the sentence begins whose last sum was a price
        inside = [match.span() for match in compiled(BRACKETS).finditer(text)]
        last = 0  # where the sum in front ends
        parts_of = -1  # where the sentence begins that tells the parts of a sum behind a colon
        for found in reader.find(text):
            behind, last = last, found.end
            if found.start < start or any(begin < found.start < end for begin, end in inside):
                continue
            sentence, _ = clause_around(text, found.start, found.end, ENDS_OF_SENTENCES)
            first, _ = clause_around(text, found.start, found.end)
            opened = sentence < behind and any(sign in text[behind : found.start] for sign in COLONS)
            if opened or sentence == parts_of:
                parts_of = sentence
                continue
            clause = text[first : found.start].rstrip()
            if text.startswith(NOT_OF_IT, found.end) or word_in(clause, skip_words):
                continue
            if word_in(clause, rate_words):
                price_in = sentence
                continue
            if price_in == sentence or clause.endswith(products) or not clause.endswith(wholes):
                yield found
            price_in = -1

    def judge(node: Any, document: Any) -> Fact | None:
        text = cell_text(node, "usage")
        budget = reader.budget(node) if reader.may_have(text) else None
        if budget is None or budget <= 0 or word_in(text, unless_words):
            return None
        lead = word_in(text, lead_words)
        start = text.find(lead) + len(lead) if lead else 0
        if lead and word_in(text[start:], lead_words):
            return None
        told = _without_breakdown(list(parts(text, start)))
        worth = [part.yuan for part in told]
        whole = sum(worth, Decimal(0))
        if not 2 <= len(told) <= MOST_PARTS or any(yuan >= budget or yuan * 2 == whole for yuan in worth):
            return None
        if budget in _sums_of(worth):
            return None
        if not budget * (1 + percent / 100) < whole <= budget * most_times:
            return None
        total = node.funding.total
        unit = total.unit or node.money_unit
        span = told[0].start, told[-1].end
        values = {
            "text": "、".join(text[part.start : part.end] for part in told),
            "sum": plain(whole / reader.units[unit]),
            "total": total.number,
            "unit": unit,
        }
        return Fact("usage", values, (((node, "total"), "total"),), node, span)

    return judge


def _without_breakdown(told: list[Money]) -> list[Money]:
    """``told`` without the sums in a row that make another one: 工具5.6万元……第一批3万元，第二批2.6万元."""
    for first in range(len(told) - 1):
        for end in range(first + 2, len(told) + 1):
            others = told[:first] + told[end:]
            whole = sum((part.yuan for part in told[first:end]), Decimal(0))
            if any(part.yuan == whole for part in others):
                return others
    return told


def _sums_of(worth: list[Decimal]) -> set[Decimal]:
    """What some of ``worth`` make together."""
    sums = {Decimal(0)}
    for yuan in worth:
        sums |= {so_far + yuan for so_far in sums}
    return sums
