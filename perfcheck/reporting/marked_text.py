"""A document with its findings laid beside it: every paragraph and cell with the phrases that are marked in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.named_tuples import NamedTuple
from perfcheck.source import Paragraph, Row

HEADINGS = {
    "PART_ONE": 2, "PART_ONE_NAME": 2, "PART_TWO": 2, "PART_TWO_NAME": 2,
    "OVERALL_GOAL_HEADING": 3, "DUTY_GOALS_HEADING": 3, "SAFEGUARDS_HEADING": 3, "TITLE": 3,
}  # fmt: skip
"""Terminals of the grammar that are headings, with their depth."""
HEADER = "INDICATOR_HEADER"
NARROWEST, WIDEST = 3, 14
"""Bounds in characters of what a column weighs against its neighbours."""


class Note(NamedTuple):
    """A finding with its number in the document."""

    number: int
    finding: Finding


class Piece(NamedTuple):
    """A stretch of text that the same notes mark, or none."""

    text: str
    notes: tuple[Note, ...]


class Cell(NamedTuple):
    """What stands in a paragraph or cell."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...] = ()
    """Those about all of it."""
    refs: tuple[Note, ...] = ()
    """All notes on it, about the whole or a phrase."""


class Line(NamedTuple):
    """A paragraph or a row, with all notes on it."""

    cells: tuple[Cell, ...]
    notes: tuple[Note, ...]
    heading: int = 0
    header: bool = False


class Lines(NamedTuple):
    """Paragraphs, or rows with the same number of cells: a table; ``widths`` are in percent, empty for paragraphs."""

    widths: tuple[int, ...]
    lines: tuple[Line, ...]


def marked_text(judgement: Judgement) -> tuple[list[Lines], list[Note]]:
    """The document of ``judgement`` in parts, and the notes that stand at no line of it."""
    blocks = judgement.source.blocks if judgement.source is not None else []
    starts = [block.line for block in blocks]
    beside: dict[int, list[Note]] = {}
    nowhere: list[Note] = []
    dropped = judgement.source.dropped if judgement.source is not None else {}
    for number, finding in enumerate(judgement.findings, 1):
        if dropped:
            finding = _as_read(finding, dropped)
        index = bisect_right(starts, finding.location.place.span.line) - 1
        note = Note(number, finding)
        if index < 0 or finding.location.steps[0].kind == "document":
            nowhere.append(note)
        else:
            beside.setdefault(index, []).append(note)
    lines = [_line(block, beside.get(index, ())) for index, block in enumerate(blocks)]
    return list(_in_tables(blocks, lines)), nowhere


def _as_read(finding: Finding, dropped: Mapping[int, tuple[int, ...]]) -> Finding:
    """``finding`` with the columns of what is shown, in which characters of zero width were ``dropped``."""

    def column(line: int, wanted: int) -> int:
        return wanted - sum(each < wanted for each in dropped.get(line, ()))

    location = finding.location
    span = location.place.span
    span = span._replace(column=column(span.line, span.column), end_column=column(span.end_line, span.end_column))
    return finding._replace(location=location._replace(place=location.place._replace(span=span)))


def _in_tables(blocks: Sequence[Paragraph | Row], lines: Sequence[Line]) -> Iterator[Lines]:
    begin = 0
    for index in range(1, len(blocks) + 1):
        if index < len(blocks) and _kind(blocks[index]) == _kind(blocks[begin]):
            continue
        together = tuple(lines[begin:index])
        rows = [block for block in blocks[begin:index] if isinstance(block, Row)]
        yield Lines(_widths(rows), together)
        begin = index


def _kind(block: Paragraph | Row) -> int:
    return len(block.cells) if isinstance(block, Row) else 0


def _widths(rows: Sequence[Row]) -> tuple[int, ...]:
    """How wide the columns of a table are, by their longest cells; 100 together."""
    if not rows:
        return ()
    longest = [max(map(len, column)) for column in zip(*(row.cells for row in rows))]
    weights = [min(max(length, NARROWEST), WIDEST) for length in longest]
    whole = sum(weights)
    ends = [round(100 * sum(weights[:count]) / whole) for count in range(len(weights) + 1)]
    return tuple(end - start for start, end in pairwise(ends))


def _line(block: Paragraph | Row, notes: Sequence[Note]) -> Line:
    cells: tuple[Cell, ...]
    if isinstance(block, Paragraph):
        cells = (_cell(block.text, block.line, block.column or 1, notes),)
        return Line(cells, tuple(notes), HEADINGS.get(block.type, 0))
    firsts = [block.cell_line(index) for index in range(len(block.cells))] if notes else [block.line]
    by_cell: dict[int, list[Note]] = {}
    for note in notes:
        line = note.finding.location.place.span.line
        by_cell.setdefault(max(bisect_right(firsts, line) - 1, 0), []).append(note)
    cells = tuple(
        # the first line of a cell begins behind its tab
        _cell(text, firsts[index], 2, by_cell[index]) if index in by_cell else Cell((Piece(text, ()),))
        for index, text in enumerate(block.cells)
    )
    return Line(cells, tuple(notes), 0, block.type == HEADER)


def _cell(text: str, line: int, column: int, notes: Sequence[Note]) -> Cell:
    """``text``, which begins at ``line`` and ``column``, cut where marks begin and end."""
    # of each line, where its first column is, or would be
    starts = [1 - column, *(match.end() for match in re.finditer("\n", text))]

    def offset(wanted_line: int, wanted_column: int) -> int:
        number = wanted_line - line
        if number >= len(starts):
            return len(text)
        return min(max(starts[max(number, 0)] + wanted_column - 1, 0), len(text))

    begins: dict[int, list[Note]] = {}
    ends: dict[int, list[Note]] = {}
    whole = []
    for note in notes:
        span = note.finding.location.place.span
        start, end = offset(span.line, span.column), offset(span.end_line, span.end_column)
        if note.finding.location.focus is None or start >= end:
            whole.append(note)
        else:
            begins.setdefault(start, []).append(note)
            ends.setdefault(end, []).append(note)
    pieces = []
    open_notes: list[Note] = []
    cuts = sorted({0, len(text), *begins, *ends})
    for cut, following in pairwise(cuts):
        over = ends.get(cut, ())
        open_notes = [note for note in open_notes if note not in over] + begins.get(cut, [])
        pieces.append(Piece(text[cut:following], tuple(open_notes)))
    return Cell(tuple(pieces), tuple(whole), tuple(notes))
