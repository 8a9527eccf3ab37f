"""The packages: what is in them, and that perfcheck runs from each of them and from a checkout."""

from __future__ import annotations

import json
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from perfcheck import __version__
from tests.integration.conftest import STRAYS
from tests.integration.programs import CHECKOUT, copy_checkout, environment, make_venv, python, run, write

EXAMPLES = CHECKOUT / "examples"

pytestmark = pytest.mark.integration


def files_below(folder: Path) -> set[str]:
    """All files below ``folder``, by relative name, but for what Python itself leaves there."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def in_sdist(sdist: Path) -> set[str]:
    """The files of the sdist, without the folder they are in."""
    with tarfile.open(sdist) as archive:
        names = {member.name for member in archive.getmembers() if member.isfile()}
    top = f"perfcheck-{__version__}/"
    assert all(name.startswith(top) for name in names)
    return {name[len(top) :] for name in names}


def below(folder: str, names: set[str]) -> set[str]:
    """Those of ``names`` in ``folder``, without it."""
    return {name[len(folder) + 1 :] for name in names if name.startswith(folder + "/")}


def test_the_wheel_holds_the_package_the_grammars_and_the_rules_and_nothing_else(wheel: Path) -> None:
    names = in_wheel(wheel)
    assert below("perfcheck/_data/grammar", names) == files_below(CHECKOUT / "grammar")
    assert below("perfcheck/_data/rules", names) == files_below(CHECKOUT / "rules")
    assert below("perfcheck/_data/templates", names) == files_below(CHECKOUT / "templates")
    code = {name for name in below("perfcheck", names) if not name.startswith("_data/")}
    assert code == files_below(CHECKOUT / "perfcheck")
    about = f"perfcheck-{__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"perfcheck", about}
    assert below(about, names) >= {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("perfcheck/_data/grammar", ".lark"),
        ("perfcheck/_data/rules", ".yaml"),
        ("perfcheck/_data/templates", "gitlab-ci.yml"),
        ("perfcheck/_data/templates/start", ".yml"),
        ("perfcheck/reporting/templates", ".j2"),
        ("perfcheck/reporting/templates", ".css"),
        ("perfcheck/reporting/templates", ".js"),
        ("perfcheck/reporting/words", ".json"),
        ("perfcheck", "py.typed"),
    ],
)
def test_the_wheel_carries_what_the_code_reads(wheel: Path, folder: str, kind: str) -> None:
    assert any(name.endswith(kind) for name in below(folder, in_wheel(wheel)))


def test_the_sdist_holds_the_project_and_no_stray_file(sdist: Path) -> None:
    names = in_sdist(sdist)
    for folder in ("perfcheck", "grammar", "rules", "templates", "offline", "tests", "examples", "docs"):
        assert below(folder, names) == files_below(CHECKOUT / folder), folder
    assert names.isdisjoint(STRAYS)
    assert {"pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY.md", "Makefile"} <= names
    assert {"action.yml", ".pre-commit-hooks.yaml", ".pre-commit-config.yaml", ".gitlab-ci.yml", ".ci/run"} <= names
    with tarfile.open(sdist) as archive:
        assert archive.getmember(f"perfcheck-{__version__}/.ci/run").mode & 0o100


def test_the_wheel_made_from_the_sdist_is_the_one_made_from_the_checkout(
    wheel: Path, working_tree: Path, tmp_path: Path
) -> None:
    run(*python("-m", "build", "--wheel", "--outdir", tmp_path, "."), cwd=working_tree)
    (direct,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(direct) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())
        differing = [name for name in one.namelist() if one.read(name) != other.read(name)]
    assert differing == []


def check_that_it_runs(perfcheck: tuple[str | Path, ...], cwd: Path, env: dict[str, str] | None = None) -> None:
    """The main commands, the documents elsewhere and under a Chinese name with a space."""

    def call(*arguments: str | Path, status: int = 0) -> str:
        return run(*perfcheck, *arguments, cwd=cwd, status=status, env=env).stdout

    assert call("--version") == f"perfcheck {__version__}\n"
    call("check", EXAMPLES / "clean.txt")
    assert "flawed.txt" in call("check", EXAMPLES / "flawed.txt", status=1)
    copy = cwd / "绩效目标 文本.txt"
    shutil.copyfile(EXAMPLES / "clean.txt", copy)
    parsed = json.loads(call("parse", copy.name, "--format", "json"))
    assert parsed["schema"] == "perfcheck-document-1"
    assert parsed["documents"][0]["projects"]
    for form in ("markdown", "sarif", "json", "html"):
        assert call("check", "--format", form, "--lang", "en", EXAMPLES / "flawed.txt", status=1).strip(), form
    assert "spending-plan-incomplete" in call("rules", "--pack", "hebei")
    assert call("explain", "budget-sum-mismatch").startswith("# ")


def test_the_wheel_runs_in_a_clean_environment(installed: Path, tmp_path: Path) -> None:
    check_that_it_runs((installed / "perfcheck",), tmp_path)
    inside = run(installed / "python", "-c", "import perfcheck; print(perfcheck.__file__)", cwd=tmp_path).stdout
    assert not Path(inside.strip()).is_relative_to(CHECKOUT)


def test_an_installed_pack_proves_itself(installed: Path, tmp_path: Path) -> None:
    for pack in ("national", "hebei"):
        run(installed / "perfcheck", "rules", "test", pack, cwd=tmp_path)


def test_pip_installs_the_sdist_by_itself(sdist: Path, tmp_path: Path) -> None:
    programs = make_venv(tmp_path / "venv", sdist)
    check_that_it_runs((programs / "perfcheck",), tmp_path)


def test_perfcheck_runs_from_a_checkout_that_is_not_installed(installed: Path, tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(installed / "python", "-c", "import click, jinja2, lark, yaml", cwd=tmp_path)
    env = environment(PYTHONPATH=str(checkout))
    where = run(installed / "python", "-c", "import perfcheck; print(perfcheck.__file__)", cwd=elsewhere, env=env)
    assert Path(where.stdout.strip()).is_relative_to(checkout)
    check_that_it_runs((installed / "python", "-m", "perfcheck"), elsewhere, env)


needs_make = pytest.mark.skipif(
    shutil.which("make") is None or sys.platform == "win32", reason="make is not installed here"
)


@needs_make
def test_make_demo_sets_itself_up_and_believes_perfcheck_only(tmp_path: Path, clean: str, flawed: str) -> None:
    checkout = copy_checkout(tmp_path / "a new comer's copy")
    demo = ("make", f"PYTHON={sys.executable}", "demo")
    shown = run(*demo, cwd=checkout).stdout
    assert "examples/clean.txt：没有问题 / clean" in shown
    assert "安装" in shown
    assert "安装" not in run(*demo, cwd=checkout).stdout  # the second run has nothing to set up
    check_that_it_runs((checkout / ".venv/bin/perfcheck",), tmp_path)  # an editable installation
    given = (checkout / "examples/flawed.txt").read_text(encoding="utf-8")
    write(checkout, "examples/flawed.txt", clean)
    assert "退出码 0" in run(*demo, cwd=checkout, status=2).stdout
    write(checkout, "examples/flawed.txt", given)
    write(checkout, "examples/clean.txt", flawed)
    assert "应当通过" in run(*demo, cwd=checkout, status=2).stdout


@needs_make
def test_make_says_which_python_it_needs_when_given_an_old_one(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    old = write(tmp_path, "old-python", "#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    assert "3.10" in run("make", f"PYTHON={old}", "demo", cwd=checkout, status=2).stdout
    assert not (checkout / ".venv").exists()
