"""One document in many kinds of files: the blocks of a text written as Word does it, traps included on demand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.source import Paragraph, Row

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""


class Traps(NamedTuple):
    """What a Word file may have besides text and plain cells."""

    merged: bool = True
    """Blank first cells below a filled one are merged with it, as in the real forms."""
    changes: bool = False
    """Every cell has a tracked insertion that counts and a deletion that does not."""
    hidden: bool = False
    """Every cell has hidden text."""
    fields: bool = False
    """Table titles carry the field of a table of contents."""
    controls: bool = False
    """Tables stand in content controls."""


def blocks_of(text: str) -> list[Paragraph | Row]:
    """The blocks of a text in the extracted layout."""
    parser = DocumentParser()
    return list(read_bytes("a.txt", text.encode(), parser.is_landmark).blocks)


PLAIN = Traps()


def docx(text: str, traps: Traps = PLAIN) -> bytes:
    """``text``, in the extracted layout, as a Word file."""
    body = []
    rows: list[Row] = []
    for block in blocks_of(text):
        if isinstance(block, Row):
            rows.append(block)
            continue
        if rows:
            body.append(_table(rows, traps))
            rows = []
        body.append(_paragraph(block.text, traps, title=True))
    if rows:
        body.append(_table(rows, traps) + "<w:p/>")  # LibreOffice loses a table at the very end
    return package("".join(body))


def package(body: str, **parts: str) -> bytes:
    """A Word file with ``body``; other parts by name, without folder and suffix."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        named = {f"word/{name}.xml": content for name, content in parts.items()}
        whole = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document, **named}
        for name, content in whole.items():
            entry = zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0))  # the same bytes each time
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text; line breaks become breaks."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def field(code: str, result: str = "") -> str:
    """A field with its code and the result Word keeps."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{escape(code)}</w:instrText></w:r>{separate + run(result) if result else ''}{end}"


def inserted(content: str) -> str:
    """Content that was inserted and not yet accepted."""
    return f'<w:ins w:id="1" w:author="甲">{content}</w:ins>'


def deleted(text: str) -> str:
    """Text that was deleted, the deletion not yet accepted."""
    return f'<w:del w:id="2" w:author="甲"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell of paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """A table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def _paragraph(text: str, traps: Traps, title: bool = False) -> str:
    runs = [run(text)]
    if traps.changes and text:
        half = len(text) // 2
        runs = [run(text[:half]), deleted("删去的"), inserted(run(text[half:]))]
    if traps.hidden:
        runs.append(run("看不见的", "<w:vanish/>"))
    if traps.fields and title:
        runs.append(field(f' TC "{text}" \\f C \\l 1 '))
    return paragraph(*runs)


def _table(rows: Sequence[Row], traps: Traps) -> str:
    made = []
    for at, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row.cells):
            properties = ""
            if traps.merged and column == 0:
                below = rows[at + 1].cells if at + 1 < len(rows) else [" "]
                if not text:
                    properties = "<w:vMerge/>"
                elif not below[0]:
                    properties = '<w:vMerge w:val="restart"/>'
            cells.append(cell(*(_paragraph(line, traps) for line in text.split("\n")), properties=properties))
        made.append(cells)
    whole = table(*made)
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{whole}</w:sdtContent></w:sdt>" if traps.controls else whole
