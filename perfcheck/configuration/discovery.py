"""Which configuration files are for a document: those in its folder and in the folders above.

Runs at every start, so it asks the file system for names and imports nothing; only a ``pyproject.toml`` is looked into.
"""

from __future__ import annotations

import os

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
