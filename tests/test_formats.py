"""One document in every kind of file: the same text, the same verdict; and what is said where a reader cannot read."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from perfcheck import api
from perfcheck.cli import main
from perfcheck.config import Settings
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.reporting.model_output import documents_json
from tests import formats, office
from tests.conftest import CORPUS, EXHAUSTIVE, ROOT
from tests.formats import converted, needs_libreoffice
from tests.forms import INDICATORS, form, project

PARSER = DocumentParser()
FLAWED = (ROOT / "examples" / "flawed.txt").read_text(encoding="utf-8")
FLAWS = form(
    project(1, goals="1.做好工作。\n2.完成任务。", plan=("30%", "20%", "75%", "90%")),
    project(2, plan=("", "50%", "", "100%"), usage=("", "")),
    project(3, table=[*INDICATORS[:3], ("", "成本指标", "", "", "≥100百分比", "走访调研"), *INDICATORS[4:]]),
)
Writer = Callable[[str], bytes]

WRITTEN: dict[str, Writer] = {
    "docx": office.docx,
    "xlsx": formats.xlsx,
    "xlsx, a sheet each": lambda text: formats.xlsx(text, sheet_each=True),
    "html": formats.html,
    "html, not closed": lambda text: formats.html(text, closed=False),
    "html, gb2312": lambda text: formats.html(text, encoding="gb2312"),
}
CONVERTED: dict[str, Writer] = {
    "doc": lambda text: converted(office.docx(text), "docx", "doc"),
    "doc, drawn": lambda text: converted(formats.page_docx(text), "docx", "doc"),
    "docx, saved by LibreOffice": lambda text: converted(formats.page_docx(text), "docx", "docx:MS Word 2007 XML"),
    "xls": lambda text: converted(formats.xlsx(text), "xlsx", "xls"),
    "xls, a page": lambda text: converted(formats.xlsx(text), "xlsx", "html"),
    "html, saved by LibreOffice": lambda text: converted(formats.page_docx(text), "docx", "html"),
    "pdf": formats.pdf,
    "pdf, small": lambda text: formats.pdf(text, size=18),
}
KINDS = [
    *(pytest.param(kind, writer, id=kind) for kind, writer in WRITTEN.items()),
    *(pytest.param(kind, writer, id=kind, marks=needs_libreoffice) for kind, writer in CONVERTED.items()),
]


def verdict(path: Path) -> Counter[tuple[object, ...]]:
    """Rule and logical place of each finding; where in the file it stands differs by its kind."""
    (judgement,) = api.check(Settings(paths=(str(path),))).judgements
    assert not judgement.not_checked
    return Counter((finding.rule.id, finding.location.steps) for finding in judgement.findings)


def same_verdict(text: str, kind: str, writer: Writer, folder: Path) -> None:
    pytest.importorskip("python_calamine"), pytest.importorskip("pdfplumber"), pytest.importorskip("olefile")
    plain, other = folder / "文本.txt", folder / f"文本.{kind.partition(',')[0]}"
    plain.write_text(text, encoding="utf-8")
    other.write_bytes(writer(text))
    wanted, found = verdict(plain), verdict(other)
    if kind == "html, saved by LibreOffice":
        # it breaks lines of the page at spaces, and a line end between Chinese characters is none of the text
        wanted, found = (
            Counter({key: n for key, n in each.items() if key[0] != "space-inside"}) for each in (wanted, found)
        )
    assert found == wanted and wanted


@pytest.mark.parametrize(("kind", "writer"), KINDS)
@pytest.mark.parametrize("text", [FLAWED, FLAWS], ids=["the example", "flaws"])
def test_the_verdict_is_the_same_for_every_kind_of_file(text: str, kind: str, writer: Writer, tmp_path: Path) -> None:
    same_verdict(text, kind, writer, tmp_path)


@pytest.mark.parametrize(
    ("path", "kind", "writer"),
    [
        pytest.param(path, *kind.values, id=f"{path.name[:3]}-{kind.id}", marks=kind.marks)
        for kind in KINDS
        for path in (CORPUS if EXHAUSTIVE or kind.id in WRITTEN else CORPUS[-2:])
    ],
)
def test_and_for_the_real_documents(path: Path, kind: str, writer: Writer, tmp_path: Path) -> None:
    same_verdict(path.read_text(encoding="utf-8"), kind, writer, tmp_path)


CELL = st.text(alphabet="村道 养护1.5%≥,（）\n", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=6))
def test_any_table_gives_the_same_text_in_every_kind_of_file(cells: list[tuple[str, str, str, str]]) -> None:
    pytest.importorskip("python_calamine")
    table = [("产出指标" if not at else "", "数量指标", *four) for at, four in enumerate(cells)]
    text = form(project(1, table=[tuple(cell.replace("\n\n", "\n") for cell in row) for row in table]))
    texts = []
    for kind, writer in (("docx", office.docx), ("xlsx", formats.xlsx), ("html", formats.html)):
        source = read_bytes(f"a.{kind}", writer(text), PARSER.is_landmark)
        texts.append(
            [
                [" ".join(line.split()) for line in cell.split("\n")]
                for block in source.blocks
                for cell in getattr(block, "cells", [])
            ]
        )
    assert texts[0] == texts[1] == texts[2]


# ---- the command line -------------------------------------------------------------------------------------------------


def test_a_folder_of_every_kind_is_checked_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    (tmp_path / "一.docx").write_bytes(office.docx(form()))
    (tmp_path / "二.xlsx").write_bytes(formats.xlsx(form()))
    (tmp_path / "三.htm").write_bytes(formats.html(form()))
    (tmp_path / "~$一.docx").write_bytes(b"\x05lock")
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--format", "json"])
    assert result.exit_code == 0, result.output
    assert all(f"{name}." in result.output for name in "一二三") and "~$" not in result.output


@pytest.mark.parametrize(
    ("name", "data", "library", "extra"),
    [
        ("文本.xlsx", formats.xlsx(form()), "python_calamine", "xlsx"),
        ("文本.pdf", b"%PDF-1.4\n", "pdfplumber", "pdf"),
        ("文本.doc", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "olefile", "doc"),
    ],
    ids=["xlsx", "pdf", "doc"],
)
def test_a_missing_extra_counts_as_not_checked_and_names_itself(
    name: str, data: bytes, library: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(main, ["check", str(tmp_path / name)])
    assert result.exit_code == 2 and f'pip install "perfcheck[{extra}]"' in result.output


# ---- whole models -----------------------------------------------------------------------------------------------------

WORD = st.text(alphabet="村道养护巡查设备培训完成合格人次里程", min_size=2, max_size=8)
AMOUNT = st.decimals("0.01", "99999", places=2).map(str)
PERCENT = st.integers(0, 100).map(lambda number: f"{number}%")
GOALS = st.lists(WORD, min_size=1, max_size=3).map(
    lambda words: "\n".join(f"{at}.{word}。" for at, word in enumerate(words, 1))
)
VALUE = st.one_of(
    st.builds(
        lambda sign, number, unit: f"{sign}{number}{unit}",
        st.sampled_from(["≥", "≤", "=", "不低于", ""]),
        AMOUNT,
        st.sampled_from(["%", "人次", "万元/公里", "个"]),
    ),
    st.sampled_from(["2023年11月30日前", "显著提升", "", "≥95%\n（抽查）"]),
)


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Tables of indicators whose merged cells are blank below the first."""
    made = []
    for category, subcategories in (
        ("产出指标", ["数量指标", "质量指标", "时效指标"]),
        ("效益指标", ["社会效益指标"]),
        ("满意度指标", ["服务对象满意度指标"]),
    ):
        for at, subcategory in enumerate(draw(st.permutations(subcategories))):
            made.append(("" if at else category, subcategory, *draw(st.tuples(WORD, WORD, VALUE, WORD))))
    return made


