"""What is in force for a document: levels put together, held against the rules there are and the locks above."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from perfcheck.accepted.own_rules import OWN_RULES
from perfcheck.configuration.config_file import ConfigFile
from perfcheck.configuration.inheritance import DEFAULT, DEFAULT_PACK, CommandLine, Inherited, Value, inherit
from perfcheck.configuration.lock_check import Placed, weakenings
from perfcheck.configuration.selection import (
    COMMAND_LINE,
    RAISED,
    Named,
    RuleState,
    Selection,
    Setting,
    narrowness,
    states,
)
from perfcheck.errors import SettingsError
from perfcheck.finding import LEVELS
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.contents import Contents
from perfcheck.rulebook.locks import is_laxer, is_weaker, read_locks
from perfcheck.rulebook.pack import packs_together
from perfcheck.rulebook.pack_locks import disturbed
from perfcheck.rulebook.rule import RuleName, is_named
from perfcheck.rulebook.rule_change import build_changed
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.rulebook.selectors import nearest


class Effective(NamedTuple):
    """The configuration of documents that share their levels."""

    inherited: Inherited
    pack: Value
    contents: Contents
    locks: tuple[Placed, ...]
    rules: tuple[RuleName, ...]
    low: frozenset[str]
    """Rules of low confidence."""
    selection: Selection

    def states(self, applied: Sequence[int] = ()) -> dict[str, RuleState]:
        """Rule id -> its state where the overrides of the numbers ``applied`` fit."""
        return states(self.selection, self.rules, self.low, applied)


class Packs:
    """What is written in packs, each read once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, Contents] = {}

    def __getitem__(self, name: str) -> Contents:
        if name not in self._known:
            self._known[name] = packs_together(name, self.vocabulary)
        return self._known[name]


def effective(files: Sequence[ConfigFile], line: CommandLine, packs: Packs) -> Effective:
    """What ``files`` and the command line make together; raises :class:`PerfcheckError` with all that is wrong."""
    inherited = inherit(files, line)
    pack = _pack_at(inherited, COMMAND_LINE)
    contents = packs[pack.value]
    rules = tuple(RuleName(rule_id, source.content["category"]) for rule_id, source in contents.rules.items())
    low = frozenset(key for key, source in contents.rules.items() if source.content["confidence"] == "low")
    problems = list(_idle_selectors(inherited.selection, rules))
    problems.extend(_idle_layouts(inherited.selection, contents))
    problems.extend(_wrong_settings(inherited.selection, rules, low))
    problems.extend(_lost_packs(inherited, contents, packs))
    locks, selection, wrong = _locks(inherited, packs, rules, low)
    problems.extend(wrong)
    options = {rule_id: source.content.get("with") or {} for rule_id, source in contents.rules.items()}
    problems.extend(dict.fromkeys(map(str, weakenings(inherited, locks, rules, options, line.values))))
    failing = [Value(lock.levels["fail-on"], lock.where, level) for lock, level in locks if lock.subject == "fail-on"]
    if failing and "fail-on" not in inherited.values:  # what fails by default is raised to the strictest of them
        strictest = max(failing, key=lambda each: LEVELS.index(each.value))
        inherited = inherited._replace(values={**inherited.values, "fail-on": strictest})
    found = Effective(inherited, pack, contents, locks, rules, low, selection)
    if not problems:
        problems.extend(_locked_but_off(found))
    if problems:
        raise SettingsError("\n".join(problems))
    for applied in ((), *((number,) for number in range(len(selection.overrides)))):
        refuse_no_rule(found, applied)
    _try_options(found, packs.vocabulary)
    return found


def _every_word(selection: Selection) -> Iterator[Named]:
    yield from (*selection.select, *selection.extend_select, *selection.ignore)
    for override in selection.overrides:
        yield from (*(override.select or ()), *override.extend_select, *override.ignore)


def _every_setting(selection: Selection) -> Iterator[Setting]:
    yield from selection.settings
    for override in selection.overrides:
        yield from override.settings


def _idle_selectors(selection: Selection, rules: Sequence[RuleName]) -> Iterator[str]:
    words = [(each.word, each.where) for each in _every_word(selection)]
    words += [(each.selector, each.where) for each in _every_setting(selection)]
    own = [(each.word, each.where) for each in selection.ignore if any(is_named(each.word, rule) for rule in OWN_RULES)]
    for word, where in dict.fromkeys(words):
        if (word, where) not in own and not any(is_named(word, rule) for rule in rules):
            yield f"{where}：没有规则或类别叫“{word}”，{nearest(word, rules)} / no such rule"


def _idle_layouts(selection: Selection, contents: Contents) -> Iterator[str]:
    for override in selection.overrides:
        for pattern in override.layouts:
            if not any(fnmatchcase(name, pattern) for name in contents.layouts):
                close = get_close_matches(pattern, list(contents.layouts), 1)
                hint = f"是不是“{close[0]}”？" if close else f"可用的有：{'、'.join(contents.layouts)}"
                yield f"{override.where}：没有表样叫“{pattern}”，{hint} / no such layout"


