"""--statistics says where the time goes, beside the report; without it nothing is measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfcheck import api
from perfcheck.cli import main
from perfcheck.config import Settings
from perfcheck.running.timing import Timing
from tests.forms import form, project
from tests.office import docx


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(3):
        Path(f"{number}.txt").write_text(form(project(1, plan=("50%", "45%", "", "80%"))), encoding="utf-8")
    Path("文.docx").write_bytes(docx(form()))
    return tmp_path


def table(*options: str) -> tuple[str, str]:
    result = CliRunner().invoke(main, ["check", ".", "--statistics", *options])
    return result.stdout, result.stderr


@pytest.mark.parametrize("options", [(), ("--jobs", "2"), ("--timeout", "60")])
def test_readers_rules_and_documents_are_timed_in_any_number_of_processes(options: tuple[str, ...]) -> None:
    _, said = table(*options)
    assert re.search(r"\d\.\d{3}  读取 utf-8，3 份", said) and re.search(r"读取 docx，1 份", said)
    assert re.search(r"\d\.\d{3}  解析", said) and re.search(r"\d\.\d{3}  判断", said)
    rules = said.split("最慢的规则：\n")[1].split("最慢的文本：")[0].splitlines()
    assert len(rules) == 10 and all(re.fullmatch(r" +\d+\.\d{3}  [a-z0-9-]+", line) for line in rules)
    assert {line.split()[-1] for line in said.split("最慢的文本：\n")[1].splitlines()} == {
        "./0.txt", "./1.txt", "./2.txt", "./文.docx",
    }  # fmt: skip


CONFIGURATION = """\
rules: {spending-plan-decreasing: {level: warning}}
overrides: [{projects: ['*'], rules: {spending-plan-incomplete: {level: note}}}]
"""


@pytest.mark.parametrize("options", [(), ("--jobs", "2")])
def test_rules_are_timed_under_a_configuration_file_too(options: tuple[str, ...]) -> None:
    Path("perfcheck.yaml").write_text(CONFIGURATION, encoding="utf-8")
    first, said = table("--format", "json", *options)
    assert "没有计时" not in said and re.search(r"读取 utf-8，3 份", said)
    rules = said.split("最慢的规则：\n")[1].split("最慢的文本：")[0].splitlines()
    assert len(rules) == 10 and all(re.fullmatch(r" +\d+\.\d{3}  [a-z0-9-]+", line) for line in rules)
    assert first == CliRunner().invoke(main, ["check", ".", "--format", "json"]).stdout


def test_the_report_itself_holds_no_times_and_is_the_same_bytes() -> None:
    first, _ = table("--format", "json")
    second, _ = table("--format", "json", "--jobs", "2")
    plain = CliRunner().invoke(main, ["check", ".", "--format", "json"]).stdout
    assert first == second == plain


def test_what_comes_from_the_cache_was_not_timed() -> None:
    table("--cache-dir", "c")
    _, said = table("--cache-dir", "c", "--lang", "zh")
    assert "4 份没有改动" in said and "最慢的规则" not in said


def test_the_times_of_rules_are_part_of_the_time_of_judging() -> None:
    class Noting(Timing):
        seen: list[tuple[str, float, float]] = []  # noqa: RUF012 -- of this test alone

        def note(self, path: str, times: tuple[object, ...] | None) -> None:
            assert times is not None
            _, _, _, judging, rules = times
            self.seen.append((path, judging, sum(rules.values())))  # type: ignore[attr-defined, arg-type]

    timing = Noting()
    api.check(Settings((".",), statistics=True), timing=timing)
    assert len(timing.seen) == 4 and all(0 < rules < judging for _, judging, rules in timing.seen)


def test_without_it_nothing_of_it_is_even_loaded() -> None:
    code = (
        "import sys; from perfcheck import api; from perfcheck.config import Settings; api.check(Settings(('0.txt',), jobs='auto'));"
        "print([name for name in sys.modules if name.startswith('perfcheck.running')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.removeprefix("perfcheck.running") for name in eval(done.stdout)}
    assert loaded == {"", ".checker", ".files", ".over_files", ".processes", ".read_files"}
