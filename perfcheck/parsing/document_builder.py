"""Lark's callbacks for ``document.lark``: each method is named like the grammar rule it completes.

Lark calls them while it parses, innermost first, so the model grows without a tree in between. One builder
serves one document at a time; :meth:`DocumentBuilder.begin` clears it.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping, Sequence, Union

from perfcheck.model.document import (
    Anchor,
    BudgetUnit,
    DepartmentGoals,
    DutyGoal,
    Fault,
    Funding,
    Project,
    Section,
    SpendingPlan,
)
from perfcheck.model.numerals import to_number
from perfcheck.model.target import Amount
from perfcheck.parsing.indicator_rows import IndicatorRows
from perfcheck.parsing.row_layout import RowLayouts
from perfcheck.parsing.row_lexer import FormWords
from perfcheck.parsing.spending_plan import read_spending_plan
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.source import Paragraph, Row

Aside = Union[Paragraph, Row]
NO_UNIT = BudgetUnit(None, None)


class Draft:
    """A project table while its rows come in."""

    def __init__(self, title: Paragraph, asides: list[Aside]) -> None:
        self.title = title
        self.asides = asides
        self.unit = NO_UNIT
        self.money_unit: str | None = None
        self.code: str | None = None
        self.name: str | None = None
        self.funding: tuple[str | None, str | None, str | None] | None = None
        self.usage: str | None = None
        self.plan_rows: list[Row] = []
        self.goals: tuple[str, ...] = ()
        self.indicator_rows: list[Row] = []
        self.anchors: dict[str, Anchor] = {}


class DocumentBuilder:
    """Collects one document's parts; ``words`` and ``layouts`` are set once the parser exists."""

    words: FormWords
    layouts: RowLayouts

    def __init__(self, targets: TargetParser) -> None:
        self.targets = targets
        self.begin()

    def begin(self) -> None:
        """Forget the last document."""
        self.draft: Draft | None = None
        self.projects: list[Project] = []
        self.faults: list[Fault] = []
        self.preface_lines: tuple[Paragraph, ...] = ()
        self.part_one_headings: list[Paragraph] = []
        self.part_two_headings: list[Paragraph] = []
        self.part_two_asides: list[Paragraph] = []
        self.sections: dict[str, list[list[Paragraph]]] = {"overall_goal": [], "duty_goals": [], "safeguards": []}
        self.duties: list[DutyGoal] = []
        self.indicator_tables = IndicatorRows(self.targets)

    # ---- part one ------------------------------------------------------------------------------------------

    def preface(self, lines: list[Paragraph]) -> None:
        self.preface_lines = tuple(lines)

    def part_one_heading(self, lines: list[Paragraph]) -> None:
        self.part_one_headings.append(lines[0])

    def overall_goal(self, lines: list[Paragraph]) -> None:
        self.sections["overall_goal"].append(lines)

    def safeguards(self, lines: list[Paragraph]) -> None:
        self.sections["safeguards"].append(lines)

    def duty_goals(self, children: list[Any]) -> None:
        self.sections["duty_goals"].append([child for child in children if isinstance(child, Paragraph)])

    def duty_goal(self, lines: list[Paragraph]) -> None:
        head = lines[0]
        number = self.words.enumerator(head.text)
        first = head.text[number.end() :].strip()
        parts: dict[str, list[str]] = {"TEXT": [first] if first else [], "GOAL_LINE": [], "INDICATOR_LINE": []}
        current = "TEXT"
        for line in lines[1:]:
            text = line.text
            if line.type != "TEXT":
                current = line.type
                text = text[5:].strip()  # the label and its colon, both lines' labels being four characters long
            parts[current].append(text)
        name, goal, indicator = ("\n".join(part) or None for part in parts.values())
        if goal is None and indicator is None:
            name, goal = None, name
        self.duties.append(DutyGoal(number.group().strip(), name, goal, indicator, head.line))

    def department(self) -> DepartmentGoals:
        """Part one as it stands when the document is through."""
        return DepartmentGoals(
            tuple(self.part_one_headings),
            self._section("overall_goal"),
            self._section("duty_goals"),
            tuple(self.duties),
            self._section("safeguards"),
        )

    def _section(self, name: str) -> Section:
        found = self.sections[name]
        text = "\n".join(line.text for lines in found for line in lines[1:])
        return Section(tuple(lines[0] for lines in found), text or None)

    # ---- part two ------------------------------------------------------------------------------------------

    def part_two_heading(self, lines: list[Paragraph]) -> None:
        self.part_two_headings.append(lines[0])
        self.part_two_asides.extend(lines[1:])

    def title(self, children: list[Any]) -> None:
        self.draft = Draft(children[0], children[1:])

    def unit(self, rows: list[Any]) -> None:
        draft = self._open
        for row in rows:
            if row.type != "UNIT_ROW":
                draft.asides.append(row)
                continue
            unit, money_unit, anchors = self.layouts.unit(tuple(row.cells))
            if unit is not None:
                draft.unit = unit
            if money_unit is not None:
                draft.money_unit = money_unit
            for field, cell in anchors:
                draft.anchors[field] = (row, cell)

    def identity(self, rows: list[Any]) -> None:
        draft = self._open
        row = rows[0]
        cells, places = row.cells, self.layouts.places(row.cells)
        draft.code = self._field(row, cells, places, "CODE_LABEL", "code")
        draft.name = self._field(row, cells, places, "NAME_LABEL", "name")
        self._aside(rows)

    def funding(self, rows: list[Any]) -> None:
        draft = self._open
        row = rows[0]
        cells, places = row.cells, self.layouts.places(row.cells)
        field = self._field
        draft.funding = (
            field(row, cells, places, "TOTAL_LABEL", "total"),
            field(row, cells, places, "FISCAL_LABEL", "fiscal"),
            field(row, cells, places, "OTHER_LABEL", "other"),
        )
        draft.anchors["funding"] = (row, 0)
        if "USAGE_LABEL" in places:
            draft.usage = field(row, cells, places, "USAGE_LABEL", "usage")
        self._aside(rows)

    def usage(self, rows: list[Any]) -> None:
        draft = self._open
        row = rows[0]
        cells = row.cells
        index = 1 if len(cells) > 1 else 0
        text = cells[index] if len(cells) < 3 else "\n".join(cell for cell in cells[1:] if cell.strip())
        draft.usage = text.strip()
        draft.anchors["usage"] = (row, index)
        self._aside(rows)

    def spending_plan(self, rows: list[Any]) -> None:
        draft = self._open
        for row in rows:
            if row.type == "PLAN_HEADER" or row.type == "PLAN_ROW":
                draft.plan_rows.append(row)
            else:
                draft.asides.append(row)

    def goals(self, rows: list[Any]) -> None:
        draft = self._open
        row = rows[0]
        cells = row.cells
        text = "\n".join(cells[1:]) if len(cells) > 2 else cells[1] if len(cells) > 1 else ""
        draft.goals = self._goal_items(text)
        draft.anchors["goals"] = (row, 1 if len(cells) > 1 else 0)
        self._aside(rows)

    def indicators(self, children: list[Any]) -> list[Row]:
        rows: list[Row]
        if len(children) == 1:
            rows = self._open.indicator_rows
            rows.append(children[0])
            return rows
        rows, row = children
        if row.type == "INDICATOR_ROW" or row.type == "INDICATOR_HEADER":
            rows.append(row)
        else:
            self._open.asides.append(row)
        return rows

    def project(self, _: list[Any]) -> None:
        draft = self._open
        self.draft = None
        projects = self.projects
        index = len(projects)
        title = draft.title
        number = self.words.enumerator(title.text)
        anchors = draft.anchors
        anchors["title"] = title
        funding = None
        if draft.funding is not None:
            amount = self._amount
            total, fiscal, other = draft.funding
            funding = Funding(amount(total), amount(fiscal), amount(other))
        plan = None
        if draft.plan_rows:
            plan = self._plan(draft, funding, index)
        indicators = ()
        if draft.indicator_rows:
            indicators = self.indicator_tables.read(draft, index, self.layouts, self.faults)
        projects.append(
            Project(
                index,
                _number(number.group()) if number else None,
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
                anchors,
                tuple(draft.asides),
            )
        )

    def part_one(self, _: list[Any]) -> None:
        return None

    part_two = document = start = part_one

    # ---- inside rows ---------------------------------------------------------------------------------------

    @property
    def _open(self) -> Draft:
        draft = self.draft
        assert draft is not None  # the grammar opens a table with its title
        return draft

    def _field(
        self, row: Row, cells: Sequence[str], places: Mapping[str, int | None], label: str, field: str
    ) -> str | None:
        """The text behind ``label``; None where the label itself is missing, empty where its cell is."""
        if label not in places:
            return None
        index = places[label]
        if index is None:
            self._open.anchors[field] = (row, 0)
            return ""
        self._open.anchors[field] = (row, index)
        return cells[index].strip()

    def _amount(self, text: str | None) -> Amount | None:
        return None if text is None else self.targets.amount(text)

    def _plan(self, draft: Draft, funding: Funding | None, index: int) -> SpendingPlan:
        return read_spending_plan(draft.plan_rows, draft.anchors, funding, index, self.words, self.targets, self.faults)

    def _goal_items(self, text: str) -> tuple[str, ...]:
        """The goals of one cell: a line that begins with a number begins a goal, other lines continue it."""
        if "\n" not in text:
            text = text.strip()
            return (text,) if text else ()
        goals: list[str] = []
        for line in text.split("\n"):
            line = line.strip()
            if not line:
                continue
            if goals and not self.words.enumerator(line):
                goals[-1] += "\n" + line
            else:
                goals.append(line)
        return tuple(goals)

    def _aside(self, rows: Iterable[Any]) -> None:
        """Keep what stood behind the row itself."""
        asides = list(rows)[1:]
        if asides:
            self._open.asides.extend(asides)


def _number(enumerator: str) -> str | None:
    """The bare number of a title's or an item's enumerator, ``（三）`` -> ``3``."""
    number = to_number("".join(character for character in enumerator if character.isalnum() or "①" <= character <= "⑳"))
    return None if number is None else str(number)


Callback = Callable[[list[Any]], Any]
