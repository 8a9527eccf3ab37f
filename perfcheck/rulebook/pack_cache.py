"""The built-in packs as read from YAML, kept in the user's cache folder.

Importing PyYAML and reading fifty files costs two bare Python starts, more than checking a document
(``benchmarks/start_up.py``). The copy is used only while name, time and size of every file are the same; a copy that
is missing, stale or damaged is passed over, and where none can be written nothing is.
"""

from __future__ import annotations

import os
from typing import Any

from perfcheck import __version__, kept

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
    name = f"pack-{os.path.basename(folder)}"
    content = kept.read(name, key)
    if not isinstance(content, dict):
        from perfcheck.rulebook.yaml_file import read_trusted

        content = {file: read_trusted(os.path.join(folder, file)) for file, _, _ in stamp}
        kept.write(name, key, content)
    return content
