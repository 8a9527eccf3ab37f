"""A second round of review in every format: new, unchanged, fixed and waived, and what each receiver is told."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from perfcheck import api
from perfcheck.accepted.baseline_file import DEFAULT
from perfcheck.config import Settings
from perfcheck.reporting import FORMATS, Report, render
from perfcheck.reporting.formats import Options
from perfcheck.reporting.sarif_runs import MOST_RESULTS, runs
from tests.calls import Run, write
from tests.conftest import SARIF_SCHEMA, SHARED, schema
from tests.forms import form, project
from tests.reporting.crowds import crowd
from tests.reporting.samples import sample_pack

NEW, EDITED, UNCHANGED, FIXED = "spending-plan-flat", "spending-plan-over-100", "goals-blank", "punctuation-half-width"
MARKED, WAIVED = "title-name-mismatch", "value-over-100"
BEFORE = form(project(1, goals="", plan=("25%", "50%", "75%", "1000%")), project(2, goals="1.全年维护12处,方便群众。"))
AFTER = form(
    project(1, goals="", plan=("25%", "50%", "75%", "900%"), title="1.别的经费绩效目标表[perfcheck:忽略 title-name-mismatch 理由：项目更名]"),
    project(2, plan=("50%", "50%", "75%", "100%")),
).replace("≥95%", "≥195%", 1)  # fmt: skip
WAIVERS = """\
schema: perfcheck-waivers-1
waivers:
  - rule: value-over-100
    scope: {path: a.txt}
    reason: 含上年结转的“里程”
    approver: 预算股 王某
    expiry: 2026-12-31
