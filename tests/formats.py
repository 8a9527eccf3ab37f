"""The document of a text in the extracted layout as any other kind of file; ``office.py`` writes the Word files.

Pages, old Word files and old workbooks are made by LibreOffice from those written here.
"""

from __future__ import annotations

import atexit
import datetime
import io
import itertools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from perfcheck.source import Paragraph, Row
from tests import office
from tests.office import blocks_of

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on the path")

Part = Paragraph | list[Row]


def parts_of(text: str) -> list[Part]:
    """Paragraphs and tables of a text in order."""
    parts: list[Part] = []
    for block in blocks_of(text):
        if isinstance(block, Paragraph):
            parts.append(block)
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(block)
        else:
            parts.append([block])
    return parts


def continues(rows: Sequence[Row], at: int) -> bool:
    """Whether the first cell of a row is drawn as merged with the one above: blank below the first row."""
    return at > 0 and len(rows[at].cells) > 1 and not rows[at].cells[0].strip()


# ---- spreadsheets -----------------------------------------------------------------------------------------------------


def xlsx(text: str, *, merged: bool = True, sheet_each: bool = False, numbers: bool = False) -> bytes:
    """``text`` as a workbook.

    Not merged, short rows just end; ``sheet_each`` gives each table a sheet; ``numbers`` writes numbers and percents
    as such instead of as text.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_numbers": False})
    shapes = {"%": book.add_format({"num_format": "0.00%"}), "": book.add_format({"num_format": "General"})}
    book.set_properties({"created": datetime.datetime(2023, 1, 1)})  # the same bytes each time
    sheet = book.add_worksheet("绩效文本")
    at = 0

    def put(row: int, column: int, value: str) -> None:
        number = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", value) if numbers else None
        if number:
            sign = number.group(2)
            sheet.write_number(row, column, float(Decimal(number.group(1)) / (100 if sign else 1)), shapes[sign])
        elif value:
            sheet.write_string(row, column, value)

    for part in parts_of(text):
        if isinstance(part, Paragraph):
            if sheet_each and part.text.endswith("绩效目标表"):
                sheet, at = book.add_worksheet(), 0
            put(at, 0, part.text)
            at += 1
            continue
        width = max(len(row.cells) for row in part)
        for index, row in enumerate(part):
            for column, value in enumerate(row.cells):
                last = width - 1 if column == len(row.cells) - 1 else column
                if merged and column == 0 and not continues(part, index):
                    deep = 1
                    while index + deep < len(part) and continues(part, index + deep):
                        deep += 1
                    if deep > 1 or last > 0:
                        sheet.merge_range(at, 0, at + deep - 1, last if deep == 1 else 0, "")
                elif merged and column and last > column:
                    sheet.merge_range(at, column, at, last, "")
                put(at, column, value)
            at += 1
        at += 1
    book.close()
    return stream.getvalue()


# ---- web pages --------------------------------------------------------------------------------------------------------


def html(text: str, *, merged: bool = True, encoding: str = "utf-8", closed: bool = True) -> bytes:
    """``text`` as a page; not ``closed``, ends of cells, rows and paragraphs are left out, as HTML allows."""

    def end(tag: str) -> str:
        return f"</{tag}>" if closed else ""

    def lines(value: str) -> str:
        value = value.replace("  ", "\xa0\xa0")
        if "\n" not in value:
            return escape(value) or "&nbsp;"
        return "".join(f"<p>{escape(line) or '&nbsp;'}{end('p')}" for line in value.split("\n"))

    made = [f'<html><head><meta charset="{encoding}"><title>某页</title><style>p{{margin:0}}</style></head><body>']
    for part in parts_of(text):
        if isinstance(part, Paragraph):
            made.append(f"<p>{escape(part.text)}{end('p')}")
            continue
        width = max(len(row.cells) for row in part)
        made.append("<table border=1>" + ("<tbody>" if closed else ""))
        for index, row in enumerate(part):
            made.append("<tr>")
            for column, value in enumerate(row.cells):
                spans = ""
                if column == len(row.cells) - 1 and column < width - 1:
                    spans += f' colspan="{width - column}"'
                if merged and column == 0:
                    if continues(part, index):
                        continue
                    deep = 1
                    while index + deep < len(part) and continues(part, index + deep):
                        deep += 1
                    spans += f' rowspan="{deep}"' if deep > 1 else ""
                made.append(f"<td{spans}>{lines(value)}{end('td')}")
            made.append(end("tr"))
        made.append(("</tbody>" if closed else "") + "</table>")
    made.append("</body></html>")
    return "\n".join(made).encode(encoding, "xmlcharrefreplace")


# ---- pages ------------------------------------------------------------------------------------------------------------

BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
PAGE_WIDTH = 9000
"""Twips between the margins of a page."""


def page_docx(text: str, *, size: int = 21) -> bytes:
    """``text`` as a Word file drawn as the forms are, to be printed: borders, widths, header rows that repeat.

    ``size`` is the size of the letters in half points; the first rows of a table and the header of its indicators are
    repeated on each page, so the tables are parted there as in the real forms.
    """
    body = []
    for part in parts_of(text):
        if isinstance(part, Paragraph):
            body.append(_line(part.text, size))
            continue
        starts = [0, *(at for at, row in enumerate(part) if at and row.cells[0] == "一级指标"), len(part)]
        for start, end in itertools.pairwise(starts):
            body.append(_printed(part[start:end], size))
            body.append(_line("", size))
    return office.package("".join(body))


def _line(text: str, size: int) -> str:
    return office.paragraph(office.run(text, f'<w:sz w:val="{size}"/>'))


def _printed(rows: Sequence[Row], size: int) -> str:
    width = max(len(row.cells) for row in rows)
    column = PAGE_WIDTH // width
    made = []
    for at, row in enumerate(rows):
        cells = []
        for place, text in enumerate(row.cells):
            span = width - place if place == len(row.cells) - 1 else 1
            properties = f'<w:tcW w:w="{column * span}" w:type="dxa"/>'
            properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            if place == 0 and continues(rows, at):
                properties += "<w:vMerge/>"
            elif place == 0 and at + 1 < len(rows) and continues(rows, at + 1):
                properties += '<w:vMerge w:val="restart"/>'
            cells.append(office.cell(*(_line(line, size) for line in text.split("\n")), properties=properties))
        header = "" if at else "<w:trPr><w:tblHeader/></w:trPr>"
        made.append(f"<w:tr>{header}{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for _ in range(width))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{column * width}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(made)}</w:tbl>'
    )


def pdf(text: str, *, size: int = 21) -> bytes:
    """``text`` printed to a file."""
    return converted(page_docx(text, size=size), "docx", "pdf")


# ---- LibreOffice ------------------------------------------------------------------------------------------------------


@cache
def _profile() -> str:
    """A profile for the conversions of this run: the user's own may be in use, and a new one takes a second to make."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder).as_uri()


@cache
def converted(data: bytes, suffix: str, to: str) -> bytes:
    """A file named ``.suffix`` as LibreOffice saves it as ``.to``."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"a.{suffix}")
        source.write_bytes(data)
        command = [
            SOFFICE, f"-env:UserInstallation={_profile()}", "--headless", "--norestore",
            "--convert-to", to, "--outdir", str(Path(folder, "out")), str(source),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return Path(folder, "out", f"a.{to.partition(':')[0]}").read_bytes()
