"""Reports of nothing, one, hundreds and tens of thousands of findings, held against what their receivers ask."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
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
SIZES = (0, 1, 500, 30_000)
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


@pytest.fixture(scope="module", params=SIZES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """A report with so many findings in three documents, made and rendered in their folder."""
    folder = tmp_path_factory.mktemp("crowd")
    (folder / ".git").mkdir()
    before = Path.cwd()
    os.chdir(folder)
    sizes = [request.param // DOCUMENTS] * DOCUMENTS
    sizes[0] += request.param - sum(sizes)
    for number, size in enumerate(sizes):
        Path(f"文本 {number}.txt").write_text(crowd(size, number * 100_000), encoding="utf-8")
    found = api.check(Settings(tuple(sorted(map(str, Path().glob("*.txt")))), pack=sample_pack(folder)))
    assert len(found.findings) == request.param and not found.not_checked
    yield found
    os.chdir(before)


def text_of(report: Report, format: str, **options: Any) -> str:
    text = render(report, format, Options(**options))
    assert isinstance(text, str)
    return text


def lines_of(report: Report, format: str) -> list[Any]:
    return [json.loads(line) for line in text_of(report, format).split("\n")[:-1]]


@pytest.mark.parametrize("format", ["sarif", "sarif-split"])
def test_sarif_is_valid_and_within_the_limits_of_github(made: Report, format: str) -> None:
    text = text_of(made, format)
    content = json.loads(text)
    if SARIF_SCHEMA.is_file():
        official = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
        assert list(jsonschema.validators.validator_for(official)(official).iter_errors(content)) == []
    assert len(gzip.compress(text.encode())) <= 10_000_000
    runs = content["runs"]
    assert len(runs) == (1 if format == "sarif" else 4)
    assert len({run["automationDetails"]["id"] for run in runs}) == len(runs)
    for run in runs:
        ranks = [result["rank"] for result in run["results"]]
        assert len(ranks) <= 25_000
        assert len(ranks) <= 5_000 or ranks == sorted(ranks, reverse=True)
        for result in run["results"]:
            artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_says_what_was_cut(made: Report) -> None:
    (run,) = json.loads(text_of(made, "sarif"))["runs"]
    notices = [item["message"]["text"] for item in run["invocations"][0]["toolExecutionNotifications"]]
    left = len(made.findings) - len(run["results"])
    assert left == max(len(made.findings) - 25_000, 0)
    if left:
        (notice,) = notices
        assert "30000" in notice and "25000" in notice and f"提示 {left} 处" in notice and "错误 0 处" in notice
    else:
        assert notices == []


def test_sarif_by_category_has_all_findings_and_a_run_for_what_found_nothing(made: Report) -> None:
    runs = json.loads(text_of(made, "sarif-split"))["runs"]
    assert [run["automationDetails"]["id"] for run in runs] == [
        f"perfcheck/ours/zh/{family}/" for family in ("basis", "indicator", "plan", "value")
    ]
    assert sum(len(run["results"]) for run in runs) == len(made.findings)


def test_the_gitlab_report_is_right(made: Report) -> None:
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


def test_junit_is_valid_by_the_schema_of_ant(made: Report) -> None:
    etree = pytest.importorskip("lxml.etree")
    text = text_of(made, "junit")
    assert len(text.encode()) < 30_000_000
    tree = etree.fromstring(text.encode())
    if JUNIT_SCHEMA.is_file():
        official = etree.XMLSchema(etree.parse(str(JUNIT_SCHEMA)))
        assert official.validate(tree), official.error_log
    cases = tree.findall("testsuite/testcase")
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    assert len(tree.findall("testsuite/testcase/failure")) == len(made.findings)
    for suite in tree.findall("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))


def test_every_line_for_reviewdog_is_a_diagnostic(made: Report) -> None:
    validator = jsonschema.Draft202012Validator(DIAGNOSTIC)
    items = lines_of(made, "rdjsonl")
    assert len(items) == len(made.findings)
    assert all(validator.is_valid(item) for item in items)


def test_every_line_for_queries_holds_to_our_schema(made: Report) -> None:
    validator = jsonschema.Draft202012Validator(schema("finding.schema.json"))
    items = lines_of(made, "jsonl")
    assert len(items) == len(made.findings)
    assert all(validator.is_valid(item) for item in items)


COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^:,\r\n]*,?)+)::([^\r\n]+)")


def test_github_gets_ten_annotations_of_a_level_and_the_summary_counts_the_rest(made: Report) -> None:
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
    if len(made.findings) == max(SIZES):
        assert counted in lines[-1]
        assert "没有列出" not in summary  # mass defects are put together
        assert "行没有列出" in step_summary(made, text_of(made, "markdown", group=False))
