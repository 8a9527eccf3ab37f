"""What is written in a pack's folder, and in the folders of the packs below it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfcheck.errors import PackError
from perfcheck.named_tuples import NamedTuple
from perfcheck.resources import packs_folder
from perfcheck.rulebook.pack_cache import read_folder
from perfcheck.rulebook.rule import Rule
from perfcheck.rulebook.rule_file import build_checked, build_rule, read_content
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.rulebook.word_lists import WordLists, add_lists

if TYPE_CHECKING:
    from perfcheck.rulebook.locks import Lock

ENTRY_POINTS = "perfcheck.packs"
NOT_RULES = ("pack.yaml",)


def built_in_packs() -> list[str]:
    """Names of the packs that come with perfcheck."""
    return sorted(folder.parent.name for folder in packs_folder().glob("*/pack.yaml"))


def rule_files(folder: Path) -> list[Path]:
    """The rule files of one pack's folder, in the order of their ids."""
    return [path for path in sorted(folder.glob("*.yaml")) if path.name not in NOT_RULES]


class Source(NamedTuple):
    """One rule as it is written, known to be right in form; ``marks`` for files that may still have wrong options."""

    content: dict[str, Any]
    path: Path
    pack: str
    marks: Any

    def build(self, lists: WordLists, vocabulary: Vocabulary) -> Rule:
        """The rule; raises :class:`PackError` for options its check does not take."""
        if self.marks is None:
            return build_rule(self.content, self.path, self.pack, vocabulary, lists)
        return build_checked(self.content, self.marks, self.path, self.pack, vocabulary, lists)


class Contents(NamedTuple):
    """What is written in a pack's folder and in those of the packs below it."""

    about: dict[str, Any]
    folder: Path
    rules: dict[str, Source]
    word_lists: WordLists
    layouts: dict[str, Any]
    """Layout id -> what its file says."""
    locks: tuple[Lock, ...] = ()
    """What packs above fix and nothing below may weaken."""
    line: tuple[str, ...] = ()
    """Folders of this pack and of those it extends, itself first."""


def read_contents(
    name: str, vocabulary: Vocabulary, inside: tuple[str, ...] = (), below: Path | None = None
) -> Contents:
    """All of the pack ``name``, which a pack in the folder ``below`` may name by a path from there.

    Raises :class:`PackError` with file, line and excerpt.
    """
    if name in inside:
        raise PackError(f"规则包互相继承：{' → '.join((*inside, name))}")
    folder = folder_of(name, below)
    trusted = read_folder(folder) if folder.parent == packs_folder() else None
    about = trusted["pack.yaml"] if trusted else _about(folder)
    rules: dict[str, Source] = {}
    lists: WordLists = {}
    layouts: dict[str, Any] = {}
    base = None
    if about.get("extends"):
        base = read_contents(about["extends"], vocabulary, (*inside, name), folder)
        without = set(about.get("without") or ())
        unknown = without - set(base.rules)
        if unknown:
            raise PackError(f"{folder / 'pack.yaml'}：without 里的规则不存在：{'、'.join(sorted(unknown))}")
        for lock in base.locks:
            for rule_id in sorted(without.intersection(lock.levels)):
                raise PackError(f"{folder / 'pack.yaml'}：without 里的规则 {rule_id} 已锁定，不能去掉（{lock}）")
        rules = {rule_id: source for rule_id, source in base.rules.items() if rule_id not in without}
        lists = dict(base.word_lists)
        layouts = dict(base.layouts)
    _add_own_lists(lists, folder, trusted)
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
    contents = Contents(about, folder, rules, lists, layouts, base.locks if base else (), (str(folder),))
    if base is not None:
        contents = contents._replace(line=(str(folder), *base.line))
    if about.get("locks") or contents.locks:
        from perfcheck.rulebook.pack_locks import with_locks

        return with_locks(contents, base)
    return contents


def _own_rules(folder: Path, trusted: dict[str, Any] | None, pack: str, vocabulary: Vocabulary) -> dict[str, Source]:
    if trusted:  # the form of the built-in packs is checked by their tests, not at every start
        return {
            content["id"]: Source(content, folder / name, pack, None)
            for name, content in trusted.items()
            if "/" not in name and name not in NOT_RULES
        }
    own: dict[str, Source] = {}
    for path in rule_files(folder):
        content, marks = read_content(path, vocabulary)
        own[content["id"]] = Source(content, path, pack, marks)
    return own


def word_lists_of(folder: Path) -> WordLists:
    """The words rules in ``folder`` may name: its own and those of the packs it extends."""
    about = _about(folder) if (folder / "pack.yaml").is_file() else {}
    lists = word_lists_of(folder_of(about["extends"], folder)) if about.get("extends") else {}
    _add_own_lists(lists, folder, None)
    return lists


def _add_own_lists(lists: WordLists, folder: Path, trusted: dict[str, Any] | None) -> None:
    if trusted:
        for name, content in trusted.items():
            if name.startswith("vocabulary/"):
                add_lists(lists, content, name)
        return
    for path in sorted(folder.glob("vocabulary/*.yaml")):
        from perfcheck.rulebook.yaml_file import read_checked

        add_lists(lists, read_checked(str(path))[0], str(path))


def _own_layouts(folder: Path, trusted: dict[str, Any] | None) -> list[Any]:
    if trusted:
        return [content for name, content in trusted.items() if name.startswith("layouts/")]
    found = []
    for path in sorted(folder.glob("layouts/*.yaml")):
        from perfcheck.rulebook.layout_file import check_layout
        from perfcheck.rulebook.yaml_file import read_checked

        content, _ = read_checked(str(path))
        check_layout(content, str(path))
        found.append(content)
    return found


def _about(folder: Path) -> dict[str, Any]:
    path = folder / "pack.yaml"
    if not path.is_file():
        if not rule_files(folder):
            raise PackError(f"{folder}：文件夹里没有规则文件（*.yaml），不是规则包")
        return {"name": folder.name}
    from perfcheck.rulebook.yaml_file import read_checked

    content, _ = read_checked(str(path))
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


def folder_of(name: str, below: Path | None = None) -> Path:
    """Where the pack ``name`` lies: built in, a folder (seen from ``below``, if given) or an installed package."""
    built_in = packs_folder() / name
    if os.sep not in name and "/" not in name and (built_in / "pack.yaml").is_file():
        return built_in
    folder = Path(name)
    if below is not None and (below / folder).is_dir():
        return below / folder
    if folder.is_dir():
        return folder
    installed = _installed(name)
    if installed is not None:
        return installed
    raise PackError(f"找不到规则包“{name}”。自带的规则包：{'、'.join(built_in_packs())}；也可以写规则包文件夹的路径。")


def _installed(name: str) -> Path | None:
    from importlib.metadata import entry_points

    for entry in entry_points(group=ENTRY_POINTS):
        if entry.name == name:
            try:
                found = entry.load()
            except Exception as error:  # whatever an installed package does wrong is its fault, said in one line
                raise PackError(f"已安装的规则包“{name}”加载失败：{error}") from None
            return Path(found() if callable(found) else found)
    return None
