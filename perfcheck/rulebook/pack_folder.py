"""What is written in a pack's folder, and in the folders of the packs below it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from perfcheck.errors import PackError
from perfcheck.resources import packs_folder
from perfcheck.rulebook.contents import Contents, Source
from perfcheck.rulebook.pack_cache import read_folder
from perfcheck.rulebook.rule_file import read_content
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.rulebook.word_lists import WITHOUT, WordLists, add_lists

if TYPE_CHECKING:
    pass

ENTRY_POINTS = "perfcheck.packs"
ABOUT = "pack.yaml"
"""What a pack says of itself; all other files beside it are rules."""


def built_in_packs() -> list[str]:
    """Names of the packs that come with perfcheck."""
    return sorted(name for name in os.listdir(packs_folder()) if is_pack(os.path.join(packs_folder(), name)))


def is_pack(folder: str) -> bool:
    """Whether ``folder`` says of itself that it is a pack; one of rules alone is one, too."""
    return os.path.isfile(os.path.join(folder, ABOUT))


def rule_files(folder: str) -> list[str]:
    """The rule files of one pack's folder, in the order of their ids."""
    return [path for path in _yaml_files(folder) if os.path.basename(path) != ABOUT]


def word_list_files(folder: str) -> list[str]:
    """The files of words of one pack's folder."""
    return _yaml_files(folder, "vocabulary")


def _yaml_files(*folder: str) -> list[str]:
    inside = os.path.join(*folder)
    names = os.listdir(inside) if os.path.isdir(inside) else []
    return [os.path.join(inside, name) for name in sorted(names) if os.path.normcase(name).endswith(".yaml")]


def read_contents(
    name: str, vocabulary: Vocabulary, inside: tuple[str, ...] = (), below: str | None = None
) -> Contents:
    """All of the pack ``name``, which a pack in the folder ``below`` may name by a path from there.

    ``inside`` are the folders of the packs that extend it. Raises :class:`PackError` with file, line and excerpt.
    """
    folder = _folder_once(name, below, inside)
    trusted = read_folder(folder) if os.path.dirname(folder) == packs_folder() else None
    about = trusted["pack.yaml"] if trusted else _about(folder)
    rules: dict[str, Source] = {}
    lists: WordLists = {}
    layouts: dict[str, Any] = {}
    base = None
    if about.get("extends"):
        base = read_contents(about["extends"], vocabulary, (*inside, folder), folder)
        without = set(about.get("without") or ())
        unknown = without - set(base.rules)
        if unknown:
            raise PackError(f"{os.path.join(folder, ABOUT)}：without 里的规则不存在：{'、'.join(sorted(unknown))}")
        for lock in base.locks:
            for rule_id in sorted(without.intersection(lock.levels)):
                raise PackError(f"{os.path.join(folder, ABOUT)}：without 里的规则 {rule_id} 已锁定，不能去掉（{lock}）")
        rules = {rule_id: source for rule_id, source in base.rules.items() if rule_id not in without}
        lists = dict(base.word_lists)
        layouts = dict(base.layouts)
    inherited = frozenset(lists)
    places = _add_own_lists(lists, folder, trusted)
    own = _own_rules(folder, trusted, about["name"], vocabulary)
    for rule_id, source in own.items():
        if rule_id in rules:
            raise PackError(
                f"{source.path}：规则编号“{rule_id}”已在规则包 {rules[rule_id].pack} 用过；"
                "要改它，先把它写进 pack.yaml 的 without"
            )
        rules[rule_id] = source
    if not rules:
        raise PackError(f"{folder}：规则包里一条规则也没有")
    layouts.update((content["id"], content) for content in _own_layouts(folder, trusted))
    contents = Contents(about, folder, rules, lists, layouts, base.locks if base else (), (folder,))
    if base is not None:
        idle = base.idle
        if idle:
            from perfcheck.rulebook.idle_lists import still_idle

            idle = still_idle(idle, (source.content for source in own.values()))
        contents = contents._replace(line=(folder, *base.line), idle=idle)
    if places:
        from perfcheck.rulebook.idle_lists import idle_lists

        idle = idle_lists(places, inherited, (source.content for source in rules.values()))
        contents = contents._replace(idle=(*contents.idle, *idle))
    if about.get("locks") or contents.locks:
        from perfcheck.rulebook.pack_locks import with_locks

        return with_locks(contents, base)
    return contents


def _own_rules(folder: str, trusted: dict[str, Any] | None, pack: str, vocabulary: Vocabulary) -> dict[str, Source]:
    if trusted:  # the form of the built-in packs is checked by their tests, not at every start
        return {
            content["id"]: Source(content, os.path.join(folder, name), pack, None)
            for name, content in trusted.items()
            if "/" not in name and name != ABOUT
        }
    own: dict[str, Source] = {}
    for path in rule_files(folder):
        content, marks = read_content(path, vocabulary)
        own[content["id"]] = Source(content, path, pack, marks)
    return own


