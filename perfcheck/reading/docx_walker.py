"""The walk through the body of a ``.docx``: paragraphs, tables, text boxes, automatic numbers, to canonical text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.docx_comments import MarkedComments
from perfcheck.reading.docx_names import NAMES, attribute_of, child_of
from perfcheck.reading.docx_numbering import Numbering
from perfcheck.reading.docx_symbols import symbol
from perfcheck.source import Origin

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SEE_THROUGH = frozenset(
    ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)
"""Containers whose content is read as if they were not there."""
CHANGES = frozenset(("ins", "del", "moveTo", "moveFrom"))
ALTERNATIVES = COMPATIBILITY + "AlternateContent"
OPENED = SEE_THROUGH | CHANGES | {ALTERNATIVES}
"""Names that are more than themselves; all others, nearly all there are, are passed on as they come."""
WITHOUT_TEXT = frozenset(("pPr", "bookmarkStart", "bookmarkEnd", "proofErr"))
"""What stands in a paragraph beside its runs and shows nothing."""
MERGES = frozenset(("vMerge", "hMerge", "cellDel"))
OFF = frozenset(("0", "false", "off", "none"))
DEEPEST = 20
"""Tables inside tables inside tables; deeper ones are flattened no further."""


Pieces = list[tuple["Element | None", str]]
"""The text of a paragraph by the elements it comes from; None for an automatic number."""


class Walker:
    """Goes through the body once, blocks to canonical text."""

    def __init__(self, numbering: Numbering) -> None:
        self.text = CanonicalText()
        self.changed = False
        self.comments: MarkedComments | None = None
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self._boxes: list[Element] = []
        self._fields: list[bool] = []
        """For each field begun: whether its result has begun; a field may run over paragraphs."""

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables of the body, or of a text box."""
        for block, name in self._inside(parent):
            if name == "p":
                self._paragraphs += 1
                origin = Origin(paragraph=self._paragraphs)
                self.text.add_paragraph(self._paragraph(block), origin)
                self.at(origin, (block,))
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    self.blocks(box)
            elif name == "tbl":
                self._tables += 1
                self._table(block, self._tables, 0)

    def _inside(self, parent: Element) -> list[tuple[Element, str]]:
        """The children that are read, containers opened, deletions left out, one of several alternatives taken."""
        found = [(child, NAMES[child.tag]) for child in parent]
        for _, name in found:
            if name in OPENED:
                return [*self._opened(found)]
        return found

    def _opened(self, children: Sequence[tuple[Element, str]]) -> Iterator[tuple[Element, str]]:
        for child, name in children:
            if name not in OPENED:
                yield child, name
                continue
            if name in CHANGES:
                self.changed = True
            if name in SEE_THROUGH:
                if name != "sdt" or not _is_placeholder(child):
                    yield from self._inside(child)
            elif name == ALTERNATIVES:
                choice = next(iter(child), None)
                if choice is not None:
                    yield from self._inside(choice)

    def _table(self, table: Element, number: int, depth: int) -> None:
        position = 0
        for row, name in self._inside(table):
            if name != "tr":
                continue
            position += 1
            if self._is_dropped(row):
                continue
            cells: list[str] = []
            origins: list[Origin] = []
            nested: list[Element] = []
            for cell, kind in self._inside(row):
                if kind != "tc":
                    continue
                merges = _merges(cell)
                if merges:
                    self.changed = self.changed or "cellDel" in merges
                    if "hMerge" in merges or "cellDel" in merges:
                        continue
                paragraphs, text = self._cell(cell, nested)
                cells.append("" if "vMerge" in merges else text)
                origins.append(Origin(table=number, row=position, cell=len(cells)))
                self.at(origins[-1], paragraphs)
            if cells and not (nested and len(cells) == 1 and not cells[0].strip()):
                self.text.add_row(cells, origins)
            for inner in nested:
                if depth < DEEPEST:
                    self._tables += 1
                    self._table(inner, self._tables, depth + 1)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self.blocks(box)

    def _cell(self, cell: Element, nested: list[Element]) -> tuple[list[Element], str]:
        """The paragraphs of a cell and their text; tables in it are put into ``nested``."""
        paragraphs: list[Element] = []
        lines: list[str] = []
        goes_on = False
        for block, name in self._inside(cell):
            if name == "p":
                paragraphs.append(block)
                text = self._paragraph(block)
                if goes_on:
                    lines[-1] += text
                else:
                    lines.append(text)
                goes_on = loses_its_end(block)
            elif name == "tbl":
                nested.append(block)
        while lines and not lines[-1].strip():
            lines.pop()
        return paragraphs, "\n".join(lines)

    def at(self, place: Origin, paragraphs: Sequence[Element]) -> None:
        """Called for each place with the paragraphs that stand there; for walks that want to come back."""
        if self.comments is not None:
            self.comments.note(place, paragraphs)

    def passed(self, paragraph: Element, pieces: Sequence[tuple[Element | None, str]]) -> None:
        """Called for each paragraph with the pieces of its text and the elements they come from; likewise."""

    def _is_dropped(self, row: Element) -> bool:
        """Whether a row was deleted with its deletion not yet accepted."""
        properties = child_of(row, "trPr")
        if properties is None:
            return False
        if child_of(properties, "ins") is not None:
            self.changed = True
        if child_of(properties, "del") is None:
            return False
        self.changed = True
        return True

    def _paragraph(self, paragraph: Element) -> str:
        properties = child_of(paragraph, "pPr")
        pieces: Pieces = [(None, self._numbering.label(properties))]
        if self._fields or not _plain_runs(paragraph, pieces):
            del pieces[1:]
            self._runs(paragraph, pieces)
        self.passed(paragraph, pieces)
        if self._fields:  # a code ends with its paragraph at the latest; of a broken one not all the rest is lost
            self._fields = [shown for shown in self._fields if shown]
        return "".join([text for _, text in pieces])

    def _runs(self, parent: Element, pieces: Pieces) -> None:
        for child, name in self._inside(parent):
            if name == "r":
                if not _is_hidden(child):
                    self._run(child, pieces)
            elif child.tag.endswith(("}oMath", "}oMathPara")):
                words = "".join(inner.text or "" for inner in child.iter() if inner.tag.endswith("}t"))
                pieces.append((None, words))

    def _run(self, run: Element, pieces: Pieces) -> None:
        for child, name in self._inside(run):
            if name == "t" and not self._fields:
                text = child.text or ""
                pieces.append((child, text.replace("\n", " ") if "\n" in text else text))
            elif name == "fldChar":
                self._field(attribute_of(child, "fldCharType"))
            elif name in ("drawing", "pict", "object"):
                self._boxes.extend(_text_boxes(child))
            elif self._in_code():
                continue
            elif name == "t":
                pieces.append((child, (child.text or "").replace("\n", " ")))
            elif name in ("br", "cr"):
                pieces.append((child, "\n" if attribute_of(child, "type") in (None, "textWrapping") else ""))
            elif name in ("tab", "ptab"):
                pieces.append((child, "\t"))
            elif name == "noBreakHyphen":
                pieces.append((child, "-"))
            elif name == "sym":
                pieces.append((child, symbol(attribute_of(child, "font"), attribute_of(child, "char"))))
            elif name == "ruby":  # words with their reading above them
                base = child_of(child, "rubyBase")
                if base is not None:
                    self._runs(base, pieces)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _in_code(self) -> bool:
        """Whether what stands here is the code of a field, not its result."""
        return not all(self._fields)


