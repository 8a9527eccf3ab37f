"""Remarks in a PDF: each finding a highlight on its words, its text the note that belongs to it.

The places are those the reader saw; pypdf (extra ``report``) adds the highlights behind the end of the file, as PDF
allows, so that all of the file itself stays byte for byte as it was.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from perfcheck.annotating.remarks import AUTHOR, RemarkText, nearest, now, stretch_of
from perfcheck.errors import MissingExtraError, UnreadableSourceError
from perfcheck.finding import Location
from perfcheck.named_tuples import NamedTuple
from perfcheck.reading.own_files import PDF_END
from perfcheck.reading.pdf import walk_pdf
from perfcheck.reading.pdf_lines import Line
from perfcheck.reading.pdf_tables import Cell
from perfcheck.source import Origin, Row, SourceText

OURS = "perfcheck-"
"""What the names (/NM) of our highlights begin with."""
COLORS = {"error": (1.0, 0.72, 0.72), "warning": (1.0, 0.88, 0.4), "note": (0.7, 0.87, 1.0)}
INSET = 2.0
"""Points between the border of a blank cell and its highlight."""
PRINTED = 4
"""The flag of an annotation that is printed (ISO 32000-1, 12.5.3)."""


class Box(NamedTuple):
    """A stretch of a line as it is seen: points from the left and the top of the page."""

    left: float
    top: float
    right: float
    bottom: float


class Seen(NamedTuple):
    """What stands at a place: its lines, and its cell where it is one."""

    lines: tuple[Line, ...]
    cell: Cell | None


def annotate_pdf(data: bytes, remarks: Sequence[RemarkText], is_landmark: Callable[[str], bool]) -> bytes:
    """A copy of the file ``data`` with ``remarks`` as highlights; those of an earlier run are replaced.

    Raises :class:`MissingExtraError` without pypdf, :class:`UnreadableSourceError` for files that cannot be changed.
    """
    try:
        from pypdf import PdfReader, PdfWriter
    except ImportError:
        raise MissingExtraError("report", "在 PDF 文件里写批注", "writing remarks into PDF files") from None
    places: dict[Origin, Seen] = {}

    def note(origin: Origin, lines: Sequence[Line], cell: Cell | None) -> None:
        places.setdefault(origin, Seen(tuple(lines), cell))

    source = walk_pdf("", data, is_landmark, note)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableSourceError(
                "这份 PDF 限制了修改，写不进批注。请从生成它的 Word 或 Excel 文件重新导出，或直接检查那份文件。",
                "This PDF must not be changed; export it anew without restrictions, or check its source file.",
            )
        writer = PdfWriter(reader, incremental=True)
        for page in writer.pages:
            _remove_ours(page)
        for number, remark in enumerate(remarks, 1):
            for page_number, boxes in _boxes(remark.finding.location, places, source).items():
                _highlight(writer, page_number - 1, boxes, remark, number)
        made = io.BytesIO()
        writer.write(made)
    except UnreadableSourceError:
        raise
    except Exception as error:  # pypdf raises whatever comes up for files it does not understand
        raise UnreadableSourceError(
            f"这份 PDF 写不进批注（{error}）。请重新导出后再试。", f"Remarks cannot be written into this PDF ({error})."
        ) from None
    return made.getvalue() if remarks else made.getvalue() + PDF_END


def _boxes(location: Location, places: dict[Origin, Seen], source: SourceText) -> dict[int, list[Box]]:
    """What is to be marked of a place, by pages, which count from 1."""
    origin = location.place.origin
    if origin not in places:
        lines = [block.line for block in source.blocks]
        block = source.blocks[nearest(location.place.span.line, lines)]
        origin = block.origins[0] if isinstance(block, Row) and block.origins else getattr(block, "origin", None)
        location = location._replace(focus=None)
    if origin is None or origin not in places:
        return {}
    seen = places[origin]
    letters = [(line, edges) for line in seen.lines for edges in line.edges]
    if not letters:
        cell = seen.cell
        if cell is None:
            return {}
        return {cell.page: [Box(cell.left + INSET, cell.top + INSET, cell.right - INSET, cell.bottom - INSET)]}
    start, end = stretch_of("".join("".join(line.text.split()) for line in seen.lines), location) or (0, len(letters))
    chosen = letters[start:end] or letters[start - 1 : start + 1]  # a space is shown by its neighbours
    pages: dict[int, dict[int, Box]] = {}
    for line, (left, right) in chosen:
        boxes = pages.setdefault(line.page, {})
        before = boxes.get(id(line), Box(left, 0, right, 0))
        boxes[id(line)] = Box(min(left, before.left), line.top, max(right, before.right), line.bottom)
    return {page: list(boxes.values()) for page, boxes in pages.items()}


def _highlight(writer: Any, page_number: int, boxes: Sequence[Box], remark: RemarkText, number: int) -> None:
    """Add one highlight to a page, with a picture of itself for programs that do not draw highlights."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

    page = writer.pages[page_number]
    corners = [list(_corners(box, page)) for box in boxes]
    across = [x for four in corners for x, _ in four]
    upward = [y for four in corners for _, y in four]
    numbers = [value for four in corners for point in four for value in point]
    date = TextStringObject(now().strftime("D:%Y%m%d%H%M%SZ"))
    color = COLORS[remark.finding.level]
    rectangle = ArrayObject(map(FloatObject, (min(across), min(upward), max(across), max(upward))))
    picture = _picture(corners, color, rectangle)
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): rectangle,
            NameObject("/QuadPoints"): ArrayObject(map(FloatObject, numbers)),
            NameObject("/C"): ArrayObject(map(FloatObject, color)),
            NameObject("/F"): NumberObject(PRINTED),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Subj"): TextStringObject(remark.finding.rule.id),
            NameObject("/NM"): TextStringObject(f"{OURS}{number}"),
            NameObject("/Contents"): TextStringObject("\n".join(remark.lines)),
            NameObject("/CreationDate"): date,
            NameObject("/M"): date,
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(picture)}),
        }
    )
    writer.add_annotation(page_number, annotation)


