"""The text of a ``.doc`` file by its piece table, with the properties that belong to each place.

Format: [MS-DOC] 2.4.1 (retrieving text), 2.5 (file information block), 2.8.35 and 2.9.38 (pieces).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from itertools import pairwise

from perfcheck.named_tuples import NamedTuple
from perfcheck.reading import doc_properties as properties

WORD_97 = 0xA5EC
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
STYLES, CHARACTERS, PARAGRAPHS, PIECES, LISTS, LIST_USES = 1, 12, 13, 33, 73, 74
"""Places in the list of tables of the file information block."""
MOST_CHARACTERS = 10_000_000


class TooOldError(Exception):
    """The file is of a Word before 1997, or laid out in a way that is not read safely."""


class EncryptedError(Exception):
    """The file asks for a password."""


class Piece(NamedTuple):
    """A stretch of text: its characters' numbers, where it lies in the main stream, and what it modifies."""

    start: int
    end: int
    place: int
    wide: bool
    modifiers: properties.Modifiers


class DocFile:
    """The streams of a file, opened."""

    def __init__(self, main: bytes, tables: dict[str, bytes], data: bytes) -> None:
        if len(main) < 0x200 or struct.unpack_from("<H", main)[0] != WORD_97:
            raise TooOldError
        (flags,) = struct.unpack_from("<H", main, 0x0A)
        if flags & ENCRYPTED:
            raise EncryptedError
        self.main = main
        self.data = data
        table = tables.get("1Table" if flags & SECOND_TABLE else "0Table")
        if table is None:
            raise TooOldError
        self.table = table
        counts = struct.unpack_from("<8i", main, 0x4C)
        self.body, self.footnotes, headers, macros, self.remarks, self.endnotes, self.boxes, _ = (
            max(each, 0) for each in counts
        )
        self.before_boxes = self.body + self.footnotes + headers + macros + self.remarks + self.endnotes
        self.pieces = self._pieces(self.part(PIECES))
        self._starts = [piece.start for piece in self.pieces]
        self.characters = self._characters()
        self.changed = False
        self._paragraphs = properties.paragraph_runs(main, self.part(PARAGRAPHS))
        self._known: dict[bytes, properties.Paragraph] = {}
        self._drop_unseen(properties.character_runs(main, self.part(CHARACTERS)))

    def place_of(self, number: int) -> tuple[int, int]:
        """Where and how long the table ``number`` of the file information block is in the table stream."""
        at = 0x9A + 8 * number
        if at + 8 > len(self.main) or number >= struct.unpack_from("<H", self.main, 0x98)[0]:
            return 0, 0
        place, size = struct.unpack_from("<II", self.main, at)
        return place, size

    def part(self, number: int) -> bytes:
        """The table ``number`` of the file information block."""
        place, size = self.place_of(number)
        return self.table[place : place + size]

    def paragraph(self, character: int) -> properties.Paragraph:
        """The properties of the paragraph that ends with a character."""
        piece = self.pieces[bisect_right(self._starts, character) - 1]
        place = piece.place + (character - piece.start) * (2 if piece.wide else 1)
        found = self._paragraphs.at(place)
        if piece.modifiers:
            return properties.paragraph(found, piece.modifiers, self.data)
        known = self._known.get(found)
        if known is None:
            known = self._known[found] = properties.paragraph(found, [], self.data)
        return known

    def _pieces(self, table: bytes) -> list[Piece]:
        changes: list[properties.Modifiers] = []
        at = 0
        while at < len(table) and table[at] == 1:
            (size,) = struct.unpack_from("<H", table, at + 1)
            changes.append(list(properties.modifiers(table[at + 3 : at + 3 + size])))
            at += 3 + size
        if at >= len(table) or table[at] != 2:
            raise TooOldError
        (size,) = struct.unpack_from("<I", table, at + 1)
        plc = table[at + 5 : at + 5 + size]
        count = (len(plc) - 4) // 12
        numbers = struct.unpack_from(f"<{count + 1}I", plc)
        if numbers[-1] > MOST_CHARACTERS:
            raise ValueError("more characters than any document has")
        pieces = []
        for index in range(count):
            place, short = struct.unpack_from("<IH", plc, 4 * (count + 1) + 8 * index + 2)
            wide = not place & 0x40000000
            place &= 0x3FFFFFFF
            if short & 1:
                more = changes[short >> 1] if short >> 1 < len(changes) else []
            else:
                code = properties.SIMPLE.get(short >> 1 & 0x7F)
                more = [(code, bytes([short >> 8]))] if code else []
            if numbers[index] < numbers[index + 1]:
                pieces.append(Piece(numbers[index], numbers[index + 1], place if wide else place // 2, wide, more))
        if not pieces or pieces[0].start != 0 or any(a.end != b.start for a, b in pairwise(pieces)):
            raise TooOldError
        return pieces

    def _characters(self) -> list[str]:
        """All characters of the file by number."""
        found: list[str] = []
        for piece in self.pieces:
            count = piece.end - piece.start
            data = self.main[piece.place : piece.place + count * (2 if piece.wide else 1)]
            if len(data) < count:
                raise ValueError("cut")
            if piece.wide:
                found.extend(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))
            else:
                found.extend(data.decode("cp1252", "replace"))
        return found

    def _drop_unseen(self, runs: properties.Runs) -> None:
        """Take out what is deleted or hidden, put in symbols."""
        for piece in self.pieces:
            self._change(piece, piece.start, piece.end, piece.modifiers)
            width = 2 if piece.wide else 1
            end = piece.place + (piece.end - piece.start) * width
            index = max(bisect_right(runs.starts, piece.place) - 1, 0)
            while index < len(runs.starts) and runs.starts[index] < end:
                changes = list(properties.modifiers(runs.values[index]))
                start = max(runs.starts[index], piece.place)
                stop = min(runs.ends[index], end)
                if start < stop:
                    first = piece.start + (start - piece.place) // width
                    self._change(piece, first, piece.start + -(-(stop - piece.place) // width), changes)
                index += 1

    def _change(self, piece: Piece, start: int, end: int, changes: properties.Modifiers) -> None:
        for code, operand in changes:
            if code in (properties.DELETED, properties.INSERTED) and operand[0] & 1:
                self.changed = True
            if code in (properties.DELETED, properties.HIDDEN) and operand[0] == 1:
                for number in range(start, end):
                    if self.characters[number] not in "\r\x07\x0c\x13\x14\x15":
                        self.characters[number] = ""
            elif code == properties.SYMBOL:
                symbol = struct.unpack_from("<H", operand, 2)[0]
                shown = "" if 0xE000 <= symbol <= 0xF8FF else chr(symbol)
                for number in range(start, end):
                    if self.characters[number] == "(":
                        self.characters[number] = shown
