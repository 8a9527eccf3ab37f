"""Packs: a folder of rules, possibly on top of another pack."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from perfcheck.errors import PackError
from perfcheck.resources import packs_folder
from perfcheck.rulebook.pack_cache import read_folder
from perfcheck.rulebook.rule import Rule, Text
from perfcheck.rulebook.rule_file import Vocabulary, build_rule, read_rule

ENTRY_POINTS = "perfcheck.packs"
NOT_RULES = ("pack.yaml",)


class Pack(NamedTuple):
    """A named set of rules, those of the packs it extends first."""

    name: str
    title: Text
    folder: Path
    extends: str | None
    rules: tuple[Rule, ...]


def built_in_packs() -> list[str]:
    """Names of the packs that come with perfcheck."""
    return sorted(folder.parent.name for folder in packs_folder().glob("*/pack.yaml"))


def load_pack(name: str, vocabulary: Vocabulary) -> Pack:
    """The pack called ``name``, or in the folder ``name``; raises :class:`PackError` with file, line and excerpt."""
    return _load(name, vocabulary, ())


def rule_files(folder: Path) -> list[Path]:
    """The rule files of one pack's folder, in the order of their ids."""
    return [path for path in sorted(folder.glob("*.yaml")) if path.name not in NOT_RULES]


def _load(name: str, vocabulary: Vocabulary, inside: tuple[str, ...]) -> Pack:
    if name in inside:
        raise PackError(f"规则包互相继承：{' → '.join((*inside, name))}")
    folder = _folder_of(name)
    trusted = read_folder(folder) if folder.parent == packs_folder() else None
    about = trusted["pack.yaml"] if trusted else _about(folder)
    base = about.get("extends") or None
    rules: dict[str, Rule] = {}
    if base:
        without = set(about.get("without") or ())
        inherited = _load(base, vocabulary, (*inside, name)).rules
        unknown = without - {rule.id for rule in inherited}
        if unknown:
            raise PackError(f"{folder / 'pack.yaml'}：without 里的规则不存在：{'、'.join(sorted(unknown))}")
        rules = {rule.id: rule for rule in inherited if rule.id not in without}
    own: dict[str, Path] = {}
    for path in rule_files(folder):
        # the form of the built-in packs is checked by their tests, not at every start
        rule = (
            build_rule(trusted[path.name], path, about["name"], vocabulary)
            if trusted
            else read_rule(path, about["name"], vocabulary)
        )
        if rule.id in own:
            raise PackError(f"{path}：规则编号“{rule.id}”已在 {own[rule.id]} 用过")
        if rule.id in rules:
            raise PackError(
                f"{path}：规则编号“{rule.id}”已在规则包 {rules[rule.id].pack} 用过；"
                "要改它，先把它写进 pack.yaml 的 without"
            )
        own[rule.id] = path
        rules[rule.id] = rule
    if not rules:
        raise PackError(f"{folder}：规则包里一条规则也没有")
    title = about.get("title") or {}
    named = Text(title.get("zh", about["name"]), title.get("en", about["name"]))
    return Pack(about["name"], named, folder, base, tuple(rules.values()))


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
    unknown = set(content) - {"name", "title", "extends", "without"}
    if unknown:
        raise PackError(f"{path}：不认识的键：{'、'.join(sorted(unknown))}（可用：name、title、extends、without）")
    return content


def _folder_of(name: str) -> Path:
    built_in = packs_folder() / name
    if os.sep not in name and "/" not in name and (built_in / "pack.yaml").is_file():
        return built_in
    folder = Path(name)
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
