"""Findings as nested tuples of plain values, and back: pickle writes these five times as fast as the findings.

A report over many files puts a million findings away and takes them out again; asking each part of each of them how it
wants to be written would be most of the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from perfcheck.finding import Finding, Location, Step
from perfcheck.rulebook.rule import Rule
from perfcheck.source import Origin, Place, Span

Plain = tuple[Any, ...]

_made: Any = tuple.__new__
"""Makes a named tuple of its values, without the detour through its own constructor."""


def to_plain(findings: Iterable[Finding]) -> Plain:
    """``findings`` as nested tuples; rules are named in them by their ids."""
    steps = _PlainSteps()
    plain = []
    for finding in findings:
        rule, level, message, path, location, related, *rest = finding
        others = tuple([_plain_location(other, steps) for other in related]) if related else ()
        plain.append((rule.id, level, message, path, _plain_location(location, steps), others, *rest))
    return tuple(plain)


def from_plain(plain: Iterable[Plain], rules: Mapping[str, Rule], path: str | None = None) -> tuple[Finding, ...]:
    """The findings that :func:`to_plain` took apart; ``path`` is what their file is called by now."""
    steps = _Steps()
    findings = []
    for rule, level, message, found_in, location, related, *rest in plain:
        others = tuple([_location(other, steps) for other in related]) if related else ()
        values = (rules[rule], level, message, path or found_in, _location(location, steps), others, *rest)
        findings.append(_made(Finding, values))
    return tuple(findings)


class _PlainSteps(dict[Step, Plain]):
    """A step -> its values, the same tuple each time: what many findings share is written once."""

    def __missing__(self, step: Step) -> Plain:
        plain = self[step] = tuple(step)
        return plain


class _Steps(dict[Plain, Step]):
    """The values of a step -> the step."""

    def __missing__(self, plain: Plain) -> Step:
        step: Step = _made(Step, plain)
        self[plain] = step
        return step


def _plain_location(location: Location, steps: _PlainSteps) -> Plain:
    (span, origin), way, text, focus, path = location
    plain = tuple(map(steps.__getitem__, way))
    return (*span, origin and tuple(origin), plain, text, focus, path)


def _location(plain: Plain, steps: _Steps) -> Location:
    line, column, end_line, end_column, origin, way, text, focus, path = plain
    place = _made(Place, (_made(Span, (line, column, end_line, end_column)), origin and _made(Origin, origin)))
    found: Location = _made(Location, (place, tuple(map(steps.__getitem__, way)), text, focus, path))
    return found
