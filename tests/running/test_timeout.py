"""A file that takes too long is not checked; the others are, whatever the number of processes."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfcheck import api
from perfcheck.cli import main
from perfcheck.config import Settings
from perfcheck.running import workers
from tests.forms import form

forking = pytest.mark.skipif(workers.METHOD != "fork", reason="the patched checker reaches other processes by forking")
REAL = api.Checker.check


def hang(self: api.Checker, path: str) -> object:
    if os.path.basename(path) == "03.txt":
        time.sleep(60)
    return REAL(self, path)


def said(report: api.Report) -> list[tuple[str, int, list[tuple[str, str, object]]]]:
    return [
        (each.path, each.projects, [(found.rule.id, found.message, found.location) for found in each.findings])
        for each in report.judgements
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(6):
        Path(f"{number:02d}.txt").write_text(form().replace("某镇", f"某{number}镇"), encoding="utf-8")
    return tmp_path


@forking
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_hangs_is_not_checked_and_the_others_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    plain = api.check(Settings((".",)))
    monkeypatch.setattr(api.Checker, "check", hang)
    started = time.monotonic()
    made = api.check(Settings((".",), jobs=jobs, timeout=0.7))
    assert time.monotonic() - started < 20
    [lost] = made.not_checked
    assert os.path.basename(lost.path) == "03.txt" and "超过了 0.7 秒的时限" in lost.reason
    assert made.exit_status("never") == 2
    for was, now in zip(said(plain), said(made)):
        assert was == now or "03.txt" in now[0]


@forking
def test_every_file_that_hangs_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.Checker, "check", lambda self, path: time.sleep(60))
    made = api.check(Settings((".",), jobs="2", timeout=0.1))
    assert len(made.not_checked) == 6


def test_within_the_limit_nothing_changes(folder: Path) -> None:
    plain, limited = (
        CliRunner().invoke(main, ["check", ".", "--format", "json", *more]) for more in ([], ["--timeout", "60"])
    )
    assert limited.output == plain.output and len(plain.output) > 500


def test_a_page_with_the_documents_is_the_same_from_other_processes(folder: Path) -> None:
    plain, limited = (
        CliRunner().invoke(main, ["check", ".", "--format", "html", *more]) for more in ([], ["--jobs", "2"])
    )
    assert limited.output == plain.output and len(plain.output) > 500


@pytest.mark.parametrize("wrong", ["0", "-1", "soon"])
def test_a_limit_that_is_none_is_refused(folder: Path, wrong: str) -> None:
    result = CliRunner().invoke(main, ["check", ".", f"--timeout={wrong}"])
    assert result.exit_code == 2 and "--timeout" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="is what happens there anyway")
def test_processes_that_begin_with_nothing_do_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    plain = api.check(Settings((".",)))
    monkeypatch.setattr(workers, "METHOD", "spawn")
    monkeypatch.setattr(workers, "CONTEXT", multiprocessing.get_context("spawn"))
    made = api.check(Settings((".",), timeout=30.0))
    assert said(made) == said(plain)