def _picture(corners: Sequence[Sequence[tuple[float, float]]], color: tuple[float, ...], rectangle: Any) -> Any:
    """A form that paints the marked stretches so that the words show through."""
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    path = "".join(
        f"{one[0]:.2f} {one[1]:.2f} m {two[0]:.2f} {two[1]:.2f} l {four[0]:.2f} {four[1]:.2f} l "
        f"{three[0]:.2f} {three[1]:.2f} l h\n"
        for one, two, three, four in corners
    )
    picture = StreamObject()
    picture.set_data(f"/M gs {' '.join(map(str, color))} rg\n{path}f\n".encode())
    state = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    resources = DictionaryObject({NameObject("/ExtGState"): DictionaryObject({NameObject("/M"): state})})
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): rectangle,
            NameObject("/Resources"): resources,
        }
    )
    return picture


def _corners(box: Box, page: Any) -> Iterator[tuple[float, float]]:
    """The corners of a box in the page's own coordinates: top left, top right, bottom left, bottom right."""
    left, bottom, right, top = map(float, page.mediabox)
    turned = int(page.rotation or 0) % 360
    aside, down = (bottom, left) if turned in (90, 270) else (left, bottom)  # pdfplumber adds where the page begins
    for x, y in ((across - aside, below + down) for below in (box.top, box.bottom) for across in (box.left, box.right)):
        if turned == 90:
            yield left + y, bottom + x
        elif turned == 180:
            yield right - x, bottom + y
        elif turned == 270:
            yield right - y, top - x
        else:
            yield left + x, top - y


def _remove_ours(page: Any) -> None:
    """Take the highlights of an earlier run from a page."""
    from pypdf.generic import ArrayObject, NameObject

    annotations = page.get("/Annots")
    if annotations is None:
        return
    kept = [each for each in annotations.get_object() if not _is_ours(each.get_object())]
    if len(kept) < len(annotations.get_object()):
        page[NameObject("/Annots")] = ArrayObject(kept)


def _is_ours(annotation: Any) -> bool:
    return str(annotation.get("/T", "")) == AUTHOR and str(annotation.get("/NM", "")).startswith(OURS)
