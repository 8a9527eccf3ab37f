"""The spending plan: cumulative percentages by period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read, known_word
from perfcheck.finding import Fact
from perfcheck.model.places import PlanCell


def blank_installments(read: Read, *, which: str) -> Judge:
    """Reports a plan with ``all`` periods blank, with ``some`` blank, or with only the ``leading`` ones blank."""
    known_word(which, "all", "some", "leading")

    def judge(node: Any, document: Any) -> Fact | None:
        plan = node.spending_plan
        if all(plan.texts) or "plan_values" not in node.anchors:
            return None  # a row that is missing altogether is reported as missing
        blank = [index for index, text in enumerate(plan.texts) if not text]
        leading = blank[-1] == len(blank) - 1
        found = "all" if len(blank) == len(plan.texts) else "leading" if leading else "some"
        if found != which:
            return None
        values = {"dues": "、".join(plan.dues[index] for index in blank), "count": len(blank)}
        return _fact(node, blank[0], values)

    return judge


def monotonic(read: Read) -> Judge:
    """No period's percentage is below the one before it."""

    def judge(node: Any, document: Any) -> Fact | None:
        before = at_before = None
        for index, percent in enumerate(node.spending_plan.percents):
            if percent is None:
                continue
            if before is not None and percent < before:
                plan = node.spending_plan
                values = {"before_due": plan.dues[at_before], "before": plan.texts[at_before]}
                earlier = (((PlanCell(node, plan.installment(at_before)), "plan_values"), "before"),)
                return _fact(node, index, values, earlier)
            before, at_before = percent, index
        return None

    return judge


def flat(read: Read, *, whole: Decimal) -> Judge:
    """No period stands still below ``whole`` percent."""

    def judge(node: Any, document: Any) -> Fact | None:
        before = None
        for index, percent in enumerate(node.spending_plan.percents):
            if percent is not None and percent == before and percent < whole:
                return _fact(node, index, {"before_due": node.spending_plan.dues[index - 1]})
            before = percent
        return None

    return judge


def last_installment(read: Read, *, whole: Decimal) -> Judge:
    """The last period ends at ``whole`` percent; more than that is the range check's matter."""

    def judge(node: Any, document: Any) -> Fact | None:
        percents = node.spending_plan.percents
        last = percents[-1]
        if last is None or last >= whole:
            return None
        return _fact(node, len(percents) - 1, {})

    return judge


def value_range(read: Read, *, at_least: Decimal, at_most: Decimal) -> Judge:
    """Every filled period is a percentage between ``at_least`` and ``at_most``."""

    def judge(node: Any, document: Any) -> Fact | None:
        plan = node.spending_plan
        for index, percent in enumerate(plan.percents):
            if percent is None:
                if not plan.texts[index]:
                    continue
                problem = "not_a_percentage"
            elif percent > at_most:
                problem = "over"
            elif percent < at_least:
                problem = "under"
            else:
                continue
            return _fact(node, index, {"problem": problem})
        return None

    return judge


def in_amounts(read: Read) -> Judge:
    """The plan holds percentages, not amounts, unless its own label asks for money."""

    def judge(node: Any, document: Any) -> Fact | None:
        plan = node.spending_plan
        if not plan.amounts or plan.asks_for_money:
            return None
        last = max(index for index, text in enumerate(plan.texts) if text)
        return _fact(node, last, {}, (((node, "total"), "total"),))

    return judge


def schedule(read: Read, *, expected: dict[str, Decimal], tolerance: Decimal) -> Judge:
    """No plan stays more than ``tolerance`` points behind ``expected`` (period -> percent); one fact for a document."""
    least = {due: percent - tolerance for due, percent in expected.items()}

    def judge(node: Any, document: Any) -> Fact | None:
        behind = []
        for project in document.projects:
            plan = project.spending_plan
            if plan is None:
                continue
            dues = plan.dues
            for index, percent in enumerate(plan.percents):
                if percent is not None and dues[index] in least and percent < least[dues[index]]:
                    behind.append((project, index))
                    break
        if not behind:
            return None
        (project, index), *others = behind
        values = {"count": len(behind), "expected": expected[project.spending_plan.dues[index]]}
        related = tuple(
            ((PlanCell(other, other.spending_plan.installment(at)), "plan_values"), "behind") for other, at in others
        )
        return _fact(project, index, values, related)

    return judge


def _fact(project: Any, index: int, values: dict[str, Any], related: tuple[Any, ...] = ()) -> Fact:
    """A fact about one period of a project's plan, its name and text always among the values."""
    item = project.spending_plan.installment(index)
    return Fact("plan_values", {"due": item.due, "text": item.text, **values}, related, PlanCell(project, item))
