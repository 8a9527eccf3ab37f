"""Dates in prose and values: days and months there are, in one notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from perfcheck.checks.phrases import nodes_with_text_in
from perfcheck.checks.presence import Judge, Read, known_word, screened
from perfcheck.finding import Fact
from perfcheck.memories import Memory, Remembered
from perfcheck.model.numerals import to_number
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

LONGEST_READ = 4000
_DAYS_SIGNS = ("日", "号")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LEAP_MONTH, LEAP_DAY = 2, 29
YEAR_IN_FULL = 4
"""Digits of a year."""


class Written(NamedTuple):
    """A date as it is written; what it does not name is None."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    notation: str
    """``words`` (2023年6月30日), ``short`` (23年6月30日), ``dots`` (2023.6.30), ``signs`` (2023-6-30), ``slashes``
    (2023/6/30), ``cut`` (2023年6月30) or ``mixed`` (2023年6.30)."""


_SIGN_MARKS = ".．/／-－"
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_SIGN = r"\s?[.．/／\-－]\s?"
_FULL, _YEAR = r"(?:19|20)\d\d", r"(?<!\d)((?:19|20)?\d\d)"
_ALONE = r"(?<![\dA-Za-z.．/\-－号〕\]】])"
_MIXED = (
    rf"(?<!\d)({_FULL})\s?年\s?(\d{{1,2}}){_SIGN}(\d{{1,2}})(?=\s?(?:日|前|之前|以前|止|底))",
    rf"(?<!\d)({_FULL}){_SIGN}(\d{{1,2}})\s?月\s?(\d{{0,2}})",
    rf"(?<!\d)({_FULL}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,2}})(?=\s?日)",
)
_WORDS = (
    rf"(?:{_YEAR}\s?年\s?)?(?<!\d)({_NUMBER})\s?月\s?(?:份\s?)?({_NUMBER})\s?[日号](?!\d)",
    rf"{_YEAR}\s?年\s?(\d{{1,2}})\s?月()(?!\s?\d)",
    r"(?<![\d.．年\-—~～至到])()(\d{1,2})\s?月()(?=份|底|初|末|上旬|中旬|下旬)",
)
_CUT = (
    r"(?<!\d)((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})(?=之前|以前|前|完成|止)",
    r"(?<![\d.．年\-—~～至到])()(\d{1,2})\s?月\s?(\d{1,2})(?=之前|以前|前(?![后提置期列来往端面景沿述]))",
)
_SIGNS = (rf"{_ALONE}({_FULL}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,2}})(?![\d.．/\-－年]|\s?[号月])",)
_SLASHED = rf"{_ALONE}()(\d{{1,2}})[/／](\d{{1,2}})(?=之前|以前|前(?![后提置期列来往端面景沿述]))"
"""Without a year; only what something is due before is a date, anything else may be a share."""


def _has_month(text: str) -> bool:
    """Whether ``text`` names a month by its number."""
    return "月" in text and compiled(rf"(?:{_NUMBER})\s?月").search(text) is not None


def _has_signs(text: str) -> bool:
    """Whether a date of ``text`` may be written with signs."""
    return ("20" in text or "19" in text) and any(map(text.__contains__, _SIGN_MARKS))


def _has_slash(text: str) -> bool:
    """Whether a text without the year may have a date with a slash."""
    return "前" in text and ("/" in text or "／" in text)


