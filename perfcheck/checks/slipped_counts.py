"""A number with a slip of the finger: once 61, and everywhere else 63 of the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.checks.quantities import CountReader, clause_around, has_digit, word_in
from perfcheck.finding import Fact
from perfcheck.model.passages import Passage
from perfcheck.named_tuples import NamedTuple

SHORTEST_NUMBER = 2
"""Digits a number must have: of a single one any other is one slip away."""


TURNED = 2
SURE_DIGITS = 3
SURE_TIMES = 3
"""Where a number stands so often, another with its digits in another order is a slip, whatever stands behind it."""


SHARED = 6
"""Ideographs in a row that the clauses of one table share where both speak of one matter: 居民基础养老金补贴."""


class Said(NamedTuple):
    """A number of a thing in a passage, and the letters of the thing right behind it."""

    number: Decimal
    thing: str
    front: str
    """The letters right in front of it: of 志愿者1200名."""
    passage: Passage
    span: tuple[int, int]
    clause: str


def slipped_counts(
    read: Read,
    *,
    measures: dict[str, list[str]],
    unless_words: list[str],
    least_thing: int,
    fewest: int,
    whole_words: list[str] = [],  # noqa: B006 -- never changed
    area_words: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No number of a thing stands once in a document where another number of it, like it but for a slip, stands often.

    Two numbers are alike that have the same digits in another order, or one digit different. The thing is told by
    ``least_thing`` letters behind both, or by clauses of one table that share :data:`SHARED` of them, or digits in
    another order do alone where the right ones come often; the other number stands ``fewest`` times or more in prose,
    values and bases, in the same measure. Where it stands :data:`SURE_TIMES`, an indicator of the table that aims at it
    tells the thing, too: by its name or description, or by nothing but the measure for digits in another order.
    Numbers of two tables are not compared, nor clauses with ``unless_words``,
    but for a number right behind one of ``whole_words`` (全部), which is that of all; with one of ``area_words`` (东片)
    in its clause it is that of all there.
    """
    reader, wholes = CountReader(measures), tuple(whole_words)

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        def aimed_at(one: Said, measure: str, other: Said) -> bool:
            """Whether an indicator of the table of ``one`` aims at ``other``, and ``one`` is a slip in telling it."""
            table = one.passage.project
            if table is None or not is_slip(one.number, other.number):
                return False
            rows = [
                row
                for row in document.projects[table].indicators
                if reader.of_target(row.target) == (other.number, measure)
            ]
            if rows and sorted(f"{one.number:f}") == sorted(f"{other.number:f}"):
                return True
            beginning = one.thing[:least_thing]
            return len(beginning) == least_thing and any(
                beginning in (row.name or "") or beginning in (row.description or "") for row in rows
            )

        said: dict[str, list[Said]] = {}
        often: Counter[tuple[str, Decimal]] = Counter()
        for passage in node:
            for count in reader.find(text := passage.text):
                often[count.measure, count.number] += 1
                start, end = clause_around(text, count.start, count.end)
                thing = _letters_at(text, count.end, end)
                clause = text[start:end]
                if word_in(clause, area_words):
                    continue
                if text.endswith(wholes, 0, count.start) or not word_in(clause, unless_words):
                    span = count.start, count.end + min(least_thing, len(thing))
                    said.setdefault(count.measure, []).append(
                        Said(
                            count.number,
                            thing,
                            _letters_before(text, start, count.start),
                            passage,
                            span,
                            clause,
                        )
                    )
        suspects = [
            (measure, each)
            for measure, some in said.items()
            if len({each.number for each in some}) > 1
            for each in some
            if often[measure, each.number] == 1
        ]
        if not suspects:
            return
        for project in document.projects:
            for row in project.indicators:
                counted = reader.of_target(row.target)
                if counted is not None:
                    often[counted[1], counted[0]] += 1
                if row.basis and has_digit(row.basis):
                    often.update((count.measure, count.number) for count in reader.find(row.basis))
        for measure, one in suspects:
            if often[measure, one.number] > 1:
                continue
            parts = {count.number for count in reader.find(one.passage.text) if count.measure == measure}
            for other in said[measure]:
                if abs(one.number - other.number) in parts:
                    continue  # 260名、30名: the parts of 290
                times = often[measure, other.number]
                if (times >= fewest and _same_thing(one, other, least_thing)) or (
                    times >= SURE_TIMES
                    and _same_place(one, other)
                    and (is_swapped(one.number, other.number) or _turned(one, other) or aimed_at(one, measure, other))
                ):
                    text = one.passage.text[slice(*one.span)]
                    values = {"text": text, "other": other.passage.text[slice(*other.span)]}
                    related = (((other.passage, other.passage.part), "other"),)
                    yield Fact(one.passage.part, values, related, one.passage, one.span)
                    break

    return judge


def _letters_at(text: str, start: int, end: int) -> str:
    """The ideographs of ``text`` from ``start`` on, up to anything else."""
    stop = start
    while stop < end and "\u4e00" <= text[stop] <= "\u9fff":
        stop += 1
    return text[start:stop]


def _letters_before(text: str, start: int, end: int) -> str:
    """The ideographs of ``text`` right in front of ``end``."""
    first = end
    while first > start and "\u4e00" <= text[first - 1] <= "\u9fff":
        first -= 1
    return text[first:end]


def _same_place(one: Said, other: Said) -> bool:
    return len({one.passage.project, other.passage.project} - {None}) < 2


def _same_thing(one: Said, other: Said, least: int) -> bool:
    if not is_slip(one.number, other.number) or not _same_place(one, other):
        return False
    return (len(one.thing) >= least and one.thing[:least] == other.thing[:least]) or _same_matter(one, other)


def _same_matter(one: Said, other: Said) -> bool:
    """Whether two clauses of one table share :data:`SHARED` ideographs in a row."""
    if one.passage.project is None or one.passage.project != other.passage.project:
        return False
    pieces = (one.clause[at : at + SHARED] for at in range(len(one.clause) - SHARED + 1))
    return any(piece in other.clause for piece in pieces if _letters_at(piece, 0, SHARED) == piece)


def _turned(one: Said, other: Said) -> bool:
    """Whether the thing stands in front of one number and behind the other: 校车62辆, 52辆校车; and one is a slip."""
    ends = ((one.front[-TURNED:], other.thing[:TURNED]), (other.front[-TURNED:], one.thing[:TURNED]))
    return any(len(front) == TURNED and front == behind for front, behind in ends) and is_slip(one.number, other.number)


def is_swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers of :data:`SURE_DIGITS` digits or more have the same digits in another order: 1680, 1860."""
    digits, others = f"{one.normalize():f}", f"{other.normalize():f}"
    return len(digits) >= SURE_DIGITS and sorted(digits) == sorted(others) and one != other


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers have the same digits in another order, or one digit different."""
    digits, others = f"{one.normalize():f}", f"{other.normalize():f}"
    if digits == others or len(digits) != len(others) or len(digits) < SHORTEST_NUMBER:
        return False
    return sorted(digits) == sorted(others) or sum(a != b for a, b in zip(digits, others)) == 1
