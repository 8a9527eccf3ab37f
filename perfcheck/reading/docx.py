"""Reader for ``.docx``: the document as a reader sees it who accepted all changes.

Format: ISO/IEC 29500-1 (WordprocessingML). Insertions and moves-to are kept, deletions and hidden text dropped; of
fields the cached result stays; content controls and the like are looked through. A cell merged with the one above it
is an empty text, as in text extracted from Word. Rows of a table inside a cell follow the row of that cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from perfcheck.errors import UnreadableSourceError
from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.docx_comments import MarkedComments
from perfcheck.reading.docx_names import attribute_of, child_of, name_of
from perfcheck.reading.docx_numbering import Numbering
from perfcheck.reading.package import Package
from perfcheck.source import Origin, Remark, SourceText

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

SEE_THROUGH = frozenset(
    ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)
"""Containers whose content is read as if they were not there."""
DROPPED = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr")
)
CHANGES = frozenset(("ins", "del", "moveTo", "moveFrom"))
OFF = frozenset(("0", "false", "off", "none"))
DEEPEST = 20
"""Tables inside tables inside tables; deeper ones are flattened no further."""

CHANGED = Remark(
    "文件里有未接受的修订；检查的是接受全部修订之后的样子（保留插入的、去掉删除的）。",
    "The file has unaccepted changes; it was checked as if all of them were accepted.",
)
MACROS = Remark(
    "文件带有宏；perfcheck 只读文字，不运行宏。", "The file carries macros; only its text was read, nothing was run."
)


def read_docx(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Read one Word file; raises :class:`UnreadableSourceError`."""
    package = Package(data)
    main = main_part(package)
    root = package.xml(main)
    folder = main.rpartition("/")[0]
    numbering = Numbering.of(package, folder)
    walker = Walker(numbering)
    body = next((part for part in root if name_of(part) == "body"), None)
    if body is None:
        raise UnreadableSourceError("文件里没有正文。", "The file has no body.")
    walker.comments = MarkedComments(package, folder)
    walker.blocks(body)
    _set_notes_aside(package, folder, walker.text)
    source = walker.text.source(path, "docx", _remarks(walker, package))
    source.residue.extend(walker.comments.residue(source.blocks))
    if not source.blocks:
        raise UnreadableSourceError("文件是空的，没有可检查的内容。", "The file is empty; there is nothing to check.")
    return source


def main_part(package: Package) -> str:
    """The name of the part that holds the document."""
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                name = relation.get("Target", "").lstrip("/")
                if name in package.names:
                    return name
    return "word/document.xml"


def _remarks(walker: Walker, package: Package) -> list[Remark]:
    remarks = []
    if walker.changed:
        remarks.append(CHANGED)
    if any(name.endswith("vbaProject.bin") for name in package.names):
        remarks.append(MACROS)
    return remarks


def _set_notes_aside(package: Package, folder: str, text: CanonicalText) -> None:
    """Footnotes and endnotes are no part of the form; what they say is recorded."""
    for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote")):
        name = f"{folder}/{part}.xml"
        if name in package.names:
            for note in package.xml(name):
                if attribute_of(note, "type") is None:
                    words = "".join(inner.text or "" for inner in note.iter() if name_of(inner) == "t").strip()
                    if words:
                        text.set_aside(kind, words)


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

    def _inside(self, parent: Element) -> Iterator[tuple[Element, str]]:
        """The children that are read, containers opened, deletions left out, one of several alternatives taken."""
        for child in parent:
            name = name_of(child)
            if name in CHANGES:
                self.changed = True
            if name in SEE_THROUGH:
                yield from self._inside(child)
            elif child.tag == COMPATIBILITY + "AlternateContent":
                choice = next(iter(child), None)
                if choice is not None:
                    yield from self._inside(choice)
            elif name not in DROPPED:
                yield child, name

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
                if self._continues(cell, "hMerge"):
                    continue
                paragraphs, text = self._cell(cell, nested)
                cells.append("" if self._continues(cell, "vMerge") else text)
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
        paragraphs = []
        lines = []
        for block, name in self._inside(cell):
            if name == "p":
                paragraphs.append(block)
                lines.append(self._paragraph(block))
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

    @staticmethod
    def _continues(cell: Element, kind: str) -> bool:
        """Whether a cell is merged with the one above it (vMerge) or before it (hMerge)."""
        properties = child_of(cell, "tcPr")
        merge = None if properties is None else child_of(properties, kind)
        return merge is not None and attribute_of(merge, "val") in (None, "continue")

    def _paragraph(self, paragraph: Element) -> str:
        properties = child_of(paragraph, "pPr")
        pieces: list[tuple[Element | None, str]] = [(None, self._numbering.label(properties))]
        self._runs(paragraph, pieces)
        self.passed(paragraph, pieces)
        return "".join(text for _, text in pieces)

    def _runs(self, parent: Element, pieces: Pieces) -> None:
        for child, name in self._inside(parent):
            if name == "r":
                if not _is_hidden(child):
                    self._run(child, pieces)
            elif name == "oMath" or child.tag.endswith("}oMath"):
                words = "".join(inner.text or "" for inner in child.iter() if inner.tag.endswith("}t"))
                pieces.append((None, words))

    def _run(self, run: Element, pieces: Pieces) -> None:
        for child, name in self._inside(run):
            if name == "fldChar":
                self._field(attribute_of(child, "fldCharType"))
            elif name in ("drawing", "pict", "object"):
                self._boxes.extend(inner for inner in child.iter() if name_of(inner) == "txbxContent")
            elif self._in_code():
                continue
            elif name == "t":
                pieces.append((child, child.text or ""))
            elif name in ("br", "cr"):
                pieces.append((child, "\n" if attribute_of(child, "type") in (None, "textWrapping") else ""))
            elif name in ("tab", "ptab"):
                pieces.append((child, "\t"))
            elif name == "noBreakHyphen":
                pieces.append((child, "-"))
            elif name == "sym":
                pieces.append((child, _symbol(attribute_of(child, "char"))))

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


def _is_hidden(run: Element) -> bool:
    properties = child_of(run, "rPr")
    hidden = None if properties is None else child_of(properties, "vanish")
    return hidden is not None and (attribute_of(hidden, "val") or "1") not in OFF


def _symbol(code: str | None) -> str:
    """The character of a symbol font by its code; those in the private use area of the font are not known."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= number <= 0xF8FF else chr(number)
