"""What the receivers of our reports ask of them: demands on a report with any number of findings."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.finding import LEVELS
from perfcheck.reporting import Report, render
from perfcheck.reporting.formats import Options
from perfcheck.reporting.github_report import LARGEST_SUMMARY, step_summary
from perfcheck.reporting.gitlab_report import LARGEST
from tests.conftest import SARIF_SCHEMA, SHARED, schema
from tests.reporting.crowds import crowd
from tests.reporting.samples import sample_pack

JUNIT_SCHEMA = SHARED / "schemas" / "JUnit.xsd"
SIZES = (0, 1, 500)
MANY = 30_000
"""So many take their time: they have integration tests of their own."""
DOCUMENTS = 3

CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^(\./|/|file:)|\\"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab documents of a Code Quality report; it publishes no schema of its own."""
POSITION = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
DIAGNOSTIC: dict[str, Any] = {
    "type": "object",
    "required": ["message", "location", "severity"],
    "additionalProperties": False,
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": {
            "type": "object",
            "required": ["path"],
            "additionalProperties": False,
            "properties": {
                "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^\./"}},
                "range": {
                    "type": "object",
                    "required": ["start"],
                    "additionalProperties": False,
                    "properties": {"start": POSITION, "end": POSITION},
                },
            },
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "source": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        "code": {"type": "object", "required": ["value"], "properties": {"value": {"type": "string"}}},
    },
}
"""Reviewdog's Diagnostic as its description has it; reviewdog refuses fields it does not know."""


DEMANDS: dict[str, Callable[[Report], None]] = {}
"""What it says -> a function that holds it against a report."""


def demand(function: Callable[[Report], None]) -> Callable[[Report], None]:
    DEMANDS[function.__name__] = function
    return function


@contextmanager
def crowded(folder: Path, count: int) -> Iterator[Report]:
    """A report with so many findings in three documents of ``folder``, the working folder for the time."""
    (folder / ".git").mkdir()
    before = Path.cwd()
    os.chdir(folder)
    try:
        sizes = [count // DOCUMENTS] * DOCUMENTS
        sizes[0] += count - sum(sizes)
        for number, size in enumerate(sizes):
            Path(f"文本 {number}.txt").write_text(crowd(size, number * 100_000), encoding="utf-8")
        names = tuple(sorted(map(str, Path().glob("*.txt"))))
        found = api.check(Settings(names, pack=sample_pack(folder), more_formats=("html",)))
        assert len(found.findings) == count and not found.not_checked
        yield found
    finally:
        os.chdir(before)


def text_of(report: Report, format: str, **options: Any) -> str:
    text = render(report, format, Options(**options))
    assert isinstance(text, str)
    return text


def lines_of(report: Report, format: str) -> list[Any]:
    return [json.loads(line) for line in text_of(report, format).split("\n")[:-1]]


@demand
def sarif_is_valid_and_within_the_limits_of_github(made: Report) -> None:
    within_limits(made, "sarif")


@demand
def sarif_by_category_is_valid_and_within_the_limits_of_github(made: Report) -> None:
    within_limits(made, "sarif-split")


@demand
def sarif_of_both_kinds_is_valid_by_the_official_schema(made: Report) -> None:
    if not SARIF_SCHEMA.is_file():
        pytest.skip("the official schema is not beside this checkout (../shared/schemas)")
    official = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(official)(official)
    for format in ("sarif", "sarif-split"):
        assert list(validator.iter_errors(json.loads(text_of(made, format)))) == []


def within_limits(made: Report, format: str) -> None:
    text = text_of(made, format)
    content = json.loads(text)
    assert len(gzip.compress(text.encode())) <= 10_000_000
    runs = content["runs"]
    assert len(runs) == (1 if format == "sarif" else 4)
    assert len({run["automationDetails"]["id"] for run in runs}) == len(runs)
    for run in runs:
        ranks = [result["rank"] for result in run["results"]]
        assert len(ranks) <= 25_000
        assert len(ranks) <= 5_000 or ranks == sorted(ranks, reverse=True)
        ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        tags = [rule["properties"]["tags"] for rule in run["tool"]["driver"]["rules"]]
        assert len(set(ids)) == len(ids) <= 25_000
        assert all(len(set(own)) == len(own) <= 20 for own in tags)
        for result in run["results"]:
            assert len(result["locations"]) == 1 and len(result.get("relatedLocations", ())) <= 10
            artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


@demand
def sarif_says_what_was_cut(made: Report) -> None:
    (run,) = json.loads(text_of(made, "sarif"))["runs"]
    notices = [item["message"]["text"] for item in run["invocations"][0]["toolExecutionNotifications"]]
    left = len(made.findings) - len(run["results"])
    assert left == max(len(made.findings) - 25_000, 0)
    if not left and len(run["results"]) > 5_000:
        (notice,) = notices
        assert "5000" in notice
    elif left:
        (notice,) = notices
        assert "30000" in notice and "25000" in notice and f"提示 {left} 处" in notice and "错误 0 处" in notice
    else:
        assert notices == []


@demand
def sarif_by_category_has_all_findings_and_a_run_for_what_found_nothing(made: Report) -> None:
    runs = json.loads(text_of(made, "sarif-split"))["runs"]
    assert [run["automationDetails"]["id"] for run in runs] == [
        f"perfcheck/ours/zh/{family}/" for family in ("basis", "indicator", "plan", "value")
    ]
    assert sum(len(run["results"]) for run in runs) == len(made.findings)


@demand
def the_gitlab_report_is_right(made: Report) -> None:
    text = text_of(made, "gitlab")
    assert not text.startswith("\ufeff") and len(text.encode()) <= LARGEST
    items = json.loads(text)
    jsonschema.Draft202012Validator(CODE_QUALITY).validate(items)
    assert len({item["fingerprint"] for item in items}) == len(items)
    cut = [item for item in items if item["check_name"] == "report-cut"]
    assert len(items) == len(made.findings) or len(cut) == 1
    assert {item["location"]["path"] for item in items} <= {f"文本 {number}.txt" for number in range(DOCUMENTS)}
    weights = [["blocker", "critical", "major", "minor", "info"].index(item["severity"]) for item in items]
    assert weights == sorted(weights)


@demand
def junit_is_valid_by_the_schema_of_ant(made: Report) -> None:
    etree = pytest.importorskip("lxml.etree")
    if not JUNIT_SCHEMA.is_file():
        pytest.skip("the schema is not beside this checkout (../shared/schemas)")
    official = etree.XMLSchema(etree.parse(str(JUNIT_SCHEMA)))
    assert official.validate(etree.fromstring(text_of(made, "junit").encode())), official.error_log


@demand
def junit_has_unique_names_and_right_sums(made: Report) -> None:
    etree = pytest.importorskip("lxml.etree")
    text = text_of(made, "junit")
    assert len(text.encode()) < 30_000_000
    tree = etree.fromstring(text.encode())
    cases = tree.findall("testsuite/testcase")
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    assert len(tree.findall("testsuite/testcase/failure")) == len(made.findings)
    for suite in tree.findall("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))


@demand
def every_line_for_reviewdog_is_a_diagnostic(made: Report) -> None:
    validator = jsonschema.Draft202012Validator(DIAGNOSTIC)
    items = lines_of(made, "rdjsonl")
    assert len(items) == len(made.findings)
    assert all(validator.is_valid(item) for item in items)


@demand
def every_line_for_queries_holds_to_our_schema(made: Report) -> None:
    validator = jsonschema.Draft202012Validator(schema("finding.schema.json"))
    items = lines_of(made, "jsonl")
    assert len(items) == len(made.findings)
    assert all(validator.is_valid(item) for item in items)


COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^:,\r\n]*,?)+)::([^\r\n]+)")


