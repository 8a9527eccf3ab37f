"""Tables with row and column spans, brought to rows: a cell from above is an empty text, as in the other readers."""

from __future__ import annotations

from collections.abc import Callable

from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.sheet_layout import Range, Sheet, lay_out_sheet
from perfcheck.source import Origin

MOST_COLUMNS = 16_384
"""Columns a sheet may have."""
Spans = dict[int, tuple[int, int]]
"""First column -> how many more rows and columns a cell from above covers."""


class Table:
    """A table as written: rows of cells."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []


class Cell:
    """A cell with its spans; its content are lines of text and tables in order."""

    def __init__(self, columns: int = 1, rows: int = 1) -> None:
        self.columns = columns
        self.rows = rows
        self.content: list[str | Table] = []


class Writer:
    """Writes what was collected as paragraphs and rows."""

    def __init__(self, text: CanonicalText, is_landmark: Callable[[str], bool]) -> None:
        self._text = text
        self._is_landmark = is_landmark
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, content: list[str | Table]) -> None:
        """Lines as paragraphs and tables in order."""
        for each in content:
            if isinstance(each, Table):
                self._table(each)
            else:
                self._paragraphs += 1
                self._text.add_paragraph(each, Origin(paragraph=self._paragraphs))

    def _is_sheet(self, table: Table) -> bool:
        """Whether a table holds whole tables with their titles, as a page made from a spreadsheet does."""
        for row in table.rows:
            if sum(cell.columns for cell in row) > MOST_COLUMNS:
                return False
        if any(isinstance(each, Table) for row in table.rows for cell in row for each in cell.content):
            return False
        for row in table.rows:
            filled = [lines for cell in row if (lines := [line for line in _lines(cell) if line])]
            if len(filled) == 1 and self._is_landmark("".join(filled[0])):
                return True
        return False

    def _table(self, table: Table) -> None:
        if self._is_sheet(table):
            self._tables = lay_out_sheet(_as_sheet(table), self._text, self._is_landmark, self._tables)
            return
        self._tables += 1
        number = self._tables
        spans: Spans = {}
        for position, row in enumerate(table.rows, 1):
            if len(row) == 1 and not spans and any(isinstance(each, Table) for each in row[0].content):
                self.blocks(row[0].content)  # a table that only arranges the page
                continue
            cells, spans = _placed(row, spans)
            if not row:
                continue
            texts = ["\n".join(_lines(cell)) if cell is not None else "" for _, cell in cells]
            if any(cell is not None for _, cell in cells):
                origins = [Origin(table=number, row=position, cell=at) for at in range(1, len(cells) + 1)]
                self._text.add_row(texts, origins)
            for cell in row:
                for each in cell.content:
                    if isinstance(each, Table):
                        self._table(each)


def _placed(row: list[Cell], spans: Spans) -> tuple[list[tuple[int, Cell | None]], Spans]:
    """The cells of a row with their columns, None for one covered from above, and what covers the row below."""
    cells: list[tuple[int, Cell | None]] = []
    after: Spans = {}
    column = 0

    def covered() -> None:
        nonlocal column
        while column in spans:
            rows, columns = spans[column]
            if rows > 1:
                after[column] = (rows - 1, columns)
            cells.append((column, None))
            column += columns

    for cell in row:
        covered()
        cells.append((column, cell))
        if cell.rows > 1:
            after[column] = (cell.rows - 1, cell.columns)
        column += cell.columns
    for left in sorted(spans):
        if left >= column:
            column = left
            covered()
    return cells, after


def _as_sheet(table: Table) -> Sheet:
    """The table as a sheet of a workbook."""
    rows: list[list[str]] = []
    merged: list[Range] = []
    spans: Spans = {}
    for number, row in enumerate(table.rows):
        cells, spans = _placed(row, spans)
        texts: list[str] = []
        for column, cell in cells:
            if cell is not None:
                texts.extend([""] * (column - len(texts)))
                texts.append("\n".join(_lines(cell)))
                last = (min(number + cell.rows, len(table.rows)) - 1, column + cell.columns - 1)
                if last != (number, column):
                    merged.append(((number, column), last))
        rows.append(texts)
    return Sheet(None, rows, merged)


def _lines(cell: Cell) -> list[str]:
    lines = [each for each in cell.content if isinstance(each, str)]
    while lines and not lines[-1]:
        lines.pop()
    return lines
