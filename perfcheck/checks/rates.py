"""Rates and levels of satisfaction: whether they have a sign, and whether they ask for enough or for too much."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from perfcheck.checks.classes import ClassNames
from perfcheck.checks.names import EndingFinder, bare_name
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.targets import WordFinder
from perfcheck.finding import Fact
from perfcheck.model.target import Comparator

UPPER = (Comparator.AT_MOST, Comparator.LESS_THAN)


def comparator_present(read: Read, *, endings: list[str], unless_endings: list[str], exact: list[str]) -> Judge:
    """A number has a comparator where the name ends in one of ``endings`` and in none of ``unless_endings``.

    ``exact`` are numbers that stand for themselves. The longest ending counts.
    """
    not_empty("endings", endings)
    numbers = _numbers("exact", exact)
    ending_of = EndingFinder({**dict.fromkeys(endings, "yes"), **dict.fromkeys(unless_endings, "")})

    def without_sign(nodes: Sequence[Any]) -> list[Any]:
        found = []
        for node in nodes:
            target = node.target
            if target.comparator is None and target.upper is None and target.number is not None:
                found.append(node)
        return found

    def judge(node: Any, document: Any) -> Fact | None:
        target = node.target
        found = ending_of[node.name or ""]
        if found is None or not found[1] or target.number in numbers:
            return None
        return Fact("target", {"text": target.text, "word": found[0]})

    return screened(judge, without_sign)


def lowest_target(
    read: Read,
    *,
    floors: dict[str, Decimal],
    unless_words: list[str],
    units: list[str],
    class_floors: dict[str, Decimal] = {},  # noqa: B006 -- never changed
    endings: list[str] = [],  # noqa: B006 -- never changed
    class_unless_words: list[str] = [],  # noqa: B006 -- never changed
    spellings: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """A number in one of ``units`` is not below the floor of the word of ``floors`` that the name has.

    The first of these words counts; ``unless_words`` in the name lift the rule, and so does an upper bound. A name
    without such a word that ends in one of ``endings`` is not below the floor of its second-level class in
    ``class_floors``, unless it has one of ``class_unless_words``; ``spellings`` are other names of the classes.
    """
    not_empty("floors", [*floors])
    class_of, low_in = ClassNames(class_floors, spellings), WordFinder(class_unless_words)
    ends = tuple(endings)
    word_in, exception_in = WordFinder([*floors]), WordFinder(unless_words)
    accepted = frozenset(units)
    highest = max(floors.values())

    def low(nodes: Sequence[Any]) -> list[Any]:
        found = []
        for node in nodes:
            target = node.target
            number = target.number
            if number is not None and number < highest and target.unit in accepted and target.comparator not in UPPER:
                found.append(node)
        return found

    def judge(node: Any, document: Any) -> Fact | None:
        name = bare_name(node.name)
        word = word_in[name]
        floor = floors[word] if word else None
        if not word and name.endswith(ends) and not low_in[name] and (placed := class_of[node.subcategory or ""]):
            floor = class_floors[placed]
        if floor is None or node.target.number >= floor or exception_in[name]:
            return None
        values = {"text": node.target.text, "name": node.name, "word": word, "floor": floor}
        return Fact("target", values)

    return screened(judge, low)


def number_fixed(read: Read, *, number: Decimal, words: list[str], unless_words: list[str], units: list[str]) -> Judge:
    """The value of an indicator with one of ``words`` in its name is not ``number`` or at least ``number``.

    ``unless_words`` in the name lift the rule. An empty word among ``units`` stands for a number without any.
    """
    not_empty("words", words)
    word_in, exception_in = WordFinder(words), WordFinder(unless_words)
    accepted = frozenset(units)

    def at_number(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if node.target.number == number and (node.target.unit or "") in accepted]

    def judge(node: Any, document: Any) -> Fact | None:
        name = bare_name(node.name)
        target = node.target
        if not word_in[name] or exception_in[name] or target.upper is not None or target.comparator in UPPER:
            return None
        return Fact("target", {"text": target.text, "name": node.name})

    return screened(judge, at_number)


def _numbers(option: str, texts: list[str]) -> frozenset[Decimal]:
    try:
        return frozenset(map(Decimal, texts))
    except InvalidOperation:
        raise ValueError(f"{option} 应是数的列表，例如 [0, 100]") from None
