"""Tells files perfcheck itself has written: reports, which are no documents, and copies with its remarks.

Each carries a mark that the programs it is made for keep when they save it: Word files and workbooks a status, a
page its generator, a copy the author of its comments.
"""

from __future__ import annotations

import re

from perfcheck import NAME, REPORT_STATUS
from perfcheck.errors import OwnReportError, UnreadableSourceError
from perfcheck.patterns import compiled
from perfcheck.reading.package import Package
from perfcheck.reading.reader import kind_of

PROPERTIES = "docProps/core.xml"
COPY_STATUS = "perfcheck copy"
"""The status, among the properties, of a copy without any remark."""
PDF_END = b"\n%perfcheck copy\n"
"""A line at the end of a PDF file that is a copy without any remark."""
TAIL = 200
"""Bytes at the end of a PDF file in which that line is looked for."""
_GENERATOR = compiled(r"<meta\s+name=[\"']?generator[\"']?\s+content=[\"']?perfcheck\b", re.IGNORECASE)
HEAD = 3000
"""Characters at the beginning of a page in which its generator is looked for."""


def refuse_own_package(package: Package) -> None:
    """Raise :class:`OwnReportError` for a Word file or workbook that is a report of ours."""
    if PROPERTIES in package.names and f">{REPORT_STATUS}<".encode() in package.read(PROPERTIES):
        raise own_report()


def refuse_own_page(page: str) -> None:
    """Raise :class:`OwnReportError` for a web page that is a report of ours."""
    if NAME in page[:HEAD] and _GENERATOR.search(page, 0, HEAD):
        raise own_report()


def own_report() -> OwnReportError:
    """The error for a report of ours among the documents."""
    return OwnReportError(
        "这是 perfcheck 自己写的报告，不是要检查的文本；请给出原来的文本。",
        "This is a report perfcheck wrote and no document; name the document itself.",
    )


def is_own_copy(data: bytes) -> bool:
    """Whether a file is a copy perfcheck has put remarks into, or found nothing to remark in."""
    kind = kind_of(data)
    if kind == "pdf":
        return b"/NM (" + NAME.encode() in data or PDF_END.strip() in data[-TAIL:]
    if kind not in ("docx", "xlsx"):
        return False
    try:
        package = Package(data)
        if PROPERTIES in package.names and f">{COPY_STATUS}<".encode() in package.read(PROPERTIES):
            return True
        sign = f':author="{NAME}"' if kind == "docx" else f"[{NAME}]"
        return any(sign.encode() in package.read(name) for name in package.names if _holds_comments(name))
    except UnreadableSourceError:  # damaged, too large or protected: the reader says so
        return False


def _holds_comments(name: str) -> bool:
    return name.endswith(".xml") and "comment" in name.rpartition("/")[2].lower()
