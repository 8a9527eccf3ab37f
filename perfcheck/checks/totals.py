"""The project's total as indicators and prose state it, against its budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.quantities import (
    ENDS_OF_SENTENCES,
    Money,
    MoneyReader,
    as_much,
    clause_around,
    money,
    other_years,
    slipped,
    turned,
    without_end,
    word_in,
)
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import PROJECT_PARTS, cell_text, row_text
from perfcheck.model.target import Comparator

PARTS = ("total", "fiscal", "other")
EXACT = (None, Comparator.EXACTLY)


def value_is_budget(
    read: Read,
    *,
    units: dict[str, Decimal],
    tolerance: Decimal,
    rounding: Decimal,
    classes: list[str],
    total_words: list[str],
    unless_words: list[str],
    most_times: Decimal,
) -> Judge:
    """An indicator value that is the project's total is its budget.

    A total is a sum of money in an indicator of one of ``classes`` or with one of ``total_words`` in its name, without
    ``unless_words`` in name or description. More than the budget is wrong for any such sum (outside the classes up to
    ``most_times`` as much), less only for the one sum of its table whose name says that it is the total.
    ``tolerance`` is in the table's unit of money; ``rounding`` is how many percent a rounded figure may be off.
    """
    not_empty("classes", classes)
    reader, in_class = MoneyReader(units), frozenset(classes)
    is_other = Remembered[str, Any](lambda said: word_in(said, unless_words))
    total_in = Remembered[str, Any](lambda name: word_in(name, total_words))

    def judge(node: Any, document: Any) -> Fact | None:
        target, project = node.target, document.projects[node.project]
        if target.number is None or target.upper is not None or target.remainder:
            return None
        is_cost = class_of(node) in in_class
        is_total = bool(total_in[node.name or ""])
        if not is_cost and not is_total:
            return None
        budget = reader.budget(project)
        factor = reader.worth(target.unit, None)
        if budget is None or budget <= 0 or factor is None:
            return None
        if target.number * factor > budget:
            if not is_cost and target.number * factor > budget * most_times:
                return None
        elif target.comparator not in EXACT or not is_total or _sums(project, in_class, total_words) > 1:
            return None
        if is_other[words_of(node)]:
            return None
        stated = money(target.number, factor)
        least = tolerance * (reader.worth(None, project.money_unit) or 1)
        if any(as_much(stated, part, least, rounding) for part in _funds(reader, project)):
            return None
        return Fact("target", _values(reader, project, target.text, stated), (((project, "total"), "total"),))

    return judge


def value_repeats_budget(
    read: Read, *, units: dict[str, Decimal], tolerance: Decimal, classes: list[str], unless_words: list[str]
) -> Judge:
    """The only cost of a table, an indicator of one of ``classes``, is not just the budget once more."""
    not_empty("classes", classes)
    reader, in_class = MoneyReader(units), frozenset(classes)
    is_other = Remembered[str, Any](lambda said: word_in(said, unless_words))

    def judge(node: Any, document: Any) -> Fact | None:
        target, project = node.target, document.projects[node.project]
        if target.number is None or target.upper is not None or class_of(node) not in in_class:
            return None
        budget = reader.budget(project)
        factor = reader.worth(target.unit, None)
        if budget is None or budget <= 0 or factor is None:
            return None
        least = tolerance * (reader.worth(None, project.money_unit) or 1)
        if abs(target.number * factor - budget) > least or is_other[words_of(node)]:
            return None
        if _has_other_cost(project, node, in_class):
            return None
        values = _values(reader, project, target.text, money(target.number, factor))
        return Fact("target", values, (((project, "total"), "total"),))

    return judge


def prose_is_budget(
    read: Read,
    *,
    units: dict[str, Decimal],
    tolerance: Decimal,
    rounding: Decimal,
    nouns: list[str],
    sum_words: list[str],
    link_words: list[str],
    rate_words: list[str],
    part_words: list[str],
    other_words: list[str],
    cap_words: list[str],
    about_words: list[str],
    most_times: Decimal,
    own_words: list[str] = [],  # noqa: B006 -- never changed
    effects: list[str] = [],  # noqa: B006 -- never changed
    ways: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A sum in a table's prose that claims to be the project's total is its budget.

    It claims so right behind one of ``sum_words`` or ``nouns``, ``link_words`` between them aside. ``rate_words`` and
    ``about_words`` in its clause, ``part_words`` or ``other_words`` in its sentence make it something else, but for
    what there is of ``effects`` behind the clause and, behind one of ``sum_words``, of ``ways`` to pay; one behind
    ``cap_words`` may be less than the budget. Sums ``most_times`` as large or small are of another matter, unless
    their figures are those of the budget; with these in another order a sum is a slip. Where the text has a part of the
    budget right, only one behind ``sum_words`` counts, and only above the budget. Right behind one of
    ``own_words``, with more figures of other years or payers beside it or not, it is this year's.
    """
    reader = MoneyReader(units)
    links, named, summed = tuple(link_words), tuple(nouns), tuple(sum_words)
    lasting = [word for word in other_words if word not in set(effects)]
    prices = [word for word in rate_words if word not in set(ways)]
    caps, abouts, own_year = tuple(cap_words), tuple(about_words), tuple(own_words)

    def claim(text: str, found: Money, year: int | None) -> str:
        """How ``found`` is said to be the total: ``sum``, ``noun``, with ``cap`` for an upper bound, or not at all."""
        sentence_start, sentence_end = clause_around(text, found.start, found.end, ENDS_OF_SENTENCES)
        start, end = clause_around(text, found.start, found.end)
        clause, behind = text[start : found.start], text[found.end : end].strip()
        if word_in(text[sentence_start : found.start], part_words) or other_years(clause, year):
            return ""
        own = without_end(clause.rstrip(), links).endswith(own_year)
        if own:
            return "sum"
        other = word_in(text[sentence_start:end], other_words) or word_in(text[end:sentence_end], lasting)
        bare = clause.rstrip()
        capped = bare.endswith(caps) or behind.startswith(caps)
        if other or (not capped and (bare.endswith(abouts) or behind.startswith(abouts))):
            return ""
        as_written = without_end(bare, caps)
        bare = without_end(bare, caps + links)
        strong = as_written.endswith(summed) or bare.endswith(summed)  # 合计 ends in a link itself
        if word_in(clause + "\n" + behind, prices if strong else rate_words):
            return ""
        if not strong and not bare.endswith(named):
            return ""
        return "cap" if capped else "sum" if strong else "noun"

    def is_price(text: str, found: Money) -> bool:
        start, _ = clause_around(text, found.start, found.end)
        before = text[start : found.start]
        return bool(word_in(before, prices if before.endswith(summed) else rate_words))

    def judge(node: Any, document: Any) -> list[Fact]:
        texts = list(_prose(node, reader))
        if not texts:
            return []
        budget = reader.budget(node)
        if budget is None or budget <= 0:
            return []
        facts = []
        least = tolerance * (reader.worth(None, node.money_unit) or 1)
        funds = _funds(reader, node)
        found_in = [(owner, part, text, reader.find(text)) for owner, part, text in texts]
        alone = sum(len(found) for *_, found in found_in) == 1
        for owner, part, text, found in found_in:
            sums = [one for one in found if not is_price(text, one)]
            told = {fund for one in sums for fund in funds if as_much(one, fund, least, rounding)}
            if funds[0] in told:
                continue
            if any(len(each) > 1 and abs(sum(one.yuan for one in each) - budget) <= least for each in (found, sums)):
                continue
            claims = [(one, claim(text, one, document.budget_year.year)) for one in found]
            stated = Counter(one.yuan for one in found)
            totals = {one.yuan for one, said in claims if said == "sum"}
            several = len(totals) > 1  # each the total of one thing of several, 一是……共……；二是……共……
            for one, said in claims:
                far = one.yuan > budget * most_times or one.yuan * most_times < budget
                if far and not (said == "sum" and slipped(one.yuan, budget)):
                    continue
                if one.yuan < budget and (several or stated[one.yuan] > 1):
                    continue
                if told and (said != "sum" or one.yuan < budget):
                    continue
                if not said or (
                    one.yuan < budget
                    and (said == "cap" or (said == "noun" and not alone and not turned(one.yuan, budget)))
                ):
                    continue
                values = _values(reader, node, text[one.start : one.end], one)
                facts.append(Fact(part, values, (((node, "total"), "total"),), owner, (one.start, one.end)))
        return facts

    return judge


