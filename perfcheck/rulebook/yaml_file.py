"""YAML files of packs: read within limits, all scalars as text, with the place of every key.

Text, because YAML would read 12:30 as 750, no as False and 010 as 8; the rulebook converts by what an option asks.
Aliases are refused (a few lines of them expand without end), and so are files so deep that libyaml's C parser
would crash the process.
"""

from __future__ import annotations

from typing import Any

import yaml

from perfcheck.errors import PackError, why
from perfcheck.named_tuples import NamedTuple

try:
    from yaml import CBaseLoader as BaseLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import BaseLoader  # type: ignore[assignment]

LARGEST_FILE = 1_000_000
DEEPEST = 40
"""Nested brackets or indents; a rule has about five."""

Path = tuple["str | int", ...]


class Marks(NamedTuple):
    """Line and column, from 1, of every key and item, by its path from the root."""

    places: dict[Path, tuple[int, int]]
    lines: list[str]

    def of(self, path: Path) -> tuple[int, int]:
        """The place of ``path`` or of the nearest part above it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def read_trusted(path: str) -> Any:
    """The content of a file that ships with perfcheck and was validated by its tests; no places, no checks."""
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=BaseLoader)


def read_checked(path: str) -> tuple[Any, Marks]:
    """The content of any file and its places; raises :class:`PackError` for what is not plain YAML."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(LARGEST_FILE + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}：读不出来：{why(error)}") from None
    if len(text) > LARGEST_FILE:
        raise PackError(f"{path}：文件超过 {LARGEST_FILE} 个字符，不像规则文件")
    if _too_deep(text):
        raise PackError(f"{path}：括号或缩进嵌套超过 {DEEPEST} 层")
    try:
        node = yaml.compose(text, Loader=BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = f"YAML 写法有误（{getattr(error, 'problem', None) or error}）"
        if mark is None:
            raise PackError(f"{path}：{problem}") from None
        raise PackError(f"{path}:{mark.line + 1}:{mark.column + 1}：{problem}{_excerpt(text, mark.line)}") from None
    marks = Marks({}, text.split("\n"))
    return _value(node, (), path, marks, set()), marks


def _excerpt(text: str, line: int) -> str:
    """The line concerned, as it stands below a message; ``line`` counts from 0."""
    lines = text.split("\n")
    return f"\n    {line + 1} | {lines[line].rstrip()}" if line < len(lines) else ""


def _too_deep(text: str) -> bool:
    depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif character in "]}":
            depth -= 1
    return any(len(line) - len(line.lstrip(" -")) > 2 * DEEPEST for line in text.split("\n"))


def _value(node: Any, path: Path, file: str, marks: Marks, seen: set[int]) -> Any:
    if node is None:
        return None
    if id(node) in seen and not isinstance(node, yaml.ScalarNode):
        line = node.start_mark.line
        raise PackError(
            f"{file}:{line + 1}：规则文件里不能用 YAML 别名（*）{_excerpt(chr(10).join(marks.lines), line)}"
        )
    seen.add(id(node))
    marks.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), file, marks, seen) for index, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, item in node.value:
        name = key.value
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise PackError(f"{file}:{line}：键只能是一个词")
        if name in found:
            raise PackError(
                f"{file}:{line}：键“{name}”写了两次，后面的会悄悄盖掉前面的\n    {marks.lines[line - 1].strip()}"
            )
        at = (*path, name)
        marks.places[at] = (line, key.start_mark.column + 1)
        found[name] = _value(item, at, file, marks, seen)
    return found
