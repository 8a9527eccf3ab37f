"""Tables with row and column spans, brought to rows: a cell from above is an empty text, as in the other readers."""

from __future__ import annotations

from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.source import Origin


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

    def __init__(self, text: CanonicalText) -> None:
        self._text = text
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

    def _table(self, table: Table) -> None:
        self._tables += 1
        number = self._tables
        spans: dict[int, tuple[int, int]] = {}
        """First column -> how many more rows and columns a cell from above covers."""
        for position, row in enumerate(table.rows, 1):
            if len(row) == 1 and not spans and any(isinstance(each, Table) for each in row[0].content):
                self.blocks(row[0].content)  # a table that only arranges the page
                continue
            cells, spans = _placed(row, spans)
            if not row:
                continue
            texts = ["\n".join(_lines(cell)) if cell is not None else "" for cell in cells]
            if any(cell is not None for cell in cells):
                origins = [Origin(table=number, row=position, cell=at) for at in range(1, len(cells) + 1)]
                self._text.add_row(texts, origins)
            for cell in row:
                for each in cell.content:
                    if isinstance(each, Table):
                        self._table(each)


def _placed(row: list[Cell], spans: dict[int, tuple[int, int]]) -> tuple[list[Cell | None], dict[int, tuple[int, int]]]:
    """The cells of a row with None for each that is covered from above, and what covers the row below."""
    cells: list[Cell | None] = []
    after: dict[int, tuple[int, int]] = {}
    column = 0

    def covered() -> None:
        nonlocal column
        while column in spans:
            rows, columns = spans[column]
            if rows > 1:
                after[column] = (rows - 1, columns)
            cells.append(None)
            column += columns

    for cell in row:
        covered()
        cells.append(cell)
        if cell.rows > 1:
            after[column] = (cell.rows - 1, cell.columns)
        column += cell.columns
    for left in sorted(spans):
        if left >= column:
            column = left
            covered()
    return cells, after


def _lines(cell: Cell) -> list[str]:
    lines = [each for each in cell.content if isinstance(each, str)]
    while lines and not lines[-1]:
        lines.pop()
    return lines
