"""What a reader of ``.xlsx`` must know besides the values: number formats, hidden rows, how far a sheet reaches.

Format: ISO/IEC 29500-1 (SpreadsheetML).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from perfcheck.named_tuples import NamedTuple
from perfcheck.reading.number_formats import BUILT_IN, GENERAL, NumberFormat, number_format
from perfcheck.reading.package import Package

MOST_COLUMNS = 16_384


class SheetStyle(NamedTuple):
    """Number formats by place, what is hidden, and how many cells the smallest box around all of them has."""

    formats: dict[tuple[int, int], NumberFormat]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    cells: int


def sheet_styles(package: Package) -> dict[str, SheetStyle]:
    """The styles of all sheets of a package by name."""
    formats = _formats(package)
    return {name: _style(package.xml(part), formats) for name, part in _sheets(package)}


def _sheets(package: Package) -> list[tuple[str, str]]:
    """Name and part of each sheet."""
    workbook = next((name for name in package.names if name.lower() == "xl/workbook.xml"), None)
    relations = "xl/_rels/workbook.xml.rels"
    if workbook is None or relations not in package.names:
        return []
    targets = {
        each.get("Id", ""): each.get("Target", "")
        for each in package.xml(relations)
        if each.get("Type", "").endswith("/worksheet")
    }
    found = []
    for each in package.xml(workbook).iter():
        if _local(each) == "sheet":
            relation = next((value for key, value in each.attrib.items() if key.endswith("}id")), "")
            target = targets.get(relation, "")
            part = target[1:] if target.startswith("/") else f"xl/{target}"
            if part in package.names:
                found.append((each.get("name", ""), part))
    return found


def _formats(package: Package) -> list[NumberFormat]:
    """The number format of each cell style, in order."""
    if "xl/styles.xml" not in package.names:
        return []
    root = package.xml("xl/styles.xml")
    codes = dict(BUILT_IN)
    for each in root.iter():
        if _local(each) == "numFmt" and each.get("numFmtId", "").isdecimal():
            codes[int(each.get("numFmtId", "0"))] = each.get("formatCode", "")
    styles = next((each for each in root if _local(each) == "cellXfs"), ())
    made: dict[str, NumberFormat] = {}
    found = []
    for style in styles:
        number = style.get("numFmtId", "0")
        if number not in made:
            made[number] = number_format(codes.get(int(number), "")) if number.isdecimal() else GENERAL
        found.append(made[number])
    return found


def _style(root: Element, formats: list[NumberFormat]) -> SheetStyle:
    shown: dict[tuple[int, int], NumberFormat] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    row = -1
    top, bottom, left, right = 1 << 30, -1, 1 << 30, -1
    for element in root:
        name = _local(element)
        if name == "cols":
            for each in element:
                if _is_on(each.get("hidden")):
                    first, last = _number(each.get("min"), 1), _number(each.get("max"), 0)
                    columns.update(range(first - 1, min(last, MOST_COLUMNS)))
        elif name == "sheetData":
            for each in element:
                row = _number(each.get("r"), row + 2) - 1
                if _is_on(each.get("hidden")):
                    rows.add(row)
                column = -1
                for cell in each:
                    column = _column(cell.get("r"), column + 1)
                    top, bottom = min(top, row), max(bottom, row)
                    left, right = min(left, column), max(right, column)
                    style = _number(cell.get("s"), 0)
                    if style < len(formats) and formats[style] != GENERAL:
                        shown[row, column] = formats[style]
    cells = (bottom - top + 1) * (right - left + 1) if bottom >= 0 else 0
    return SheetStyle(shown, frozenset(rows), frozenset(columns), cells)


def _column(address: str | None, otherwise: int) -> int:
    """The column of ``AB12``, counted from 0."""
    column = 0
    for letter in address or "":
        if not letter.isalpha() or not letter.isascii():
            break
        column = column * 26 + ord(letter.upper()) - 64
    return column - 1 if column else otherwise


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
