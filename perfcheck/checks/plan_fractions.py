"""How the percentages of a spending plan are written: as parts of one (1/4, 0.25), with a sign or without."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact
from perfcheck.model.document import PlanCell

WHOLE = 100
PERCENT = ("%", "％")


def in_fractions(read: Read) -> Judge:
    """The plan holds percentages, not parts of one; a plan of such parts is read as what they are in percent.

    So are such parts among percentages, of which each is a finding.
    """

    def judge(node: Any, document: Any) -> list[Fact]:
        plan = node.spending_plan
        if plan.amounts or not plan.texts:
            return []
        if plan.percents[-1] == WHOLE and _is_one(plan.texts[-1]):
            return [_as_percent(node, next(index for index, text in enumerate(plan.texts) if text))]
        return [
            _as_percent(node, index) for index, text in enumerate(plan.texts) if _is_part(text, plan.percents[index])
        ]

    return judge


def percent_signs(read: Read) -> Judge:
    """No period of a plan is a bare number where others have a sign of percent; ``expected`` is written like these.

    Nothing is said of 0; of 1 and less it is doubtful whether percent or shares are meant.
    """

    def judge(node: Any, document: Any) -> list[Fact]:
        plan = node.spending_plan
        signed = [text for text in plan.texts if text.endswith(PERCENT)]
        if plan.amounts or not signed:
            return []
        places = {len(text[:-1].rstrip().partition(".")[2]) for text in signed}
        decimals = places.pop() if len(places) == 1 else 0
        facts = []
        for index, text in enumerate(plan.texts):
            whole, point, part = text.partition(".")
            if not (whole + part).isascii() or not (whole + part).isdigit() or not plan.percents[index]:
                continue
            written = whole + ("." if point or decimals else "") + part.ljust(decimals, "0")
            values = {"signed": signed[0], "expected": written + signed[0][-1], "doubtful": plan.percents[index] <= 1}
            facts.append(_fact(node, index, values))
        return facts

    return judge


def _as_percent(node: Any, index: int) -> Fact:
    return _fact(node, index, {"expected": f"{node.spending_plan.percents[index].normalize():f}%"})


def _fact(node: Any, index: int, values: dict[str, Any]) -> Fact:
    item = node.spending_plan.installment(index)
    return Fact("plan_values", {"due": item.due, "text": item.text, **values}, (), PlanCell(node, item))


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
