"""The canonical text of files that are no plain text, put together from paragraphs and rows as a reader finds them.

It is laid out as text extracted from Word is (see ``canonical.py``), so that places in it read alike for all kinds of
files; ``perfcheck text`` prints it.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfcheck.reading.invisible import has_invisible, visible
from perfcheck.reading.residue import MARKER, is_page_number, strip_residue
from perfcheck.source import Origin, Paragraph, Remark, Residue, Row, SourceText


class CanonicalText:
    """Takes the paragraphs and rows of a file in order and gives its :class:`SourceText`."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._blocks: list[Paragraph | Row] = []
        self._residue: list[Residue] = []

    def add_paragraph(self, text: str, origin: Origin) -> None:
        """A paragraph of running text; line breaks in it make paragraphs of their own, blank ones are dropped."""
        for part in visible(text).split("\n"):
            number = len(self._lines) + 1
            kept = strip_residue(part, number, self._residue).strip()
            if not kept:
                continue
            if is_page_number(kept):
                self._residue.append(Residue("page number", kept, number))
                continue
            self._blocks.append(Paragraph(kept, number, 1, origin))
            self._lines.append(kept)

    def add_row(self, cells: list[str], origins: Sequence[Origin]) -> None:
        """A row of a table; a cell merged with the one above it comes as an empty text."""
        self._lines.append("")
        number = len(self._lines) + 1
        whole = "\n".join(cells)
        if has_invisible(whole) or "\t" in whole:  # a line of a cell must not look like a cell of its own
            cells = ["\n".join(line.lstrip("\t") for line in visible(cell).split("\n")) for cell in cells]
        if MARKER in whole:
            cells = self._without_markers(cells, number)
        self._blocks.append(Row(cells, number, origins))
        for cell in cells:
            self._lines.extend(f"\t{cell}".split("\n"))

    def _without_markers(self, cells: Sequence[str], number: int) -> list[str]:
        """``cells`` of a row whose first line is ``number`` without what waives findings in them."""
        kept: list[str] = []
        for cell in cells:
            lines = [strip_residue(line, number + at, self._residue) for at, line in enumerate(cell.split("\n"))]
            number += len(lines)
            kept.append("\n".join(lines))
        return kept

    def set_aside(self, kind: str, text: str) -> None:
        """Something of the file that is no part of the form, such as a footnote: recorded, never judged."""
        self._residue.append(Residue(kind, text, len(self._lines)))

    def source(self, path: str, kind: str, remarks: Sequence[Remark] = ()) -> SourceText:
        """All of it; ``kind`` is the kind of file."""
        text = "\n".join(self._lines) + "\n"
        return SourceText(path, text, self._blocks, self._residue, kind, tuple(remarks))
