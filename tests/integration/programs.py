"""Running other programs the way a user would: outside this test run, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

OURS = ("GIT_", "PRE_COMMIT", "PYTEST_", "PYTHON", "MAKE", "MFLAGS", "VIRTUAL_ENV", "NO_COLOR", "FORCE_COLOR")
"""Variables of this test run that must not reach the programs under test."""

GIT_AS_NOBODY = {
    "GIT_AUTHOR_NAME": "nobody",
    "GIT_AUTHOR_EMAIL": "nobody@example.invalid",
    "GIT_COMMITTER_NAME": "nobody",
    "GIT_COMMITTER_EMAIL": "nobody@example.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def environment(**more: str) -> dict[str, str]:
    """The environment without what this test run adds to it, git without anybody's settings, and ``more``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, **GIT_AS_NOBODY, "PYTHONUTF8": "1", **more}


def run(
    *command: str | Path,
    cwd: Path,
    status: int | None = 0,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command, both its outputs in ``stdout``; unless ``status`` is None it must end with that status."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment() if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=timeout,
    )
    shown = f"{' '.join(map(str, command))}\nended with {done.returncode}, not {status}:\n{done.stdout}"
    assert status is None or done.returncode == status, shown
    return done


def python(*arguments: str | Path) -> Sequence[str | Path]:
    """The command that runs this very Python."""
    return (sys.executable, *arguments)


def make_venv(folder: Path, *requirements: str | Path, timeout: float | None = None) -> Path:
    """A clean environment with ``requirements`` installed by its own pip; returns the folder of its programs."""
    run(*python("-m", "venv", folder), cwd=folder.parent)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, *requirements, cwd=folder.parent, timeout=timeout)
    return programs


def copy_checkout(target: Path) -> Path:
    """A copy of the working tree, without git's folder and whatever git ignores."""
    ignored = [name.rstrip("/") for name in (CHECKOUT / ".gitignore").read_text(encoding="utf-8").split()]
    return shutil.copytree(CHECKOUT, target, ignore=shutil.ignore_patterns(".git", *ignored))


def commit_all(repository: Path, message: str = "a state to test") -> None:
    """Commit everything in ``repository``, which becomes a git repository if it is none yet."""
    if not (repository / ".git").exists():
        run("git", "init", "--quiet", "--initial-branch=main", cwd=repository)
    run("git", "add", "--all", cwd=repository)
    run("git", "commit", "--quiet", "--no-verify", "--message", message, cwd=repository)


def write(folder: Path, name: str, text: str) -> Path:
    """Write a document, in folders that need not exist yet."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
