"""Locks that stand above a document in its repository hold even where the files they stand in are not to be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from perfcheck.configuration.chain import Chains, is_root, refuse
from perfcheck.configuration.config_file import ConfigFile
from perfcheck.configuration.inheritance import Inherited, Value
from perfcheck.errors import SettingsError
from perfcheck.resources import repository_of
from perfcheck.rulebook.rule_form import Problem

REPOSITORY = ".git"
"""Where git keeps what is its own."""


def refuse_bypass(found: Mapping[str, Sequence[str]], used: Iterable[ConfigFile], chains: Chains, option: str) -> None:
    """Raise where an ``option`` leaves out a file with locks above a document, ``found`` as without that option."""
    read = {file.path for file in used}
    for folder, files in {os.path.dirname(os.path.abspath(path)): files for path, files in found.items()}.items():
        repository = repository_of(folder)
        for each in files:
            if repository is None or not _is_inside(each, repository):
                break
            if each not in read and chains.file(each).content.get("locks"):
                where = chains.file(each).where("locks")
                raise SettingsError(f"命令行 {option} 会绕开锁定的内容（锁在 {where}） / leaves locks out, see {where}")


def refuse_escape(chain: Sequence[ConfigFile], found: Sequence[str], chains: Chains) -> None:
    """Raise where ``root: true`` would hide a lock that stands above it in the same repository."""
    used = {file.path for file in chain}
    root = next((path for path in found if path in used and is_root(chains.file(path))), None)
    if root is None:
        return
    repository = repository_of(os.path.dirname(root))
    for path in found[found.index(root) + 1 :]:
        if repository is None or not _is_inside(path, repository):
            return
        if path not in used and chains.file(path).content.get("locks"):
            above, file = chains.file(path), chains.file(root)
            words = f"root: true 会绕开上面锁定的内容（锁在 {above.where('locks')}） / hides the locks above"
            refuse(file, [Problem(("root",), words)])


def refuse_writing_outside(inherited: Inherited, found: Sequence[str]) -> None:
    """Raise where configuration files, ``found`` beside documents, have something written outside of their repository.

    Documents come from anywhere, and so do the files that come with them. Without a repository their ground is the
    folder of the topmost file found.
    """
    targets: list[tuple[tuple[str, ...], Value | None]] = [(("cache-dir",), inherited.values.get("cache-dir"))]
    targets += [(("reports", name), value) for name, value in inherited.reports.items()]
    grounds = {path: _ground_of(path, found) for path in found}
    for key, value in targets:
        if value is None or value.level >= len(inherited.files):  # of the command line
            continue
        file = inherited.files[value.level]
        # what a file extends is taken for its own words
        allowed = [grounds[file.path]] if file.path in grounds else list(grounds.values())
        target = os.path.realpath(value.value)
        if REPOSITORY in target.split(os.sep):
            words = f"要写到 {value.value}，那里是 git 自己的文件 / would be written among those of git itself"
            refuse(file, [Problem(key, words)])
        if not any(_is_inside(target, os.path.realpath(ground)) for ground in allowed):
            words = (
                f"要写到 {value.value}，在配置文件所在的仓库（{allowed[0]}）之外；写到仓库以外的，请用命令行"
                "（--report、--cache-dir）或 --config 指明 / would be written outside of the repository"
            )
            refuse(file, [Problem(key, words)])


def _ground_of(path: str, found: Sequence[str]) -> str:
    return repository_of(os.path.dirname(path)) or os.path.dirname(found[-1])


def _is_inside(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))
