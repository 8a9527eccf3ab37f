"""What extraction left behind is set aside, recorded and never reported."""

from __future__ import annotations

from typing import Any

import pytest

from perfcheck.reading.residue import has_bookmark, is_page_number, strip_residue
from perfcheck.source import Residue
from tests.forms import form, line_of, project


@pytest.mark.parametrize(
    ("line", "kept", "kinds"),
    [
        ("[bookmark: _Toc34]一、总体绩效目标", "一、总体绩效目标", ["bookmark"]),
        ("一、[bookmark: _Toc34]总体[bookmark: a]绩效目标", "一、总体绩效目标", ["bookmark", "bookmark"]),
        ("一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 ", "一、总体绩效目标", ["field"]),
        ("1、甲绩效目标表 TC 1、甲绩效目标表 \\f C \\l 1", "1、甲绩效目标表", ["field"]),
        ("1、甲绩效目标表 TC 1、甲绩效目标表 \\l 1", "1、甲绩效目标表", ["field"]),
        ("[bookmark: x]1.甲绩效目标表 TC 甲 \\f C \\l 1 ", "1.甲绩效目标表", ["bookmark", "field"]),
        ("购置 TC 型设备", "购置 TC 型设备", []),
        ("路径 C:\\data", "路径 C:\\data", []),
        ("〔2022〕3号 [附件]", "〔2022〕3号 [附件]", []),
    ],
)
def test_bookmarks_and_fields_are_taken_out_and_noted(line: str, kept: str, kinds: list[str]) -> None:
    found: list[Residue] = []
    assert strip_residue(line, 7, found) == kept
    assert [item.kind for item in found] == kinds
    assert {item.line for item in found} <= {7}


@pytest.mark.parametrize("line", ["1", " 12 ", "-1-", "— 3 —", "第3页", "第 3 页 共 9 页", "第3页，共9页", "1234"])
def test_a_page_number_is_known(line: str) -> None:
    assert is_page_number(line)


@pytest.mark.parametrize("line", ["12345", "1.", "2023年", "3个", "（1）", "", "8.00", "第3页是附件"])
def test_what_only_looks_like_a_page_number_is_text(line: str) -> None:
    assert not is_page_number(line)


def test_a_bookmark_counts_only_at_the_start_of_a_line() -> None:
    assert has_bookmark("  [bookmark: _Toc1]甲")
    assert not has_bookmark("甲[bookmark: _Toc1]")


def test_a_document_full_of_residue_has_nothing_to_report(check: Any, read: Any) -> None:
    text = form(
        "[bookmark: _Toc4_4]"
        + project(1).replace("绩效目标表\n", "绩效目标表 TC 1、村道养护经费绩效目标表 \\f C \\l 1 \n"),
        project(2),
    )
    text = (
        text.replace("一、总体绩效目标", "[bookmark: _Toc2_1]一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 ", 1)
        + "\n\n— 2 —\n"
    )
    assert check(text) == []
    residue = read(text).source.residue
    assert [item.kind for item in residue] == ["bookmark", "field", "bookmark", "field", "page number"]
    assert [item.line for item in residue if item.kind == "page number"] == [line_of(text, "— 2 —")]
