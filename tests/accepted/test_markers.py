"""Markers in a document: the form reads as if they were not there, and they speak of the cell they stand in."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest

from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.source import Block
from tests import formats
from tests.calls import Run, write
from tests.forms import INDICATORS, form, project
from tests.office import docx

TABLE = [*INDICATORS[:1], (*INDICATORS[1][:4], "≥120%", INDICATORS[1][5]), *INDICATORS[2:]]
TEXT = form(project(1, table=TABLE, plan=("25%", "50%", "75%", "1000%")), project(2))
CELL = "\t1000%"
MARK = "[perfcheck:忽略 spending-plan-over-100 理由：上年结转]"
PARSER = DocumentParser()


def report(run: Run, text: str | bytes, *options: str, name: str = "a.txt") -> dict[str, Any]:
    result = run("check", write(name, text), "--format", "json", *options)
    found: dict[str, Any] = json.loads(result.stdout)["documents"][0]
    return found


def rules(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["rule"] for finding in findings]


def bare(findings: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(finding["rule"], finding["message"], finding["fingerprint"]) for finding in findings]


# ---- where a marker may stand -------------------------------------------------------------------------------------------

PLACES = {
    "behind the text of its cell": TEXT.replace(CELL, CELL + MARK),
    "behind a space": TEXT.replace(CELL, f"{CELL} {MARK}"),
    "in front of the text": TEXT.replace(CELL, f"\t{MARK}1000%"),
    "on a line of its own above the cell": TEXT.replace(CELL, f"{MARK}\n{CELL}"),
    "indented on a line of its own": TEXT.replace(CELL, f"  {MARK}\n{CELL}"),
    "in brackets of a Chinese keyboard": TEXT.replace(CELL, f"{CELL}【perfcheck：忽略 spending-plan-over-100 理由：上年结转】"),
    "in English": TEXT.replace(CELL, f"{CELL}[perfcheck: ignore spending-plan-over-100 reason: carried over]"),
    "naming several rules": TEXT.replace(CELL, f"{CELL}[perfcheck:忽略 spending-plan-over-100、plan. 理由：上年结转]"),
    "with approver and expiry": TEXT.replace(CELL, CELL + MARK[:-1] + "，批准：王某，期限：2999-12-31]"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_marker_waives_the_finding_of_its_cell_alone(run: Run, place: str) -> None:
    found = report(run, PLACES[place])
    assert rules(found["accepted"]) == ["spending-plan-over-100"]
    assert found["accepted"][0]["waiver"]["kind"] == "inSource"
    assert rules(found["findings"]) == ["value-over-100"]


def test_on_a_line_above_a_row_it_speaks_of_all_the_row(run: Run) -> None:
    row = "\n\n\t\n\t质量指标"
    marked = TEXT.replace(row, "\n\n[perfcheck:忽略 value-over-100 理由：含上年]\n\t\n\t质量指标", 1)
    assert marked != TEXT
    assert rules(report(run, marked)["accepted"]) == ["value-over-100"]


def test_above_a_paragraph_it_speaks_of_that_paragraph(run: Run) -> None:
    text = form(project(1, title="1.别的经费绩效目标表"))
    title = "1.别的经费绩效目标表"
    marked = text.replace(title, f"[perfcheck:忽略 title-name-mismatch 理由：项目更名]\n{title}")
    assert rules(report(run, text)["findings"]) == rules(report(run, marked)["accepted"]) == ["title-name-mismatch"]


def test_in_another_cell_it_waives_nothing_and_is_told_to_be_unused(run: Run) -> None:
    found = report(run, TEXT.replace("\t75%", "\t75%" + MARK, 1))
    assert found["accepted"] == []
    assert sorted(rules(found["findings"])) == ["spending-plan-over-100", "value-over-100", "waiver-unused"]


def test_a_marker_of_a_rule_that_did_not_run_is_not_unused(run: Run) -> None:
    assert rules(report(run, PLACES["behind a space"], "--ignore", "spending-plan-over-100")["findings"]) == [
        "value-over-100"
    ]


# ---- the form is not disturbed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_without_waivers_the_same_is_found_as_without_the_marker(run: Run, place: str) -> None:
    plain = report(run, TEXT)
    marked = report(run, PLACES[place], "--no-waivers")
    assert marked["accepted"] == [] and bare(marked["findings"]) == bare(plain["findings"])


def shape(text: str) -> list[tuple[str, list[str]]]:
    """Kind and text of every block as they are read."""
    blocks: list[Any] = read_bytes("a.txt", text.encode(), PARSER.is_landmark).blocks
    return [
        (type(block).__name__, [cell.strip() for cell in getattr(block, "cells", None) or [block.text]])
        for block in blocks
    ]


def lines(text: str) -> list[int]:
    blocks: list[Block] = read_bytes("a.txt", text.encode(), PARSER.is_landmark).blocks
    return [block.line for block in blocks]


def test_a_marker_above_any_line_changes_no_block() -> None:
    before, blocks, starts = TEXT.split("\n"), shape(TEXT), lines(TEXT)
    for at in range(len(before)):
        text = "\n".join([*before[:at], MARK, *before[at:]])
        assert shape(text) == blocks, at
        assert lines(text) == [line + (line > at) for line in starts], at


def test_a_marker_behind_any_line_that_is_not_blank_changes_no_block() -> None:
    before, blocks, starts = TEXT.split("\n"), shape(TEXT), lines(TEXT)
    for at, line in enumerate(before):
        if line:
            text = "\n".join([*before[:at], line + MARK, *before[at + 1 :]])
            assert shape(text) == blocks, at
            assert lines(text) == starts, at


# ---- what a marker says ---------------------------------------------------------------------------------------------------

WRONG = {
    "[perfcheck:忽略 spending-plan-over-100]": ("waiver-malformed", "没有写理由"),
    "[perfcheck:忽略 spending-plan-over-100 理由：]": ("waiver-malformed", "没有写理由"),
    "[perfcheck:忽略 理由：上年结转]": ("waiver-malformed", "没有写规则"),
    "[perfcheck:忽略 spending-plan-over-10 理由：甲]": ("waiver-malformed", "是不是“spending-plan-over-100”"),
    "[perfcheck:忽略 spending-plan-over-100 理由：甲 理由：乙]": ("waiver-malformed", "写了两次"),
    "[perfcheck:忽略 spending-plan-over-100 理由：甲 期限：明年]": ("waiver-malformed", "不是日期"),
    "[perfcheck:忽路 spending-plan-over-100 理由：甲]": ("waiver-malformed", "看不懂"),
    "[perfcheck spending-plan-over-100]": ("waiver-malformed", "看不懂"),
    "[perfcheck:忽略 spending-plan-over-100 理由：忘了收口": ("", ""),
    "[perfcheck:忽略 spending-plan-over-100 理由：甲 期限：2020-12-31]": ("waiver-expired", "已经过期"),
}


@pytest.mark.parametrize("words", WRONG)
def test_a_marker_that_is_not_plain_or_has_expired_waives_nothing_and_is_told(run: Run, words: str) -> None:
    rule, sentence = WRONG[words]
    found = report(run, TEXT.replace(CELL, CELL + words))
    if not rule:  # an open bracket ends with its line
        assert rules(found["accepted"]) == ["spending-plan-over-100"]
        return
    assert found["accepted"] == [] and "spending-plan-over-100" in rules(found["findings"])
    (told,) = (finding for finding in found["findings"] if finding["rule"].startswith("waiver-"))
    assert told["rule"] == rule and sentence in told["message"]
    assert told["span"]["line"] == next(at for at, line in enumerate(TEXT.split("\n"), 1) if line == CELL)


def test_brackets_that_are_no_markers_stay(run: Run) -> None:
    text = form(project(1, goals="1.全年维护12处[含perfcheck三处]，方便群众。"))
    assert "[含perfcheck三处]" in json.dumps(shape(text), ensure_ascii=False)


# ---- other kinds of files -------------------------------------------------------------------------------------------------


def with_comment(words: str, *, cell: str = "1000%") -> bytes:
    """The Word file of TEXT with a comment on a cell."""
    document = pytest.importorskip("docx").Document(io.BytesIO(docx(TEXT)))
    for table in document.tables:
        for row in table.rows:
            for each in row.cells:
                if each.text == cell:
                    document.add_comment(each.paragraphs[0].runs[0], text=words, author="王某", initials="w")
                    stream = io.BytesIO()
                    document.save(stream)
                    return stream.getvalue()
    raise LookupError(cell)


@pytest.mark.parametrize("words", [MARK, MARK[1:-1], MARK.replace("[", "【").replace("]", "】")])
def test_a_comment_in_word_waives_the_finding_of_its_cell(run: Run, words: str) -> None:
    found = report(run, with_comment(words), name="a.docx")
    assert rules(found["accepted"]) == ["spending-plan-over-100"] and rules(found["findings"]) == ["value-over-100"]
    plain = report(run, docx(TEXT), name="b.docx")
    assert bare(report(run, with_comment(words), "--no-waivers", name="a.docx")["findings"]) == bare(plain["findings"])


def test_other_comments_in_word_waive_nothing(run: Run) -> None:
    found = report(run, with_comment("请核对，perfcheck:忽略 spending-plan-over-100 理由：甲"), name="a.docx")
    assert found["accepted"] == [] and len(found["findings"]) == 2


def test_a_comment_on_another_cell_is_told_to_be_unused(run: Run) -> None:
    found = report(run, with_comment(MARK, cell="75%"), name="a.docx")
    assert "waiver-unused" in rules(found["findings"]) and found["accepted"] == []


def marked(kind: str) -> bytes:
    """The file of TEXT with a marker in its cell, put in behind the back of our own reader."""
    stream = io.BytesIO()
    if kind == "html":
        return formats.html(TEXT).replace(b"1000%", f"1000%{MARK}".encode())
    if kind == "xlsx":
        book = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(formats.xlsx(TEXT)))
        for row in book.active.iter_rows():
            for cell in row:
                if cell.value == "1000%":
                    cell.value = f"1000%{MARK}"
        book.save(stream)
        return stream.getvalue()
    document = pytest.importorskip("docx").Document(io.BytesIO(docx(TEXT)))
    for run in (
        run for table in document.tables for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs
    ):
        run.text = run.text.replace("1000%", f"1000%{MARK}") if MARK not in run.text else run.text
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_a_marker_in_the_text_holds_in_other_kinds_of_files(run: Run, kind: str) -> None:
    found = report(run, marked(kind), name=f"a.{kind}")
    assert rules(found["accepted"]) == ["spending-plan-over-100"] and rules(found["findings"]) == ["value-over-100"]
    assert len(report(run, marked(kind), "--no-waivers", name=f"a.{kind}")["findings"]) == 2


def test_markers_come_back_from_the_cache_and_from_other_processes(run: Run) -> None:
    for number in range(4):
        write(f"文/{number}.txt", PLACES["behind a space"])
    arguments = ("check", "文", "--format", "json", "--select", "spending-plan-over-100")
    plain = run(*arguments).stdout
    assert len(re.findall("inSource", plain)) == 4
    assert run(*arguments, "--jobs", "2").stdout == plain
    assert [run(*arguments, "--cache-dir", "c").stdout for _ in range(2)] == [plain, plain]


def test_a_quiet_list_says_in_one_line_how_much_markers_waive(run: Run) -> None:
    waived = TEXT.replace(CELL, CELL + MARK)
    without = run("check", write("b.txt", form(project(1, table=TABLE), project(2))), "-q").stdout
    said = run("check", write("a.txt", waived), "-q").stdout
    assert said.replace("a.txt", "b.txt").startswith(without)
    assert said.splitlines()[-1] == "文本里的标记豁免了 1 处，没有列出（--no-waivers 列出）。"
    assert "豁免" not in without
    clean = form(project(1, plan=("25%", "50%", "75%", "1000%"))).replace(CELL, CELL + MARK)
    assert len(run("check", write("c.txt", clean), "-q").stdout.splitlines()) == 1
    assert "豁免" not in run("check", "c.txt", "-q", "--format", "markdown", "--no-waivers").stdout
