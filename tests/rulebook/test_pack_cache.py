"""The kept copy of the built-in packs: used while it is the same, never trusted beyond that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from perfcheck.rulebook.pack_cache import read_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "some-pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text("name: some\n")
    (folder / "a-rule.yaml").write_text("id: a-rule\n")
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERFCHECK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file read from YAML."""
    import perfcheck.rulebook.yaml_file as yaml_file

    real, seen = yaml_file.read_trusted, []

    def spy(path: str) -> Any:
        seen.append(os.path.basename(path))
        return real(path)

    monkeypatch.setattr(yaml_file, "read_trusted", spy)
    return seen


CONTENT = {"pack.yaml": {"name": "some"}, "a-rule.yaml": {"id": "a-rule"}}


def test_a_pack_is_read_once_and_kept(folder: Path, cache: Path, readings: list[str]) -> None:
    assert read_folder(folder) == read_folder(folder) == CONTENT
    assert sorted(readings) == ["a-rule.yaml", "pack.yaml"]


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a-rule.yaml").write_text("id: a-rule\nlevel: note\n"),
        lambda folder: (folder / "b-rule.yaml").write_text("id: b-rule\n"),
        lambda folder: (folder / "a-rule.yaml").unlink(),
        lambda folder: os.utime(folder / "a-rule.yaml", (1, 1)),
    ],
    ids=["changed", "added", "removed", "touched"],
)
def test_a_change_to_any_file_is_seen(folder: Path, cache: Path, readings: list[str], change: Any) -> None:
    read_folder(folder)
    readings.clear()
    change(folder)
    assert set(read_folder(folder)) == {path.name for path in folder.glob("*.yaml")}
    assert readings


@pytest.mark.parametrize("damage", [b"", b"\0\0\0\0", b"no cache at all", b"\xff" * 100])
def test_a_damaged_copy_is_passed_over(folder: Path, cache: Path, damage: bytes) -> None:
    read_folder(folder)
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    assert read_folder(folder) == CONTENT
    file.write_bytes(file.read_bytes()[:-1])
    assert read_folder(folder) == CONTENT


def test_the_copy_can_be_turned_off(
    folder: Path, cache: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFCHECK_CACHE", "off")
    assert read_folder(folder) == read_folder(folder) == CONTENT
    assert len(readings) == 4
    assert not cache.exists()


def test_a_cache_that_cannot_be_written_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("PERFCHECK_CACHE", str(in_the_way / "below"))
    assert read_folder(folder) == CONTENT


def test_no_unfinished_file_is_left_behind(folder: Path, cache: Path) -> None:
    read_folder(folder)
    assert len(list(cache.iterdir())) == 1
