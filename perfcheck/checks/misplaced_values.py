"""Cells filled with what is none of theirs: placeholders for a value, a value in the column of another cell."""

from __future__ import annotations

import re
from typing import Any

from perfcheck.checks.names import UnitKinds, bare_name
from perfcheck.checks.phrases import rows_with_text_in
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.targets import SIGNS
from perfcheck.finding import Fact, FieldNames
from perfcheck.memories import Remembered
from perfcheck.patterns import compiled

LONGEST_VALUE = 20
"""Characters of a value; longer texts are sentences."""
NO_VALUE = ("qualitative", "blank", "deadline", "relative_change")
"""Kinds of a value that may be the words of another cell (年内…); a grade or a date is a value of its own."""
PERCENT_SIGNS = ("%", "％")
_YEAR = r"(?:19|20)\d\d年?"
_CENTURY = ("19", "20")
_BARE_VALUE = r"([≥≤<>=＜＞＝≧≦]*)\s*\d+(?:\.\d+)?\s*([^\d≥≤<>=]{0,8}?)(?:及?以[上下内])?"
_PER = "/／"


def placeholder(
    read: Read,
    *,
    words: list[str],
    marks: list[str],
    beside: list[str],
    kinds: dict[str, list[str]],
    magnitudes: list[str],
) -> Judge:
    """A value is neither one of ``words`` that stand for it nor made of ``marks`` with a sign, a unit and the like.

    ``beside`` are what else may stand beside the marks. A table without a name, or with marks for one, is a form that
    nobody has filled in.
    """
    not_empty("words", words)
    not_empty("marks", marks)
    whole, others, kind_of = frozenset(words), frozenset(beside), UnitKinds(kinds, magnitudes)
    mark = "[" + "".join(map(re.escape, marks)) + "]"
    marked, unnamed = compiled(mark + "+"), compiled(mark + "{2}")
    year = compiled(_YEAR)

    def beside_marks(piece: str) -> bool:
        if not piece or piece in others or piece in PERCENT_SIGNS or piece in _CENTURY or year.fullmatch(piece):
            return True
        return all(part in others or kind_of[part] for part in re.split(f"[{_PER}]", piece) if part)

    def stands_for_nothing(text: str) -> bool:
        shown = "".join(text.split())
        if not shown or len(shown) > LONGEST_VALUE:
            return False
        if bare_name(shown.lstrip(SIGNS)) in whole:
            return True
        return marked.search(shown) is not None and all(map(beside_marks, marked.split(shown.lstrip(SIGNS))))

    is_one = Remembered(stands_for_nothing)

    def judge(node: Any, document: Any) -> Fact | None:
        name = document.projects[node.project].name
        if not name or unnamed.search(name):
            return None
        return Fact("target", {"text": node.target.text})

    return screened(judge, lambda nodes: rows_with_text_in(is_one, nodes, "target.text"))


def bare_value(
    read: Read, *, fields: list[str], shifted: bool, kinds: dict[str, list[str]], magnitudes: list[str]
) -> Judge:
    """None of ``fields`` is a value: nothing but a number with a sign, or with a unit of one of ``kinds``.

    A number that is a year is none. Where the value itself is but words, the cells of the row are ``shifted``: either
    these rows are meant, or the others.
    """
    not_empty("fields", fields)
    readers = [(field, read(field)) for field in fields]
    kind_of = UnitKinds(kinds, magnitudes)
    value, year = compiled(_BARE_VALUE), compiled(_YEAR)

    def is_value(text: str) -> bool:
        if len(text) > LONGEST_VALUE or year.fullmatch(text):
            return False
        found = value.fullmatch(text)
        if found is None:
            return False
        sign, unit = found.groups()
        parts = unit.replace(PERCENT_SIGNS[1], PERCENT_SIGNS[0]).replace(_PER[1], _PER[0]).split(_PER[0])
        return all(map(kind_of.__getitem__, parts)) if unit else bool(sign)

    found_in = Remembered(is_value)

    def judge(node: Any, document: Any) -> Fact | None:
        if (node.target.kind in NO_VALUE) != shifted:
            return None
        field, get = next((field, get) for field, get in readers if found_in[get(node) or ""])
        return Fact(field, {"text": get(node), "of": FieldNames((field,))})

    return screened(judge, lambda nodes: rows_with_text_in(found_in, nodes, *fields))
