"""Word lists of packs: ``vocabulary/*.yaml``, the meaning of words kept apart from the rules that ask for it.

A file maps names to lists of words, or to tables of them::

    upper-bound-words: [成本, 投诉率, 差错率]
    units-by-class:
      数量指标: [个, 次, 人]

A rule takes one by ``$name``, alone or among other words of a list: ``words: [$upper-bound-words, 空置率]``. A pack
adds to the lists of the packs below it by writing the same name again, and takes words out under ``without:``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from perfcheck.errors import PackError
from perfcheck.rulebook.options import LISTS, TEXT, OptionError

SIGN = "$"
WITHOUT = "without"
WordLists = dict[str, Any]
"""Name -> list of words, or table of words or lists of them."""


def add_lists(lists: WordLists, content: Any, path: str) -> None:
    """Add the lists of one file to ``lists``; raises :class:`PackError` for what is no word list."""
    if not isinstance(content, dict):
        raise PackError(f"{path}：词表文件应是一组“名字: 词的列表”，例如 vague-values: [明显见效, 效果较好]")
    for name, words in content.items():
        if name == WITHOUT:
            continue
        if not _is_list(words):
            raise PackError(f"{path}：词表“{name}”应是词的列表，或“词: 词”“词: 词的列表”的表")
        known = lists.get(name)
        if known is not None and type(known) is not type(words):
            raise PackError(f"{path}：词表“{name}”在下层规则包里是另一种写法（列表或表），不能合并")
        lists[name] = words if known is None else _joined(known, words)
    for name, words in (content.get(WITHOUT) or {}).items():
        known = lists.get(name)
        if not isinstance(known, list) or not isinstance(words, list):
            raise PackError(f"{path}：without 写“词表名: 要去掉的词的列表”，“{name}”不是词的列表")
        unknown = [word for word in words if word not in known]
        if unknown:
            raise PackError(f"{path}：词表“{name}”里没有要去掉的词：{'、'.join(unknown)}")
        lists[name] = [word for word in known if word not in words]


def with_words(options: Mapping[str, Any], lists: WordLists) -> dict[str, Any]:
    """``options`` of a rule with the word lists they name put in; raises :class:`OptionError` for unknown names."""
    return {key: _filled(value, lists, (key,)) for key, value in options.items()}


def is_word_list(value: Any) -> bool:
    """Whether an option as it is written names a word list."""
    return isinstance(value, str) and value.startswith(SIGN)


def _filled(value: Any, lists: WordLists, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, str):
        return _named(value, lists, path) if value.startswith(SIGN) else value
    if isinstance(value, dict):
        return {key: _filled(item, lists, (*path, key)) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    words: list[Any] = []
    for index, item in enumerate(value):
        if not isinstance(item, str) or not item.startswith(SIGN):
            words.append(item)
            continue
        named = _named(item, lists, (*path, index))
        if not isinstance(named, list):
            raise OptionError(f"词表“{item[1:]}”是一张表，不能并入列表", (*path, index))
        words.extend(named)
    return words


def _named(reference: str, lists: WordLists, path: tuple[str | int, ...]) -> Any:
    name = reference[len(SIGN) :]
    if name not in lists:
        from difflib import get_close_matches

        close = get_close_matches(name, lists, 1)
        hint = f"，是不是“{SIGN}{close[0]}”？" if close else "，词表写在规则包的 vocabulary/*.yaml 里"
        raise OptionError(f"没有叫“{name}”的词表{hint}", path, f"words: {SIGN}vague-values")
    return lists[name]


def _is_list(words: Any) -> bool:
    if words.__class__ is list:
        return TEXT.issuperset(map(type, words))
    if not isinstance(words, dict):
        return False
    lists = [item for item in words.values() if item.__class__ is not str]
    return LISTS.issuperset(map(type, lists)) and TEXT.issuperset(map(type, chain.from_iterable(lists)))


def _joined(known: Any, more: Any) -> Any:
    """A list with the words of another behind it, each once; a table with the entries of another put in."""
    if isinstance(known, list):
        return list(dict.fromkeys((*known, *more)))
    joined = dict(known)
    for key, item in more.items():
        both_lists = isinstance(item, list) and isinstance(joined.get(key), list)
        joined[key] = list(dict.fromkeys((*joined[key], *item))) if both_lists else item
    return joined
