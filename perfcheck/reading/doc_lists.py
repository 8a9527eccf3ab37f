"""Automatic numbers in ``.doc`` files, for the counting that ``docx_numbering.py`` does.

Format: [MS-DOC] 2.9.147 and following (lists), 2.9.271 (styles).
"""

from __future__ import annotations

import struct

from perfcheck.reading import doc_properties as properties
from perfcheck.reading.doc_file import LIST_USES, LISTS, STYLES, DocFile
from perfcheck.reading.docx_numbering import Level, List, Numbering, Styles

FORMATS = {
    3: "upperLetter", 4: "lowerLetter", 0x0B: "japaneseCounting", 0x0E: "decimalFullWidth",
    0x12: "decimalEnclosedCircle", 0x13: "decimalFullWidth", 0x17: "bullet", 0x1C: "decimalEnclosedCircleChinese",
    0x1E: "ideographTraditional", 0x21: "taiwaneseCounting", 0x23: "taiwaneseCounting", 0x25: "chineseCounting",
    0x27: "chineseCountingThousand", 0xFF: "none",
}  # fmt: skip
"""Number format in the file -> its name in ``.docx``; all others are written in digits."""


def numbering_of(file: DocFile) -> Numbering:
    """The lists of a file, by their number in it; numbers begin at 1."""
    try:
        bases = _lists(file)
        uses = file.part(LIST_USES)
        (count,) = struct.unpack_from("<I", uses) if len(uses) >= 4 else (0,)
        lists = {}
        for index in range(min(count, len(uses) // 16)):
            (key,) = struct.unpack_from("<I", uses, 4 + 16 * index)
            lists[str(index + 1)] = List(bases.get(key, {}), str(index + 1))
        return Numbering(lists, _styles(file) if lists else {})
    except (struct.error, IndexError, ValueError):
        return Numbering({}, {})


def _lists(file: DocFile) -> dict[int, dict[int, Level]]:
    """Key of each list -> its levels, which follow all lists."""
    place, size = file.place_of(LISTS)
    if size < 2:
        return {}
    data = file.table
    (count,) = struct.unpack_from("<H", data, place)
    at = place + 2 + 28 * count
    found = {}
    for index in range(count):
        start = place + 2 + 28 * index
        (key,) = struct.unpack_from("<I", data, start)
        levels = {}
        for level in range(1 if data[start + 26] & 1 else 9):
            levels[level], at = _level(data, at)
        found[key] = levels
    return found


def _level(data: bytes, at: int) -> tuple[Level, int]:
    first, shape = struct.unpack_from("<iB", data, at)
    size = data[at + 24] + data[at + 25]
    at += 28 + size
    (length,) = struct.unpack_from("<H", data, at)
    written = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(each) + 1}" if ord(each) < 9 else each for each in written)
    return Level(FORMATS.get(shape, "decimal"), text, first), at + 2 + 2 * length


def _styles(file: DocFile) -> Styles:
    """Paragraph style -> list and level it brings along, its own or that of the style it is based on."""
    data = file.part(STYLES)
    if len(data) < 6:
        return {}
    size, count, fixed = struct.unpack_from("<HHH", data)
    at = 2 + size
    own: dict[int, tuple[str, int]] = {}
    based: dict[int, int] = {}
    for style in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        record = data[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        if len(record) < fixed + 2:
            continue
        kind = struct.unpack_from("<H", record, 2)[0]
        if kind & 0xF != 1:
            continue
        based[style] = kind >> 4
        (name,) = struct.unpack_from("<H", record, fixed)
        start = fixed + 2 + 2 * (name + 1)
        if start + 4 > len(record):
            continue
        (upx,) = struct.unpack_from("<H", record, start)
        made = properties.paragraph(record[start + 2 : start + 2 + upx], [], b"")
        if made.list:
            own[style] = (str(made.list), made.level or 0)
    found: Styles = {}
    for style in based:
        seen = style
        for _ in range(10):
            if seen in own:
                found[str(style)] = own[seen]
                break
            seen = based.get(seen, 0xFFF)
    return found
