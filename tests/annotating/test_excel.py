"""Comments in workbooks: on the right cell, replaced by a second run, those of people kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from perfcheck import api
from perfcheck.api import annotated
from perfcheck.config import Settings
from perfcheck.engine import Judgement
from tests.formats import xlsx
from tests.forms import INDICATORS, form, project

pytest.importorskip("python_calamine", reason="python-calamine is not installed (extra xlsx)")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (extra report)")

BAD = [INDICATORS[0], ("", "质量指标", "养护合格率", "合格的比例", "≥16全镇16个村全部合格", ""), *INDICATORS[2:]]
FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2, table=BAD))


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[bytes], Judgement]:
    def checked(data: bytes) -> Judgement:
        (tmp_path / "a.xlsx").write_bytes(data)
        return api.check(Settings((str(tmp_path / "a.xlsx"),))).judgements[0]

    return checked


def comments(data: bytes) -> dict[tuple[str, str], tuple[Any, str]]:
    book = openpyxl.load_workbook(BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.comment.text)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_every_finding_is_said_on_its_cell(checked: Callable[[bytes], Judgement]) -> None:
    data = xlsx(FLAWED)
    judgement = checked(data)
    found = comments(annotated(judgement, data, "zh"))
    assert len(judgement.findings) >= 5
    for finding in judgement.findings:
        ((value, _),) = (each for each in found.values() if finding.message in each[1] and finding.rule.id in each[1])
        assert (value or "") == finding.location.text or str(value) in finding.location.text


def test_a_second_run_says_it_once_and_leaves_what_people_wrote(checked: Callable[[bytes], Judgement]) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx(FLAWED)))
    first = checked(xlsx(FLAWED)).findings[0].location.place.origin
    assert first is not None
    sheet = book[first.sheet]
    for cell in (sheet.cell(first.row, first.cell), sheet["A1"]):
        cell.comment = openpyxl.comments.Comment("请再核对", "王会计")
    stream = BytesIO()
    book.save(stream)
    data = stream.getvalue()
    once = annotated(checked(data), data, "zh")
    twice = annotated(checked(once), once, "zh")
    assert comments(once) == comments(twice)
    assert sum("请再核对" in text for _, text in comments(twice).values()) == 2
    bare = annotated(checked(data)._replace(findings=()), twice, "zh")
    assert [text for _, text in comments(bare).values()] == ["请再核对", "请再核对"]


def test_numbers_formats_formulas_words_in_colour_and_macros_stay_as_they_were(
    checked: Callable[[bytes], Judgement], tmp_path: Path
) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx(FLAWED, numbers=True))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = (
        parts["[Content_Types].xml"]
        .replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
        .replace(b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>',
    )
    parts["xl/vbaProject.bin"] = b"macro"
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    data = stream.getvalue()
    made = annotated(checked(data), data, "zh")
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert file.read("xl/vbaProject.bin") == b"macro"
    old, new = (openpyxl.load_workbook(BytesIO(each), rich_text=True) for each in (data, made))
    numbers = 0
    for sheet in old.worksheets:
        assert new[sheet.title].merged_cells.ranges == sheet.merged_cells.ranges
        for row in sheet.iter_rows():
            for cell in row:
                other = new[sheet.title][cell.coordinate]
                assert (other.value, other.number_format, repr(other.font), repr(other.border)) == (
                    cell.value, cell.number_format, repr(cell.font), repr(cell.border),
                )  # fmt: skip
                numbers += isinstance(cell.value, (int, float))
    assert numbers > 10
