"""The words of a report in one language, from ``words/<language>.json``."""

from __future__ import annotations

import os
from functools import cache

from perfcheck import kept
from perfcheck.finding import Step, cut_to
from perfcheck.source import Place

LANGUAGES = ("zh", "en")
MOST_REMEMBERED = 1000
MOST_PLACES = 500
"""Ways to places remembered: a finding and what it points at name the same one shortly after one another."""
LONGEST_NAME = 20
"""Characters of what a part begins with that tell it from its like."""
LONGEST_WAIVER = 200
"""Likewise of a waiver, which may be for several rules."""
_INNER_QUOTES = str.maketrans("“”", "‘’")


class Words:
    """Names of the parts of the form, of levels, and the fixed phrases of reports."""

    def __init__(self, language: str) -> None:
        content = _content(language)
        self._parts: dict[str, str] = content["parts"]
        self._levels: dict[str, str] = content["levels"]
        self._phrases: dict[str, str] = content["report"]
        self._steps: dict[Step, str] = {}
        self._places: dict[tuple[Step, ...], str] = {}

    def part(self, name: str) -> str:
        """The name of a part of the form."""
        return self._parts[name]

    def level(self, level: str) -> str:
        """The name of a level."""
        return self._levels[level]

    def phrase(self, name: str, **values: object) -> str:
        """A fixed phrase with its values put in."""
        text = self._phrases[name]
        return text.format(**values) if values else text

    def place(self, steps: tuple[Step, ...]) -> str:
        """A way to a place in words: 项目 3“村道养护经费” · 资金支出计划 · 6月底."""
        found = self._places.get(steps)
        if found is None:
            if len(self._places) > MOST_PLACES:
                self._places.clear()
            found = self._places[steps] = " · ".join(map(self.step, steps))
        return found

    def where(self, place: Place) -> str:
        """Where to look in the file itself: its line, or page, sheet, table, row and cell of other kinds of files."""
        origin = place.origin
        if origin is None:
            return self.phrase("line", line=place.span.line)
        parts = []
        if origin.page is not None:
            parts.append(self.phrase("in_page", page=origin.page))
        if origin.sheet is not None:
            address = f"{_column_letters(origin.cell or 1)}{origin.row or 1}"
            parts.append(self.phrase("in_sheet", sheet=origin.sheet, address=address))
        elif origin.table is not None:
            parts.append(self.phrase("in_table", table=origin.table, row=origin.row, cell=origin.cell))
        elif origin.paragraph is not None and origin.page is None:
            parts.append(self.phrase("in_paragraph", paragraph=origin.paragraph))
        return self.phrase("in_between").join(parts)

    def step(self, step: Step) -> str:
        """One step of a way in words."""
        found = self._steps.get(step)
        if found is None:
            if len(self._steps) > MOST_REMEMBERED:
                self._steps.clear()
            found = self._steps[step] = self._step(step)
        return found

    def _step(self, step: Step) -> str:
        if step.kind in ("project", "indicator"):
            name = f"{step.kind}_place" if step.text else f"{step.kind}_place_unnamed"
            text = " ".join((step.text or "").split()).translate(_INNER_QUOTES)
            return self.phrase(name, number=step.number, text=text)
        if step.kind == "due":
            return step.text or self.part("due")
        if not step.text:
            return self.part(step.kind)
        # the name of a waiver is that of its rule, and half an id is none
        longest = LONGEST_WAIVER if step.kind == "waiver" else LONGEST_NAME
        return self.part(step.kind) + self.phrase("quote", text=cut_to(longest, step.text.split("：")[0]))


def _column_letters(number: int) -> str:
    """The letters of a spreadsheet's column: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _content(language: str) -> dict[str, dict[str, str]]:
    """What is written in the file; kept, for importing ``json`` takes a seventh of a bare Python start."""
    path = os.path.join(os.path.dirname(__file__), "words", f"{language}.json")
    status = os.stat(path)
    made_from = path, status.st_mtime_ns, status.st_size
    if (found := kept.read(f"words-{language}", made_from)) is None:
        import json

        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        kept.write(f"words-{language}", made_from, found)
    content: dict[str, dict[str, str]] = found
    return content


@cache
def words(language: str) -> Words:
    """The words of ``zh`` or ``en``."""
    return Words(language)
