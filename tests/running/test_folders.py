"""Folders as people have them: documents of all kinds, archives, and what perfcheck itself has written into them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timezone
from pathlib import Path

import pytest

from perfcheck.annotating import word
from tests.calls import Run, caller, write
from tests.forms import PART_ONE, form, project
from tests.office import docx

CLEAN = form()
ERROR = form(project(1, goals=""))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return caller()


@pytest.mark.parametrize("name", ["甲.docm", "甲.dotx", "甲.DOTM"])
def test_word_files_with_macros_and_templates_are_checked_in_folders_as_by_name(run: Run, name: str) -> None:
    write(name, docx(ERROR))
    by_name, in_folder = run("check", name), run("check", ".")
    assert by_name.exit_code == in_folder.exit_code == 1
    assert in_folder.stdout.replace("./", "") == by_name.stdout


def test_a_text_under_its_other_name_is_checked_in_folders(run: Run) -> None:
    write("甲.text", ERROR)
    assert run("check", ".").exit_code == 1


@pytest.mark.parametrize("name", ["丙镇.ofd", "丙镇.uof", "丙镇.UOT"])
@pytest.mark.parametrize("head", [b"PK\x03\x04OFD.xml", b"<?xml version='1.0'?><uof:UOF/>"], ids=["package", "xml"])
def test_documents_nobody_can_read_are_not_checked_and_never_skipped(run: Run, name: str, head: bytes) -> None:
    write("甲.txt", CLEAN)
    write(name, head)
    result = run("check", ".")
    assert result.exit_code == 2
    assert name in result.stdout and "现在还不能读" in result.stdout and "另存为 .docx" in result.stdout


def test_archives_are_counted_in_one_line_and_change_nothing_else(run: Run) -> None:
    write("甲.txt", CLEAN)
    for name in ("辛镇.zip", "壬镇.RAR", "癸镇.7z"):
        write(name, b"PK\x03\x04")
    result = run("check", ".", "-q")
    assert result.exit_code == 0 and result.stdout == ""
    assert "3 个压缩包没有打开" in result.stderr and len(result.stderr.splitlines()) == 1
    assert "3 archives" in run("check", ".", "--lang", "en").stderr
    assert run("check", "甲.txt").stderr == ""


def test_a_folder_of_archives_alone_is_no_pass(run: Run) -> None:
    write("辛镇.zip", b"PK\x03\x04")
    result = run("check", ".")
    assert result.exit_code == 2 and "压缩包没有打开" in result.stderr


def test_what_somebody_else_calls_a_reviewed_copy_is_checked(run: Run) -> None:
    write("甲.txt", CLEAN)
    write("甲.审核.docx", docx(ERROR))
    result = run("check", ".")
    assert result.exit_code == 1 and "2 份文本" in result.stdout


@pytest.mark.parametrize("text", [CLEAN, ERROR], ids=["nothing to remark", "remarks"])
def test_a_copy_of_our_own_is_left_out_beside_its_document_and_that_is_said(run: Run, text: str) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    write("甲.docx", docx(text))
    alone = run("check", ".")
    assert run("annotate", "甲.docx").exit_code == 0
    result = run("check", ".")
    assert (result.exit_code, result.stdout) == (alone.exit_code, alone.stdout)
    assert "批注副本" in result.stderr and "甲.审核.docx" in result.stderr
    Path("甲.docx").unlink()
    assert "甲.审核.docx" in run("check", ".").stdout + run("check", ".", "--format", "json").stdout


def test_a_workbook_and_its_copy_of_our_own(run: Run) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (extra report)")
    pytest.importorskip("python_calamine", reason="python-calamine is not installed (extra xlsx)")
    from tests.formats import xlsx

    write("甲.xlsx", xlsx(CLEAN))
    assert run("annotate", "甲.xlsx").exit_code == 0
    assert openpyxl.load_workbook("甲.审核.xlsx").properties.contentStatus
    result = run("check", ".")
    assert "1 份文本" in result.stdout and "甲.审核.xlsx" in result.stderr


REPORTS = {
    "报告.html": "html", "审核意见表.docx": "docx", "问题清单.xlsx": "xlsx", "结果.txt": "text", "摘要.txt": "markdown",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "format_", "language", "text"),
    [(name, format_, "zh", ERROR) for name, format_ in REPORTS.items()]
    + [("结果.txt", "text", "en", CLEAN), ("摘要.txt", "markdown", "en", CLEAN), ("报告.htm", "html", "en", CLEAN)],
)
def test_a_report_written_among_the_documents_is_left_out_of_the_next_run(
    run: Run, name: str, format_: str, language: str, text: str
) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed (extra report)")
    pytest.importorskip("python_calamine", reason="python-calamine is not installed (extra xlsx)")
    write("甲.txt", text)
    before = run("check", ".")
    assert run("check", ".", "--format", format_, "-o", name, "--lang", language).exit_code == before.exit_code
    again = run("check", ".")
    assert (again.exit_code, again.stdout) == (before.exit_code, before.stdout)
    assert "自己写的报告" in again.stderr and name in again.stderr
    named = run("check", name)
    assert named.exit_code == 2 and "perfcheck 自己写的报告" in named.stdout


def test_a_quiet_list_and_one_a_clerk_has_saved_anew_are_known_again(run: Run) -> None:
    docx_library = pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    write("甲.txt", ERROR)
    assert run("check", "甲.txt", "-q", "-o", "结果.txt").exit_code == 1
    assert run("check", "甲.txt", "--format", "docx", "-o", "审核意见表.docx").exit_code == 1
    form_ = docx_library.Document("审核意见表.docx")
    form_.add_paragraph("审核人：张某")
    form_.core_properties.last_modified_by = "张某"
    form_.save("审核意见表.docx")
    result = run("check", ".")
    assert result.exit_code == 1 and "2 个文件是 perfcheck 自己写的" in result.stderr


def test_a_folder_with_nothing_but_reports_is_no_pass(run: Run) -> None:
    write("甲.txt", CLEAN)
    assert run("check", "甲.txt", "--format", "html", "-o", "报告.html").exit_code == 0
    Path("甲.txt").unlink()
    result = run("check", ".")
    assert result.exit_code == 2 and "没有别的可检查的文件" in result.stderr


def test_every_command_over_a_folder_leaves_reports_out(run: Run) -> None:
    write("甲.txt", CLEAN)
    assert run("check", "甲.txt", "--format", "html", "-o", "报告.html").exit_code == 0
    for call in (("text", "."), ("parse", "."), ("fix", "."), ("baseline", "create", "."), ("check", "-j2", "."),
                 ("check", "--explain-applicability", "."), ("check", ".", "--cache-dir", ".c")):  # fmt: skip
        result = run(*call)
        assert result.exit_code == 0 and "报告.html" in result.stderr, (call, result.output)
    assert run("check", ".", "--shard", "1/1", "--part", "一份").exit_code == 0
    merged = run("merge", "一份")
    assert merged.exit_code == 0 and "1 份文本" in merged.stdout and "报告.html" in merged.stderr
    assert run("fix", "报告.html").exit_code == 2


def test_a_word_file_keeps_its_parts_when_only_its_mark_is_added(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    monkeypatch.setattr(word, "now", lambda: datetime(2023, 5, 4, tzinfo=timezone.utc))
    data = docx(CLEAN)
    write("甲.docx", data)
    assert run("annotate", "甲.docx").exit_code == 0
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile("甲.审核.docx")
    assert old.read("word/document.xml").count(b"<w:t") == new.read("word/document.xml").count(b"<w:t")
    assert run("annotate", "甲.docx", "-o", "乙.docx").exit_code == 0
    assert Path("甲.审核.docx").read_bytes() == Path("乙.docx").read_bytes()


def test_a_list_with_faults_of_part_one_is_known_again_and_may_be_written_anew(run: Run) -> None:
    """Its places are named as the headings of a document are."""
    write("文本/甲.txt", form(project(1, goals=""), part_one=PART_ONE.replace("（二）灌溉", "（四）灌溉")))
    for _ in range(2):
        result = run("check", "文本", "--output", "文本/结果.txt")
        assert result.exit_code == 1
    assert "分项绩效目标" in Path("文本/结果.txt").read_text(encoding="utf-8")
    assert "1 份文本" in run("check", "文本").stdout


def test_who_made_a_file_does_not_tell_whether_it_is_a_report(run: Run) -> None:
    document = pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    write("甲.docx", docx(ERROR))
    opened = document.Document("甲.docx")
    opened.core_properties.author = "perfcheck"
    opened.save("甲.docx")
    assert run("check", ".").exit_code == run("check", "甲.docx").exit_code == 1


def test_copies_that_the_call_itself_puts_into_the_folder_are_no_documents(run: Run) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    write("文本/甲.docx", docx(ERROR))
    for _ in range(3):
        assert "检查了 1 份" in run("check", "文本", "--annotate", "文本/批注").stdout
    assert [path.name for path in Path("文本/批注").iterdir()] == ["甲.docx"]
