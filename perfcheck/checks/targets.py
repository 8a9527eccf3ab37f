"""指标值: form, unit, range, direction and date of what an indicator aims at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perfcheck.checks.classes import ClassNames
from perfcheck.checks.presence import Judge, Read, screened
from perfcheck.checks.texts import Words
from perfcheck.finding import Fact
from perfcheck.memories import Memory
from perfcheck.model.passages import cell_text
from perfcheck.model.target import Comparator


class WordFinder(Memory[str, str]):
    """The first of ``words`` in a text, empty for none; remembers texts, for the same names come again and again.

    No regular expression: compiling one of many words takes as long as looking through hundreds of texts.
    """

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self._given = words
        self._words: Words | None = None

    def find(self, text: str) -> str:
        """The word found in ``text``."""
        if self._words is None:  # not before there is something to search: most rules find nothing to ask it about
            self._words = Words(self._given)
        places = [(at, rank, word) for rank, word in self._words.in_doubt(text) if (at := text.find(word)) >= 0]
        return min(places)[-1] if places else ""


SMALLEST_DOUBLED = 1000
"""Of a smaller number (1818 is the first) the halves say nothing: 11, 22."""
SURE_HALF = 4
"""Digits of a half that nobody writes twice on purpose: 12001200."""
SIGNS = "≥≤<>=＜＞＝≧≦"


def target_form(read: Read, *, longest_remainder: int, longest_behind_percent: int = 0) -> Judge:
    """A value is not two things run together, and no more than ``longest_remainder`` characters follow its unit.

    Behind a percentage no more than ``longest_behind_percent`` do, if that is given. A sign stands before a number, not
    before words of the indicator's own name or description.
    """
    at_most = longest_behind_percent or longest_remainder

    def with_more(nodes: Sequence[Any]) -> list[Any]:
        return [
            node
            for node in nodes
            if (target := node.target).remainder
            or target.kind == "malformed"
            or target.text[:1] in SIGNS
            or _half(target) is not None
        ]

    def judge(node: Any, document: Any) -> Fact | None:
        target = node.target
        if not target.text:
            return None
        if target.kind == "qualitative":
            words = target.text.lstrip(SIGNS)
            if words == target.text or not (words in (node.name or "") or words in (node.description or "")):
                return None
            return Fact("target", {"text": target.text, "problem": "unreadable", "rest": words})
        if target.repeated:
            return Fact("target", {"text": target.text, "problem": "repeated", "number": target.number})
        half = written_twice(node, document)
        if half is not None:
            return Fact("target", {"text": target.text, "problem": "repeated", "number": half})
        if target.kind == "malformed":
            problem = "fused" if target.number is not None else "unreadable"
            return Fact("target", {"text": target.text, "problem": problem, "rest": target.remainder.lstrip(",，、")})
        rest = target.remainder
        behind = (target.unit or "") + rest
        if behind in (node.name, node.description, node.basis):
            rest = behind  # 90道路施工情况: what looks like a unit is the beginning of a word
        elif len(rest) <= (at_most if target.unit == "%" else longest_remainder) or rest[0] in "(（、":
            return None
        return Fact("target", {"text": target.text, "problem": "fused", "rest": rest})

    return screened(judge, with_more)


def written_twice(node: Any, document: Any) -> str | None:
    """The number the value of an indicator has twice in a row (320 of 320320); None where it is one number."""
    half = _half(node.target)
    return half if half is not None and (len(half) >= SURE_HALF or _stands_in(half, node, document)) else None


def _half(target: Any) -> str | None:
    """The digits a whole number consists of twice, two of them or more: 4000 of 40004000; None for any other."""
    number = target.number
    if number is None or number < SMALLEST_DOUBLED or number != number.to_integral_value():
        return None
    digits = f"{number:f}".partition(".")[0]
    half = digits[: len(digits) // 2]
    return half if half * 2 == digits else None


def _stands_in(number: str, node: Any, document: Any) -> bool:
    """Whether the rest of the row, or the goals or usage of its table, have ``number`` by itself."""
    project = document.projects[node.project]
    texts = (node.name, node.description, node.basis, project.name, *project.goals, cell_text(project, "usage"))
    return any(number in _numbers(text) for text in texts if text and number in text)


def _numbers(text: str) -> list[str]:
    return "".join([each if "0" <= each <= "9" or each == "." else " " for each in text]).split()


def target_limit(
    read: Read,
    *,
    over: Decimal,
    unless_words: list[str],
    unless_described: list[str],
    comparators: list[str] = [],  # noqa: B006 -- never changed
    at: bool = False,
) -> Judge:
    """A percentage does not exceed ``over``; with ``at``, does not equal it under one of ``comparators``.

    Indicators may that have one of ``unless_words`` (growth, multiples) in their name or ``unless_described`` in
    their description.
    """
    signs = tuple(map(Comparator, comparators))
    exception_in, exception_described = WordFinder(unless_words), WordFinder(unless_described)

    def reaches_limit(nodes: Sequence[Any]) -> list[Any]:
        found = []
        for node in nodes:
            target = node.target
            number = target.number
            if number is not None and target.unit == "%" and (number >= over or target.upper is not None):
                found.append(node)
        return found

    def judge(node: Any, document: Any) -> Fact | None:
        target = node.target
        number = target.number if target.upper is None else target.upper
        if target.repeated:
            return None
        if at:
            if number != over or target.comparator not in signs or target.kind == "malformed":
                return None
        elif number <= over:
            return None
        if exception_in[node.name or ""] or exception_described[node.description or ""]:
            return None
        return Fact("target", {"text": target.text, "number": number})

    return screened(judge, reaches_limit)


def direction(
    read: Read,
    *,
    words: list[str],
    classes: list[str],
    comparators: list[str],
    unless_words: list[str],
    names_decide: list[str],
    events: list[str] = [],  # noqa: B006 -- never changed
    counted_events: list[str] = [],  # noqa: B006 -- never changed
    count_endings: list[str] = [],  # noqa: B006 -- never changed
    unless_dealt_with: list[str] = [],  # noqa: B006 -- never changed
    spellings: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    unless_named: list[str] = [],  # noqa: B006 -- never changed
    units: list[str] = [],  # noqa: B006 -- never changed
    rate_ending: str = "",
    rate_units: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """Indicators with one of ``words`` in their name or description, or of one of ``classes``, avoid ``comparators``.

    So do those with one of the ``events`` in their name, unless name or description say that somebody deals with it;
    of ``counted_events`` those alone whose name ends with the event and one of ``count_endings`` (起数).

    A name that ends in one of ``names_decide`` says itself what is measured, so its description is not searched.
    ``unless_words`` in the name or description lift the rule, as ``unless_named`` do in the name; ``spellings`` are
    other names of the classes. Where there are ``units``, only values in one of them are meant. A word with the
    ``rate_ending`` in the description alone speaks of values in one of ``rate_units``: 按死亡率推算 is no such value.
    """
    decisive = tuple(names_decide)
    wrong = tuple(map(Comparator, comparators))  # a tuple: a set would hash the members, which enums do in Python
    class_of = ClassNames(classes, spellings)
    word_in, exception_in, exempt_name = WordFinder(words), WordFinder(unless_words), WordFinder(unless_named)
    counts_of = [(tuple(event + ending for ending in count_endings), event) for event in counted_events]
    event_anywhere, dealing_in = WordFinder(events), WordFinder(unless_dealt_with)

    def event_in(name: str) -> str:
        return event_anywhere[name] or next((event for endings, event in counts_of if name.endswith(endings)), "")

    def bounded_wrongly(nodes: Sequence[Any]) -> list[Any]:
        found = []
        for node in nodes:
            target = node.target
            if target.comparator in wrong and target.number is not None and (not units or target.unit in units):
                found.append(node)
        return found

    def judge(node: Any, document: Any) -> Fact | None:
        target = node.target
        name, description = node.name or "", node.description or ""
        word = word_in[name] or ("" if name.endswith(decisive) else word_in[description])
        if rate_ending and word.endswith(rate_ending) and word not in name and target.unit not in rate_units:
            word = ""
        if not word and (event := event_in(name)) and not dealing_in[name] and not dealing_in[description]:
            word = event
        if not word and not class_of[node.subcategory or ""] and not class_of[node.category or ""]:
            return None
        if exempt_name[name] or exception_in[name] or exception_in[description]:
            return None
        values = {
            "text": target.text,
            "word": word or node.subcategory,
            "is_cost": not word,
            "in_money": target.kind in ("money", "money_rate"),
        }
        return Fact("target", values)

    return screened(judge, bounded_wrongly)


def deadline_year(read: Read) -> Judge:
    """A date in a value lies in the budget year; of a period, its end does."""

    def judge(node: Any, document: Any) -> Fact | None:
        year = document.budget_year.year
        named = [deadline.year for deadline in node.target.deadlines if deadline.year is not None]
        if not named or named[-1] == year:
            return None
        return Fact("target", {"text": node.target.text, "named": named[-1], "year": year})

    return judge
