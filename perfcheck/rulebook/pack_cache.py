"""The built-in packs as read from YAML, kept in the user's cache folder.

Importing PyYAML and reading fifty files costs two bare Python starts, more than checking a document
(``benchmarks/start_up.py``). The copy is used only while name, time and size of every file are the same; a copy that
is missing, stale or damaged is passed over, and where none can be written nothing is.
"""

from __future__ import annotations

import marshal
import os
import sys
from typing import Any
from zlib import crc32

from perfcheck import __version__
from perfcheck.resources import cache_folder

PARTS = ("", "vocabulary/", "layouts/")
"""Folders of a pack whose files are read: rules, word lists, layouts of the form; cases are not."""


def read_folder(folder: str) -> dict[str, Any]:
    """File name -> content of every YAML file of a built-in pack; ``vocabulary/units.yaml`` for those of its parts."""
    stamp = []
    for part in PARTS:
        path = f"{folder}/{part}"
        if part and not os.path.isdir(path):
            continue
        for entry in os.scandir(path):
            if entry.name.endswith(".yaml"):
                status = entry.stat()
                stamp.append((part + entry.name, status.st_mtime_ns, status.st_size))
    stamp.sort()
    key = (__version__, str(folder), stamp)
    file = _cache_file(os.path.basename(folder))
    content = _load(file, key)
    if content is None:
        from perfcheck.rulebook.yaml_file import read_trusted

        content = {name: read_trusted(os.path.join(folder, name)) for name, _, _ in stamp}
        _save(file, key, content)
    return content


def _cache_file(name: str) -> str | None:
    folder = cache_folder()
    return folder and os.path.join(folder, f"pack-{name}-{sys.version_info[0]}{sys.version_info[1]}.cache")


def _load(file: str | None, key: Any) -> dict[str, Any] | None:
    if file is None:
        return None
    try:
        with open(file, "rb") as stream:
            data = memoryview(stream.read())
        if int.from_bytes(data[:4], "big") != crc32(data[4:]):
            return None
        found = marshal.loads(data[4:])
        del data
    except (OSError, ValueError, EOFError, TypeError):
        return None
    if found[0] != key:
        return None
    content: dict[str, Any] = found[1]
    return content


def _save(file: str | None, key: Any, content: dict[str, Any]) -> None:
    if file is None:
        return
    data = marshal.dumps((key, content))
    try:
        unfinished = f"{file}.{os.getpid()}"
        with open(unfinished, "wb") as stream:
            stream.write(crc32(data).to_bytes(4, "big") + data)
        os.replace(unfinished, file)
    except OSError:
        return
