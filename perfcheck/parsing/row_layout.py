"""Where in a labelled row the values stand, decided by the grammar once for each distinct sequence of labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from perfcheck.memories import Remembered
from perfcheck.model.document import BudgetUnit
from perfcheck.parsing.form_words import FormWords
from perfcheck.parsing.tokens import Cell

SHORTEST_UNIT_NAME = 4
UnitReading = tuple["BudgetUnit | None", "str | None", tuple[tuple[str, int], ...]]


class RowBuilder:
    """Lark's callbacks for the start rules ``labelled_row`` and ``unit_cells``."""

    def labelled_row(self, children: list[Any]) -> dict[str, int | None]:
        """Label terminal -> index of the first cell behind it, None where nothing follows the label."""
        places: dict[str, int | None] = {}
        for child in children:
            if isinstance(child, tuple):
                label, index = child
                places.setdefault(label, index)
        return places

    def entry(self, cells: list[Any]) -> tuple[str, int | None]:
        """A label and the index of its value."""
        return cells[0].type, cells[1].index if len(cells) > 1 else None

    def label(self, cells: list[Cell]) -> Cell:
        """The label's own cell."""
        return cells[0]

    def unit_cells(self, children: list[Any]) -> list[tuple[str, Cell]]:
        """Each cell that was recognised, with what it is."""
        return [child for child in children if isinstance(child, tuple)]

    def unit_cell(self, cells: list[Cell]) -> tuple[str, Cell]:
        """The cell with the unit's code and name."""
        return "unit", cells[0]

    def money_unit_cell(self, cells: list[Cell]) -> tuple[str, Cell]:
        """The cell with the unit of money."""
        return "money_unit", cells[0]


class RowLayouts:
    """Remembers the layout of every kind of row met so far."""

    def __init__(self, parse: Any, words: FormWords) -> None:
        self._parse = parse
        self._words = words
        self._label = words.label
        self._places: dict[tuple[str | None, ...], Mapping[str, int | None]] = {}
        self._usual: dict[int, tuple[Any, dict[tuple[str, ...], Mapping[str, int | None]]]] = {}
        """Row length -> where the labels of such rows stand, and the layouts known by those labels."""
        self._periods = Remembered(self._read_periods)
        self._units = Remembered(self._read_unit)
        self._unit_layouts: dict[tuple[str, ...], list[tuple[str, Cell]]] = {}

    def places(self, cells: Sequence[str]) -> Mapping[str, int | None]:
        """Label terminal -> index of its value's cell in ``cells``."""
        usual = self._usual.get(len(cells))
        if usual is not None:
            found = usual[1].get(usual[0](cells))
            if found is not None:
                return found
        found = self._parsed_places(cells)
        at = [index for index, cell in enumerate(cells) if self._label(cell)]
        if len(at) > 1:
            labels_of, known = self._usual.setdefault(len(cells), (itemgetter(*at), {}))
            if itemgetter(*at)(cells) == labels_of(cells):
                known[labels_of(cells)] = found
        return found

    def _parsed_places(self, cells: Sequence[str]) -> Mapping[str, int | None]:
        skeleton = tuple(map(self._label, cells))
        found = self._places.get(skeleton)
        if found is None:
            tokens = iter([Cell(kind or "CELL", "", index) for index, kind in enumerate(skeleton)])
            found = self._places[skeleton] = self._parse(tokens, start="labelled_row")
        return found

    def labels(self, cells: Sequence[str]) -> tuple[str | None, ...]:
        """The label terminal of each cell, None for cells with content."""
        return tuple(map(self._label, cells))

    def periods(self, cells: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        """The periods named in the header of a spending plan, and whether it asks for money instead of percent."""
        return self._periods[cells]

    def _read_periods(self, cells: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        labels = self.labels(cells)
        dues = tuple(
            cell.strip()
            for cell, label in zip(cells, labels)
            if label == "DUE_LABEL" or (label is None and cell.strip())
        )
        return dues, "PLAN_IN_MONEY_LABEL" in labels

    def unit(self, cells: tuple[str, ...]) -> UnitReading:
        """Unit, unit of money and their cells in the row above a table."""
        return self._units[cells]

    def _read_unit(self, cells: tuple[str, ...]) -> UnitReading:
        words = self._words
        texts = [text.strip() for text in cells]
        kinds = tuple(map(words.unit_cell_kind, texts))
        found = self._unit_layouts.get(kinds)
        if found is None:
            tokens = [Cell(kind, "", index) for index, kind in enumerate(kinds)]
            found = self._unit_layouts[kinds] = self._parse(iter(tokens), start="unit_cells")
        unit = money_unit = None
        anchors = []
        for field, cell in found:
            text = texts[cell.index]
            anchors.append((field, cell.index))
            both = words.unit_and_money_unit(text)
            if both:
                text = both.group(1)
                money_unit = words.money_unit_cell(both.group(2)).group(1).strip()
                anchors.append(("money_unit", cell.index))
            if field == "money_unit":
                money_unit = words.money_unit_cell(text).group(1).strip()
            elif cell.type == "UNIT_NAME_CELL":
                name = words.unit_name_cell(text).group(1).strip()
                with_code = words.unit_cell(name)
                unit = BudgetUnit(*with_code.groups()) if with_code else BudgetUnit(None, name or None)
            else:
                code, name = words.unit_cell(text).groups()
                unit = BudgetUnit(code, name.strip())
        if unit is None and len(found) == 1 and len(cells) == 2:
            index = 1 - found[0][1].index
            if _is_name(texts[index]):  # the unit's code was left out
                unit = BudgetUnit(None, texts[index])
                anchors.insert(0, ("unit", index))
        return unit, money_unit, tuple(anchors)


def _is_name(text: str) -> bool:
    """Whether ``text`` can be the name of a unit: a few words and nothing else."""
    return len(text) >= SHORTEST_UNIT_NAME and all("\u3400" <= sign <= "\u9fff" for sign in text)
