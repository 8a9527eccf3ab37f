"""Calls of the command line in tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from perfcheck.cli import main

Run = Callable[..., Result]


def caller() -> Run:
    """Calls the command line; what it raises is raised."""
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
