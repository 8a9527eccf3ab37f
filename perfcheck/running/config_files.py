"""Which configuration files are for a document: those in its folder and in the folders above.

Runs at every start, so it asks the file system for names and imports nothing; only a ``pyproject.toml`` is looked into.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from perfcheck.config import STANDARD_INPUT
from perfcheck.named_tuples import NamedTuple

NAMES = ("perfcheck.yaml", "perfcheck.yml", "pyproject.toml")
"""In one folder the first of these that is there and is meant for perfcheck."""
SECTION = b"[tool.perfcheck"


class Finder:
    """Finds configuration files, each folder looked at once."""

    def __init__(self) -> None:
        self._above: dict[str, tuple[str, ...]] = {}

    def above(self, path: str) -> tuple[str, ...]:
        """The configuration files above the document ``path``, the nearest first; all up to the root of the disk."""
        return self.in_and_above(os.path.dirname(os.path.abspath(path)))

    def in_and_above(self, folder: str) -> tuple[str, ...]:
        """Those in an absolute ``folder`` and above it."""
        below = []
        while folder not in self._above:
            below.append(folder)
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
        found = self._above.get(folder, ())
        for each in reversed(below):
            own = in_folder(each)
            found = self._above[each] = found if own is None else (own, *found)
        return found


def in_folder(folder: str) -> str | None:
    """The configuration file that stands in ``folder``."""
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (not name.endswith(".toml") or _has_section(path)):
            return path
    return None


def _has_section(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return SECTION in file.read()
    except OSError:
        return False


class Sources(NamedTuple):
    """Where configuration comes from: the files above each document, one given file, or none at all."""

    file: str | None = None
    isolated: bool = False

    def above(self, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Each of ``paths`` with the configuration files for it, the nearest first; ``-`` is the current folder."""
        if self.isolated:
            return {}
        if self.file is not None:
            return dict.fromkeys(paths, (os.path.abspath(self.file),))
        finder, here = Finder(), os.getcwd()
        return {path: finder.in_and_above(here) if path == STANDARD_INPUT else finder.above(path) for path in paths}
