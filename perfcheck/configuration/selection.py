"""What the levels of a configuration say of rules: which are on, how grave, with which options.

Levels are numbered from the farthest file (0) to the nearest; the command line comes after all of them. All of it are
plain values, so that other processes can be given them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import RuleName, is_named
from perfcheck.rulebook.rule_change import RuleChange

COMMAND_LINE = 1_000_000
"""The level of the command line."""


class Named(NamedTuple):
    """A selector of rules, the level and the place it was written at."""

    word: str
    level: int
    where: str


class Setting(NamedTuple):
    """One thing said of rules: ``level``, or an option by its name."""

    selector: str
    option: str | None
    """None for the level."""
    value: Any
    level: int
    where: str
    rank: int
    """Within one level the higher wins: :func:`narrowness`, or :data:`RAISED`."""


RAISED = 9
"""Rank of a level that a lock of a configuration file raises a rule to."""


def narrowness(selector: str) -> int:
    """3 for the id of a rule, 2 for a category, 1 for the beginning of one, 0 for a pattern."""
    if "*" in selector:
        return 0
    if "." in selector.rstrip("."):
        return 2
    return 3 if "-" in selector else 1


class Override(NamedTuple):
    """What is different for some paths, layouts or projects; all scopes that are given must fit."""

    paths: tuple[str, ...]
    layouts: tuple[str, ...]
    projects: tuple[str, ...]
    folder: str
    """Where the paths start from."""
    select: tuple[Named, ...] | None
    extend_select: tuple[Named, ...]
    ignore: tuple[Named, ...]
    settings: tuple[Setting, ...]
    year: int | None
    level: int
    where: str

    @property
    def is_inside(self) -> bool:
        """Whether the document must have been read to tell if it fits."""
        return bool(self.layouts or self.projects)


class Selection(NamedTuple):
    """All that is said of rules at any level."""

    select: tuple[Named, ...] = ()
    """Empty for all rules."""
    extend_select: tuple[Named, ...] = ()
    ignore: tuple[Named, ...] = ()
    settings: tuple[Setting, ...] = ()
    overrides: tuple[Override, ...] = ()


class RuleState(NamedTuple):
    """What became of one rule, and where that was said."""

    on: bool
    where: str
    """Where it was switched on or off; empty when nothing was said."""
    level: tuple[str, str] | None
    """Another level than the pack's, and where it was written."""
    options: Mapping[str, tuple[Any, str]]

    @property
    def change(self) -> RuleChange | None:
        """What this changes of the rule as it stands in its pack."""
        if self.level is None and not self.options:
            return None
        places = {name: where for name, (_, where) in self.options.items()}
        options = {name: value for name, (value, _) in self.options.items()}
        return RuleChange(self.level and self.level[0], options, places)


def states(
    selection: Selection, rules: Sequence[RuleName], low: Collection[str], applied: Collection[int] = ()
) -> dict[str, RuleState]:
    """Rule id -> its state, with the overrides of the numbers ``applied``.

    ``low`` are the rules of low confidence: a level said of a whole category leaves them the notes they are.
    """
    overrides = [override for number, override in enumerate(selection.overrides) if number in applied]
    found = {}
    for rule in rules:
        on, where = _on(selection, rule)
        for override in overrides:
            if override.select is not None and on and not _any(override.select, rule):
                on, where = False, override.where
            again = _any(override.extend_select, rule)
            if again:
                on, where = True, again.where
            off = _any(override.ignore, rule)
            if off:
                on, where = False, off.where
        found[rule.id] = RuleState(on, where, *_changed(selection, rule, low, overrides))
    return found


def _on(selection: Selection, rule: RuleName) -> tuple[bool, str]:
    named = _any(selection.select, rule) or _any(selection.extend_select, rule)
    if selection.select and not named:
        return False, selection.select[0].where
    off = [each for each in selection.ignore if is_named(each.word, rule)]
    again = max((each.level for each in selection.extend_select if is_named(each.word, rule)), default=-1)
    for each in off:
        if each.level > again:
            return False, each.where
    if off:
        return True, next(e.where for e in selection.extend_select if e.level == again and is_named(e.word, rule))
    return True, named.where if named else ""


def _any(words: Sequence[Named], rule: RuleName) -> Named | None:
    return next((each for each in words if is_named(each.word, rule)), None)


def _changed(
    selection: Selection, rule: RuleName, low: Collection[str], overrides: Sequence[Override]
) -> tuple[tuple[str, str] | None, dict[str, tuple[Any, str]]]:
    level: tuple[str, str] | None = None
    options: dict[str, tuple[Any, str]] = {}
    for setting in _in_order(selection, overrides):
        if not is_named(setting.selector, rule):
            continue
        if setting.option is not None:
            options[setting.option] = (setting.value, setting.where)
        elif rule.id not in low or setting.selector == rule.id:
            level = (setting.value, setting.where)
    return level, options


def _in_order(selection: Selection, overrides: Sequence[Override]) -> Iterator[Setting]:
    """Later ones win: the nearer level, within one level the narrower selector, then what overrides say."""
    yield from sorted(selection.settings, key=lambda setting: (setting.level, setting.rank))
    for override in overrides:
        yield from override.settings
