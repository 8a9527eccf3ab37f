"""What extraction from Word leaves behind: bookmarks, table-of-contents fields, page numbers.

None of it was typed by the people who filled in the form, so it is set aside and recorded, never reported.
"""

from __future__ import annotations

import re
from functools import cache

from perfcheck.patterns import compiled
from perfcheck.source import Residue

MARKER = "perfcheck"
"""What a marker that waives findings begins with, behind its bracket: [perfcheck:忽略 …] (see docs/baseline.md)."""
_BOOKMARK = compiled(r"\[bookmark:[^\]\n]{0,200}\]")
# A TC field as Word prints it into plain text: its text, then switches such as \f C \l 1. LibreOffice drops \f.
_FIELD = "TC "
LONGEST_SWITCHES = 80
"""Characters at the end of a line in which a field's switches are looked for."""
_SWITCHES = compiled(r"(?:\\[a-z](?:[ \t]+\"?\w+\"?)?[ \t]*)+$")
_PAGE_NUMBER = compiled(
    r"\s*(?:[-—–]{0,2}\s*\d{1,4}\s*[-—–]{0,2}|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?)\s*"
)


@cache
def _marker() -> re.Pattern[str]:
    return compiled(r"[\[【]perfcheck[^\]】\n]{0,500}(?:[\]】]|$)")  # few documents have any


def strip_residue(line: str, number: int, found: list[Residue]) -> str:
    """Return ``line`` without bookmarks and fields, noting what was taken out of line ``number`` in ``found``."""
    if "[bookmark:" in line:
        found += [Residue("bookmark", text, number) for text in _BOOKMARK.findall(line)]
        line = _BOOKMARK.sub("", line)
    if MARKER in line:
        found += [Residue("marker", text, number) for text in _marker().findall(line)]
        line = _marker().sub("", line)
    if "\\" in line:
        at = line.find(_FIELD)
        if (
            at >= 0
            and (at == 0 or line[at - 1].isspace())
            and _SWITCHES.search(line, max(at, len(line) - LONGEST_SWITCHES))
        ):
            found.append(Residue("field", line[at:].strip(), number))
            line = line[:at].rstrip()
    return line


def is_page_number(line: str) -> bool:
    """Whether the line is nothing but a page number: ``1``, ``— 3 —``, ``第 2 页 共 9 页``."""
    return _PAGE_NUMBER.fullmatch(line) is not None


def has_bookmark(line: str) -> bool:
    """Whether Word left a bookmark at the start of the line, as it does before headings and table titles."""
    return line.lstrip().startswith("[bookmark:")


def is_marker(line: str, kept: str) -> bool:
    """Whether ``line``, ``kept`` without residue, was nothing but markers."""
    return MARKER in line and not kept.strip() and _marker().search(line) is not None
