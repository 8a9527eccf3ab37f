"""Document numbers (文号) and titles in prose: a small reader of citations.

It reads the notation only: an office code, a year in some brackets, a serial number, 《…》. Which brackets there are,
what words stand in front of an office code and what an office code ends with come from the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from perfcheck.memories import Memory
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

LONGEST_OFFICE = 8
"""Characters of an office code; a longer run of ideographs in front of a year is taken to be more than the code."""
LOOKED_BACK = 24
LONGEST_READ = 4000
"""Characters of one passage that are read."""
YEAR, MARK = "年", "号"
EXTRA = "字第"
"""What older numbers have between year and serial number and the standard has no place for."""
TITLE_MARKS = "《》"
ROUND = "(（"
"""Brackets that hold years for many reasons; only behind an office code do they make a document number."""


class DocumentNumber(NamedTuple):
    """One document number as it is written."""

    start: int
    end: int
    office: str
    """The office code; empty where it cannot be told from the words in front of it."""
    opening: str
    """The bracket in front of the year; empty for a year without brackets."""
    year_text: str
    closing: str
    between: str
    """What stands between year and serial number, such as 第."""
    serial_text: str
    mark: str
    """号, or empty."""

    @property
    def year(self) -> int:
        """The year in full."""
        written = int(self.year_text.rstrip(YEAR))
        return written if written > 99 else written + (2000 if written < 50 else 1900)

    @property
    def serial(self) -> str:
        """The serial number without leading zeros."""
        return self.serial_text.lstrip("0") or self.serial_text

    def written(self, brackets: str) -> str:
        """The number as it should be, its year in ``brackets``."""
        return f"{self.office}{brackets[0]}{self.year}{brackets[1]}{self.serial}{MARK}"


class Title(NamedTuple):
    """What stands in 《…》, without the marks; a title inside a title belongs to the outer one."""

    start: int
    end: int
    text: str


class NumberReader(Memory[str, tuple[DocumentNumber, ...]]):
    """The document numbers of a text; remembers texts, for the same citation stands in row after row.

    ``brackets`` maps opening to closing brackets, the right pair first; ``leads`` are words in front of an office code,
    ``endings`` what an office code ends with where nothing else shows that there is one, ``things`` what
    else is numbered behind a year (2023年3号泵站), ``others`` what has numbers of the same shape (合同（2022）3号).
    """

    def __init__(
        self,
        brackets: Mapping[str, str],
        leads: Iterable[str],
        endings: Iterable[str],
        things: Iterable[str],
        others: Iterable[str],
    ) -> None:
        super().__init__()
        self._brackets = brackets
        self.right = "".join(next(iter(brackets.items())))
        self.signs = MARK + self.right[0]
        """Texts with none of these have no number."""
        self._leads, self._endings, self._things = tuple(leads), tuple(endings), tuple(things)
        self._others = tuple(others)

    @cached_property
    def _bracketed(self) -> re.Pattern[str]:
        openings, closings = (re.escape("".join(side)) for side in zip(*self._brackets.items()))
        return compiled(
            rf"([{openings}])\s?((?:19|20)?\d\d\s?{YEAR}?)\s?([{closings}])\s{{0,3}}"
            rf"([{EXTRA}]{{0,2}})\s?(\d{{1,5}}(?:\s?[-－—]\s?\d{{1,3}})?)\s?({MARK}?)"
        )

    @cached_property
    def _bare(self) -> re.Pattern[str]:
        return compiled(
            rf"(?<=[\u4e00-\u9fff])\s?((?:19|20)\d\d\s?(?:{YEAR}|(?=[-－—第])))[-－—\s]?"
            rf"([{EXTRA}]{{0,2}})\s?(\d{{1,5}})\s?({MARK})"
        )

    def find(self, text: str) -> tuple[DocumentNumber, ...]:
        """The document numbers in ``text``."""
        return tuple(self._read(text[:LONGEST_READ])) if MARK in text or self.right[0] in text else ()

    def _read(self, text: str) -> Iterable[DocumentNumber]:
        for match in self._bracketed.finditer(text):
            opening, year, closing, between, serial, mark = match.groups()
            start, office = self._office(text, match.start())
            before = text[max(0, match.start() - LONGEST_OFFICE) : match.start()]
            if any(map(before.__contains__, self._others)):
                continue
            if opening != self.right[0]:
                if not mark or (len(year) < 4 and not office.endswith(self._endings)):
                    continue
                if text.startswith(self._things, match.end()) or (not office and opening in ROUND):
                    continue
            elif not mark and (not office or text[match.end() : match.end() + 1] not in _ENDS):
                continue
            yield DocumentNumber(start, match.end(), office, opening, year.strip(), closing, between, serial, mark)
        if YEAR not in text and not any(map(text.__contains__, "-－—第")):
            return
        for match in self._bare.finditer(text):
            year, between, serial, mark = match.groups()
            start, office = self._office(text, match.start())
            if len(office) < 2 or not office.endswith(self._endings) or text.startswith(self._things, match.end()):
                continue
            yield DocumentNumber(start, match.end(), office, "", year, "", between, serial, mark)

    def _office(self, text: str, end: int) -> tuple[int, str]:
        """The office code that ends at ``end`` and its beginning; ``end`` itself where it cannot be told."""
        before = text[max(0, end - LOOKED_BACK) : end]
        bare = before.rstrip()
        cut = len(bare)
        while cut and "\u4e00" <= bare[cut - 1] <= "\u9fff":
            cut -= 1
        code = bare[cut:] if len(before) - len(bare) < 3 else ""
        for lead in filter(code.__contains__, self._leads):
            at = code.rfind(lead)
            if at >= 0:
                code = code[at + len(lead) :]
        if not code or len(code) > LONGEST_OFFICE:
            return end, ""
        return end - (len(before) - len(bare)) - len(code), code


_ENDS = frozenset(("", ")", "）", "》", "，", ",", "。", "；", ";", "、", "\n", " "))


def titles(text: str) -> list[Title]:
    """The titles in ``text``, outermost only."""
    if TITLE_MARKS[1] not in text:
        return []
    found = []
    depth = start = 0
    for index, character in enumerate(text[:LONGEST_READ]):
        if character == TITLE_MARKS[0]:
            if depth == 0:
                start = index + 1
            depth += 1
        elif character == TITLE_MARKS[1] and depth:
            depth -= 1
            if depth == 0 and index > start:
                found.append(Title(start, index, text[start:index]))
    return found
