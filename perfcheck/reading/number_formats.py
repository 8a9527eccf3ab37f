"""How numbers of a spreadsheet are shown: 0.95 as 95%, 8 as 8.00, 12 as 12个.

Format: ISO/IEC 29500-1, section 18.8.31. The value stays exact: digits the format hides are kept, zeros it shows
are added.
"""

from __future__ import annotations

import re
from decimal import Decimal

from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""Numbers of formats that files need not spell out."""
LONGEST = 200
_TOKEN = compiled(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?.,]+)|(%)|(.)', re.DOTALL)


class NumberFormat(NamedTuple):
    """What a format makes of a number."""

    decimals: int = 0
    percent: bool = False
    before: str = ""
    behind: str = ""

    def write(self, number: Decimal) -> str:
        """``number`` as a reader sees it, all its digits kept."""
        shown = number * 100 if self.percent else number
        text = plain(shown)
        _, _, fraction = text.partition(".")
        if len(fraction) < self.decimals:
            text = f"{text}{'' if fraction else '.'}{'0' * (self.decimals - len(fraction))}"
        return f"{self.before}{text}{'%' if self.percent else ''}{self.behind}"


GENERAL = NumberFormat()


def plain(number: Decimal) -> str:
    """``number`` in digits, without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_format(code: str) -> NumberFormat:
    """The format that ``code`` describes; of its sections only the one for positive numbers."""
    decimals, percent, seen = 0, False, False
    before: list[str] = []
    behind: list[str] = []
    for match in _TOKEN.finditer(code[:LONGEST]):
        quoted, escaped, digits, sign, other = match.groups()
        if other == ";":
            break
        if digits:
            seen = True
            decimals = digits.partition(".")[2].count("0")
        elif sign:
            percent = True
        else:
            literal = quoted or escaped or (other if other and ord(other) > 127 else "")
            if literal:
                (behind if seen else before).append(literal)
    if not seen:
        return GENERAL
    return NumberFormat(min(decimals, 10), percent, "".join(before), "".join(behind))
