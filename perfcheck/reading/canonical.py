"""The extracted layout brought to paragraphs and table rows.

In text extracted from Word each table cell is a line led by a tab, and a blank line parts two rows::

    1.村道养护经费绩效目标表          a paragraph: no tab
    <tab>600001某县某镇人民政府        two cells of one row
    <tab>单位：万元
                                      a blank line, then a tab: a new row
    <tab>项目编码
    <tab>...

A cell may hold several lines and blank lines: a blank line followed by text without a tab is inside the cell,
except before a landmark of the form (heading, table title), a bookmark or a page number. Text after two or more
blank lines that no row follows stands between the tables and is a paragraph too.

The common case, a row of one-line cells, is cut with ``str`` methods only: a province's documents are millions
of such rows. Everything else takes the careful way in :class:`_Careful`.
"""

from __future__ import annotations

from collections.abc import Callable

from perfcheck.reading.residue import has_bookmark, is_marker, is_page_number, strip_residue
from perfcheck.source import Paragraph, Residue, Row

LONGEST_PAGE_NUMBER = 24
Blocks = list[Paragraph | Row]


def lay_out(text: str, is_landmark: Callable[[str], bool]) -> tuple[Blocks, list[Residue]]:
    """Return the blocks of ``text`` in order and the residue set aside; line breaks must be ``\\n``."""
    blocks: Blocks = []
    careful = _Careful(blocks, is_landmark)
    append = blocks.append
    chunks = text.split("\n\n\t")
    last = len(chunks) - 1
    careful.lay_out(chunks[0], 1, followed_by_row=last > 0)
    line = chunks[0].count("\n") + 3
    for chunk in chunks[1:last]:
        breaks = chunk.count("\n")
        cells = chunk.split("\n\t")
        if "[" not in chunk and (breaks == len(cells) - 1 or careful.is_one_row(cells)):
            append(Row(cells, line))
        else:
            careful.lay_out("\t" + chunk, line, followed_by_row=True)
        line += breaks + 2
    if last:
        careful.lay_out("\t" + chunks[last], line, followed_by_row=False)
    return blocks, careful.residue


class _Careful:
    """Lays out one stretch of lines in which cells may run over lines and paragraphs may stand."""

    def __init__(self, blocks: Blocks, is_landmark: Callable[[str], bool]) -> None:
        self.blocks = blocks
        self.is_landmark = is_landmark
        self.residue: list[Residue] = []
        self._decided_until = 0
        self._row_follows = False

    def lay_out(self, chunk: str, line: int, *, followed_by_row: bool) -> None:
        """Append the blocks of ``chunk``, whose first line is line number ``line``."""
        lines = chunk.rstrip("\n").split("\n")
        self._decided_until = 0
        row, start = self._first_row(chunk, line)
        blanks = 0
        for index in range(start, len(lines)):
            text = lines[index]
            if text[:1] == "\t":
                cell = text[1:] if "[" not in text else self._cell_without_residue(text[1:], line + index)
                if row is None or blanks:
                    row = Row([cell], line + index)
                    self.blocks.append(row)
                else:
                    row.cells.append(cell)
            elif not text or text.isspace():
                blanks += 1
                continue
            else:
                found: list[Residue] = []
                kept = strip_residue(text, line + index, found) if "[" in text or "\\" in text else text
                if found and is_marker(text, kept):  # as if it were not there, but for the numbers of the lines
                    self.residue += found
                    if row is not None and not blanks:
                        row.cells[-1] += "\n"
                    continue
                if row is not None and self._in_cell(lines, index, kept, blanks, followed_by_row):
                    kept = self._cell_without_residue(text, line + index) if "[" in text else text
                    row.cells[-1] += "\n" * (blanks + 1) + kept
                else:
                    row = None
                    self.residue += found
                    self._add_paragraph(text, kept, line + index)
            blanks = 0

    def _first_row(self, chunk: str, line: int) -> tuple[Row | None, int]:
        """The row of one-line cells that ``chunk`` begins with, if it does, and the number of lines that takes."""
        head, gap, _ = chunk.partition("\n\n")
        cells = head[1:].split("\n\t")
        if not gap or head[:1] != "\t" or "[" in head or head.count("\n") != len(cells) - 1:
            return None, 0
        row = Row(cells, line)
        self.blocks.append(row)
        return row, len(cells)

    def is_one_row(self, cells: list[str]) -> bool:
        """Whether all lines of ``cells`` are theirs: none is blank, a landmark or anything else to look at twice.

        Blank lines behind the row, more than the one that ends it, are taken off its last cell.
        """
        if cells[-1][-1:] == "\n":
            cells[-1] = cells[-1].rstrip("\n ")
        for cell in cells:
            if "\n" in cell:
                for line in cell.split("\n")[1:]:
                    if not line or line.isspace() or self.is_landmark(line):
                        return False
        return True

    def _cell_without_residue(self, text: str, number: int) -> str:
        """``text`` less its bookmarks; spaces stand for one in front, so that every column stays where it was."""
        kept = strip_residue(text, number, self.residue)
        return " " * (len(text) - len(kept)) + kept if text.endswith(kept) else kept

    def _in_cell(self, lines: list[str], index: int, kept: str, blanks: int, followed_by_row: bool) -> bool:
        """Whether plain line ``index``, ``kept`` without residue, belongs to the cell ``blanks`` empty lines higher."""
        text = lines[index]
        if (blanks and (has_bookmark(text) or is_page_number(text))) or self.is_landmark(kept):
            return False
        if blanks < 2:
            return True
        if index >= self._decided_until:
            self._decided_until, self._row_follows = self._next_part(lines, index + 1, followed_by_row)
        return self._row_follows

    def _next_part(self, lines: list[str], start: int, followed_by_row: bool) -> tuple[int, bool]:
        """Where the next row or landmark stands at or below line ``start``, and whether it is a row."""
        for index in range(start, len(lines)):
            text = lines[index]
            if text[:1] == "\t":
                return index, True
            if has_bookmark(text) or self.is_landmark(strip_residue(text, 0, [])):
                return index, False
        return len(lines), followed_by_row

    def _add_paragraph(self, text: str, kept: str, number: int) -> None:
        if len(text) < LONGEST_PAGE_NUMBER and is_page_number(text):
            self.residue.append(Residue("page number", text.strip(), number))
            return
        stripped = kept.strip()
        if stripped:
            column = 1 if text[0] == stripped[0] else text.find(stripped[:2]) + 1
            self.blocks.append(Paragraph(stripped, number, column))
