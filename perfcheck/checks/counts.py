"""How many there are of a thing: the same all through a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.quantities import Count, CountReader, TextMemo, clause_around, has_digit, without_end, word_in
from perfcheck.finding import Fact
from perfcheck.model.passages import PROJECT_PARTS, Passage, cell_text
from perfcheck.model.target import Comparator


class Mention(NamedTuple):
    """A number of things somewhere in the prose of a document."""

    number: Decimal
    passage: Passage
    span: tuple[int, int]
    text: str


def total_counts(
    read: Read,
    *,
    nouns: dict[str, list[str]],
    other_nouns: list[str],
    measures: dict[str, list[str]],
    scopes: dict[str, list[str]],
    link_words: list[str],
    unless_words: list[str],
) -> Judge:
    """All of a thing there are in one area is one number in the whole document.

    That a number is all of them is said by one of the words of ``scopes`` right in front of it, ``link_words`` between
    them aside, in a clause without ``unless_words``. ``nouns`` are the things by their spellings; a longer one of
    ``other_nouns`` is something else. Mentions that differ from what most say point at the first that says so.
    """
    not_empty("nouns", list(nouns))
    not_empty("scopes", list(scopes))
    reader = CountReader(measures, also_chinese=True)
    spelled = {word: noun for noun, words in nouns.items() for word in words} | dict.fromkeys(other_nouns, "")
    lengths = sorted({len(word) for word in spelled}, reverse=True)
    scope_of = {word: scope for scope, words in scopes.items() for word in words}
    scope_words = tuple(scope_of)
    has_scope = TextMemo(lambda text: any(map(text.__contains__, scope_words))).__getitem__

    def noun_at(text: str, start: int) -> str:
        """The longest known word that begins at ``start``; empty for none."""
        return next((word for length in lengths if (word := text[start : start + length]) in spelled), "")

    def scope_before(text: str) -> str | None:
        """The area whose word ``text`` ends with, any link words between skipped."""
        while True:
            text = text.rstrip()
            scope = next((scope_of[word] for word in scope_words if text.endswith(word)), None)
            link = max((word for word in link_words if text.endswith(word)), key=len, default="")
            if scope or not link:
                return scope
            text = text[: -len(link)]

    def judge(node: Any, document: Any) -> list[Fact]:
        said: dict[tuple[str, str], list[Mention]] = {}
        for passage in node:
            text = passage.text
            if not has_scope(text):
                continue
            for count in reader.find(text):
                word = noun_at(text, count.end)
                scope = scope_before(text[max(0, count.start - 20) : count.start]) if spelled.get(word) else None
                if scope and not word_in(text[slice(*clause_around(text, count.start, count.end))], unless_words):
                    span = count.start, count.end + len(word)
                    mention = Mention(count.number, passage, span, text[slice(*span)])
                    said.setdefault((scope, spelled[word]), []).append(mention)
        return [fact for mentions in said.values() for fact in _against_most(mentions, Counter())]

    return judge


def repeated_counts(
    read: Read,
    *,
    measures: dict[str, list[str]],
    lead_words: list[str],
    unless_words: list[str],
    least_context: int,
) -> Judge:
    """A clause that comes again, in the same table or in part one and one table, has the same number again.

    Clauses are compared without their number and ``lead_words`` at their beginning, from ``least_context`` letters on;
    one with ``unless_words`` is of one part, one time or one each, and may differ.
    """
    reader, leads = CountReader(measures), tuple(lead_words)

    def judge(node: Any, document: Any) -> list[Fact]:
        said: dict[str, list[Mention]] = {}
        weight: Counter[Decimal] = Counter()
        for passage in node:
            text = passage.text
            for count in reader.find(text):
                start, end = clause_around(text, count.start, count.end)
                before = _without_lead(text[start : count.start], leads)
                behind = "".join(filter(str.isalnum, text[count.end : end]))
                weight[count.number] += 1
                if len(before) + len(behind) < least_context or has_digit(before + behind):
                    continue
                if word_in(text[start:end], unless_words):
                    continue
                span = count.start, count.end
                clause = _lead().sub("", text[start:end], count=1).strip()
                mention = Mention(count.number, passage, span, clause)
                said.setdefault(f"{before}#{count.measure}#{behind}", []).append(mention)
        different = [mentions for mentions in said.values() if len({mention.number for mention in mentions}) > 1]
        if different:
            weight.update(
                indicator.target.number
                for project in document.projects
                for indicator in project.indicators
                if indicator.target.kind == "quantity" and indicator.target.number is not None
            )
        return [
            fact for mentions in different for group in _in_groups(mentions) for fact in _against_most(group, weight)
        ]

    return judge


def counts_in_targets(
    read: Read,
    *,
    measures: dict[str, list[str]],
    endings: list[str],
    lead_words: list[str],
    link_words: list[str],
    unless_words: list[str],
    least_core: int,
) -> Judge:
    """What goals and usage promise is what the indicator of that name aims at.

    The name without ``endings`` (and at least ``least_core`` letters long) stands right in front of the number in a
    clause, or right behind it, with nothing else before but ``lead_words`` and ``link_words``; and the number is in the
    unit of the value. A clause with ``unless_words`` speaks of one part, one time or one each.
    """
    reader = CountReader(measures)
    ends, leads, links = tuple(endings), tuple(lead_words), tuple(link_words)
    core_of = TextMemo(lambda name: without_end(name, ends)).__getitem__
    has_number = TextMemo(has_digit).__getitem__

    def judge(node: Any, document: Any) -> list[Fact]:
        facts: list[Fact] = []
        prose = found = None
        for indicator in node.indicators:
            target = indicator.target
            if target.kind != "quantity" or target.upper is not None or target.remainder:
                continue
            measure = reader.classes.get(target.unit)
            core = core_of(indicator.name or "")
            if measure is None or len(core) < least_core:
                continue
            if prose is None:
                prose = [(part, text) for part in PROJECT_PARTS if has_number(text := cell_text(node, part))]
            if not any(core in text for _, text in prose):
                continue
            if found is None:
                found = [(part, text, count) for part, text in prose for count in reader.find(text)]
            same = [item for item in found if item[2].measure == measure and tells(core, item[1], item[2])]
            numbers = {count.number for _, _, count in same}
            if len(numbers) == 1 and not _agree(next(iter(numbers)), target):
                part, text, count = same[0]
                values = {"text": target.text, "other": text[count.start : count.end], "name": indicator.name}
                facts.append(Fact("target", values, (((node, part), "other"),), indicator))
        return facts

    def tells(core: str, text: str, count: Count) -> bool:
        """Whether ``count`` is how many there are of ``core``, and of all of them."""
        start, end = clause_around(text, count.start, count.end)
        if word_in(text[start:end], unless_words):
            return False
        before = without_end(text[start : count.start].rstrip(), links)
        if before.endswith(core):
            return not _without_lead(before[: -len(core)], leads)
        return text.startswith(core, count.end) and not _without_lead(before, leads)

    return judge


def _agree(number: Decimal, target: Any) -> bool:
    if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        return number <= target.number  # type: ignore[no-any-return]
    return number == target.number or (target.comparator is Comparator.MORE_THAN and number > target.number)


def _in_groups(mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Mentions of one matter: those of a table, and those of part one with them where all tables say the same."""
    in_tables = [mention for mention in mentions if mention.passage.project is not None]
    if (
        len({mention.number for mention in in_tables}) == 1
        or len({mention.passage.project for mention in in_tables}) == 1
    ):
        yield mentions
        return
    by_table: dict[int | None, list[Mention]] = {}
    for mention in mentions:
        by_table.setdefault(mention.passage.project, []).append(mention)
    yield from by_table.values()


