"""The command line in an empty folder, and documents written into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calls import Run, caller


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for prepared packs: a test here may start the command line ten times."""
    return str(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: str) -> Run:
    """Call the command line in an empty folder; what it raises is raised."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERFCHECK_CACHE", prepared)
    return caller()
