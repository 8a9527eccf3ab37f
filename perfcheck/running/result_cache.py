"""What was found in a file before, found again without reading it: ``--cache-dir``.

An entry is kept by all that decides on it: the bytes of the file and its suffix, rules, words and layouts of the pack,
the options, perfcheck's own files. A damaged entry is as good as none.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import Any

from perfcheck import __version__
from perfcheck.resources import package_stamp
from perfcheck.running.checker import Checker, Outcome
from perfcheck.running.packed import pack, unpack


class ResultCache:
    """A folder of outcomes, one file each."""

    def __init__(self, folder: str, checker: Checker, *options: Any) -> None:
        os.makedirs(folder, exist_ok=True)
        self._folder = folder
        self._checker = checker
        self._rules = {rule.id: rule for rule in checker.pack.rules}
        basis = (__version__, package_stamp(), checker.pack.digest(), sorted(self._rules), checker.language, options)
        self._basis = repr(basis).encode()

    def known(self, path: str) -> tuple[Outcome | None, str | None]:
        """What is known of a file, and the name under which its outcome is to be kept; None for one not to be kept."""
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            return None, None  # the reader says what is wrong
        digest = blake2b(data, digest_size=20, key=blake2b(self._basis, digest_size=32).digest())
        digest.update(os.path.splitext(path)[1].lower().encode())
        name = os.path.join(self._folder, digest.hexdigest())
        try:
            with open(name, "rb") as file:
                return unpack(file.read(), self._rules, path), name
        except Exception:  # missing, damaged, or of another kind: pickle raises anything
            return None, name

    def keep(self, name: str, outcome: Outcome) -> None:
        """Keep an outcome; where that is not possible it is simply not kept."""
        unfinished = f"{name}.{os.getpid()}"
        try:
            with open(unfinished, "wb") as file:
                file.write(pack(outcome, self._rules))
            os.replace(unfinished, name)
        except OSError:
            return