def _prose(project: Any, reader: MoneyReader) -> Iterator[tuple[Any, str, str]]:
    """What is written of a project in sentences that may have a sum: whose, which part, the text."""
    for part in PROJECT_PARTS:
        text = cell_text(project, part)
        if reader.may_have(text):
            yield project, part, text
    for indicator in project.indicators:
        if reader.may_have(indicator.name or ""):
            yield indicator, "name", row_text(indicator, "name")
        if reader.may_have(indicator.description or ""):
            yield indicator, "description", row_text(indicator, "description")


def class_of(indicator: Any) -> str | None:
    """The second level an indicator stands under, or the first where there is none."""
    return indicator.subcategory or indicator.category  # type: ignore[no-any-return]


def words_of(indicator: Any) -> str:
    """The name and description of an indicator."""
    return f"{indicator.name or ''}\n{indicator.description or ''}"


def _funds(reader: MoneyReader, project: Any) -> list[Decimal]:
    """The budget and its parts: what a total may mean."""
    return [amount for amount in (reader.budget(project, part) for part in PARTS) if amount]


def _sums(project: Any, classes: frozenset[str], total_words: list[str]) -> int:
    """How many indicators of ``project`` are sums of money that may be parts of it."""
    return sum(
        indicator.target.kind == "money"
        and (class_of(indicator) in classes or bool(word_in(indicator.name or "", total_words)))
        for indicator in project.indicators
    )


def _has_other_cost(project: Any, node: Any, classes: frozenset[str]) -> bool:
    """Whether a cost of ``project`` tells more than ``node`` does: another sum, or a price."""
    return any(
        other is not node
        and other.target.kind in ("money", "money_rate")
        and other.target.number != node.target.number
        and class_of(other) in classes
        for other in project.indicators
    )


def _values(reader: MoneyReader, project: Any, text: str, stated: Money) -> dict[str, Any]:
    total = project.funding.total
    unit = total.unit or project.money_unit
    difference = abs(stated.yuan - total.number * reader.units[unit]) / reader.units[unit]
    return {"text": text, "total": total.number, "unit": unit, "difference": plain(difference)}


def plain(number: Decimal) -> str:
    """``number`` without the noughts a division leaves behind it."""
    return f"{round(number, 6).normalize():f}"
