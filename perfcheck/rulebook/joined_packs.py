"""Several packs used together: ``packs: [hebei, 我县]`` without one of them extending the other."""

from __future__ import annotations

import os
from collections.abc import Sequence

from perfcheck.errors import PackError
from perfcheck.rulebook.contents import Contents
from perfcheck.rulebook.idle_lists import refuse_idle
from perfcheck.rulebook.locks import is_weaker
from perfcheck.rulebook.pack_folder import read_contents
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.rulebook.word_lists import add_lists


def read_joined(names: Sequence[str], vocabulary: Vocabulary) -> Contents:
    """The contents of all packs ``names``, the first one's title and review form; raises :class:`PackError`.

    A rule two of them have from one file is one rule; two different rules of one id are refused.
    """
    parts = [read_contents(name, vocabulary) for name in names]
    if not parts:
        raise PackError("没有写规则包的名字，例如 packs: [hebei]")
    first = parts[0]
    rules, lists, layouts = dict(first.rules), dict(first.word_lists), dict(first.layouts)
    for part in parts[1:]:
        for rule_id, source in part.rules.items():
            known = rules.setdefault(rule_id, source)
            if os.path.realpath(known.path) != os.path.realpath(source.path):
                raise PackError(
                    f"规则包 {known.pack} 和 {source.pack} 都有规则“{rule_id}”，却不是同一条"
                    f"（{known.path}，{source.path}）；让其中一个 extends 另一个，并写 without"
                )
            if is_weaker(known.content["level"], source.content["level"]):
                rules[rule_id] = source  # one of them locks it at a graver level
        for name, words in part.word_lists.items():
            if lists.get(name) != words:
                add_lists(lists, {name: words}, f"{part.folder}/vocabulary")
        layouts.update(part.layouts)
    for part in parts:
        refuse_idle(part.idle, {name for other in parts if other is not part for name in other.word_lists})
    locks = []
    for part in parts:
        for lock in part.locks:
            if lock not in locks:  # of a pack that two of them extend
                locks.append(lock)
    return Contents(
        {**first.about, "name": "+".join(str(part.about["name"]) for part in parts)},
        first.folder,
        rules,
        lists,
        layouts,
        tuple(locks),
        tuple(folder for part in parts for folder in part.line),
    )
