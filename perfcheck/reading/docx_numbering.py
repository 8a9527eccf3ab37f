"""Automatic numbers of Word paragraphs: they stand on the page but not in the text of the paragraph.

Format: ISO/IEC 29500-1, section 17.9. Levels count by themselves and begin anew below a higher one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from perfcheck.reading.docx_names import attribute_of, name_of
from perfcheck.reading.package import Package

_LEVEL = re.compile(r"%(\d)")
_DIGITS = "零一二三四五六七八九"
LARGEST = 999


def chinese(number: int) -> str:
    """``number`` below one thousand in Chinese numerals: 12 is 十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


def _letter(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "decimalEnclosedCircle": lambda number: chr(0x245F + number) if number <= 20 else str(number),
    "decimalEnclosedCircleChinese": lambda number: chr(0x245F + number) if number <= 20 else str(number),
    "decimalFullWidth": lambda number: str(number).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "lowerLetter": _letter("a"),
    "upperLetter": _letter("A"),
}
"""Number format -> how it is written; all others are written in digits."""


class Level(NamedTuple):
    """One level of a list: how its numbers are written, what stands around them, where they start."""

    format: str
    text: str
    start: int


class Numbering:
    """The lists of a document, counting as paragraphs go by."""

    def __init__(self, lists: dict[str, dict[int, Level]], styles: dict[str, tuple[str, int]]) -> None:
        self._lists = lists
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}

    @classmethod
    def of(cls, package: Package, folder: str) -> Numbering:
        """The lists of a package whose main part lies in ``folder``."""
        lists: dict[str, dict[int, Level]] = {}
        name = f"{folder}/numbering.xml"
        if name in package.names:
            root = package.xml(name)
            levels = {
                attribute_of(each, "abstractNumId"): _levels(each) for each in root if name_of(each) == "abstractNum"
            }
            for each in root:
                if name_of(each) == "num":
                    base = _value(each, "abstractNumId")
                    own = dict(levels.get(base, {}))
                    own.update(_overrides(each, own))
                    lists[attribute_of(each, "numId") or ""] = own
        return cls(lists, _styles(package, folder) if lists else {})

    def label(self, properties: Element | None) -> str:
        """The number in front of the paragraph with these properties; empty for one without, or with a bullet."""
        if not self._lists or properties is None:
            return ""
        return self.next(*self._of_paragraph(properties))

    def of_style(self, style: str) -> tuple[str | None, int]:
        """The list and level a paragraph style brings along."""
        return self._styles.get(style, (None, 0))

    def next(self, number: str | None, level: int) -> str:
        """The next number of a level of a list; empty for no list and for bullets."""
        levels = self._lists.get(number or "")
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(number or "", {})
        counts[level] = min(counts.get(level, levels[level].start - 1) + 1, LARGEST)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].format in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            if at not in levels:
                return ""
            count = counts.get(at, levels[at].start)
            return FORMATS.get(levels[at].format, str)(count)

        return _LEVEL.sub(written, levels[level].text)

    def _of_paragraph(self, properties: Element) -> tuple[str | None, int]:
        style = _value(properties, "pStyle")
        number, level = self._styles.get(style or "", (None, 0))
        own = next((each for each in properties if name_of(each) == "numPr"), None)
        if own is not None:
            number = _value(own, "numId") or number
            level = int(_value(own, "ilvl") or level)
        return number, level


def _levels(abstract: Element) -> dict[int, Level]:
    return {int(attribute_of(each, "ilvl") or 0): _level(each) for each in abstract if name_of(each) == "lvl"}


def _level(element: Element) -> Level:
    start = _value(element, "start") or "1"
    return Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText") or "",
        int(start) if start.isdecimal() else 1,
    )


def _overrides(number: Element, base: dict[int, Level]) -> dict[int, Level]:
    found = {}
    for each in number:
        if name_of(each) == "lvlOverride":
            at = int(attribute_of(each, "ilvl") or 0)
            own = next((inner for inner in each if name_of(inner) == "lvl"), None)
            start = _value(each, "startOverride")
            level = _level(own) if own is not None else base.get(at)
            if level is not None:
                found[at] = level._replace(start=int(start)) if start and start.isdecimal() else level
    return found


def _styles(package: Package, folder: str) -> dict[str, tuple[str, int]]:
    """Paragraph style -> list and level it brings along."""
    found: dict[str, tuple[str, int]] = {}
    name = f"{folder}/styles.xml"
    if name not in package.names:
        return found
    for style in package.xml(name):
        for properties in style:
            for own in properties if name_of(properties) == "pPr" else ():
                if name_of(own) == "numPr" and _value(own, "numId"):
                    found[attribute_of(style, "styleId") or ""] = (
                        _value(own, "numId") or "",
                        int(_value(own, "ilvl") or 0),
                    )
    return found


def _value(parent: Element, name: str) -> str | None:
    """What the child ``name`` says in its ``val``."""
    child = next((each for each in parent if name_of(each) == name), None)
    return None if child is None else attribute_of(child, "val")
