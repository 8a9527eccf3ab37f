"""Files read, and no more: for whoever judges them, or shows what was read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from perfcheck.config import STANDARD_INPUT
from perfcheck.errors import OwnReportError, UnreadableSourceError
from perfcheck.model.document import Document
from perfcheck.reading import read_bytes, read_file
from perfcheck.reading.file_bytes import bytes_from
from perfcheck.running.files import LeftOut, find_files
from perfcheck.source import SourceText

if TYPE_CHECKING:
    from perfcheck.parsing.document_parser import DocumentParser


def parse(
    paths: Sequence[str], year: int | None = None, language: str = "zh", left_out: LeftOut | None = None
) -> Iterator[tuple[str, Document | str]]:
    """Each file's path with its document, or with the sentence why it could not be read."""
    from perfcheck.parsing.document_parser import DocumentParser

    parser = DocumentParser()
    left_out = LeftOut() if left_out is None else left_out
    for path in find_files(paths, left_out=left_out):
        try:
            yield path, read_document(path, parser, year)
        except OwnReportError as error:
            if left_out.leaves(path, paths):
                continue
            yield path, error.in_language(language)
        except UnreadableSourceError as error:
            yield path, error.in_language(language)


def texts(paths: Sequence[str], left_out: LeftOut | None = None) -> Iterator[tuple[str, str, str]]:
    """Each file's path, its canonical text, and the sentence why it could not be read, else empty."""
    from perfcheck.parsing.document_parser import DocumentParser

    parser = DocumentParser()
    left_out = LeftOut() if left_out is None else left_out
    for path in find_files(paths, left_out=left_out):
        try:
            yield path, read_source(path, parser).text, ""
        except OwnReportError as error:
            if not left_out.leaves(path, paths):
                yield path, "", str(error)
        except UnreadableSourceError as error:
            yield path, "", str(error)


def read_document(path: str, parser: DocumentParser, year: int | None = None) -> Document:
    """Read and parse one file; raises :class:`UnreadableSourceError`."""
    return parser.parse(read_source(path, parser), year)


def read_source(path: str, parser: DocumentParser) -> SourceText:
    """Read one file, or standard input; raises :class:`UnreadableSourceError`."""
    if path != STANDARD_INPUT:
        return read_file(path, parser.is_landmark)
    return read_bytes("<stdin>", standard_input(), parser.is_landmark)


def standard_input() -> bytes:
    """All of standard input; raises :class:`UnreadableSourceError` where that is closed, or too much."""
    if sys.stdin is None:
        raise UnreadableSourceError("标准输入是关着的，没有文本可读。", "Standard input is closed.")
    return bytes_from(sys.stdin.buffer)
