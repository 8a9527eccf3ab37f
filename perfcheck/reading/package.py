"""Office packages (zip files of XML parts), opened within limits: a document is data from anywhere.

Formats: ISO/IEC 29500-2 (OPC). No document type declarations, so no entities; sizes are bounded before anything is
unpacked.
"""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from perfcheck.errors import UnreadableSourceError

LARGEST_PART = 100_000_000
"""Bytes one part may unpack to; the largest real documents have a few million."""
LARGEST_PACKAGE = 300_000_000
LARGEST_RATIO = 300
"""How many times its packed size a large part may unpack to; text packs about 20 to 1."""
SMALL = 1_000_000
"""Parts below this size may be packed as tightly as they like."""

SAVE_ANEW = "请用 Word 或 WPS 打开，另存为新的文件后再检查。"
SAVE_ANEW_EN = "Open it in Word or WPS, save it as a new file and check that."


class Package:
    """The parts of an office package; raises :class:`UnreadableSourceError` for what is none or not safe to open."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except Exception:  # as below
            raise damaged() from None
        self._entries = {entry.filename: entry for entry in entries}
        if sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
            raise _too_large()
        for entry in entries:
            packed = max(entry.compress_size, 1)
            if entry.file_size > LARGEST_PART or (entry.file_size > SMALL and entry.file_size / packed > LARGEST_RATIO):
                raise _too_large()
            if entry.flag_bits & 1:
                raise protected()

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """The content of the part ``name``."""
        try:
            with self._zip.open(self._entries[name]) as stream:
                data = stream.read(LARGEST_PART + 1)
        except Exception:  # of a damaged file zipfile raises whatever comes up: ValueError, zlib.error, OverflowError …
            raise damaged() from None
        if len(data) > LARGEST_PART:
            raise _too_large()
        return data

    def verify(self) -> None:
        """Read every part once, before a library does that trusts what the directory says of their sizes."""
        for name in self._entries:
            self.read(name)

    def xml(self, name: str) -> Element:
        """The part ``name`` as a tree; element names are ``{namespace}local``."""
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> Element:
    """``data`` as a tree; raises :class:`UnreadableSourceError` for what is not well formed or declares a type."""
    if b"<!DOCTYPE" in data or b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _parsed_with_care(data)
    # In all encodings of expat but UTF-16 the words of a declaration are those very bytes, so there is none.
    parser = XMLParser()
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError):  # the last two of an encoding expat does not know
        raise damaged() from None
    return root


def _parsed_with_care(data: bytes) -> Element:
    """``data`` as a tree by a parser that stops at a document type declaration; takes six times as long."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.ordered_attributes = False

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(_named(name), {_named(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        builder.end(_named(name))

    def refuse(*given: object) -> None:
        raise damaged()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged() from None
    return builder.close()


def _named(name: str) -> str:
    return "{" + name if "}" in name else name


def damaged() -> UnreadableSourceError:
    """The error for a package that cannot be opened."""
    return UnreadableSourceError(
        f"文件已损坏或不完整，打不开。{SAVE_ANEW}", f"The file is damaged or incomplete. {SAVE_ANEW_EN}"
    )


def protected() -> UnreadableSourceError:
    """The error for a package that asks for a password."""
    return UnreadableSourceError(
        "文件设有打开密码，读不出来。请去掉密码后再检查。",
        "The file is protected by a password; remove it and check again.",
    )


def _too_large() -> UnreadableSourceError:
    return UnreadableSourceError(
        "文件解压后大得不正常，为安全起见没有打开。" + SAVE_ANEW,
        "The file unpacks to an abnormal size and was not opened. " + SAVE_ANEW_EN,
    )