def _folder_once(name: str, below: str | None, inside: tuple[str, ...]) -> str:
    """Where the pack ``name`` lies; raises :class:`PackError` where it is one of those that extend it."""
    folder = folder_of(name, below)
    if any(os.path.realpath(folder) == os.path.realpath(other) for other in inside):
        raise PackError(f"规则包互相继承：{' → '.join((*inside, folder))} / rule packs extend each other")
    return folder


def word_lists_of(folder: str, inside: tuple[str, ...] = ()) -> WordLists:
    """The words rules in ``folder`` may name: its own and those of the packs it extends.

    ``inside`` are the folders of the packs that extend it. Raises :class:`PackError`.
    """
    about = _about(folder) if is_pack(folder) else {}
    inside = (*inside, folder)
    lists = word_lists_of(_folder_once(about["extends"], folder, inside), inside) if about.get("extends") else {}
    _add_own_lists(lists, folder, None)
    return lists


def _add_own_lists(lists: WordLists, folder: str, trusted: dict[str, Any] | None) -> dict[str, str]:
    """Add the lists in ``folder`` to ``lists``; gives the name and place of each, but for packs that are built in."""
    places: dict[str, str] = {}
    if trusted:
        for name, content in trusted.items():
            if name.startswith("vocabulary/"):
                add_lists(lists, content, name)
        return places
    for path in _yaml_files(folder, "vocabulary"):
        from perfcheck.rulebook.yaml_file import read_checked

        content, marks = read_checked(path)
        add_lists(lists, content, path)
        places.update((name, f"{path}:{marks.of((name,))[0]}") for name in content if name != WITHOUT)
    return places


def _own_layouts(folder: str, trusted: dict[str, Any] | None) -> list[Any]:
    if trusted:
        return [content for name, content in trusted.items() if name.startswith("layouts/")]
    found = []
    for path in _yaml_files(folder, "layouts"):
        from perfcheck.rulebook.layout_file import check_layout
        from perfcheck.rulebook.yaml_file import read_checked

        content, _ = read_checked(path)
        check_layout(content, path)
        found.append(content)
    return found


def _about(folder: str) -> dict[str, Any]:
    path = os.path.join(folder, ABOUT)
    if not is_pack(folder):
        if not rule_files(folder):
            raise PackError(f"{folder}：文件夹里没有规则文件（*.yaml），不是规则包")
        return {"name": os.path.basename(os.path.abspath(folder))}
    from perfcheck.rulebook.yaml_file import read_checked

    content, _ = read_checked(path)
    if not isinstance(content, dict) or not content.get("name"):
        raise PackError(f"{path}：应写明规则包的名字，例如 name: our-county")
    title, without = content.get("title") or {}, content.get("without") or []
    if not isinstance(content["name"], str) or not isinstance(content.get("extends") or "", str):
        raise PackError(f"{path}：name 和 extends 各写一个名字，例如 extends: hebei")
    if not isinstance(title, dict) or not isinstance(without, list):
        raise PackError(
            f"{path}：title 写中文和英文（title: {{zh: …, en: …}}），without 写规则编号的列表（without: [stray-text]）"
        )
    unknown = set(content) - {"name", "title", "extends", "without", "locks"}
    if unknown:
        raise PackError(
            f"{path}：不认识的键：{'、'.join(sorted(unknown))}（可用：name、title、extends、without、locks）"
        )
    return content


def folder_of(name: str, below: str | None = None) -> str:
    """Where the pack ``name`` lies: built in, a folder (seen from ``below``, if given) or an installed package."""
    built_in = os.path.join(packs_folder(), name)
    if os.sep not in name and "/" not in name and is_pack(built_in):
        return built_in
    folder = os.path.normpath(name)
    for seen_from in (below, "") if below is not None else ("",):
        if os.path.isdir(os.path.join(seen_from, folder)):
            return os.path.join(seen_from, folder)
    installed = _installed(name)
    if installed is not None:
        return installed
    raise PackError(f"找不到规则包“{name}”。自带的规则包：{'、'.join(built_in_packs())}；也可以写规则包文件夹的路径。")


def _installed(name: str) -> str | None:
    from importlib.metadata import entry_points

    for entry in entry_points(group=ENTRY_POINTS):
        if entry.name == name:
            try:
                found = entry.load()
            except Exception as error:  # whatever an installed package does wrong is its fault, said in one line
                raise PackError(f"已安装的规则包“{name}”加载失败：{error}") from None
            return str(found() if callable(found) else found)
    return None
