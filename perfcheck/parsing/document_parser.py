"""Text to model: Lark parses the blocks of a document, recovery keeps what has no place, nothing is refused."""

from __future__ import annotations

from collections import Counter
from typing import Any

from perfcheck.model.document import BudgetUnit, Document
from perfcheck.parsing.budget_year import find_budget_year
from perfcheck.parsing.document_builder import DocumentBuilder
from perfcheck.parsing.draft import NO_UNIT
from perfcheck.parsing.form_words import FormWords
from perfcheck.parsing.lark_parser import document_parser
from perfcheck.parsing.recovery import Recovery
from perfcheck.parsing.row_layout import RowBuilder, RowLayouts
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.source import SourceText


class Callbacks(DocumentBuilder, RowBuilder):
    """All callbacks of ``document.lark`` in the one object Lark takes."""


class DocumentParser:
    """The parser of whole documents; make one and use it for many."""

    def __init__(self) -> None:
        self._builder = Callbacks(TargetParser())
        lark = document_parser(self._builder)
        lexer = lark.parser.lexer
        self._parse: Any = lark.parse
        self._tokens = lexer.tokens
        self.words = self._builder.words = lexer.words
        self._builder.layouts = RowLayouts(lark.parse, lexer.words)

    def is_landmark(self, line: str) -> bool:
        """Whether ``line`` opens a part of the form; the readers ask this."""
        words: FormWords = self.words
        return words.is_landmark(line)

    def parse(self, source: SourceText, year: int | None = None) -> Document:
        """The model of ``source``; ``year`` overrides the budget year found in it. Never raises on content."""
        builder = self._builder
        builder.begin(source.blocks)
        tokens = builder.shapes.with_known_tables(self._tokens(source.blocks))
        self._parse(tokens, start="start", on_error=Recovery(builder))
        department = builder.department()
        projects = tuple(builder.read_projects)
        document = Document(
            source,
            _unit_of(projects),
            find_budget_year(builder, department, projects, year),
            department,
            tuple(builder.part_two_headings),
            projects,
            (*builder.preface_lines, *builder.part_one_asides, *builder.part_two_asides),
            tuple(builder.faults),
        )
        builder.begin()  # hold nothing of it while the next document is read into the memory that this one leaves
        return document


def _unit_of(projects: Any) -> BudgetUnit:
    """The unit most tables name."""
    units = Counter(project.unit for project in projects if project.unit is not NO_UNIT)
    return units.most_common()[0][0] if units else NO_UNIT  # with a number it would import heapq
