"""Regular expressions whose compiled form is kept from one start to the next.

Checking one small document takes a hundred patterns; compiling them at every start took a fifth of all its time. What
``re`` works out from a pattern is a list of numbers; it is kept in the user's cache folder for the very Python that
worked it out. ``re`` has no public way to take it back: where its inner functions are not as expected, or the file is
damaged, patterns are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Any

from perfcheck import __version__, kept

MOST = 2000
"""Patterns kept; when there are more, packs have changed so often that only those asked for last stay."""
PYTHON = f"{__version__} {sys.version}"
"""What a file of patterns is for: a Python, and the perfcheck whose rules ask for them."""

_kept: dict[tuple[str, int], Any] | None = None
"""Pattern and flags -> what ``_sre.compile`` takes; the code as bytes, which are read faster than a list. Once asked
for it is held no longer."""
_asked: set[tuple[str, int]] = set()
"""Those that were asked for."""
_new: dict[tuple[str, int], Any] = {}
"""Those that had to be compiled."""


@cache
def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """``text`` as ``re.compile`` makes it; raises :class:`re.error`."""
    key = (text, int(flags))
    return _revived(key) or _compiled(key)


def keep() -> None:
    """Keep what was compiled anew, unless it cannot be written; to be called when a process ends.

    Of two that end at once the later one may drop what the other has kept; that is compiled and kept another time.
    """
    if not _new:
        return
    patterns = {**_read(), **_new}
    if len(patterns) > MOST:
        patterns = {key: parts for key, parts in patterns.items() if key in _asked}
    kept.write("patterns", PYTHON, patterns)
    _new.clear()


def _read() -> dict[tuple[str, int], Any]:
    found = kept.read("patterns", PYTHON)
    return found if isinstance(found, dict) else {}


def _revived(key: tuple[str, int]) -> re.Pattern[str] | None:
    """The pattern as it was kept; None where it was not, or cannot be taken back."""
    global _kept
    if _kept is None:
        _kept = _read()
    _asked.add(key)
    try:
        return _of_parts(key[0], _kept.pop(key))
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
