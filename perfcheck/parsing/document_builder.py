"""Lark's callbacks for ``document.lark``: each method is named like the grammar rule it completes.

Lark calls them while it parses, innermost first, so the model grows without a tree in between. One builder
serves one document at a time; :meth:`DocumentBuilder.begin` clears it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from perfcheck.model.document import Fault, Funding, Indicator, Project
from perfcheck.model.numerals import NARROW, item_number
from perfcheck.parsing.department_builder import DepartmentBuilder, heading_and_prose
from perfcheck.parsing.draft import Aside, Draft, goal_items, is_bare_title
from perfcheck.parsing.indicator_rows import IndicatorRows
from perfcheck.parsing.row_layout import RowLayouts
from perfcheck.parsing.spending_plan import read_spending_plan
from perfcheck.parsing.table_shapes import TableShapes
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.parsing.tokens import Table, UnitLine
from perfcheck.source import Paragraph, Row

Callback = Callable[[Any, list[Any]], None]
NO_AMOUNTS = (None, None, None)
NO_INDICATORS: tuple[tuple[Indicator, ...], frozenset[str], frozenset[str]] = ((), frozenset(), frozenset())


def noted(read: Callback) -> Callback:
    """``read``, a callback for a part of a table, which then also notes the tokens it was given."""

    def read_and_note(builder: Any, tokens: list[Any]) -> None:
        read(builder, tokens)
        draft = builder.draft
        start = len(draft.tokens)
        draft.tokens += tokens
        draft.parts.append((read, start, len(draft.tokens)))

    return read_and_note


class DocumentBuilder(DepartmentBuilder):
    """Collects one document's parts; ``words`` and ``layouts`` are set once the parser exists."""

    layouts: RowLayouts

    def __init__(self, targets: TargetParser) -> None:
        self.targets = targets
        self.shapes = TableShapes()
        self.begin()

    def begin(self, blocks: Sequence[Aside] = ()) -> None:
        """Forget the last document and take the blocks of the next."""
        self.draft: Draft | None = None
        self.read_projects: list[Project] = []
        self.faults: list[Fault] = []
        self.part_two_headings: list[Paragraph] = []
        self.part_two_asides: list[Paragraph] = []
        self.begin_department()
        self.indicator_tables = IndicatorRows(self.targets, blocks)

    def part_two_heading(self, children: list[Any]) -> None:
        heading, *asides = heading_and_prose(children)
        self.part_two_headings.append(heading)
        self.part_two_asides.extend(asides)

    @noted
    def title(self, children: list[Any]) -> None:
        self.draft = Draft(children[0], [child for child in children[1:] if child.type != "TITLE_NOTE"])

    @noted
    def unit(self, rows: list[Any]) -> None:
        draft: Any = self.draft
        for row in rows:
            if row is None:
                continue
            if row.type != "UNIT_ROW":
                draft.asides.append(row)
                continue
            unit, money_unit, anchors = self.layouts.unit(tuple(row.cells))
            if unit is not None:
                draft.unit = unit
            if money_unit is not None:
                draft.money_unit = money_unit
            for field, cell in anchors:
                draft.anchors[field] = row.pieces[cell] if row.__class__ is UnitLine else (row, cell)

    @noted
    def identity(self, rows: list[Any]) -> None:
        if not rows:
            return
        draft: Any = self.draft
        row = rows[0]
        cells, places = row.cells, self.layouts.places(row.cells)
        field = self._field
        code = field(row, cells, places, "CODE_LABEL", "code")
        draft.code = code.translate(NARROW) if code and not code.isascii() else code
        draft.name = field(row, cells, places, "NAME_LABEL", "name")
        draft.asides += rows[1:]

    @noted
    def funding(self, rows: list[Any]) -> None:
        if not rows:
            return
        draft: Any = self.draft
        row = rows[0]
        cells, places = row.cells, self.layouts.places(row.cells)
        field = self._field
        draft.funding = (
            field(row, cells, places, "TOTAL_LABEL", "total"),
            field(row, cells, places, "FISCAL_LABEL", "fiscal"),
            field(row, cells, places, "OTHER_LABEL", "other"),
        )
        draft.anchors["funding"] = (row, 0)
        if draft.money_unit is None:
            self._money_unit_in_label(draft, row)
        if "USAGE_LABEL" in places:
            draft.usage = field(row, cells, places, "USAGE_LABEL", "usage")
        elif draft.funding == NO_AMOUNTS and len(cells) == 2 and not self.targets.amount(cells[1].strip()).number:
            draft.usage = cells[1].strip()  # the row of amounts is missing, its label has moved to the row below
            draft.anchors["usage"] = (row, 1)
        draft.asides += rows[1:]

    def _money_unit_in_label(self, draft: Any, row: Any) -> None:
        """A table without a unit of money above it may name one in a label: "预算数（万元）"."""
        for index, cell in enumerate(row.cells):
            found = self.words.money_unit_behind(cell.strip()) if self.words.label(cell) else None
            if found:
                draft.money_unit = found.group(1)
                draft.anchors["money_unit"] = (row, index)
                break

    @noted
    def usage(self, rows: list[Any]) -> None:
        if not rows:
            return
        draft: Any = self.draft
        row = rows[0]
        cells = row.cells
        index = 1 if len(cells) > 1 else 0
        text = cells[index] if len(cells) < 3 else "\n".join(cell for cell in cells[1:] if cell.strip())
        draft.usage = text.strip()
        draft.anchors["usage"] = (row, index)
        draft.asides += rows[1:]

    @noted
    def spending_plan(self, rows: list[Any]) -> None:
        draft: Any = self.draft
        for row in rows:
            if row.type == "PLAN_HEADER" or row.type == "PLAN_ROW":
                draft.plan_rows.append(row)
            else:
                draft.asides.append(row)

    @noted
    def goals(self, rows: list[Any]) -> None:
        if not rows:
            return
        draft: Any = self.draft
        row = rows[0]
        cells = row.cells
        text = "\n".join(cells[1:]) if len(cells) > 2 else cells[1] if len(cells) > 1 else ""
        draft.goals = goal_items(text, self.words.enumerator)
        draft.anchors["goals"] = (row, 1 if len(cells) > 1 else 0)
        draft.asides += rows[1:]

    def indicators(self, children: list[Any]) -> None:
        self._indicator_part(children[-1:])

    @noted
    def _indicator_part(self, tokens: list[Any]) -> None:
        draft: Any = self.draft
        (token,) = tokens
        if token.type == "INDICATOR_ROWS":
            draft.indicator_rows += token.rows
        elif token.type == "INDICATOR_HEADER":
            draft.header = draft.header or token
        else:
            draft.asides.append(token)

    def known_table(self, children: list[Table]) -> None:
        (table,) = children
        tokens = table.tokens
        for read, start, end in table.parts:
            read(self, tokens[start:end])
        self._add_project()

    def project(self, _: list[Any]) -> None:
        draft: Any = self.draft
        if draft.regular:
            self.shapes.remember(draft.tokens, [part for part in draft.parts if part[1] < part[2]])
        self._add_project()

    def _add_project(self) -> None:
        draft: Any = self.draft
        self.draft = None
        projects = self.read_projects
        title = draft.title
        if projects and is_bare_title(projects[-1], title):
            first = projects.pop().anchors["title"]  # the same title twice in a row is one table, not two
            mine = len(projects)  # not one more, as faults noted of this table already say
            self.faults = [each._replace(project=mine) if each.project == mine + 1 else each for each in self.faults]
            self.faults.append(Fault("repeated_title", mine, first, title.text, ()))
        index = len(projects)
        number = self.words.enumerator(title.text)
        anchors = draft.anchors
        anchors["title"] = title
        funding = None
        if draft.funding is not None:
            total, fiscal, other = draft.funding
            amount = self.targets.amount
            funding = Funding(
                None if total is None else amount(total),
                None if fiscal is None else amount(fiscal),
                None if other is None else amount(other),
            )
        plan = None
        if draft.plan_rows:
            plan = read_spending_plan(draft.plan_rows, anchors, funding, index, self.layouts, self.targets, self.faults)
        indicators, categories, subcategories = NO_INDICATORS
        if draft.header is not None or draft.indicator_rows:
            indicators, categories, subcategories = self.indicator_tables.read(draft, index, self.layouts, self.faults)
        asides = draft.asides
        if draft.late_headings:
            asides = self._late_part_one(draft.late_headings, asides)
        projects.append(
            Project(
                index,
                _written(item_number(number.group())) if number else None,
                title.text[number.end() :].strip() if number else title.text or None,
                draft.code,
                draft.name,
                draft.unit,
                draft.money_unit,
                funding,
                draft.usage,
                plan,
                draft.goals,
                indicators,
                categories,
                subcategories,
                anchors,
                tuple(asides),
            )
        )

    def part_one(self, _: list[Any]) -> None:
        return None

    projects = part_two = document = start = part_one

    # ---- inside rows ---------------------------------------------------------------------------------------

    def _field(
        self, row: Row, cells: Sequence[str], places: Mapping[str, int | None], label: str, field: str
    ) -> str | None:
        """The text behind ``label``; None where the label itself is missing, empty where its cell is."""
        index = places.get(label, -1)
        if index == -1:
            return None
        anchors = self.draft.anchors  # type: ignore[union-attr]  # a row is always in a table
        if index is None:
            anchors[field] = (row, 0)
            return ""
        anchors[field] = (row, index)
        return cells[index].strip()


def _written(number: int | None) -> str | None:
    return None if number is None else str(number)
