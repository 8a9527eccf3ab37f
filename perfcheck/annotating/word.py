"""Remarks in the margin of a Word file: each finding a comment on its cell or phrase.

The comments themselves are made by python-docx; where they are anchored is worked out by the reader's own walk through
the file, so that cells, tracked insertions and text boxes are found as they were read. All parts of the package but
the main one, its relations, the comments and the list of types stay byte for byte as they were.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from perfcheck.annotating.remarks import AUTHOR, RemarkText, nearest, now
from perfcheck.annotating.word_anchors import put_around, take_out
from perfcheck.errors import MissingExtraError, UnreadableSourceError
from perfcheck.reading.docx import main_part
from perfcheck.reading.docx_names import TRANSITIONAL as W
from perfcheck.reading.docx_numbering import Numbering
from perfcheck.reading.docx_walker import Walker
from perfcheck.reading.own_files import COPY_STATUS, PROPERTIES
from perfcheck.reading.package import Package
from perfcheck.source import Row

INITIALS = "pc"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of new entries of the package, the first a zip file can have: equal input gives equal output."""


def annotate_docx(data: bytes, remarks: Sequence[RemarkText]) -> bytes:
    """A copy of the Word file ``data`` with ``remarks`` as comments; those of an earlier run are replaced.

    Raises :class:`MissingExtraError` without python-docx, :class:`UnreadableSourceError` for files it cannot open.
    """
    try:
        from docx import Document
    except ImportError:
        raise MissingExtraError("docx", "在 Word 文件里写批注", "writing comments into Word files") from None
    package = Package(data)
    package.verify()
    main = main_part(package)
    try:
        document = Document(io.BytesIO(data))
        body = document.element.body  # not there in files of the strict standard
    except Exception as error:  # python-docx raises whatever comes up for kinds it does not know, such as .docm
        raise UnreadableSourceError(
            f"这份 Word 文件写不进批注（{error}）。请另存为普通的 .docx 后再试。",
            f"Comments cannot be written into this file ({error}); save it as a plain .docx.",
        ) from None
    root = document.element
    _remove_ours(root, document.part)
    walker = _Finder(Numbering.of(package, main.rpartition("/")[0]))
    walker.blocks(body)
    source = walker.text.source("", "docx")
    lines = [block.line for block in source.blocks]
    for remark in remarks:
        location = remark.finding.location
        elements = walker.elements.get(_key(location.place.origin))
        if elements is None:
            block = source.blocks[nearest(location.place.span.line, lines)]
            origin = block.origins[0] if isinstance(block, Row) and block.origins else getattr(block, "origin", None)
            elements, location = walker.elements[_key(origin)], location._replace(focus=None)
        comment = document.comments.add_comment("\n".join(remark.lines), AUTHOR, INITIALS)
        comment._comment_elm.date = now()
        put_around(elements, location, comment.comment_id, walker.pieces)
    if not remarks:  # nothing else would tell the copy from what somebody wrote
        document.core_properties.content_status = COPY_STATUS
        if PROPERTIES not in package.names:
            document.core_properties.modified = now().replace(tzinfo=None)
    saved = io.BytesIO()
    document.save(saved)
    return _repacked(data, saved.getvalue(), main, () if remarks else (PROPERTIES, "_rels/.rels"))


class _Finder(Walker):
    """The reader's walk, which also remembers the elements it went through."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__(numbering)
        self.elements: dict[tuple[Any, ...], list[Any]] = {}
        """Place -> the paragraphs that stand there."""
        self.pieces: dict[Any, list[tuple[Any, str]]] = {}
        """Paragraph -> its text in pieces: the element each comes from (None for an automatic number) and the text."""

    def at(self, place: Any, paragraphs: Sequence[Any]) -> None:
        """The reader is done with what stands at ``place``."""
        self.elements[_key(place)] = list(paragraphs)

    def passed(self, paragraph: Any, pieces: Sequence[tuple[Any, str]]) -> None:
        """The reader is done with a paragraph."""
        self.pieces[paragraph] = list(pieces)


def _key(origin: Any) -> tuple[Any, ...]:
    return () if origin is None else (origin.table, origin.row, origin.cell, origin.paragraph)


def _remove_ours(root: Any, part: Any) -> None:
    """Take out the comments of an earlier run, with all they put into the text."""
    comments = part._comments_part.element if _has_comments(part) else ()
    ours = set()
    for comment in list(comments):
        if comment.get(W + "author") == AUTHOR and comment.get(W + "initials") == INITIALS:
            ours.add(comment.get(W + "id"))
            comment.getparent().remove(comment)
    if not ours:
        return
    take_out(root, ours)


def _has_comments(part: Any) -> bool:
    return any(relation.reltype.endswith("/comments") for relation in part.rels.values())


def _repacked(original: bytes, saved: bytes, main: str, more: Sequence[str] = ()) -> bytes:
    """The original package with only those parts taken from ``saved`` that comments change, and ``more``."""
    folder, _, name = main.rpartition("/")
    changed = {*more, main, f"{folder}/comments.xml", f"{folder}/_rels/{name}.rels", "[Content_Types].xml"}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(original)) as old,
        zipfile.ZipFile(io.BytesIO(saved)) as new,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for info in _entries(old, new):
            source = new if info.filename in changed and info.filename in new.namelist() else old
            out.writestr(info, source.read(info.filename), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _entries(old: zipfile.ZipFile, new: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    yield from old.infolist()
    known = set(old.namelist())
    for info in new.infolist():
        if info.filename not in known:
            yield zipfile.ZipInfo(info.filename, EARLIEST)
