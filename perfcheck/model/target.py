"""One 指标值 as a value: what is aimed at, in which unit, and what was left over."""

from decimal import Decimal
from enum import Enum
from typing import Literal

from perfcheck.named_tuples import NamedTuple


class Comparator(str, Enum):
    """How the number bounds the result; its value is the sign as perfcheck prints it."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE_THAN = ">"
    LESS_THAN = "<"
    EXACTLY = "="


Kind = Literal[
    "quantity",
    "percent",
    "money",
    "money_rate",
    "date",
    "deadline",
    "frequency",
    "period",
    "grade",
    "qualitative",
    "relative_change",
    "malformed",
    "blank",
]


class Deadline(NamedTuple):
    """A day, month or year named in a value; what is not named is None."""

    year: int | None
    month: int | None
    day: int | None


class Target(NamedTuple):
    """What an indicator aims at.

    ``number`` is in ``unit``: for percentages 95 means 95 %, for money the unit says 元 or 万元; it may have stood in
    brackets: 18600（人）.
    ``remainder`` is the text behind number and unit. ``repeated`` is true where the number was typed twice
    (``100100%``) and then ``number`` is the half.
    """

    text: str
    kind: Kind
    comparator: Comparator | None = None
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    remainder: str = ""
    repeated: bool = False
    deadlines: tuple[Deadline, ...] = ()


KINDS: tuple[str, ...] = Kind.__args__  # type: ignore[attr-defined]
"""All kinds, as rules name them."""


class Amount(NamedTuple):
    """A number of the form with the unit written behind it, if any; ``number`` is None for blank or unreadable text."""

    text: str
    number: Decimal | None
    unit: str | None


STROKES = frozenset(("/", "／", "\\", "-", "－", "—", "——", "--"))
"""What people draw through a cell they leave blank."""
NOTHING = frozenset((*STROKES, "无"))
"""What people write into the cell of money or of a percentage that there is none of."""
