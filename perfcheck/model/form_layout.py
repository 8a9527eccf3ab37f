"""Layouts of the form (表样): which year's and which place's form a document follows, and on what evidence.

What tells a layout is data of the packs (``layouts/*.yaml``); here is how a document is held against it.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfcheck.model.document import Document
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

POINTS_OF_YEAR = 4
"""What the budget year weighs beside the marks of a layout."""
LEAST_POINTS = 3
"""A layout with fewer points is not taken for the document's."""


class Mark(NamedTuple):
    """Something that tells a layout: codes that match, or class names that occur or do not."""

    about_zh: str
    about_en: str
    field: str
    """code, category or subcategory."""
    matches: str | None
    any_of: frozenset[str]
    none_of: frozenset[str]
    points: int


class FormLayout(NamedTuple):
    """One layout of the form and how it is told."""

    id: str
    title_zh: str
    title_en: str
    first_year: int | None
    last_year: int | None
    marks: tuple[Mark, ...]


class LayoutFound(NamedTuple):
    """The layouts a document may follow: one, several that cannot be told apart, or none."""

    layouts: tuple[FormLayout, ...]
    evidence: tuple[Mark, ...]
    """The marks that speak for them, those of the first."""
    by_year: bool
    """Whether the budget year speaks for them, too."""

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the layouts."""
        return frozenset(layout.id for layout in self.layouts)


def recognise(document: Document, layouts: Sequence[FormLayout]) -> LayoutFound:
    """The layouts with the most points; a layout for other years than the document's is none of them."""
    year = document.budget_year.year
    values = {
        "code": [code for project in document.projects if (code := "".join((project.code or "").split()))],
        "category": sorted({name for project in document.projects for name in project.categories}),
        "subcategory": sorted({name for project in document.projects for name in project.subcategories}),
    }
    scored: dict[int, list[tuple[FormLayout, tuple[Mark, ...]]]] = {}
    for layout in layouts:
        if year is not None and not _covers(layout, year):
            continue
        met = tuple(mark for mark in layout.marks if _meets(mark, values[mark.field]))
        points = sum(mark.points for mark in met) + (POINTS_OF_YEAR if year is not None else 0)
        scored.setdefault(points, []).append((layout, met))
    most = max(scored, default=0)
    if most < LEAST_POINTS:
        return LayoutFound((), (), False)
    best = scored[most]
    return LayoutFound(tuple(layout for layout, _ in best), best[0][1], year is not None)


def _covers(layout: FormLayout, year: int) -> bool:
    return not (
        (layout.first_year is not None and year < layout.first_year)
        or (layout.last_year is not None and year > layout.last_year)
    )


def _meets(mark: Mark, values: Sequence[str]) -> bool:
    """Most codes match, a name occurs, none of the names does; where there are no values nothing is met."""
    if not values:
        return False
    if mark.matches is not None:
        fullmatch = compiled(mark.matches).fullmatch
        return 2 * sum(fullmatch(value) is not None for value in values) > len(values)
    if mark.any_of:
        return not mark.any_of.isdisjoint(values)
    return mark.none_of.isdisjoint(values)
