"""Annotated files opened by LibreOffice: it takes them, and prints the comments it found into a PDF."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from perfcheck import api
from perfcheck.config import Settings
from tests.conftest import CORPUS
from tests.formats import converted, needs_libreoffice, page_docx, xlsx
from tests.forms import form, project
from tests.office import Traps, docx

pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed (extra report)")

pytestmark = [pytest.mark.integration, needs_libreoffice]

WITH_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
TEXTS = [
    pytest.param(docx(form(project(1, plan=("50%", "45%", "", "80%")), project(2)), Traps(changes=True)), id="changes"),
    *(pytest.param(page_docx(path.read_text(encoding="utf-8")), id=path.name[:3]) for path in CORPUS[:2]),
]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("data", TEXTS)
def test_every_comment_arrives_in_a_pdf_made_from_the_annotated_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    (judgement,) = api.check(Settings((str(path),))).judgements
    printed = converted(api.annotated(judgement, data, "zh"), "docx", WITH_NOTES)
    notes = Counter(
        squeezed(str(note.get_object().get("/Contents", "")))
        for page in pypdf.PdfReader(BytesIO(printed)).pages
        for note in page.get("/Annots", ())
        if note.get_object()["/Subtype"] == "/Text"
    )
    wanted = Counter(squeezed(f"{finding.message} [{finding.rule.id}]") for finding in judgement.findings)
    assert sum(notes.values()) == len(judgement.findings) >= 3
    for words, times in wanted.items():
        assert sum(count for note, count in notes.items() if words in note) >= times, words


@pytest.mark.parametrize("data", TEXTS[:1])
def test_the_annotated_file_comes_through_libreoffice_with_its_comments_and_is_read_the_same(
    data: bytes, tmp_path: Path
) -> None:
    from docx import Document

    path = tmp_path / "a.docx"
    path.write_bytes(data)
    (judgement,) = api.check(Settings((str(path),))).judgements
    again = converted(api.annotated(judgement, data, "zh"), "docx", "docx:MS Word 2007 XML")
    authors = [comment.author for comment in Document(BytesIO(again)).comments]
    assert authors.count("perfcheck") == len(judgement.findings)
    path.write_bytes(again)
    (second,) = api.check(Settings((str(path),))).judgements
    assert [(each.rule.id, each.location.steps) for each in second.findings] == [
        (each.rule.id, each.location.steps) for each in judgement.findings
    ]


def test_comments_in_a_workbook_come_through_libreoffice(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (extra report)")
    pytest.importorskip("python_calamine", reason="python-calamine is not installed (extra xlsx)")
    data = xlsx(form(project(1, plan=("50%", "45%", "", "80%")), project(2)))
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    (judgement,) = api.check(Settings((str(path),))).judgements
    again = converted(api.annotated(judgement, data, "zh"), "xlsx", "xlsx:Calc MS Excel 2007 XML")
    said = "".join(
        cell.comment.text
        for sheet in openpyxl.load_workbook(BytesIO(again))
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    )
    assert all(f"[{finding.rule.id}]" in said for finding in judgement.findings)
