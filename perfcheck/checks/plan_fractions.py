"""A spending plan filled in with parts of one: 1/4, 0.25."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfcheck.checks.plans import PERCENT
from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact
from perfcheck.model.places import PlanCell

WHOLE = 100


def in_fractions(read: Read) -> Judge:
    """The plan holds percentages, not parts of one; a plan of such parts is read as what they are in percent.

    So are such parts among percentages, of which each is a finding.
    """

    def judge(node: Any, document: Any) -> list[Fact]:
        plan = node.spending_plan
        if plan.amounts or not plan.texts:
            return []
        if plan.percents[-1] == WHOLE and _is_one(plan.texts[-1]):
            return [_fact(node, next(index for index, text in enumerate(plan.texts) if text))]
        return [_fact(node, index) for index, text in enumerate(plan.texts) if _is_part(text, plan.percents[index])]

    return judge


def _fact(node: Any, index: int) -> Fact:
    item = node.spending_plan.installment(index)
    values = {"due": item.due, "text": item.text, "expected": f"{item.percent.normalize():f}%"}
    return Fact("plan_values", values, (), PlanCell(node, item))


def _is_part(text: str, percent: Decimal | None) -> bool:
    """Whether ``text`` was read as a part of one: 0.25 and 1/4 as 25."""
    if percent is None or text.endswith(PERCENT):
        return False
    whole, point, part = text.partition(".")
    return "/" in text or (not whole.strip("0") and bool(point) and percent >= 1 and part.isdigit())


def _is_one(text: str) -> bool:
    """Whether ``text`` is one: 1, 1.00, 4/4."""
    above, _, below = text.partition("/")
    return above == below if below else above.partition(".")[0] == "1" and not above.partition(".")[2].strip("0")