def _against_most(mentions: list[Mention], weight: Counter[Decimal]) -> list[Fact]:
    """A fact for each of ``mentions`` that differs from the number most of them have, ``weight`` to decide a tie."""
    counted = Counter(mention.number for mention in mentions)
    if len(counted) < 2:
        return []
    usual = max(counted, key=lambda number: (counted[number], weight[number]))
    first = next(mention for mention in mentions if mention.number == usual)
    return [
        Fact(
            mention.passage.part,
            {"text": mention.text, "other": first.text},
            (((first.passage, first.passage.part), "other"),),
            mention.passage,
            mention.span,
        )
        for mention in mentions
        if mention.number != usual
    ]


@cache
def _lead() -> re.Pattern[str]:
    """An enumerator or year at the beginning of a clause."""
    return re.compile(r"\s*(?:[（(]?\d{1,2}[.．、)）](?!\d)|[①-⑳]|20\d\d年度?)")


def _without_lead(text: str, leads: tuple[str, ...]) -> str:
    """The letters of ``text`` behind enumerator, year and any of ``leads`` at its beginning."""
    while True:
        found = _lead().match(text)
        text = (text[found.end() :] if found else text).lstrip()
        lead = max((word for word in leads if text.startswith(word)), key=len, default="")
        if not lead and not found:
            return "".join(filter(str.isalnum, text))
        text = text[len(lead) :]
