"""Patterns are kept from one start to the next, and are what ``re`` makes of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfcheck import kept, patterns
from perfcheck.resources import CACHE_VARIABLE
from tests.conftest import ROOT

SOME = [
    (r"(?P<year>20\d\d)年|[一二三]+(?!月)", 0),
    (r"^\s*(\d+)[、.]$", re.MULTILINE),
    ("(?i)a(?=b)|[^c-e]{2,3}?", re.DOTALL),
]
TEXTS = ["2024年", "一二三", "一月", " 12、\n3.", "aB\nxyz", ""]


@pytest.fixture(autouse=True)
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A start with a cache folder of its own; gives that folder."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    again()
    yield tmp_path
    again()


def again() -> None:
    """As another process would begin."""
    patterns.compiled.cache_clear()
    patterns._kept = None
    patterns._asked.clear()
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


def test_nothing_is_written_when_nothing_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns.compiled("a+")
    patterns.keep()
    again()
    patterns.compiled("a+")
    monkeypatch.setattr(kept, "write", None)
    patterns.keep()


def test_patterns_of_earlier_starts_stay() -> None:
    for text in ("a+", "b+"):
        patterns.compiled(text)
        patterns.keep()
        again()
    for text in ("a+", "b+"):
        patterns.compiled(text)
    assert not patterns._new


@pytest.mark.parametrize(
    "content", [5, [1], {("a(b)?", 0): 7}, {("a(b)?", 0): (32, b"\xff" * 40, 1, {}, (None, None))}]
)
def test_a_file_of_no_use_is_passed_over(content: Any) -> None:
    kept.write("patterns", patterns.PYTHON, content)
    assert behaviour(patterns.compiled("a(b)?")) == behaviour(re.compile("a(b)?"))
    patterns.keep()
    again()
    patterns.compiled("a(b)?")
    assert not patterns._new


def test_those_of_another_python_are_passed_over() -> None:
    kept.write("patterns", "another", {("a(b)?", 0): (32, b"", 0, {}, (None,))})
    assert behaviour(patterns.compiled("a(b)?")) == behaviour(re.compile("a(b)?"))


def test_where_the_inside_of_re_is_not_as_expected_patterns_are_compiled_as_ever(
    monkeypatch: pytest.MonkeyPatch, start: Path
) -> None:
    def other(*_: object) -> object:
        raise AttributeError

    monkeypatch.setattr(patterns, "_of_parts", other)
    assert behaviour(patterns.compiled("a(b)?")) == behaviour(re.compile("a(b)?"))
    patterns.keep()
    assert list(start.iterdir()) == []


def test_when_there_are_too_many_only_those_of_this_start_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("a+", "b+"):
        patterns.compiled(text)
    patterns.keep()
    again()
    monkeypatch.setattr(patterns, "MOST", 2)
    for text in ("b+", "c+"):
        patterns.compiled(text)
    patterns.keep()
    again()
    for text in ("b+", "c+"):
        patterns.compiled(text)
    assert not patterns._new
    patterns.compiled("a+")
    assert patterns._new


def run(cache: Path, *arguments: str, seed: str = "0") -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, CACHE_VARIABLE: str(cache)}
    command = [sys.executable, "-m", "perfcheck", "check", "-q", *arguments]
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode in (0, 1)


def test_a_start_asks_for_the_same_patterns_as_the_one_before(start: Path) -> None:
    written = []
    for seed in "123":  # sets are in another order each time
        run(start, str(ROOT / "examples" / "flawed.txt"), seed=seed)
        written.append(next(start.glob("patterns-*")).stat().st_mtime_ns)
    assert len(set(written)) == 1


def test_a_process_that_is_started_keeps_its_patterns_too(start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    for alone in ([], ["--timeout", "60"]):  # for which files are checked in a process that can be ended
        cache = start / str(len(alone))
        run(cache, "--jobs", "1", *alone, str(ROOT / "examples" / "flawed.txt"))
        monkeypatch.setenv(CACHE_VARIABLE, str(cache))
        asked.append(patterns._read().keys())
    assert len(asked[0]) > 50 and asked[0] <= asked[1]