"""
PEOPLE = ("text", "markdown", "csv", "html")
WORDS = {"zh": ("新增", "未改", "已改", "已豁免"), "en": ("new", "unchanged", "fixed", "waived")}


@pytest.fixture(params=["zh", "en"])
def second(request: pytest.FixtureRequest, run: Run) -> Report:
    """The second draft of a document beside the baseline of the first."""
    write("a.txt", BEFORE)
    assert run("baseline", "create", "a.txt").exit_code == 0
    write("a.txt", AFTER)
    write("w.yaml", WAIVERS)
    settings = Settings(("a.txt",), baseline=DEFAULT, waivers="w.yaml", today="2026-06-30", language=request.param)
    # the page shows the document itself
    report = api.check(settings._replace(more_formats=("html",)))
    assert report.rounds == {"new": 2, "unchanged": 1, "fixed": 1, "waived": 2}
    return report


def text_of(report: Report, format: str, show: bool) -> str:
    text = render(report, format, Options(show_accepted=show))
    assert isinstance(text, str)
    return text


# ---- people -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", PEOPLE)
def test_people_see_new_unchanged_and_fixed_when_they_ask(second: Report, format: str) -> None:
    text = text_of(second, format, True)
    for word in WORDS[second.language]:
        assert word in text
    for rule in (NEW, EDITED, UNCHANGED, FIXED, MARKED, WAIVED):
        assert rule in text
    text = text.replace("\\", "")
    assert "预算股 王某" in text and "2026-12-31" in text and "项目更名" in text


@pytest.mark.parametrize("format", PEOPLE)
def test_otherwise_they_see_what_counts_and_how_many_do_not(second: Report, format: str) -> None:
    text = text_of(second, format, False)
    assert NEW in text and EDITED in text
    text = re.sub("<script>.*</script>|<style>.*</style>", "", text, flags=re.DOTALL)
    assert not any(f"{rule}]" in text or f"`{rule}`" in text for rule in (UNCHANGED, FIXED, WAIVED))
    if format != "csv":
        counts = re.sub(r"\\", "", text)
        wanted = {"zh": "新增 2 处、未改 1 处、已改 1 处", "en": "2 new, 1 unchanged, 1 fixed"}[second.language]
        assert wanted in counts


def test_the_list_has_a_column_for_the_second_look_beside_a_baseline_only(second: Report) -> None:
    first, *rows = csv.reader(io.StringIO(text_of(second, "csv", True).removeprefix("\ufeff")))
    assert {len(row) for row in rows} == {len(first)}
    told = Counter((row[-2], row[11]) for row in rows)
    new, unchanged, fixed, waived = WORDS[second.language]
    assert told == {
        (new, NEW): 1, (new, EDITED): 1, (unchanged, UNCHANGED): 1, (fixed, FIXED): 1, (waived, MARKED): 1, (waived, WAIVED): 1,
    }  # fmt: skip
    plain = api.check(Settings(("a.txt",), no_waivers=True))
    assert len(text_of(plain, "csv", True).split("\r\n")[0].split(",")) == len(first) - 2


def test_the_workbook_has_the_same_columns(second: Report) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = render(second, "xlsx", Options(show_accepted=True))
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].values)
    assert Counter(row[-2] for row in rows[1:]) == dict(zip(WORDS[second.language], (2, 1, 1, 2)))


def test_the_review_form_has_a_section(second: Report) -> None:
    docx = pytest.importorskip("docx")
    for show in (True, False):
        document = docx.Document(io.BytesIO(render(second, "docx", Options(show_accepted=show))))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        lines = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert "2" in lines and ("与基线相比" in lines or "Against the baseline" in lines)
        assert (WORDS[second.language][2] in cells) == show


def test_a_value_that_is_still_wrong_says_what_it_was(second: Report) -> None:
    assert "1000%" in text_of(second, "text", False) and "1000%" in text_of(second, "html", False)


# ---- programs -----------------------------------------------------------------------------------------------------------


def test_sarif_has_states_and_suppressions(second: Report) -> None:
    content = json.loads(text_of(second, "sarif", False))
    found = {result["ruleId"]: result for result in content["runs"][0]["results"]}
    states = {rule: result["baselineState"] for rule, result in found.items()}
    assert states == {NEW: "new", EDITED: "updated", UNCHANGED: "unchanged", MARKED: "new", WAIVED: "new"}
    suppressed = {rule: result["suppressions"] for rule, result in found.items() if "suppressions" in result}
    assert {rule: (only["kind"], only["status"]) for rule, (only,) in suppressed.items()} == {
        MARKED: ("inSource", "accepted"), WAIVED: ("external", "accepted"),
    }  # fmt: skip
    assert "含上年结转的“里程”" in suppressed[WAIVED][0]["justification"]


def test_sarif_has_what_is_fixed_when_asked_for(second: Report) -> None:
    content = json.loads(text_of(second, "sarif", True))
    (absent,) = (result for result in content["runs"][0]["results"] if result["baselineState"] == "absent")
    assert absent["ruleId"] == FIXED


@pytest.mark.skipif(not SARIF_SCHEMA.is_file(), reason="the official schema is not beside this checkout")
@pytest.mark.parametrize("show", [True, False])
@pytest.mark.parametrize("format", ["sarif", "sarif-split"])
def test_sarif_is_valid_by_the_official_schema(second: Report, format: str, show: bool) -> None:
    official = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(official)(official)
    content = json.loads(text_of(second, format, show))
    assert list(validator.iter_errors(content)) == []
    for each in content["runs"]:
        rules = each["tool"]["driver"]["rules"]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in each["results"])


def test_what_does_not_count_is_the_first_to_be_cut_from_sarif(tmp_path: Path, run: Run) -> None:
    pack = sample_pack(tmp_path)
    write("a.txt", crowd(100))
    run("baseline", "create", "a.txt", "--pack", pack)
    write("a.txt", crowd(100).replace("45%", "44%"))
    report = api.check(Settings(("a.txt",), pack=pack, baseline=DEFAULT))
    (judgement,) = report.judgements
    assert len(judgement.findings) == 5 and len(judgement.accepted) == 95
    many = judgement._replace(findings=judgement.findings * 200, accepted=judgement.accepted * 300)
    (only,) = runs(report._replace(judgements=(many,)), split=False)
    assert len(only.findings) == MOST_RESULTS and sum(only.left_out.values()) == 1000 + 28_500 - MOST_RESULTS
    assert {finding.state for finding in only.findings[:1000]} == {"updated"}
    assert {finding.state for finding in only.findings[1000:]} == {"unchanged"}


def test_words_of_one_language_do_not_come_out_of_the_cache_in_another(run: Run) -> None:
    write("a.txt", BEFORE)
    assert "错误" in run("check", "a.txt", "--format", "markdown").stdout
    assert "错误" not in run("check", "a.txt", "--format", "markdown", "--lang", "en").stdout


def test_the_json_report_holds_to_its_schema(second: Report) -> None:
    content = json.loads(text_of(second, "json", False))
    jsonschema.Draft202012Validator(schema("report.schema.json")).validate(content)
    (document,) = content["documents"]
    assert {finding["rule"]: finding["state"] for finding in document["findings"]} == {NEW: "new", EDITED: "updated"}
    assert {finding["rule"] for finding in document["accepted"]} == {UNCHANGED, MARKED, WAIVED}
    assert [(fault["rule"], fault["text"], fault["count"]) for fault in document["fixed"]] == [(FIXED, ",", 1)]


@pytest.mark.parametrize(("show", "count"), [(False, 2), (True, 5)])
def test_lines_for_queries_leave_out_what_does_not_count_unless_asked(second: Report, show: bool, count: int) -> None:
    validator = jsonschema.Draft202012Validator(schema("finding.schema.json"))
    items = [json.loads(line) for line in text_of(second, "jsonl", show).splitlines()]
    for item in items:
        validator.validate(item)
    assert len(items) == count


@pytest.mark.parametrize("format", ["gitlab", "rdjsonl", "github"])
@pytest.mark.parametrize("show", [True, False])
def test_receivers_of_findings_get_only_what_counts(second: Report, format: str, show: bool) -> None:
    text = text_of(second, format, show)
    assert NEW in text and EDITED in text
    assert not any(rule in text for rule in (UNCHANGED, FIXED, MARKED, WAIVED))


def test_junit_skips_what_does_not_count_with_its_reason(second: Report) -> None:
    text = text_of(second, "junit", False)
    skipped = {
        case.get("name", "").split()[0]: (case.find("skipped").get("message") or "")  # type: ignore[union-attr]
        for case in ET.fromstring(text).iter("testcase")
        if case.find("skipped") is not None
    }
    assert {UNCHANGED, MARKED, WAIVED} <= set(skipped)
    assert "含上年结转的“里程”" in skipped[WAIVED]
    failed = [case for case in ET.fromstring(text).iter("testcase") if case.find("failure") is not None]
    assert len(failed) == 2
    file = SHARED / "schemas" / "JUnit.xsd"
    if file.is_file():
        etree = pytest.importorskip("lxml.etree")
        assert etree.XMLSchema(etree.parse(str(file))).validate(etree.fromstring(text.encode()))


@pytest.mark.parametrize("format", [name for name, each in FORMATS.items() if name != "template"])
def test_without_baseline_and_waivers_showing_what_is_accepted_changes_nothing(
    report: Callable[..., Report], format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    made = report({"a.txt": BEFORE}, more_formats=("html",))
    shown, plain = (render(made, format, Options(show_accepted=show)) for show in (True, False))
    if format in ("docx", "xlsx"):
        assert isinstance(shown, bytes) and abs(len(shown) - len(plain)) < 50  # only times differ
    else:
        assert shown == plain


def test_a_template_of_one_s_own_sees_rounds_and_waivers(second: Report) -> None:
    write(
        "t.j2", "{{ rounds.fixed }} {% for f in documents[0].accepted if f.waiver %}{{ f.waiver.reason }}{% endfor %}"
    )
    text: Any = render(second, "template", Options(template="t.j2"))
    assert text.startswith("1 ") and "项目更名" in text
