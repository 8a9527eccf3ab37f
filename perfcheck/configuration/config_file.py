"""One configuration file read: YAML or a section of ``pyproject.toml``, all values as text, with their lines."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from perfcheck.errors import SettingsError, why
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled
from perfcheck.rulebook.locks import shown
from perfcheck.rulebook.yaml_file import LARGEST_FILE, Marks, read_checked

SECTION = "tool.perfcheck"
_HEADER = compiled(r"\s*\[{1,2}([^\[\]#]+)\]{1,2}\s*(?:#.*)?$")
_KEY = compiled(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = compiled(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


class ConfigFile(NamedTuple):
    """What one configuration file says, not yet checked."""

    path: str
    content: Any
    marks: Marks

    @property
    def folder(self) -> str:
        """The folder its paths start from."""
        return os.path.dirname(self.path)

    @property
    def shown(self) -> str:
        """The file as messages name it: from the current folder where it stands below that."""
        return shown(self.path)

    def where(self, *path: str | int) -> str:
        """File and line of a key or item."""
        return f"{self.shown}:{self.marks.of(path)[0]}"


def read_config(path: str) -> ConfigFile:
    """The file ``path``; raises :class:`PerfcheckError` for one that cannot be read or is neither YAML nor TOML."""
    path = os.path.abspath(path)
    if path.endswith(".toml"):
        return _toml(path)
    content, marks = read_checked(path)
    return ConfigFile(path, {} if content in (None, "") else content, marks)


def _toml(path: str) -> ConfigFile:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(LARGEST_FILE + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}：读不出来：{why(error)}") from None
    try:
        toml = import_module("tomllib")
    except ImportError:  # Python 3.10
        toml = import_module("tomli")
    try:
        content: Any = toml.loads(text, parse_float=str)
    except (toml.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}：TOML 写法有误（{error}）") from None
    for name in SECTION.split("."):
        content = content.get(name, {}) if isinstance(content, dict) else {}
    return ConfigFile(path, _as_text(content), Marks(_toml_places(text), text.split("\n")))


def _as_text(value: Any) -> Any:
    """TOML's typed values as YAML's are read: as text."""
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _toml_places(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Line and column of each key below the section; an item of a list is where its list begins."""
    places: dict[tuple[str | int, ...], tuple[int, int]] = {}
    table: tuple[str | int, ...] | None = None
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        if header:
            parts = _parts(header.group(1))
            inside = parts[:2] == tuple(SECTION.split("."))
            table = parts[2:] if inside else None
            if table and line.lstrip().startswith("[["):
                key = parts[2:]
                counts[key] = counts.get(key, -1) + 1
                table = (*key, counts[key])
            if inside and table is not None:
                for end in range(len(table) + 1):
                    places.setdefault(table[:end], (number, 1))
            continue
        found = _KEY.match(line)
        if found and table is not None:
            names = _parts(found.group(1))
            for end in range(1, len(names) + 1):
                places.setdefault((*table, *names[:end]), (number, len(line) - len(line.lstrip()) + 1))
    return places


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
