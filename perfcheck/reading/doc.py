"""Reader for ``.doc`` and ``.wps``: Word files from 1997 to 2003, read as ``docx.py`` reads newer ones.

The streams come out of the compound file with olefile (extra ``doc``). Files of still older programs are handed to
LibreOffice, where that is installed, and refused where it is not.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from perfcheck.errors import UnreadableSourceError
from perfcheck.reading import libreoffice
from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.doc_file import DocFile, EncryptedError, TooOldError
from perfcheck.reading.doc_lists import numbering_of
from perfcheck.reading.doc_properties import Paragraph
from perfcheck.reading.docx import CHANGED, MACROS, read_docx
from perfcheck.reading.package import damaged, protected
from perfcheck.source import Origin, Remark, SourceText

STREAMS = ("WordDocument", "0Table", "1Table", "Data")
DEEPEST = 20
SHOWN_AS = {
    "\x0b": "\n", "\x1e": "-", "\x1f": "", "\x0e": "", "\x01": "", "\x02": "", "\x03": "", "\x04": "", "\x05": "",
    "\x08": "", "\x00": "",
}  # fmt: skip
"""Characters of the format -> what is read for them."""


def read_doc(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Read one file; raises :class:`UnreadableSourceError`."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = {name: container.openstream(name).read() for name in STREAMS if container.exists(name)}
            macros = container.exists("Macros") or container.exists("_VBA_PROJECT")
        file = DocFile(streams.get("WordDocument", b""), streams, streams.get("Data", b""))
        text = CanonicalText()
        _Walker(file, text).read()
    except EncryptedError:
        raise protected() from None
    except TooOldError:
        return _converted(path, data, is_landmark)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception:  # of a damaged file olefile and struct raise whatever comes up
        raise damaged() from None
    remarks: list[Remark] = [remark for remark, on in ((CHANGED, file.changed), (MACROS, macros)) if on]
    source = text.source(path, "doc", remarks)
    if not source.blocks:
        raise UnreadableSourceError("文件是空的，没有可检查的内容。", "The file is empty; there is nothing to check.")
    return source


def _converted(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """The file as LibreOffice saves it as ``.docx``."""
    made = libreoffice.converted(data, "doc", "docx")
    if made is None:
        raise UnreadableSourceError(
            "这是 Word 95 或更早的文件，也可能已损坏，读不出来。请用 Word 或 WPS 打开，另存为 .docx 后再检查。",
            "This is a file of Word 95 or older, or damaged. Open it in Word or WPS and save it as .docx.",
        )
    return read_docx(path, made, is_landmark)._replace(encoding="doc")


class _Row:
    """A row as its cells come: the lines of the open cell, the cells done, and the tables inside them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.cells: list[list[str]] = []
        self.inner: list[list[_Done]] = []
        self.goes_on = False
        """Whether the next inner row belongs to the last inner table."""


class _Done:
    """A row that is complete."""

    def __init__(self, texts: list[str], inner: list[list[_Done]]) -> None:
        self.texts = texts
        self.inner = inner


class _Walker:
    """Goes through the characters once, paragraphs and cells to canonical text."""

    def __init__(self, file: DocFile, text: CanonicalText) -> None:
        self._file = file
        self._text = text
        self._numbering = numbering_of(file)
        self._open: list[_Row] = []
        self._paragraphs = self._tables = self._table = self._row = 0
        self._in_table = False
        self._fields: list[bool] = []

    def read(self) -> None:
        """Body and text boxes are read, notes set aside."""
        file = self._file
        self._story(0, file.body)
        self._story(file.before_boxes, file.before_boxes + file.boxes)
        notes = file.before_boxes - file.endnotes
        for kind, start, end in (
            ("footnote", file.body, file.body + file.footnotes),
            ("endnote", notes, notes + file.endnotes),
        ):
            for line in _written(file.characters[start:end]).replace("\x07", "\r").split("\r"):
                if line.strip():
                    self._text.set_aside(kind, line.strip())

    def _story(self, start: int, end: int) -> None:
        self._open, self._fields, self._in_table = [], [], False
        parts: list[str] = []
        characters = self._file.characters
        for number in range(start, min(end, len(characters))):
            character = characters[number]
            if character == "\r" or character == "\x07" or character == "\x0c":
                self._paragraph(_written(parts), self._file.paragraph(number), character == "\x07")
                parts = []
            elif character == "\x13":
                self._fields.append(False)
            elif character == "\x14":
                self._fields[-1:] = [True] if self._fields else []
            elif character == "\x15":
                self._fields[-1:] = []
            elif all(self._fields):
                parts.append(character)
        if parts:
            self._paragraph(_written(parts), Paragraph(), False)
        while self._open:
            self._give_up_row()

    def _paragraph(self, text: str, about: Paragraph, is_mark: bool) -> None:
        depth = min(about.depth, DEEPEST)
        if is_mark:
            depth = 1
        if not depth:
            while self._open:
                self._give_up_row()
            self._in_table = False
            self._paragraphs += 1
            self._text.add_paragraph(self._label(about) + text, Origin(paragraph=self._paragraphs))
            return
        while len(self._open) < depth:
            self._open.append(_Row())
        while len(self._open) > depth:
            self._give_up_row()
        row = self._open[-1]
        if about.ends_row:
            self._end_row(about)
            return
        row.lines.append(self._label(about) + text)
        row.goes_on = False
        if is_mark or about.ends_cell:
            row.cells.append(row.lines)
            row.lines = []

    def _label(self, about: Paragraph) -> str:
        number, level = self._numbering.of_style(str(about.style))
        if about.list is not None:
            number, level = (str(about.list) if about.list > 0 else None), level
        if about.level is not None:
            level = about.level
        return self._numbering.next(number, level)

    def _end_row(self, about: Paragraph) -> None:
        row = self._open.pop()
        flags = about.cells
        if flags is not None and len(flags) != len(row.cells):
            raise TooOldError  # the cells are not where the row says; nothing is guessed
        texts = []
        for index, lines in enumerate(row.cells):
            across, down = flags[index] if flags is not None else (False, False)
            if across:
                continue
            while lines and not lines[-1].strip():
                lines.pop()
            texts.append("" if down else "\n".join(lines))
        self._done(_Done(texts, row.inner))

    def _give_up_row(self) -> None:
        """A row that was begun and never ended: what stands in it is kept."""
        row = self._open.pop()
        cells = [*row.cells, row.lines] if row.lines else row.cells
        if cells or row.inner:
            self._done(_Done(["\n".join(lines) for lines in cells], row.inner))

    def _done(self, row: _Done) -> None:
        if self._open:
            outer = self._open[-1]
            if not outer.goes_on:
                outer.inner.append([])
                outer.goes_on = True
            outer.inner[-1].append(row)
            return
        if not self._in_table:
            self._in_table, self._row = True, 0
            self._tables += 1
            self._table = self._tables
        self._row += 1
        self._write(row, self._table, self._row)

    def _write(self, row: _Done, table: int, position: int) -> None:
        if row.texts and not (row.inner and len(row.texts) == 1 and not row.texts[0].strip()):
            origins = [Origin(table=table, row=position, cell=cell) for cell in range(1, len(row.texts) + 1)]
            self._text.add_row(row.texts, origins)
        for inner in row.inner:
            self._tables += 1
            number = self._tables
            for at, each in enumerate(inner, 1):
                self._write(each, number, at)


def _written(characters: list[str]) -> str:
    """Characters of the file as text."""
    text = "".join([SHOWN_AS.get(each, each) for each in characters])
    if any("\ud800" <= each <= "\udfff" for each in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
