"""Workbooks: the same rows as from text, numbers as they are shown, hidden parts left out, safe to open."""

from __future__ import annotations

import contextlib
import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.errors import UnreadableSourceError
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.reading.number_formats import number_format, plain
from perfcheck.source import Paragraph, Row, SourceText
from tests.conftest import CORPUS
from tests.formats import SOFFICE, blocks_of, converted, needs_libreoffice, xlsx
from tests.forms import form, project

pytest.importorskip("python_calamine", reason="the extra xlsx is not installed")

PARSER = DocumentParser()
THREE = form(project(1), project(2, goals="1.一件事。\n2.两件事。"), project(3))


def read(data: bytes, path: str = "文本.xlsx") -> SourceText:
    return read_bytes(path, data, PARSER.is_landmark)


def contents(blocks: list[Paragraph | Row]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [each.strip() for each in block.cells] for block in blocks]


def rows(source: SourceText) -> list[list[str]]:
    return [block.cells for block in source.blocks if isinstance(block, Row)]


def book(write: Callable[[Any, Any], None]) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    write(workbook, workbook.add_worksheet("表一"))
    workbook.close()
    return stream.getvalue()


@pytest.mark.parametrize("sheet_each", [False, True], ids=["one sheet", "a sheet for each table"])
def test_a_workbook_has_the_rows_of_the_text_it_was_made_from(sheet_each: bool) -> None:
    assert contents(read(xlsx(THREE, sheet_each=sheet_each)).blocks) == contents(blocks_of(THREE))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_the_real_documents_come_out_of_a_workbook_as_they_went_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert contents(read(xlsx(text)).blocks) == contents(blocks_of(text))


@needs_libreoffice
@pytest.mark.parametrize("name", ["文本.xls", "文本.et", "文本.txt"])
def test_an_old_workbook_has_them_too_whatever_its_name(name: str) -> None:
    assert contents(read(converted(xlsx(THREE), "xlsx", "xls"), name).blocks) == contents(blocks_of(THREE))


@pytest.mark.parametrize("options", [{"merged": False}, {"numbers": True}, {"merged": False, "numbers": True}])
def test_without_merged_cells_and_with_numbers_the_projects_are_the_same(options: dict[str, bool]) -> None:
    def projects(source: SourceText) -> list[object]:
        return [
            (
                each.name,
                each.code,
                each.funding.total.number,
                [(row.name, row.target.number, row.basis) for row in each.indicators],
            )
            for each in PARSER.parse(source).projects
        ]

    wanted = projects(read_bytes("a.txt", THREE.encode(), PARSER.is_landmark))
    assert projects(read(xlsx(THREE, **options))) == wanted


def test_numbers_are_written_as_they_are_shown_and_exactly() -> None:
    shapes = {"0%": 0.95, "0.00": 8, "General": 0.1, "0.0%": 0.125, '0"个"': 12, "#,##0.00": 1234567.891, "0": 3.0}

    def write(workbook: Any, sheet: Any) -> None:
        for column, (code, value) in enumerate(shapes.items()):
            sheet.write_number(0, column, value, workbook.add_format({"num_format": code}))
        sheet.write_datetime(0, len(shapes), datetime.date(2023, 11, 30), workbook.add_format({"num_format": 14}))
        sheet.write_boolean(0, len(shapes) + 1, True)

    data = book(write)
    shown = [["95%", "8.00", "0.1", "12.5%", "12个", "1234567.891", "3", "2023年11月30日", "TRUE"]]
    assert rows(read(data)) == shown
    if SOFFICE is not None:
        assert rows(read(converted(data, "xlsx", "xls"))) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [("0.00%", "950.00%"), ("0", "9.5"), ('"约"0', "约9.5"), ("0.00_);(0.00)", "9.50"), ("[红]0.0", "9.5"), ("@", "9.5"),
     ('0"元;整"', "9.5元;整"), ("0万元", "9.5万元")],
)  # fmt: skip
def test_what_a_format_makes_of_a_number(code: str, shown: str) -> None:
    from decimal import Decimal

    assert number_format(code).write(Decimal("9.5")) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_no_digit_is_lost(number: Any) -> None:
    from decimal import Decimal

    assert Decimal(plain(number)) == number and "E" not in plain(number)


def test_merged_ranges_are_one_cell_and_blank_below() -> None:
    def write(workbook: Any, sheet: Any) -> None:
        sheet.merge_range("A1:F1", "某表")
        sheet.merge_range("A2:A3", "产出指标")
        sheet.write("B2", "数量"), sheet.write("C2", "甲")
        sheet.write("B3", "质量"), sheet.write("C3", "乙")
        sheet.merge_range("A4:B4", "宽"), sheet.write("C4", "丙")

    source = read(book(write))
    assert contents(source.blocks) == [
        "某表",
        ["产出指标", "数量", "甲", "", "", ""],
        ["", "质量", "乙", "", "", ""],
        ["宽", "丙", "", "", ""],
    ]


def test_every_cell_knows_its_sheet_and_address() -> None:
    source = read(book(lambda workbook, sheet: (sheet.write("A2", "题"), sheet.write_row("B4", ["甲", "乙"]))))
    title, row = source.blocks
    assert title.origin[1:] == ("表一", None, 2, 1, None)  # type: ignore[union-attr]
    assert [(each.sheet, each.row, each.cell) for each in row.origins] == [
        ("表一", 4, 1),
        ("表一", 4, 2),
        ("表一", 4, 3),
    ]  # type: ignore[union-attr]


def test_hidden_sheets_rows_and_columns_are_left_out_and_the_user_is_told() -> None:
    def write(workbook: Any, sheet: Any) -> None:
        for row in range(3):
            sheet.write_row(row, 0, [f"{row}甲", f"{row}乙", f"{row}丙"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        other = workbook.add_worksheet("字典")
        other.write("A1", "下拉选项")
        other.hide()

    data = book(write)
    for each in (data, converted(data, "xlsx", "xls")) if SOFFICE is not None else (data,):
        source = read(each)
        assert rows(source) == [["0甲", "0丙"], ["2甲", "2丙"]]
        assert "隐藏" in source.remarks[0].zh


def far_cell() -> bytes:
    return book(lambda workbook, sheet: (sheet.write("A1", "近"), sheet.write("XFD1048576", "远")))


def only(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (xlsx(THREE)[:3000], "损坏"),
        (far_cell(), "大得不正常"),
        (book(lambda workbook, sheet: None), "空的"),
        (only(**{"xl/workbook.xml": "x" * 40_000_000}), "大得不正常"),
        (only(**{"xl/workbook.xml": "<a>"}), "损坏"),
        (b"\xd0\xcf\x11\xe0" + "Workbook\0".encode("utf-16-le") + b"x" * 600, "损坏"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
    ids=["cut", "a far cell", "no text", "a bomb", "not closed", "an old one cut", "a password"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read(data)
    assert said in str(caught.value) and caught.value.en


WHOLE = xlsx(form(project(1)))


@given(st.data())
def test_damaged_files_are_read_or_refused_but_never_crash(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableSourceError):
        read(bytes(whole))
