"""Characters of zero width, which come along from web pages, read as if they were not there in every kind of file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from perfcheck.reading.invisible import INVISIBLE
from tests.calls import Run, caller, write
from tests.formats import html, xlsx
from tests.forms import form, project
from tests.office import docx

CLEAN = form(project(1))


def sprinkled(text: str, mark: str) -> str:
    """``text`` with ``mark`` inside and around a number, a title and a heading."""
    text = text.replace("\t8.00\n", f"\t{mark}8{mark}.00{mark}\n", 1)
    return text.replace("村道养护经费绩效目标表", f"村道{mark}养护经费绩效目标表{mark}").replace(
        "第一部分", f"{mark}第一{mark}部分"
    )


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return caller()


@pytest.mark.parametrize("mark", INVISIBLE, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_text_reads_as_if_they_were_not_there(run: Run, mark: str) -> None:
    write("a.txt", sprinkled(CLEAN, mark))
    assert run("check", "a.txt", "--fail-on", "note").exit_code == 0
    assert run("text", "a.txt").stdout == CLEAN


@pytest.mark.parametrize(("name", "make"), [("a.docx", docx), ("a.html", html), ("a.xlsx", xlsx)])
def test_other_kinds_of_files_read_alike(run: Run, name: str, make: Callable[[str], bytes]) -> None:
    if name == "a.xlsx":
        pytest.importorskip("python_calamine", reason="python-calamine is not installed (extra xlsx)")
    write(name, make(sprinkled(CLEAN, INVISIBLE)))
    assert run("check", name, "--fail-on", "note").exit_code == 0, run("check", name).stdout
    if name == "a.docx":
        pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
        write(name, make(sprinkled(form(project(1, goals="维护１２处。")), INVISIBLE)))
        assert run("annotate", name).exit_code == 0


def test_a_text_of_nothing_else_is_empty(run: Run) -> None:
    result = run("check", write("a.txt", INVISIBLE + "\n"))
    assert result.exit_code == 2 and "文件是空的" in result.stdout


FLAWED = CLEAN.replace("\t8.00\n", "\t8.0x\n", 1)


def test_a_place_in_a_text_is_where_an_editor_has_it(run: Run) -> None:
    line = CLEAN.split("\n").index("\t8.00") + 1
    write("a.txt", FLAWED.replace("\t8.0x", "\t\u200b8.\u20600x\ufeff", 1))
    regions = [
        result["locations"][0]["physicalLocation"]["region"]
        for result in json.loads(run("check", "a.txt", "--format", "sarif").stdout)["runs"][0]["results"]
        if result["ruleId"] == "budget-format"
    ]
    assert [(each["startLine"], each["startColumn"], each["endColumn"]) for each in regions] == [(line, 3, 8)]
    alone = run("check", "a.txt", "--format", "sarif").stdout
    beside = run("check", "a.txt", "--format", "sarif", "--report", "html=a.html")
    assert beside.stdout == alone
    assert "8.0x" in Path("a.html").read_text(encoding="utf-8")


def test_a_phrase_is_marked_where_it_stands_in_a_page(run: Run) -> None:
    write("a.txt", form(project(1, goals="维护\u200b道路，增加收益\u200b对象的收入。")))
    page = run("check", "a.txt", "--format", "html").stdout
    assert re.search("<mark[^>]*>收益对象<", page)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_mending_finds_its_places_all_the_same_and_leaves_the_others_alone(run: Run, encoding: str, end: str) -> None:
    text = form(project(1, goals="维护\u200b１２处，方便\u200b群众。\u2060"))
    write("a.txt", text.replace("\n", end).encode(encoding))
    assert run("fix", "a.txt").exit_code == 0
    data = Path("a.txt").read_bytes()
    assert data in {text.replace(old, "12").replace("\n", end).encode(encoding) for old in ("１２", "\u200b１２")}
    (run_,) = json.loads(run("check", write("b.txt", text), "--format", "sarif").stdout)["runs"]
    (fix,) = [fix for result in run_["results"] for fix in result.get("fixes", ())]
    region = fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "１２"
