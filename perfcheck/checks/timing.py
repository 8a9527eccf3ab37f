"""When the money is spent by the plan, against what indicators and goals promise."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.quantities import clause_around, word_in
from perfcheck.finding import Fact
from perfcheck.model.document import PlanCell
from perfcheck.model.passages import cell_text
from perfcheck.model.target import Comparator

ROW_PARTS = ("name", "description")
PROSE_PARTS = ("goals", "usage")


def regular_payment(
    read: Read, *, often: list[str], payments: list[str], unless_words: list[str], most_blank: int
) -> Judge:
    """Who promises payments ``often`` (every month) plans no period without spending, and at most ``most_blank`` blank.

    The promise is one of ``often`` before one of ``payments`` in a clause without ``unless_words``: in the value, name
    or description of an indicator, in goals or usage. A plan that is blank throughout is another check's matter.
    """
    not_empty("often", often)
    not_empty("payments", payments)

    def judge(node: Any, document: Any) -> Fact | None:
        idle = _idle_periods(node.spending_plan, most_blank)
        if not idle:
            return None
        for owner, part, text in _promises(node):
            word = word_in(text, often)
            if not word:
                continue
            at = text.index(word)
            start, end = clause_around(text, at, at + len(word))
            paid = bool(word_in(text[at:end], payments))
            if part == "target" and not paid and _is_frequency(text.replace(word, "", 1)):  # 补贴发放频次: 每月1次
                about = f"{owner.name or ''}\n{owner.description or ''}"
                paid = bool(word_in(about, payments)) and not word_in(about, unless_words)
            if paid and not word_in(text[start:end], unless_words):
                plan = node.spending_plan
                related = tuple((((PlanCell(node, plan.installment(index)), "plan_values")), "idle") for index in idle)
                values = {"text": text[start:end].strip(), "dues": "、".join(plan.dues[index] for index in idle)}
                return Fact(part, values, related, owner, (start, end) if part in PROSE_PARTS else None)
        return None

    return judge


def planned_at_deadline(
    read: Read,
    *,
    classes: list[str],
    words: list[str],
    unless_words: list[str],
    months: dict[str, Decimal],
    at_least: Decimal,
) -> Judge:
    """By the date all is done, ``at_least`` percent are planned to be spent.

    The date is the latest one in a table's indicators of ``classes`` with one of ``words`` in value, name or
    description; one with ``unless_words`` there tells when something begins or is prepared. ``months`` are the months
    the periods of plans end with.
    """
    in_class = frozenset(classes)

    def judge(node: Any, document: Any) -> Fact | None:
        latest: tuple[int, Any] | None = None
        for indicator in node.indicators:
            if indicator.target.kind != "date" or indicator.subcategory not in in_class:
                continue
            month = _month_of(indicator.target, document.budget_year.year)
            said = f"{indicator.target.text}\n{indicator.name or ''}\n{indicator.description or ''}"
            if month is None or not word_in(said, words) or word_in(said, unless_words):
                return None  # one date nobody can place leaves open when all is done
            if latest is None or month > latest[0]:
                latest = month, indicator
        plan = node.spending_plan
        if latest is None or plan.amounts:
            return None
        for index, due in enumerate(plan.dues):
            reached = plan.percents[index] if index < len(plan.percents) else None
            if due in months and months[due] >= latest[0]:
                if reached is None or reached >= at_least or index == len(plan.dues) - 1:
                    return None
                values = {"text": latest[1].target.text, "due": due, "planned": plan.texts[index]}
                related = (((PlanCell(node, plan.installment(index)), "plan_values"), "planned"),)
                return Fact("target", values, related, latest[1])
        return None

    return judge


def _is_frequency(rest: str) -> bool:
    """Whether a value says no more than how often, but for the word for every month."""
    return not rest.strip().lstrip("≥=").rstrip("次").strip("0123456789一 ")


def _idle_periods(plan: Any, most_blank: int) -> list[int]:
    """The periods in which nothing is spent though something is before and behind, and blanks where they are many."""
    column = plan.amounts or plan.percents
    filled = [number for number in column if number is not None]
    if not filled:
        return []
    whole = filled[-1]
    flat = [
        index
        for index, number in enumerate(column)
        if number is not None and number < whole and (number == 0 or (index > 0 and number == column[index - 1]))
    ]
    blank = [index for index, text in enumerate(plan.texts) if not text]
    return sorted(flat + blank) if flat or len(blank) > most_blank else []


def _promises(project: Any) -> Iterator[tuple[Any, str, str]]:
    """Where payments are promised: values first, then what indicators say, then goals and usage."""
    for indicator in project.indicators:
        yield indicator, "target", indicator.target.text
    for indicator in project.indicators:
        for part in ROW_PARTS:
            yield indicator, part, getattr(indicator, part) or ""
    for part in PROSE_PARTS:
        yield project, part, cell_text(project, part)


def _month_of(target: Any, year: int | None) -> int | None:
    """The month by whose end a value wants something done; None for a date in another year or only within one."""
    if len(target.deadlines) != 1 or target.comparator not in (None, Comparator.AT_MOST, Comparator.LESS_THAN):
        return None
    deadline = target.deadlines[0]
    if deadline.month is None or (deadline.year is not None and deadline.year != year):
        return None
    return deadline.month  # type: ignore[no-any-return]
