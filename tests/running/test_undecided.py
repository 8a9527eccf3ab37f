"""A rule that needs to know the year is no pass where the year cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calls import Run, caller, write
from tests.forms import form
from tests.parsing.test_budget_year import undated

NEEDS_YEAR = "value-date-outside-year"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in an empty folder with a text that does not tell its year."""
    monkeypatch.chdir(tmp_path)
    write("ny.txt", undated(""))
    return caller()


def test_where_the_only_rule_asked_for_could_not_run_the_document_is_not_checked(run: Run) -> None:
    result = run("check", "ny.txt", "--select", NEEDS_YEAR)
    assert result.exit_code == 2
    assert "没有发现问题" not in result.stdout and "未检查" in result.stdout and "--year" in result.stdout
    assert "nothing was checked" in run("check", "ny.txt", "--select", NEEDS_YEAR, "--lang", "en").stdout
    assert run("check", "ny.txt", "--select", NEEDS_YEAR, "--year", "2023").exit_code == 0


@pytest.mark.parametrize("form_", ["csv", "gitlab", "github", "junit", "markdown", "jsonl"])
def test_every_report_says_so(run: Run, form_: str) -> None:
    result = run("check", "ny.txt", "--select", NEEDS_YEAR, "--format", form_)
    assert result.exit_code == 2 and "年度不明" in result.stdout
    if form_ == "github":
        assert "::error file=ny.txt" in result.stdout and "未检查 1 项" in result.stdout


def test_configured_documents_are_not_checked_either(run: Run) -> None:
    write("perfcheck.yaml", f"select: [{NEEDS_YEAR}]\n")
    assert run("check", "ny.txt").exit_code == 2
    write("perfcheck.yaml", f"select: [{NEEDS_YEAR}]\nyear: 2023\n")
    assert run("check", "ny.txt").exit_code == 0


def test_a_rule_for_other_years_that_is_not_for_the_document_is_no_failure(run: Run) -> None:
    write("a.txt", form())
    assert run("check", "a.txt", "--select", "quality-missing-before-2021").exit_code == 0


@pytest.mark.parametrize("form_", ["text", "markdown", "github", "junit"])
def test_what_could_not_be_decided_among_other_rules_is_mentioned(run: Run, form_: str) -> None:
    result = run("check", "ny.txt", "--format", form_, "--fail-on", "never")
    assert result.exit_code == 0 and "年度" in result.stdout


def test_the_log_of_a_job_names_ten_documents_and_counts_the_others(run: Run) -> None:
    for number in range(12):
        write(f"文本{number:02}.txt", undated(""))
    said = run("check", ".", "--format", "github", "--fail-on", "never", "--compare", "no").stdout.splitlines()
    assert sum("预算年度不明" in line and "::" not in line for line in said) == 10
    assert any("另有 3 份文本" in line for line in said)
