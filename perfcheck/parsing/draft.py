"""A project table while the parser is still inside it."""

from __future__ import annotations

from collections.abc import Callable

from perfcheck.model.document import Anchor, BudgetUnit, Project
from perfcheck.parsing.tokens import Part, Token
from perfcheck.source import Paragraph, Row

Aside = Paragraph | Row
NO_UNIT = BudgetUnit(None, None)


class Draft:
    """A project table while its rows come in; what no row has given keeps the class's value."""

    unit = NO_UNIT
    money_unit: str | None = None
    code: str | None = None
    name: str | None = None
    funding: tuple[str | None, str | None, str | None] | None = None
    usage: str | None = None
    goals: tuple[str, ...] = ()

    def __init__(self, title: Paragraph, asides: list[Aside]) -> None:
        self.title = title
        self.asides = asides
        self.late_headings: list[Paragraph] = []
        self.plan_rows: list[Row] = []
        self.header: Row | None = None
        self.indicator_rows: list[Row] = []
        self.anchors: dict[str, Anchor] = {}
        self.tokens: list[Token] = []
        """All that Lark has dealt out so far, in order."""
        self.parts: list[Part] = []
        self.regular = True
        """Whether the grammar had a place for everything."""


def is_bare_title(project: Project, title: Paragraph) -> bool:
    """Whether ``project`` is nothing but the same ``title``."""
    if len(project.anchors) > 1 or project.asides or project.indicators or not title.text:
        return False
    first = project.anchors["title"]
    return isinstance(first, Paragraph) and first.text.split() == title.text.split()


def goal_items(text: str, enumerator: Callable[[str], object]) -> tuple[str, ...]:
    """The goals of one cell: a line that begins with an ``enumerator`` begins a goal, other lines continue it."""
    if "\n" not in text:
        text = text.strip()
        return (text,) if text else ()
    goals: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        if goals and not enumerator(line):
            goals[-1] += "\n" + line
        else:
            goals.append(line)
    return tuple(goals)
