"""The reports of a run, found again whole where nothing has changed since: ``--cache-dir``.

Kept under all that decides on their bytes: every file of the run by name and content, pack, options, baseline and
waivers. To read what was found in each file and lay it out anew takes a tenth of checking; to copy it, a hundredth.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any
from zlib import crc32

from perfcheck.config import Settings
from perfcheck.running.parts import decisive
from perfcheck.running.settling import folders_of

ENDING = ".reports"
MOST_KEPT = 4
"""Runs whose reports are kept: they are as large as reports are."""
CHUNK = 1 << 20
TAIL = 8
"""Bytes behind the reports: the length of what is said of them, and the check sum of everything before it."""
WRITING = "surrogatepass"
"""Names of files that are no text come through."""


class ReportCache:
    """The reports of one run in the folder of the cache."""

    def __init__(self, folder: str, settings: Settings, files: Sequence[tuple[str, str]], options: Any) -> None:
        """``files`` are those of the run with the names of their entries; ``options`` what else decides."""
        basis = (
            decisive(settings), settings.fail_on, settings.no_waivers, settings.locked, settings.today, os.getcwd(),
            folders_of(settings), _content(settings.baseline), _content(settings.waivers), files, options,
        )  # fmt: skip
        self._folder = folder
        name = blake2b(repr(basis).encode("utf-8", WRITING), digest_size=20).hexdigest()
        self._path = os.path.join(folder, name + ENDING)
        self._file: IO[bytes] | None = None
        self._sizes: list[int] = []
        self._check = 0

    def known(self) -> tuple[int, list[Iterator[str]]] | None:
        """The exit status and the reports of the same run before; None for none, or for damaged ones."""
        try:
            with open(self._path, "rb") as file:
                check, left = 0, os.fstat(file.fileno()).st_size - TAIL
                said = b""
                while left > 0:
                    data = file.read(min(CHUNK, left))
                    check, left = crc32(data, check), left - len(data)
                    said = (said + data)[-CHUNK:] if left <= CHUNK else b""
                tail = file.read()
                length = int.from_bytes(tail[:4], "big")
                if len(tail) != TAIL or tail[4:] != check.to_bytes(4, "big"):
                    return None
                status, *sizes = json.loads(said[-length:])
        except (OSError, ValueError):
            return None
        starts = [sum(sizes[:number]) for number in range(len(sizes))]
        return status, [self._read(start, size) for start, size in zip(starts, sizes)]

    def _read(self, start: int, size: int) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8")(WRITING)
        with open(self._path, "rb") as file:
            file.seek(start)
            while size:
                data = file.read(min(CHUNK, size))
                size -= len(data)
                yield decoder.decode(data, not size)

    def passing(self, report: str | Iterable[str]) -> Iterator[str]:
        """The pieces of ``report``, noted as they pass; where that is not possible nothing is kept."""
        self._sizes.append(0)
        for piece in (report,) if isinstance(report, str) else report:
            data = piece.encode("utf-8", WRITING)
            self._sizes[-1] += len(data)
            self._put(data)
            yield piece

    def _put(self, data: bytes) -> None:
        self._check = crc32(data, self._check)
        try:
            if self._file is None:
                self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 -- gone with us, whatever happens
            self._file.write(data)
        except OSError:
            self._sizes.append(-1)  # never what a report has: it is not kept

    def keep(self, status: int) -> None:
        """Keep what has passed, and the exit status of its run."""
        said = json.dumps([status, *self._sizes]).encode()
        self._put(said)
        if self._file is None or -1 in self._sizes:
            return
        unfinished = f"{self._path}.{os.getpid()}"
        try:
            self._file.write(len(said).to_bytes(4, "big") + self._check.to_bytes(4, "big"))
            self._file.seek(0)
            with open(unfinished, "wb") as file:
                copyfileobj(self._file, file, CHUNK)
            os.replace(unfinished, self._path)
            self._tidy()
        except OSError:
            with contextlib.suppress(OSError):
                os.remove(unfinished)

    def _tidy(self) -> None:
        kept = [entry for entry in os.scandir(self._folder) if entry.name.endswith(ENDING)]
        for entry in sorted(kept, key=lambda each: each.stat().st_mtime, reverse=True)[MOST_KEPT:]:
            os.remove(entry.path)


def _content(file: str | None) -> tuple[str, str] | None:
    """A file that decides on what counts: its name and a digest of what is in it."""
    if file is None:
        return None
    try:
        with open(file, "rb") as stream:
            return file, blake2b(stream.read(), digest_size=20).hexdigest()
    except OSError:
        return file, ""
