"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact
from perfcheck.model.target import NOTHING

ZERO = Decimal(0)


def amount_format(read: Read, *, fields: list[str], decimals: int, positive: list[str]) -> Judge:
    """``fields`` are numbers with at most ``decimals`` digits behind the point, those in ``positive`` above zero.

    In a table that names its unit of money the figure stands alone, without a unit of its own.
    """
    must_be_positive = frozenset(positive)

    def judge(node: Any, document: Any) -> Fact | None:
        funding = node.funding
        for field in fields:
            amount = getattr(funding, field)
            if amount is None or not amount.text:
                continue
            problem = _problem(amount, decimals, field in must_be_positive, bool(node.money_unit))
            if problem:
                return Fact(field, {"text": amount.text, "problem": problem, "decimals": decimals})
        return None

    return judge


def _problem(amount: Any, decimals: int, above_zero: bool, has_unit: bool) -> str | None:
    number = amount.number
    if number is None:
        return None if amount.text in NOTHING and not above_zero else "not_a_number"
    if amount.unit == "%":
        return "not_a_number"
    if amount.unit is not None and has_unit:
        return "with_unit"
    if number < ZERO or (above_zero and number == ZERO):
        return "not_positive"
    point = amount.text.find(".")
    if point < 0 or len(amount.text) - point - 1 <= decimals:
        return None
    return "decimals" if -number.normalize().as_tuple().exponent > decimals else None


def parts_sum(read: Read, *, total: str, parts: list[str], tolerance: Decimal) -> Judge:
    """``total`` equals the sum of ``parts`` within ``tolerance`` (in the table's unit of money); blank parts are 0."""

    def judge(node: Any, document: Any) -> Fact | None:
        funding = node.funding
        whole = getattr(funding, total)
        if whole is None or whole.number is None:
            return None
        summed = ZERO
        filled = 0
        for part in parts:
            amount = getattr(funding, part)
            if amount is None or (amount.number is not None and amount.unit != whole.unit):
                return None  # a part in another unit than the total: what the sum should be is unclear
            if amount.number is not None:
                summed += amount.number
                filled += 1
            elif amount.text and amount.text not in NOTHING:
                return None
        if not filled or abs(whole.number - summed) <= tolerance:
            return None
        return Fact(
            total,
            {"total": whole.number, "sum": summed, "difference": abs(whole.number - summed)},
            tuple(((node, part), part) for part in parts),
        )

    return judge
