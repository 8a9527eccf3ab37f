"""Reader for ``.txt``: the text as extracted from Word, one tab-led cell per line."""

from __future__ import annotations

import re
from collections.abc import Callable

from perfcheck.reading.canonical import lay_out
from perfcheck.reading.encoding import decode, empty
from perfcheck.reading.invisible import columns_of, has_invisible, visible
from perfcheck.source import SourceText


def read_plain_text(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Decode and lay out one text file; raises :class:`~perfcheck.errors.UnreadableSourceError`."""
    text, encoding = decode(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\f" in text or "\v" in text:  # page and line breaks of Word; a space keeps every column where it was
        text = text.replace("\f", " ").replace("\v", " ")
    if "【perfcheck" in text:  # a marker in the brackets of a Chinese keyboard
        text = re.sub(r"【(perfcheck[^】\n]{0,500})】", r"[\1]", text)
    dropped = {}
    if has_invisible(text):
        dropped, text = columns_of(text), visible(text)
        if not text.strip():
            raise empty()
    blocks, residue = lay_out(text, is_landmark)
    return SourceText(path, text, blocks, residue, encoding, dropped=dropped)
