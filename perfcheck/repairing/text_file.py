"""Hunks brought into a plain text: its encoding, byte order mark, line ends and everything else stay as they are."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from perfcheck.reading.invisible import INVISIBLE, has_invisible
from perfcheck.repairing.draft import Hunk

MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def mend_text(data: bytes, encoding: str, hunks: Sequence[Hunk]) -> bytes:
    """``data``, which was read in ``encoding``, with ``hunks``, whose places count a line end as one character."""
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    body = data[len(mark) :]
    codec = MARKS.get(mark, encoding)
    text = body.decode(codec)
    more = _not_counted(text)
    places = [place + bisect_left(more, place) for hunk in hunks for place in hunk[:2]]
    offsets = list(_byte_offsets(text, codec, places))
    made = [mark]
    at = 0
    for hunk, start, end in zip(hunks, offsets[::2], offsets[1::2]):
        made += (body[at:start], hunk.new.encode(codec))
        at = end
    return b"".join((*made, body[at:]))


def _not_counted(text: str) -> list[int]:
    """Where characters of ``text`` stand that were not read: one of each line end of two, those of zero width."""
    if not has_invisible(text) and "\r\n" not in text:
        return []
    return [match.start() - count for count, match in enumerate(re.finditer(f"\r\n|[{INVISIBLE}]", text))]


def _byte_offsets(text: str, codec: str, places: Sequence[int]) -> Iterator[int]:
    """Where characters begin in the file; ``places`` are in order."""
    size = at = 0
    for place in places:
        size += len(text[at:place].encode(codec))
        at = place
        yield size