def _patterns(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The notations that ``text`` can have at all, mixed ones first, for the others are part of them."""
    signs = _has_signs(text)
    if signs:
        yield from (("mixed", compiled(pattern)) for pattern in _MIXED)
    if _has_month(text):
        yield from (("cut", compiled(pattern)) for pattern in _CUT)
        yield from (("words", compiled(pattern)) for pattern in _WORDS)
    if signs:
        yield from (("signs", compiled(pattern)) for pattern in _SIGNS)
    if _has_slash(text):
        yield "slashes", compiled(_SLASHED)


class DateReader(Memory[str, tuple[Written, ...]]):
    """The dates of a text that ``wrong`` finds something wrong with; remembers texts with such dates."""

    def __init__(self, wrong: Callable[[Written], bool], before: tuple[str, ...], behind: tuple[str, ...]) -> None:
        super().__init__()
        self._wrong, self._before, self._behind = wrong, before, behind

    def find(self, text: str) -> tuple[Written, ...]:
        """The wrong dates of ``text``."""
        return tuple(
            date
            for date in _dates_in[text]
            if self._wrong(date)
            and not text[: date.start].rstrip().endswith(self._before)
            and not text.startswith(self._behind, date.end)
        )


def _dates(text: str) -> Iterator[Written]:
    """The dates of ``text``, in no order."""
    taken: list[tuple[int, int]] = []
    for notation, pattern in _patterns(text):
        for match in pattern.finditer(text):
            start, end = match.span()
            month = to_number(match.group(2))
            if month is None or any(start < other_end and end > other for other, other_end in taken):
                continue
            taken.append((start, end))
            year = match.group(1)
            full = int(year) + (0 if len(year) == 4 else 2000) if year else None
            day = to_number(match.group(3)) if match.group(3) else None
            sort = notation
            if notation == "signs":
                written = match.group().replace("／", "/").replace("．", ".")
                sort = "slashes" if "/" in written else "dots" if written.count(".") > 1 else notation
            elif notation == "words" and year and len(year) < YEAR_IN_FULL:
                sort = "short"
            yield Written(start, end, full, month, day, sort)


_dates_in = Remembered[str, Any](
    lambda text: tuple(_dates(text[:LONGEST_READ])) if _has_month(text) or _has_signs(text) or _has_slash(text) else ()
)
"""One memory of dates for all rules."""


def _exists(date: Written) -> bool:
    if not 1 <= date.month <= len(DAYS):
        return False
    if date.day is None:
        return True
    if date.year is not None and (date.month, date.day) == (LEAP_MONTH, LEAP_DAY):
        return date.year % 4 == 0 and (date.year % 100 != 0 or date.year % 400 == 0)
    return 1 <= date.day <= DAYS[date.month - 1]


def dates(
    read: Read,
    *,
    wrong: str,
    before: list[str] = [],  # noqa: B006 -- never changed
    behind: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """Every date is one of the calendar (``wrong: day``), or is written in one notation (``wrong: notation``).

    With ``slashes`` it is not written 2023/6/30, with ``dots`` not 2023.6.30, with ``short`` its year has four digits,
    with ``suffix`` 日 is not left out behind the day.

    What has one of ``before`` in front of it (农历) or one of ``behind`` it (13月工资) is no date of the calendar.
    """
    known_word(wrong, "day", "notation", "slashes", "dots", "short", "suffix")
    leads, follows = tuple(before), tuple(behind)
    if wrong == "day":
        found = DateReader(lambda date: not _exists(date), leads, follows)
    elif wrong == "suffix":
        found = DateReader(lambda date: date.notation == "cut" and _exists(date), leads, follows)
    elif wrong in ("slashes", "dots", "short"):
        found = DateReader(lambda date: date.notation == wrong and _exists(date), leads, follows)
    else:
        found = DateReader(lambda date: date.notation == "mixed" and _exists(date), leads, follows)

    def judge(node: Any, document: Any) -> list[Fact]:
        return [_fact(node.text, date) for date in found[node.text]]

    def with_wrong_dates(nodes: Sequence[Any]) -> Sequence[Any]:
        dated = nodes_with_text_in(_dates_in, nodes, "月" + _SIGN_MARKS)
        return [node for node in dated if found[node.text]]

    return screened(judge, with_wrong_dates)


def _fact(text: str, date: Written) -> Fact:
    day = "" if date.day is None else date.day
    last = DAYS[date.month - 1] if 1 <= date.month <= len(DAYS) else 0
    if last == LEAP_DAY and date.year is not None and not _exists(date._replace(day=LEAP_DAY)):
        last -= 1
    values: dict[str, Any] = {
        "text": text[date.start : date.end],
        "year": date.year or "",
        "month": date.month,
        "day": day,
        "last": last,
    }
    if date.notation != "cut":
        # what stands behind a date without 日 may already be it
        unit = "" if not day or text.startswith(_DAYS_SIGNS, date.end) else _DAYS_SIGNS[0]
        year = f"{date.year}年" if date.year else ""
        values["expected"] = f"{year}{date.month}月{day}{unit}"
    else:
        values["expected"] = text[date.start : date.end] + _DAYS_SIGNS[0]
    return Fact("text", values, span=(date.start, date.end))
