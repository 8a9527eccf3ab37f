"""Patterns of paths in configuration files, as ``.gitignore`` has them.

``*`` and ``?`` stay inside one name, ``**`` crosses folders. A pattern without a slash is for a file or folder of that
name anywhere below the configuration file; one with a slash starts there. What is in a folder that matches, matches.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

MOST_LOOKED_AT = 20_000
"""Names looked at to find one a pattern matches; in a larger tree nothing is said of it."""


def matches(pattern: str, folder: str, path: str) -> bool:
    """Whether ``path`` is meant by ``pattern`` of a configuration file in ``folder``; both absolute."""
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return False
    if relative.startswith(".."):
        return False
    relative = os.path.normcase(relative).replace(os.sep, "/")
    return _expression(os.path.normcase(pattern).replace(os.sep, "/")).fullmatch(relative) is not None


@lru_cache(maxsize=1000)
def _expression(pattern: str) -> re.Pattern[str]:
    pattern = pattern.removeprefix("./").rstrip("/")
    lead = "" if "/" in pattern else "(?:.*/)?"
    try:
        return re.compile(lead + _inside(pattern.lstrip("/")) + "(?:/.*)?", re.DOTALL)
    except re.error:  # brackets that make no set, such as [z-a], stand for themselves
        return re.compile(lead + re.escape(pattern.lstrip("/")) + "(?:/.*)?", re.DOTALL)


def _inside(pattern: str) -> str:
    made = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            made.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            made.append(".*")
            at += 2
        elif pattern[at] == "*":
            made.append("[^/]*")
            at += 1
        elif pattern[at] == "?":
            made.append("[^/]")
            at += 1
        elif pattern[at] == "[" and "]" in pattern[at + 2 :]:
            end = pattern.index("]", at + 2)
            inside = pattern[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            made.append("[" + ("^" + inside[1:] if inside[0] in "!^" else inside) + "]")
            at = end + 1
        else:
            made.append(re.escape(pattern[at]))
            at += 1
    return "".join(made)


def idle(patterns: Iterable[tuple[str, str]], paths: Sequence[str]) -> list[tuple[str, str]]:
    """Those of ``patterns``, each with its folder, that match none of ``paths`` and nothing else that is there."""
    rest = [each for each in patterns if not any(matches(*each, path) for path in paths)]
    return [each for each in rest if not _matches_anything(*each)]


def _matches_anything(pattern: str, folder: str) -> bool:
    looked_at = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            looked_at += 1
            if looked_at > MOST_LOOKED_AT or matches(pattern, folder, os.path.join(root, name)):
                return True
    return False
