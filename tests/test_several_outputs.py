"""Several reports of one run, a user's own template, the summary of a GitHub job: how the command line offers them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from perfcheck import api
from perfcheck.cli import main
from perfcheck.commands.outputs import SUMMARY_VARIABLE
from perfcheck.reporting import FORMATS
from perfcheck.running import read_files
from tests.forms import form, project
from tests.office import docx

Run = Callable[..., Result]

ERROR = form(project(1, goals=""))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call ``check`` on one document with an error, in a folder with nothing else."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(SUMMARY_VARIABLE, raising=False)
    Path("a.txt").write_text(ERROR, encoding="utf-8")

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, ["check", "a.txt", *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def refused(result: Result, *words: str) -> None:
    assert result.exit_code == 2
    assert result.stderr.startswith("perfcheck: ") and result.stderr.count("\n") == 1
    assert [word for word in words if word not in result.stderr] == []


# ---- several files ------------------------------------------------------------------------------------------------------


def test_all_formats_come_of_one_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("own.j2").write_text("{{ summary.error }}", encoding="utf-8")
    read: list[Any] = []
    original = read_files.read_file
    monkeypatch.setattr(read_files, "read_file", lambda *given: read.append(given[0]) or original(*given))
    reports = [word for name in FORMATS for word in ("--report", f"{name}=out.{name}")]
    result = run(*reports, "--template", "own.j2")
    assert result.exit_code == 1 and result.stderr == ""
    assert read == ["a.txt"]
    assert "goals-blank" in result.stdout  # the screen has its text besides
    for name in FORMATS:
        assert Path(f"out.{name}").stat().st_size > 0, name
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert Path("out.template").read_text(encoding="utf-8") == "1"


@pytest.mark.parametrize("format", ["json", "html", "sarif"])
def test_a_report_is_the_same_by_either_way(run: Run, format: str) -> None:
    run("--report", f"{format}=one", "--report", "markdown=概 要=1.md", "--jobs", "2", "--cache-dir", "cache")
    run("--format", format, "--output", "other")
    assert Path("one").read_bytes() == Path("other").read_bytes()
    assert Path("概 要=1.md").is_file()


def test_the_exit_status_is_that_of_the_findings(run: Run) -> None:
    assert run("--report", "sarif=a.sarif").exit_code == 1
    assert run("--report", "sarif=a.sarif", "--fail-on", "never").exit_code == 0


@pytest.mark.parametrize("given", ["xml=a.xml", "sarif", "sarif=", "=a", ""])
def test_a_report_that_cannot_be_meant_ends_before_anything_is_written(run: Run, given: str) -> None:
    refused(run("--report", "json=a.json", "--report", given), "--report")
    assert not Path("a.json").exists()


def test_two_reports_do_not_share_a_file(run: Run) -> None:
    refused(run("--report", "json=out", "--report", "sarif=./out"), "./out")
    refused(run("--report", "json=out", "--output", "out"), "out")


def test_a_report_may_go_to_standard_output_in_the_place_of_the_text(run: Run) -> None:
    plain = run("--format", "sarif")
    for call in (["--report", "sarif=-"], ["--format", "sarif", "-o", "-"], ["--report", "sarif=-", "-o", "b.txt"]):
        result = run(*call)
        assert (result.exit_code, result.stdout, result.stderr) == (1, plain.stdout, ""), call
    assert "goals-blank" in Path("b.txt").read_text(encoding="utf-8")
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "call",
    [
        ["--report", "sarif=-", "--report", "json=-"],
        ["--format", "text", "--report", "json=-"],
        ["--template", "own.j2", "--report", "json=-"],
    ],
)
def test_two_reports_do_not_share_standard_output(run: Run, call: list[str]) -> None:
    Path("own.j2").write_text("甲", encoding="utf-8")
    refused(run(*call), "只能写一份报告", "json")


@pytest.mark.parametrize(
    "call",
    [
        ["check", "a.txt", "--shard", "1/1", "--part", "-"],
        ["baseline", "create", "a.txt", "--baseline", "-"],
        ["annotate", "a.docx", "-o", "-"],
    ],
)
def test_what_has_to_be_a_file_is_not_written_to_one_called_minus(run: Run, call: list[str]) -> None:
    Path("a.docx").write_bytes(docx(ERROR))
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 2 and "这里要写文件名" in result.stderr and not Path("-").exists()


def test_other_commands_take_minus_for_standard_output_too(run: Run) -> None:
    def said(*call: str) -> str:
        result = CliRunner().invoke(main, list(call))
        assert result.exit_code in (0, 1) and not Path("-").exists()
        return result.stdout

    assert said("parse", "a.txt", "-o", "-") == said("parse", "a.txt") != ""
    assert said("fix", "a.txt", "-o", "-") == ERROR
    assert said("check", "a.txt", "--shard", "1/1", "--part", "one") == said("merge", "one", "--report", "text=-")


def test_a_configuration_names_files_for_its_reports(run: Run) -> None:
    Path("perfcheck.yaml").write_text('reports: {sarif: "-"}\n', encoding="utf-8")
    result = run()
    assert result.exit_code == 2 and "perfcheck.yaml:1" in result.stderr and "文件名" in result.stderr


@pytest.mark.parametrize("option", [("--output", "a.txt"), ("--report", "markdown=./a.txt")])
def test_a_report_never_takes_the_place_of_a_document(run: Run, option: tuple[str, str]) -> None:
    refused(run(*option), "a.txt")
    assert Path("a.txt").read_text(encoding="utf-8") == ERROR


def test_one_report_that_cannot_be_written_keeps_back_no_other(run: Run) -> None:
    result = run("--report", "json=no/such/a.json", "--report", "markdown=a.md")
    refused(result, "no/such/a.json")
    assert Path("a.md").is_file() and "goals-blank" in result.stdout


def test_a_missing_package_keeps_back_its_own_report_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    refused(run("--report", "xlsx=a.xlsx", "--report", "csv=a.csv"), "perfcheck[report]")
    assert Path("a.csv").is_file() and not Path("a.xlsx").exists()


# ---- a user's own template --------------------------------------------------------------------------------------------------


def template(text: str, name: str = "own.j2") -> tuple[str, str]:
    Path(name).write_text(text, encoding="utf-8")
    return "--template", name


def test_a_template_sees_the_report_and_the_rules(run: Run) -> None:
    own = template(
        "{% for document in documents %}{% for finding in document.findings %}\n"
        "{{ loop.index }} {{ document.path }} {{ finding.span.line }} {{ level_names[finding.level] }} "
        "{{ rules[finding.rule].title }} {{ rules[finding.rule].basis | length > 0 }} {{ finding.text | json }}\n"
        "{% endfor %}{% endfor %}{{ summary.error }} {{ pack }}\n"
    )
    result = run(*own)
    assert result.exit_code == 1
    assert result.stdout.startswith("1 a.txt ") and " 错误 " in result.stdout and 'True ""' in result.stdout
    assert result.stdout.endswith("1 hebei\n")


def test_a_template_for_html_escapes_what_a_document_contains(run: Run) -> None:
    Path("a.txt").write_text(form(project(1, name="<b>甲</b>", goals="")), encoding="utf-8")
    shown = "{{ documents[0].findings[-1].place }}"
    assert "&lt;b&gt;" in run(*template(shown, "own.html.j2")).stdout
    assert "<b>" in run(*template(shown, "own.txt")).stdout


def test_a_template_goes_where_it_is_told(run: Run) -> None:
    own = template("甲")
    assert run(*own, "--output", "b.txt").stdout == "" and Path("b.txt").read_text(encoding="utf-8") == "甲"
    assert run(*own, "--format", "template").stdout == "甲"
    assert "goals-blank" in run(*own, "--report", "template=c.txt").stdout
    assert Path("c.txt").read_text(encoding="utf-8") == "甲"


@pytest.mark.parametrize(
    "text",
    [
        "{% include 'a.txt' %}",
        "{% extends 'a.txt' %}",
        "{% import 'a.txt' as a %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ documents.__class__ }}",
        "{{ documents.append(1) }}",
        "{{ cycler.__init__.__globals__.os.environ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__['os'] }}",
        "{{ joiner|attr('__init__')|attr('__globals__') }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ open('a.txt') }}",
        "{{ environ }}",
        "{{ os.environ }}",
        "{{ nosuch.name }}",
        "{{ 1 / 0 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'x' * 10000000000 }}",
        "{{ range(10000000) | list }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_template_reaches_no_file_no_environment_and_nothing_behind_its_values(run: Run, text: str) -> None:
    result = run(*template(text))
    refused(result)
    assert result.stdout == ""


@pytest.mark.parametrize("content", [b"{% if %}", b"\xff\xfe\xff", None])
def test_what_is_wrong_with_a_template_is_said_before_anything_is_checked(
    run: Run, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        Path("own.j2").write_bytes(content)
    monkeypatch.setattr(api, "check", lambda *given: pytest.fail("checked"))
    refused(run("--template", "own.j2"), "own.j2")


def test_a_template_nobody_uses_and_none_where_one_is_wanted_are_wrong_calls(run: Run) -> None:
    refused(run(*template("甲"), "--format", "json"), "--template")
    refused(run("--format", "template"), "--template")
    refused(run("--report", "template=a"), "--template")


# ---- the summary of a GitHub job ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("--format", "github"), ("--report", "github=annotations.txt")])
def test_annotations_come_with_a_summary_added_to_what_is_there(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, str]
) -> None:
    Path("summary.md").write_text("已有\n", encoding="utf-8")
    monkeypatch.setenv(SUMMARY_VARIABLE, "summary.md")
    assert run(*arguments).exit_code == 1
    text = Path("summary.md").read_text(encoding="utf-8")
    assert text.startswith("已有\n# perfcheck\n") and "goals-blank" in text


def test_no_summary_without_annotations_or_a_job(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("--format", "github")
    monkeypatch.setenv(SUMMARY_VARIABLE, "summary.md")
    run("--format", "text")
    assert not Path("summary.md").exists()


def test_a_summary_that_cannot_be_written_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SUMMARY_VARIABLE, "no/such/summary.md")
    result = run("--format", "github")
    refused(result, "summary.md")
    assert result.stdout.startswith("::error ")


def test_a_plain_check_loads_nothing_of_the_other_outputs(run: Run) -> None:
    code = (
        "import sys; from perfcheck.cli import main\n"
        "try: main(['check', 'clean.txt'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name == 'jinja2' or name.endswith(('_report', 'sarif_runs', 'template'))])"
    )
    Path("clean.txt").write_text(form(), encoding="utf-8")
    root = str(Path(api.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": root}, check=True
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_who_sits_at_a_terminal_is_told_what_was_found_and_where_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perfcheck.commands.outputs.sys", SimpleNamespace(stderr=SimpleNamespace(isatty=lambda: True)))
    path, page = tmp_path / "文本.txt", tmp_path / "报告.html"
    path.write_text(form(), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(path), "--format", "html", "-o", str(page)])
    assert done.output.splitlines() == [f"perfcheck: 错误 0  警告 0  提示 0  → {page}"]
    assert "→" not in CliRunner().invoke(main, ["check", str(path)]).output
