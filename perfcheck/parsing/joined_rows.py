"""Rows that ran together because the blank line between them was lost, taken apart by the labels in them."""

from __future__ import annotations

from perfcheck.parsing.form_words import FormWords
from perfcheck.source import Row

UNLED_AFTER = {"FUNDING_ROW": "USAGE_ROW", "PLAN_HEADER": "PLAN_ROW", "INDICATOR_HEADER": "INDICATOR_ROWS"}
"""What a row whose first cell is blank is taken for by the row above it: its label cell is merged into that row."""
MOST_VALUES = {"FUNDING_ROW": 1, "PLAN_HEADER": 0, "INDICATOR_HEADER": 0}
"""Cells that may follow one label in a row before the next row must have begun."""


class JoinedRows:
    """Takes joined rows apart by the ``words`` of the form."""

    def __init__(self, words: FormWords) -> None:
        self.words = words

    def split(self, row: Row, kind: str, width: int) -> list[tuple[Row, str]]:
        """The rows, with their terminals, that a row of unusual length consists of: a blank line got lost in it."""
        cells = row.cells
        cuts = self._cuts_of_indicators(cells, width) if kind == "INDICATOR_ROWS" else self._cuts(cells, kind)
        if not cuts:
            return [(row, kind)]
        starts = [0, *(start for start, _ in cuts)]
        kinds = [kind, *(each for _, each in cuts)]
        rows = []
        line = row.line
        for start, end, each in zip(starts, [*starts[1:], len(cells)], kinds):
            part = Row(cells[start:end], line, row.origins and row.origins[start:end])
            line = part.cell_line(end - start)
            if each == "INDICATOR_HEADER":
                width = len(part.cells)
            if each == "INDICATOR_ROWS" != kind:  # behind their header, all of them in one
                rows += self.split(part, each, width)
            else:
                rows.append((part, each))
        return rows

    def _cuts_of_indicators(self, cells: list[str], width: int) -> list[tuple[int, str]]:
        """Where further rows begin behind an indicator row: more indicators, or the next table."""
        if not width or len(cells) <= width:
            return []
        if len(cells) % width == 0:
            return [(start, "INDICATOR_ROWS") for start in range(width, len(cells), width)]
        for index in range(width, len(cells)):
            if self.words.unit_cell_kind(cells[index].strip()) != "CELL":
                rows = [(start, "INDICATOR_ROWS") for start in range(width, index, width)]
                return [*rows, (index, "UNIT_ROW"), *self._cuts(cells[index:], "UNIT_ROW", index)]
        return []

    def _cuts(self, cells: list[str], kind: str, offset: int = 0) -> list[tuple[int, str]]:
        """Where further rows begin in ``cells``, whose first row is a ``kind``, with their terminals."""
        label = self.words.label
        cuts = []
        since_label = 0
        for index, cell in enumerate(cells):
            here = self.words.led_row(cell)
            if index and here and here != kind:
                cuts.append((index + offset, here))
                kind, since_label = here, 0
            elif label(cell):
                since_label = 0
            else:
                since_label += 1
                enough = index and len(cells) - index > 1  # a single cell too many is no row
                if enough and since_label > MOST_VALUES.get(kind, len(cells)) and kind in MOST_VALUES:
                    kind, since_label = UNLED_AFTER[kind], 0
                    cuts.append((index + offset, kind))
        return cuts
