"""What the ``locks:`` of a pack do to the pack itself and to those that extend it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from perfcheck.errors import PackError
from perfcheck.rulebook.contents import Contents
from perfcheck.rulebook.locks import Lock, is_weaker, read_locks, shown
from perfcheck.rulebook.rule import RuleName
from perfcheck.rulebook.rule_form import Problem, describe
from perfcheck.rulebook.word_lists import SIGN


def with_locks(contents: Contents, base: Contents | None) -> Contents:
    """``contents`` with its own locks, its rules raised to them; raises :class:`PackError` where it breaks others'.

    ``base`` is what the pack extends: words and layouts its locked rules rest on must be what they were there.
    """
    if base is not None:
        _refuse_other_words(contents, base)
    entries = contents.about.get("locks")
    if not entries:
        return contents
    path = os.path.join(contents.folder, "pack.yaml")
    from perfcheck.rulebook.yaml_file import read_checked

    _, marks = read_checked(path)

    def refuse(at: tuple[Any, ...], words: str, example: str) -> None:
        raise PackError(describe(path, Problem(("locks", *at), words, example), marks))

    levels = {
        RuleName(rule_id, source.content["category"]): source.content["level"]
        for rule_id, source in contents.rules.items()
    }
    locks = read_locks(
        entries, levels, lambda index: f"{shown(os.path.realpath(path))}:{marks.of(('locks', index))[0]}", refuse
    )
    rules = dict(contents.rules)
    for index, lock in enumerate(locks):
        if lock.subject == "fail-on":
            refuse((index,), "fail-on 锁在配置文件里（perfcheck.yaml），规则包只锁规则", "locks: [value-over-100]")
        for rule_id, level in lock.levels.items():
            source = rules.get(rule_id)
            if source is None or not is_weaker(source.content["level"], level):
                continue
            if source.content["confidence"] == "low":
                raise PackError(
                    f"{lock.where}：规则 {rule_id} 把握不大（confidence: low），只能是 note，不能锁成 {level}"
                )
            rules[rule_id] = source._replace(content={**source.content, "level": level})
    return contents._replace(rules=rules, locks=(*contents.locks, *locks))


def _refuse_other_words(contents: Contents, base: Contents) -> None:
    for lock in base.locks:
        for words in disturbed(lock, contents, base):
            _refuse(contents.folder, words)


def disturbed(lock: Lock, contents: Contents, base: Contents) -> Iterator[str]:
    """What ``contents`` change of the words and layouts that rules of ``base`` rest on which ``lock`` holds."""
    for rule_id in lock.levels:
        source = base.rules.get(rule_id)
        if source is None:
            continue
        for name in sorted(_lists_in(source.content.get("with"))):
            if contents.word_lists.get(name) != base.word_lists.get(name):
                yield f"词表“{name}”由锁定的规则 {rule_id} 使用，不能改（{lock}）"
        for name in (source.content.get("applies_to") or {}).get("layouts") or ():
            if contents.layouts.get(name) != base.layouts.get(name):
                yield f"表样“{name}”由锁定的规则 {rule_id} 使用，不能改（{lock}）"


def _refuse(folder: str, words: str) -> None:
    raise PackError(f"{folder}：{words}")


def _lists_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value[len(SIGN) :]} if value.startswith(SIGN) else set()
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {name for item in items for name in _lists_in(item)}
