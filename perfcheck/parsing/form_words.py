"""The words of the form as the grammar lists them: headings, labels of rows and cells, titles.

They are the literal alternatives of the grammar's terminals, looked up in dictionaries; regular expressions of the
grammar are tried only on lines and cells no dictionary knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from perfcheck.memories import Remembered
from perfcheck.patterns import compiled

_HINT = compiled(r"[（(\[【][^（）()\[\]【】]*[）)\]】]?|[*★※]")
_FOLD = str.maketrans(":﹕(）)（", "：：（））（")
_HEADING_TAIL = "：:。；; 　\t"
_YEAR = compiled(r"^\s*20\d\d\s*年度?")
_NO_POINTS = dict.fromkeys(map(ord, "：:、，,—-－_ "))
_UNIT_PART = compiled(r"[（(]?(?P<part>[^\s（(].*?)[）)]?(?=\s+(?:金额)?单位[:：]|\s+[（(]|\s{2,}|\s*$)")
LONGEST_UNIT_LINE = 200
_NOT_LITERAL = compiled(r"[^|]*[\\.*+?\[\]{}^$][^|]*")

HEADINGS = (
    "CONTENTS", "PART_ONE", "PART_ONE_NAME", "PART_TWO", "PART_TWO_NAME",
    "OVERALL_GOAL_HEADING", "DUTY_GOALS_HEADING", "SAFEGUARDS_HEADING",
)  # fmt: skip
LED_ROWS = ("IDENTITY_ROW", "FUNDING_ROW", "USAGE_ROW", "PLAN_HEADER", "GOALS_ROW", "INDICATOR_HEADER")


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
        self._title: Callable[[str], Any] = compiled(patterns["TITLE"]).fullmatch
        pieces = "".join([each if "\u4e00" <= each <= "\u9fff" else " " for each in patterns["TITLE"]]).split()
        self._in_titles = _beginning([piece for piece in pieces if len(piece) > 3])
        self.is_title_note: Callable[[str], Any] = compiled(patterns["TITLE_NOTE"]).fullmatch
        self.unit_cell: Callable[[str], Any] = compiled(patterns["UNIT_CELL"]).fullmatch
        self.unit_name_cell: Callable[[str], Any] = compiled(patterns["UNIT_NAME_CELL"]).fullmatch
        self.money_unit_cell: Callable[[str], Any] = compiled(patterns["MONEY_UNIT_CELL"]).fullmatch
        self.unit_and_money_unit: Callable[[str], Any] = compiled(patterns["UNIT_AND_MONEY_UNIT"]).fullmatch
        self.money_unit_behind: Callable[[str], Any] = compiled(patterns["MONEY_UNIT_BEHIND"]).fullmatch
        self.enumerator: Callable[[str], Any] = compiled(patterns["DUTY_ITEM"]).match
        self.is_goal_line: Callable[[str], Any] = compiled(patterns["GOAL_LINE"], re.DOTALL).fullmatch
        self.is_indicator_line: Callable[[str], Any] = compiled(patterns["INDICATOR_LINE"], re.DOTALL).fullmatch
        self.unit_cell_kind: Callable[[str], str] = Remembered(self._unit_cell_kind).__getitem__
        """The terminal of a cell of the row above the table."""
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
                text = text[number.end() :]
                found = self.headings.get(text)
            if found is None and "20" in text:  # 2031年总体绩效目标
                text = _YEAR.sub("", text)
                found = self.headings.get(text)
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

    def _unit_cell_kind(self, cell: str) -> str:
        if self.money_unit_cell(cell):
            return "MONEY_UNIT_CELL"
        if self.unit_name_cell(cell):
            return "UNIT_NAME_CELL"
        return "UNIT_CELL" if self.unit_cell(cell) else "CELL"

    def unit_parts(self, line: str) -> list[tuple[int, str]]:
        """Unit and unit of money in a line above a table, each with where it begins; none in other lines."""
        if len(line) > LONGEST_UNIT_LINE:
            return []
        parts = [found.span("part") for found in _UNIT_PART.finditer(line)]
        texts = [(start, line[start:end]) for start, end in parts]
        return texts if any(self.unit_cell_kind(text) != "CELL" for _, text in texts) else []

    @staticmethod
    def _fold(cell: str, words: dict[str, str]) -> str | None:
        """Look ``cell`` up without its spaces, then without its hints in brackets as well; remember the spelling."""
        text = "".join(cell.split()).translate(_FOLD).rstrip("：")
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
