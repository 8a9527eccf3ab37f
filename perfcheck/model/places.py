"""Where the parts of a document stand: the one place in which lines and columns are worked out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import Any

from perfcheck.finding import Location, Step
from perfcheck.memories import once_a_document
from perfcheck.model.document import Anchor, Document, DutyGoal, Fault, Indicator, PlanCell, Project
from perfcheck.model.lines import lines_of
from perfcheck.model.passages import Passage
from perfcheck.source import Paragraph, Place, Row, Span

Node = Any
"""A document, project, installment of a project, indicator, fault, line of text or row."""

_made: Any = tuple.__new__
"""Makes a named tuple of its values, without the detour through its own constructor."""

ROW_OF_FIELD = {
    "code": ("name",),
    "name": ("code",),
    "total": ("funding",),
    "fiscal": ("funding",),
    "other": ("funding",),
    "usage": ("funding",),
    "plan_values": ("spending_plan",),
    "money_unit": ("unit",),
    "unit": ("money_unit",),
    "header": (),
    "indicators": ("header", "goals"),
    "goals": ("plan_values", "spending_plan"),
}
"""Where a field is looked for when its own cell is missing, before the title of the table."""


def locate(document: Document, node: Node, field: str) -> Location:
    """The place of ``field`` of ``node`` in ``document``; of the nearest part above it where that is missing."""
    return _LOCATORS.get(node.__class__, _in_document)(document, node, field)


def narrowed(location: Location, start: int, end: int) -> Location:
    """``location`` with its place on characters ``start`` to ``end`` of its text, the end exclusive."""
    place, text = location.place, location.text
    before = text[:start]
    breaks = before.count("\n")
    line = place.span.line + breaks
    column = start - before.rfind("\n") if breaks else place.span.column + start
    inside = text[start:end]
    if "\n" in inside:
        span = Span(line, column, line + inside.count("\n"), len(inside) - inside.rfind("\n"))
    else:
        span = Span(line, column, line, column + len(inside))
    return Location(place._replace(span=span), location.steps, text, (start, end))


def _in_plan(document: Document, cell: PlanCell, field: str) -> Location:
    project, installment = cell
    row, _ = project.anchors["plan_values"]  # type: ignore[misc]  # a period stands in a row
    steps = (_project_step(document, project), _step("spending_plan"), Step("due", installment.due))
    return _cell(row, min(installment.cell, len(row.cells) - 1), steps)


def _at_fault(document: Document, fault: Fault, field: str) -> Location:
    steps = () if fault.project is None else (_project_step(document, document.projects[fault.project]),)
    return _anchor(fault.anchor, (*steps, _step(field)))


def _at_line(document: Document, line: Paragraph, field: str) -> Location:
    return _anchor(line, _steps_of_line(document, line, field))


def _at_row(document: Document, row: Row, field: str) -> Location:
    return _anchor((row, 0), _steps_of_line(document, row, field))


def _at_duty(document: Document, duty: DutyGoal, field: str) -> Location:
    return _line(document, duty.line, (Step("duty_goal", f"{duty.number or ''}{duty.name or ''}"),))


def _at_passage(document: Document, passage: Passage, field: str) -> Location:
    owner = passage.owner
    if isinstance(owner, Paragraph):
        return _anchor(owner, (_step(passage.part),))
    return locate(document, owner, passage.part)


def _in_document(document: Document, node: Document, field: str) -> Location:
    return _line(document, _line_of_document_field(document, field), (_step(field),))


def _in_project(document: Document, project: Project, field: str) -> Location:
    steps = (_project_step(document, project), _step(field))
    for name in (field, *ROW_OF_FIELD.get(field, ()), "title"):
        anchor = project.anchors.get(name)
        if anchor is not None:
            if name == "title" and field == "title":
                steps = (*steps[:1], _step("title"))
            return _anchor(anchor, steps)
    raise LookupError(f"a project without a title: {project.position}")


def _in_indicator(document: Document, indicator: Indicator, field: str) -> Location:
    project = document.projects[indicator.project]
    column = indicator.columns.get(field, 0)
    ordinals = _ordinals(document)
    known = ordinals.get(project.position)
    if known is None:
        known = ordinals[project.position] = {id(row): at for at, row in enumerate(project.indicators, 1)}
    ordinal = known.get(id(indicator)) or project.indicators.index(indicator) + 1
    name = indicator.name or indicator.subcategory
    part = "indicator.name" if field == "name" else field  # a project has a name, too
    steps = (_project_step(document, project), _made(Step, ("indicator", name, str(ordinal))), _step(part))
    row = indicator.row
    return _cell(row, min(column, len(row.cells) - 1), steps)


def _project_step(document: Document, project: Project) -> Step:
    return _project_steps(document)[project.position]


@once_a_document
def _project_steps(document: Document) -> list[Step]:
    """The step to each table: many findings of a document go by it."""
    return [Step("project", project.name or project.title, str(project.position + 1)) for project in document.projects]


@once_a_document
def _ordinals(document: Document) -> dict[int, dict[int, int]]:
    """Of tables in which something was found: which row each indicator is, by its identity.

    Comparing rows cell by cell would take ten times as long.
    """
    return {}


_step = cache(Step)
"""The step to a part by its kind alone, of which there are few."""


def _steps_of_line(document: Document, line: Paragraph | Row, field: str) -> tuple[Step, ...]:
    project = _tables_of_asides(document).get(id(line))
    return (_step(field),) if project is None else (_project_step(document, project), _step(field))


@once_a_document
def _tables_of_asides(document: Document) -> dict[int, Project]:
    return {id(aside): project for project in document.projects for aside in project.asides}


def _line_of_document_field(document: Document, field: str) -> int:
    """The line nearest to where a missing part of the document should stand."""
    department = document.department
    sections = {
        "overall_goal": department.overall_goal,
        "duty_goals": department.duty_section,
        "safeguards": department.safeguards,
    }
    if field in sections and sections[field].headings:
        return sections[field].headings[0].line
    if field in ("part_one", *sections) and department.headings:
        return department.headings[0].line
    if field in ("part_two", "projects"):
        if document.project_headings:
            return document.project_headings[0].line
        for project in document.projects:
            title = project.anchors["title"]
            return title.line if isinstance(title, Paragraph) else title[0].line
        return document.source.text.count("\n") + (not document.source.text.endswith("\n"))
    return 1


def _anchor(anchor: Anchor, steps: tuple[Step, ...]) -> Location:
    if isinstance(anchor, Paragraph):
        length = max(len(anchor.text), 1)
        column = anchor.column or 1
        return Location(
            Place(Span(anchor.line, column, anchor.line, column + length), anchor.origin), steps, anchor.text
        )
    return _cell(anchor[0], anchor[1], steps)


def _cell(row: Row, index: int, steps: tuple[Step, ...]) -> Location:
    """The span of a cell; a blank cell is marked at its tab, so that there is something to point at."""
    line = row.cell_line(index)
    text = row.cells[index]
    origin = row.origins[index] if row.origins is not None else None
    stripped = text.strip()
    if not stripped:
        return Location(Place(Span(line, 1, line, 2), origin), steps, "")
    if stripped == text and "\n" not in text:
        place = _made(Place, (_made(Span, (line, 2, line, 2 + len(text))), origin))
        return _made(Location, (place, steps, text, None, None))  # type: ignore[no-any-return]
    lead = len(text) - len(text.lstrip())
    breaks = text.count("\n", 0, lead)
    line += breaks
    # a cell's own line begins with the tab in column 1, its further lines without one
    column = lead - text.rfind("\n", 0, lead) if breaks else lead + 2
    if "\n" in stripped:
        end = Span(line, column, line + stripped.count("\n"), len(stripped) - stripped.rfind("\n"))
    else:
        end = Span(line, column, line, column + len(stripped))
    return Location(Place(end, origin), steps, stripped)


def _line(document: Document, number: int, steps: tuple[Step, ...]) -> Location:
    text = lines_of(document.source.text).line(number)
    stripped = text.strip()
    column = text.find(stripped[:1]) + 1 if stripped else 1
    span = Span(number, column, number, column + max(len(stripped), 1))
    return Location(place_of_line(document, number)._replace(span=span), steps, stripped)


def place_of_line(document: Document, number: int) -> Place:
    """Where line ``number`` of the canonical text stands; in a file that is no plain text, the nearest place above."""
    place = Place(Span(number, 1, number, 1))
    blocks = document.source.blocks
    if not blocks:
        return place
    block = blocks[max(bisect_right(blocks, number, key=lambda each: each.line) - 1, 0)]
    if isinstance(block, Paragraph):
        return place._replace(origin=block.origin)
    if not block.origins:
        return place
    index = max(at for at in range(len(block.origins)) if at == 0 or block.cell_line(at) <= number)
    return place._replace(origin=block.origins[index])


_LOCATORS: dict[type, Callable[[Document, Any, str], Location]] = {
    Project: _in_project,
    Indicator: _in_indicator,
    PlanCell: _in_plan,
    Fault: _at_fault,
    Paragraph: _at_line,
    Row: _at_row,
    DutyGoal: _at_duty,
    Passage: _at_passage,
}
"""Kind of node -> how its place is found; everything else is a part of the document itself."""
