"""Across the documents of one run: what two of them must not share, and what they must agree on.

A check of this kind does not judge: it gives the *traces* of a document, which the engine holds against those of the
others. Traces are small, so that a run over thousands of documents need not keep the documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from perfcheck.checks.presence import Read, known_word
from perfcheck.checks.texts import fold, folded
from perfcheck.model.passages import cell_text, part_one
from perfcheck.named_tuples import NamedTuple

LENGTH_OF_REGION = 6


class Trace(NamedTuple):
    """Something of a document that another may have too: ``key`` is compared, ``text`` is shown."""

    key: str
    text: str
    node: Any
    field: str


class Traces(NamedTuple):
    """How the traces of a document are found and what they mean between two documents."""

    of: Callable[[Any], Iterable[Trace]]
    agree: bool
    """The text of equal keys must be the same; else no two documents may have the same key."""
    other_units: bool
    """Documents of one unit may share a trace."""
    first_only: bool
    """One finding for a document is enough."""

    def __call__(self, node: Any, document: Any) -> None:
        """Nothing is found in one document alone."""


def shared(read: Read, *, of: str, at_least: int = 1, sections: list[str] = []) -> Traces:  # noqa: B006 -- never changed
    """No two documents have the same project ``codes``, whole ``tables`` or ``paragraphs``.

    Codes and paragraphs have ``at_least`` so many characters, tables so many indicators; paragraphs stand in one of
    ``sections``. Documents of one unit may share tables and paragraphs, versions of one document its codes.
    """
    known_word(of, "codes", "tables", "paragraphs")

    def codes(document: Any) -> Iterator[Trace]:
        for project in document.projects:
            code = "".join((project.code or "").split())
            if len(code) >= at_least:
                yield Trace(code, code, project, "code")

    def tables(document: Any) -> Iterator[Trace]:
        for project in document.projects:
            if len(project.indicators) >= at_least:
                cells = [cell for row in project.indicators for cell in row.row.cells]
                content = folded("".join((cell_text(project, "usage"), cell_text(project, "goals"), *cells)))
                yield Trace(content, project.name or project.title or "", project, "title")

    def paragraphs(document: Any) -> Iterator[Trace]:
        for passage in part_one(document):
            if passage.part in sections:
                text = folded(passage.text)
                if len(text) >= at_least:
                    yield Trace(text, passage.text, passage, "text")

    find = {"codes": codes, "tables": tables, "paragraphs": paragraphs}[of]
    return Traces(find, False, of != "codes", of == "paragraphs")


def unit_names(read: Read, *, endings: list[str]) -> Traces:
    """Documents with one unit code and one region (of their project codes) name the unit alike, ``endings`` aside."""

    def units(document: Any) -> Iterator[Trace]:
        code, name = document.unit.code, fold(document.unit.name or "")
        regions = {(project.code or "")[:LENGTH_OF_REGION] for project in document.projects}
        region = next(iter(regions)) if len(regions) == 1 else ""
        if not code or not name or not region.isdecimal() or not document.projects:
            return
        for ending in endings:
            name = name.removesuffix(ending)
        yield Trace(f"{region} {code}", name, document.projects[0], "unit")

    return Traces(units, True, False, True)
