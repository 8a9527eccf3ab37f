"""A rule as a value: what a YAML file of a pack says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from perfcheck.finding import Confidence, Level
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.fix import Fix

InGroups = Literal["place", "message"]


class Text(NamedTuple):
    """The same words in Chinese and English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


class Citation(NamedTuple):
    """What a rule rests on. ``force`` is 直接, 参照 or 惯例; ``verified`` whether the text itself has been seen."""

    document: str
    number: str | None
    article: str | None
    force: str
    verified: bool
    from_year: int | None = None
    """The first budget year the document was there for; it is not cited against older ones."""


class RuleName(NamedTuple):
    """What a rule is chosen by."""

    id: str
    category: str


class YearRange(NamedTuple):
    """The budget years a rule is for, both ends included; without ends any year, but a known one."""

    first: int | None
    last: int | None


class Rule(NamedTuple):
    """One rule; ``judge`` is its check with the options put in."""

    id: str
    title: Text
    category: str
    level: Level
    confidence: Confidence
    """How sure the rule is of what it finds, beside how grave that is; at ``low`` the level is ``note``."""
    since: str
    citation: tuple[Citation, ...]
    years: YearRange | None
    layouts: tuple[str, ...]
    """The layouts of the form the rule is for; empty for all."""
    gives_way_to: tuple[str, ...]
    """Rules and categories that speak instead of this one where they find something in the same cell.

    With ``row/`` in front those that do so anywhere in the same row of indicators, with ``table/`` in the same table.
    """
    select: str
    targets: tuple[str, ...]
    """Kinds of target an indicator must have to be judged; empty for all."""
    check: str
    options: Mapping[str, Any]
    worded: frozenset[str]
    """The options that are word lists of the pack: what words mean, no numbers of the rule."""
    message: Text
    why: Text
    remedy: Text
    pack: str
    path: str
    judge: Callable[[Any, Any], Any]
    screen: Callable[[Sequence[Any]], Sequence[Any]] | None
    """A quick look at all nodes that leaves out some the check has nothing to say of; None where it has none."""
    fix: Fix | None = None
    """How what it finds is mended, where that has one right answer."""
    in_groups: InGroups = "place"
    """What an entry for many of its findings says of each but the first: where it is, or its message, too."""


NEARBY = ("table/", "row/")
"""What stands before a name in ``gives_way_to`` that speaks of more than the cell."""


def is_named(word: str, rule: Rule | RuleName) -> bool:
    """Whether ``word`` chooses ``rule``: ``plan-flat``, ``plan.flat``, ``plan``, ``plan.`` or ``plan-*``."""
    if word == rule.id or word == rule.category:
        return True
    if "*" in word:
        from fnmatch import fnmatchcase

        plain = word.replace("[", "[[]")
        return fnmatchcase(rule.id, plain) or fnmatchcase(rule.category, plain)
    return rule.category.startswith(word if word.endswith(".") else word + ".")