@st.composite
def models(draw: st.DrawFn) -> str:
    """Whole documents with projects of all sorts, as text."""
    projects = []
    for serial in range(1, draw(st.integers(1, 3)) + 1):
        amount = draw(AMOUNT)
        projects.append(
            project(
                serial,
                name=draw(WORD) + "经费",
                funding=(
                    "预算规模及资金用途",
                    "预算数",
                    amount,
                    "其中：财政资金",
                    draw(st.sampled_from([amount, "0.00"])),
                    "其他资金",
                    draw(st.sampled_from(["", "1.00"])),
                ),
                usage=("", draw(WORD) + "。"),
                plan=draw(st.tuples(PERCENT, PERCENT, PERCENT, st.sampled_from(["100%", ""]))),
                goals=draw(GOALS),
                table=draw(tables()),
            )
        )
    return form(*projects)


def model_of(data: bytes, kind: str) -> dict[str, Any]:
    """The model ``parse`` shows, without what differs by nature: the path, lines, white space."""
    document = PARSER.parse(read_bytes(f"a.{kind}", data, PARSER.is_landmark))
    content = json.loads(documents_json([document]))["documents"][0]

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: bare(each) for name, each in value.items() if name not in ("path", "line")}
        if isinstance(value, list):
            return [bare(each) for each in value]
        return "".join(value.split()) if isinstance(value, str) else value

    return dict(bare(content))


TRAPS = st.builds(office.Traps, *[st.booleans()] * 5)


@settings(max_examples=25)
@given(models(), TRAPS, st.booleans(), st.booleans())
def test_any_model_comes_back_from_every_kind_of_file(
    text: str, traps: office.Traps, sheet_each: bool, closed: bool
) -> None:
    pytest.importorskip("python_calamine")
    wanted = model_of(text.encode(), "txt")
    assert wanted["projects"]
    assert model_of(office.docx(text, traps), "docx") == wanted
    assert model_of(formats.xlsx(text, sheet_each=sheet_each), "xlsx") == wanted
    assert model_of(formats.html(text, closed=closed), "html") == wanted


@needs_libreoffice
@settings(max_examples=3, phases=(Phase.explicit, Phase.generate))
@given(models(), st.builds(office.Traps, *[st.booleans()] * 4, st.just(False)))
def test_any_model_comes_back_from_what_libreoffice_saves(text: str, traps: office.Traps) -> None:
    """But for content controls, which LibreOffice itself doubles when it makes form fields of them."""
    pytest.importorskip("olefile")
    wanted, word = model_of(text.encode(), "txt"), office.docx(text, traps)
    assert model_of(converted(word, "docx", "doc"), "doc") == wanted
    assert model_of(converted(word, "docx", "docx:MS Word 2007 XML"), "docx") == wanted


@settings(max_examples=15)
@given(models(), TRAPS)
def test_any_model_is_judged_the_same_in_every_kind_of_file(text: str, traps: office.Traps) -> None:
    pytest.importorskip("python_calamine")
    with tempfile.TemporaryDirectory() as folder:
        verdicts = []
        for name, data in {
            "a.txt": text.encode(),
            "a.docx": office.docx(text, traps),
            "a.xlsx": formats.xlsx(text),
            "a.html": formats.html(text),
        }.items():
            path = Path(folder, name)
            path.write_bytes(data)
            verdicts.append(verdict(path))
    assert verdicts[0] == verdicts[1] == verdicts[2] == verdicts[3]
