"""The one door into reading: which reader takes which file, told by signature first and name second."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module

from perfcheck.errors import UnreadableSourceError
from perfcheck.named_tuples import NamedTuple
from perfcheck.reading.encoding import empty
from perfcheck.reading.file_bytes import bytes_of
from perfcheck.reading.plain_text import read_plain_text
from perfcheck.source import SourceText

IsLandmark = Callable[[str], bool]
Reader = Callable[[str, bytes, IsLandmark], SourceText]


class Kind(NamedTuple):
    """A kind of file: where its reader is, loaded when a file of the kind turns up, and what it is called."""

    reader: str
    zh: str
    en: str
    extra: str = ""
    """The extra that brings the packages this reader needs; empty when the core is enough."""


KINDS: dict[str, Kind] = {
    "docx": Kind("perfcheck.reading.docx:read_docx", "Word/WPS 文件（.docx）", "a Word file (.docx)"),
    "doc": Kind("perfcheck.reading.doc:read_doc", "旧版 Word/WPS 文件（.doc）", "an old Word file (.doc)", "doc"),
    "xlsx": Kind("perfcheck.reading.sheets:read_xlsx", "Excel 文件（.xlsx）", "an Excel file (.xlsx)", "xlsx"),
    "xls": Kind("perfcheck.reading.sheets:read_xls", "Excel/WPS 表格（.xls）", "an Excel file (.xls)", "xlsx"),
    "html": Kind("perfcheck.reading.html:read_html", "网页文件（.html）", "a web page (.html)"),
    "pdf": Kind("perfcheck.reading.pdf:read_pdf", "PDF 文件（.pdf）", "a PDF file (.pdf)", "pdf"),
}
"""Kind of file, as :func:`kind_of` tells it by its content -> its reader. A new kind is one module and one line."""

TEXT_SUFFIXES = (".txt", ".text")
SUFFIXES = (
    *TEXT_SUFFIXES, ".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps", ".wpt",
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".ett", ".html", ".htm", ".pdf",
)  # fmt: skip
"""Names of files that are looked for in folders."""
SHEETS = (".xls", ".xlt", ".et", ".ett")

COPY_ENDING = ".审核"
"""What is put between name and suffix of a copy with remarks."""

FOREIGN_SUFFIXES = (".rtf", ".odt", ".ott", ".ods", ".ots", ".mht", ".mhtml", ".ofd", ".uof", ".uot", ".uos")
"""Office files that may well be budget documents but have no reader: named as not checked, never skipped."""

ARCHIVE_SUFFIXES = (".zip", ".rar", ".7z")
"""What may hold documents and is none: counted and said, not opened."""

FOREIGN: dict[str, tuple[str, str]] = {
    "zip": ("压缩包或其他 Office 文件", "a zip or another Office file"),
    "odt": ("OpenDocument 文件（.odt 等）", "an OpenDocument file"),
    "ole": ("旧版 Office 文件", "an old Office file"),
    "mht": ("单个文件网页（.mht）", "a web archive (.mht)"),
    "xml": ("XML 格式的 Word/Excel 文件", "a Word or Excel file in XML"),
    "rtf": ("RTF 文件", "an RTF file"),
}
"""Kinds that can be told but not read."""

FOREIGN_BY_NAME: dict[str, tuple[str, str]] = {
    ".ofd": ("OFD 版式文件（.ofd）", "an OFD file"),
    ".uof": ("标文通文件（.uof）", "a UOF document"),
    ".uot": ("标文通文件（.uot）", "a UOF document"),
    ".uos": ("标文通表格（.uos）", "a UOF spreadsheet"),
}
"""Kinds that have no signature of their own: packages or XML like others."""

SAVE_ANEW = (
    "请在 Word 或 WPS 中另存为 .docx 或“纯文本（UTF-8）”后再检查。",
    "Save it as .docx or as plain text (UTF-8) in Word or WPS and check that.",
)
COMPOUND = b"\xd0\xcf\x11\xe0"
"""First bytes of a compound file (MS-CFB): Office before 2007, and later files with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which a file protected by a password keeps its content (MS-OFFCRYPTO 2.3)."""


def kind_of(data: bytes, suffix: str = "") -> str | None:
    """The kind of file by its content, because a name lies; None for what should be plain text."""
    if data.startswith(b"PK\x03\x04"):
        head = data[-70_000:] + data[:2000]  # names of parts stand in the directory at the end
        if b"word/document" in head or b"word/styles.xml" in head:
            return "docx"
        if b"xl/workbook" in head:
            return "xlsx"
        return "odt" if b"opendocument" in data[:200] else "zip"
    if data.startswith(COMPOUND):
        return _kind_of_compound(data, suffix)
    for signature, kind in ((b"%PDF", "pdf"), (b"{\\rtf", "rtf")):
        if data.startswith(signature):
            return kind
    return _kind_of_markup(data[:3000]) or ("html" if suffix in (".html", ".htm") and data.strip() else None)


def _kind_of_markup(head: bytes) -> str | None:
    """Pages, which Word, Excel and budget systems also save under the names of other kinds."""
    head = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"mime-version:") and b"multipart/related" in head:
        return "mht"
    if not head.startswith(b"<"):
        return None
    if b"<?mso-application" in head or b"<pkg:package" in head:
        return "xml"
    return "html" if any(tag in head for tag in (b"<html", b"<!doctype html", b"<table", b"<body", b"<meta")) else None


def _kind_of_compound(data: bytes, suffix: str) -> str:
    """The kind of an old Office file by the names of its streams; the name of the file decides where one has both."""
    is_text = "WordDocument".encode("utf-16-le") in data
    is_sheet = any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book"))
    if is_text and is_sheet:
        return "xls" if suffix in SHEETS else "doc"
    return "doc" if is_text else "xls" if is_sheet else "ole"


def read_file(path: str, is_landmark: IsLandmark) -> SourceText:
    """Read the file at ``path``; raises :class:`UnreadableSourceError` with a sentence for the user."""
    return read_bytes(path, bytes_of(path), is_landmark)


def read_bytes(path: str, data: bytes, is_landmark: IsLandmark) -> SourceText:
    """Read ``data``, calling it ``path`` in messages; raises :class:`UnreadableSourceError`.

    ``is_landmark`` tells whether a line opens a new part of the form (a heading, a table title); the words for
    that belong to the grammar, so the caller hands them in.
    """
    suffix = os.path.splitext(path)[1].lower()
    kind = kind_of(data, suffix)
    if kind == "zip" and suffix[1:] in KINDS:
        kind = suffix[1:]  # its directory is lost or odd; the reader says what is wrong
    if data.startswith(COMPOUND) and ENCRYPTED in data:
        from perfcheck.reading.package import protected

        raise protected()
    if kind in KINDS:
        module, _, function = KINDS[kind].reader.partition(":")
        reader: Reader = getattr(import_module(module), function)
        try:
            return reader(path, data, is_landmark)
        except ModuleNotFoundError as error:
            if not KINDS[kind].extra:
                raise
            raise _missing(KINDS[kind]) from error
    if kind in FOREIGN or (suffix in FOREIGN_BY_NAME and data.strip()):
        zh, en = FOREIGN_BY_NAME.get(suffix) or FOREIGN[kind or ""]
        zh = f" {zh}" if zh[:1].isascii() else zh
        raise UnreadableSourceError(
            f"这是{zh}，现在还不能读；{SAVE_ANEW[0]}",
            f"This is {en}, which cannot be read so far. {SAVE_ANEW[1]}",
        )
    if suffix in FOREIGN_SUFFIXES or (suffix in SUFFIXES and suffix not in TEXT_SUFFIXES):
        if not data.strip():
            raise empty()
        raise UnreadableSourceError(
            f"文件名是 {suffix}，内容却不是；可能已损坏，也可能改过扩展名。{SAVE_ANEW[0]}",
            f"The name says {suffix} but the content is something else. {SAVE_ANEW[1]}",
        )
    return read_plain_text(path, data, is_landmark)


def _missing(kind: Kind) -> UnreadableSourceError:
    """The error for a kind of file whose packages are not installed."""
    space = " " if kind.zh[:1].isascii() else ""
    return UnreadableSourceError(
        f'这是{space}{kind.zh}，读取它需要：pip install "perfcheck[{kind.extra}]"',
        f'This is {kind.en}; reading it needs: pip install "perfcheck[{kind.extra}]"',
    )
