"""SARIF 2.1.0: valid by the official schema, and all that GitHub asks beyond it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from perfcheck.reporting import Report, render
from tests.conftest import SARIF_SCHEMA
from tests.forms import form, project
from tests.reporting.conftest import Rendered
from tests.reporting.samples import CLEAN, FLAWED
from tests.reporting.test_text import nasty_document

VERY_FAULTY = form(
    project(1, goals="", plan=("", "", "", "")),
    project(
        2,
        project_code="12",
        title="2.别的绩效目标表",
        funding=("预算规模及资金用途", "预算数", "9", "其中：财政资金", "8", "其他资金", ""),
    ),
    project(3, project_code="12", unit=("600002另一单位", "单位：元")),
    part_one="",
)


def runs(made: Report) -> dict[str, Any]:
    content = json.loads(render(made, "sarif"))
    assert len(content["runs"]) == 1
    run: dict[str, Any] = content["runs"][0]
    return run


@pytest.fixture(params=["zh", "en"])
def made(request: pytest.FixtureRequest, report: Callable[..., Report]) -> Report:
    """A report on documents of all sorts by the rules of Hebei."""
    texts: dict[str, str | bytes] = {
        "clean.txt": CLEAN,
        "有问题 的.txt": FLAWED,
        "坏.txt": b"\0",
        "harm.txt": nasty_document(),
        "faulty.txt": VERY_FAULTY,
    }
    found = report(texts, language=request.param)
    assert len(found.findings) > 15
    return found


@pytest.mark.skipif(
    not SARIF_SCHEMA.is_file(), reason="the official schema is not beside this checkout (../shared/schemas)"
)
def test_the_report_is_valid_by_the_official_schema(
    made: Report, report: Callable[..., Report], rendered: Rendered
) -> None:
    official = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(official)(official)
    texts = [
        render(made, "sarif"),
        render(report({"clean.txt": CLEAN}), "sarif"),
        rendered("sarif").replace("VERSION", "0.1.0"),
    ]
    for text in texts:
        assert list(validator.iter_errors(json.loads(text))) == []


def test_the_report_looks_as_it_did(rendered: Rendered, snapshot: Any) -> None:
    snapshot("report.zh.sarif", rendered("sarif"))


def test_version_and_schema_are_named(made: Report) -> None:
    content = json.loads(render(made, "sarif"))
    assert content["version"] == "2.1.0"
    assert content["$schema"].startswith("https://")


def test_the_driver_says_what_it_is(made: Report) -> None:
    driver = runs(made)["tool"]["driver"]
    assert driver["name"] == "perfcheck"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", driver["semanticVersion"])
    assert driver["language"] in ("zh-CN", "en-US")


def test_rules_are_unique_and_have_the_texts_github_asks_for(made: Report) -> None:
    rules = runs(made)["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 40
    for rule in rules:
        for key in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[key]["text"]) <= 1024
        assert rule["help"]["text"].strip() and rule["help"]["markdown"].strip()
        assert 0 < len(rule["name"]) <= 255
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert "security-severity" not in rule["properties"]
        assert "helpUri" not in rule  # no page of a rule has an address of its own
        tags = rule["properties"]["tags"]
        assert rule["properties"]["category"] in tags
        assert len(tags) == len(set(tags)) <= 10


def test_results_point_at_their_rules(made: Report) -> None:
    run = runs(made)
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(made.findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        first = re.split("[。；]|(?<=[.!?]) ", result["message"]["text"])[0]
        assert len(first) > 1 and not re.search(r"\]\(\d+\)", first)  # it stands alone: links come behind it


def test_every_place_is_whole_and_counts_from_one(made: Report) -> None:
    for result in runs(made)["results"]:
        assert len(result["locations"]) == 1
        related = result.get("relatedLocations", [])
        assert len(related) <= 10
        assert len({location["id"] for location in related}) == len(related)
        for location in [*result["locations"], *related]:
            region = location["physicalLocation"]["region"]
            assert set(region) - {"snippet"} == {"startLine", "startColumn", "endLine", "endColumn"}
            assert all(number >= 1 for key, number in region.items() if key != "snippet")
            assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
            assert location["physicalLocation"]["artifactLocation"]["uri"]
        assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]


def test_columns_count_code_points(made: Report) -> None:
    assert runs(made)["columnKind"] == "unicodeCodePoints"


def test_names_are_percent_encoded_and_relative(made: Report) -> None:
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in runs(made)["results"]}
    assert {unquote(uri) for uri in uris} >= {"有问题 的.txt", "harm.txt", "faulty.txt"}
    assert all(re.fullmatch(r"[A-Za-z0-9%._~/-]+", uri) for uri in uris)


def test_a_path_is_told_from_the_root_of_its_repository(
    report: Callable[..., Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "一 县" / "乡").mkdir(parents=True)
    for path in (
        "一 县/乡/甲#1.txt",
        "./一 县/乡/甲#1.txt",
        str(tmp_path / "一 县" / "乡" / "甲#1.txt"),
        "一 县/../一 县/乡/甲#1.txt",
    ):
        made = report({path: form(project(1, goals=""))})
        uri = runs(made)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == "%E4%B8%80%20%E5%8E%BF/%E4%B9%A1/%E7%94%B2%231.txt"


def test_a_link_to_a_folder_is_told_by_where_it_leads(report: Callable[..., Report], tmp_path: Path) -> None:
    (tmp_path / "真的").mkdir()
    try:
        (tmp_path / "链接").symlink_to("真的", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    made = report({"链接/甲.txt": form(project(1, goals=""))})
    uri = runs(made)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == "真的/甲.txt"


def test_a_file_outside_the_repository_has_an_absolute_uri(
    report: Callable[..., Report], tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("别处") / "甲.txt"
    uri = runs(report({str(outside): form(project(1, goals=""))}))["results"][0]["locations"][0]["physicalLocation"][
        "artifactLocation"
    ]["uri"]
    assert uri.startswith("file:///") and unquote(uri).endswith("/甲.txt")


def test_fingerprints_are_ours_and_unique_in_a_document(made: Report) -> None:
    seen = set()
    for result in runs(made)["results"]:
        assert set(result["partialFingerprints"]) == {"primaryLocationLineHash"}
        key = (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["partialFingerprints"]["primaryLocationLineHash"],
        )
        assert key not in seen
        seen.add(key)


def test_a_run_says_whether_all_of_it_was_checked(made: Report, report: Callable[..., Report]) -> None:
    (invocation,) = runs(made)["invocations"]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["level"] == "error" and "NUL" in notice["message"]["text"]
    assert runs(report({"clean.txt": CLEAN}))["invocations"][0]["executionSuccessful"] is True


def test_the_run_has_a_category_of_its_own(made: Report) -> None:
    assert runs(made)["automationDetails"]["id"].startswith("perfcheck/")


def test_a_clean_run_has_rules_and_no_results(report: Callable[..., Report]) -> None:
    run = runs(report({"clean.txt": CLEAN}))
    assert run["results"] == [] and run["tool"]["driver"]["rules"]


def test_standard_input_has_a_uri_too(report: Callable[..., Report], monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(form(project(1, goals="")).encode())))
    from perfcheck import api
    from perfcheck.config import Settings

    uri = runs(api.check(Settings(("-",))))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9%._~/-]+", uri)


def test_a_file_name_that_is_no_utf_8_has_a_uri(report: Callable[..., Report], tmp_path: Path) -> None:
    try:
        (tmp_path / "a\udcff.txt").write_text("第一部分\n", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 names only")
    assert "%FF.txt" in render(report({"a\udcff.txt": form(project(1, goals=""))}), "sarif")
