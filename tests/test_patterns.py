"""Patterns are kept from one start to the next, and are what ``re`` makes of them."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from perfcheck import patterns
from perfcheck.resources import CACHE_VARIABLE

SOME = [
    (r"(?P<year>20\d\d)年|[一二三]+(?!月)", 0),
    (r"^\s*(\d+)[、.]$", re.MULTILINE),
    ("(?i)a(?=b)|[^c-e]{2,3}?", re.DOTALL),
]
TEXTS = ["2024年", "一二三", "一月", " 12、\n3.", "aB\nxyz", ""]


@pytest.fixture(autouse=True)
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A start with a cache folder of its own; gives the file patterns are kept in."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    again()
    file = patterns._file()
    assert file is not None
    yield Path(file)
    again()


def again() -> None:
    """As another process would begin."""
    patterns.compiled.cache_clear()
    patterns._kept = None
    patterns._new.clear()


def behaviour(found: re.Pattern[str]) -> list[object]:
    said: list[object] = [found.pattern, found.flags, found.groups, dict(found.groupindex)]
    return said + [
        (match.span(), match.groupdict(), match.groups(), match.lastgroup)
        for text in TEXTS
        for match in found.finditer(text)
    ]


@pytest.mark.parametrize(("text", "flags"), SOME)
def test_a_pattern_taken_back_does_what_re_makes_of_it(text: str, flags: int) -> None:
    patterns.compiled(text, flags)
    patterns.keep()
    again()
    found = patterns.compiled(text, flags)
    assert not patterns._new, "it was compiled anew"
    assert behaviour(found) == behaviour(re.compile(text, flags))


def test_a_wrong_pattern_is_refused_as_re_refuses_it() -> None:
    with pytest.raises(re.error, match="unterminated"):
        patterns.compiled("(a")


def test_nothing_is_written_when_nothing_is_new(start: Path) -> None:
    patterns.compiled("a+")
    patterns.keep()
    again()
    start.chmod(0o400)
    before = start.stat().st_mtime_ns
    patterns.compiled("a+")
    patterns.keep()
    assert start.stat().st_mtime_ns == before


def test_patterns_of_earlier_starts_stay() -> None:
    for text in ("a+", "b+"):
        patterns.compiled(text)
        patterns.keep()
        again()
    for text in ("a+", "b+"):
        patterns.compiled(text)
    assert not patterns._new


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "other python", "nonsense inside"])
def test_a_file_of_no_use_is_passed_over(start: Path, damage: str) -> None:
    patterns.compiled("a(b)?")
    patterns.keep()
    data = start.read_bytes()
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "bit":
        data = data[:-3] + bytes([data[-3] ^ 4]) + data[-2:]
    elif damage == "empty":
        data = b""
    else:
        kept = {("a(b)?", 0): (32, b"\xff" * 40, 1, {}, (None, None))}
        content = marshal.dumps(("another" if damage == "other python" else patterns.PYTHON, kept))
        data = crc32(content).to_bytes(4, "big") + content
    start.write_bytes(data)
    again()
    assert behaviour(patterns.compiled("a(b)?")) == behaviour(re.compile("a(b)?"))
    assert patterns._new, "it was to be compiled anew"


def test_where_the_inside_of_re_is_not_as_expected_patterns_are_compiled_as_ever(
    monkeypatch: pytest.MonkeyPatch, start: Path
) -> None:
    def other(*_: object) -> object:
        raise AttributeError

    monkeypatch.setattr(patterns, "_of_parts", other)
    assert behaviour(patterns.compiled("a(b)?")) == behaviour(re.compile("a(b)?"))
    patterns.keep()
    assert not start.exists()


def test_a_folder_that_cannot_be_written_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    patterns.compiled("a+")
    monkeypatch.setattr(patterns, "_file", lambda: str(tmp_path / "not there" / "x"))
    patterns.keep()


def test_when_there_are_too_many_only_the_new_ones_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("a+", "b+"):
        patterns.compiled(text)
    patterns.keep()
    again()
    monkeypatch.setattr(patterns, "MOST", 2)
    patterns.compiled("c+")
    patterns.keep()
    again()
    patterns.compiled("c+")
    assert not patterns._new
    patterns.compiled("a+")
    assert patterns._new
