"""A memory of what was read before: the same few thousand texts come again and again in a province's documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What ``read`` gave for each key, asked once; it begins anew rather than grow for ever."""

    def __init__(self, read: Callable[[Key], Value], most: int = 50_000) -> None:
        super().__init__()
        self._read = read
        self._most = most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        found = self[key] = self._read(key)
        return found
