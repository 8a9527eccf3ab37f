"""The rows of an indicator table, merged first column filled in, short rows aligned or named as broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfcheck.model.document import Fault, Indicator
from perfcheck.model.target import Target
from perfcheck.parsing.draft import Draft
from perfcheck.parsing.row_layout import RowLayouts
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.source import Paragraph, Row

Block = Paragraph | Row
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

    def __init__(self, targets: TargetParser, blocks: Sequence[Block]) -> None:
        self._target = targets.target
        self._blocks = blocks
        self._names: tuple[set[str], set[str]] | None = None
        self._standard_header: list[str] = []

    def read(
        self, draft: Draft, project: int, layouts: RowLayouts, faults: list[Fault]
    ) -> tuple[tuple[Indicator, ...], frozenset[str], frozenset[str]]:
        """Indicators, categories and subcategories of one table; rows whose cells cannot be told apart are faults."""
        rows = draft.indicator_rows
        columns = STANDARD_COLUMNS
        if draft.header is not None:
            draft.anchors["header"] = (draft.header, 0)
            columns = self._columns(draft.header, rows, project, layouts, faults)
        width = len(columns) if columns is not STANDARD_COLUMNS else 6
        expected = (str(width), *_unknown(columns, draft.header))
        found: list[Indicator] = []
        new = tuple.__new__
        append, target_of = found.append, self._target
        categories: set[str] = set()
        subcategories: set[str] = set()
        standard = columns is STANDARD_COLUMNS
        category: str | None = None
        subcategory = ""
        for row in rows:
            cells = row.cells
            if len(cells) != width:
                aligned = self._align(row, width, project, faults, expected)
                if aligned is None:
                    part = self._part_of(row, category, project)
                    found.extend(part)
                    for indicator in part:
                        category = indicator.category
                        categories.add(category or "")
                        subcategories.add(indicator.subcategory or "")
                    continue
                cells = aligned
            if standard:
                first, second, name, description, target, basis = cells
                first = first.strip()
                second = second.strip()
                if not second and not any(map(str.strip, cells)):
                    continue  # a spare row of the printed form
                if first:
                    category = first
                    categories.add(first)
                elif not second:
                    second = subcategory
                subcategory = second
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
        return tuple(found), frozenset(categories), frozenset(subcategories)

    def _columns(
        self, header: Row, rows: Sequence[Row], project: int, layouts: RowLayouts, faults: list[Fault]
    ) -> Mapping[str, int]:
        if self._standard_header == header.cells:
            return STANDARD_COLUMNS
        labels = layouts.labels(header.cells)
        fields: list[str] = []
        for index, label in enumerate(labels):
            field = FIELD_OF_LABEL.get(label or "", "")
            fields.append(field if field and field not in fields else f"unknown {index}")
        if tuple(fields) == STANDARD:
            self._standard_header = header.cells
            return STANDARD_COLUMNS
        missing = [field for field in STANDARD if field not in fields]
        if missing:
            words = tuple("indicator.name" if field == "name" else field for field in missing)
            faults.append(Fault("header", project, (header, 0), "", words))
            full = sum(len(row.cells) == len(STANDARD) for row in rows)
            if full and len(fields) <= len(STANDARD):
                return STANDARD_COLUMNS
        return {field: index for index, field in enumerate(fields)}

    def _align(
        self, row: Row, width: int, project: int, faults: list[Fault], expected: tuple[str, ...]
    ) -> list[str] | None:
        """Cells of a row of unusual length, by columns; None (and a fault) where no reading is certain.

        A row that begins with a second-level name of the document lacks only its blank, merged first cell.
        """
        cells = row.cells
        first = cells[0].strip()
        if len(cells) == width - 1 and first and first in self._known_names()[1]:
            return ["", *cells]
        while len(cells) > width and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) == width:
            return cells
        faults.append(Fault("indicator_row", project, (row, 0), str(len(row.cells)), expected))
        return None

    def _known_names(self) -> tuple[set[str], set[str]]:
        """First- and second-level names in the whole document, taken from its rows of the usual length."""
        if self._names is None:
            rows = [
                block.cells for block in self._blocks if isinstance(block, Row) and len(block.cells) == len(STANDARD)
            ]
            self._names = ({cells[0].strip() for cells in rows} - {""}, {cells[1].strip() for cells in rows} - {""})
        return self._names

    def _part_of(self, row: Row, category: str | None, project: int) -> list[Indicator]:
        """What is certain of a broken row: its classes, so that they are not called missing."""
        cells = [cell.strip() for cell in row.cells]
        categories, subcategories = self._known_names()
        own = cells[0] if cells[0] in categories else None
        if len(cells) < 2 or not (cells[1] in subcategories or own):
            return []
        subcategory = cells[1] if cells[1] in subcategories else None
        name = cells[2] if len(cells) > 2 and subcategory else None
        return [Indicator(project, row, STANDARD_COLUMNS, own or category, subcategory, name, None, UNREAD, None)]

    def _by_columns(
        self, row: Row, cells: Sequence[str], columns: Mapping[str, int], category: str | None, project: int
    ) -> Indicator:
        def text(field: str) -> str | None:
            index = columns.get(field)
            return cells[index].strip() if index is not None and index < len(cells) else None

        sign = text("comparator")
        if sign and self._target(sign).comparator is None:
            sign = None  # 正向, 定性: a column that says of what nature the indicator is
        parts = [sign, text("target"), text("measure")]
        value = "".join(part for part in parts if part)
        target = self._target(value) if "target" in columns else UNREAD
        return Indicator(
            project, row, columns, text("category") or category, text("subcategory"), text("name"),
            text("description"), target, text("basis"),
        )  # fmt: skip


def _unknown(columns: Mapping[str, int], header: Row | None) -> list[str]:
    """The columns of ``header`` that the form does not have, as they are called there."""
    if header is None or columns is STANDARD_COLUMNS:
        return []
    return [header.cells[index].strip() for field, index in columns.items() if field.startswith("unknown ")]
