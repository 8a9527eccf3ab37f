"""One model of places: each kind of file is spoken of as its reader sees it, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from perfcheck.api import texts
from perfcheck.cli import main
from perfcheck.reporting.formats import FORMATS
from tests import formats, office
from tests.conftest import ROOT
from tests.formats import converted, needs_libreoffice
from tests.forms import INDICATORS, form, project

FLAWS = (ROOT / "examples" / "flawed.txt").read_text(encoding="utf-8")
SKIPPING = form(project(2), project(3, table=INDICATORS[:2])).replace("（一）", "（二）")
LINE = re.compile(r"第\s*\d+\s*行(?!指标|第)|\bline \d", re.IGNORECASE)
"""A line of the text; ``第 4 行指标`` and ``第 2 行第 3 格`` are rows of a table."""
BINARY: dict[str, tuple[Callable[[str], bytes], str, str]] = {
    "docx": (office.docx, r"第 \d+ 个表格第 \d+ 行第 \d+ 格", r"第 \d+ 段"),
    "doc": (lambda text: converted(office.docx(text), "docx", "doc"), r"第 \d+ 个表格第 \d+ 行第 \d+ 格", r"第 \d+ 段"),
    "html": (formats.html, r"第 \d+ 个表格第 \d+ 行第 \d+ 格", r"第 \d+ 段"),
    "xlsx": (formats.xlsx, r"工作表“绩效文本”[A-Z]+\d+ 格", r"工作表“绩效文本”A\d+ 格"),
    "xls": (
        lambda text: converted(formats.xlsx(text), "xlsx", "xls"),
        r"工作表“绩效文本”[A-Z]+\d+ 格",
        r"工作表“绩效文本”A\d+ 格",
    ),
    "pdf": (formats.pdf, r"第 \d+ 页，第 \d+ 个表格第 \d+ 行第 \d+ 格", r"第 \d+ 页"),
}
KINDS = [pytest.param(kind, marks=needs_libreoffice if kind in ("doc", "xls", "pdf") else ()) for kind in BINARY]


class Checked(NamedTuple):
    """A file with flaws, and every report on it that one run writes."""

    path: Path
    reports: dict[str, str]
    printed: str
    """What goes to the screen: a template of one's own that counts the findings."""


def check(path: Path, *options: str) -> Checked:
    for package in ("python_calamine", "pdfplumber", "olefile", "docx", "xlsxwriter"):
        pytest.importorskip(package)
    folder = path.parent
    template = folder / "t.j2"
    template.write_text("{% for document in documents %}{{ document.findings | length }}{% endfor %}", encoding="utf-8")
    names = [name for name in FORMATS if name != "template"]
    reports = [f"--report={name}={folder / name}" for name in names]
    result = CliRunner().invoke(main, ["check", str(path), "--template", str(template), *reports, *options])
    assert result.exit_code == 1, result.output
    return Checked(path, {name: (folder / name).read_text("utf-8-sig", "replace") for name in names}, result.stdout)


@pytest.fixture(scope="module", params=KINDS)
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    path = tmp_path_factory.mktemp(request.param) / f"文本.{request.param}"
    path.write_bytes(BINARY[request.param][0](FLAWS))
    return check(path)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def named_lines(checked: Checked) -> list[str]:
    """Lines of the text that are named to people."""
    shown = [checked.reports[name] for name in ("text", "markdown", "csv", "html", "junit", "github")]
    for arguments in (["parse", str(checked.path)], ["check", "--explain-applicability", str(checked.path)]):
        shown.append(CliRunner().invoke(main, arguments).stdout)
    return [
        found.group()
        for text in shown
        for found in LINE.finditer(re.sub(r"<(script|style)>.*?</\1>", "", text, flags=re.DOTALL))
    ]


def test_no_format_for_people_names_a_line_of_a_file_that_has_none(checked: Checked) -> None:
    assert named_lines(checked) == []


def test_nor_in_english(tmp_path: Path) -> None:
    path = tmp_path / "文本.docx"
    path.write_bytes(office.docx(FLAWS))
    assert named_lines(check(path, "--lang", "en")) == []


def test_every_format_takes_every_kind_of_file(checked: Checked) -> None:
    assert int(checked.printed) > 20
    assert all(len(report) > 100 for report in checked.reports.values())


def test_a_place_is_told_as_the_file_shows_it(checked: Checked) -> None:
    _, cell, paragraph = BINARY[checked.path.suffix[1:]]
    places = [row["所在"] for row in table(checked.reports["csv"])]
    assert len(places) > 20
    assert all(re.fullmatch(cell, place) or re.fullmatch(paragraph, place) for place in places)
    assert any(re.fullmatch(cell, place) for place in places)
    assert any(re.fullmatch(paragraph, place) for place in places)


def test_sarif_has_logical_locations_and_regions_of_the_text_that_text_prints(checked: Checked) -> None:
    ((_, text, _),) = texts([str(checked.path)])
    printed = text.split("\n")
    results = json.loads(checked.reports["sarif"])["runs"][0]["results"]
    assert len(results) > 20
    for result in results:
        (location,) = result["locations"]
        assert location["logicalLocations"][0]["fullyQualifiedName"]
        region = location["physicalLocation"]["region"]
        lines = printed[region["startLine"] - 1 : region["endLine"]]
        lines[-1] = lines[-1][: region["endColumn"] - 1]
        lines[0] = lines[0][region["startColumn"] - 1 :]
        assert "\n".join(lines).strip() == region["snippet"]["text"].strip(), result["ruleId"]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_the_text_of_a_file_is_the_text_that_is_checked(kind: str, tmp_path: Path) -> None:
    path, plain = tmp_path / f"文本.{kind}", tmp_path / "文字.txt"
    flawed = form(project(1, plan=("30%", "20%", "75%", "90%")), project(2, plan=("", "50%", "", "100%")))
    path.write_bytes(BINARY[kind][0](flawed))
    ((_, text, reason),) = texts([str(path)])
    assert not reason
    plain.write_text(text, encoding="utf-8")
    ours, theirs = ([(row["规则"], row["位置"]) for row in table(check(each).reports["csv"])] for each in (path, plain))
    assert ours == theirs and ours


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_a_missing_part_is_told_by_a_place_in_the_file_too(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    text = SKIPPING.replace("三、工作保障措施", "").replace("部门整体绩效目标\n", "", 1)
    path = tmp_path / f"文本.{kind}"
    path.write_bytes(BINARY[kind][0](text))
    for row in table(check(path, "--fail-on", "note").reports["csv"]):
        assert row["所在"] and LINE.search(row["所在"]) is None, row


def test_a_line_of_a_plain_text_is_told_as_a_line(tmp_path: Path) -> None:
    path = tmp_path / "文本.txt"
    path.write_text(FLAWS, encoding="utf-8")
    assert re.search(r"第 \d+ 行\)", check(path).reports["markdown"])
