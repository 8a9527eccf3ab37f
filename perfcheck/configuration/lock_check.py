"""Holds every level to the locks above it: what would weaken a locked rule is an error that names the lock.

A pack stands above all files that use it; a file above those that extend it or lie below it; the command line is the
lowest. A lock holds for what stands below it, so a file may set and lock a rule at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perfcheck.configuration.inheritance import Inherited
from perfcheck.configuration.selection import COMMAND_LINE, Named, Selection, Setting
from perfcheck.errors import SettingsError
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.contents import Contents
from perfcheck.rulebook.locks import Lock, is_laxer, is_weaker
from perfcheck.rulebook.rule import RuleName, is_named

MOST_NAMED = 3
"""Rules named in one sentence; of a category there may be dozens."""


class Placed(NamedTuple):
    """A lock and the level it stands at: -1 for those of packs."""

    lock: Lock
    level: int


class Weakening(NamedTuple):
    """An attempt to weaken what is locked: where it was written, what it does, to which rule, against which lock."""

    where: str
    what: str
    subject: str
    lock: Lock

    def __str__(self) -> str:
        return f"{self.where}：{self.what}，但{self.subject}已锁定（{self.lock}） / locked, see {self.lock.where}"


def weakenings(
    inherited: Inherited,
    locks: Sequence[Placed],
    rules: Sequence[RuleName],
    options: Mapping[str, Mapping[str, Any]],
    line: Mapping[str, Any],
) -> Iterator[Weakening]:
    """Every attempt to weaken one of ``locks``; ``options`` are those of each rule as its pack has them."""
    for lock, level in locks:
        if lock.subject == "fail-on":
            yield from _failing(inherited, lock, level, line)
            continue
        held = [rule for rule in rules if rule.id in lock.levels]
        yield from _left_out(inherited, lock, level, held, line)
        for setting, above in _settings_below(inherited, level):
            for rule in held:
                if is_named(setting.selector, rule):
                    yield from _weaker(setting, lock, rule, _in_force(above, rule, options[rule.id]))


def refuse_options(contents: Contents, line: Mapping[str, Any]) -> None:
    """Raise :class:`SettingsError` where options of the command line weaken what a pack locks."""
    rules = [RuleName(rule_id, source.content["category"]) for rule_id, source in contents.rules.items()]
    locks = [Placed(lock, -1) for lock in contents.locks]
    nothing = Inherited((), {}, {}, (), Selection())
    found = dict.fromkeys(map(str, weakenings(nothing, locks, rules, {}, line)))
    if found:
        raise SettingsError("\n".join(found))


def _failing(inherited: Inherited, lock: Lock, level: int, line: Mapping[str, Any]) -> Iterator[Weakening]:
    for number, file in enumerate(inherited.files):
        given = file.content.get("fail-on")
        if number > level and given is not None and is_laxer(given, lock.levels["fail-on"]):
            yield Weakening(file.where("fail-on"), f"fail-on 写成 {given}", " fail-on ", lock)
    if "fail-on" in line and is_laxer(line["fail-on"], lock.levels["fail-on"]):
        yield Weakening(f"命令行 --fail-on {line['fail-on']}", "放宽了 fail-on", " fail-on ", lock)


def _left_out(
    inherited: Inherited, lock: Lock, level: int, held: Sequence[RuleName], line: Mapping[str, Any]
) -> Iterator[Weakening]:
    """``select`` that leaves a locked rule out, ``ignore`` that takes it out; at any level below, in overrides too."""
    for number, file in enumerate(inherited.files):
        if number <= level:
            continue
        content = file.content
        if content.get("select"):
            words = [*content["select"], *content.get("extend-select", ())]
            yield from _not_among(words, held, file.where("select"), lock)
        for key in ("ignore", "extend-ignore"):
            named = [Named(word, number, file.where(key, at)) for at, word in enumerate(content.get(key, ()))]
            yield from _ignored(named, held, lock)
    for override in inherited.selection.overrides:
        if override.level > level:
            yield from _ignored(override.ignore, held, lock)
            if override.select is not None:
                words = [each.word for each in (*override.select, *override.extend_select)]
                yield from _not_among(words, held, override.where, lock)
    if line.get("select"):
        yield from _not_among(line["select"], held, f"命令行 --select {','.join(line['select'])}", lock)
    given = [Named(word, COMMAND_LINE, f"命令行 --ignore {word}") for word in line.get("ignore", ())]
    yield from _ignored(given, held, lock)


def _not_among(words: Sequence[str], held: Sequence[RuleName], where: str, lock: Lock) -> Iterator[Weakening]:
    yield from _at_once(
        where, "select 没有选中", [rule for rule in held if not any(is_named(word, rule) for word in words)], lock
    )


def _ignored(words: Sequence[Named], held: Sequence[RuleName], lock: Lock) -> Iterator[Weakening]:
    for named in words:
        rules = [rule for rule in held if is_named(named.word, rule)]
        yield from _at_once(named.where, f"ignore 的“{named.word}”会关掉", rules, lock)


def _at_once(where: str, what: str, rules: Sequence[RuleName], lock: Lock) -> Iterator[Weakening]:
    """The same attempt on all ``rules`` of a lock: said once, whatever their number."""
    ids = [rule.id for rule in rules]
    if len(ids) == 1:
        yield Weakening(where, f"{what} {ids[0]}", f"规则 {ids[0]} ", lock)
    elif ids:
        listed = "、".join(ids[:MOST_NAMED]) + (f" 等 {len(ids)} 条规则" if len(ids) > MOST_NAMED else "")
        yield Weakening(where, f"{what} {listed}", "它们", lock)


def _settings_below(inherited: Inherited, level: int) -> Iterator[tuple[Setting, list[Setting]]]:
    """Each setting below ``level`` with those that are in force above it."""
    above = [setting for setting in inherited.selection.settings if setting.level <= level]
    for setting in inherited.selection.settings:
        if setting.level > level:
            yield setting, above
    for override in inherited.selection.overrides:
        if override.level > level:
            for setting in override.settings:
                yield setting, above


def _in_force(above: Sequence[Setting], rule: RuleName, own: Mapping[str, Any]) -> dict[str, Any]:
    options = dict(own)
    for setting in sorted(above, key=lambda each: (each.level, each.rank)):
        if setting.option is not None and is_named(setting.selector, rule):
            options[setting.option] = setting.value
    return options


def _weaker(setting: Setting, lock: Lock, rule: RuleName, options: Mapping[str, Any]) -> Iterator[Weakening]:
    if setting.option is None:
        if is_weaker(setting.value, lock.levels[rule.id]):
            what = f"把 {rule.id} 的级别降到 {setting.value}（不得低于 {lock.levels[rule.id]}）"
            yield Weakening(setting.where, what, f"规则 {rule.id} ", lock)
    elif options.get(setting.option) != setting.value:
        # whether another threshold is laxer or stricter only its check could tell
        yield Weakening(setting.where, f"改了 {rule.id} 的参数 {setting.option}", f"规则 {rule.id} ", lock)
