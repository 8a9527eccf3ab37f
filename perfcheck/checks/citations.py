"""Citations: how document numbers are written, and whether number, title and year of the documents cited agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from perfcheck.checks.phrases import nodes_with_text_in
from perfcheck.checks.presence import Judge, Read, known_word, not_empty, screened
from perfcheck.finding import Fact
from perfcheck.model.citations import MARK, DocumentNumber, NumberReader, titles
from perfcheck.model.passages import passages
from perfcheck.named_tuples import NamedTuple

SHORTEST_TITLE = 8
"""Characters a title must have to be compared; shorter ones are too like one another."""


def number_format(
    read: Read,
    *,
    brackets: dict[str, str],
    also_right: list[str],
    leads: list[str],
    endings: list[str],
    things: list[str],
    others: list[str],
) -> Judge:
    """Each document number is office code, year in the right brackets and serial number, with nothing else.

    The first of ``brackets`` are the right ones, ``also_right`` opening brackets that look the same. ``leads``,
    ``endings``, ``things`` and ``others`` are as in :class:`~perfcheck.model.citations.NumberReader`.
    """
    numbers = _reader(brackets, leads, endings, things, others)
    right = numbers.right
    good = {right[0]: right[1], **{opening: brackets[opening] for opening in also_right if opening in brackets}}
    if len(good) != len(also_right) + 1:
        raise ValueError("also_right 里的括号都要写在 brackets 里")

    def judge(node: Any, document: Any) -> list[Fact]:
        facts = []
        for number in numbers[node.text]:
            problem = _problem(number, good)
            if problem:
                values = {
                    "problem": problem,
                    "text": node.text[number.start : number.end],
                    "expected": number.written(right),
                    "brackets": number.opening + number.closing,
                }
                facts.append(Fact("text", values, span=(number.start, number.end)))
        return facts

    return screened(judge, lambda nodes: nodes_with_text_in(numbers, nodes, numbers.signs))


def _problem(number: DocumentNumber, good: dict[str, str]) -> str:
    """What is wrong with how ``number`` is written, the gravest alone; empty for nothing."""
    if not number.opening:
        return "bare"
    if good.get(number.opening) != number.closing:
        return "brackets"
    if len(number.year_text) != 4:
        return "year"
    if number.between:
        return "between"
    if number.serial != number.serial_text:
        return "zeros"
    return "" if number.mark else "mark"


def cited_year(
    read: Read, *, brackets: dict[str, str], leads: list[str], endings: list[str], things: list[str], others: list[str]
) -> Judge:
    """No document number is of a year after the budget year."""
    numbers = _reader(brackets, leads, endings, things, others)

    def judge(node: Any, document: Any) -> list[Fact]:
        year = document.budget_year.year
        return [
            Fact(
                "text",
                {"text": node.text[number.start : number.end], "named": number.year, "year": year},
                span=(number.start, number.end),
            )
            for number in numbers[node.text]
            if number.year > year
        ]

    return screened(judge, lambda nodes: nodes_with_text_in(numbers, nodes, numbers.signs))


class Citation(NamedTuple):
    """A document cited by number and title in one passage."""

    key: tuple[str, int, str]
    title: str
    start: int
    """Where the title begins in the text of the passage."""
    number: DocumentNumber
    passage: Any


def citations_agree(
    read: Read,
    *,
    of: str,
    brackets: dict[str, str],
    leads: list[str],
    endings: list[str],
    things: list[str],
    others: list[str],
    kinds: list[str],
    openings: list[str],
    trimmings: list[str],
    unless_words: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A document number has one title throughout, or (``of: number``) a title one number; the rarer is reported.

    A title without 《》 ends with one of ``kinds``. Before one of ``openings`` stands the office that issued it,
    and ``trimmings`` are words a title is cited with or without. Titles are different where neither contains the other
    and yet most of both is the same. Numbers are different where just one of office, year and serial number differs;
    titles with one of ``unless_words`` go out again and again and are not asked for theirs.
    """
    known_word(of, "title", "number")
    not_empty("kinds", kinds)
    numbers = _reader(brackets, leads, endings, things, others)
    ends = tuple(kinds)

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        found = [
            citation
            for passage in passages(document).with_text_in(numbers, MARK)
            for citation in _cited(passage, numbers[passage.text], ends)
        ]
        if of == "title":
            yield from _differing(found, lambda item: item.key, lambda item: _core(item.title, openings, trimmings))
        else:
            named = [item for item in found if not any(word in item.title for word in unless_words)]
            yield from _differing(
                named, lambda item: _core(item.title, openings, trimmings)[0], lambda item: (item.key, [])
            )

    def _differing(cited: Sequence[Citation], group_of: Any, value_of: Any) -> Iterator[Fact]:
        groups: dict[Any, list[tuple[Citation, Any, list[int]]]] = {}
        for item in cited:
            groups.setdefault(group_of(item), []).append((item, *value_of(item)))
        for items in groups.values():
            counts = Counter(value for _, value, _ in items)
            if len(counts) < 2:
                continue
            usual = counts.most_common()[0][0]  # with a number it would import heapq
            model = next(item for item, value, _ in items if value == usual)
            for item, value, places in items:
                if value == usual:
                    continue
                span = _title_span(item, value, usual, places) if of == "title" else _number_span(item, value, usual)
                if span:
                    text = item.passage.text
                    values = {
                        "text": item.title if of == "title" else text[item.number.start : item.number.end],
                        "usual": model.title if of == "title" else model.number.written(numbers.right),
                        "number": item.number.written(numbers.right),
                        "title": item.title,
                    }
                    yield Fact("text", values, (((model.passage, "text"), "usual"),), item.passage, span)

    return judge


