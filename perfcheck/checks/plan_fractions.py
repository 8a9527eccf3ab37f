"""A spending plan filled in with parts of one: 1/4, 0.25."""

from __future__ import annotations

from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact
from perfcheck.model.document import PlanCell

WHOLE = 100


def in_fractions(read: Read) -> Judge:
    """The plan holds percentages, not parts of one; a plan of such parts is read as what they are in percent."""

    def judge(node: Any, document: Any) -> Fact | None:
        plan = node.spending_plan
        if plan.amounts or not plan.texts or plan.percents[-1] != WHOLE or not _is_one(plan.texts[-1]):
            return None
        index = next(index for index, text in enumerate(plan.texts) if text)
        item = plan.installment(index)
        values = {"due": item.due, "text": item.text, "expected": f"{plan.percents[index].normalize():f}%"}
        return Fact("plan_values", values, (), PlanCell(node, item))

    return judge


def _is_one(text: str) -> bool:
    """Whether ``text`` is one: 1, 1.00, 4/4."""
    above, _, below = text.partition("/")
    return above == below if below else above.partition(".")[0] == "1" and not above.partition(".")[2].strip("0")
