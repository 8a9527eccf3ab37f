"""What Lark is fed besides the reader's own blocks: single cells, runs of rows, whole tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from perfcheck.source import Block, Paragraph, Row

Part = tuple[Callable[..., None], int, int]
"""A builder's callback and which tokens of a table it takes: from, to."""


class Cell:
    """One cell as a token, for the grammar of what stands inside a row."""

    __slots__ = ("index", "text", "type")
    line = column = end_line = end_column = start_pos = end_pos = None

    def __init__(self, type: str, text: str, index: int) -> None:
        self.type = type
        self.text = text
        self.index = index


class RowRun(Block):
    """Consecutive rows of indicators: half of all rows, and the grammar has the same place for each of them."""

    __slots__ = ("rows",)

    def __init__(self, rows: list[Row]) -> None:
        self.type = "INDICATOR_ROWS"
        self.rows = rows
        self.line = rows[0].line


class UnitLine(Paragraph):
    """A line between a title and its table that says what the row above a table does: 600001某县某局  单位：万元.

    ``pieces`` are its parts, each with its place, ``cells`` their texts.
    """

    __slots__ = ("cells", "pieces")

    def __init__(self, line: Paragraph, parts: Sequence[tuple[int, str]]) -> None:
        super().__init__(line.text, line.line, line.column or 1, line.origin)
        self.type = "UNIT_ROW"
        self.pieces = [Paragraph(text, self.line, (line.column or 1) + at, line.origin) for at, text in parts]
        self.cells = [text for _, text in parts]


Token = Paragraph | Row | RowRun


class Table(Block):
    """A whole table of a shape Lark has parsed before: its tokens, and to which callbacks Lark gave such tokens."""

    __slots__ = ("parts", "tokens")

    def __init__(self, tokens: Sequence[Any], parts: Sequence[Part]) -> None:
        self.type = "TABLE"
        self.tokens = tokens
        self.parts = parts
        self.line = tokens[0].line
