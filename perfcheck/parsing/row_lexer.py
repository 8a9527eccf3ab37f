"""The lexer Lark is given: one token for each line of running text and each table row.

The tokens are the reader's own blocks with the name of their terminal; :mod:`~perfcheck.parsing.form_words` knows the
words, the rows above tell the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from perfcheck.parsing.form_words import HEADINGS, LED_ROWS, FormWords
from perfcheck.parsing.joined_rows import UNLED_AFTER, JoinedRows
from perfcheck.parsing.tokens import RowRun, Token, UnitLine
from perfcheck.patterns import compiled
from perfcheck.source import Paragraph, Row

Block = Paragraph | Row

UNLED_IF_LABEL_LOST = {"IDENTITY_ROW": "USAGE_ROW", "USAGE_ROW": "PLAN_ROW", "GOALS_ROW": "INDICATOR_ROWS"}
"""The same as UNLED_AFTER where the row with the label is missing, if the row has the width of such a row."""
BELOW = {
    kind: (UNLED_AFTER.get(kind) or UNLED_IF_LABEL_LOST.get(kind, "STRAY_ROW"), kind in UNLED_IF_LABEL_LOST)
    for kind in ("UNIT_ROW", "PLAN_ROW", *LED_ROWS)
}
"""Row -> what a row without a label is taken for below it, and whether only if it has the usual width."""
USUAL_WIDTH = {
    "UNIT_ROW": 2, "IDENTITY_ROW": 4, "FUNDING_ROW": 7, "USAGE_ROW": 2, "PLAN_HEADER": 5, "PLAN_ROW": 5,
    "GOALS_ROW": 2, "INDICATOR_HEADER": 6,
}  # fmt: skip
"""Cells of a row in the form as it is printed; a row of another length may be two that ran together."""
MOST_BEFORE_COLON = 24
"""Characters of a line in which a heading followed by a colon or space and its text is looked for."""
LONGEST_UNIT_ROW = 4
MOST_ABOVE_TABLE = 4
"""Lines of a title's year and unit, and the row below them, that are looked at to tell a title from a sentence."""
INDICATOR_WIDTH = 6
IN_PART_TWO = ("PART_TWO", "PART_TWO_NAME", "TITLE")
OPENERS = (*HEADINGS, "TITLE")
_BETWEEN = compiled("[：:]|(?<=\\S) +(?=\\S)|(?<=\\S)\u3000+(?=\\S)")


