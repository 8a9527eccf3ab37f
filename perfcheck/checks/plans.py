"""The spending plan: cumulative percentages by period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact
from perfcheck.model.places import PlanCell


def blank_installments(read: Read, *, which: str) -> Judge:
    """Reports a plan with ``all`` periods blank, with ``some`` blank, or with only the ``leading`` ones blank."""

    def judge(node: Any, document: Any) -> Fact | None:
        installments = node.spending_plan.installments
        blank = [item for item in installments if not item.text]
        if not blank:
            return None
        if len(blank) == len(installments):
            found = "all"
        elif installments[: len(blank)] == tuple(blank):
            found = "leading"
        else:
            found = "some"
        if found != which:
            return None
        values = {"dues": "、".join(item.due for item in blank), "count": len(blank)}
        return Fact("plan_values", values, node=PlanCell(node, blank[0]))

    return judge


def monotonic(read: Read) -> Judge:
    """No period's percentage is below the one before it."""

    def judge(node: Any, document: Any) -> Fact | None:
        before = None
        for item in node.spending_plan.installments:
            if item.percent is None:
                continue
            if before is not None and item.percent < before.percent:
                values = {"due": item.due, "text": item.text, "before_due": before.due, "before": before.text}
                earlier = (((PlanCell(node, before), "plan_values"), "before"),)
                return Fact("plan_values", values, earlier, PlanCell(node, item))
            before = item
        return None

    return judge


def flat(read: Read, *, whole: Decimal) -> Judge:
    """No period stands still below ``whole`` percent."""

    def judge(node: Any, document: Any) -> Fact | None:
        before = None
        for item in node.spending_plan.installments:
            if item.percent is None:
                before = None
                continue
            if before is not None and item.percent == before.percent and item.percent < whole:
                values = {"due": item.due, "text": item.text, "before_due": before.due}
                return Fact("plan_values", values, node=PlanCell(node, item))
            before = item
        return None

    return judge


def last_installment(read: Read, *, whole: Decimal) -> Judge:
    """The last period ends at ``whole`` percent; more than that is the range check's matter."""

    def judge(node: Any, document: Any) -> Fact | None:
        last = node.spending_plan.installments[-1]
        if last.percent is None or last.percent >= whole:
            return None
        return Fact("plan_values", {"due": last.due, "text": last.text}, node=PlanCell(node, last))

    return judge


def value_range(read: Read, *, at_least: Decimal, at_most: Decimal) -> Judge:
    """Every filled period is a percentage between ``at_least`` and ``at_most``."""

    def judge(node: Any, document: Any) -> Fact | None:
        for item in node.spending_plan.installments:
            percent = item.percent
            if percent is None:
                if not item.text:
                    continue
                problem = "not_a_percentage"
            elif percent > at_most:
                problem = "over"
            elif percent < at_least:
                problem = "under"
            else:
                continue
            values = {"due": item.due, "text": item.text, "problem": problem}
            return Fact("plan_values", values, node=PlanCell(node, item))
        return None

    return judge


def in_amounts(read: Read) -> Judge:
    """The plan holds percentages, not amounts, unless its own label asks for money."""

    def judge(node: Any, document: Any) -> Fact | None:
        plan = node.spending_plan
        if not plan.in_amounts or plan.asks_for_money:
            return None
        last = plan.installments[-1]
        values = {"texts": "、".join(item.text for item in plan.installments if item.text), "last": last.text}
        return Fact("plan_values", values, (((node, "total"), "total"),), PlanCell(node, plan.installments[0]))

    return judge


def schedule(read: Read, *, expected: dict[str, Decimal], tolerance: Decimal) -> Judge:
    """No plan stays more than ``tolerance`` points behind ``expected`` (period -> percent); one fact for a document."""

    def judge(node: Any, document: Any) -> Fact | None:
        behind = []
        for project in document.projects:
            plan = project.spending_plan
            if plan is None or plan.in_amounts:
                continue
            for item in plan.installments:
                due = expected.get(item.due)
                if due is not None and item.percent is not None and item.percent < due - tolerance:
                    behind.append((PlanCell(project, item), due))
                    break
        if not behind:
            return None
        (first, due), *_ = behind
        values = {
            "count": len(behind),
            "due": first.installment.due,
            "text": first.installment.text,
            "expected": due,
        }
        return Fact("plan_values", values, tuple(((cell, "plan_values"), "behind") for cell, _ in behind[1:]), first)

    return judge
