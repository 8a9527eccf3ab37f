"""Remarks in the margin of a Word file: each finding a comment on its cell or phrase.

The comments themselves are made by python-docx; where they are anchored is worked out by the reader's own walk through
the file, so that cells, tracked insertions and text boxes are found as they were read. All parts of the package but
the main one, its relations, the comments and the list of types stay byte for byte as they were.
"""

from __future__ import annotations

import copy
import datetime
import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from perfcheck.annotating.remarks import AUTHOR, RemarkText, nearest
from perfcheck.errors import MissingExtraError, UnreadableSourceError
from perfcheck.finding import Location
from perfcheck.reading.docx import Walker, main_part
from perfcheck.reading.docx_names import TRANSITIONAL as W
from perfcheck.reading.docx_numbering import Numbering
from perfcheck.reading.package import Package
from perfcheck.source import Row

INITIALS = "pc"
OUR_REVISION = "00FEC4EC"
"""Revision id (w:rsidR) of runs that were split off for an anchor, so that they can be joined again."""
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
    main = main_part(package)
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises whatever comes up for kinds it does not know, such as .docm
        raise UnreadableSourceError(
            f"这份 Word 文件写不进批注（{error}）。请另存为普通的 .docx 后再试。",
            f"Comments cannot be written into this file ({error}); save it as a plain .docx.",
        ) from None
    root = document.element
    _remove_ours(root, document.part)
    walker = _Finder(Numbering.of(package, main.rpartition("/")[0]))
    walker.blocks(root.body)
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
        comment._comment_elm.date = _now()
        _anchor(elements, location, comment.comment_id, walker.pieces)
    saved = io.BytesIO()
    document.save(saved)
    return _repacked(data, saved.getvalue(), main)


def comments_of(data: bytes) -> list[tuple[str, str]]:
    """Author and text of every comment in a Word file."""
    from docx import Document

    return [(comment.author, comment.text) for comment in Document(io.BytesIO(data)).comments]


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


def _now() -> datetime.datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def _anchor(paragraphs: Sequence[Any], location: Location, identity: int, pieces: dict[Any, Any]) -> None:
    """Put the marks of comment ``identity`` around the place, and its reference behind."""
    runs = _runs_of(paragraphs, location, pieces)
    if runs:
        first, last = runs
        first.addprevious(_element(first, "commentRangeStart", identity))
        last.addnext(_element(last, "commentRangeEnd", identity))
        outer = last
        while not outer.getparent().tag.endswith("}p"):
            outer = outer.getparent()
        reference = _reference(outer, identity)
        end = last.getnext()
        (end if outer is last else outer).addnext(reference)
        return
    paragraph = paragraphs[0]  # a blank cell: the marks stand in its paragraph with nothing between
    for element in (
        _element(paragraph, "commentRangeStart", identity),
        _element(paragraph, "commentRangeEnd", identity),
        _reference(paragraph, identity),
    ):
        paragraph.append(element)


def _runs_of(paragraphs: Sequence[Any], location: Location, pieces: dict[Any, Any]) -> tuple[Any, Any] | None:
    """The first and last run of a place, split where it begins and ends inside one; ``pieces`` follow the splits."""
    flat: list[tuple[Any, int, int]] = []
    home: dict[Any, list[tuple[Any, str]]] = {}
    at = 0
    text = ""
    for number, paragraph in enumerate(paragraphs):
        if number:
            at += 1
            text += "\n"
        for element, words in pieces.get(paragraph, ()):
            home[element] = pieces[paragraph]
            flat.append((element, at, at + len(words)))
            at += len(words)
            text += words
    spans = [(element, start, end) for element, start, end in flat if element is not None and end > start]
    if not spans:
        return None
    lead = len(text) - len(text.lstrip())
    if location.focus is None:
        return spans[0][0].getparent(), spans[-1][0].getparent()
    begin, finish = (offset + lead for offset in location.focus)
    inside = [span for span in spans if span[1] < finish and span[2] > begin]
    if not inside:
        return spans[0][0].getparent(), spans[-1][0].getparent()
    (first, start, _), (last, last_start, end) = inside[0], inside[-1]
    if finish < end:
        _split(last, finish - last_start, home[last])
    if begin > start:
        split = _split(first, begin - start, home[first])
        if split is not None:
            if last is first:
                last = split
            first = split
    return first.getparent(), last.getparent()


def _split(element: Any, at: int, pieces: list[tuple[Any, str]]) -> Any:
    """Split the run of a piece of text before its character ``at``; gives the piece behind, None where it has none.

    ``pieces`` are those of its paragraph, and follow.
    """
    if not element.tag.endswith("}t"):
        return None
    run = element.getparent()
    behind = copy.copy(run)
    for child in list(behind):
        behind.remove(child)
    behind.set(W + "rsidR", OUR_REVISION)
    properties = run.find(W + "rPr")
    if properties is not None:
        behind.append(copy.deepcopy(properties))
    rest = copy.copy(element)
    rest.text, element.text = element.text[at:], element.text[:at]
    for piece in (element, rest):
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    behind.append(rest)
    index = next(index for index, (each, _) in enumerate(pieces) if each is element)
    pieces[index : index + 1] = [(element, element.text), (rest, rest.text)]
    for sibling in list(element.itersiblings()):
        behind.append(sibling)
    run.addnext(behind)
    return rest


def _element(beside: Any, name: str, identity: int) -> Any:
    return beside.makeelement(W + name, {W + "id": str(identity)})


def _reference(beside: Any, identity: int) -> Any:
    run = beside.makeelement(W + "r", {})
    run.append(_element(beside, "commentReference", identity))
    return run


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
    for name in ("commentRangeStart", "commentRangeEnd"):
        for mark in list(root.iter(W + name)):
            if mark.get(W + "id") in ours:
                mark.getparent().remove(mark)
    for mark in list(root.iter(W + "commentReference")):
        if mark.get(W + "id") in ours:
            run = mark.getparent()
            run.getparent().remove(run)
    for run in list(root.iter(W + "r")):
        if run.get(W + "rsidR") == OUR_REVISION:
            _join(run)


def _join(run: Any) -> None:
    """Join a run that was split off to the one before it."""
    before = run.getprevious()
    if before is None or before.tag != run.tag:
        return
    pieces = [child for child in run if not child.tag.endswith("}rPr")]
    last = before[-1] if len(before) else None
    if pieces and last is not None and last.tag.endswith("}t") and pieces[0].tag.endswith("}t"):
        last.text = (last.text or "") + (pieces[0].text or "")
        pieces = pieces[1:]
    for piece in pieces:
        before.append(piece)
    run.getparent().remove(run)


def _has_comments(part: Any) -> bool:
    return any(relation.reltype.endswith("/comments") for relation in part.rels.values())


def _repacked(original: bytes, saved: bytes, main: str) -> bytes:
    """The original package with only those parts taken from ``saved`` that comments change."""
    folder, _, name = main.rpartition("/")
    changed = {main, f"{folder}/comments.xml", f"{folder}/_rels/{name}.rels", "[Content_Types].xml"}
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