def _cited(passage: Any, numbers: Sequence[DocumentNumber], kinds: tuple[str, ...]) -> Iterator[Citation]:
    """The numbers of a passage that stand next to a title."""
    text = passage.text
    found = titles(text)
    for number in numbers:
        if not number.office:
            continue
        key = (number.office, number.year, number.serial)
        if len(found) == 1 and len(numbers) == 1:
            yield Citation(key, found[0].text, found[0].start, number, passage)
        elif found:
            before = [
                title for title in found if title.end < number.start and _joined(text[title.end + 1 : number.start])
            ]
            behind = [
                title for title in found if title.start > number.end and _joined(text[number.end : title.start - 1])
            ]
            beside = before[-1:] or behind[:1]
            if beside:
                yield Citation(key, beside[0].text, beside[0].start, number, passage)
        elif len(numbers) == 1 and passage.part == "basis":
            for start, end in ((0, number.start), (number.end, len(text))):
                title = text[start:end].strip(_AROUND)
                if title.endswith(kinds):
                    yield Citation(key, title, text.index(title, start), number, passage)
                    break


_AROUND = " \t\n\u3000()（）,，.。;；:："
_LONGEST_GAP = 4


def _joined(gap: str) -> bool:
    """Whether nothing but brackets, spaces and very few characters stands between a number and a title."""
    return len(gap.strip(_AROUND)) <= _LONGEST_GAP and not any(mark in gap for mark in "，。；;、")


def _core(title: str, openings: Iterable[str], trimmings: Iterable[str]) -> tuple[str, list[int]]:
    """``title`` without office, trimmings, spaces and marks, and where each of its characters stands in it."""
    begin = next((at for at in (title.find(word) for word in openings) if at >= 0), 0)
    places = [at for at in range(begin, len(title)) if title[at].isalnum()]
    core = "".join(title[at] for at in places)
    for word in trimmings:
        at = core.find(word)
        if at >= 0:
            core, places = core[:at] + core[at + len(word) :], places[:at] + places[at + len(word) :]
    return core, places


def _title_span(item: Citation, core: str, usual: str, places: Sequence[int]) -> tuple[int, int] | None:
    """Where ``core`` departs from ``usual``; None for abbreviations and for titles nothing alike."""
    if core in usual or usual in core or min(len(core), len(usual)) < SHORTEST_TITLE:
        return None
    shorter = min(len(core), len(usual))
    head = next((at for at in range(shorter) if core[at] != usual[at]), shorter)
    tail = next((at for at in range(shorter - head) if core[-1 - at] != usual[-1 - at]), shorter - head)
    if 2 * (head + tail) < max(len(core), len(usual)):
        return None
    if head + tail >= len(core):  # something is missing: the whole title has to be read again
        return item.start, item.start + len(item.title)
    return item.start + places[head], item.start + places[len(core) - tail - 1] + 1


def _number_span(item: Citation, key: tuple[str, int, str], usual: tuple[str, int, str]) -> tuple[int, int] | None:
    if len(item.title) < SHORTEST_TITLE or sum(one != other for one, other in zip(key, usual)) != 1:
        return None
    return item.number.start, item.number.end


def _reader(
    brackets: dict[str, str], leads: list[str], endings: list[str], things: list[str], others: list[str]
) -> NumberReader:
    """The reader of numbers with these words; rules with the same words share one and what it remembers."""
    not_empty("brackets", list(brackets))
    not_empty("endings", endings)
    if any(len(mark) != 1 for pair in brackets.items() for mark in pair):
        raise ValueError("brackets 里写一对一对的括号，左右各一个字符")
    return _shared(tuple(brackets.items()), tuple(leads), tuple(endings), tuple(things), tuple(others))


@lru_cache(maxsize=8)
def _shared(brackets: tuple[tuple[str, str], ...], *words: tuple[str, ...]) -> NumberReader:
    return NumberReader(dict(brackets), *words)
