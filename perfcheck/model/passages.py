"""The prose of a document, piece by piece: what a reader of sentences goes through from the first page to the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, islice
from operator import add
from typing import Any

from perfcheck.memories import once_a_document
from perfcheck.model.document import Document, Indicator, PlanCell, Project
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled
from perfcheck.source import Paragraph

PROJECT_PARTS = ("usage", "goals")
FIGURES = ("code", "total", "fiscal", "other")
_FULL_WIDTH = compiled("[０-９Ａ-Ｚａ-ｚ]")
INDICATOR_PARTS = ("name", "description", "basis")
BETWEEN_TEXTS = "\n\0\n"
"""What no pattern reads across, and no word has inside."""


class Passage(NamedTuple):
    """A paragraph of part one or the text of one cell of a project table, outer white space taken off."""

    part: str
    """Which part of the form it stands in: overall_goal, duty_goals, safeguards, title, usage, goals, name,
    description or basis; among written texts also target, and where they have signs of full width figures."""
    text: str
    owner: Paragraph | Project | Indicator | PlanCell
    project: int | None
    """Index of its table in ``Document.projects``; None in part one."""


class Prose(list[Passage]):
    """Passages that can be searched all at once, for what most of them do not have."""

    def __init__(self, found: Iterable[Passage], first: Prose | None = None) -> None:
        super().__init__(found)
        self._first = first
        """Other prose this one begins with, whose texts need not be gone through again."""
        self._with_sign: dict[str, list[str]] = {}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every distinct text once."""
        first = self._first
        if first is None:
            return tuple(dict.fromkeys([passage.text for passage in self]))
        return tuple(dict.fromkeys((*first.texts, *(passage.text for passage in islice(self, len(first), None)))))

    @cached_property
    def whole(self) -> str:
        """Every distinct text once, :data:`BETWEEN_TEXTS` between two."""
        return BETWEEN_TEXTS.join(self.texts)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters that occur at all."""
        first = self._first
        if first is None:
            return frozenset(self.whole)
        return first.letters.union("".join(islice(self.texts, len(first.texts), None)))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The characters that occur next to one another, two and two."""
        return frozenset(map(add, self.whole, islice(self.whole, 1, None)))

    def texts_with(self, sign: str) -> list[str]:
        """The distinct texts that have ``sign``."""
        found = self._with_sign.get(sign)
        if found is None:
            found = self._with_sign[sign] = [text for text in self.texts if sign in text] if sign in self.whole else []
        return found

    def with_text_in(self, wanted: Mapping[str, Any], signs: str = "") -> list[Passage]:
        """The passages to whose text ``wanted`` has something to say; with ``signs`` only those that have one."""
        candidates = chain.from_iterable(map(self.texts_with, signs)) if signs else self.texts
        texts = set(filter(wanted.__getitem__, candidates))
        return [passage for passage in self if passage.text in texts] if texts else []


_made: Any = tuple.__new__
"""Makes a named tuple of its values, without the detour through its own constructor."""


@once_a_document
def passages(document: Document) -> Prose:
    """All prose of ``document`` in reading order; blank cells, labels and values are none."""
    found = Prose(part_one(document))
    for project in document.projects:
        for part in PROJECT_PARTS:
            text = cell_text(project, part)
            if text:
                found.append(Passage(part, text, project, project.position))
        columns = None
        for indicator in project.indicators:
            cells = indicator.row.cells
            if columns is not indicator.columns:  # nearly all rows of a table share them
                columns = indicator.columns
                places = [(part, columns[part]) for part in INDICATOR_PARTS if part in columns]
            for part, column in places:
                if column < len(cells):
                    text = cells[column].strip()
                    if text:
                        found.append(_made(Passage, (part, text, indicator, indicator.project)))
    return found


@once_a_document
def written_texts(document: Document) -> Prose:
    """All prose of ``document``, the names of its projects, the values of its indicators, figures in full width."""
    prose = passages(document)
    found = Prose(prose, prose)
    for project in document.projects:
        text = cell_text(project, "name")
        if text:
            found.append(Passage("name", text, project, project.position))
        for indicator in project.indicators:
            column = indicator.columns.get("target")
            if indicator.target.text and column is not None and column < len(indicator.row.cells):
                text = indicator.row.cells[column].strip()
                found.append(_made(Passage, ("target", text, indicator, indicator.project)))
        found.extend(_in_full_width(project))
    return found


def _in_full_width(project: Project) -> Iterator[Passage]:
    """The cells of codes, amounts and the spending plan that have signs of full width, which are read like others."""
    for part in FIGURES:
        text = cell_text(project, part)
        if not text.isascii() and _FULL_WIDTH.search(text):
            yield Passage(part, text, project, project.position)
    if plan := project.spending_plan:
        for at, text in enumerate(plan.texts):
            if not text.isascii() and _FULL_WIDTH.search(text):
                yield Passage("plan_values", text, PlanCell(project, plan.installment(at)), project.position)


def with_numbers(document: Document) -> list[Passage]:
    """The passages of ``document`` that have a number in digits or in Chinese, but for 指标值确定依据."""
    prose = passages(document)
    search = compiled(r"[\d二三四五六七八九十百]").search
    numbered = {text for text in prose.texts if search(text)}
    return [passage for passage in prose if passage.text in numbered and passage.part != "basis"]


def row_text(indicator: Indicator, part: str) -> str:
    """The whole text of one cell of an indicator row, its line breaks kept; empty where there is none."""
    cells, column = indicator.row.cells, indicator.columns.get(part)
    return cells[column].strip() if column is not None and column < len(cells) else ""


def cell_text(project: Project, part: str) -> str:
    """The whole text of a labelled cell of a table, its line breaks kept; empty where there is none."""
    anchor = project.anchors.get(part)
    if anchor is None:
        return ""
    if isinstance(anchor, Paragraph):
        return anchor.text.strip()
    row, cell = anchor
    return row.cells[cell].strip() if cell < len(row.cells) else ""


@once_a_document
def part_one(document: Document) -> tuple[Passage, ...]:
    """The paragraphs below the headings of part one's sections."""
    return tuple(_part_one(document))


def lacks_section(document: Document) -> bool:
    """Whether a section of part one has no heading, so that its lines are taken for those of another."""
    department = document.department
    sections = (department.overall_goal, department.duty_section, department.safeguards)
    return not all(section.headings for section in sections)


def _part_one(document: Document) -> Iterator[Passage]:
    department = document.department
    sections = {
        "overall_goal": department.overall_goal,
        "duty_goals": department.duty_section,
        "safeguards": department.safeguards,
    }
    headings = {heading.line: (part, heading) for part, section in sections.items() for heading in section.headings}
    end = {id(heading) for heading in document.project_headings}
    end.update(id(project.anchors["title"]) for project in document.projects if "title" in project.anchors)
    part = None
    for block in document.source.blocks:
        if id(block) in end or not isinstance(block, Paragraph):
            break
        part, heading = headings.get(block.line, (part, None))
        if block is not heading and part is not None and block.text.strip():
            yield Passage(part, block.text, block, None)