def _wrong_settings(selection: Selection, rules: Sequence[RuleName], low: frozenset[str]) -> Iterator[str]:
    known = {rule.id for rule in rules}
    for setting in _every_setting(selection):
        if setting.option is not None and setting.selector not in known:
            if any(is_named(setting.selector, rule) for rule in rules):
                yield f"{setting.where}：参数要写在一条规则的编号下面，“{setting.selector}”是一类规则 / needs a rule id"
        elif setting.option is None and setting.selector in low and setting.value != "note":
            yield f"{setting.where}：规则 {setting.selector} 把握不大（confidence: low），只能是 note / low confidence"


def _pack_at(inherited: Inherited, level: int) -> Value:
    """The pack that is used as far as the levels down to this one say."""
    return next((each for each in reversed(inherited.packs) if each.level <= level), Value(DEFAULT_PACK, DEFAULT, -1))


def _lost_packs(inherited: Inherited, contents: Contents, packs: Packs) -> Iterator[str]:
    """A level that takes another pack must not lose what the pack before it locks."""
    for before in inherited.packs[:-1]:
        for lock in packs[before.value].locks:
            if lock not in contents.locks:
                last = inherited.packs[-1]
                what = f"规则包 {before.value} 锁定了“{lock.subject}”，规则包 {last.value} 里没有"
                yield f"{last.where}：{what}（{lock}） / loses a lock"


def _locks(
    inherited: Inherited, packs: Packs, rules: Sequence[RuleName], low: frozenset[str]
) -> tuple[tuple[Placed, ...], Selection, list[str]]:
    """All locks with their levels, the selection with the levels they raise, and what is wrong with them.

    A lock is about the rules of the pack that is used where it stands; the pack used in the end must have them, too.
    """
    last = _pack_at(inherited, COMMAND_LINE)
    contents = packs[last.value]
    locks = [Placed(lock, -1) for lock in contents.locks]
    settings = list(inherited.selection.settings)
    problems: list[str] = []
    for level, file in enumerate(inherited.files):
        if "locks" not in file.content:
            continue
        here = packs[_pack_at(inherited, level).value]
        own = here.rules
        names = [RuleName(rule_id, source.content["category"]) for rule_id, source in own.items()]
        above = Selection(settings=tuple(setting for setting in settings if setting.level <= level))
        now = states(above, names, low)
        levels = {
            rule: state.level[0] if (state := now[rule.id]).level else own[rule.id].content["level"] for rule in names
        }

        def refuse(at: tuple[Any, ...], words: str, example: str, file: ConfigFile = file) -> None:
            problems.append(f"{file.where('locks', *at)}：{words}\n    例如：{example}")

        def place(index: int, file: ConfigFile = file) -> str:
            return file.where("locks", index)

        for lock in read_locks(file.content["locks"], levels, place, refuse):
            locks.append(Placed(lock, level))
            for rule_id in lock.levels:
                there = contents.rules.get(rule_id)
                if rule_id in own and (
                    there is None or os.path.realpath(there.path) != os.path.realpath(own[rule_id].path)
                ):
                    problems.append(
                        f"{last.where}：规则包 {last.value} 里没有锁定的规则 {rule_id}（{lock}） / loses a lock"
                    )
            if here is not contents:
                changed = disturbed(lock, contents, here)
                problems.extend(f"{last.where}：规则包 {last.value}：{words} / loses a lock" for words in changed)
            for rule in rules:
                lowest = lock.levels.get(rule.id)
                if lowest is None or rule not in levels or not is_weaker(levels[rule], lowest):
                    continue
                if rule.id in low:
                    problems.append(f"{lock.where}：规则 {rule.id} 把握不大（confidence: low），不能锁成 {lowest}")
                settings.append(Setting(rule.id, None, lowest, level, lock.where, RAISED))
    return tuple(locks), inherited.selection._replace(settings=tuple(settings)), problems


def _locked_but_off(found: Effective) -> Iterator[str]:
    now = found.states()
    for lock, _ in found.locks:
        for rule_id in lock.levels:
            state = now.get(rule_id)
            if state is not None and not state.on:
                yield f"{lock.where}：要锁定的规则 {rule_id} 没有启用（{state.where}），先用 extend-select 启用它"
        failing = found.inherited.values.get("fail-on")
        if lock.subject == "fail-on" and failing and is_laxer(failing.value, lock.levels["fail-on"]):
            yield f"{lock.where}：锁了 fail-on: {lock.levels['fail-on']}，却写成 {failing.value}（{failing.where}）"


def _try_options(found: Effective, vocabulary: Vocabulary) -> None:
    """Make every rule whose options change, also those of overrides that may fit no document of this run."""
    contents = found.contents
    for applied in ((), *((number,) for number in range(len(found.selection.overrides)))):
        for rule_id, state in found.states(applied).items():
            if state.options and state.change is not None:
                build_changed(contents.rules[rule_id], state.change, contents.word_lists, vocabulary)


def refuse_no_rule(found: Effective, applied: Sequence[int]) -> None:
    """Raise where no rule is left with the overrides ``applied``: what nothing checks must not pass."""
    states = found.states(applied).values()
    if not any(state.on for state in states):
        places = "、".join(dict.fromkeys(state.where for state in states))
        raise SettingsError(f"{places}：这样选择之后一条规则也不剩，什么都不会检查。 / no rule is left")


def value_of(values: Mapping[str, Value], key: str, default: Any) -> Any:
    """The value of a key, or ``default``."""
    found = values.get(key)
    return default if found is None else found.value


__all__ = ["Effective", "effective", "narrowness", "value_of"]
