"""The lexer Lark is given: one token for each line of running text and each table row.

The tokens are the reader's own blocks with the name of their terminal; :mod:`~perfcheck.parsing.form_words` knows the
words, the rows above tell the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from perfcheck.parsing.form_words import HEADINGS, FormWords
from perfcheck.source import Paragraph, Row

Block = Paragraph | Row

UNLED_AFTER = {"FUNDING_ROW": "USAGE_ROW", "PLAN_HEADER": "PLAN_ROW", "INDICATOR_HEADER": "INDICATOR_ROW"}
"""What a row whose first cell is blank is taken for by the row above it: its label cell is merged into that row."""
UNLED_IF_LABEL_LOST = {"IDENTITY_ROW": "USAGE_ROW", "USAGE_ROW": "PLAN_ROW", "GOALS_ROW": "INDICATOR_ROW"}
"""The same where the row with the label is missing, if the row has the width of such a row."""
USUAL_WIDTH = {
    "UNIT_ROW": 2, "IDENTITY_ROW": 4, "FUNDING_ROW": 7, "USAGE_ROW": 2, "PLAN_HEADER": 5, "PLAN_ROW": 5,
    "GOALS_ROW": 2, "INDICATOR_HEADER": 6,
}  # fmt: skip
"""Cells of a row in the form as it is printed; a row of another length may be two that ran together."""
MOST_VALUES = {"FUNDING_ROW": 1, "PLAN_HEADER": 0, "INDICATOR_HEADER": 0}
"""Cells that may follow one label in a row before the next row must have begun."""
MOST_BEFORE_COLON = 24
"""Characters of a line in which a heading followed by a colon and its text is looked for."""
LONGEST_UNIT_ROW = 4
INDICATOR_WIDTH = 6
IN_PART_TWO = ("PART_TWO", "PART_TWO_NAME", "TITLE")
OPENERS = (*HEADINGS, "TITLE")


class Cell:
    """One cell as a token, for the grammar of what stands inside a row."""

    __slots__ = ("index", "text", "type")
    line = column = end_line = end_column = start_pos = end_pos = None

    def __init__(self, type: str, text: str, index: int) -> None:
        self.type = type
        self.text = text
        self.index = index


class RowLexer:
    """A Lark lexer over the blocks of one document, which Lark hands over as its "text"."""

    def __init__(self, lexer_conf: Any, *_: Any, **__: Any) -> None:
        self.words = FormWords(lexer_conf.terminals)

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Block]:
        """Hand on the tokens that are Lark's "text" here: an iterator, so that recovery resumes where it stopped."""
        tokens: Iterator[Block] = lexer_state.text
        return tokens

    def tokens(self, blocks: list[Block]) -> Iterator[Block]:
        """Type ``blocks`` in order; rows that the extraction joined come out as separate rows."""
        led_rows = self.words.led_rows
        width = 0  # cells of an indicator row, once the header has been seen
        unled = "STRAY_ROW"
        label_lost = rows_seen = False
        section = style = ""
        listed: set[str] = set()
        for following, block in enumerate(blocks, 1):
            if block.__class__ is Row:  # isinstance would tell the same, slower, for each of millions of rows
                rows_seen = True
                first = block.cells[0]
                count = len(block.cells)
                if count == width and (not first or first not in led_rows):
                    block.type = "INDICATOR_ROW"
                    yield block
                    continue
                kind = led_rows.get(first)
                if kind is None:
                    usual = not first and not label_lost and count == USUAL_WIDTH.get(unled)
                    kind = unled if usual else self._kind_of_unled(block, unled, label_lost)
                rows = ((block, kind),) if count == USUAL_WIDTH.get(kind) else self._split(block, kind, width)
                for row, kind in rows:
                    row.type = kind
                    if kind == "INDICATOR_HEADER":
                        width = len(row.cells)
                    elif kind == "INDICATOR_ROW":
                        width = width or len(row.cells)
                    elif kind != "STRAY_ROW":
                        width = 0
                    if kind != "STRAY_ROW" and kind != "INDICATOR_ROW":
                        unled = UNLED_AFTER.get(kind) or UNLED_IF_LABEL_LOST.get(kind, "STRAY_ROW")
                        label_lost = kind in UNLED_IF_LABEL_LOST
                    yield row
            elif isinstance(block, Paragraph):
                kind, style = self._kind_of_line(block.text, section, style)
                sure = rows_seen and section in IN_PART_TWO
                if kind == "TITLE" and not sure and not self._stands_above_row(blocks, following):
                    kind = "TEXT"  # a sentence or a line of a table of contents that ends like a title
                if section == "CONTENTS" and kind in HEADINGS and kind not in listed:
                    listed.add(kind)  # a heading named in the table of contents; the second time it is itself
                    kind = "TEXT"
                if kind == "TEXT":
                    heading = self._heading_with_text(block)
                    if heading is not None:
                        section, style = heading.type, ""
                        yield heading
                block.type = kind
                if kind != "TEXT" and kind in OPENERS:
                    section, style, width, unled = kind, "", 0, "STRAY_ROW"
                yield block

    def _stands_above_row(self, blocks: list[Block], following: int) -> bool:
        """Whether a row stands at ``following``, a year in brackets in between aside."""
        for block in blocks[following : following + 2]:
            if isinstance(block, Row):
                return True
            if not self.words.is_title_note(block.text):
                return False
        return False

    def _heading_with_text(self, line: Paragraph) -> Paragraph | None:
        """The heading that a numbered line of text begins with, cut off the line: 一、总体绩效目标：全年……"""
        at = line.text.find("：", 0, MOST_BEFORE_COLON)
        if at < 0 or not self.words.enumerator(line.text):
            return None
        kind = self.words.heading(line.text[:at])
        if kind is None:
            return None
        heading = Paragraph(line.text[: at + 1], line.line, line.column or 1)
        heading.type = kind
        line.column = (line.column or 1) + at + 1
        line.text = line.text[at + 1 :].strip()
        return heading

    def _kind_of_unled(self, row: Row, unled: str, label_lost: bool) -> str:
        """The terminal of a row whose first cell is no label as it stands."""
        words = self.words
        cells = row.cells
        if label_lost and len(cells) != USUAL_WIDTH.get(unled, INDICATOR_WIDTH):
            unled = "STRAY_ROW"
        kind = words.led_row(cells[0])
        if not kind and label_lost and len(cells) > 1:
            kind = words.led_row(cells[1])
        if kind:
            return kind
        if len(cells) < LONGEST_UNIT_ROW and any(words.unit_cell_kind(cell.strip()) != "CELL" for cell in cells):
            return "UNIT_ROW"
        blank = not cells[0].strip()
        if unled == "INDICATOR_ROW" and len(cells) > LONGEST_UNIT_ROW - 1:
            return unled
        if blank and unled in ("USAGE_ROW", "PLAN_ROW"):
            return unled
        for index, cell in enumerate(cells[1:], 1):
            kind = words.led_row(cell)
            if kind == "INDICATOR_HEADER" or (kind and unled != "INDICATOR_ROW"):
                # a label behind more than the one cell its own may have become opens a row of its own
                return kind if index == 1 else "STRAY_ROW"
        # a row can be told by what stands above it and how it begins
        if unled == "USAGE_ROW" and len(cells) == 1:
            return unled
        if unled == "PLAN_ROW" and cells[0].strip()[:1].isdecimal() and len(cells) > 2:
            return unled
        return "STRAY_ROW"

    def _split(self, row: Row, kind: str, width: int) -> list[tuple[Row, str]]:
        """The rows, with their terminals, that a row of unusual length consists of: a blank line got lost in it."""
        cells = row.cells
        cuts = self._cuts_of_indicators(cells, width) if kind == "INDICATOR_ROW" else self._cuts(cells, kind)
        if not cuts:
            return [(row, kind)]
        starts = [0, *(start for start, _ in cuts)]
        kinds = [kind, *(each for _, each in cuts)]
        rows = []
        line = row.line
        for start, end, each in zip(starts, [*starts[1:], len(cells)], kinds):
            part = Row(cells[start:end], line)
            rows.append((part, each))
            line = part.cell_line(end - start)
        return rows

    def _cuts_of_indicators(self, cells: list[str], width: int) -> list[tuple[int, str]]:
        """Where further rows begin behind an indicator row: more indicators, or the next table."""
        if not width or len(cells) <= width:
            return []
        if len(cells) % width == 0:
            return [(start, "INDICATOR_ROW") for start in range(width, len(cells), width)]
        for index in range(width, len(cells)):
            if self.words.unit_cell_kind(cells[index].strip()) != "CELL":
                rows = [(start, "INDICATOR_ROW") for start in range(width, index, width)]
                return [*rows, (index, "UNIT_ROW"), *self._cuts(cells[index:], "UNIT_ROW", index)]
        return []

    def _cuts(self, cells: list[str], kind: str, offset: int = 0) -> list[tuple[int, str]]:
        """Where further rows begin in ``cells``, whose first row is a ``kind``, with their terminals."""
        label = self.words.label
        cuts = []
        since_label = 0
        for index, cell in enumerate(cells):
            here = self.words.led_row(cell)
            if index and here and here != kind:
                cuts.append((index + offset, here))
                kind, since_label = here, 0
            elif label(cell):
                since_label = 0
            else:
                since_label += 1
                enough = index and len(cells) - index > 1  # a single cell too many is no row
                if enough and since_label > MOST_VALUES.get(kind, len(cells)) and kind in MOST_VALUES:
                    kind, since_label = UNLED_AFTER[kind], 0
                    cuts.append((index + offset, kind))
        return cuts

    def _kind_of_line(self, text: str, section: str, style: str) -> tuple[str, str]:
        """The terminal of a line of running text, and the numbering style of the duty items it stands among."""
        words = self.words
        kind = words.heading(text)
        if kind:
            return kind, style
        if words.is_title(text):
            return "TITLE", style
        if section == "TITLE" and words.is_title_note(text):
            return "TITLE_NOTE", style
        if section == "DUTY_GOALS_HEADING":
            if words.is_goal_line(text):
                return "GOAL_LINE", style
            if words.is_indicator_line(text):
                return "INDICATOR_LINE", style
            number = words.enumerator(text)
            if number:
                own = _style(number.group())
                if not style or own == style:
                    return "DUTY_ITEM", own
        return "TEXT", style


def _style(enumerator: str) -> str:
    """The kind of numbering: items of one list share it, items nested in them do not."""
    return re.sub(r"[\d一二三四五六七八九十百零〇①-⑳\s]+", "#", enumerator).translate(
        str.maketrans("(),.．:", "（）、、、：")
    )
