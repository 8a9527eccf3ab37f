"""perfcheck's own JSON holds to its schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from perfcheck.reporting import Report, render
from tests.conftest import schema
from tests.forms import line_of
from tests.reporting.conftest import Rendered
from tests.reporting.samples import FLAWED
from tests.reporting.test_text import nasty_document

SCHEMA = schema("report.schema.json")


def test_the_schema_itself_is_right() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_holds_to_the_schema(rendered: Rendered, language: str) -> None:
    jsonschema.validate(json.loads(rendered("json", language).replace("VERSION", "0.1.0")), SCHEMA)


def test_a_report_on_a_very_faulty_document_holds_to_the_schema(report: Callable[..., Report]) -> None:
    jsonschema.validate(json.loads(render(report({"a.txt": nasty_document(), "b.txt": b""}), "json")), SCHEMA)


def test_a_report_without_a_year_holds_to_the_schema(report: Callable[..., Report]) -> None:
    content = json.loads(render(report({"a.txt": "第二部分\n"}), "json"))
    jsonschema.validate(content, SCHEMA)
    assert content["documents"][0]["budget_year"] is None
    assert {item["reason"] for item in content["documents"][0]["not_applicable"]} == {
        "year-unknown",
        "layout-unknown",
    }


def test_the_report_looks_as_it_did(rendered: Rendered, snapshot: Any) -> None:
    snapshot("report.zh.json", rendered("json"))
    snapshot("report.en.json", rendered("json", "en"))


def test_the_report_says_what_was_found_and_where(rendered: Rendered) -> None:
    content = json.loads(rendered("json"))
    assert content["summary"] == {"documents": 3, "error": 1, "warning": 1, "note": 1, "not_checked": 1}
    flawed, clean, broken = content["documents"]
    falling = next(finding for finding in flawed["findings"] if finding["rule"] == "plan-falling")
    line = line_of(FLAWED, "\t45%")
    assert falling["span"] == {"line": line, "column": 2, "end_line": line, "end_column": 5}
    assert falling["text"] == "45%" and falling["related"][0]["text"] == "50%"
    assert clean["findings"] == [] and clean["projects"] == 2 and clean["indicators"] == 12
    assert broken["not_checked"][0]["rule"] is None and broken["budget_year"] is None
