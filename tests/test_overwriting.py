"""Nothing that is written takes the place of what was read, and what cannot be written keeps nothing else back."""

from __future__ import annotations

import builtins
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.calls import Run, caller, write
from tests.conftest import ROOT
from tests.forms import form, project
from tests.office import docx

FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2)).replace("≥95%", "≥95百分比", 1)
WAIVERS = "schema: perfcheck-waivers-1\nwaivers: []\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one document with all that can stand beside it."""
    made = tmp_path_factory.mktemp("all")
    here = os.getcwd()
    os.chdir(made)
    try:
        fill()
    finally:
        os.chdir(here)
    return made


def fill() -> None:
    write("v.txt", FLAWED)
    write("v.docx", docx(FLAWED))
    write("w.yaml", WAIVERS)
    write("own.j2", "{{ pack }}")
    write("包/pack.yaml", "name: own\nextends: hebei\n")
    write("上/perfcheck.yaml", "extends: ../底.yaml\n")
    write("上/v.txt", FLAWED)
    write("底.yaml", "fail-on: error\n")
    run = caller()
    run("baseline", "create", "v.txt", "--baseline", "b.json")
    run("check", "v.txt", "v.docx", "--shard", "1/2", "--part", "one")
    run("check", "v.txt", "v.docx", "--shard", "2/2", "--part", "two")


@pytest.fixture
def run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls in such a folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    os.link("v.txt", "硬.txt")
    os.symlink("v.txt", "软.txt")
    return caller()


CALLS: dict[str, tuple[list[str], str]] = {
    "a diff over a text": (["fix", "v.txt", "--diff", "-o", "v.txt"], "v.txt"),
    "a diff over a Word file": (["fix", "v.docx", "--diff", "-o", "./v.docx"], "v.docx"),
    "a mended file over itself": (["fix", "v.txt", "-o", "v.txt"], "v.txt"),
    "a part over a document": (["check", "v.txt", "--shard", "1/1", "--part", "v.txt"], "v.txt"),
    "a model over a document": (["parse", "v.txt", "-o", "v.txt"], "v.txt"),
    "a report over a document": (["check", "v.txt", "-o", "v.txt"], "v.txt"),
    "a report over a document by another name": (["check", "v.txt", "-o", "硬.txt"], "v.txt"),
    "a report over a document through a link": (["check", "v.txt", "--report", "json=软.txt"], "v.txt"),
    "a report over a link's document": (["check", "软.txt", "--report", "json=v.txt"], "v.txt"),
    "what applies over a document": (["check", "v.txt", "--explain-applicability", "-o", "v.txt"], "v.txt"),
    "a report over the baseline": (["check", "v.txt", "--baseline", "b.json", "-o", "b.json"], "b.json"),
    "a report over waivers": (["check", "v.txt", "--waivers", "w.yaml", "--report", "csv=w.yaml"], "w.yaml"),
    "a report over its template": (["check", "v.txt", "--template", "own.j2", "-o", "own.j2"], "own.j2"),
    "a report over the pack": (["check", "v.txt", "--pack", "包", "-o", "包/pack.yaml"], "包/pack.yaml"),
    "a part over the pack": (
        ["check", "v.txt", "--pack", "包", "--shard", "1/1", "--part", "包/pack.yaml", "-o", "b.json"],
        "包/pack.yaml",
    ),
    "a report over the configuration": (["check", "上/v.txt", "-o", "上/perfcheck.yaml"], "上/perfcheck.yaml"),
    "a report over what that extends": (["check", "上/v.txt", "-o", "底.yaml"], "底.yaml"),
    "a part over the baseline": (
        ["check", "v.txt", "--shard", "1/1", "--part", "b.json", "--baseline", "b.json"],
        "b.json",
    ),
    "a merged report over a part": (["merge", "one", "two", "-o", "one"], "one"),
    "a merged report over a document": (["merge", "one", "two", "-o", "v.txt"], "v.txt"),
    "a merged report over the baseline": (["merge", "one", "two", "--baseline", "b.json", "-o", "b.json"], "b.json"),
    "a baseline over a document": (["baseline", "create", "v.txt", "--baseline", "v.txt", "--force"], "v.txt"),
    "a baseline over waivers": (
        ["baseline", "create", "v.txt", "--waivers", "w.yaml", "--baseline", "w.yaml", "--force"],
        "w.yaml",
    ),
    "a copy over its document": (["annotate", "v.docx", "-o", "v.docx"], "v.docx"),
    "a copy over another document": (["annotate", "v.docx", "v.审核.docx"], "v.审核.docx"),
    "a copy over its document by its folder": (["check", "v.docx", "--annotate", "."], "v.docx"),
}


