"""What was found in a file before, found again without reading it: ``--cache-dir``.

An entry is kept by all that decides on it: the bytes of the file and its suffix, rules, words and layouts of the pack,
the options, perfcheck's own files. A damaged entry is as good as none.
"""

from __future__ import annotations

import contextlib
import os
from typing import Any

from perfcheck import __version__
from perfcheck.comparison import Facts
from perfcheck.digests import blake2b
from perfcheck.errors import SettingsError, why
from perfcheck.reading.file_bytes import LARGEST
from perfcheck.resources import package_stamp
from perfcheck.running.checker import Checker, Outcome
from perfcheck.running.judgement_codec import decode, encode
from perfcheck.running.packed import pack, unpack

FACTS = ".facts"
"""Ends the names of entries that say what comparing needs of a file; only files that share something have one."""


def unusable_folder(folder: str) -> str | None:
    """Why ``folder`` cannot hold a cache, in a sentence; None where it can, even if it is not there yet."""
    try:
        os.makedirs(folder, exist_ok=True)
        os.listdir(folder)
    except OSError as error:
        return f"缓存文件夹 {folder} 用不了：{why(error)} / the cache folder cannot be used"
    return None


class ResultCache:
    """A folder of outcomes, one file each."""

    def __init__(self, folder: str, checker: Checker, *options: Any) -> None:
        unusable = unusable_folder(folder)
        if unusable:
            raise SettingsError(unusable)
        self._folder = folder
        self._rules = {rule.id: rule for rule in checker.pack.rules}
        self._checker = checker
        if checker.comparison is not None:
            options = (*options, checker.comparison.digest())
        basis = (
            __version__, package_stamp(), checker.pack.digest(), sorted(self._rules), checker.language,
            checker.keep_source, checker.keep_facts, options,
        )  # fmt: skip
        self._key = blake2b(repr(basis).encode(), digest_size=32).digest()
        self._names: dict[str, str] = {}
        self._there: frozenset[str] = frozenset(os.listdir(folder))

    def knows(self, path: str) -> bool:
        """Whether there is an entry for a file, damaged perhaps."""
        name = self._name_for(path)
        if name is None:
            return False  # the reader says what is wrong
        self._names[path] = name
        return name in self._there

    def _name_for(self, path: str) -> str | None:
        """The name of the entry for a file as it is now; None for one that cannot be read, or not twice."""
        try:
            if not os.path.isfile(path) or os.path.getsize(path) > LARGEST:  # a pipe; what is never read
                return None
            with open(path, "rb", 0) as file:
                data = file.read()
        except OSError:
            return None
        digest = blake2b(data, digest_size=20, key=self._key)
        digest.update(os.path.splitext(path)[1].lower().encode())
        digest.update(self._checker.basis_of(path).encode())
        return digest.hexdigest()

    def _is_as_it_was(self, path: str) -> bool:
        """Whether a file is still what it was when :meth:`knows` was asked: somebody may be writing in it."""
        return path in self._names and self._name_for(path) == self._names[path]

    def known(self, path: str) -> Outcome | None:
        """What is known of a file after :meth:`knows` was asked."""
        data = self._read(self._names[path])
        try:
            return None if data is None else unpack(data, self._rules, path)
        except Exception:  # damaged, or of another kind: pickle raises anything
            return None

    def known_facts(self, path: str) -> Facts | None:
        """What comparing needs of a file, as far as it is known."""
        name = self._names.get(path, "") + FACTS
        data = self._read(name) if name in self._there else None
        try:
            facts = None if data is None else decode(data, self._rules)
        except Exception:  # as above
            return None
        return facts if isinstance(facts, Facts) else None

    def keep(self, path: str, outcome: Outcome) -> None:
        """Keep an outcome, unless something could not be checked; where that is not possible it is simply not kept."""
        if not outcome.judgement.not_checked and self._is_as_it_was(path):
            self._write(self._names[path], pack(outcome._replace(times=None), self._rules))

    def keep_facts(self, path: str, facts: Facts) -> None:
        """Keep what comparing needs of a file."""
        if self._is_as_it_was(path):
            self._write(self._names[path] + FACTS, encode(facts))

    def _read(self, name: str) -> bytes | None:
        try:
            with open(os.path.join(self._folder, name), "rb", 0) as file:
                return file.read()
        except OSError:
            return None

    def _write(self, name: str, data: bytes) -> None:
        path = os.path.join(self._folder, name)
        unfinished = f"{path}.{os.getpid()}"
        try:
            with open(unfinished, "wb") as file:
                file.write(data)
            os.replace(unfinished, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.remove(unfinished)
