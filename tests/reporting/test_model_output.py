"""What ``perfcheck parse`` prints holds to its schema and says what is in the document."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from perfcheck.reporting.model_output import documents_json, documents_tree
from tests.conftest import CORPUS, Read, schema
from tests.forms import INDICATORS, code, form, line_of, project
from tests.reporting.samples import FLAWED
from tests.reporting.test_text import nasty_document

SCHEMA = schema("document.schema.json")


def output(read: Read, *texts: str) -> list[dict[str, Any]]:
    """The documents as printed and read back; valid by the schema."""
    content = json.loads(documents_json([read(text) for text in texts]))
    jsonschema.validate(content, SCHEMA)
    assert content["schema"] == "perfcheck-document-1"
    found: list[dict[str, Any]] = content["documents"]
    return found


def test_the_schema_itself_is_right() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_project_is_printed_whole(read: Read) -> None:
    text = form(project(1, goals="1.维护到位。\n2.群众满意。"))
    (document,) = output(read, text)
    assert document["path"] == "文本.txt" and document["budget_year"] == 2023
    assert document["unit"] == {"code": "600001", "name": "某县某镇人民政府"}
    (table,) = document["projects"]
    unit = table.pop("unit")
    assert "600001" in unit and "某县某镇人民政府" in unit
    assert table.pop("indicators")[3] == {
        "line": line_of(text, "成本指标"), "category": "产出指标", "subcategory": "成本指标", "name": "每公里养护成本",
        "description": "平均每公里花费的养护经费",
        "target": {"text": "≤6000元/公里", "kind": "money_rate", "comparator": "≤", "number": "6000", "unit": "元/公里"}, "basis": "上年决算",
    }  # fmt: skip
    assert table.pop("title") in ("村道养护经费绩效目标表", "1.村道养护经费绩效目标表")
    assert table == {
        "number": "1", "line": line_of(text, "项目编码"), "code": code(1), "name": "村道养护经费", "money_unit": "万元",
        "funding": {"total": "8.00", "fiscal": "8.00", "other": None}, "usage": "用于全镇范围内的日常维护。",
        "spending_plan": [
            {"due": due, "text": value, "percent": value[:-1], "amount": None}
            for due, value in zip(("3月底", "6月底", "10月底", "12月底"), ("25%", "50%", "75%", "100%"))
        ],
        "goals": ["1.维护到位。", "2.群众满意。"],
    }  # fmt: skip


def test_the_department_is_printed_whole(read: Read) -> None:
    (document,) = output(read, form())
    assert document["department"] == {
        "overall_goal": "2023年全镇管好用好各项经费，办成几件看得见的实事。",
        "duty_goals": [
            {"name": "道路养护", "goal": "全镇村道常年平整畅通。", "indicator": "养护合格率不低于95%。"},
            {"name": "灌溉保障", "goal": "主要灌渠不淤不堵。", "indicator": "清淤长度不少于6公里。"},
        ],
        "safeguards": "（一）每季度核对一次支出进度。\n（二）年底公开全部结果。",
    }


def test_the_first_level_is_filled_in_and_lines_are_those_of_the_first_filled_cell(read: Read) -> None:
    text = form(project(1))
    rows = output(read, text)[0]["projects"][0]["indicators"]
    assert [row["category"] for row in rows] == ["产出指标"] * 4 + ["效益指标", "满意度指标"]
    lines = text.split("\n")
    assert [lines[row["line"] - 1].strip() for row in rows] == [cells[0] or cells[1] for cells in INDICATORS]


@pytest.mark.parametrize(
    "text",
    [
        form(project(1, leave_out=["unit", "identity", "funding", "usage", "dues", "plan", "goals", "header"], table=[])),
        form(project(1, leave_out=["identity"])),
        form(project(1, goals="", usage=("", ""), plan=("", "", "", ""), table=[("",) * 6])),
        form(project(1, identity=("项目编码", "", "项目名称", ""))),
        form(project(1, unit=("编制单位：某镇", "单位：元"))),
        form(project(1, plan=("2.00", "4.00", "6.00", "8.00"))),
        form(project(1, table=[(*INDICATORS[0][:4], value, "甲") for value in ("≥100100%", "优", "同比增长15%", "3～5次", "2023年底", "≥", "")])),
        "第一部分\n",
        "第二部分\n",
        form(part_one="", part_two=""),
        FLAWED,
        nasty_document(),
    ],
    ids=["nothing", "no code", "blanks", "blank code", "no unit code", "amounts", "values", "one heading", "other heading", "tables only", "flawed", "nasty"],
)  # fmt: skip
def test_whatever_is_missing_is_null_and_the_schema_holds(read: Read, text: str) -> None:
    output(read, text)


def test_a_blank_unit_of_money_is_null(read: Read) -> None:
    (document,) = output(read, form(project(1, unit=("600001某县某镇人民政府", "单位："))))
    assert document["projects"][0]["money_unit"] is None


def test_the_output_looks_as_it_did(read: Read, snapshot: Any) -> None:
    snapshot("parse.json", documents_json([read(FLAWED)]))
    snapshot("parse.tree.txt", documents_tree([read(FLAWED)]))


def test_a_document_cannot_steer_the_terminal_through_the_tree(read: Read) -> None:
    tree = documents_tree([read(nasty_document())])
    assert not [
        character for character in tree if (ord(character) < 32 and character != "\n") or character in "\x9b\u202e"
    ]


@pytest.mark.skipif(not CORPUS, reason="the real documents are not beside this checkout (../shared/corpus)")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_the_real_documents_hold_to_the_schema(read: Read, path: Any) -> None:
    output(read, path.read_text(encoding="utf-8"))
