"""Copies beside their documents: a second run replaces its own, and what people wrote into one stays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from perfcheck import api
from perfcheck.annotating.seal import is_untouched, sealed
from perfcheck.api import annotated
from perfcheck.config import Settings
from tests import formats, office
from tests.calls import Run, caller, write
from tests.formats import needs_libreoffice
from tests.forms import form, project

pytest.importorskip("docx"), pytest.importorskip("openpyxl"), pytest.importorskip("python_calamine")

FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return caller()


def commented_docx(data: bytes) -> bytes:
    from docx import Document

    document = Document(io.BytesIO(data))
    document.add_comment(document.add_paragraph("复核：").runs, "这里请王某核对", "王某", "王")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def commented_xlsx(data: bytes) -> bytes:
    from openpyxl import load_workbook
    from openpyxl.comments import Comment

    book = load_workbook(io.BytesIO(data))
    book.worksheets[0]["A1"].comment = Comment("这里请王某核对", "王某")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


KINDS = {"docx": (office.docx, commented_docx), "xlsx": (formats.xlsx, commented_xlsx)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_run_replaces_its_own_copy(kind: str, run: Run) -> None:
    make, _ = KINDS[kind]
    for text in (FLAWED, form(), FLAWED):  # the document goes on changing
        write(f"a.{kind}", make(text))
        assert run("annotate", f"a.{kind}").exit_code == 0
    assert sorted(path.name for path in Path().iterdir()) == sorted([f"a.{kind}", f"a.审核.{kind}"])
    assert b"perfcheck" in Path(f"a.审核.{kind}").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_somebody_wrote_into_stays_as_it_is(kind: str, run: Run) -> None:
    make, comment = KINDS[kind]
    write(f"a.{kind}", make(FLAWED))
    assert run("annotate", f"a.{kind}").exit_code == 0
    copy = Path(f"a.审核.{kind}")
    copy.write_bytes(comment(copy.read_bytes()))
    before = copy.read_bytes()
    for _ in range(2):  # and the numbered one is replaced in its turn
        result = run("annotate", f"a.{kind}")
        assert result.exit_code == 0
        assert f"没有盖掉，另存为 a.审核-2.{kind}" in result.stderr
    assert copy.read_bytes() == before
    assert "检查了 1 份" in run("check", ".").stdout  # in folders no copy is held against its document
    assert sorted(path.name for path in Path().iterdir()) == sorted([f"a.{kind}", copy.name, f"a.审核-2.{kind}"])


def test_any_other_file_of_the_name_stays(run: Run) -> None:
    write("a.docx", office.docx(FLAWED))
    write("a.审核.docx", "我自己写的")
    write("a.审核-2.docx", b"")
    assert run("annotate", "a.docx").exit_code == 0
    assert Path("a.审核.docx").read_text(encoding="utf-8") == "我自己写的"
    assert Path("a.审核-2.docx").read_bytes() == b"" and Path("a.审核-3.docx").stat().st_size > 0


def test_where_a_name_is_given_it_is_used(run: Run) -> None:
    write("a.docx", office.docx(FLAWED))
    write("b.docx", "旧的")
    assert run("annotate", "a.docx", "-o", "b.docx").exit_code == 0
    assert Path("b.docx").read_bytes().startswith(b"PK")


def test_what_people_wrote_into_a_copy_stays_though_its_name_is_given(run: Run) -> None:
    write("a.docx", office.docx(FLAWED))
    assert run("annotate", "a.docx", "-o", "b.docx").exit_code == 0
    written = commented_docx(Path("b.docx").read_bytes())
    Path("b.docx").write_bytes(written)
    result = run("annotate", "a.docx", "-o", "b.docx")
    assert result.exit_code == 0 and "另存为 b-2.docx" in result.stderr
    assert Path("b.docx").read_bytes() == written


def test_copies_in_a_folder_are_numbered_likewise(run: Run) -> None:
    write("文本/a.docx", office.docx(FLAWED))
    for _ in range(2):
        assert run("check", "文本/a.docx", "--annotate", "批注", "-q").exit_code == 1
    copy = Path("批注/a.docx")
    assert [path.name for path in Path("批注").iterdir()] == ["a.docx"]
    copy.write_bytes(commented_docx(copy.read_bytes()))
    assert run("check", "文本/a.docx", "--annotate", "批注", "-q").exit_code == 1
    assert sorted(path.name for path in Path("批注").iterdir()) == ["a-2.docx", "a.docx"]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(office.docx, id="docx"),
        pytest.param(formats.xlsx, id="xlsx"),
        pytest.param(lambda text: formats.pdf(text), id="pdf", marks=needs_libreoffice),
    ],
)
def test_a_copy_is_read_as_any_file_and_its_seal_breaks_with_any_change(
    make: Callable[[str], bytes], tmp_path: Path
) -> None:
    pytest.importorskip("pdfplumber"), pytest.importorskip("pypdf")
    data = make(FLAWED)
    path = tmp_path / f"a.{'pdf' if data.startswith(b'%PDF') else 'docx' if b'word/' in data else 'xlsx'}"
    path.write_bytes(data)
    (judgement,) = api.check(Settings((str(path),))).judgements
    made = annotated(judgement, data, "zh")
    assert is_untouched(made) and not is_untouched(data)
    for at in (0, len(made) // 2, len(made) - 1):
        assert not is_untouched(made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :])
    assert not is_untouched(made + b"\n") and not is_untouched(b"")
    path.write_bytes(made)
    (again,) = api.check(Settings((str(path),))).judgements
    assert [one.fingerprint for one in again.findings] == [one.fingerprint for one in judgement.findings]


def test_the_seal_of_a_package_is_the_comment_of_the_zip_file() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("a", "甲")
    whole = sealed(made.getvalue())
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        assert file.comment.startswith(b"%perfcheck-seal ") and file.testzip() is None
    assert is_untouched(whole)
