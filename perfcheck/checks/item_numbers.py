"""Numbers of items and headings, as they run on through a text: 一、 （一） 1. （1） ① 一是 目标1：."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from perfcheck.checks.phrases import LONGEST_TEXT
from perfcheck.checks.presence import Judge, Read, known_word
from perfcheck.finding import Fact, Mended
from perfcheck.model.numerals import item_number, like
from perfcheck.model.passages import Passage, cell_text, lacks_section, part_one
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

_BEGINNINGS = (
    r"(?P<chinese>第?[一二三四五六七八九十]{1,3}[、.．](?![一二三四五六七八九十]))",
    r"(?P<bracketed_chinese>[（(][一二三四五六七八九十]{1,3}[）)])",
    r"(?P<digits>\d{1,2}(?:、|[．.](?!\d)))",
    r"(?P<digits_before_figure>\d{1,2}[．.](?=\d))",
    r"(?P<bracketed_digits>[（(]\d{1,2}[）)])",
    r"(?P<goal>目标\s*\d{1,2}[:：])",
)
"""Numbers at the beginning of a line, by their style."""
_INSIDE = (
    r"(?P<digits_inside>\d{1,2}[、．.](?!\d))",
    r"(?P<bracketed_inside>[（(]\d{1,2}[）)])",
    r"(?P<first>[一二三四五六七八九十]{1,2}是)",
)
"""Numbers behind a sign inside a line."""
_SAME_STYLE = {"digits_inside": "digits", "bracketed_inside": "bracketed_digits", "digits_before_figure": "digits"}


class Item(NamedTuple):
    """One number of an item: where it stands, whether it begins a line, and whether its list may begin anew."""

    style: str
    number: int
    start: int
    end: int
    begins: bool
    may_restart: bool
    """Unnumbered lines stand between it and the number before, or it is the first inside another line."""


class Break(NamedTuple):
    """An item whose number is not the one whose turn it is."""

    item: Item
    expected: int


@cache
def _numbers() -> re.Pattern[str]:
    """All numbers of items in a text, compiled when the first text needs it."""
    begins, inside = "|".join(_BEGINNINGS), "|".join(_INSIDE)
    return compiled(
        rf"(?:^|(?<=\n))[^\S\n]*(?:{begins})|(?:^|(?<=[；;。：:，,！\n])(?<!\d[:：]))[^\S\n]*(?:{inside})|(?P<circled>[①-⑳])"
    )


def items_of(text: str) -> Iterator[Item]:
    """The numbers of items in ``text``, in order; numbers in words and decimals are none."""
    last_line, last_number = -1, 0
    for found in _numbers().finditer(text[:LONGEST_TEXT]):
        style = found.lastgroup or ""
        number = item_number(found.group(style))
        if number is None:
            continue
        start, end = found.span(style)
        if style == "digits_before_figure" and number != 1 + last_number:
            continue  # 2.18个村 may be a decimal: an item only where its number is the next
        line = text.count("\n", 0, start)
        begins = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        may_restart = last_line >= 0 and line > last_line + begins
        yield Item(_SAME_STYLE.get(style, style), number, start, end, begins, may_restart)
        last_line = line
        if _SAME_STYLE.get(style, style) == "digits":
            last_number = number


def breaks_in(items: Iterable[Item]) -> Iterator[Break]:
    """The items at which the numbers of their list do not run on.

    A list inside a list begins with 1 or goes on from the one before it; so does a list behind unnumbered lines.
    """
    open_lists: list[str] = []
    last: dict[str, int] = {}
    meant: dict[str, int] = {}
    for item in items:
        style, number = item.style, item.number
        continued = number == last.get(style, 0) + 1 or number == meant.get(style, 0) + 1 > 1
        if style in open_lists:
            del open_lists[open_lists.index(style) + 1 :]
            sound = continued or (number == 1 and item.may_restart)
            expected = last[style] + 1
        else:
            open_lists.append(style)
            sound = continued or number == 1
            expected = 1
        meant.pop(style, None)
        if not sound:
            yield Break(item, expected)
            meant[style] = expected  # the next may go on as if this one were right: 三、三、五
        last[style] = number


def renumbered(items: Iterable[Item]) -> Iterator[Break]:
    """The items whose number would be another if all lists ran on, each with that number."""
    open_lists: list[str] = []
    last: dict[str, int] = {}
    for item in items:
        style = item.style
        if style in open_lists:
            del open_lists[open_lists.index(style) + 1 :]
            expected = 1 if item.number == 1 and item.may_restart else last[style] + 1
        else:
            open_lists.append(style)
            expected = item.number if item.number == last.get(style, 0) + 1 else 1
        if item.number != expected:
            yield Break(item, expected)
        last[style] = expected


def item_numbers(read: Read, *, of: str) -> Judge:
    """The items of project ``goals``, ``sections`` of part one or inside its ``duties`` are numbered 1, 2, 3 …."""
    known_word(of, "goals", "sections", "duties")

    def judge_goals(node: Any, document: Any) -> Iterator[Fact]:
        for project in document.projects:
            if not project.goals:
                continue
            items = list(items_of(text := cell_text(project, "goals")))
            yield from _facts("goals", text, items, [(project, text)])

    def judge_sections(node: Any, document: Any) -> Iterator[Fact]:
        prose = part_one(document)
        for part in ("overall_goal", "safeguards"):
            yield from _facts_in([line for line in prose if line.part == part], unsure=lacks_section(document))

    def judge_duties(node: Any, document: Any) -> Iterator[Fact]:
        duties = document.department.duty_goals
        if not duties:
            return
        unsure = lacks_section(document)
        lines = [line for line in part_one(document) if line.part == "duty_goals"]
        starts = {duty.line for duty in duties}
        group: list[Passage] = []
        for line in lines:
            if line.owner.line in starts:  # type: ignore[union-attr]  # lines of part one are paragraphs
                yield from _facts_in(group, True, unsure)
                group = []
            group.append(line)
        yield from _facts_in(group, True, unsure)

    return {"goals": judge_goals, "sections": judge_sections, "duties": judge_duties}[of]


def _facts_in(lines: Sequence[Passage], item_in_front: bool = False, unsure: bool = False) -> Iterator[Fact]:
    """Breaks in the text of several lines, each at its line; an ``item_in_front`` is judged by its own list."""
    if not lines:
        return
    text = "\n".join(line.text for line in lines)
    items = list(items_of(text))
    if item_in_front and items and items[0].begins and not text[: items[0].start].strip():
        style = items[0].style
        items = [item for item in items[1:] if item.style != style or not item.begins]

    yield from _facts("text", text, items, [(line, line.text) for line in lines], unsure)


def _facts(
    field: str, text: str, items: list[Item], nodes: Sequence[tuple[Any, str]], unsure: bool = False
) -> Iterator[Fact]:
    """A fact for each break in ``items`` of ``text``, in which the texts of ``nodes`` stand one below the other.

    The numbers are mended all together. That is ``unsure`` of a list that does not begin with 1, whose first item may
    be there without a number, and where unnumbered lines stand at the gap: a single one gets the number instead.
    """
    breaks = list(breaks_in(items))
    if not breaks:
        return
    whole = list(renumbered(items))
    gaps = [_unnumbered_before(item, items, text) if item.number > expected else [] for item, expected in breaks]
    unsure = unsure or any(gaps) or any(expected == 1 for _, expected in whole)

    def mended(start: int, end: int, item: Item, expected: int, unnumbered: str = "", owed: str = "") -> Mended:
        before, at = 0, 0
        while start > before + len(nodes[at][1]):
            before += len(nodes[at][1]) + 1
            at += 1
        written = text[item.start : item.end]
        values = {"text": written, "number": item.number, "expected": expected, "unsure": unsure}
        values["unnumbered"], values["owed"] = unnumbered, owed
        return Mended(nodes[at][0], field, (start - before, end - before), values)

    together = tuple(mended(item.start, item.end, item, expected) for item, expected in whole)
    for (item, expected), gap in zip(breaks, gaps):
        single = text[slice(*gap[0])] if len(gap) == 1 and item.number == expected + 1 else ""
        owed = _with_number(text[item.start : item.end], item.number, expected) if single else ""
        node, _, span, values = mended(item.start, item.end, item, expected, single, owed)
        if single and len(breaks) == 1:
            together = (mended(*gap[0], item, expected, single, owed),)
        yield Fact(field, values, node=node, span=span, mended_with=together)


def _with_number(written: str, number: int, other: int) -> str:
    """``written``, an item's number with its sign, with the number before it: 2. for 3."""
    for found in compiled(r"\d+|[零〇一二三四五六七八九十百]+|[①-⑳]").finditer(written):
        if item_number(found.group()) == number:
            return written[: found.start()] + (like(found.group(), other) or "") + written[found.end() :]
    return ""


