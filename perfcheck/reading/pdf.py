"""Reader for ``.pdf`` with a text layer: tables by their lines, joined over page breaks, and the text between them.

pdfplumber (extra ``pdf``) finds characters and lines. What a page repeats is dropped: headers of tables, running
heads, page numbers. A scan has no text and is refused in words.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from perfcheck.errors import UnreadableSourceError
from perfcheck.patterns import compiled
from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.package import protected
from perfcheck.reading.pdf_lines import Line, goes_on, joined, lines_of
from perfcheck.reading.pdf_tables import Cell, Table, continue_table, table_of
from perfcheck.reading.residue import is_page_number
from perfcheck.source import Origin, Remark, SourceText

MOST_PAGES = 2000
UNKNOWN = compiled(r"\(cid:\d+\)|\ufffd")
"""What stands for a character whose font does not tell which it is."""
MOST_UNKNOWN = 0.02
INDENT = 1.5
"""Sizes of a letter by which a new paragraph is moved in."""
NARROWEST = 0.7
"""How far over the page, at least, lines of text reach that are broken at the margin."""
GAP = 1.0
"""Heights of a line between two lines that are no longer one paragraph."""

Element = Table | tuple[Line, int]
"""A table, or a line with the page it stands on."""


Seen = Callable[[Origin, Sequence[Line], Cell | None], None]
"""Told of each place with its lines, and its cell where it is one."""


def read_pdf(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Read one file; raises :class:`UnreadableSourceError`."""
    return walk_pdf(path, data, is_landmark, lambda origin, lines, cell: None)


def walk_pdf(path: str, data: bytes, is_landmark: Callable[[str], bool], seen: Seen) -> SourceText:
    """Read one file and tell ``seen`` where on its pages everything stands; raises :class:`UnreadableSourceError`."""
    pages, blank, width = _opened(data)
    text = CanonicalText()
    _drop_furniture(pages, text, is_landmark)
    _write(_joined(pages), text, is_landmark, NARROWEST * width, seen)
    source = text.source(path, "pdf", _remarks(blank))
    _refuse_unreadable(source, blank)
    return source


