"""What several tests share, made once: copies of the working tree, the built packages, a clean installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms import form, project
from tests.integration.programs import commit_all, copy_checkout, make_venv, python, run, write

STRAYS = (
    "perfcheck/__pycache__/cli.cpython-311.pyc",
    "perfcheck/cli.py~",
    "rules/hebei/.DS_Store",
    "examples/~$clean.txt",
    "docs/README.md.orig",
    "notes.txt",
    ".venv/lib/stray.py",
    "dist/perfcheck-0.0.0.tar.gz",
    ".hypothesis/unicode_data/stray",
)
"""What a working folder holds besides the project; none of it may get into a package."""


@pytest.fixture(scope="session")
def clean() -> str:
    """A document with nothing to report."""
    return form()


@pytest.fixture(scope="session")
def flawed() -> str:
    """A document with one error: the second table's plan ends at 80 %."""
    return form(project(1), project(2, plan=("20%", "40%", "60%", "80%")))


@pytest.fixture(scope="session")
def working_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the working tree, as a contributor's folder looks: with strays in it."""
    tree = copy_checkout(tmp_path_factory.mktemp("working-tree") / "perfcheck")
    for stray in STRAYS:
        write(tree, stray, "stray\n")
    return tree


@pytest.fixture(scope="session")
def packages(working_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sdist and of the wheel made from it."""
    folder = tmp_path_factory.mktemp("packages")
    run(*python("-m", "build", "--outdir", folder, "."), cwd=working_tree)
    return folder


@pytest.fixture(scope="session")
def wheel(packages: Path) -> Path:
    """The wheel made from the sdist."""
    (found,) = packages.glob("perfcheck-*-py3-none-any.whl")
    return found


@pytest.fixture(scope="session")
def sdist(packages: Path) -> Path:
    """The source package."""
    (found,) = packages.glob("perfcheck-*.tar.gz")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it needs, nothing else."""
    return make_venv(tmp_path_factory.mktemp("installed") / "venv", wheel)


@pytest.fixture(scope="session")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository whose only commit is the working tree as it stands."""
    repository = copy_checkout(tmp_path_factory.mktemp("hook-repository") / "perfcheck")
    commit_all(repository)
    return repository
