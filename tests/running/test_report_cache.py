"""Reports kept whole: the bytes of a run anew, found again only while nothing that decides on them has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfcheck import api
from perfcheck.cli import main
from perfcheck.running import report_cache
from tests.forms import form, project

REPORTS = ("--report=sarif=s.sarif", "--report=json=j.json")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("文").mkdir()
    for number in range(3):
        text = form(project(1, plan=("50%", "45%", "", "80%"))).replace("某镇", f"某{number}镇")
        Path(f"文/{number}.txt").write_text(text, encoding="utf-8")


def call(*options: str, cached: bool = True) -> tuple[int, str, bytes, bytes]:
    """Exit status, screen and two reports in files."""
    cache = ("--cache-dir", "c") if cached else ()
    result = CliRunner().invoke(main, ["check", "文", *REPORTS, *cache, *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output, Path("s.sarif").read_bytes(), Path("j.json").read_bytes()


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Whether any finding was looked at since this was last asked."""
    seen: list[object] = []
    real = api.report
    monkeypatch.setattr(api, "report", lambda *given: seen.append(given) or real(*given))

    def judged() -> bool:
        found = bool(seen)
        seen.clear()
        return found

    return judged


def kept() -> list[str]:
    return sorted(name for name in os.listdir("c") if ".reports" in name)


def test_the_second_run_writes_the_same_bytes_without_judging(judged: Callable[[], bool]) -> None:
    plain = call(cached=False)
    assert judged()
    assert call() == plain and judged()
    for name in ("s.sarif", "j.json"):
        os.remove(name)
    assert call() == plain and not judged() and len(kept()) == 1
    assert plain[0] == 1 and "spending-plan-decreasing" in plain[1]


def change_a_document() -> None:
    Path("文/1.txt").write_text(form(), encoding="utf-8")


def add_a_document() -> None:
    Path("文/9.txt").write_text(form(), encoding="utf-8")


def rename_a_document() -> None:
    os.rename("文/1.txt", "文/新.txt")


def remove_a_document() -> None:
    os.remove("文/1.txt")


def configure() -> None:
    Path("perfcheck.yaml").write_text("rules: {spending-plan-decreasing: {level: note}}\n", encoding="utf-8")


def accept_below() -> None:
    Path("文/perfcheck.yaml").write_text("fail-on: never\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change", [change_a_document, add_a_document, rename_a_document, remove_a_document, configure, accept_below]
)
def test_whatever_changes_is_seen(change: Callable[[], None]) -> None:
    before = call()
    change()
    now = call()
    assert now == call(cached=False) and now != before


@pytest.mark.parametrize(
    "options",
    [("--lang", "en"), ("--fail-on", "never"), ("--no-group",), ("--quiet",), ("--year", "2020"), ("--ignore", "plan")],
)
def test_other_options_have_other_reports(options: tuple[str, ...]) -> None:
    call()
    assert call(*options) == call(*options, cached=False)


def test_a_baseline_that_changes_is_seen() -> None:
    assert CliRunner().invoke(main, ["baseline", "create", "文", "--baseline", "b.json"]).exit_code == 0
    with_all = call("--baseline", "b.json")
    assert call("--baseline", "b.json") == with_all and with_all[0] == 0
    change_a_document()
    os.remove("b.json")
    assert CliRunner().invoke(main, ["baseline", "create", "文/1.txt", "--baseline", "b.json"]).exit_code == 0
    assert call("--baseline", "b.json") == call("--baseline", "b.json", cached=False) != with_all


@pytest.mark.parametrize("at", [0, 100, -1, -6, None])
def test_damaged_reports_are_made_anew(at: int | None) -> None:
    plain = call()
    [name] = kept()
    data = bytearray(Path("c", name).read_bytes())
    if at is None:
        data.clear()
    else:
        data[at] ^= 255
    Path("c", name).write_bytes(data)
    assert call() == plain


def test_what_could_not_be_checked_is_tried_again(judged: Callable[[], bool]) -> None:
    Path("文/坏.txt").write_bytes(b"\0")
    assert call()[0] == 2 and judged() and call()[0] == 2 and judged() and not kept()


def test_no_report_is_written_over_a_document_from_the_cache_either() -> None:
    call()
    shown = CliRunner().invoke(main, ["check", "文", "--cache-dir", "c", "--report", "json=文/0.txt"])
    assert shown.exit_code == 2 and "不能用报告盖掉它" in shown.output
    assert not [name for name in os.listdir("c") if name.endswith(str(os.getpid()))]


def test_only_the_last_few_runs_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_cache, "MOST_KEPT", 2)
    for year in range(2020, 2025):
        call("--year", str(year))
    assert len(kept()) == 2


def test_large_reports_come_back_piece_by_piece(monkeypatch: pytest.MonkeyPatch, judged: Callable[[], bool]) -> None:
    monkeypatch.setattr(report_cache, "CHUNK", 64)  # in the middle of characters, too
    plain = call(cached=False)
    call()
    judged()
    assert call() == plain and not judged()
