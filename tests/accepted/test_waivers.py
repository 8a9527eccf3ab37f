"""The table of waivers, cell by cell: what a scope takes in, what holds until when, what is wrong with the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfcheck import api
from perfcheck.accepted.baseline_file import DEFAULT
from perfcheck.config import Settings
from tests.calls import Run, write
from tests.forms import INDICATORS, code, form, project

TODAY = "2026-06-30"
FILE = "豁免.yaml"
RULE = "value-over-100"
"""The rule most of these waivers are for; it finds one cell of TEXT."""
TABLE = [*INDICATORS[:1], (*INDICATORS[1][:4], "≥120%", INDICATORS[1][5]), *INDICATORS[2:]]
TEXT = form(project(1, table=TABLE), project(2))
BOTH = form(project(1, table=TABLE), project(2, table=TABLE, name="乡道养护经费"))


def entry(*, rule: str = RULE, scope: str = "{path: 文/甲.txt}", expiry: str = "2026-12-31", **more: str) -> str:
    """One waiver as it stands in a file; a key that is empty is left out."""
    keys = {"rule": rule, "scope": scope, "reason": "上年结转", "approver": "预算股 王某", "expiry": expiry, **more}
    lines = [f"{key}: {value}" for key, value in keys.items() if value]
    return "  - " + "\n    ".join(lines) + "\n"


def waivers(*entries: str) -> str:
    return write(FILE, "schema: perfcheck-waivers-1\nwaivers:\n" + "".join(entries))


def outcome(run: Run, *arguments: str, text: str = TEXT, today: str = TODAY) -> dict[str, Any]:
    """The JSON report of a check of ``文`` with the waivers."""
    write("文/甲.txt", text)
    paths = [one for one in arguments if not one.startswith("-")] or ["文"]
    options = [one for one in arguments if one.startswith("-")]
    result = run("check", *paths, "--waivers", FILE, "--today", today, "--format", "json", *options)
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def waived(report: dict[str, Any]) -> list[str]:
    return [finding["rule"] for document in report["documents"] for finding in document["accepted"]]


def told(report: dict[str, Any]) -> list[str]:
    """What was found about waivers."""
    found = [finding["rule"] for document in report["documents"] for finding in document["findings"]]
    return [rule for rule in found if rule.startswith("waiver-")]


# ---- scope: kinds by match and no match ---------------------------------------------------------------------------------

SCOPES = {
    "path": ("文/甲.txt", "文/乙.txt"),
    "path with a star": ("文/*.txt", "'*.txt'"),
    "path with two stars": ("'**/甲.txt'", "'**/乙*'"),
    "path with a question mark": ("文/?.txt", "文/??.txt"),
    "path of a folder": ("文/", "别处/"),
    "path of all": ("'**'", "'**/*.docx'"),
    "unit by name": ("某县某镇人民政府", "某县某乡人民政府"),
    "unit by code": ("'600001'", "'600002'"),
    "unit by both": ("600001某县某镇人民政府", "600002某县某镇人民政府"),
    "project by name": ("村道养护经费", "乡道养护经费"),
    "project by code": (code(1), code(2)),
    "indicator": ("养护合格率", "养护里程"),
    "text": ("≥120%", "≥12"),
}


@pytest.mark.parametrize("kind", SCOPES)
@pytest.mark.parametrize("matches", [True, False], ids=["match", "no match"])
def test_a_waiver_waives_what_its_scope_takes_in(run: Run, kind: str, matches: bool) -> None:
    waivers(entry(scope=f"{{{kind.partition(' ')[0]}: {SCOPES[kind][0 if matches else 1]}}}"))
    assert waived(outcome(run)) == ([RULE] if matches else [])


@pytest.mark.parametrize("rule", ["value.", "value*", "CATEGORY", "[goals-blank, value-over-100]"])
@pytest.mark.parametrize("matches", [True, False], ids=["match", "no match"])
def test_a_waiver_names_rules_as_select_does(run: Run, rule: str, matches: bool) -> None:
    if rule == "CATEGORY":
        rule = next(each.category for each in api.open_pack("hebei").rules if each.id == RULE)
    waivers(entry(rule=rule if matches else "goals-blank"))
    assert waived(outcome(run)) == ([RULE] if matches else [])


@pytest.mark.parametrize("scope", ["{project: 村道养护经费, indicator: 养护合格率}", "{project: 村道养护经费}"])
def test_parts_of_a_scope_narrow_it_together(run: Run, scope: str) -> None:
    waivers(entry(scope=scope))
    report = outcome(run, text=BOTH)
    assert waived(report) == [RULE]
    assert RULE in [finding["rule"] for finding in report["documents"][0]["findings"]]


# ---- days by kinds of scope -----------------------------------------------------------------------------------------------

DAYS = {
    "long expired": ("2020-01-01", False, ["waiver-expired"]),
    "expired yesterday": ("2026-06-29", False, ["waiver-expired"]),
    "its last day is today": (TODAY, True, []),
    "from tomorrow on expired": ("2026-07-01", True, []),
    "far in the future": ("2099-12-31", True, []),
    "no such day": ("2026-02-30", False, ["waiver-malformed"]),
    "another notation": ("2026/12/31", False, ["waiver-malformed"]),
    "without dashes": ("20261231", False, ["waiver-malformed"]),
    "no day": ("长期", False, ["waiver-malformed"]),
    "missing": ("", False, ["waiver-malformed"]),
}


@pytest.mark.parametrize("scope", ["path", "unit by name", "project by code", "indicator", "text"])
@pytest.mark.parametrize("kind", DAYS)
def test_a_waiver_holds_through_its_last_day(run: Run, kind: str, scope: str) -> None:
    expiry, holds, findings = DAYS[kind]
    waivers(entry(scope=f"{{{scope.partition(' ')[0]}: {SCOPES[scope][0]}}}", expiry=expiry))
    report = outcome(run)
    assert waived(report) == ([RULE] if holds else [])
    assert told(report) == findings


def test_without_a_day_given_the_machine_s_counts(run: Run) -> None:
    write("a.txt", TEXT)
    waivers(entry(scope="{path: a.txt}", expiry="2000-01-01"), entry(scope="{path: a.txt}", expiry="2999-01-01"))
    report = json.loads(run("check", "a.txt", "--waivers", FILE, "--format", "json").stdout)
    assert waived(report) == [RULE] and told(report) == ["waiver-expired"]


def test_a_day_that_is_none_is_a_wrong_call(run: Run) -> None:
    write("a.txt", TEXT)
    waivers()
    result = run("check", "a.txt", "--waivers", FILE, "--today", "明天")
    assert result.exit_code == 2 and "不是日期" in result.stderr


# ---- malformed --------------------------------------------------------------------------------------------------------

MALFORMED = {
    "no rule": (entry(rule=""), "缺少“rule”"),
    "no scope": (entry(scope=""), "缺少“scope”"),
    "an empty scope": (entry(scope="{}"), "缺少“scope”"),
    "a scope that is text": (entry(scope="甲.txt"), "“scope”应写明"),
    "an empty part of a scope": (entry(scope="{path: ''}"), "“scope.path”是空的"),
    "no reason": (entry(reason=""), "缺少“reason”"),
    "a blank reason": (entry(reason="'  '"), "“reason”应是一句文字"),
    "a reason that is a list": (entry(reason="[一, 二]"), "“reason”应是一句文字"),
    "no approver": (entry(approver=""), "缺少“approver”"),
    "a rule that is not there": (entry(rule="value-over-10"), "没有规则或类别叫“value-over-10”（是不是“value-over-100”？）"),
    "a rule that is a mapping": (entry(rule="{id: a}"), "“rule”应是规则编号"),
    "a misspelt key": (entry(aprover="王某"), "不认识的键“aprover”（是不是“approver”？）"),
    "a misspelt part of a scope": (entry(scope="{projet: 甲}"), "不认识的键“projet”（是不是“project”？）"),
    "no mapping": ("  - 村道养护经费\n", "每条豁免应是一组"),
    "nothing": ("  -\n", "每条豁免应是一组"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_malformed_waiver_waives_nothing_and_is_an_error_on_its_line(run: Run, kind: str) -> None:
    text, sentence = MALFORMED[kind]
    waivers(entry(rule="goals-blank", scope="{path: 别处.txt}"), text)
    report = outcome(run, "文/甲.txt")
    assert waived(report) == []
    (about,) = (document for document in report["documents"] if document["path"] == FILE)
    (finding,) = about["findings"]
    assert (finding["rule"], finding["level"]) == ("waiver-malformed", "error")
    assert finding["message"].startswith(sentence)
    assert 8 <= finding["span"]["line"] <= 13
    assert finding["text"] in text


def test_the_other_waivers_of_a_file_still_hold(run: Run) -> None:
    waivers(entry(reason=""), entry(), "  - 3\n")
    report = outcome(run)
    assert waived(report) == [RULE] and told(report) == ["waiver-malformed"] * 2


FOREIGN: dict[str, str | bytes | None] = {
    "missing": None, "no UTF-8": b"\xff\xfe\x00", "no YAML": "waivers: [", "a list": "- a\n", "another schema": "schema: x\nwaivers: []\n",
    "no schema": "waivers: []\n", "another key": "schema: perfcheck-waivers-1\nwaiver: []\n", "text for a list": "schema: perfcheck-waivers-1\nwaivers: 甲\n",
    "aliases": "schema: perfcheck-waivers-1\nwaivers: [&a {}, *a]\n", "empty": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_that_is_no_file_of_waivers_ends_the_run_with_2_and_a_sentence(run: Run, kind: str) -> None:
    data = FOREIGN[kind]
    write("a.txt", TEXT)
    if data is not None:
        write(FILE, data)
    result = run("check", "a.txt", "--waivers", FILE)
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith("perfcheck: ") and FILE in result.stderr


def test_a_file_without_waivers_is_fine(run: Run) -> None:
    write(FILE, "schema: perfcheck-waivers-1\nwaivers:\n")
    assert told(outcome(run)) == []


# ---- unused -----------------------------------------------------------------------------------------------------------

REACHES = {
    # what was checked -> whether a waiver is told to be unused, by its scope
    "its file": ("文/甲.txt", {"{path: 文/甲.txt}": True, "{path: 文/*.txt}": False, "{project: 村道养护经费}": False}),
    "another file": ("文/乙.txt", {"{path: 文/甲.txt}": False, "{path: 文/*.txt}": False, "{project: 村道养护经费}": False}),
    "its folder": ("文", {"{path: 文/甲.txt}": True, "{path: 文/*.txt}": True, "{project: 村道养护经费}": False, "{path: 文/没有.txt}": True}),
    "all there is": (".", {"{path: 文/甲.txt}": True, "{path: 文/*.txt}": True, "{project: 村道养护经费}": True, "{unit: 没有}": True}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("checked", "scope", "unused"),
    [(checked, scope, unused) for checked, scopes in REACHES.values() for scope, unused in scopes.items()],
)
def test_a_waiver_is_unused_only_where_all_it_may_be_for_was_checked(
    run: Run, checked: str, scope: str, unused: bool
) -> None:
    waivers(entry(scope=scope))
    write("文/乙.txt", form())
    report = outcome(run, checked, text=form())
    assert told(report) == (["waiver-unused"] if unused else [])


@pytest.mark.parametrize("option", ["--ignore=value-over-100", "--select=goals-blank"])
def test_a_waiver_of_a_rule_that_did_not_run_is_not_unused(run: Run, option: str) -> None:
    waivers(entry())
    assert told(outcome(run, option)) == []


def test_a_waiver_for_a_file_that_could_not_be_read_is_not_unused(run: Run) -> None:
    waivers(entry(scope="{project: 村道养护经费}"))
    write("文/甲.txt", b"\0")
    report = json.loads(run("check", ".", "--waivers", FILE, "--format", "json").stdout)
    assert told(report) == []


def test_two_waivers_for_one_finding_are_both_used(run: Run) -> None:
    waivers(entry(), entry(scope="{text: ≥120%}"))
    assert told(outcome(run, ".")) == []


def test_an_expired_waiver_is_told_even_where_it_fits_nothing(run: Run) -> None:
    waivers(entry(scope="{path: 别处.txt}", expiry="2020-01-01"))
    assert told(outcome(run, "文/甲.txt")) == ["waiver-expired"]


# ---- locked -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", [RULE, "value."])
def test_what_is_locked_cannot_be_waived_nor_left_to_a_baseline(run: Run, lock: str) -> None:
    write("a.txt", TEXT)
    waivers(entry(scope="{path: a.txt}"))
    run("baseline", "create", "a.txt")
    settings = Settings(("a.txt",), waivers=FILE, baseline=DEFAULT, today=TODAY)
    assert api.check(settings).exit_status("error") == 0
    report = api.check(settings._replace(locked=(lock,)))
    assert sorted(finding.rule.id for finding in report.findings) == [RULE, "waiver-refused"]
    assert [finding.state for finding in report.findings if finding.rule.id == RULE] == ["unchanged"]
    assert report.accepted == [] and report.exit_status("error") == 1


# ---- together with a baseline --------------------------------------------------------------------------------------------


def test_what_is_waived_is_no_part_of_a_baseline(run: Run) -> None:
    write("a.txt", TEXT)
    waivers(entry(scope="{path: a.txt}"))
    run("baseline", "create", "a.txt", "--waivers", FILE, "--today", TODAY)
    assert json.loads(Path(DEFAULT).read_text(encoding="utf-8"))["documents"] == []
    assert run("check", "a.txt", "--baseline", DEFAULT).exit_code == 1
    result = run("check", "a.txt", "--baseline", DEFAULT, "--waivers", FILE, "--today", TODAY)
    assert result.exit_code == 0
    assert "新增 0 处、未改 0 处、已改 0 处" in result.stdout and "已豁免 1 处" in result.stdout


def test_a_fault_that_is_waived_later_is_not_fixed_and_leaves_the_baseline_at_the_next_update(run: Run) -> None:
    write("a.txt", TEXT)
    run("baseline", "create", "a.txt")
    waivers(entry(scope="{path: a.txt}"))
    options = ("--waivers", FILE, "--today", TODAY)
    result = run("check", "a.txt", "--baseline", DEFAULT, *options)
    assert "已改 0 处" in result.stdout and "已豁免 1 处" in result.stdout
    run("baseline", "update", "a.txt", *options)
    assert json.loads(Path(DEFAULT).read_text(encoding="utf-8"))["documents"] == []


def test_findings_about_waivers_are_no_part_of_a_baseline(run: Run) -> None:
    write("a.txt", TEXT)
    waivers(entry(reason=""))
    run("baseline", "create", "a.txt", "--waivers", FILE)
    rules = {
        fault["rule"] for each in json.loads(Path(DEFAULT).read_text("utf-8"))["documents"] for fault in each["faults"]
    }
    assert rules == {RULE}
    assert run("check", "a.txt", "--waivers", FILE, "--baseline", DEFAULT).exit_code == 1


# ---- in reports ---------------------------------------------------------------------------------------------------------


def test_the_file_of_waivers_is_no_document(run: Run) -> None:
    write("a.txt", TEXT)
    waivers(entry(scope="{path: a.txt}", expiry="2020-01-01"))
    assert "检查了 1 份文本" in run("check", "a.txt", "--waivers", FILE).stdout
    sarif = json.loads(run("check", "a.txt", "--waivers", FILE, "--format", "sarif").stdout)["runs"][0]
    assert {result["ruleId"] for result in sarif["results"]} == {RULE, "waiver-expired"}
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in sarif["results"]}
    assert len(uris) == 2
    junit = run("check", "a.txt", "--waivers", FILE, "--format", "junit").stdout
    assert junit.count("<testcase") < 2 * len(sarif["tool"]["driver"]["rules"])


def test_rules_about_waivers_can_be_explained_and_left_out(run: Run) -> None:
    assert "过期" in run("explain", "waiver-expired").stdout
    write("a.txt", TEXT)
    waivers(entry(scope="{path: a.txt}", expiry="2020-01-01"))
    assert "waiver-expired" not in run("check", "a.txt", "--waivers", FILE, "--ignore", "waiver-expired").stdout


def test_the_same_bytes_for_any_number_of_processes_and_from_the_cache(run: Run) -> None:
    for number in range(6):
        write(f"文/{number}.txt", TEXT)
    waivers(entry(scope="{path: 文/3.txt}"), entry(rule="goals-blank", scope="{path: 文/4.txt}"))
    arguments = ("check", "文", "--waivers", FILE, "--today", TODAY, "--format", "json")
    plain = run(*arguments).stdout
    assert plain.count('"kind": "external"') == 1
    assert run(*arguments, "--jobs", "2").stdout == plain
    assert [run(*arguments, "--cache-dir", "c").stdout for _ in range(2)] == [plain, plain]
