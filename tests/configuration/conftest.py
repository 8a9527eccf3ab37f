"""A tree of folders with configuration files in them, one for each level of the administration."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.configuration.run_settings import RunSettings, Sources, configured
from perfcheck.rulebook import pack_folder

Tree = Callable[..., Path]
Configured = Callable[..., RunSettings]


@pytest.fixture(autouse=True)
def packs_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the user's cache every test would read the built-in packs from YAML again, many times over."""
    monkeypatch.setattr(pack_folder, "read_folder", read_once)


read_once = lru_cache(pack_folder.read_folder)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Write files, name -> text, into an empty folder that becomes the current one."""
    monkeypatch.chdir(tmp_path)

    def tree(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return tree


@pytest.fixture
def settle() -> Configured:
    """The settings of a run over some files, with options of the command line by their keys."""

    def settle(*paths: str, file: str | None = None, isolated: bool = False, **given: Any) -> RunSettings:
        keys = {key.replace("_", "-"): value for key, value in given.items()}
        fields = {key: value for key, value in given.items() if key in Settings._fields}
        settings = Settings(tuple(paths), **fields)
        return configured(settings, list(paths), keys, Sources(file, isolated), api.VOCABULARY)

    return settle


def above(folder: Path) -> list[str]:
    """What a search from ``folder`` upwards finds, outside of the tests' own tree nothing."""
    from perfcheck.configuration.discovery import Finder

    return [os.path.relpath(path, folder) for path in Finder().in_and_above(str(folder))]