def _plain_runs(paragraph: Element, pieces: Pieces) -> bool:
    """Add the text of a paragraph that has nothing but shown text, as nearly all have; False for any other."""
    for child in paragraph:
        name = NAMES[child.tag]
        if name == "r":
            for each in child:
                kind = NAMES[each.tag]
                if kind == "t":
                    text = each.text or ""
                    pieces.append((each, text.replace("\n", " ") if "\n" in text else text))
                elif kind != "rPr" or child_of(each, "vanish") is not None:
                    return False
        elif name not in WITHOUT_TEXT:
            return False
    return True


def _merges(cell: Element) -> tuple[str, ...]:
    """How a cell is merged: with the one above it (vMerge), with the one before it (hMerge); or deleted (cellDel)."""
    properties = child_of(cell, "tcPr")
    if properties is None:
        return ()
    names = [NAMES[each.tag] for each in properties]
    if MERGES.isdisjoint(names):
        return ()
    both = zip(names, properties)
    return tuple(name for name, each in both if name in MERGES and attribute_of(each, "val") in (None, "continue"))


def _is_placeholder(control: Element) -> bool:
    """Whether a content control shows only the invitation to fill it in."""
    properties = child_of(control, "sdtPr")
    shown = None if properties is None else child_of(properties, "showingPlcHdr")
    return shown is not None and (attribute_of(shown, "val") or "1") not in OFF


def loses_its_end(paragraph: Element) -> bool:
    """Whether the mark at the end of a paragraph was deleted, so that the next one goes on with it."""
    properties = child_of(paragraph, "pPr")
    mark = None if properties is None else child_of(properties, "rPr")
    return mark is not None and (child_of(mark, "del") is not None or child_of(mark, "moveFrom") is not None)


def _text_boxes(drawing: Element) -> Iterator[Element]:
    """The texts in a drawing, one of several alternatives taken; those in them come up when they are read."""
    for child in drawing:
        name = NAMES[child.tag]
        if name == "txbxContent":
            yield child
        elif name == ALTERNATIVES:
            yield from _text_boxes(child[0]) if len(child) else ()
        elif len(child):
            yield from _text_boxes(child)


def _is_hidden(run: Element) -> bool:
    properties = child_of(run, "rPr")
    hidden = None if properties is None else child_of(properties, "vanish")
    return hidden is not None and (attribute_of(hidden, "val") or "1") not in OFF
