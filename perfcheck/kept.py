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
from zlib import crc32

from perfcheck.resources import cache_folder


def read(name: str, made_from: Any) -> Any:
    """What is kept as ``name`` and was made from the like of ``made_from``; None where there is nothing of use."""
    folder = cache_folder(make=False)
    if folder is None:
        return None
    try:
        with open(_file(folder, name), "rb") as stream:
            data = memoryview(stream.read())
        if int.from_bytes(data[:4], "big") != crc32(data[4:]):
            return None
        was_made_from, content = marshal.loads(data[4:])
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
        data = marshal.dumps((made_from, content))
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(crc32(data).to_bytes(4, "big") + data)
        os.replace(unfinished, file)
    except (OSError, ValueError):  # on Windows, another process is reading the old one; it will be kept another time
        with contextlib.suppress(OSError):
            os.remove(unfinished)


def _file(folder: str, name: str) -> str:
    return os.path.join(folder, f"{name}-{sys.version_info[0]}{sys.version_info[1]}.cache")
