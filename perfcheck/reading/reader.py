"""The one door into reading: which reader takes which file, told by signature first and name second."""

from __future__ import annotations

import os
from collections.abc import Callable

from perfcheck.errors import UnreadableSourceError
from perfcheck.reading.plain_text import read_plain_text
from perfcheck.source import SourceText

IsLandmark = Callable[[str], bool]
Reader = Callable[[str, bytes, IsLandmark], SourceText]

READERS: dict[str, Reader] = {".txt": read_plain_text}
"""Suffix -> reader. A new kind of file is one module beside plain_text.py and one line here."""

SUFFIXES = tuple(READERS)

FOREIGN_SUFFIXES = (".docx", ".doc", ".wps", ".pdf", ".xlsx", ".xls", ".et", ".html", ".htm", ".rtf", ".odt")
"""Office files that may well be budget documents but have no reader: named as not checked, never skipped."""

SIGNATURES: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"PK\x03\x04", ("Word/WPS/Excel 文件（.docx、.xlsx 等）", "a Word, WPS or Excel file (.docx, .xlsx)")),
    (
        b"\xd0\xcf\x11\xe0",
        ("旧版 Word/WPS/Excel 文件（.doc、.wps、.xls）", "an old Word, WPS or Excel file (.doc, .xls)"),
    ),
    (b"%PDF", ("PDF 文件", "a PDF file")),
    (b"{\\rtf", ("RTF 文件", "an RTF file")),
)
"""First bytes -> kind, because an extension lies; from the formats' own specifications."""


SAVE_AS_TEXT = (
    "请在 Word 或 WPS 中另存为“纯文本（UTF-8）”后再检查。",
    "Save it as plain text (UTF-8) in Word or WPS and check that.",
)


def read_file(path: str, is_landmark: IsLandmark) -> SourceText:
    """Read the file at ``path``; raises :class:`UnreadableSourceError` with a sentence for the user."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise UnreadableSourceError(
            "找不到这个文件，请核对路径和文件名。", "There is no such file; check path and name."
        ) from None
    except IsADirectoryError:
        raise UnreadableSourceError("这是文件夹，不是文件。", "This is a folder, not a file.") from None
    except PermissionError:
        raise UnreadableSourceError("没有读取这个文件的权限。", "There is no permission to read this file.") from None
    except OSError as error:
        raise UnreadableSourceError(
            f"文件打不开：{error.strerror or error}。", f"The file cannot be opened: {error.strerror or error}."
        ) from None
    return read_bytes(path, data, is_landmark)


def read_bytes(path: str, data: bytes, is_landmark: IsLandmark) -> SourceText:
    """Read ``data``, calling it ``path`` in messages; raises :class:`UnreadableSourceError`.

    ``is_landmark`` tells whether a line opens a new part of the form (a heading, a table title); the words for
    that belong to the grammar, so the caller hands them in.
    """
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableSourceError(
                f"这是{kind[0]}，现在只能读纯文本；{SAVE_AS_TEXT[0]}",
                f"This is {kind[1]}; only plain text can be read so far. {SAVE_AS_TEXT[1]}",
            )
    suffix = os.path.splitext(path)[1].lower()
    if suffix in FOREIGN_SUFFIXES:
        raise UnreadableSourceError(
            f"现在还不能读 {suffix} 文件；{SAVE_AS_TEXT[0]}", f"{suffix} files cannot be read so far. {SAVE_AS_TEXT[1]}"
        )
    reader = READERS.get(suffix, read_plain_text)
    return reader(path, data, is_landmark)
