"""The command line: exit status is a contract, and no call ends in a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from perfcheck import __version__, api, cli
from perfcheck.commands.check_command import check
from perfcheck.reporting import FORMATS
from tests.calls import Run, caller, write
from tests.forms import INDICATORS, PART_ONE, PART_TWO, form, project
from tests.office import Traps, docx
from tests.reporting.samples import sample_pack

CLEAN = form()
ERROR = form(project(1, goals=""))
WARNING = form(project(1, table=[*INDICATORS, ("", "服务对象满意度指标", "附加", "附加", "≥12", "甲")]))
NOTE = form(project(1, plan=("50%", "50%", "75%", "100%")))
HEADINGS_ONLY = PART_ONE + "\n" + PART_TWO


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return caller()


# ---- exit status --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "level", "status"),
    [
        (CLEAN, "error", 0), (CLEAN, "note", 0), (ERROR, "error", 1), (ERROR, "warning", 1), (ERROR, "note", 1), (ERROR, "never", 0),
        (WARNING, "error", 0), (WARNING, "warning", 1), (WARNING, "note", 1), (WARNING, "never", 0),
        (NOTE, "error", 0), (NOTE, "warning", 0), (NOTE, "note", 1), (NOTE, "never", 0),
    ],
    ids=[f"{text} {level}" for text, levels in (("clean", 2), ("error", 4), ("warning", 4), ("note", 4))
         for level in (("error", "note") if levels == 2 else ("error", "warning", "note", "never"))],
)  # fmt: skip
def test_findings_at_or_above_the_failing_level_end_with_1(run: Run, text: str, level: str, status: int) -> None:
    assert run("check", write("a.txt", text), "--fail-on", level).exit_code == status


def test_an_error_fails_by_default(run: Run) -> None:
    assert run("check", write("a.txt", ERROR)).exit_code == 1
    assert run("check", write("a.txt", WARNING)).exit_code == 0


UNREADABLE: dict[str, bytes | None] = {
    "missing": None, "empty": b"", "NUL": "第一部分\0".encode(), "damaged": CLEAN.encode()[:-200] + b"\xff\xff", "word": b"PK\x03\x04\0\0",
    "pdf": b"%PDF-1.7", "no form": "番茄炒蛋\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("format", ["text", "markdown", "sarif", "json"])
@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_could_not_be_checked_ends_with_2_and_is_named(run: Run, kind: str, format: str) -> None:
    data = UNREADABLE[kind]
    if data is not None:
        write("坏.txt", data)
    result = run("check", "坏.txt", "--fail-on", "never", "--format", format)
    assert result.exit_code == 2
    assert ("未检查" if format != "json" else '"not_checked": 1') in result.stdout


@pytest.mark.parametrize("name", ["表.docx", "表.pdf", "表.XLSX", "表.wps"])
def test_an_office_file_is_not_checked_rather_than_passed_over(run: Run, name: str) -> None:
    write("folder/好.txt", CLEAN)
    write(f"folder/{name}", b"PK\x03\x04")
    result = run("check", "folder")
    assert result.exit_code == 2 and name in result.stdout


def test_one_unreadable_file_among_good_ones_ends_with_2_and_the_others_are_reported(run: Run) -> None:
    write("a.txt", ERROR)
    write("b.txt", b"\0")
    result = run("check", "a.txt", "b.txt")
    assert result.exit_code == 2 and "goals-blank" in result.stdout


def test_no_input_ends_with_2(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 2 and result.stderr.startswith("perfcheck: ") and result.stdout == ""


def test_an_empty_folder_ends_with_2(run: Run) -> None:
    Path("empty").mkdir()
    result = run("check", "empty")
    assert result.exit_code == 2 and "empty" in result.stderr


def test_headings_without_a_table_are_no_pass(run: Run) -> None:
    result = run("check", write("a.txt", HEADINGS_ONLY))
    assert result.exit_code == 1 and "projects-missing" in result.stdout


@pytest.mark.parametrize("arguments", [("--select", "plan"), ("--ignore", "structure"), ("--pack", "ours")])
def test_headings_without_a_table_are_no_pass_whatever_rules_are_chosen(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    sample_pack(tmp_path)
    assert run("check", write("a.txt", HEADINGS_ONLY), *arguments).exit_code != 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--select", "no-such-rule"), ("--ignore", "no-such-rule"), ("--pack", "henan"), ("--year", "1999"), ("--year", "x"), ("--format", "xml"),
        ("--lang", "fr"), ("--fail-on", "fatal"), ("--nosuch",), ("--output", "no/such/folder/a.txt"), ("--output", "."), ("--pack", ""),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_call_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("check", write("a.txt", CLEAN), *arguments)
    assert result.exit_code == 2
    assert result.stderr and "Traceback" not in result.stderr


def test_a_broken_rule_ends_with_2_and_says_where(run: Run, tmp_path: Path) -> None:
    sample_pack(tmp_path)
    broken = Path("ours/plan-falling.yaml")
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("check: monotonic", "check: monotonous"), encoding="utf-8"
    )
    result = run("check", write("a.txt", CLEAN), "--pack", "ours")
    assert result.exit_code == 2
    assert "plan-falling.yaml:" in result.stderr and "monotonic" in result.stderr


def test_a_rule_that_raises_ends_with_2_and_is_reported_as_not_checked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(node: Any, document: Any) -> Any:
        raise ValueError("boom")

    real = api.load_pack

    def with_failing_rule(*given: Any) -> Any:
        pack = real(*given)
        return pack._replace(rules=(pack.rules[0]._replace(judge=fail, screen=None), *pack.rules[1:]))

    monkeypatch.setattr(api, "load_pack", with_failing_rule)
    result = run("check", write("a.txt", CLEAN), "--fail-on", "never")
    assert result.exit_code == 2
    assert "未检查" in result.stdout and api.open_pack("hebei").rules[0].id in result.stdout


def test_an_unknown_command_ends_with_2(run: Run) -> None:
    assert run("chekc", "a.txt").exit_code == 2


# ---- what is read --------------------------------------------------------------------------------------------------------


def test_a_folder_is_walked(run: Run) -> None:
    write("县/乡 一/甲.txt", ERROR)
    write("县/乡 二/乙.TXT", ERROR)
    write("县/说明.md", "x")
    result = run("check", "县")
    assert result.exit_code == 1
    assert "甲.txt" in result.stdout and "乙.TXT" in result.stdout and "2 份文本" in result.stdout


def test_a_hyphen_is_standard_input(run: Run) -> None:
    assert run("check", "-", stdin=CLEAN.encode()).exit_code == 0
    assert run("check", "-", stdin=CLEAN.encode("gb18030")).exit_code == 0
    result = run("check", "-", stdin=ERROR.encode("utf-16"))
    assert result.exit_code == 1 and "stdin" in result.stdout
    assert run("check", "-", stdin=b"").exit_code == 2


@pytest.mark.parametrize(
    "name",
    [
        "名 字.txt",
        "（终稿）绩效文本.txt",
        "a'b\"c.txt",
        "-dash.txt",
        "--help.txt",
        "无后缀",
        "a&b;c.txt",
        "100%.txt",
        "{x}.txt",
    ],
)
def test_files_may_have_awkward_names(run: Run, name: str) -> None:
    write(name, ERROR)
    result = run("check", "--", name)
    assert result.exit_code == 1 and name in result.stdout
    assert json.loads(run("check", "--format", "sarif", "--", name).stdout)["runs"][0]["results"]


def test_many_names_may_follow_and_options_may_stand_anywhere(run: Run) -> None:
    names = [write(f"{number}.txt", CLEAN) for number in range(60)]
    result = run("check", *names[:30], "--quiet", *names[30:])
    assert (result.exit_code, result.stdout) == (0, "")


# ---- options -------------------------------------------------------------------------------------------------------------

MANY = form(project(1, goals="", plan=("50%", "45%", "75%", "80%"), title="1.别的绩效目标表"))


def rules_in(result: Result) -> set[str]:
    return {finding["rule"] for document in json.loads(result.stdout)["documents"] for finding in document["findings"]}


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ((), {"goals-blank", "spending-plan-decreasing", "spending-plan-incomplete", "title-name-mismatch"}),
        (("--select", "plan"), {"spending-plan-decreasing", "spending-plan-incomplete"}),
        (("--select", "plan.not_100"), {"spending-plan-incomplete"}),
        (("--select", "goals-blank", "--select", "title"), {"goals-blank", "title-name-mismatch"}),
        (("--select", "goals-blank, title"), {"goals-blank", "title-name-mismatch"}),
        (("--select", "plan", "--ignore", "plan.not_100"), {"spending-plan-decreasing"}),
        (("--ignore", "plan,goal.blank"), {"title-name-mismatch"}),
    ],
    ids=lambda value: " ".join(sorted(value) if isinstance(value, set) else value),
)
def test_rules_are_selected_and_ignored(run: Run, arguments: tuple[str, ...], rules: set[str]) -> None:
    assert rules_in(run("check", write("a.txt", MANY), "--format", "json", *arguments)) == rules


@pytest.mark.parametrize("format", ["text", "markdown", "sarif", "json"])
def test_the_report_can_go_into_a_file(run: Run, format: str) -> None:
    on_screen = run("check", write("a.txt", MANY), "--format", format)
    into_file = run("check", "a.txt", "--format", format, "--output", "报告 一.out")
    assert (into_file.exit_code, into_file.stdout) == (1, "")
    data = Path("报告 一.out").read_bytes()
    assert data.decode("utf-8") == on_screen.stdout
    assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf")


def test_the_year_can_be_given(run: Run) -> None:
    write("a.txt", CLEAN)
    assert run("check", "a.txt", "--year", "2023").exit_code == 0
    result = run("check", "a.txt", "--year", "2022")
    assert result.exit_code == 1 and "value-date-outside-year" in result.stdout


def test_the_language_can_be_chosen(run: Run) -> None:
    result = run("check", write("a.txt", MANY), "--lang", "en")
    assert "error" in result.stdout and "错误" not in result.stdout and "依据：" not in result.stdout


def test_an_english_report_says_in_english_why_a_file_was_not_checked(run: Run) -> None:
    result = run("check", write("a.txt", b"\0"), "--lang", "en")
    assert not re.search(r"[\u4e00-\u9fff]", result.stdout)


def test_the_pack_can_be_chosen(run: Run, tmp_path: Path) -> None:
    sample_pack(tmp_path)
    assert rules_in(run("check", write("a.txt", MANY), "--format", "json", "--pack", "ours")) == {"plan-falling"}
    assert "goals-blank" not in rules_in(run("check", "a.txt", "--format", "json", "--pack", "national"))


def test_statistics_count_by_rule(run: Run) -> None:
    result = run("check", write("a.txt", MANY), "--statistics")
    assert re.search(r"^ +1  goals-blank  绩效目标没有填写$", result.stdout, re.MULTILINE)


def test_nothing_is_colored_unless_on_a_terminal(run: Run) -> None:
    assert "\x1b[" not in run("check", write("a.txt", MANY)).stdout


# ---- the other commands ----------------------------------------------------------------------------------------------------


def test_parse_prints_documents_and_ends_with_2_where_one_could_not_be_read(run: Run) -> None:
    write("a.txt", CLEAN)
    write("b.txt", b"\0")
    good = run("parse", "a.txt", "--format", "json")
    assert good.exit_code == 0 and len(json.loads(good.stdout)["documents"][0]["projects"]) == 2
    mixed = run("parse", "a.txt", "b.txt", "--format", "json")
    assert mixed.exit_code == 2 and len(json.loads(mixed.stdout)["documents"]) == 1
    assert "b.txt" in mixed.stderr
    assert run("parse").exit_code == 2
    assert "村道养护经费" in run("parse", "a.txt").stdout
    assert run("parse", "a.txt", "--output", "o.json", "--format", "json").exit_code == 0
    assert json.loads(Path("o.json").read_text(encoding="utf-8"))["schema"] == "perfcheck-document-1"


def test_rules_lists_explains_tests_and_validates(run: Run, tmp_path: Path) -> None:
    assert "spending-plan-blank" in run("rules").stdout
    assert "The spending plan is blank" in run("rules", "--lang", "en").stdout
    assert run("rules", "--pack", "henan").exit_code == 2
    assert "第五十七条" in run("explain", "spending-plan-blank").stdout
    assert run("explain", "spending-plan-blnk").exit_code == 2
    assert "spending-plan-blank" in run("explain", "spending-plan-blnk").stderr
    ours = sample_pack(tmp_path)
    untested = run("rules", "test", ours)
    assert untested.exit_code == 1 and "至少要各有 2 个" in untested.stdout
    assert run("rules", "validate", ours).exit_code == 0
    broken = Path(ours, "plan-falling.yaml")
    broken.write_text(broken.read_text(encoding="utf-8") + "more: x\n", encoding="utf-8")
    result = run("rules", "validate", ours)
    assert result.exit_code == 2 and "more" in result.stdout
    assert run("rules", "validate", "nothere").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [(), ("check",), ("parse",), ("rules",), ("rules", "test"), ("rules", "validate"), ("explain",)],
    ids=" ".join,
)
def test_help_is_in_chinese_and_english(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    body = result.stdout.partition("Options:")[0]
    assert re.search(r"[\u4e00-\u9fff]{4}", body) and re.search(r"[A-Za-z]{4,} [a-z]+", body.partition("\n\n")[2])
    for line in re.findall(r"^  (?:-\w, )?--(?!help|version)\S+.*(?:\n {10,}.*)*", result.stdout, re.MULTILINE):
        assert re.search(r"[\u4e00-\u9fff]", line), line


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.strip() == f"perfcheck {__version__}"


# ---- the program itself -----------------------------------------------------------------------------------------------------


def program(
    *arguments: str, cwd: Path, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    root = str(Path(api.__file__).parent.parent)
    path = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "perfcheck", *arguments], cwd=cwd, input=stdin, capture_output=True, check=False,
        env={**os.environ, "PERFCHECK_CACHE": "off", "PYTHONPATH": path, **environment},
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437", "utf-8"])
def test_a_console_that_cannot_show_every_character_does_not_stop_the_report(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "𠮷🙂.txt").write_text(form(project(1, name="𠮷祥🙂经费", goals="")), encoding="utf-8")
    done = program("check", "𠮷🙂.txt", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 1
    assert b"goals-blank" in done.stdout and b"Traceback" not in done.stderr
    assert program("check", "没有.txt", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0").returncode == 2
    assert program("check", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0").returncode == 2


@pytest.mark.parametrize(
    "encoding",
    ["gbk", "ascii", "cp437"],
)
def test_help_can_be_shown_on_any_console(tmp_path: Path, encoding: str) -> None:
    for command in ((), ("check",)):
        done = program(*command, "--help", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 0 and b"perfcheck" in done.stdout


def test_exit_status_and_output_of_the_program_are_those_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ERROR, encoding="utf-8")
    assert program("check", "a.txt", cwd=tmp_path).returncode == 0
    assert program("check", "b.txt", cwd=tmp_path).returncode == 1
    assert program("check", "-", cwd=tmp_path, stdin=ERROR.encode()).returncode == 1
    assert program("check", "c.txt", cwd=tmp_path).returncode == 2
    done = program("check", "b.txt", "--format", "sarif", cwd=tmp_path)
    assert json.loads(done.stdout)["version"] == "2.1.0"


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(form(*(project(1, goals="", number="") for _ in range(400))), encoding="utf-8")
    root = str(Path(api.__file__).parent.parent)
    child = subprocess.Popen(
        [sys.executable, "-m", "perfcheck", "check", "a.txt"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root, "PERFCHECK_CACHE": "off"},
    )  # fmt: skip
    assert child.stdout is not None and child.stderr is not None
    child.stdout.read(10)
    child.stdout.close()
    error = child.stderr.read()
    child.stderr.close()
    assert child.wait(30) == 2 and b"Traceback" not in error


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell makes the pipe")
@pytest.mark.parametrize(
    "call", ["check a.txt", "check b.txt", "check a.txt --format json", "text a.txt", "rules", "--help", "check --help"]
)
def test_a_report_nobody_reads_is_neither_a_pass_nor_findings(tmp_path: Path, call: str) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ERROR, encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)  # the reader is gone for certain
    try:
        done = subprocess.run(
            [sys.executable, "-m", "perfcheck", *call.split()], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(api.__file__).parent.parent)}, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def test_the_command_line_offers_all_formats() -> None:
    (option,) = (option for option in check.params if option.name == "format_")
    assert list(option.type.choices) == list(FORMATS)


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell closes the streams")
@pytest.mark.parametrize("how", [">&-", "> /dev/full"])
def test_a_report_that_cannot_be_written_is_no_pass(tmp_path: Path, how: str) -> None:
    if how.endswith("full") and not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    done = shell(f"check a.txt {how}", tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr and done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell closes the streams")
def test_a_closed_standard_input_is_not_checked(tmp_path: Path) -> None:
    done = shell("check - <&-", tmp_path)
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    root = str(Path(api.__file__).parent.parent)
    return subprocess.run(
        f"'{sys.executable}' -m perfcheck {line}", shell=True, cwd=cwd, capture_output=True, check=False,
        env={**os.environ, "PERFCHECK_CACHE": "off", "PYTHONPATH": root},
    )  # fmt: skip


def test_a_fault_of_perfcheck_itself_is_one_sentence_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(cli, "main", lambda: 1 / 0)
    monkeypatch.setattr(os, "_exit", ended.append)
    cli.run()
    assert ended == [2]
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_folder_that_is_a_link_is_walked_and_a_circle_ends(tmp_path: Path, run: Run) -> None:
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    (elsewhere / "b.txt").write_text(ERROR, encoding="utf-8")
    folder = tmp_path / "文本"
    folder.mkdir()
    (folder / "链接").symlink_to(elsewhere)
    (folder / "回头").symlink_to(folder)
    assert run("check", str(folder)).exit_code == 1


def test_a_folder_that_cannot_be_opened_is_no_pass(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "锁").mkdir()
    scan = os.scandir

    def refusing(path: str) -> Any:
        if str(path).endswith("锁"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    done = run("check", str(tmp_path))
    assert done.exit_code == 2 and "打不开文件夹" in done.stderr


# ---- which rules are for a document ---------------------------------------------------------------------------------------


def test_what_decides_on_the_rules_is_explained_with_its_evidence(run: Run) -> None:
    result = run("check", "--explain-applicability", write("a.txt", CLEAN))
    assert result.exit_code == 0
    assert "hebei-2023" in result.stdout and "2023" in result.stdout
    assert "quality-missing-before-2021" in result.stdout and "不是这种表样的要求" in result.stdout


def test_a_given_year_is_named_as_such_and_changes_the_layout(run: Run) -> None:
    result = run("check", "--explain-applicability", write("a.txt", CLEAN), "--year", "2020", "--lang", "en")
    assert "given by --year" in result.stdout and "hebei-2020" in result.stdout
    assert "cost-missing" in result.stdout and "is for other layouts" in result.stdout


def test_a_file_that_cannot_be_read_is_no_success_here_either(run: Run) -> None:
    result = run("check", "--explain-applicability", write("a.txt", CLEAN), "nowhere.txt")
    assert result.exit_code == 2 and "nowhere.txt" in result.stdout


# ---- Word files -----------------------------------------------------------------------------------------------------------


def test_a_word_file_is_checked_and_places_are_those_of_word(run: Run) -> None:
    flawed = form(project(1, plan=("50%", "45%", "75%", "100%")))
    as_text = run("check", write("a.txt", flawed), "--format", "json")
    as_word = run("check", write("a.docx", docx(flawed, Traps(changes=True))), "--format", "json")
    text, word = (json.loads(each.stdout)["documents"][0] for each in (as_text, as_word))
    assert (
        [(f["rule"], f["place"]) for f in word["findings"]] == [(f["rule"], f["place"]) for f in text["findings"]] != []
    )
    assert word["findings"][0]["origin"] == {
        "page": None,
        "sheet": None,
        "table": 1,
        "row": 6,
        "cell": 3,
        "paragraph": None,
    }
    assert "修订" in word["remarks"][0]
    shown = run("check", "a.docx").stdout
    assert "第 1 个表格第 6 行第 3 格" in shown and "第 1 个表格第 6 行第 2 格" in shown and "修订" in shown
    assert "第 1 个表格第 6 行第 3 格" in run("check", "a.docx", "--format", "markdown").stdout


def test_the_text_of_a_file_is_shown_as_it_is_checked(run: Run) -> None:
    result = run("text", write("a.docx", docx(form())))
    assert result.exit_code == 0 and "\t项目编码\n" in result.stdout
    assert run("text", "nowhere.docx").exit_code == 2


def test_files_of_word_in_a_folder_are_found_and_lock_files_are_not(run: Run) -> None:
    write("甲.docx", docx(form()))
    write("~$甲.docx", b"\0\0")
    assert "1 份文本" in run("check", ".").stdout


def test_a_copy_with_comments_is_written_beside_the_file_which_stays_as_it_was(run: Run) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    data = docx(ERROR)
    result = run("annotate", write("甲.docx", data))
    assert result.exit_code == 0 and Path("甲.docx").read_bytes() == data
    assert Path("甲.审核.docx").is_file() and "批注" in result.stderr
    assert run("annotate", "甲.docx", "-o", "甲.docx").exit_code == 2
    assert run("annotate", write("a.txt", ERROR)).exit_code == 2
    assert run("annotate", "nowhere.docx").exit_code == 2
    assert run("check", "甲.docx", "--annotate", "批注").exit_code == 1
    assert Path("批注/甲.docx").is_file()


def test_the_list_of_problems_is_written_as_csv_and_as_a_workbook(run: Run) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed (extra report)")
    write("a.txt", ERROR)
    assert run("check", "a.txt", "--format", "csv").stdout.startswith("\ufeff单位,")
    assert run("check", "a.txt", "--format", "xlsx", "-o", "a.xlsx").exit_code == 1
    assert Path("a.xlsx").read_bytes().startswith(b"PK")


def test_the_review_form_and_the_page_are_written(run: Run) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    write("a.txt", ERROR)
    assert run("check", "a.txt", "--format", "docx", "-o", "a.docx").exit_code == 1
    assert Path("a.docx").read_bytes().startswith(b"PK")
    page = run("check", "a.txt", "--format", "html")
    assert page.exit_code == 1 and page.stdout.startswith("<!DOCTYPE html>\n") and page.stdout.endswith("</html>\n")
    assert '<html lang="en">' in run("check", "a.txt", "--format", "html", "--lang", "en").stdout
