"""Lark's callbacks for ``target.lark``: what the shape of a value says, as offsets into its text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from perfcheck.model.target import Comparator, Kind
from perfcheck.named_tuples import NamedTuple

_TIME_UNITS = ("年", "季度", "季", "月", "周", "日", "天", "学期", "期")
_COMPARED = ("比", "较", "与", "同", "于")
_POINTS = "。；;，,、"


DATES = ("DATE", "YEAR", "PERIOD")
ENDS_DEADLINE = ("DEADLINE", "OR_LESS", *DATES)
"""What may follow a year that is itself the deadline: 2031年按时, 2031年以内."""


class Unit(NamedTuple):
    """Where the unit stands and of what sort it is."""

    start: int
    end: int
    sort: str


class Tail(NamedTuple):
    """Text behind the number: where it starts and whether it makes the value two things run together."""

    start: int
    malformed: bool


class Reading(NamedTuple):
    """What the grammar finds in a shape; every number is an offset."""

    kind: Kind
    comparator: Comparator | None = None
    number: tuple[int, int] | None = None
    upper: tuple[int, int] | None = None
    unit: Unit | None = None
    remainder: int | None = None
    dates: tuple[tuple[int, int], ...] = ()


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
        if first == "、" and [token.type for token in tokens[1:]] in (["NUMBER", "UNIT"], ["NUMBER", "MONEY_UNIT"]):
            return Tail(first.start_pos, False)  # 3处、6200平方米
        in_brackets = first == "(" or first == "（"
        crowded = not in_brackets and any(token.type == "NUMBER" for token in tokens)
        return Tail(first.start_pos, crowded or first.type == "PERCENT" or first in _POINTS)

    def fused(self, tokens: list[Any]) -> Tail:
        return Tail(tokens[0].start_pos, tokens[0] not in ("(", "（"))

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
        kind: Any = "malformed" if tail and tail.malformed else unit.sort if unit else "quantity"
        upper = numbers[1] if len(numbers) > 1 else None
        return Reading(kind, comparator, numbers[0], upper, unit, tail.start if tail else None)

    ranged = measured

    def comparator_alone(self, children: list[Any]) -> Reading:
        return Reading("malformed", children[0])

    def dated(self, children: list[Any]) -> Reading:
        return self._dated(children)

    def clocked(self, children: list[Any]) -> Reading:
        by_clock = any(not isinstance(child, Comparator) and child.type == "CLOCK" for child in children[:2])
        return Reading("deadline" if by_clock else "qualitative")

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
