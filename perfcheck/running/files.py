"""Which files a run looks at: those given, and those in the folders given."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from perfcheck.config import STANDARD_INPUT
from perfcheck.errors import SettingsError, why
from perfcheck.reading import SUFFIXES
from perfcheck.reading.file_bytes import is_special
from perfcheck.reading.reader import COPY_ENDING, FOREIGN_SUFFIXES

KINDS = (*SUFFIXES, *FOREIGN_SUFFIXES)
"""Endings of names that may be budget documents."""
NUMBERING = "0123456789()-_ "
"""What may follow the ending of a copy that is not the first one."""


def find_files(paths: Sequence[str], tracked: bool = False) -> list[str]:
    """The files to check: folders walked, names as given otherwise, in a stable order and each once.

    With ``tracked`` those that git tracks, by ``paths`` as its patterns. Raises :class:`SettingsError` for none.
    """
    if tracked:
        from perfcheck.running.tracked import tracked_files

        return tracked_files(paths, KINDS)
    if not paths:
        raise SettingsError("没有指定要检查的文件或文件夹。例：perfcheck check 绩效文本.txt")
    found: dict[str, str] = {}
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):
            inside = list(_walk(path))
            if not inside:
                raise SettingsError(f"文件夹“{path}”里没有可检查的文件（{'、'.join(SUFFIXES)}）。")
            for name in inside:
                found.setdefault(os.path.abspath(name), name)
        elif not _is_lock(path):
            found.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), path)
    if not found:
        raise SettingsError(f"“{paths[0]}”是 Word 或 WPS 打开文件时留下的临时文件（~$ 开头），没有可检查的文件。")
    return list(found.values())


def _is_lock(path: str) -> bool:
    """Whether a file is what Word leaves beside one that is open; patterns of a shell name it, too."""
    name = os.path.basename(path)
    return name.startswith("~$") and name.lower().endswith(KINDS)


def _walk(folder: str) -> Iterator[str]:
    """Budget documents below ``folder``; office files too, so that what cannot be read yet is not passed over."""
    seen = {os.path.realpath(folder)}
    for root, folders, names in os.walk(folder, onerror=_refuse_folder, followlinks=True):
        visible = [name for name in sorted(folders) if not name.startswith(".")]
        folders[:] = [name for name in visible if _is_new(os.path.join(root, name), seen)]
        for name in sorted(names):
            if name.lower().endswith(KINDS) and not name.startswith(("~$", ".")) and not _is_copy(name, names):
                path = os.path.join(root, name)
                if not is_special(path):  # a pipe is no document, and nobody may ever write into it
                    yield path


def _is_copy(name: str, names: Sequence[str]) -> bool:
    """Whether a file is a copy with remarks of one beside it, which would be held against itself."""
    original, ending, number = os.path.splitext(name)[0].rpartition(COPY_ENDING)
    if not ending or number.strip(NUMBERING):
        return False
    return any(os.path.splitext(other)[0] == original for other in names)


def _is_new(path: str, seen: set[str]) -> bool:
    """Whether a folder was not walked before: a link may lead back to where it stands."""
    real = os.path.realpath(path)
    new = real not in seen
    seen.add(real)
    return new


def _refuse_folder(error: OSError) -> None:
    """A folder that cannot be opened may hold anything: not checked is not passed."""
    raise SettingsError(f"打不开文件夹“{error.filename}”：{why(error)}。请检查权限，或只给出要检查的文件。") from error
