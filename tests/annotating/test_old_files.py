"""Remarks for old Word and Excel files: LibreOffice makes the new kind, or a sentence says what to do."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfcheck.cli import main
from tests import formats, office
from tests.conftest import CORPUS
from tests.formats import converted, needs_libreoffice, xlsx
from tests.forms import form, project

pytest.importorskip("olefile", reason="olefile is not installed (extra doc)")
FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2))


def annotate(path: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["annotate", str(path), *options])
    return result.exit_code, result.output


@needs_libreoffice
def test_an_old_word_file_comes_back_as_a_new_one_with_every_comment(tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    from tests.annotating.test_word import all_anchored, expected_of

    for text in (FLAWED, *(path.read_text(encoding="utf-8") for path in CORPUS[:1])):
        path = tmp_path / "文本.doc"
        path.write_bytes(converted(office.docx(text), "docx", "doc"))
        status, said = annotate(path)
        assert status == 0, said
        made = (tmp_path / "文本.审核.docx").read_bytes()
        assert sorted("".join(each.split()) for each in all_anchored(made)) == expected_of(path)


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xls", "et"])
def test_an_old_workbook_comes_back_as_a_new_one_with_its_comments(suffix: str, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (extra report)")
    pytest.importorskip("python_calamine", reason="python-calamine is not installed (extra xlsx)")
    path = tmp_path / f"文本.{suffix}"
    path.write_bytes(converted(xlsx(FLAWED), "xlsx", "xls"))
    status, said = annotate(path)
    assert status == 0, said
    book = openpyxl.load_workbook(BytesIO((tmp_path / "文本.审核.xlsx").read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert any(cell.value in (None, "45%") and "spending-plan" in cell.comment.text for cell in cells)


def test_without_libreoffice_a_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("python_calamine", reason="python-calamine is not installed (extra xlsx)")
    if formats.SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not on the path, and makes the old file")
    path = tmp_path / "文本.xls"
    path.write_bytes(converted(xlsx(FLAWED), "xlsx", "xls"))
    monkeypatch.setattr("perfcheck.reading.libreoffice.shutil.which", lambda name: None)
    status, said = annotate(path)
    assert status == 2 and "LibreOffice" in said and "另存为 .xlsx" in said
    assert [each.name for each in tmp_path.iterdir()] == ["文本.xls"]


def test_a_new_file_beside_the_old_one_does_not_share_the_name_of_its_copy(tmp_path: Path) -> None:
    from perfcheck.commands.annotate_command import _of_new_kind

    old = str(tmp_path / "文本.doc")
    wanted = str(tmp_path / "文本.审核.doc")
    assert _of_new_kind(wanted, old, ".docx") == str(tmp_path / "文本.审核.docx")
    (tmp_path / "文本.docx").touch()
    assert _of_new_kind(wanted, old, ".docx") == str(tmp_path / "文本.审核.doc.docx")
    assert _of_new_kind("别的名字.docx", old, ".docx") == "别的名字.docx"


def test_copies_of_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    for unit in ("甲镇", "乙镇"):
        (tmp_path / unit).mkdir()
        (tmp_path / unit / "文本.docx").write_bytes(office.docx(FLAWED))
    (tmp_path / "乙镇" / "说明.txt").write_text(FLAWED, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--annotate", str(tmp_path / "出")])
    assert result.exit_code == 1, result.output
    assert sorted(str(each.relative_to(tmp_path / "出")) for each in (tmp_path / "出").rglob("*.*")) == [
        str(Path("乙镇", "文本.docx")), str(Path("甲镇", "文本.docx")),
    ]  # fmt: skip
    assert "没有地方写批注" in result.output  # the text file


def test_a_copy_beside_its_file_is_not_held_against_it(tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    path = tmp_path / "文本.docx"
    path.write_bytes(office.docx(FLAWED))
    alone = CliRunner().invoke(main, ["check", str(tmp_path)]).output
    assert annotate(path)[0] == 0
    again = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert again.stdout == alone and "文本.审核.docx" in again.stderr
    path.unlink()
    assert "文本.审核.docx" in CliRunner().invoke(main, ["check", str(tmp_path)]).output
