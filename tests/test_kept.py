"""What is kept from one start to the next: used where it is right, passed over and replaced where it is anything else."""

from __future__ import annotations

import marshal
import os
import stat
import sys
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from perfcheck import kept
from perfcheck.resources import CACHE_VARIABLE, cache_folder
from tests.calls import caller
from tests.forms import form

CONTENT = {("a", 0): [1, "乙", b"c", None]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder it is kept in, not there yet."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def with_sum(data: bytes) -> bytes:
    return crc32(data).to_bytes(4, "big") + data


def test_what_was_written_is_read_by_whoever_asks_for_what_it_was_made_from(folder: Path) -> None:
    assert kept.read("a", 1) is None
    assert not folder.exists(), "looking makes no folder"
    kept.write("a", 1, CONTENT)
    assert kept.read("a", 1) == CONTENT
    assert kept.read("a", 2) is None
    assert kept.read("b", 1) is None


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0", b"\0\0\0\0", b"nonsense", with_sum(b""), with_sum(b"\xff" * 9),
        with_sum(b"(\xff\xff\x0f\x00"), with_sum(b"[\xff\xff\x0f\x00"),
        with_sum(marshal.dumps(5)), with_sum(marshal.dumps((1,))), with_sum(marshal.dumps((1, CONTENT)))[:-1],
    ],
    ids=repr,
)  # fmt: skip
def test_anything_else_in_its_place_is_nothing(folder: Path, data: bytes) -> None:
    kept.write("a", 1, CONTENT)
    (file,) = folder.iterdir()
    file.write_bytes(data)
    assert kept.read("a", 1) is None
    kept.write("a", 1, CONTENT)
    assert kept.read("a", 1) == CONTENT


def test_where_it_cannot_be_put_nothing_is_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)  # as Windows does while another process reads the old one
    kept.write("a", 1, CONTENT)
    assert list(folder.iterdir()) == []


def test_what_cannot_be_written_down_is_not_kept(folder: Path) -> None:
    kept.write("a", 1, object())
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such permissions")
def test_it_is_for_nobody_else(folder: Path) -> None:
    kept.write("a", 1, CONTENT)
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_can_be_turned_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.write("a", 1, CONTENT)
    monkeypatch.setenv(CACHE_VARIABLE, "off")
    assert kept.read("a", 1) is None
    kept.write("a", 1, {})
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    assert kept.read("a", 1) == CONTENT


@pytest.mark.skipif(os.name != "posix", reason="users are looked up in another way")
def test_a_user_without_a_home_has_no_cache_and_no_folder_called_tilde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pwd

    def nobody(uid: int) -> None:
        raise KeyError(f"getpwuid(): uid not found: {uid}")

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for name in (CACHE_VARIABLE, "HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    assert cache_folder() is None and cache_folder(make=False) is None
    Path("a.txt").write_text(form(), encoding="utf-8")
    assert caller()("check", "a.txt").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
