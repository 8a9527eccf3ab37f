"""Where the canonical text of a Word file stands in the bytes of its main part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from perfcheck.named_tuples import NamedTuple
from perfcheck.reading.docx_names import name_of
from perfcheck.reading.docx_numbering import Numbering
from perfcheck.reading.docx_walker import Walker
from perfcheck.reading.package import damaged
from perfcheck.reading.residue import strip_residue
from perfcheck.source import Origin, Row, SourceText

_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>")


class Bytes(NamedTuple):
    """The bytes of an element: where its first tag begins and ends, where its last tag begins, where all of it ends."""

    start: int
    inside: int
    outside: int
    end: int


class Stretch(NamedTuple):
    """Characters ``start`` to ``end`` of the canonical text that are those of ``element`` from its ``offset`` on.

    ``element`` is None for what Word makes up, such as an automatic number.
    """

    start: int
    end: int
    element: Element | None
    offset: int


class MarkedTree:
    """The main part as a tree whose elements know their bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.bytes_of: dict[Element, Bytes] = {}
        self.parent_of: dict[Element, Element] = {}
        self.root = self._parse()

    def _parse(self) -> Element:
        builder = TreeBuilder()
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.ordered_attributes = False
        opened: list[tuple[Element, int, int]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            element = builder.start(_named(name), {_named(key): value for key, value in attributes.items()})
            at = parser.CurrentByteIndex
            tag = _TAG.match(self.data, at)
            if opened:
                self.parent_of[element] = opened[-1][0]
            opened.append((element, at, tag.end() if tag else at))

        def end(name: str) -> None:
            builder.end(_named(name))
            element, begin, inside = opened.pop()
            if self.data.endswith(b"/>", begin, inside):
                self.bytes_of[element] = Bytes(begin, inside, inside, inside)
                return
            at = parser.CurrentByteIndex
            self.bytes_of[element] = Bytes(begin, inside, at, self.data.find(b">", at) + 1)

        def refuse(*given: object) -> None:
            raise damaged()

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = builder.data
        parser.StartDoctypeDeclHandler = refuse
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError:
            raise damaged() from None
        return builder.close()


def _named(name: str) -> str:
    return "{" + name if "}" in name else name


class _Remembering(Walker):
    """The reader's walk, which also remembers which elements the text of a place comes from."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__(numbering)
        self.paragraphs: dict[Origin, list[Element]] = {}
        self.pieces: dict[Element, list[tuple[Element | None, str]]] = {}

    def at(self, place: Origin, paragraphs: Sequence[Element]) -> None:
        """The reader is done with what stands at ``place``."""
        self.paragraphs[place] = list(paragraphs)

    def passed(self, paragraph: Element, pieces: Sequence[tuple[Element | None, str]]) -> None:
        """The reader is done with a paragraph."""
        self.pieces[paragraph] = list(pieces)


def stretches_of(tree: MarkedTree, numbering: Numbering) -> tuple[SourceText, list[Stretch]]:
    """The text of the file as the reader gives it, and where each stretch of it comes from, in order."""
    walker = _Remembering(numbering)
    walker.blocks(next(part for part in tree.root if name_of(part) == "body"))
    source = walker.text.source("", "docx")
    starts = [0]
    for line in source.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found: list[Stretch] = []
    parts_left: dict[Origin, Iterator[tuple[int, str]]] = {}
    for block in source.blocks:
        if isinstance(block, Row):
            for index, origin in enumerate(block.origins or ()):
                pieces = _pieces(walker, origin)
                raw = "".join(text for _, text in pieces)
                at = 0
                for number, (line, part) in enumerate(zip(block.cells[index].split("\n"), raw.split("\n"))):
                    lead = len(part) - len(part.lstrip("\t"))
                    if part[lead:] != line:
                        break
                    begin = starts[block.cell_line(index) + number - 1] + (number == 0)
                    found += _cut(pieces, at + lead, at + len(part), begin)
                    at += len(part) + 1
        elif block.origin is not None:
            pieces = _pieces(walker, block.origin)
            parts = parts_left.get(block.origin)
            if parts is None:
                parts = parts_left[block.origin] = _parts("".join(text for _, text in pieces))
            for at, part in parts:
                kept = strip_residue(part, 0, []).strip()
                if kept == block.text:
                    lead = part.find(kept)
                    if lead >= 0:
                        found += _cut(pieces, at + lead, at + lead + len(kept), starts[block.line - 1])
                    break
    found.sort(key=lambda stretch: stretch.start)
    return source, found


def _parts(raw: str) -> Iterator[tuple[int, str]]:
    """The lines of a paragraph and where they begin in it."""
    at = 0
    for part in raw.split("\n"):
        yield at, part
        at += len(part) + 1


def _pieces(walker: _Remembering, origin: Origin) -> list[tuple[Element | None, str]]:
    pieces: list[tuple[Element | None, str]] = []
    for number, paragraph in enumerate(walker.paragraphs.get(origin, ())):
        if number:
            pieces.append((None, "\n"))
        pieces += walker.pieces.get(paragraph, ())
    return pieces


def _cut(pieces: Sequence[tuple[Any, str]], start: int, end: int, canonical: int) -> Iterator[Stretch]:
    """The stretches that characters ``start`` to ``end`` of ``pieces`` are, which stand at ``canonical``."""
    at = 0
    for element, text in pieces:
        low, high = max(start, at), min(end, at + len(text))
        if low < high:
            yield Stretch(canonical + low - start, canonical + high - start, element, low - at)
        at += len(text)