def _unnumbered_before(item: Item, items: Sequence[Item], text: str) -> list[tuple[int, int]]:
    """Where the lines without a number between ``item``, which begins a line, and the item before it begin and end."""
    if not item.begins or not item.may_restart:
        return []
    before = max((other.start for other in items if other.start < item.start), default=0)
    lines = compiled(r"(?<=\n)[^\S\n]*(\S[^\n]*)").finditer(text, before, text.rfind("\n", 0, item.start) + 1)
    return [line.span(1) for line in lines]


def heading_numbers(read: Read) -> Judge:
    """The numbers of the three sections' headings run on: 一、 二、 三、; headings without numbers are not judged."""

    def judge(node: Any, document: Any) -> list[Fact]:
        department = document.department
        sections = (department.overall_goal, department.duty_section, department.safeguards)
        in_form = [section.headings[0] for section in sections if section.headings]
        as_written = sorted(in_form, key=lambda heading: heading.line)
        # sections in another order than the form's are another rule's matter, whichever order their numbers follow
        facts = list(_out_of_order(as_written, len(sections)))
        return facts if any(_out_of_order(in_form, len(sections))) else []

    return judge


def _out_of_order(headings: Sequence[Any], all_of_them: int) -> Iterator[Fact]:
    """Headings whose numbers do not run on from the first; a gap is one only where no section is missing."""
    numbered = [(heading, number) for heading in headings if (number := _number_of(heading.text)) is not None]
    for index, (heading, number) in enumerate(numbered[1:], 1):
        expected = numbered[0][1] + index
        if number < expected or (len(numbered) == all_of_them and number > expected):
            yield Fact("heading", {"text": heading.text, "number": number, "expected": expected}, node=heading)


def _number_of(heading: str) -> int | None:
    """The number a heading begins with: 3 of 三、工作保障措施."""
    found = _numbers().match(heading)
    return item_number(found.group()) if found else None
