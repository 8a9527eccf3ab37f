"""Locks that stand above a document in its repository hold even where the files they stand in are not to be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from perfcheck.configuration.chain import Chains, is_root, refuse
from perfcheck.configuration.config_file import ConfigFile
from perfcheck.errors import SettingsError
from perfcheck.resources import repository_of
from perfcheck.rulebook.rule_form import Problem


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


def _is_inside(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))
