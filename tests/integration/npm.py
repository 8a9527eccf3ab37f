"""Programs that come by npm, fetched on first use into the user's cache; where that cannot be, tests skip."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.integration.programs import run


def npm_program(package: str, version: str, program: Path) -> Path:
    """The file ``program`` of a folder in which ``package`` is installed."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip(f"npm is not installed here, and {package} comes by npm")
    folder = cache() / f"{package.rpartition('/')[2]}-{version}"
    if not (folder / program).is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
            options = ("--prefix", fresh, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts")
            command = (npm, "install", "--loglevel=error", *options, f"{package}@{version}")
            done = run(*command, cwd=Path(fresh), status=None)
            if done.returncode or not (Path(fresh) / program).is_file():
                pytest.skip(f"npm could not install {package}: {done.stdout.strip()[:300]}")
            (Path(fresh) / program).chmod(0o755)  # its install script would do this, and npm may not run it
            shutil.rmtree(folder, ignore_errors=True)
            shutil.move(fresh, folder)
            Path(fresh).mkdir()
    return folder / program


def cache() -> Path:
    """The user's folder for things that can be fetched again."""
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "perfcheck-tests"
