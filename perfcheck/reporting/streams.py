"""Reports in pieces: one of many documents is larger than all else of a run, and is written while it is made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

INDENT = "  "
CHUNK = 1 << 16
"""Characters put together before they are written."""


def in_chunks(pieces: Iterable[str]) -> Iterator[str]:
    """``pieces``, small ones put together."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(held)
            held.clear()
            size = 0
    if held:
        yield "".join(held)


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def json_lines(items: Iterable[Any]) -> Iterator[str]:
    """A line of JSON for each of ``items``."""
    return (_encoded(item) + "\n" for item in items)


def json_pieces(value: Any, margin: str = "") -> Iterator[str]:
    """``value`` as ``json.dumps`` indents it by two, in pieces; an iterator is an array made while it is read.

    Iterators are looked for in iterators and in objects that have one.
    """
    inner = margin + INDENT
    if isinstance(value, Iterator):
        between = "["
        for item in value:
            yield f"{between}\n{inner}"
            yield from json_pieces(item, inner)
            between = ","
        yield "[]" if between == "[" else f"\n{margin}]"
    elif isinstance(value, dict) and any(isinstance(item, Iterator) for item in value.values()):
        between = "{"
        for key, item in value.items():
            yield f"{between}\n{inner}{_encoded(key)}: "
            yield from json_pieces(item, inner)
            between = ","
        yield f"\n{margin}}}"
    else:
        yield indented(value, margin)


def indented(value: Any, margin: str = "") -> str:
    """``value``, whose keys are text, as ``json.dumps`` indents it, but without leaving garbage behind each time."""
    inner = margin + INDENT
    if isinstance(value, dict):
        items, signs = [f"{_encoded(key)}: {indented(item, inner)}" for key, item in value.items()], "{}"
    elif isinstance(value, (list, tuple)):
        items, signs = [indented(item, inner) for item in value], "[]"
    else:
        return _encoded(value)
    between = f",\n{inner}"
    return f"{signs[0]}\n{inner}{between.join(items)}\n{margin}{signs[1]}" if items else signs
