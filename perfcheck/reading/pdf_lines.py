"""Characters on a page brought to lines, and lines to the text they were broken from.

A page has no paragraphs, only characters in places. A line goes on in the next one where the first word of that would
not have found room behind it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

OPENING = frozenset("（([｛{【《〈“‘〔「『")
CLOSING = frozenset("）)]｝}】》〉”’〕」』，。、；：？！,.;:?!%％…")
"""Characters that stand at no end of a line, and at no beginning: they move with their neighbours."""
_ITEM = compiled(
    r"(?:\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、)(?!\d)"
)
_WORD = compiled(r"[!-~]")
_LABEL = compiled("[^，。；、：]{2,12}：")
NARROW_GAP, WIDE_GAP = 0.25, 0.9
"""Gaps, in sizes of a letter, that are a space between Latin letters and between Chinese ones (spread out to the
margin)."""
TOLERANCE = 0.6
"""Points by which a line may be longer than reckoned."""


class Line(NamedTuple):
    """A line of text: where it stands, its text, and the width of the word it begins with."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first: float
    """Width of its first character."""
    word: float
    """Width of what would not be parted at its beginning."""
    solid: float
    """Where its last letter ends; a mark behind it may hang over the margin."""
    page: int = 0
    edges: tuple[tuple[float, float], ...] = ()
    """Left and right of each of its letters that is no space."""


def lines_of(characters: Sequence[dict[str, Any]]) -> list[Line]:
    """The lines of some characters of a page, from top to bottom."""
    rows: list[list[dict[str, Any]]] = []
    reach = 0.0
    for each in sorted(characters, key=lambda each: (each["top"] + each["bottom"]) / 2):
        middle = (each["top"] + each["bottom"]) / 2
        if rows and middle < reach:
            rows[-1].append(each)
            if each["bottom"] - each["top"] > 2 * (reach - middle):
                reach = max(reach, (each["top"] + 2 * each["bottom"]) / 3)
        else:
            rows.append([each])
            reach = middle + (each["bottom"] - each["top"]) / 3
    return [line for line in map(_line, rows) if line.text.strip()]


def _line(row: list[dict[str, Any]]) -> Line:
    row = sorted(row, key=lambda each: each["x0"])
    while row and not row[-1]["text"].strip():
        row.pop()
    while row and not row[0]["text"].strip():
        row.pop(0)
    if not row:
        return Line("", 0, 0, 0, 0, 0, 0, 0, 0)
    size = max(each["size"] for each in row)
    parts = [row[0]["text"]]
    for before, each in itertools.pairwise(row):
        gap = each["x0"] - before["x1"]
        latin = _WORD.match(before["text"]) and _WORD.match(each["text"])
        if gap > (NARROW_GAP if latin else WIDE_GAP) * size and before["text"] != " " and each["text"] != " ":
            parts.append(" ")
        parts.append(each["text"])
    return Line(
        "".join(parts),
        row[0]["x0"],
        row[-1]["x1"],
        min(each["top"] for each in row),
        max(each["bottom"] for each in row),
        size,
        row[0]["x1"] - row[0]["x0"],
        _first_word(row),
        max((each["x1"] for each in row if each["text"] not in CLOSING), default=row[0]["x0"]),
        row[0].get("page_number", 0),
        tuple(
            (each["x0"], each["x1"]) for each in row for letter in each["text"] if not letter.isspace()
        ),  # a ligature is several letters in one place
    )


def _first_word(row: list[dict[str, Any]]) -> float:
    """The width of what stands together at the beginning of a line."""
    end = 0
    while end < len(row) - 1 and row[end]["text"] in OPENING:
        end += 1
    if _WORD.match(row[end]["text"]):
        while end < len(row) - 1 and _WORD.match(row[end + 1]["text"]):
            end += 1
    while end < len(row) - 1 and row[end + 1]["text"] in CLOSING:
        end += 1
    return float(row[end]["x1"] - row[0]["x0"])


def goes_on(line: Line, following: Line, room: float) -> bool:
    """Whether ``following`` is the rest of ``line``, which has ``room`` points left behind it."""
    if _ITEM.match(following.text) and not line.text.endswith(("，", "、", ",")) and following.word <= room:
        return False
    if _ITEM.match(following.text) and line.text.endswith(("。", "；", ";", "：", ":", ".")):
        return False
    if line.text.endswith("。") and _LABEL.match(following.text):
        return False
    return room < following.word + TOLERANCE


def joined(line: str, following: str, parted: bool) -> str:
    """``line`` and its rest as one; ``parted``: a word was parted for want of room, so nothing stood between."""
    letters = line[-1:] + following[:1]
    if not parted and letters.isascii() and letters.isalnum():
        return f"{line} {following}"
    return line + following


def text_of(lines: Sequence[Line], width: float) -> str:
    """The text of lines that were broken at ``width``."""
    made: list[str] = []
    last: Line | None = None
    for line in lines:
        room = width - (last.right - last.left) if last is not None else 0.0
        if last is not None and goes_on(last, line, room):
            made[-1] = joined(made[-1], line.text, room < line.first + TOLERANCE)
        else:
            made.append(line.text)
        last = line
    return "\n".join(made)
