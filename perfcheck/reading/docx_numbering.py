"""Automatic numbers of Word paragraphs: they stand on the page but not in the text of the paragraph.

Format: ISO/IEC 29500-1, section 17.9. Levels count by themselves and begin anew below a higher one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled
from perfcheck.reading.docx_names import NAMES, attribute_of, child_of, name_of
from perfcheck.reading.package import Package, parse_xml

_LEVEL = compiled(r"%(\d)")
_DIGITS = "零一二三四五六七八九"
LARGEST = 999
DEEPEST_STYLE = 12
"""Styles based on styles based on styles; Word allows eleven."""


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


class List(NamedTuple):
    """A list: its levels by their depth, and whose count it goes on with."""

    levels: dict[int, Level]
    counter: str
    restarts: frozenset[int] = frozenset()
    """Levels that begin anew with the first paragraph of this list."""


Lists = dict[str, List]
"""Number of a list -> the list."""
Styles = dict[str, tuple[str | None, int]]
"""Paragraph style -> list and level it brings along."""


class Numbering:
    """The lists of a document, counting as paragraphs go by."""

    def __init__(self, lists: Lists, styles: Styles, load: Callable[[], tuple[Lists, Styles]] | None = None) -> None:
        self._lists = lists
        self._styles = styles
        self._load = load
        self._begun: set[str] = set()
        self._counts: dict[str, dict[int, int]] = {}

    @classmethod
    def of(cls, package: Package, folder: str) -> Numbering:
        """The lists of a package whose main part lies in ``folder``, read when the first paragraph may ask for one."""
        name = f"{folder}/numbering.xml"
        if name not in package.names:
            return cls({}, {})

        def load() -> tuple[Lists, Styles]:
            styles = _styles(package, f"{folder}/styles.xml")
            return _lists(package.xml(name), styles), styles

        return cls({}, {}, load)

    def label(self, properties: Element | None) -> str:
        """The number in front of the paragraph with these properties; empty for one without, or with a bullet."""
        if properties is None:
            return ""
        own = style = None
        for each in properties:
            name = NAMES[each.tag]
            if name == "numPr":
                own = each
            elif name == "pStyle":
                style = attribute_of(each, "val")
        if own is None and style is None:
            return ""
        if self._load is not None:
            (self._lists, self._styles), self._load = self._load(), None
        number, level = self._styles.get(style or "", (None, 0))
        if own is not None:
            number, level = _value(own, "numId") or number, _number(_value(own, "ilvl"), level)
        return self.next(number, level)

    def of_style(self, style: str) -> tuple[str | None, int]:
        """The list and level a paragraph style brings along."""
        return self._styles.get(style, (None, 0))

    def next(self, number: str | None, level: int) -> str:
        """The next number of a level of a list; empty for no list and for bullets."""
        found = self._lists.get(number or "")
        if found is None or level not in found.levels:
            return ""
        levels = found.levels
        counts = self._counts.setdefault(found.counter, {})
        if number not in self._begun:
            self._begun.add(number or "")
            for each in found.restarts:
                counts.pop(each, None)
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


def _lists(root: Element, styles: Styles) -> Lists:
    """The lists of ``numbering.xml``; some take their levels from the list of a style."""
    abstract = {attribute_of(each, "abstractNumId"): each for each in root if name_of(each) == "abstractNum"}
    numbers = {attribute_of(each, "numId") or "": each for each in root if name_of(each) == "num"}

    def base_of(number: Element | None, linked: bool = False) -> str | None:
        base = None if number is None else _value(number, "abstractNumId")
        link = None if base not in abstract else _value(abstract[base], "numStyleLink")
        if link is not None and not linked:
            return base_of(numbers.get(styles.get(link, ("", 0))[0] or ""), True)
        return base

    lists = {}
    for name, number in numbers.items():
        base = base_of(number)
        if base in abstract:
            own = _levels(abstract[base])
            restarts = _override(number, own)
            lists[name] = List(own, f"base {base}", restarts)
    return lists


def _levels(abstract: Element) -> dict[int, Level]:
    return {_number(attribute_of(each, "ilvl"), 0): _level(each) for each in abstract if name_of(each) == "lvl"}


def _level(element: Element) -> Level:
    return Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText") or "",
        _number(_value(element, "start"), 1),
    )


def _override(number: Element, levels: dict[int, Level]) -> frozenset[int]:
    """Change ``levels`` as the list has them otherwise than its base; gives those that begin anew."""
    restarts = set()
    for each in number:
        if name_of(each) == "lvlOverride":
            at = _number(attribute_of(each, "ilvl"), 0)
            own = child_of(each, "lvl")
            start = _number(_value(each, "startOverride"), -1)
            if own is not None:
                levels[at] = _level(own)
            if at in levels and start >= 0:
                levels[at] = levels[at]._replace(start=start)
                restarts.add(at)
    return frozenset(restarts)


def _styles(package: Package, name: str) -> Styles:
    """Style -> list and level it brings along, itself or by the styles it is based on."""
    own: dict[str, tuple[str | None, int | None]] = {}
    bases: dict[str, str] = {}
    data = package.read(name) if name in package.names else b""
    if b"numPr" not in data:
        return {}
    for style in parse_xml(data):
        identity = attribute_of(style, "styleId")
        if name_of(style) != "style" or identity is None:
            continue
        base, properties = _value(style, "basedOn"), child_of(style, "pPr")
        if base is not None:
            bases[identity] = base
        number = None if properties is None else child_of(properties, "numPr")
        if number is not None:
            level = _value(number, "ilvl")
            own[identity] = _value(number, "numId"), None if level is None else _number(level, 0)
    found: Styles = {}
    for identity in {*own, *bases}:
        number_of, level_of = None, None
        each: str | None = identity
        for _ in range(DEEPEST_STYLE):
            if each is None:
                break
            one, two = own.get(each, (None, None))
            number_of = one if number_of is None else number_of
            level_of = two if level_of is None else level_of
            each = bases.get(each)
        if number_of is not None:
            found[identity] = number_of, level_of or 0
    return found


def _number(text: str | None, otherwise: int) -> int:
    """A number as the file has it; ``otherwise`` for none, or for what is no sensible one."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def _value(parent: Element, name: str) -> str | None:
    """What the child ``name`` says in its ``val``."""
    child = child_of(parent, name)
    return None if child is None else attribute_of(child, "val")
