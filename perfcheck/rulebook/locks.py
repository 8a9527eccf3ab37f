"""Locks: what a pack or a configuration file fixes, so that nothing below it can weaken it.

An entry of ``locks:`` is a selector of rules, or a mapping::

    locks:
      - budget-sum-mismatch               # stays on, as grave and with the same options as here
      - {rule: plan.over_100, level: warning, reason: 省厅 2024 年要求}   # stays on, a warning or graver
      - {fail-on: error}                  # errors make every check fail
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from perfcheck.finding import LEVELS
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import RuleName
from perfcheck.rulebook.selectors import chosen, nearest

EXAMPLE = "locks: [budget-sum-mismatch, {rule: value-over-100, level: warning, reason: …}, {fail-on: error}]"


class Lock(NamedTuple):
    """One entry of ``locks``: the rules it holds with the lowest level each may have, or the level that must fail."""

    subject: str
    """The selector as written, or ``fail-on``."""
    levels: Mapping[str, str]
    """Rule id -> lowest level; of ``fail-on`` under that name."""
    reason: str
    where: str
    """File and line of the entry."""

    def __str__(self) -> str:
        return f"锁在 {self.where}" + (f"，{self.reason}" if self.reason else "")


def is_weaker(level: str, than: str) -> bool:
    """Whether ``level`` is less grave."""
    order: tuple[str, ...] = LEVELS
    return order.index(level) > order.index(than)


def is_laxer(fail_on: str, than: str) -> bool:
    """Whether less fails with one ``fail-on`` than with the other."""
    order = ("never", *LEVELS)
    return order.index(fail_on) < order.index(than)


def shown(path: str) -> str:
    """An absolute ``path`` as people read it: from the current folder where it lies below that."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative


def read_locks(
    entries: Any, levels: Mapping[RuleName, str], place: Callable[..., str], refuse: Callable[..., None]
) -> list[Lock]:
    """The locks in ``entries``; ``levels`` are those of all rules there are.

    ``place`` gives file and line of an entry by its index; ``refuse`` takes what is wrong with one: path, sentence,
    right example.
    """
    if not isinstance(entries, list):
        refuse((), "locks 应是一个列表", EXAMPLE)
        return []
    found = []
    for index, entry in enumerate(entries):
        lock, wrong = _lock(entry, levels, place(index))
        if wrong:
            refuse((index,), wrong, EXAMPLE)
        if lock is not None:
            found.append(lock)
    return found


def _lock(entry: Any, levels: Mapping[RuleName, str], where: str) -> tuple[Lock | None, str]:
    """The lock, or what is wrong with its entry."""
    content = {"rule": entry} if isinstance(entry, str) else entry
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        return None, "锁写规则编号，或写 rule、level、reason，或写 fail-on"
    unknown = set(content) - {"rule", "level", "reason", "fail-on"}
    if unknown or ("rule" in content) == ("fail-on" in content):
        return None, f"锁里不能这样写：{'、'.join(sorted(unknown)) or '、'.join(content)}"
    level = content.get("fail-on", content.get("level"))
    if level is not None and level not in LEVELS:
        return None, f"锁定的级别只能是 {'、'.join(LEVELS)}，写的是“{level}”"
    reason = content.get("reason", "")
    if "fail-on" in content:
        return Lock("fail-on", {"fail-on": content["fail-on"]}, reason, where), ""
    word = content["rule"]
    ids = set(chosen(word, levels))
    if not ids:
        return None, f"要锁定的规则“{word}”不存在，{nearest(word, list(levels))}"
    return Lock(word, {rule.id: level or own for rule, own in levels.items() if rule.id in ids}, reason, where), ""
