"""Reads one 指标值 or one amount by ``target.lark``.

The grammar never looks at the value of a digit, so texts that differ in digits only (``≥90%``, ``≥95%``) have the
same reading at the same offsets. Lark therefore parses each *shape* once, the text with every digit as 0, and the
numbers are cut out of the text by the offsets found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from perfcheck.memories import Remembered
from perfcheck.model.target import NOTHING, STROKES, Amount, Deadline, Target
from perfcheck.parsing.lark_parser import UnexpectedInput, target_parser
from perfcheck.parsing.target_builder import Reading, TargetBuilder, Unit
from perfcheck.patterns import compiled

_FOLD = str.maketrans("０１２３４５６７８９％＞＜＝．，：（）≧≦⩾⩽－", "0123456789%><=.,:()≥≤≥≤-")
_SHAPE = str.maketrans("123456789", "000000000")
_TRAILING = "。；;，,、"
_YEAR = compiled(r"(\d{4}|\d{2})(?:年|\.)")
_MONTH = compiled(r"(?:年|\.|^|\D)(\d{1,2})(?:月|\.|$)")
_DAY = compiled(r"(?:月|\.\d{1,2}\.)(\d{1,2})(?:[日号]|$)")
_IN_FULL = compiled(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_PLACEHOLDER = compiled(r"^\([^()]*\*\*[^()]*\)")
"""What a template leaves in front of the value: (≥**株)>=17600株."""
_UNITS_IN_BRACKETS = compiled(r"/\(([^()\d]{1,8})\)")
"""The units of a rate held together: 元/(人·天)."""
_DAMAGED = ("》", "《", "*")
"""How a value begins whose sign was misread, or that is a template's still."""
_HOUR = compiled(r"(\d+)[:时点](\d*)")
_HOURS, _MINUTES = 24, 59
_YEAR_END = compiled(r"[底末]")
WHOLE = Decimal(100)


class TargetParser:
    """Parses values and amounts, remembering what it has read."""

    def __init__(self) -> None:
        self._parse = target_parser(TargetBuilder()).parse
        self._readings = Remembered(self._read_shape)
        self._amount_readings = Remembered(self._read_amount_shape)
        self.target: Callable[[str], Target] = Remembered(self._read).__getitem__
        """Reads the text of one 指标值; never raises, what fits nothing is kept as malformed or qualitative."""
        self.amount: Callable[[str], Amount] = Remembered(self._read_amount).__getitem__
        """Reads a number of the form with its unit; ``number`` is None where the text is no number."""

    def _read(self, text: str) -> Target:
        folded = "".join(text.translate(_FOLD).split()).rstrip(_TRAILING)
        if "**" in folded:
            folded = _PLACEHOLDER.sub("", folded)
        if "(" in folded and "/(" in folded:
            folded = _UNITS_IN_BRACKETS.sub(r"/\1", folded)
        if not folded or folded.startswith(_DAMAGED):
            return Target(text.strip(), "malformed" if text.strip() else "blank")
        kind, comparator, span, upper_span, sort, rest, dates, clock = self._readings[folded.translate(_SHAPE)]
        number = upper = unit = None
        repeated = False
        if kind == "qualitative" and not any(map(str.isalnum, folded)):
            kind = "blank" if folded in STROKES else "malformed"
        if clock is not None and not _is_time(folded[slice(*clock)]):
            kind = "malformed"
        if span is not None:
            number = _number(folded, span)
            if sort is not None:
                unit = _unit(folded, sort)
                if unit == "%" and number > WHOLE and "‰" not in folded:
                    half = _half(folded, span)
                    if half is not None:
                        number, kind, repeated = half, "malformed", True
            if upper_span is not None:
                upper = _number(folded, upper_span)
            if "‰" in folded and unit == "%":  # kept in percent, as every rate is
                number /= 10
                upper = None if upper is None else upper / 10
        remainder = "" if rest is None else folded[rest:]
        deadlines = tuple(day for start, end in dates for day in _deadlines(folded[start:end])) if dates else ()
        return Target(text.strip(), kind, comparator, number, upper, unit, remainder, repeated, deadlines)

    def _read_shape(self, shape: str) -> Reading:
        try:
            reading: Reading = self._parse(shape, start="target")
        except UnexpectedInput:
            return Reading("malformed")
        return reading

    def _read_amount(self, text: str) -> Amount:
        if text.replace(".", "", 1).isdecimal() and text.isascii() and text[0] != "." != text[-1]:
            return Amount(text, Decimal(text), None)  # NUMBER alone, as almost every amount is
        folded = "".join(text.translate(_FOLD).split())
        if not folded or folded in NOTHING:
            return Amount(text.strip(), None, None)
        found = self._amount_readings[folded.translate(_SHAPE)]
        if found is None:
            return Amount(text.strip(), None, None)
        end, unit = found
        return Amount(text.strip(), Decimal(folded[:end].replace(",", "")), unit)

    def _read_amount_shape(self, shape: str) -> tuple[int, str | None] | None:
        try:
            found: tuple[int, str | None] | None = self._parse(shape, start="amount")
        except UnexpectedInput:
            return None
        return found


def _number(text: str, span: tuple[int, int]) -> Decimal:
    return Decimal(text[span[0] : span[1]].replace(",", ""))


def _is_time(text: str) -> bool:
    """Whether each hour in ``text`` is one of the day: not 25:70前."""
    return all(int(hour) <= _HOURS and int(minute or 0) <= _MINUTES for hour, minute in _HOUR.findall(text))


def _unit(text: str, unit: Unit) -> str:
    if unit.sort == "percent":
        return "%"
    written = text[unit.start : unit.end].replace("／", "/")
    return written + "元" if written == "万" or written == "亿" else written


def _half(text: str, span: tuple[int, int] | None) -> Decimal | None:
    """The number that was typed twice in a row, ``100100`` -> 100; None where the halves differ."""
    if span is None:
        return None
    digits = text[span[0] : span[1]]
    middle, odd = divmod(len(digits), 2)
    if odd or digits[:middle] != digits[middle:] or "." in digits:
        return None
    return Decimal(digits[:middle])


def _deadlines(text: str) -> list[Deadline]:
    """The days, months and years named in a DATE or PERIOD."""
    written_in_full = _IN_FULL.match(text)
    if written_in_full:
        year_number, _, month_number, day_number = written_in_full.groups()
        return [Deadline(int(year_number), int(month_number), int(day_number))]
    parts = re.split(r"--?|——?|[~～至到]", text)
    found = []
    for part in parts:
        year, month, day = _YEAR.search(part), _MONTH.search(part), _DAY.search(part)
        if year or month:
            number = int(year.group(1)) if year else None
            if number is not None and number < 100:
                number += 2000
            in_month = int(month.group(1)) if month else 12 if _YEAR_END.search(part) else None
            found.append(Deadline(number, in_month, int(day.group(1)) if day else None))
    return found
