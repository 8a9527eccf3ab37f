"""Rules with one number or comparison broken: a rule whose cases do not notice is not proven by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from perfcheck.patterns import compiled
from perfcheck.rulebook.rule import Rule, YearRange

OPPOSITE = {"≥": "≤", "≤": "≥", ">": "<", "<": ">", "=": "≥"}
LOOSER = {">=": ">", "<=": "<", ">": ">=", "<": "<=", "==": "!=", "!=": "=="}
_IN_EXPRESSION = compiled(r">=|<=|==|!=|>|<|(?<![\w.])\d+(?:\.\d+)?")
Make = Callable[[Rule, Mapping[str, Any]], Rule]
"""The rule with other options; raises ``ValueError`` where its check refuses them."""


def mutants(rule: Rule, make: Make) -> Iterator[tuple[str, Rule]]:
    """What was broken, in words, and the rule so broken."""
    for name, value in rule.options.items():
        if name in rule.worded:
            continue
        for words, changed in _changes(value):
            try:
                yield f"{name}: {words}", make(rule, {**rule.options, name: changed})
            except ValueError:
                continue  # a rule that cannot be made cannot be wrong
    if rule.years is not None:
        for end in ("first", "last"):
            year = getattr(rule.years, end)
            for step in (-1, 1) if year is not None else ():
                years = rule.years._replace(**{end: year + step})
                yield f"budget_year {year} → {year + step}", rule._replace(years=years)
        if rule.years == YearRange(None, None):
            yield "budget_year: known → any", rule._replace(years=None)


def _changes(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield f"{value} → {not value}", not value
    elif isinstance(value, (int, Decimal)):
        for other in (value - step_of(value), value + step_of(value)):
            yield f"{value} → {other}", other
    elif isinstance(value, str):
        yield from _in_words(value)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if item in OPPOSITE:
                yield f"{item} → {OPPOSITE[item]}", [*value[:index], OPPOSITE[item], *value[index + 1 :]]
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, (int, Decimal)):
                for words, changed in _changes(item):
                    yield f"{key}: {words}", {**value, key: changed}


def _in_words(text: str) -> Iterator[tuple[str, str]]:
    """Numbers and comparisons of an expression; a text that is none has neither."""
    if text in OPPOSITE:
        yield f"{text} → {OPPOSITE[text]}", OPPOSITE[text]
        return
    if not re.search(r"[<>=]", text):
        return
    for found in _IN_EXPRESSION.finditer(text):
        old = found.group()
        for new in [LOOSER[old]] if old in LOOSER else [str(Decimal(old) - 1), str(Decimal(old) + 1)]:
            yield f"{old} → {new}", text[: found.start()] + new + text[found.end() :]


def step_of(number: int | Decimal) -> Any:
    """How far a number is moved: by one; a fraction by its last digit, what is smaller than one by half."""
    if isinstance(number, int) or number == number.to_integral_value():
        return 1 if isinstance(number, int) else Decimal(1)
    if abs(number) < 1:
        return abs(number) / 2
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
