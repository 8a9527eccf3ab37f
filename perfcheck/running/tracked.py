"""The documents git knows in the repository one stands in: what a hook over a whole repository looks at."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from perfcheck.errors import SettingsError, why

WILD = "*?["


def tracked_files(patterns: Sequence[str], kinds: tuple[str, ...]) -> list[str]:
    """Files below this folder that git tracks, by ``patterns`` (git's, in upper or lower case; all without any).

    Those of one of the ``kinds`` (endings of names), without Word's lock files and hidden ones; in git's order.
    Raises :class:`SettingsError` without git, outside of a repository, or when there is nothing to check.
    """
    for pattern in patterns:
        if not any(sign in pattern for sign in WILD) and not pattern.startswith(":") and not os.path.lexists(pattern):
            raise SettingsError(f"没有这个文件或文件夹：{pattern} / no such file or folder")
    names = dict.fromkeys(_listed(patterns))
    # what was deleted and not yet staged is still listed
    found = [name for name in names if _is_document(name, kinds) and os.path.lexists(name)]
    if not found:
        where, known = "、".join(patterns) or "仓库里", "、".join(kinds)
        raise SettingsError(
            f"{where}：git 跟踪的文件里没有可检查的（{known}）；新文件要先 git add / git tracks no documents here"
        )
    return found


def _is_document(name: str, kinds: tuple[str, ...]) -> bool:
    parts = name.split("/")
    return name.lower().endswith(kinds) and not parts[-1].startswith("~$") and not any(p.startswith(".") for p in parts)


def _listed(patterns: Sequence[str]) -> list[str]:
    """What ``git ls-files`` says, by the index of the commit being made where a hook runs."""
    command = ("git", "--icase-pathspecs", "ls-files", "-z", "--cached", "--", *patterns)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise SettingsError(f"--tracked 要用 git，这里运行不了：{why(error)} / git cannot be run") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().replace("\n", " ")
        raise SettingsError(f"git 列不出文件：{said}（--tracked 只能在 git 仓库里用）/ git could not list the files")
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
