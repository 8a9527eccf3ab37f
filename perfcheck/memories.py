"""What was found out about texts, remembered because the same ones come again and again, and forgotten in time.

While one document is judged, much is remembered, for ten thousand tables of it say the same; from one document to the
next only what is little, so that a run over a hundred thousand documents needs no more memory than one over a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar
from weakref import ref

MOST = 50_000
"""Entries of one memory while a document is judged."""
MOST_KEPT = 500
"""Entries of one memory from a document to the next; when there are more, only what comes up again soon is kept."""
MOST_SET_ASIDE = 2000
"""Entries that are given that chance: a document with more was a large one, whose texts will hardly come again."""

Key = TypeVar("Key")
Value = TypeVar("Value")

_memories: dict[int, ref[Memory[Any, Any]]] = {}
"""Those there are, by the place of the reference, for a dictionary has no hash."""


def _gone(memory: ref[Memory[Any, Any]]) -> None:
    _memories.pop(id(memory), None)


class Memory(dict[Key, Value]):
    """What :meth:`find` gave for each key, asked once; begins anew rather than grow for ever."""

    _aside: Mapping[Key, Value] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__()
        known = ref(self, _gone)
        _memories[id(known)] = known

    def find(self, key: Key) -> Value:
        """What is to be remembered for ``key``."""
        raise NotImplementedError

    def __missing__(self, key: Key) -> Value:
        found = self._aside[key] if key in self._aside else self.find(key)
        if len(self) >= MOST:
            self.clear()
        self[key] = found
        return found

    def forget(self) -> None:
        """Set aside what is remembered if that has grown, and forget what was set aside before and not asked for."""
        if len(self) > MOST_KEPT:
            self._aside = self.copy() if len(self) <= MOST_SET_ASIDE else {}
            self.clear()


class Remembered(Memory[Key, Value]):
    """What a function says of each key."""

    def __init__(self, function: Callable[[Key], Value]) -> None:
        super().__init__()
        self._function = function

    def find(self, key: Key) -> Value:
        """What it says."""
        return self._function(key)


_last: list[list[Any]] = []
"""What was asked about last, and the answer, of every function that remembers just that."""


def once_a_document(make: Callable[[Key], Value]) -> Callable[[Key], Value]:
    """``make`` with a memory of the last document: all rules ask about one before the next one comes."""
    last: list[Any] = [None, None]
    _last.append(last)

    def remembered(document: Key) -> Value:
        if last[0] is not document:
            last[:] = document, make(document)
        return last[1]  # type: ignore[no-any-return]

    remembered.__doc__ = make.__doc__
    return remembered


def forget() -> None:
    """Let go of the last document, and have all memories that have grown begin anew; to be called after each."""
    for last in _last:
        last[:] = None, None
    for known in tuple(_memories.values()):
        memory = known()
        if memory is not None:
            memory.forget()
