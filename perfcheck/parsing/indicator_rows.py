"""The rows of an indicator table, merged first column filled in, short rows aligned or named as broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping, Sequence

from perfcheck.model.document import Fault, Indicator
from perfcheck.model.target import Target
from perfcheck.parsing.row_layout import RowLayouts
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.source import Row

if TYPE_CHECKING:
    from perfcheck.parsing.document_builder import Draft

FIELD_OF_LABEL = {
    "CATEGORY_LABEL": "category",
    "SUBCATEGORY_LABEL": "subcategory",
    "INDICATOR_LABEL": "name",
    "DESCRIPTION_LABEL": "description",
    "TARGET_LABEL": "target",
    "COMPARATOR_LABEL": "comparator",
    "MEASURE_LABEL": "measure",
    "WEIGHT_LABEL": "weight",
    "BASIS_LABEL": "basis",
}
STANDARD = ("category", "subcategory", "name", "description", "target", "basis")
STANDARD_COLUMNS: Mapping[str, int] = {field: index for index, field in enumerate(STANDARD)}
UNREAD = Target("", "malformed")


class IndicatorRows:
    """Reads the indicator tables of one document."""

    def __init__(self, targets: TargetParser) -> None:
        self._target = targets.target
        self._subcategories: set[str] = set()
        self._standard_header: list[str] = []

    def read(
        self, draft: Draft, project: int, layouts: RowLayouts, faults: list[Fault]
    ) -> tuple[tuple[Indicator, ...], frozenset[str], frozenset[str]]:
        """Indicators, categories and subcategories of one table; rows whose cells cannot be told apart are faults."""
        rows = draft.indicator_rows
        header = rows[0]
        if header.type != "INDICATOR_HEADER":
            header = next((row for row in rows if row.type == "INDICATOR_HEADER"), None)
        columns = STANDARD_COLUMNS
        if header is not None:
            draft.anchors["header"] = (header, 0)
            columns = self._columns(header, rows, project, layouts, faults)
        width = len(columns) if columns is not STANDARD_COLUMNS else 6
        found: list[Indicator] = []
        new = tuple.__new__
        append, target_of = found.append, self._target
        categories: set[str] = set()
        subcategories: set[str] = set()
        standard = columns is STANDARD_COLUMNS
        category: str | None = None
        for row in rows:
            if row.type != "INDICATOR_ROW":
                continue
            cells = row.cells
            if len(cells) != width:
                self._subcategories |= subcategories
                aligned = self._align(row, width, project, faults)
                if aligned is None:
                    part = self._part_of(row, category, project)
                    found.extend(part)
                    categories.update(indicator.category or "" for indicator in part)
                    subcategories.update(indicator.subcategory or "" for indicator in part)
                    continue
                cells = aligned
            if standard:
                first, second, name, description, target, basis = cells
                first = first.strip()
                if first:
                    category = first
                    categories.add(first)
                second = second.strip()
                subcategories.add(second)
                # by position: naming the nine fields would cost more than reading them
                append(
                    new(Indicator, (project, row, columns, category, second, name.strip(), description.strip(),
                                    target_of(target.strip()), basis.strip()))
                )  # fmt: skip
            else:
                indicator = self._by_columns(row, cells, columns, category, project)
                category = indicator.category
                categories.add(category or "")
                subcategories.add(indicator.subcategory or "")
                append(indicator)
        self._subcategories |= subcategories
        return tuple(found), frozenset(categories), frozenset(subcategories)

    def _columns(
        self, header: Row, rows: Sequence[Row], project: int, layouts: RowLayouts, faults: list[Fault]
    ) -> Mapping[str, int]:
        if self._standard_header == header.cells:
            return STANDARD_COLUMNS
        labels = layouts.labels(header.cells)
        fields = [FIELD_OF_LABEL.get(label or "", f"unknown {index}") for index, label in enumerate(labels)]
        if tuple(fields) == STANDARD:
            self._standard_header = header.cells
            return STANDARD_COLUMNS
        missing = [field for field in STANDARD if field not in fields]
        if missing:
            faults.append(Fault("header", project, (header, 0), "", tuple(missing)))
            full = sum(len(row.cells) == len(STANDARD) for row in rows if row.type == "INDICATOR_ROW")
            if full and len(fields) <= len(STANDARD):
                return STANDARD_COLUMNS
        return {field: index for index, field in enumerate(fields)}

    def _align(self, row: Row, width: int, project: int, faults: list[Fault]) -> list[str] | None:
        """Cells of a row of unusual length, by columns; None (and a fault) where no reading is certain.

        A row that begins with a second-level name met elsewhere lacks only its blank, merged first cell.
        """
        cells = row.cells
        if len(cells) == width - 1 and cells[0].strip() in self._subcategories and cells[0].strip():
            return ["", *cells]
        while len(cells) > width and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) == width:
            return cells
        faults.append(Fault("indicator_row", project, (row, 0), str(len(row.cells)), (str(width),)))
        return None

    def _part_of(self, row: Row, category: str | None, project: int) -> list[Indicator]:
        """What is certain of a broken row: its classes, so that they are not called missing."""
        cells = [cell.strip() for cell in row.cells]
        if len(cells) < 2 or cells[1] not in self._subcategories:
            return []
        name = cells[2] if len(cells) > 2 else None
        return [Indicator(project, row, STANDARD_COLUMNS, cells[0] or category, cells[1], name, None, UNREAD, None)]

    def _by_columns(
        self, row: Row, cells: Sequence[str], columns: Mapping[str, int], category: str | None, project: int
    ) -> Indicator:
        def text(field: str) -> str | None:
            index = columns.get(field)
            return cells[index].strip() if index is not None and index < len(cells) else None

        parts = [text("comparator"), text("target"), text("measure")]
        value = "".join(part for part in parts if part)
        target = self._target(value) if "target" in columns else UNREAD
        return Indicator(
            project, row, columns, text("category") or category, text("subcategory"), text("name"),
            text("description"), target, text("basis"),
        )  # fmt: skip
