"""The lexer Lark is given: one token for each line of running text and each table row.

Its words are the literal alternatives of the grammar's terminals, looked up in dictionaries; regular expressions
of the grammar are tried only on lines no dictionary knows. The tokens are the reader's own blocks, typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from perfcheck.source import Paragraph, Row

Block = Paragraph | Row

_HINT = re.compile(r"[（(\[【][^（）()\[\]【】]*[）)\]】]?|[*★※]")
_FOLD = str.maketrans(":﹕(）)（", "：：（））（")
_HEADING_TAIL = "：:。；; 　\t"
_NO_POINTS = dict.fromkeys(map(ord, "：:、，,—-－_ "))
_NOT_LITERAL = re.compile(r"[^|]*[\\.*+?\[\]{}^$][^|]*")

HEADINGS = (
    "PART_ONE", "PART_ONE_NAME", "PART_TWO", "PART_TWO_NAME",
    "OVERALL_GOAL_HEADING", "DUTY_GOALS_HEADING", "SAFEGUARDS_HEADING",
)  # fmt: skip
LED_ROWS = ("IDENTITY_ROW", "FUNDING_ROW", "USAGE_ROW", "PLAN_HEADER", "GOALS_ROW", "INDICATOR_HEADER")
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
OPENERS = (*HEADINGS, "TITLE")


def literals(pattern: str) -> list[str]:
    """The plain words among the alternatives of a terminal's regular expression."""
    words = re.sub(r"\(\?:|[()]", "", pattern).split("|")
    return [word.replace("\\", "") for word in words if word and not _NOT_LITERAL.fullmatch(word)]


def _beginning(words: list[str]) -> str:
    """What all ``words`` begin with: a line without it is none of them, which is quickly seen."""
    first, last = min(words), max(words)
    length = next((at for at, (one, other) in enumerate(zip(first, last)) if one != other), len(first))
    return first[:length]


class FormWords:
    """The words of the form, taken once from the terminals of ``document.lark``."""

    def __init__(self, terminals: Iterable[Any]) -> None:
        patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in terminals if terminal.pattern}
        self.headings = {word: name for name in HEADINGS for word in literals(patterns[name])}
        self.led_rows = {word: name for name in LED_ROWS for word in literals(patterns[name])}
        self.labels = {word: name for name in patterns if name.endswith("_LABEL") for word in literals(patterns[name])}
        self._title: Callable[[str], Any] = re.compile(patterns["TITLE"]).fullmatch
        title_words = re.findall(r"[\u4e00-\u9fff]{4,}", patterns["TITLE"])
        self._in_titles = _beginning(title_words)
        self.unit_cell: Callable[[str], Any] = re.compile(patterns["UNIT_CELL"]).fullmatch
        self.unit_name_cell: Callable[[str], Any] = re.compile(patterns["UNIT_NAME_CELL"]).fullmatch
        self.money_unit_cell: Callable[[str], Any] = re.compile(patterns["MONEY_UNIT_CELL"]).fullmatch
        self.enumerator: Callable[[str], Any] = re.compile(patterns["DUTY_ITEM"]).match
        self.is_goal_line: Callable[[str], Any] = re.compile(patterns["GOAL_LINE"], re.DOTALL).fullmatch
        self.is_indicator_line: Callable[[str], Any] = re.compile(patterns["INDICATOR_LINE"], re.DOTALL).fullmatch
        self._unit_cells: dict[str, str] = {}
        self._heading_ends = {word[-2:] for word in self.headings}
        self._longest_heading = 2 * max(map(len, self.headings))

    def heading(self, line: str) -> str | None:
        """The terminal of the heading that ``line`` is, its number and closing colon aside; None for other lines."""
        if len(line) > self._longest_heading:
            return None
        if " " in line or "\u3000" in line:
            line = "".join(line.split())
        text = line.rstrip(_HEADING_TAIL)
        if text[-2:] not in self._heading_ends:
            return None
        found = self.headings.get(text)
        if found is None:
            number = self.enumerator(text)
            if number:
                found = self.headings.get(text[number.end() :])
        return found or self.headings.get(text.translate(_NO_POINTS))

    def is_title(self, line: str) -> bool:
        """Whether ``line`` is the title of a project table."""
        return self._in_titles in line and self._title(line) is not None

    def is_landmark(self, line: str) -> bool:
        """Whether ``line`` opens a part of the form: a heading or the title of a project table."""
        text = line.strip()
        return self.heading(text) is not None or self.is_title(text)

    def label(self, cell: str) -> str | None:
        """The label terminal that a cell is, None for a cell with content."""
        found = self.labels.get(cell)
        if found is None and cell and len(cell) < 30 and not cell.isalnum():
            found = self._fold(cell, self.labels)
        return found

    def unit_cell_kind(self, cell: str) -> str:
        """The terminal of a cell of the row above the table."""
        kind = self._unit_cells.get(cell)
        if kind is None:
            if len(self._unit_cells) > 10_000:
                self._unit_cells.clear()
            if self.money_unit_cell(cell):
                kind = "MONEY_UNIT_CELL"
            elif self.unit_name_cell(cell):
                kind = "UNIT_NAME_CELL"
            else:
                kind = "UNIT_CELL" if self.unit_cell(cell) else "CELL"
            self._unit_cells[cell] = kind
        return kind

    @staticmethod
    def _fold(cell: str, words: dict[str, str]) -> str | None:
        """Look ``cell`` up without its spaces, then without its hints in brackets as well; remember the spelling."""
        text = "".join(cell.split()).translate(_FOLD)
        found = words.get(text) or words.get(_HINT.sub("", text))
        if found:
            words[cell] = found
        return found

    def led_row(self, cell: str) -> str | None:
        """The row terminal that a first cell announces, None when it is no label of the form."""
        found = self.led_rows.get(cell)
        if found is None and cell and len(cell) < 30:
            found = self._fold(cell, self.led_rows)
        return found


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
        label_lost = False
        section = style = ""
        for block in blocks:
            if block.__class__ is Row:  # isinstance would tell the same, slower, for each of millions of rows
                first = block.cells[0]
                count = len(block.cells)
                if count == width and (not first or first not in led_rows):
                    block.type = "INDICATOR_ROW"
                    yield block
                    continue
                kind = led_rows.get(first)
                if kind is None:
                    kind = (
                        unled
                        if not first and count == USUAL_WIDTH.get(unled)
                        else self._kind_of_unled(block, unled, label_lost)
                    )
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
                if kind == "TEXT":
                    heading = self._heading_with_text(block)
                    if heading is not None:
                        section, style = heading.type, ""
                        yield heading
                block.type = kind
                if kind != "TEXT" and kind in OPENERS:
                    section, style, width, unled = kind, "", 0, "STRAY_ROW"
                yield block

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
        if unled == "INDICATOR_ROW":
            return unled
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
        ends = [*starts[1:], len(cells)]
        return [(Row(cells[start:end], row.cell_line(start)), each) for start, end, each in zip(starts, ends, kinds)]

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
                if index and since_label > MOST_VALUES.get(kind, len(cells)) and kind in MOST_VALUES:
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
