"""The spending plan: cumulative percentages, or amounts of money, by period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read, known_word, not_empty
from perfcheck.checks.quantities import MoneyReader
from perfcheck.finding import Fact
from perfcheck.model.document import PlanCell
from perfcheck.model.passages import PROJECT_PARTS, cell_text

WHOLE = Decimal(100)


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


def plan_columns(read: Read, *, dues: list[str]) -> Judge:
    """A plan by some of the periods ``dues`` has all of them; one by other periods is of another form."""
    not_empty("dues", dues)
    whole = frozenset(dues)

    def judge(node: Any, document: Any) -> Fact | None:
        has = frozenset(node.spending_plan.dues)
        if has == whole or not has < whole:
            return None
        return Fact("spending_plan", {"missing": "、".join(due for due in dues if due not in has)})

    return judge


def monotonic(read: Read, *, units: dict[str, Decimal] = {}, at_most: Decimal = WHOLE) -> Judge:  # noqa: B006
    """No period is below the one before it; amounts are compared in ``units``, without them not at all.

    A percentage above ``at_most`` is wrong itself and compared with none.
    """
    reader = MoneyReader(units) if units else None

    def judge(node: Any, document: Any) -> list[Fact]:
        before = at_before = None
        facts = []
        for index, reached in enumerate(_reached(reader, node)):
            plan = node.spending_plan
            if reached is None or (reached > at_most and not plan.amounts):
                continue
            if before is not None and reached < before:
                values = {"before_due": plan.dues[at_before], "before": plan.texts[at_before]}
                earlier = (((PlanCell(node, plan.installment(at_before)), "plan_values"), "before"),)
                facts.append(_fact(node, index, values, earlier))
            before, at_before = reached, index
        return facts

    return judge


def flat(
    read: Read,
    *,
    whole: Decimal,
    units: dict[str, Decimal] = {},  # noqa: B006 -- never changed
    unless_said: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No period stands still below ``whole`` percent, or as an amount in ``units`` below that share of the budget.

    Percentages that add up to ``whole`` are those of single periods. A table that has one of ``unless_said`` (每半年)
    in usage, goals or an indicator tells itself why nothing is paid meanwhile.
    """
    reader = MoneyReader(units) if units else None

    def judge(node: Any, document: Any) -> list[Fact]:
        plan = node.spending_plan
        before = None
        facts: list[Fact] = []
        end: Decimal | None = whole
        if not plan.amounts:
            if plan.percents[-1] != whole and sum(filter(None, plan.percents)) == whole:
                return facts  # shares of single periods, not cumulative ones
        else:
            budget = reader.budget(node) if reader else None
            end = None if budget is None else budget * whole / 100
        for index, reached in enumerate(_reached(reader, node)):
            if reached is not None and reached == before and end is not None and reached < end:
                facts.append(_fact(node, index, {"before_due": plan.dues[index - 1]}))
            before = reached
        return [] if facts and unless_said and any(map(_said(node).__contains__, unless_said)) else facts

    return judge


def _said(project: Any) -> str:
    """What usage, goals and indicators of a table say."""
    rows = (f"{row.name}\n{row.description}\n{row.target.text}" for row in project.indicators)
    return "\n".join((*(cell_text(project, part) for part in PROJECT_PARTS), *rows))


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

    def judge(node: Any, document: Any) -> list[Fact]:
        plan = node.spending_plan
        facts = []
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
            facts.append(_fact(node, index, {"problem": problem}))
        return facts

    return judge


def amounts_end(read: Read, *, which: str, tolerance: Decimal, units: dict[str, Decimal]) -> Judge:
    """A plan in amounts ends at the budget: reports a last one ``below`` it, or each one ``above`` it.

    ``tolerance`` is in the table's unit of money.
    """
    known_word(which, "below", "above")
    reader = MoneyReader(units)

    def judge(node: Any, document: Any) -> list[Fact]:
        plan = node.spending_plan
        budget = reader.budget(node) if plan.amounts else None
        if budget is None:
            return []
        least = tolerance * (reader.worth(None, node.money_unit) or 1)
        reached = _reached(reader, node)
        total = {"total": node.funding.total.text, "unit": node.funding.total.unit or node.money_unit}
        related = (((node, "total"), "total"),)
        if which == "above":
            over = [index for index, amount in enumerate(reached) if amount is not None and amount > budget + least]
            return [_fact(node, index, total, related) for index in over]
        last = reached[-1] if reached else None
        if last is None or last >= budget - least:
            return []
        return [_fact(node, len(reached) - 1, total, related)]

    return judge


def in_amounts(read: Read) -> Judge:
    """The plan holds percentages, not amounts, unless its own label asks for money."""

    def judge(node: Any, document: Any) -> Fact | None:
        plan = node.spending_plan
        if not plan.amounts or plan.asks_for_money or node.funding is None or node.funding.total is None:
            return None  # without a budget nothing shows what the amounts are parts of
        last = max(index for index, text in enumerate(plan.texts) if text)
        return _fact(node, last, {"total": node.funding.total.text}, (((node, "total"), "total"),))

    return judge


def schedule(
    read: Read,
    *,
    expected: dict[str, Decimal],
    tolerance: Decimal,
    units: dict[str, Decimal] = {},  # noqa: B006 -- never changed
) -> Judge:
    """No plan stays more than ``tolerance`` points behind ``expected`` (period -> percent); one fact for a document.

    Amounts count, in ``units``, where the form's own label asks for them.
    """
    reader = MoneyReader(units) if units else None
    least = {due: percent - tolerance for due, percent in expected.items()}

    def judge(node: Any, document: Any) -> Fact | None:
        behind = []
        for project in document.projects:
            plan = project.spending_plan
            if plan is None:
                continue
            dues = plan.dues
            percents = _shares(reader, project) if plan.asks_for_money else plan.percents
            for index, percent in enumerate(percents):
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


def _reached(reader: MoneyReader | None, project: Any) -> tuple[Decimal | None, ...]:
    """What is spent by each period: percent, or money in the smallest unit; nothing where that is not clear.

    Amounts that add up to the budget are those of single periods, from which nothing follows.
    """
    plan = project.spending_plan
    if not plan.amounts:
        return plan.percents  # type: ignore[no-any-return]
    if reader is None:
        return ()
    total = project.funding.total if project.funding else None
    default = (total.unit if total else None) or project.money_unit
    reached: list[Decimal | None] = []
    for text, amount in zip(plan.texts, plan.amounts):
        if amount is None:
            reached.append(None)
            continue
        worth = reader.worth(reader.unit_of(text), default)
        if worth is None:
            return ()
        reached.append(amount * worth)
    budget = reader.budget(project)
    filled = [amount for amount in reached if amount is not None]
    if budget is not None and len(filled) > 1 and filled[-1] != budget and sum(filled) == budget:
        return ()
    return tuple(reached)


def _shares(reader: MoneyReader | None, project: Any) -> list[Decimal | None]:
    """The amounts of a plan in percent of the budget; nothing where that is not clear."""
    budget = reader.budget(project) if reader else None
    if not budget or not project.spending_plan.amounts:
        return []
    return [None if amount is None else amount * 100 / budget for amount in _reached(reader, project)]


def _fact(project: Any, index: int, values: dict[str, Any], related: tuple[Any, ...] = ()) -> Fact:
    """A fact about one period of a project's plan, its name and text always among the values."""
    item = project.spending_plan.installment(index)
    return Fact("plan_values", {"due": item.due, "text": item.text, **values}, related, PlanCell(project, item))