@pytest.mark.parametrize("case", CALLS)
def test_what_is_read_is_never_written_over(case: str, run: Run) -> None:
    pytest.importorskip("docx")
    if "v.审核.docx" in CALLS[case][0]:
        write("v.审核.docx", docx(form()))
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    call, named = CALLS[case]
    result = run(*call)
    assert result.exit_code == 2 and "不能盖掉它" in result.stderr and named in result.stderr, result.output
    assert {path: path.read_bytes() for path in before} == before


def test_the_baseline_the_configuration_names_is_updated_and_no_report_is_written_over_it(run: Run) -> None:
    write("上/perfcheck.yaml", "baseline: b.json\n")
    assert run("baseline", "create", "上/v.txt").exit_code == 0
    assert run("baseline", "update", "上/v.txt").exit_code == 0
    before = Path("上/b.json").read_bytes()
    assert run("check", "上/v.txt", "-o", "上/b.json").exit_code == 2
    assert Path("上/b.json").read_bytes() == before


def test_a_part_and_a_report_do_not_share_a_file(run: Run) -> None:
    result = run("check", "v.txt", "--shard", "1/1", "--part", "x", "-o", "x")
    assert result.exit_code == 2 and "同一个文件" in result.stderr


def test_files_of_an_earlier_run_are_replaced(run: Run) -> None:
    for _ in range(2):
        assert run("check", "v.txt", "-o", "a", "--report", "json=b").exit_code == 1
        assert run("fix", "v.txt", "--diff", "-o", "c").exit_code == 1
        assert run("parse", "v.txt", "-o", "d").exit_code == 0
        assert run("merge", "one", "two", "-o", "e").exit_code == 1


# ---- one file that cannot be written --------------------------------------------------------------------------------------


def unwritable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As on a read-only mount, or for a file that is open in Word."""
    opened, replaced = builtins.open, os.replace

    def refuse(file: Any, mode: str = "r", *more: Any, **options: Any) -> Any:
        if set(mode) & set("wax") and os.path.basename(str(file)) == name:
            raise PermissionError(13, "Permission denied")
        return opened(file, mode, *more, **options)

    def keep(source: Any, target: Any) -> None:
        if os.path.basename(str(target)) == name:
            raise PermissionError(13, "Permission denied")
        replaced(source, target)

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(os, "replace", keep)


def test_a_file_that_cannot_be_mended_keeps_back_no_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("1.txt", "2.txt", "3.txt"):
        write(name, FLAWED)
    unwritable(monkeypatch, "2.txt")
    result = run("fix", "1.txt", "2.txt", "3.txt")
    assert result.exit_code == 2
    assert [Path(name).read_text(encoding="utf-8") == FLAWED for name in ("1.txt", "2.txt", "3.txt")] == [
        False, True, False
    ]  # fmt: skip
    assert "1.txt：已改" in result.stderr and "3.txt：已改" in result.stderr
    assert "2.txt：没有修改" in result.stderr and "2.txt：已改" not in result.stderr
    assert not list(Path().glob("*.tmp"))


def test_a_copy_that_cannot_be_written_keeps_back_no_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("docx")
    for name in ("1.docx", "2.docx", "3.docx"):
        write(name, docx(FLAWED))
    unwritable(monkeypatch, "2.审核.docx")
    result = run("annotate", "1.docx", "2.docx", "3.docx")
    assert result.exit_code == 2 and "写不进 2.审核.docx" in result.stderr
    assert sorted(path.name for path in Path().glob("*.审核.docx")) == ["1.审核.docx", "3.审核.docx"]


@pytest.mark.parametrize(
    "call", ["check - -o x.txt", "check - --format json -o x.txt", "parse - -o x.txt", "fix - -o x.txt"]
)
def test_what_a_shell_has_opened_for_us_is_not_written_over(call: str, tmp_path: Path) -> None:
    document = tmp_path / "x.txt"
    document.write_text(FLAWED, encoding="utf-8")
    with open(document, "rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "perfcheck", *call.split()], cwd=tmp_path, stdin=stream, capture_output=True,
            check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )  # fmt: skip
    assert done.returncode == 2 and "不能盖掉它".encode() in done.stderr
    assert document.read_text(encoding="utf-8") == FLAWED
