"""Which files a run looks at: those given, and those in the folders given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from perfcheck.config import STANDARD_INPUT
from perfcheck.errors import SettingsError, UnreadableSourceError, why
from perfcheck.reading import SUFFIXES
from perfcheck.reading.file_bytes import bytes_of, is_special
from perfcheck.reading.reader import ARCHIVE_SUFFIXES, COPY_ENDING, FOREIGN_SUFFIXES

if TYPE_CHECKING:
    from perfcheck.engine import Judgement

KINDS = (*SUFFIXES, *FOREIGN_SUFFIXES)
"""Endings of names that may be budget documents."""
NUMBERING = "0123456789()-_ "
"""What may follow the ending of a copy that is not the first one."""


class LeftOut:
    """What lies in the folders of a run and is no document to check: never a fault, and never without a word."""

    def __init__(self, copies: str | None = None) -> None:
        self.copies = None if copies is None else os.path.realpath(copies)
        """The folder that this very call puts copies with remarks into: nothing in it is a document."""
        self.archives: list[str] = []
        self.own: list[str] = []
        """Reports and copies perfcheck itself has written."""

    def leaves(self, path: str, paths: Sequence[str], tracked: bool = False) -> bool:
        """Whether one of our own reports is left out, and then noted: unless it is among the ``paths`` asked for."""
        found = not named_by_hand(paths, tracked)(path)
        if found:
            self.own.append(path)
        return found

    def taken_from(self, judgements: Sequence[Judgement], named: Callable[[str], bool]) -> Sequence[Judgement]:
        """``judgements`` without those of our own reports, which are noted, but for those somebody ``named``.

        Raises :class:`SettingsError` where nothing else is left.
        """
        own = [each.path for each in judgements if each.is_own_report and not named(each.path)]
        if not own:
            return judgements
        self.own += own
        if len(own) == len(judgements):
            raise SettingsError("".join(self.sentences("zh")) + "没有别的可检查的文件 / there is no document")
        out = set(own)
        return [each for each in judgements if each.path not in out]

    def sentences(self, language: str) -> list[str]:
        """A line each for what there is."""
        said = ENGLISH if language == "en" else CHINESE
        found = (("archives", self.archives), ("own", self.own))
        return [said[name].format(count=len(paths), first=_base(paths[0])) for name, paths in found if paths]


CHINESE = {
    "archives": "文件夹里有 {count} 个压缩包没有打开（{first}）；里面若有绩效文本，请先解压。",
    "own": "文件夹里有 {count} 个文件是 perfcheck 自己写的报告或批注副本，没有检查（{first}）。",
}
ENGLISH = {
    "archives": "{count} archives in the folders were not opened ({first}); unpack them if they hold documents.",
    "own": "{count} files in the folders are reports or copies perfcheck wrote and were not checked ({first}).",
}


def find_files(paths: Sequence[str], tracked: bool = False, left_out: LeftOut | None = None) -> list[str]:
    """The files to check: folders walked, names as given otherwise, in a stable order and each once.

    With ``tracked`` those that git tracks, by ``paths`` as its patterns. ``left_out`` takes down what folders hold
    besides. Raises :class:`SettingsError` for none.
    """
    if tracked:
        from perfcheck.running.tracked import tracked_files

        listed = tracked_files(paths, KINDS)
        return list(_without_copies(listed, LeftOut() if left_out is None else left_out)) or listed
    if not paths:
        raise SettingsError("没有指定要检查的文件或文件夹。例：perfcheck check 绩效文本.txt")
    found: dict[str, str] = {}
    left_out = LeftOut() if left_out is None else left_out
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):
            inside = list(_walk(path, left_out))
            if not inside:
                more = "".join(left_out.sentences("zh"))
                raise SettingsError(f"文件夹“{path}”里没有可检查的文件（{'、'.join(SUFFIXES)}）。{more}")
            for name in inside:
                found.setdefault(os.path.abspath(name), name)
        elif not _is_lock(path):
            found.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), path)
    if not found:
        raise SettingsError(f"“{paths[0]}”是 Word 或 WPS 打开文件时留下的临时文件（~$ 开头），没有可检查的文件。")
    return list(found.values())


def named_by_hand(paths: Sequence[str], tracked: bool = False) -> Callable[[str], bool]:
    """Tells of the files found whether somebody named them; the others were found in folders, or by git."""
    if tracked:
        return lambda path: False
    named = {os.path.abspath(path) for path in paths if path == STANDARD_INPUT or not os.path.isdir(path)}
    return lambda path: os.path.abspath(path) in named


def _base(path: str) -> str:
    return os.path.basename(path).encode(errors="replace").decode()


def _is_lock(path: str) -> bool:
    """Whether a file is what Word leaves beside one that is open; patterns of a shell name it, too."""
    name = os.path.basename(path)
    return name.startswith("~$") and name.lower().endswith(KINDS)


def _walk(folder: str, left_out: LeftOut) -> Iterator[str]:
    """Budget documents below ``folder``; office files too, so that what cannot be read yet is not passed over."""
    seen = {os.path.realpath(folder)}
    for root, folders, names in os.walk(folder, onerror=_refuse_folder, followlinks=True):
        visible = [name for name in sorted(folders) if not name.startswith(".")]
        if left_out.copies is not None:
            visible = [name for name in visible if os.path.realpath(os.path.join(root, name)) != left_out.copies]
        folders[:] = [name for name in visible if _is_new(os.path.join(root, name), seen)]
        for name in sorted(names):
            lower = name.lower()
            if name.startswith(("~$", ".")):
                continue
            if lower.endswith(KINDS):
                path = os.path.join(root, name)
                if is_special(path):  # a pipe is no document, and nobody may ever write into it
                    continue
                if COPY_ENDING in name and _is_copy(path, names):
                    left_out.own.append(path)
                else:
                    yield path
            elif lower.endswith(ARCHIVE_SUFFIXES):
                left_out.archives.append(os.path.join(root, name))


def _without_copies(paths: Sequence[str], left_out: LeftOut) -> Iterator[str]:
    """``paths``, which git lists, without copies with remarks."""
    names: dict[str, list[str]] = {}
    for path in paths:
        names.setdefault(os.path.dirname(path), []).append(os.path.basename(path))
    for path in paths:
        if COPY_ENDING in path and _is_copy(path, names[os.path.dirname(path)]):
            left_out.own.append(path)
        else:
            yield path


def _is_copy(path: str, names: Sequence[str]) -> bool:
    """Whether a file is a copy with remarks of one beside it, which would be held against itself.

    Its name says so, and the mark in it: people call what they have reviewed the same.
    """
    original, _, number = os.path.splitext(os.path.basename(path))[0].rpartition(COPY_ENDING)
    if number.strip(NUMBERING) or not any(os.path.splitext(other)[0] == original for other in names):
        return False
    from perfcheck.reading.own_files import is_own_copy

    try:
        return is_own_copy(bytes_of(path))
    except UnreadableSourceError:  # the reader says what is wrong with it
        return False


def _is_new(path: str, seen: set[str]) -> bool:
    """Whether a folder was not walked before: a link may lead back to where it stands."""
    real = os.path.realpath(path)
    new = real not in seen
    seen.add(real)
    return new


def _refuse_folder(error: OSError) -> None:
    """A folder that cannot be opened may hold anything: not checked is not passed."""
    raise SettingsError(f"打不开文件夹“{error.filename}”：{why(error)}。请检查权限，或只给出要检查的文件。") from error
