"""Pages: spans, what HTML leaves unsaid, what is not shown, and pages under the names of other kinds."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.errors import UnreadableSourceError
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.source import Paragraph, Row, SourceText
from tests.conftest import CORPUS
from tests.formats import blocks_of, converted, html, needs_libreoffice
from tests.forms import form, project
from tests.office import docx

PARSER = DocumentParser()
THREE = form(project(1), project(2, goals="1.一件事。\n2.两件事。"), project(3))


def read(data: bytes | str, path: str = "文本.html") -> SourceText:
    return read_bytes(path, data.encode() if isinstance(data, str) else data, PARSER.is_landmark)


def contents(blocks: list[Paragraph | Row]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [each.strip() for each in block.cells] for block in blocks]


def body(inner: str) -> list[object]:
    return contents(read(f"<html><body>{inner}").blocks)


@pytest.mark.parametrize(
    "options", [{}, {"merged": False}, {"encoding": "gb2312"}, {"encoding": "gbk"}, {"closed": False}], ids=str
)
def test_a_page_has_the_rows_of_the_text_it_was_made_from(options: dict[str, object]) -> None:
    assert contents(read(html(THREE, **options)).blocks) == contents(blocks_of(THREE))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_the_real_documents_come_out_of_a_page_as_they_went_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert contents(read(html(text)).blocks) == contents(blocks_of(text))


@needs_libreoffice
def test_a_page_saved_by_an_office_program_has_them_too() -> None:
    page = converted(docx(THREE), "docx", "html")
    assert contents(read(page, "文本.doc").blocks) == contents(blocks_of(THREE))


@pytest.mark.parametrize("name", ["文本.html", "文本.xls", "文本.doc", "文本.txt"])
@pytest.mark.parametrize(
    "head", ["<!DOCTYPE html><html>", "\ufeff  <html xmlns:x='urn:a'>", "<?xml version='1.0'?>\n<!-- a -->\n<table>"]
)
def test_a_page_is_one_whatever_its_name(name: str, head: str) -> None:
    assert contents(read(head + "<table><tr><td>甲<td>乙</table>", name).blocks) == [["甲", "乙"]]


def test_spans_down_and_across() -> None:
    made = body(
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td rowspan=2>丁<tr><td colspan=2>戊</table>"
        "<table><tr><td rowspan=0>己<td>庚<tr><td>辛</table>"
    )
    assert made == [["甲", "乙"], ["", "丙", "丁"], ["戊", ""], ["己", "庚"], ["", "辛"]]


def test_lines_of_a_cell_are_its_paragraphs_and_breaks() -> None:
    assert body("<table><tr><td><p>甲</p><p>&nbsp;</p><p>乙<br>丙<br></p></table>") == [["甲\n\n乙\n丙"]]


def test_line_ends_of_the_file_are_no_line_ends_of_the_page() -> None:
    assert body("<p>村道\n  养护\nof  roads\n经费") == ["村道养护of roads 经费"] or body("<p>村道\n养护\n经费") == [
        "村道养护经费"
    ]


def test_what_is_not_shown_is_not_read() -> None:
    assert body(
        "<script>var a='<p>';</script><style>p{}</style><div hidden>一<div>二</div></div><p style='display: none'>三<p>四"
        "<!-- 五 --><table><tr><td>六<td style='DISPLAY:none'>七<td>八</table>"
    ) == ["四", ["六", "八"]]


def test_deleted_text_is_not_read_and_the_user_is_told() -> None:
    source = read("<html><p>一<del>二</del><ins>三</ins>")
    assert contents(source.blocks) == ["一三"] and "删除" in source.remarks[0].zh


def test_numbered_lists_have_their_numbers() -> None:
    assert body("<ol><li>甲<li>乙</ol><ul><li>丙</ul><ol start=3 type=a><li>丁</ol>") == ["1.甲", "2.乙", "丙", "c.丁"]


def test_tables_that_arrange_the_page_vanish_and_tables_in_cells_follow() -> None:
    inner = "<table><tr><td>内<td>里</table>"
    assert body(f"<table><tr><td><p>题</p>{inner}<p>尾</p></table>") == ["题", ["内", "里"], "尾"]
    assert body(f"<table><tr><td>外{inner}<td>旁</table>") == [["外", "旁"], ["内", "里"]]


def test_a_page_that_is_one_large_table_is_read_as_a_sheet() -> None:
    made = body(
        "<table><tr><td>1.甲经费绩效目标表<td><td><tr><td>项目编码<td>A<td>名称<tr><td rowspan=2>乙<td colspan=2>丙<tr><td>丁<td>"
        "<tr><td>&nbsp;<td><td><tr><td colspan=3>2.戊经费绩效目标表<tr><td>己<td>庚<td></table>"
    )
    assert made == [
        "1.甲经费绩效目标表", ["项目编码", "A", "名称"], ["乙", "丙"], ["", "丁", ""], "2.戊经费绩效目标表", ["己", "庚"],
    ]  # fmt: skip


def test_fields_of_a_page_count_with_what_was_typed_into_them() -> None:
    assert body(
        "<table><tr><td><input value='8.00'><td><input type=hidden value=x><textarea>说明</textarea></table>"
    ) == [["8.00", "说明"]]


def test_every_cell_knows_its_table_row_and_cell() -> None:
    title, row = read("<html><p>题<table><tr><td>甲<td>乙</table>").blocks
    assert title.origin.paragraph == 1  # type: ignore[union-attr]
    assert [(each.table, each.row, each.cell) for each in row.origins] == [(1, 1, 1), (1, 1, 2)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b"<html><body></body></html>", "空的"),
        (b"<html><p>a\0", "NUL"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "mht"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>", "XML"),
    ],
    ids=["no bytes", "no text", "nul", "an archive", "a sheet in xml"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read(data)
    assert said in str(caught.value) and caught.value.en


@pytest.mark.parametrize(
    "piece",
    [
        "<table><tr><td>",
        "<td rowspan=9 colspan=9>",
        "<!--",
        "<!",
        "<a ",
        "&#",
        "</",
        "<![",
        "<?",
        "<p>",
        "<td rowspan=65534>",
        "<script>",
        "<textarea>",
    ],
)
def test_hostile_pages_take_no_time(piece: str) -> None:
    begun = time.process_time()
    for end in ("", ">", "乙</td>"):
        with contextlib.suppress(UnreadableSourceError):
            read("<html>甲" + piece * 20_000 + end)
    assert time.process_time() - begun < 5


MARKUP = st.lists(
    st.sampled_from(
        [
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "<td rowspan=2>",
            "</td>",
            "<p>",
            "</p>",
            "<br>",
            "甲",
            "乙",
            "<ol>",
            "<li>",
            "</ol>",
            "<del>",
            "</del>",
            "&nbsp;",
        ]
    ),
    max_size=40,
)


@given(MARKUP)
def test_no_character_that_is_shown_is_lost(pieces: list[str]) -> None:
    wanted, deep = 0, 0
    for piece in pieces:
        deep = max(deep + (piece == "<del>") - (piece == "</del>"), 0)
        wanted += piece in "甲乙" and not deep
    try:
        source = read("<html>" + "".join(pieces))
    except UnreadableSourceError:
        assert not wanted
        return
    if "<del>" not in pieces:
        assert sum(source.text.count(letter) for letter in "甲乙") == wanted
