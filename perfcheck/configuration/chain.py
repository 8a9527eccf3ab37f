"""The files that are for one document, the farthest first: those found above it, each after what it extends."""

from __future__ import annotations

import os
from collections.abc import Sequence

from perfcheck.configuration.config_file import ConfigFile, read_config
from perfcheck.configuration.form import EXAMPLES, problems_of
from perfcheck.errors import SettingsError
from perfcheck.rulebook.locks import shown
from perfcheck.rulebook.rule_form import Problem, describe

FILES = (".yaml", ".yml", ".toml")
"""How the name of a configuration file ends; anything else ``extends`` names is a pack."""


class Chains:
    """Reads configuration files, each once."""

    def __init__(self, formats: Sequence[str]) -> None:
        self._formats = formats
        self._read: dict[str, ConfigFile] = {}
        self.asked_for: set[str] = set()
        """Paths of the files it read or looked for."""
        self._known: dict[tuple[str, ...], tuple[ConfigFile, ...]] = {}

    def of(self, found: tuple[str, ...]) -> tuple[ConfigFile, ...]:
        """The levels for a document above which ``found`` stand, the nearest of them first.

        A file that says ``root: true`` is the last that is looked at. Raises :class:`SettingsError` for broken files.
        """
        if found not in self._known:
            used: list[ConfigFile] = []
            nearest_first = []
            for path in found:
                nearest_first.append(self.file(path))
                if is_root(nearest_first[-1]):
                    break
            for file in reversed(nearest_first):
                self._add(file, used, ())
            self._known[found] = tuple(used)
        return self._known[found]

    def file(self, path: str) -> ConfigFile:
        """One configuration file, right in form."""
        self.asked_for.add(path)
        if path not in self._read:
            file = read_config(path)
            refuse(file, problems_of(file, self._formats))
            self._read[path] = file
        return self._read[path]

    def _add(self, file: ConfigFile, used: list[ConfigFile], inside: tuple[str, ...]) -> None:
        if file.path in inside:
            raise SettingsError(
                f"配置文件互相继承：{' → '.join(map(shown, (*inside, file.path)))} / they extend each other"
            )
        if any(other.path == file.path for other in used):
            return
        for index, name in enumerate(extended(file)):
            if not name.endswith(FILES):
                continue
            path = os.path.normpath(os.path.join(file.folder, name))
            self.asked_for.add(path)
            if not os.path.isfile(path):
                at = ("extends", index) if isinstance(file.content["extends"], list) else ("extends",)
                refuse(file, [Problem(at, f"要继承的文件不存在：{path}", EXAMPLES["extends"])])
            self._add(self.file(path), used, (*inside, file.path))
        used.append(file)


def is_root(file: ConfigFile) -> bool:
    """Whether files above this one are not looked at."""
    return bool(file.content.get("root") == "true")


def extended(file: ConfigFile) -> list[str]:
    """What a file extends: names of files and packs."""
    given = file.content.get("extends", [])
    return [given] if isinstance(given, str) else given


def refuse(file: ConfigFile, problems: Sequence[Problem]) -> None:
    """Raise :class:`SettingsError` with all ``problems``, each with line, excerpt and example."""
    if problems:
        raise SettingsError("\n".join(said(file, problem) for problem in problems))


def said(file: ConfigFile, problem: Problem) -> str:
    """One problem of a file as people read it."""
    return describe(file.shown, problem, file.marks)
