"""The command line in an empty folder, and documents written into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfcheck.cli import main

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for prepared packs: a test here may start the command line ten times."""
    return str(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: str) -> Run:
    """Call the command line in an empty folder; what it raises is raised."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERFCHECK_CACHE", prepared)
    runner = CliRunner()

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        result = runner.invoke(main, list(arguments), input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def write(name: str, text: str | bytes) -> str:
    """Write a file, its folders too, and give its name."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name