def _opened(data: bytes) -> tuple[list[list[Element]], list[int], float]:
    """Tables and lines of each page, the pages that are images, and the width of the narrowest page."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    pages: list[list[Element]] = []
    blank: list[int] = []
    width = 0.0
    try:
        with pdfplumber.open(io.BytesIO(data)) as file:
            if len(file.pages) > MOST_PAGES:
                raise UnreadableSourceError(
                    f"文件超过 {MOST_PAGES} 页，没有打开。", f"The file has more than {MOST_PAGES} pages."
                )
            for number, page in enumerate(file.pages, 1):
                elements = _elements(page, number)
                if not elements and page.images:
                    blank.append(number)
                pages.append(elements)
                width = min(width, float(page.width)) if width else float(page.width)
                page.close()
    except UnreadableSourceError:
        raise
    except Exception as error:  # of a damaged file pdfminer raises whatever comes up
        cause = error.args[0] if error.args else None
        if isinstance(error, PDFPasswordIncorrect) or isinstance(cause, PDFPasswordIncorrect):
            raise protected() from None
        raise UnreadableSourceError(
            "PDF 文件已损坏或不完整，打不开。请重新导出，或检查生成它的 Word 或 Excel 文件。",
            "The PDF is damaged or incomplete. Export it anew, or check the Word or Excel file it was printed from.",
        ) from None
    return pages, blank, width


def _elements(page: Any, number: int) -> list[Element]:
    """The tables and lines of a page from top to bottom."""
    page = page.dedupe_chars(tolerance=0.5)
    characters = [each for each in page.chars if each["upright"]]
    elements: list[Element] = []
    for found in page.find_tables():
        left, top, right, bottom = found.bbox
        inside: list[dict[str, Any]] = []
        outside: list[dict[str, Any]] = []
        for each in characters:
            x, y = (each["x0"] + each["x1"]) / 2, (each["top"] + each["bottom"]) / 2
            (inside if left <= x <= right and top <= y <= bottom else outside).append(each)
        elements.append(table_of(found, inside, number))
        characters = outside
    elements += [(line, number) for line in lines_of(characters)]
    return sorted(elements, key=lambda each: each.top if isinstance(each, Table) else each[0].top)


def _drop_furniture(pages: list[list[Element]], text: CanonicalText, is_landmark: Callable[[str], bool]) -> None:
    """Take page numbers and running heads from the first and last lines of the pages."""
    for at in (0, -1):
        for _ in range(2):
            ends = [page[at] if page and not isinstance(page[at], Table) else None for page in pages]
            shapes = [re.sub(r"\d+", "#", end[0].text) if isinstance(end, tuple) else "" for end in ends]
            counts = Counter(shapes)
            for page, end, shape in zip(pages, ends, shapes):
                if not isinstance(end, tuple) or is_landmark(end[0].text):
                    continue
                if is_page_number(end[0].text):
                    text.set_aside("page number", end[0].text)
                elif counts[shape] > 2 and counts[shape] * 2 > len(pages):
                    text.set_aside("running head", end[0].text)
                else:
                    continue
                page.pop(at)


def _joined(pages: list[list[Element]]) -> list[Element]:
    """All elements in order, tables that go on on the next page joined."""
    elements: list[Element] = []
    tables = [element for page in pages for element in page if isinstance(element, Table)]
    known = Counter(cell.text for table in tables for row in table.rows for cell in row)
    for page in pages:
        for at, element in enumerate(page):
            last = elements[-1] if elements else None
            if (
                at == 0
                and isinstance(element, Table)
                and isinstance(last, Table)
                and continue_table(last, element, known)
            ):
                continue
            elements.append(element)
    return elements


def _write(
    elements: list[Element], text: CanonicalText, is_landmark: Callable[[str], bool], least: float, seen: Seen
) -> None:
    """Add all elements to ``text``; lines that end left of ``least`` do not reach the margin."""
    lines = [element[0] for element in elements if isinstance(element, tuple)]
    left = min((line.left for line in lines), default=0.0)
    right = max((line.solid for line in lines), default=0.0)
    right = max(right, least)
    tables = paragraphs = 0
    open_text, last, page = "", None, 0
    parts: list[Line] = []
    for element in [*elements, None]:
        if isinstance(element, tuple):
            line, on = element
            if (
                last is not None
                and not is_landmark(last.text)
                and (not is_landmark(line.text) or _is_rest_of_title(open_text, line.text, is_landmark))
                and line.left - left < INDENT * line.size
                and (on != page or line.top - last.bottom < GAP * last.size)
                and goes_on(last, line, right - last.right)
            ):
                open_text = joined(open_text, line.text, right - last.right < line.first)
                last, page = line, on
                parts.append(line)
                continue
        if last is not None:
            paragraphs += 1
            origin = Origin(page=page, paragraph=paragraphs)
            text.add_paragraph(open_text, origin)
            seen(origin, parts, None)
            last = None
        if isinstance(element, tuple):
            last, page = element
            open_text, parts = last.text, [last]
        elif element is not None:
            tables += 1
            for at, row in enumerate(element.rows):
                origins = [
                    Origin(page=element.pages[at], table=tables, row=at + 1, cell=number)
                    for number in range(1, len(row) + 1)
                ]
                text.add_row([cell.text for cell in row], origins)
                for origin, cell in zip(origins, row):
                    seen(origin, cell.lines, cell)


def _is_rest_of_title(text: str, line: str, is_landmark: Callable[[str], bool]) -> bool:
    """Whether a line that could be a title is the second line of one."""
    return not text.endswith(("。", "；", "：")) and not line[:1].isdigit() and is_landmark(text + line)


def _remarks(blank: list[int]) -> list[Remark]:
    if not blank:
        return []
    named = "、".join(map(str, blank[:5]))
    return [
        Remark(
            f"第 {named} 页是图片，没有文字，没有检查。",
            f"Page {', '.join(map(str, blank[:5]))} is an image without text and was not checked.",
        )
    ]


def _refuse_unreadable(source: SourceText, blank: list[int]) -> None:
    if not source.blocks and blank:
        raise UnreadableSourceError(
            "这是扫描件（图片），没有文字层，读不出文字。请检查生成它的 Word 或 Excel 文件。",
            "This is a scan without text. Check the Word or Excel file it was printed from.",
        )
    if not source.blocks:
        raise UnreadableSourceError("文件是空的，没有可检查的内容。", "The file is empty; there is nothing to check.")
    unknown = len(UNKNOWN.findall(source.text))
    if unknown > MOST_UNKNOWN * len(source.text):
        raise UnreadableSourceError(
            "这个 PDF 的字体没有说明文字是什么，读出来是乱码。请检查生成它的 Word 或 Excel 文件。",
            "The fonts of this PDF do not tell which characters they show. Check the file it was printed from.",
        )
