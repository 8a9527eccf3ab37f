"""Levels put together: each changes what it names and leaves the rest as the level above it had it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from perfcheck.configuration.chain import FILES, extended
from perfcheck.configuration.config_file import ConfigFile
from perfcheck.configuration.form import PLAIN_KEYS, UNSET
from perfcheck.configuration.selection import COMMAND_LINE, Named, Override, Selection, Setting, narrowness
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.pack_folder import built_in_packs

DEFAULT = "默认 / default"
DEFAULT_PACK = "hebei"
PATH_KEYS = ("cache-dir", "baseline", "waivers")
"""Keys whose value is a path, taken from the folder of the file it is written in."""


class Value(NamedTuple):
    """A value and where it was written."""

    value: Any
    where: str
    level: int


class Inherited(NamedTuple):
    """What all levels together say; ``files`` are the levels, the farthest first."""

    files: tuple[ConfigFile, ...]
    values: Mapping[str, Value]
    """Key -> value, for those that some level set."""
    reports: Mapping[str, Value]
    packs: tuple[Value, ...]
    """The pack each level names, in their order; the last is used."""
    selection: Selection


class CommandLine(NamedTuple):
    """What was given on the command line: option -> value, for those that were given."""

    values: Mapping[str, Any]

    def words(self, name: str) -> tuple[Named, ...]:
        """The selectors of ``--select`` or ``--ignore``."""
        given = self.values.get(name, ())
        return tuple(Named(word, COMMAND_LINE, f"命令行 --{name} {word}") for word in given)


def inherit(files: Sequence[ConfigFile], line: CommandLine) -> Inherited:
    """The levels ``files`` and the command line as one."""
    values: dict[str, Value] = {}
    reports: dict[str, Value] = {}
    packs: list[Value] = []
    select: tuple[Named, ...] = ()
    extend_select: list[Named] = []
    ignore: list[Named] = []
    settings: list[Setting] = []
    overrides: list[Override] = []
    for level, file in enumerate(files):
        content = file.content
        for key in PLAIN_KEYS:
            if key in content and key != "pack":
                values[key] = Value(_plain(file, key), file.where(key), level)
        for name, target in content.get("reports", {}).items():
            reports[name] = Value(_path(file, target), file.where("reports", name), level)
        packs.extend(_packs(file, level))
        if "select" in content:
            select, extend_select = _named(file, level, "select"), []
        extend_select.extend(_named(file, level, "extend-select"))
        if "ignore" in content:
            ignore = list(_named(file, level, "ignore"))
        ignore.extend(_named(file, level, "extend-ignore"))
        settings.extend(_settings(file, level, ("rules",), content.get("rules", {})))
        overrides.extend(_override(file, level, index) for index in range(len(content.get("overrides", []))))
    given = line.words("select")
    if given:
        select, extend_select = given, list(given)
    ignore.extend(line.words("ignore"))
    for key in ("fail-on", "language", "year", "format", "jobs", "cache-dir"):
        if key in line.values:
            values[key] = Value(line.values[key], f"命令行 --{OPTIONS.get(key, key)}", COMMAND_LINE)
    if "pack" in line.values:
        packs.append(Value(line.values["pack"], "命令行 --pack", COMMAND_LINE))
    found = {key: value for key, value in values.items() if value.value is not None}
    selection = Selection(select, tuple(extend_select), tuple(ignore), tuple(settings), tuple(overrides))
    return Inherited(tuple(files), found, reports, tuple(packs), selection)


OPTIONS = {"language": "lang"}
"""Keys whose option has another name."""


def _plain(file: ConfigFile, key: str) -> Any:
    value = file.content[key]
    if value in UNSET:
        return None
    if key == "year":
        return int(value)
    return _path(file, value) if key in PATH_KEYS else value


def _path(file: ConfigFile, given: str) -> str:
    path = os.path.normpath(os.path.join(file.folder, os.path.expanduser(given)))
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative


def _packs(file: ConfigFile, level: int) -> list[Value]:
    names = [name for name in extended(file) if not name.endswith(FILES)]
    found = []
    if names:
        found.append(Value(_pack(file, names), file.where("extends"), level))
    own = file.content.get("packs") or file.content.get("pack")
    if file.content.get("pack") in UNSET:
        found.append(Value(DEFAULT_PACK, file.where("pack"), level))
    elif own:
        key = "packs" if "packs" in file.content else "pack"
        found.append(Value(_pack(file, [own] if isinstance(own, str) else own), file.where(key), level))
    return found


def _pack(file: ConfigFile, names: Sequence[str]) -> str:
    """Names of packs with commas between them; a folder is looked for from the folder of the file."""
    return ",".join(map(partial(_place_of_pack, file), names))


def _place_of_pack(file: ConfigFile, name: str) -> str:
    """A built-in pack is what its name says even beside a folder of that name; ``./hebei`` is the folder."""
    if name in built_in_packs() or not os.path.isdir(os.path.join(file.folder, name)):
        return name
    path = _path(file, name)
    return path if os.path.dirname(path) else os.path.join(os.curdir, path)


def _named(file: ConfigFile, level: int, *path: str | int) -> tuple[Named, ...]:
    items: Any = file.content
    for step in path:
        items = items.get(step, []) if isinstance(items, dict) else items[step]
    return tuple(Named(word, level, file.where(*path, index)) for index, word in enumerate(items))


def _settings(file: ConfigFile, level: int, at: tuple[str | int, ...], rules: Mapping[str, Any]) -> list[Setting]:
    found = []
    for selector, change in rules.items():
        rank = narrowness(selector)
        if "level" in change:
            where = file.where(*at, selector, "level")
            found.append(Setting(selector, None, change["level"], level, where, rank))
        for name, value in change.get("with", {}).items():
            where = file.where(*at, selector, "with", name)
            found.append(Setting(selector, name, value, level, where, rank))
    return found


def _override(file: ConfigFile, level: int, index: int) -> Override:
    at = ("overrides", index)
    content = file.content["overrides"][index]
    return Override(
        tuple(content.get("paths", ())),
        tuple(content.get("layouts", ())),
        tuple(content.get("projects", ())),
        file.folder,
        _named(file, level, *at, "select") if "select" in content else None,
        _named(file, level, *at, "extend-select"),
        _named(file, level, *at, "ignore"),
        tuple(_settings(file, level, (*at, "rules"), content.get("rules", {}))),
        int(content["year"]) if "year" in content else None,
        level,
        file.where(*at),
    )