@demand
def github_gets_ten_annotations_of_a_level_and_the_summary_counts_the_rest(made: Report) -> None:
    lines = text_of(made, "github").splitlines()
    commands = [match for match in map(COMMAND.fullmatch, lines) if match]
    assert [line for line in lines if line.startswith("::")] == [match.group(0) for match in commands]
    summary = step_summary(made, text_of(made, "markdown"))
    assert len(summary.encode()) <= LARGEST_SUMMARY
    hidden = []
    for level, word in zip(LEVELS, ("error", "warning", "notice")):
        shown = sum(match.group(1) == word for match in commands)
        assert shown == min(made.counts[level], 10)
        hidden.append(made.counts[level] - shown)
    counted = "错误 {} 处、警告 {} 处、提示 {} 处".format(*hidden)
    assert (counted in summary) is any(hidden)
    if len(made.findings) == MANY:
        assert counted in lines[-1]
        assert "没有列出" not in summary  # mass defects are put together
        assert "行没有列出" in step_summary(made, text_of(made, "markdown", group=False))


@demand
def the_json_report_holds_to_our_schema(made: Report) -> None:
    content = json.loads(text_of(made, "json"))
    assert list(jsonschema.Draft202012Validator(schema("report.schema.json")).iter_errors(content)) == []
    assert sum(len(document["findings"]) for document in content["documents"]) == len(made.findings)


@demand
def a_list_for_excel_has_a_line_for_every_finding(made: Report) -> None:
    rows = list(csv.reader(io.StringIO(text_of(made, "csv").lstrip("\ufeff"))))
    assert len(rows) == len(made.findings) + 1
    assert {len(row) for row in rows} == {len(rows[0])}


@demand
def what_is_for_people_renders_at_any_size(made: Report) -> None:
    for format in ("text", "markdown"):
        text = text_of(made, format)
        assert text.strip() and len(text) < 200_000 + 100 * len(made.findings)
    assert text_of(made, "html").lstrip().lower().startswith("<!doctype html>")
