"""How many there are of a thing: the same all through a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.quantities import (
    CountReader,
    clause_around,
    has_digit,
    lead_at,
    without_lead,
    without_money,
    word_in,
)
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import Passage
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

LABEL_END = "："
"""What the label of a line ends with: 绩效指标：新建管网9公里."""


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
    own_scope: str = "",
    exceeded: bool = False,
    people: list[str] = [],  # noqa: B006 -- never changed
    each_has: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """All of a thing there are in one area is one number in the whole document.

    That a number is all of them is said by one of the words of ``scopes`` right in front of it, ``link_words`` between
    them aside, in a clause without ``unless_words``. ``nouns`` are the things by their spellings; a longer one of
    ``other_nouns`` is something else. Mentions that differ from what most say point at the first that says so. Words
    of ``own_scope`` (辖区) mean the area that the rest of the document speaks of, if that is one alone. Where no
    other area is spoken of and ``exceeded`` is set, a number without an area is not above what there are in all; one of
    ``people``, measures of nothing else, is not of the area: 40名社区…. Nor does a number differ that an indicator of
    the same table has of another thing, in a unit of ``each_has``: one for each of so many, 全乡6个村开办食堂.
    """
    not_empty("nouns", list(nouns))
    not_empty("scopes", list(scopes))
    reader = CountReader(measures, also_chinese=True)
    spelled = {word: noun for noun, words in nouns.items() for word in words} | dict.fromkeys(other_nouns, "")
    lengths = sorted({len(word) for word in spelled}, reverse=True)
    scope_of = {word: scope for scope, words in scopes.items() for word in words}
    scope_words = tuple(scope_of)
    has_scope = Remembered[str, Any](lambda text: any(map(text.__contains__, scope_words))).__getitem__

    def has_noun(name: str) -> bool:
        return any(noun in name for noun in nouns)

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
        for scope, noun in [key for key in said if key[0] == own_scope]:
            areas = [key for key in said if key[1] == noun and key[0] != scope]
            if len(areas) == 1:
                said[areas[0]] = [*said.pop((scope, noun)), *said[areas[0]]]

        def one_each(mention: Mention) -> bool:
            table = mention.passage.project
            return table is not None and any(
                row.target.number == mention.number and row.target.unit in each_has and not has_noun(row.name or "")
                for row in document.projects[table].indicators
            )

        facts = [fact for mentions in said.values() for fact in _against_most(mentions, Counter(), one_each)]
        if exceeded and not facts and len({scope for scope, _ in said}) == 1:
            facts = [fact for (_, noun), whole in said.items() for fact in above(noun, whole, node)]
        return facts

    def above(noun: str, whole: list[Mention], passages: Any) -> list[Fact]:
        """Facts for numbers of ``noun`` above the ``whole``; for the whole, where more mentions say one number."""
        total, at_whole = whole[0].number, {(id(mention.passage), mention.span[0]) for mention in whole}
        others = Counter({total: len(whole)})
        more: list[Mention] = []
        for passage in passages:
            text = passage.text
            for match in numbered().finditer(text):
                number, word = Decimal(match.group(1)), noun_at(text, match.end())
                if spelled.get(word) != noun or (id(passage), match.start()) in at_whole:
                    continue
                others[number] += 1
                clause = text[slice(*clause_around(text, match.start(), match.end()))]
                if number > total and not word_in(clause, unless_words) and not has_scope(clause):
                    span = match.start(), match.end() + len(word)
                    more.append(Mention(number, passage, span, text[slice(*span)]))
        usual = max((mention.number for mention in more), key=others.__getitem__, default=total)
        return _against(whole, more[0]) if others[usual] > others[total] else _against(more, whole[0])

    @cache
    def numbered() -> re.Pattern[str]:
        # in the same order at every start
        every = dict.fromkeys(word for name in filter(None, measures) for word in measures[name] if word not in people)
        units = "|".join(map(re.escape, sorted(every, key=len)))
        things = "|".join(map(re.escape, sorted((word for word, noun in spelled.items() if noun), key=len)))
        return compiled(rf"(?<![\d.])(\d+)(?:{units})(?={things})")

    return judge


def repeated_counts(
    read: Read,
    *,
    measures: dict[str, list[str]],
    lead_words: list[str],
    unless_words: list[str],
    least_context: int,
    deeds: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    most_compared: int = 0,
) -> Judge:
    """A clause that comes again, in the same table or in part one and one table, has the same number again.

    Clauses are compared without their label, their number, money behind it and ``lead_words`` at their beginning, from
    ``least_context`` letters on, the deed included; one with ``unless_words`` is of one part, one time or one each, and
    may differ, and so may one in brackets that open before it: 北桥（两跨，长30米）. What is built and what there is
    are two matters: ``deeds`` gives the words among them that tell what is done. Of what follows the number,
    ``most_compared`` letters, if given, show what is counted.
    """
    reader, leads = CountReader(measures), tuple(lead_words)
    deed_of = [(word, deed) for deed, words in deeds.items() for word in words]

    def judge(node: Any, document: Any) -> list[Fact]:
        said: dict[str, list[Mention]] = {}
        weight: Counter[Decimal] = Counter()
        for passage in node:
            text = passage.text
            for count in reader.find(text):
                start, end = clause_around(text, count.start, count.end)
                if _of_what_stands_before(text, start, count.start):
                    continue
                start = max(start, text.rfind(LABEL_END, start, count.start) + 1)
                before = without_lead(text[start : count.start], leads)
                deed = next((deed for word, deed in deed_of if word in text[start : count.start]), "")
                behind = "".join(filter(str.isalnum, without_money(text[count.end : end])))
                weight[count.number] += 1
                if len(before) + len(behind) + len(deed) < least_context or has_digit(before + behind):
                    continue
                if word_in(text[start:end], unless_words):
                    continue
                span = count.start, count.end
                clause = lead_at().sub("", text[start:end], count=1).strip()
                mention = Mention(count.number, passage, span, clause)
                thing = behind[: most_compared or None]
                said.setdefault(f"{deed}#{before}#{count.measure}#{thing}", []).append(mention)
        different = [mentions for mentions in said.values() if len({mention.number for mention in mentions}) > 1]
        if different:
            weight.update(
                counted[0]
                for project in document.projects
                for indicator in project.indicators
                if indicator.target.kind == "quantity" and (counted := reader.of_target(indicator.target)) is not None
            )
        return [
            fact for mentions in different for group in _in_groups(mentions) for fact in _against_most(group, weight)
        ]

    return judge


def _of_what_stands_before(text: str, start: int, end: int) -> bool:
    """Whether the clause from ``start`` begins, and the number at ``end`` stands, within brackets opened before."""
    return text.rfind("（", 0, start) > max(text.rfind("）", 0, end), text.rfind("。", 0, start))


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


def _against_most(
    mentions: list[Mention], weight: Counter[Decimal], is_other: Callable[[Mention], bool] = lambda mention: False
) -> list[Fact]:
    """A fact for each of ``mentions`` that differs from the number most of them have, ``weight`` to decide a tie.

    One that ``is_other`` is of something else.
    """
    counted = Counter(mention.number for mention in mentions)
    if len(counted) < 2:
        return []
    usual = max(counted, key=lambda number: (counted[number], weight[number]))
    first = next(mention for mention in mentions if mention.number == usual)
    return _against([each for each in mentions if each.number != usual and not is_other(each)], first)


def _against(mentions: list[Mention], first: Mention) -> list[Fact]:
    """A fact for each of ``mentions``, with the ``first`` that says otherwise."""
    return [
        Fact(
            mention.passage.part,
            {"text": mention.text, "other": first.text},
            (((first.passage, first.passage.part), "other"),),
            mention.passage,
            mention.span,
        )
        for mention in mentions
    ]