class RowLexer:
    """A Lark lexer over the blocks of one document, which Lark hands over as its "text"."""

    def __init__(self, lexer_conf: Any, *_: Any, **__: Any) -> None:
        self.words = FormWords(lexer_conf.terminals)
        self.joined_rows = JoinedRows(self.words)

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        """Hand on the tokens that are Lark's "text" here: an iterator, so that recovery resumes where it stopped."""
        tokens: Iterator[Token] = lexer_state.text
        return tokens

    def tokens(self, blocks: list[Block]) -> Iterator[Token]:
        """Type ``blocks`` in order; rows that the extraction joined come out as separate rows, indicators in runs."""
        led_rows = self.words.led_rows
        width = 0  # cells of an indicator row, once the header has been seen
        unled = "STRAY_ROW"
        label_lost = rows_seen = titled = False
        section = style = ""
        ahead: Counter[str | None] = Counter()
        run: list[Row] = []
        blocks = self._with_indented_lines(blocks)
        for following, block in enumerate(blocks, 1):
            if block.__class__ is Row:  # isinstance would tell the same, slower, for each of millions of rows
                first = block.cells[0]
                count = len(block.cells)
                if count == width and (not first or first not in led_rows):
                    run.append(block)
                    continue
                rows_seen = True
                kind = led_rows.get(first)
                if kind is None:
                    title = None if titled else self._title_in(block, blocks[following : following + 1])
                    if title is not None:
                        if run:
                            yield RowRun(run)
                            run = []
                        section, style, width, unled, titled = "TITLE", "", 0, "STRAY_ROW", True
                        yield title
                        continue
                    usual = not first and not label_lost and count == USUAL_WIDTH.get(unled)
                    kind = unled if usual else self._kind_of_unled(block, unled, label_lost)
                titled = False
                usual = count == USUAL_WIDTH.get(kind)
                rows = ((block, kind),) if usual else self.joined_rows.split(block, kind, width)
                for row, kind in rows:
                    if kind == "INDICATOR_ROWS":
                        width = width or len(row.cells)
                        run.append(row)
                        continue
                    if run:
                        yield RowRun(run)
                        run = []
                    row.type = kind
                    if kind != "STRAY_ROW":
                        width = len(row.cells) if kind == "INDICATOR_HEADER" else 0
                        unled, label_lost = BELOW[kind]
                    yield row
            elif isinstance(block, Paragraph):
                if run:
                    yield RowRun(run)
                    run = []
                kind, style = self._kind_of_line(block.text, section, style)
                sure = rows_seen and section in IN_PART_TWO
                if kind == "TITLE" and not sure and not self._stands_above_row(blocks, following):
                    kind = "TEXT"  # a sentence or a line of a table of contents that ends like a title
                if kind == "CONTENTS":
                    ahead = self._headings_in(blocks[following:])
                elif section == "CONTENTS" and kind in HEADINGS:
                    ahead[kind] -= 1
                    if ahead[kind]:  # a heading that comes again is named here by the table of contents
                        kind = "TEXT"
                if kind == "TEXT" and titled and (parts := self.words.unit_parts(block.text)):
                    yield UnitLine(block, parts)
                    continue
                titled = kind in ("TITLE", "TITLE_NOTE")
                if kind == "TEXT":
                    heading = self._heading_with_text(block)
                    if heading is not None:
                        section, style = heading.type, ""
                        yield heading
                block.type = kind
                if kind != "TEXT" and kind in OPENERS:
                    section, style, width, unled = kind, "", 0, "STRAY_ROW"
                yield block
        if run:
            yield RowRun(run)

    def _with_indented_lines(self, blocks: list[Block]) -> list[Block]:
        """``blocks`` with the rows of one cell before the first title as lines: paragraphs indented with a tab."""
        first = next((block for block in blocks if block.__class__ is Row), None)
        if first is None or len(first.cells) > 1:
            return blocks
        lines: list[Block] = []
        for index, block in enumerate(blocks):
            if isinstance(block, Row):
                cell = block.cells[0]
                if (
                    len(block.cells) > 1
                    or self.words.led_row(cell)
                    or self.words.unit_cell_kind(cell.strip()) != "CELL"
                ):
                    return lines + blocks[index:]
                lines += [_line_in_cell(block, line, at) for at, line in enumerate(cell.split("\n")) if line.strip()]
            else:
                if self.words.is_title(block.text) and self._stands_above_row(blocks, index + 1):
                    return lines + blocks[index:]
                lines.append(block)
        return blocks

    def _headings_in(self, blocks: list[Block]) -> Counter[str | None]:
        """How often each heading stands in ``blocks``."""
        return Counter(self.words.heading(block.text) for block in blocks if isinstance(block, Paragraph))

    def _stands_above_row(self, blocks: list[Block], following: int) -> bool:
        """Whether a row stands at ``following``, a year in brackets and the unit in between aside."""
        for block in blocks[following : following + MOST_ABOVE_TABLE]:
            if isinstance(block, Row):
                return True
            if not self.words.is_title_note(block.text) and not self.words.unit_parts(block.text):
                return False
        return False

    def _title_in(self, row: Row, following: list[Block]) -> Paragraph | None:
        """The title in a row that has nothing else, with a row of its table ``following``."""
        text = row.cells[0].strip()
        if not self.words.is_title(text) or "".join(row.cells[1:]).strip():
            return None
        if not following or isinstance(following[0], Paragraph):
            return None
        title = _line_in_cell(row, row.cells[0], 0)
        title.type = "TITLE"
        return title

    def _heading_with_text(self, line: Paragraph) -> Paragraph | None:
        """The heading that a numbered line of text begins with, cut off the line: 一、总体绩效目标：全年……"""
        if not self.words.enumerator(line.text):
            return None
        for between in _BETWEEN.finditer(line.text, 0, MOST_BEFORE_COLON):
            kind = self.words.heading(line.text[: between.start()])
            if kind is not None:
                break
        else:
            return None
        at = between.end() - 1
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
        if any(map(words.led_row, cells[1:LONGEST_UNIT_ROW])) and words.unit_cell_kind(cells[0].strip()) != "CELL":
            return "UNIT_ROW"  # all of a table ran together
        blank = not cells[0].strip()
        if unled == "INDICATOR_ROWS" and len(cells) > LONGEST_UNIT_ROW - 1:
            return unled
        if blank and unled in ("USAGE_ROW", "PLAN_ROW"):
            return unled
        for index, cell in enumerate(cells[1:], 1):
            kind = words.led_row(cell)
            if kind == "INDICATOR_HEADER" or (kind and unled != "INDICATOR_ROWS"):
                # a label behind more than the one cell its own may have become opens a row of its own
                return kind if index == 1 else "STRAY_ROW"
        # a row can be told by what stands above it and how it begins
        if unled == "USAGE_ROW" and len(cells) == 1:
            return unled
        if unled == "PLAN_ROW" and cells[0].strip()[:1].isdecimal() and len(cells) > 2:
            return unled
        return "STRAY_ROW"

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


def _line_in_cell(row: Row, line: str, at: int) -> Paragraph:
    """Line ``at`` of the first cell of ``row`` as running text; the first one has a tab in front."""
    column = (1 if at else 2) + len(line) - len(line.lstrip())
    return Paragraph(line.strip(), row.line + at, column, row.origins[0] if row.origins else None)


@lru_cache(maxsize=1000)
def _style(enumerator: str) -> str:
    """The kind of numbering: items of one list share it, items nested in them do not."""
    return re.sub(r"[\d一二三四五六七八九十百零〇①-⑳\s]+", "#", enumerator).translate(
        str.maketrans("(),.．:", "（）、、、：")
    )
