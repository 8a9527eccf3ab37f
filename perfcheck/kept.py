"""Values kept in the user's cache folder from one start to the next.

Each is a file that tells what it was made from; one that is missing, made from something else, damaged or not of our
making is as good as none, and where none can be written nothing is.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from typing import Any

from perfcheck.digests import blake2b
from perfcheck.resources import cache_folder

DIGEST = 8
"""Bytes of the digest each file begins with."""


def read(name: str, made_from: Any) -> Any:
    """What is kept as ``name`` and was made from the like of ``made_from``; None where there is nothing of use."""
    folder = cache_folder(make=False)
    if folder is None:
        return None
    try:
        with open(_file(folder, name), "rb") as stream:
            data = memoryview(stream.read())
        if data[:DIGEST] != _digest(data[DIGEST:]):
            return None
        was_made_from, content = marshal.loads(data[DIGEST:])
    except Exception:  # whatever somebody else has written there
        return None
    return content if was_made_from == made_from else None


def write(name: str, made_from: Any, content: Any) -> None:
    """Keep ``content``, for nobody but the user; other processes see the old file or the new one, whole."""
    folder = cache_folder()
    if folder is None:
        return
    file = _file(folder, name)
    unfinished = f"{file}.{os.getpid()}"
    try:
        data = marshal.dumps((made_from, _with_each_text_once(content, {})))
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(_digest(data) + data)
        os.replace(unfinished, file)
    except (OSError, ValueError):  # on Windows, another process is reading the old one; it will be kept another time
        with contextlib.suppress(OSError):
            os.remove(unfinished)


def _with_each_text_once(value: Any, known: dict[str, str]) -> Any:
    """The same, in which texts that are equal are one: so they are written, read and held but once."""
    if value.__class__ is str:
        return known.setdefault(value, value)
    if value.__class__ is dict:
        return {_with_each_text_once(key, known): _with_each_text_once(item, known) for key, item in value.items()}
    if value.__class__ is list or value.__class__ is tuple:
        return value.__class__([_with_each_text_once(item, known) for item in value])
    return value


def _digest(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=DIGEST).digest()


def _file(folder: str, name: str) -> str:
    return os.path.join(folder, f"{name}-{sys.version_info[0]}{sys.version_info[1]}.cache")
