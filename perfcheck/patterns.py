"""Regular expressions whose compiled form is kept from one start to the next.

Checking one small document takes a hundred patterns, and compiling them is a fifth of all its time
(``benchmarks/start_up.py``). What ``re`` works out from a pattern is a list of numbers; it is kept in the user's cache
folder for the very Python that worked it out. ``re`` has no public way to take it back: where its inner functions are
not as expected, or the file is damaged, patterns are compiled as ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from functools import cache
from typing import Any
from zlib import crc32

from perfcheck.resources import cache_folder

MOST = 2000
"""Patterns kept; when there are more, packs have changed so often that it is time to begin anew."""
PYTHON = sys.version
"""The Python a file of patterns is for."""

_kept: dict[tuple[str, int], Any] | None = None
"""Pattern and flags -> what ``_sre.compile`` takes; the code as bytes, which are read faster than a list."""
_new: dict[tuple[str, int], Any] = {}


@cache
def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """``text`` as ``re.compile`` makes it; raises :class:`re.error`."""
    key = (text, int(flags))
    return _revived(key) or _compiled(key)


def keep() -> None:
    """Keep what was compiled anew, unless it cannot be written; to be called when a process ends."""
    file = _file()
    if not _new or file is None:
        return
    patterns = {**(_kept or {}), **_new}
    data = marshal.dumps((PYTHON, patterns if len(patterns) <= MOST else _new))
    unfinished = f"{file}.{os.getpid()}"
    try:
        with open(unfinished, "wb") as stream:
            stream.write(crc32(data).to_bytes(4, "big") + data)
        os.replace(unfinished, file)
    except OSError:
        return
    _new.clear()


def _file() -> str | None:
    folder = cache_folder()
    return folder and os.path.join(folder, f"patterns-{sys.version_info[0]}{sys.version_info[1]}.cache")


def _read() -> dict[tuple[str, int], Any]:
    file = _file()
    if file is None:
        return {}
    try:
        with open(file, "rb") as stream:
            data = memoryview(stream.read())
        if int.from_bytes(data[:4], "big") != crc32(data[4:]):
            return {}
        python, found = marshal.loads(data[4:])
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return dict(found) if python == PYTHON else {}


def _revived(key: tuple[str, int]) -> re.Pattern[str] | None:
    """The pattern as it was kept; None where it was not, or cannot be taken back."""
    global _kept
    if _kept is None:
        _kept = _read()
    try:
        return _of_parts(key[0], _kept[key])
    except Exception:  # not there, or written by somebody else: Python looks through the code before it takes it
        return None


def _compiled(key: tuple[str, int]) -> re.Pattern[str]:
    """The pattern compiled now, and what it takes to have it again."""
    try:
        parts = _parts(*key)
        found = _of_parts(key[0], parts)
    except Exception:  # a wrong pattern, of which ``re`` says what is wrong; or a Python whose ``re`` is made otherwise
        return re.compile(*key)
    _new[key] = parts
    return found


def _parts(text: str, flags: int) -> Any:
    """What ``re.compile`` works out, in its own words."""
    from array import array

    if sys.version_info >= (3, 11):
        from re import _compiler, _parser  # type: ignore[attr-defined, unused-ignore]
    else:
        import sre_compile as _compiler
        import sre_parse as _parser

    parsed = _parser.parse(text, flags)
    compiler: Any = _compiler
    code = array("I", compiler._code(parsed, flags))
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    return flags | parsed.state.flags, code.tobytes(), len(names) - 1, dict(parsed.state.groupdict), tuple(names)


def _of_parts(text: str, parts: Any) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    flags, code, *groups = parts
    found: re.Pattern[str] = _sre.compile(text, flags, memoryview(code).cast("I").tolist(), *groups)
    return found
