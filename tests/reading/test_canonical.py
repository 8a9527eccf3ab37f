"""The extracted layout as paragraphs and rows, every cell on its own line and column."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.model.document import Document
from perfcheck.model.places import locate
from perfcheck.reading import read_bytes
from perfcheck.reading.canonical import lay_out
from perfcheck.source import Paragraph, Row, SourceText
from tests.forms import form, line_of, project

LANDMARKS = ("第一部分", "第二部分", "1.甲绩效目标表", "一、总体绩效目标")


def is_landmark(line: str) -> bool:
    return line.strip() in LANDMARKS


def source(text: str) -> SourceText:
    return read_bytes("a.txt", text.encode(), is_landmark)


def laid_out(text: str) -> list[Any]:
    """Rows as lists of cells, paragraphs as their text."""
    blocks, _ = lay_out(text, is_landmark)
    return [block.cells if isinstance(block, Row) else block.text for block in blocks]


def test_a_blank_line_then_a_tab_starts_a_row() -> None:
    assert laid_out("\t甲\n\t乙\n\n\t丙\n\t丁\n") == [["甲", "乙"], ["丙", "丁"]]


def test_without_a_blank_line_a_tab_is_the_next_cell() -> None:
    assert laid_out("\t甲\n\t乙\n\t丙\n") == [["甲", "乙", "丙"]]


def test_a_blank_line_then_plain_text_stays_in_the_cell() -> None:
    assert laid_out("\t甲\n\t某发〔2022〕3号\n\n《某县养护办法》\n\n\t丙\n") == [
        ["甲", "某发〔2022〕3号\n\n《某县养护办法》"],
        ["丙"],
    ]


def test_plain_text_right_below_a_cell_is_its_next_line() -> None:
    assert laid_out("\t绩效目标\n\t1.甲\n2.乙\n\n\t丙\n") == [["绩效目标", "1.甲\n2.乙"], ["丙"]]


@pytest.mark.parametrize("blanks", [0, 1, 2, 5])
@pytest.mark.parametrize("landmark", LANDMARKS)
def test_a_heading_or_title_never_belongs_to_a_cell(landmark: str, blanks: int) -> None:
    assert laid_out("\t甲\n" + "\n" * blanks + landmark + "\n\t乙\n") == [["甲"], landmark, ["乙"]]


@pytest.mark.parametrize("blanks", [1, 3])
def test_a_line_with_a_bookmark_behind_a_blank_line_never_belongs_to_a_cell(blanks: int) -> None:
    assert laid_out("\t甲\n" + "\n" * blanks + "[bookmark: _Toc1]某一行\n\n\t乙\n") == [["甲"], "某一行", ["乙"]]


def test_a_bookmark_in_the_next_line_of_a_cell_leaves_it_whole() -> None:
    assert laid_out("\t1.甲\n[bookmark: _GoBack]2.乙\n\t丙\n") == [["1.甲\n" + " " * 19 + "2.乙", "丙"]]


@pytest.mark.parametrize("number", ["1", "— 3 —", "-12-", "第 2 页", "第2页 共9页", "第 2 页/共 9 页"])
def test_a_page_number_behind_a_blank_line_is_set_aside(number: str) -> None:
    found = source(f"\t甲\n\n{number}\n\n\t乙\n")
    assert [block.cells for block in found.blocks if isinstance(block, Row)] == [["甲"], ["乙"]]
    assert len(found.blocks) == 2
    assert [(item.kind, item.text, item.line) for item in found.residue] == [("page number", number, 3)]


def test_a_number_right_below_a_cell_is_content() -> None:
    assert laid_out("\t共计\n12\n\t乙\n") == [["共计\n12", "乙"]]


def test_several_blank_lines_within_a_cell_are_kept_when_a_cell_follows() -> None:
    assert laid_out("\t甲\n\n\n续\n\t乙\n") == [["甲\n\n\n续", "乙"]]


def test_text_after_blank_lines_that_no_row_follows_stands_between_the_tables() -> None:
    assert laid_out("\t甲\n\n\n说明文字\n\n第二部分\n") == [["甲"], "说明文字", "第二部分"]
    assert laid_out("\t甲\n\n\n说明文字\n") == [["甲"], "说明文字"]


def test_a_lone_tab_is_a_blank_cell_and_spaces_are_kept() -> None:
    assert laid_out("\t\n\t \n\t甲 \n") == [["", " ", "甲 "]]


def test_lines_of_spaces_part_rows_as_blank_lines_do() -> None:
    assert laid_out("\t甲\n \n\t乙\n\u3000\n\t丙\n") == [["甲"], ["乙"], ["丙"]]


def test_a_cell_may_contain_tabs() -> None:
    assert laid_out("\t甲\t乙\n\t丙\n") == [["甲\t乙", "丙"]]


def test_blank_lines_at_both_ends_change_nothing_but_line_numbers() -> None:
    blocks, _ = lay_out("\n\n\t甲\n\n\t乙\n\n\n", is_landmark)
    assert [(block.line, block.cells) for block in blocks if isinstance(block, Row)] == [(3, ["甲"]), (5, ["乙"])]


def test_a_paragraph_keeps_the_column_where_its_text_begins() -> None:
    found = source("  第一部分\n[bookmark: _Toc1]   乙\n\u3000丙\n")
    assert [(block.text, block.line, block.column) for block in found.blocks if isinstance(block, Paragraph)] == [
        ("第一部分", 1, 3), ("乙", 2, 21), ("丙", 3, 2)
    ]  # fmt: skip


# ---- properties ---------------------------------------------------------------------------------------------------

LINE = st.text(alphabet="甲乙丙丁,.0123% \u3000≥①🙂𠮷", min_size=0, max_size=8)
FILLED = LINE.filter(lambda text: text.strip() != "" and not text.strip().isdigit())
CELL = st.one_of(
    LINE,
    st.lists(FILLED, min_size=2, max_size=3).map("\n".join),
    st.tuples(FILLED, FILLED).map("\n\n".join),
)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=6)


@given(TABLE)
def test_random_rows_of_random_cells_read_back_with_their_lines(table: list[list[str]]) -> None:
    text, expected, line = "", [], 1
    for cells in table:
        starts = []
        for cell in cells:
            starts.append(line)
            text += "\t" + cell + "\n"
            line += cell.count("\n") + 1
        text += "\n"
        line += 1
        expected.append((cells, starts))
    blocks, residue = lay_out(text, is_landmark)
    found = [
        (block.cells, [block.cell_line(index) for index in range(len(block.cells))])
        for block in blocks
        if isinstance(block, Row)
    ]
    assert found == expected
    assert len(found) == len(blocks)
    assert residue == []
    lines = text.split("\n")
    for cells, starts in found:
        for cell, start in zip(cells, starts):
            assert lines[start - 1 : start + cell.count("\n")] == ("\t" + cell).split("\n")


@given(st.text(alphabet="\t\n 甲乙[]bookmark: 1绩效目标表第一部分\\f C", max_size=60))
def test_no_layout_of_lines_makes_the_reader_stumble_or_lose_text(text: str) -> None:
    blocks, residue = lay_out(text, is_landmark)
    kept = [text for block in blocks for text in (block.cells if isinstance(block, Row) else [block.text])]
    everything = "".join("".join([*kept, *(item.text for item in residue)]).split())
    assert sorted(everything) == sorted("".join(text.split()))
    lines = [block.line for block in blocks]
    assert lines == sorted(lines)


# ---- the place of a finding in the file -----------------------------------------------------------------------------


def spanned(document: Document, location: Any) -> str:
    """The text of the file that a location's span covers."""
    span = location.place.span
    lines = document.source.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def test_every_located_cell_spans_exactly_its_text(read: Any) -> None:
    text = form(
        project(
            1,
            usage=("", "  用于维护。\n\n含材料费。 "),
            table=[("产出指标", " 数量指标", "里程\n（公里）", "\n描述", "≥12公里 ", " ")],
        )
    )
    document = read(text)
    table = document.projects[0]
    for field in ("code", "name", "total", "fiscal", "usage", "goals"):
        location = locate(document, table, field)
        assert spanned(document, location) == location.text
        assert location.text
    for field in ("category", "subcategory", "name", "description", "target"):
        location = locate(document, table.indicators[0], field)
        assert spanned(document, location) == location.text
        assert location.text
    blank = locate(document, table.indicators[0], "basis").place.span
    assert (blank.line, blank.column) == (line_of(text, "≥12公里") + 1, 1)


def test_a_bookmark_inside_a_cell_does_not_move_the_column(read: Any) -> None:
    document = read(form(project(1, goals="[bookmark: _Toc9]1.全年维护到位。")))
    location = locate(document, document.projects[0], "goals")
    assert location.text == "1.全年维护到位。"
    assert spanned(document, location) == location.text
