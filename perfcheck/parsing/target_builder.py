"""Lark's callbacks for ``target.lark``: what the shape of a value says, as offsets into its text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from perfcheck.model.target import Comparator, Kind
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

_TIME_UNITS = ("年", "季度", "季", "月", "周", "日", "天", "学期", "期")
_COMPARED = ("比", "较", "与", "同", "于")
_POINTS = "。；;，,、"
_BRACKETS = {"(": ")", "（": "）"}
_UNITS = ("PERCENT", "MONEY_UNIT", "UNIT", "PER_THING", "PER_MANY")
_BESIDE = compiled(r"(?:、C?N[UM]B?)+")
"""Tokens of quantities beside the first, one letter each: 3处、≥6200平方米以上."""
_LETTERS = {"NUMBER": "N", "UNIT": "U", "MONEY_UNIT": "M", "OR_MORE": "B", "OR_LESS": "B"} | dict.fromkeys(
    ("AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "EXACTLY"), "C"
)


DATES = ("DATE", "YEAR", "PERIOD")
ENDS_DEADLINE = ("DEADLINE", "OR_LESS", *DATES)
"""What may follow a year that is itself the deadline: 2031年按时, 2031年以内."""


class Unit(NamedTuple):
    """Where the unit stands and of what sort it is."""

    start: int
    end: int
    sort: str


class Tail(NamedTuple):
    """Text behind the number: where it starts and whether it makes the value two things run together.

    ``beside`` is true for another quantity: 3处、6200平方米; ``unit`` is one in brackets, as in 18600（人）, and
    ``end`` where the text goes on behind them.
    """

    start: int
    malformed: bool
    beside: bool = False
    unit: Unit | None = None
    end: int | None = None


class Reading(NamedTuple):
    """What the grammar finds in a shape; every number is an offset."""

    kind: Kind
    comparator: Comparator | None = None
    number: tuple[int, int] | None = None
    upper: tuple[int, int] | None = None
    unit: Unit | None = None
    remainder: int | None = None
    dates: tuple[tuple[int, int], ...] = ()
    clock: tuple[int, int] | None = None


class TargetBuilder:
    """Lark's callbacks, named like the rules of ``target.lark``."""

    def target(self, children: list[Reading]) -> Reading:
        return children[0]

    def at_least(self, _: list[Any]) -> Comparator:
        return Comparator.AT_LEAST

    or_more = at_least

    def at_most(self, _: list[Any]) -> Comparator:
        return Comparator.AT_MOST

    or_less = at_most

    def more_than(self, _: list[Any]) -> Comparator:
        return Comparator.MORE_THAN

    def less_than(self, _: list[Any]) -> Comparator:
        return Comparator.LESS_THAN

    def exactly(self, _: list[Any]) -> Comparator:
        return Comparator.EXACTLY

    def unit(self, tokens: list[Any]) -> Unit:
        sort = {"PERCENT": "percent", "MONEY_UNIT": "money"}.get(tokens[0].type, "quantity")
        if len(tokens) > 1:
            if sort == "money":
                sort = "money_rate"
            elif tokens[-1] in _TIME_UNITS:
                sort = "frequency"
        return Unit(tokens[0].start_pos, tokens[-1].end_pos, sort)

    def rest(self, tokens: list[Any]) -> Tail:
        first = tokens[0]
        if first == "、" and _BESIDE.fullmatch("".join(_LETTERS.get(token.type, str(token)) for token in tokens)):
            return Tail(first.start_pos, False, True)
        crowded = first not in _BRACKETS and any(token.type == "NUMBER" for token in tokens)
        return self._bracketed(tokens, crowded or first.type == "PERCENT" or first in _POINTS)

    def fused(self, tokens: list[Any]) -> Tail:
        return self._bracketed(tokens, tokens[0] not in _BRACKETS)

    def _bracketed(self, tokens: list[Any], malformed: bool) -> Tail:
        """The tail that ``tokens`` are, with the unit they begin with if that stands in brackets."""
        start, closing = tokens[0].start_pos, _BRACKETS.get(tokens[0])
        close = next((at for at, token in enumerate(tokens) if token == closing), 0)
        inside = tokens[1:close]
        if not inside or inside[-1].type not in _UNITS:
            return Tail(start, malformed)
        if inside[0].type == "NUMBER":  # 26（0.01mm）
            unit = Unit(inside[0].start_pos, inside[-1].end_pos, "quantity")
        elif all(token.type in (*_UNITS, "SLASH") for token in inside):
            unit = self.unit(inside)
        else:
            return Tail(start, malformed)
        return Tail(start, malformed, False, unit, tokens[close].end_pos if close + 1 < len(tokens) else None)

    def measured(self, children: list[Any]) -> Reading:
        comparator = unit = tail = None
        numbers = []
        for child in children:
            if isinstance(child, Comparator):
                comparator = child
            elif isinstance(child, Unit):
                unit = child
            elif isinstance(child, Tail):
                tail = child
            elif child.type == "NUMBER":
                numbers.append((child.start_pos, child.end_pos))
        remainder = tail.start if tail else None
        if tail and unit is None and tail.unit is not None:
            unit, remainder = tail.unit, tail.end
        malformed = tail and (tail.malformed or (tail.beside and unit and unit.sort == "percent"))
        kind: Any = "malformed" if malformed else unit.sort if unit else "quantity"
        upper = numbers[1] if len(numbers) > 1 else None
        return Reading(kind, comparator, numbers[0], upper, unit, remainder)

    ranged = measured

    def comparator_alone(self, children: list[Any]) -> Reading:
        return Reading("malformed", children[0])

    def dated(self, children: list[Any]) -> Reading:
        return self._dated(children)

    def clocked(self, children: list[Any]) -> Reading:
        first = next(child for child in children if not isinstance(child, Comparator))
        if first.type != "CLOCK":
            return Reading("qualitative")
        return Reading("deadline", clock=(first.start_pos, first.end_pos))

    def grade(self, _: list[Any]) -> Reading:
        return Reading("grade")

    def phrase(self, children: list[Any]) -> Reading:
        tokens = [child for child in children if not isinstance(child, Comparator)]
        types = {token.type for token in tokens}
        if not types.isdisjoint(DATES):
            return self._dated(tokens)
        if "RELATIVE" in types:
            return self._relative(tokens)
        if "FREQUENCY" in types:
            return Reading("frequency")
        return Reading("deadline" if "DEADLINE" in types else "qualitative")

    def amount(self, tokens: list[Any]) -> tuple[int, str | None] | None:
        unit = None
        for token in tokens:
            if token.type == "NUMBER":
                end: int = token.end_pos
            elif token.type == "RANGE_SIGN":
                if token != "-":
                    return None  # 至25, ~25: a range without its lower end is no amount
            else:
                unit = "%" if token.type == "PERCENT" else str(token)
        return end, unit

    @staticmethod
    def _of_another_year(children: list[Any]) -> Reading:
        """What names a year only to say of what: 比2031年增长5%, 不低于2031年水平; else plain words."""
        tokens = [child for child in children if not isinstance(child, Comparator)]
        types = {token.type for token in tokens}
        compared = any(before in _COMPARED and year.type == "YEAR" for before, year in pairwise(tokens))
        if compared or "RELATIVE" in types or len(tokens) < len(children):
            return TargetBuilder._relative(tokens)
        if "FREQUENCY" in types:
            return Reading("frequency")
        return Reading("deadline" if "DEADLINE" in types else "qualitative")

    @staticmethod
    def _relative(tokens: list[Any]) -> Reading:
        for token, following in zip(tokens, [*tokens[1:], None]):
            if token.type == "NUMBER":
                unit = None
                if following is not None and following.type in ("PERCENT", "UNIT", "MONEY_UNIT"):
                    unit = TargetBuilder().unit([following])
                return Reading("relative_change", None, (token.start_pos, token.end_pos), None, unit)
        return Reading("relative_change")

    @staticmethod
    def _dated(children: list[Any]) -> Reading:
        comparator: Comparator | None = None
        spans = []
        kind: Kind = "date"
        for child, following in zip(children, [*children[1:], None]):
            if isinstance(child, Comparator):
                comparator = child
            elif child.type == "YEAR" and following is not None and following.type not in ENDS_DEADLINE:
                continue  # 2022年度补贴发放率, 比2022年增长5%: the year of something else
            elif child.type in DATES:
                spans.append((child.start_pos, child.end_pos))
                if child.type == "PERIOD":
                    kind = "period"
                elif comparator is None and child.endswith("前"):
                    comparator = Comparator.AT_MOST
        if not spans:
            return TargetBuilder._of_another_year(children)
        return Reading(kind, comparator, dates=tuple(spans))
