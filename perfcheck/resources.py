"""Where grammar, rule packs and templates lie: inside an installed wheel, or beside the package in a checkout.

Paths are plain text here and in the rulebook: ``pathlib`` takes a quarter of a bare Python start to import.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def _folder(name: str) -> str:
    installed = os.path.join(_PACKAGE, "_data", name)
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(_PACKAGE), name)


def grammar_folder() -> str:
    """The folder of the ``.lark`` files."""
    return _folder("grammar")


def packs_folder() -> str:
    """The folder of the built-in rule packs and their JSON Schema."""
    return _folder("rules")


def templates_folder() -> str:
    """The folder of the report templates."""
    return os.path.join(_PACKAGE, "reporting", "templates")


def repository_of(folder: str) -> str | None:
    """The root of the git repository ``folder`` lies in, itself or above; None where there is none."""
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


CACHE_VARIABLE = "PERFCHECK_CACHE"
"""Environment variable: another folder for the cache, or ``off`` for none."""


def cache_folder(make: bool = True) -> str | None:
    """Where prepared packs and templates are kept for the next start; None when that is turned off.

    ``make`` it where it is not there yet; None then also where that is not possible. None, too, for users without a
    home.
    """
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen == "off":
        return None
    if not chosen:
        base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
        base = base or os.path.expanduser("~/.cache")
        if base.startswith("~"):  # no home is known
            return None
        chosen = os.path.join(base, "perfcheck")
    if not make:
        return chosen
    try:
        os.makedirs(chosen, mode=0o700, exist_ok=True)
    except OSError:
        return None
    return chosen


def package_stamp() -> list[tuple[str, int, int]]:
    """perfcheck's own files with time and size: what was found with other ones is not to be relied on."""
    found = []
    for folder, _, names in os.walk(_PACKAGE):
        for name in names:
            if name.endswith((".py", ".json")):
                path = os.path.join(folder, name)
                status = os.stat(path)
                found.append((path, status.st_mtime_ns, status.st_size))
    return sorted(found)
