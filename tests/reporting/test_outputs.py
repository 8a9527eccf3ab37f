"""What the formats for other programs say of samples, character for character where that matters."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfcheck.finding import Location, Step
from perfcheck.model.places import narrowed
from perfcheck.reporting import FORMATS, Report, render
from perfcheck.reporting.github_report import step_summary
from perfcheck.reporting.gitlab_report import gitlab_report
from perfcheck.reporting.junit_report import junit_report
from perfcheck.reporting.rdjsonl_report import _range
from perfcheck.reporting.sarif_runs import MOST_RUNS, links, runs
from perfcheck.reporting.words import words
from perfcheck.source import Place, Span
from tests.forms import INDICATORS, form, line_of, project
from tests.office import docx
from tests.reporting.conftest import Rendered
from tests.reporting.samples import CLEAN, FLAWED

FILE = "有问题 的.txt"


@pytest.mark.parametrize("format", ["github", "gitlab", "jsonl", "rdjsonl", "sarif-split"])
def test_the_report_looks_as_it_did(rendered: Rendered, snapshot: Any, format: str) -> None:
    snapshot(f"report.zh.{format}", rendered(format))


def test_the_junit_report_looks_as_it_did(rendered: Rendered, snapshot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    snapshot("report.zh.junit", rendered("junit"))


# ---- paths --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["github", "gitlab", "jsonl", "junit", "rdjsonl"])
def test_paths_are_told_from_the_root_of_the_repository_undecoded(
    report: Callable[..., Report], tmp_path: Path, format: str
) -> None:
    (tmp_path / "一 县" / "乡").mkdir(parents=True)
    for path in ("./一 县/乡/甲#1.txt", str(tmp_path / "一 县" / "乡" / "甲#1.txt")):
        text = render(report({path: form(project(1, goals=""))}), format)
        assert isinstance(text, str)
        assert re.search(r'["=]一 县/乡/甲#1\.txt["\,]', text)
        assert str(tmp_path) not in text


# ---- GitLab ---------------------------------------------------------------------------------------------------------------


def test_gitlab_tells_levels_apart_and_what_was_not_checked_blocks(sample: Callable[..., Report]) -> None:
    items = json.loads(gitlab_report(sample()))
    assert [item["severity"] for item in items] == ["blocker", "major", "minor", "info"]
    assert items[0]["location"] == {"path": "坏.txt", "lines": {"begin": 1}} and "未检查" in items[0]["description"]
    assert items[1]["location"]["lines"]["begin"] == line_of(FLAWED, "\t45%")


def test_gitlab_fingerprints_are_unique_in_a_run_and_stay_when_a_file_is_renamed(
    report: Callable[..., Report], pack: str
) -> None:
    one, other, both = (
        json.loads(gitlab_report(report(dict.fromkeys(names, FLAWED), pack=pack)))
        for names in (("甲.txt",), ("乙.txt",), ("甲.txt", "乙.txt"))
    )
    known = [item["fingerprint"] for item in one]
    assert known == [item["fingerprint"] for item in other]
    assert len({item["fingerprint"] for item in both}) == len(both) == 2 * len(one)
    assert set(known) < {item["fingerprint"] for item in both}


def test_gitlab_fingerprints_of_two_jobs_do_not_meet(report: Callable[..., Report], pack: str) -> None:
    """GitLab keeps one of equal ones: documents of one unit for two years, and what two jobs had to cut."""
    jobs = [
        json.loads(
            gitlab_report(report({name: FLAWED.replace("2023年", f"{year}年")}, pack=pack, year=year), largest=2_900)
        )
        for name, year in (("甲.txt", 2023), ("乙.txt", 2024))
    ]
    assert all(job[-1]["check_name"] == "report-cut" for job in jobs)
    one, other = ({item["fingerprint"] for item in job} for job in jobs)
    assert one and one.isdisjoint(other)


def test_a_gitlab_report_that_would_be_too_large_says_what_is_missing(sample: Callable[..., Report]) -> None:
    made = sample()
    items = json.loads(gitlab_report(made, largest=2_900))
    assert [item["check_name"] for item in items] == ["not-checked", "plan-falling", "report-cut"]
    assert "1 处；没有列出的有错误 0 处、警告 1 处、提示 1 处" in items[-1]["description"]


# ---- GitHub ---------------------------------------------------------------------------------------------------------------


def test_a_document_cannot_speak_to_github(report: Callable[..., Report], pack: str) -> None:
    name = "甲,乙:丙%0A::error::.txt"
    harmful = FLAWED.replace("≥16全镇16个村全部合格", "≥16\n::set-env name=PATH::x,乙丙丁戊己庚%0A辛")
    text = render(report({name: harmful}, pack=pack), "github")
    assert isinstance(text, str)
    lines = text.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=", "1 份")) for line in lines)
    assert "file=甲%2C乙%3A丙%250A%3A%3Aerror%3A%3A.txt,line=" in lines[0]


def test_github_hears_of_what_was_not_checked_first(rendered: Rendered) -> None:
    lines = rendered("github").splitlines()
    assert lines[0].startswith("::error file=坏.txt,title=未检查::")
    assert lines[-1].endswith("错误 1 处、警告 1 处、提示 1 处，未检查 1 项")
    assert rendered("github", quiet=True).splitlines() == lines[:-1]
    assert "error(s)" in rendered("github", "en")


def test_failures_take_the_place_of_annotations(report: Callable[..., Report], pack: str) -> None:
    texts: dict[str, str | bytes] = {f"坏{number}.txt": b"\0" for number in range(12)}
    text = render(report({**texts, "a.txt": FLAWED}, pack=pack), "github")
    assert isinstance(text, str)
    assert text.count("::error ") == 10
    assert "没有显示的有错误 1 处、警告 0 处、提示 0 处" in text


def test_the_summary_is_cut_between_lines_and_counts_what_is_missing(sample: Callable[..., Report]) -> None:
    made = sample()
    markdown = render(made, "markdown")
    assert isinstance(markdown, str)
    assert step_summary(made, markdown) == markdown
    cut = step_summary(made, markdown, room=1_500)
    kept, _, sentence = cut.rpartition("\n摘要")
    assert markdown.startswith(kept) and len(cut.encode()) <= 1_500
    assert f"还有 {len(markdown.splitlines()) - len(kept.splitlines())} 行" in sentence
    assert "1 MiB" in step_summary(made, markdown, room=0)


# ---- JUnit ----------------------------------------------------------------------------------------------------------------


def cases(text: str) -> dict[str, dict[str, str]]:
    """Document -> name of a case -> what became of it."""
    return {
        suite.get("name", ""): {
            case.get("name", ""): next((inner.tag for inner in case), "passed") for case in suite.iter("testcase")
        }
        for suite in ET.fromstring(text.encode()).iter("testsuite")
    }


def test_junit_has_passed_failed_skipped_and_errors(sample: Callable[..., Report]) -> None:
    found = cases("".join(junit_report(sample())))
    assert set(found) == {FILE, "clean.txt", "坏.txt"}
    assert sorted(found[FILE].values()) == ["failure", "failure", "failure", "passed"]
    assert any(name.startswith("plan-falling 项目 1") for name in found[FILE])
    assert set(found["clean.txt"].values()) == {"passed"} and len(found["clean.txt"]) == 4
    assert found["坏.txt"] == {"not-checked": "error"}


def test_what_does_not_apply_is_skipped(report: Callable[..., Report], pack: str) -> None:
    text = form(project(1, project_code="")).replace("2023", "本")
    found = cases("".join(junit_report(report({"a.txt": text}, pack=pack))))["a.txt"]
    assert found["cost-wanted"] == "skipped"


def test_a_junit_report_with_too_many_cases_leaves_out_what_passed(sample: Callable[..., Report]) -> None:
    found = cases("".join(junit_report(sample(), most_cases=14)))
    assert {kind for names in found.values() for kind in names.values()} == {"failure", "error"}


def test_junit_holds_what_xml_cannot(report: Callable[..., Report], pack: str) -> None:
    text = FLAWED.replace("≥16全镇16个村全部合格", '≥16\ufffe<]]>&"甲乙丙丁戊己庚\x0b')
    (found,) = cases("".join(junit_report(report({"a.txt": text}, pack=pack)))).values()
    assert "failure" in found.values()


# ---- reviewdog ------------------------------------------------------------------------------------------------------------


def whole(text: str, column: int, *, line: int = 3) -> Location:
    ends = text.split("\n")
    last = column + len(text) if len(ends) == 1 else len(ends[-1]) + 1
    return Location(Place(Span(line, column, line + len(ends) - 1, last)), (Step("document"),), text)


@pytest.mark.parametrize(
    ("location", "start", "end"),
    [
        (whole("甲乙", 2), (3, 2), (3, 8)),
        (whole("甲a乙", 1), (3, 1), (3, 8)),
        (narrowed(whole("甲a乙", 2), 1, 2), (3, 5), (3, 6)),
        (narrowed(whole("甲\n乙b", 2), 3, 4), (4, 4), (4, 5)),
        (whole("甲\n乙b", 2), (3, 2), (4, 5)),
        (whole("甲", 5), (3, None), (3, None)),
        (whole("", 1), (3, None), (3, None)),
    ],
)
def test_columns_for_reviewdog_count_bytes(
    location: Location, start: tuple[int, int | None], end: tuple[int, int | None]
) -> None:
    found = _range(location)
    assert [(found[side]["line"], found[side].get("column")) for side in ("start", "end")] == [start, end]


def test_reviewdog_s_columns_are_right_in_the_file(report: Callable[..., Report], pack: str) -> None:
    raw = [line.encode() for line in FLAWED.split("\n")]
    for line in str(render(report({"a.txt": FLAWED}, pack=pack), "rdjsonl")).splitlines():
        item = json.loads(line)
        start, end = item["location"]["range"]["start"], item["location"]["range"]["end"]
        if "column" in start and item["code"]["value"] != "basis-empty":
            shown = raw[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode()
            assert shown in item["message"] and shown


# ---- SARIF ----------------------------------------------------------------------------------------------------------------


def test_messages_link_their_related_places(sample: Callable[..., Report]) -> None:
    (run,) = json.loads(str(render(sample(), "sarif")))["runs"]
    (result,) = (result for result in run["results"] if "relatedLocations" in result)
    text = result["message"]["text"]
    assert re.search(r"。相关：\[项目 1“村道养护经费” · [^\]]+\]\(1\)$", text)
    assert [location["id"] for location in result["relatedLocations"]] == [1]


def test_a_place_with_brackets_is_linked_whole(sample: Callable[..., Report]) -> None:
    finding = next(finding for finding in sample().findings if finding.related)
    bracketed = finding.related[0]._replace(steps=(Step("project", "甲[乙](2)\\", "1"),))
    many = finding._replace(related=(bracketed,) * 12, message="完。")
    text = links(many, words("zh"))
    assert text.startswith("相关：[项目 1“甲\\[乙\\](2)\\\\”](1)，") and text.endswith("(10)")


def test_more_families_than_github_takes_runs_share_the_last_one(sample: Callable[..., Report]) -> None:
    made = sample()
    rules = tuple(
        made.rules[0]._replace(id=f"rule-{number}", category=f"family{number:02}.x") for number in range(MOST_RUNS + 5)
    )
    found = runs(made._replace(rules=rules, judgements=()), split=True)
    assert len(found) == MOST_RUNS
    assert found[-1].category == "perfcheck/ours/zh/other/" and len(found[-1].rules) == 6


def test_the_run_is_of_its_pack_and_language(sample: Callable[..., Report]) -> None:
    assert [run.category for run in runs(sample(language="en"), split=False)] == ["perfcheck/ours/en/"]


def test_what_is_unclear_leaves_the_notices_well_formed(sample: Callable[..., Report]) -> None:
    made = sample()
    unclear = [judgement._replace(unclear=(("plan-falling", 2),)) for judgement in made.judgements]
    (run,) = json.loads(str(render(made._replace(judgements=tuple(unclear)), "sarif")))["runs"]
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1


def test_a_clean_run_is_said_in_every_format(report: Callable[..., Report]) -> None:
    made = report({"clean.txt": CLEAN})
    assert json.loads(str(render(made, "gitlab"))) == []
    assert render(made, "jsonl") == render(made, "rdjsonl") == ""
    assert str(render(made, "github")).count("\n") == 1


def test_annotations_show_every_fault_before_one_again(report: Callable[..., Report], pack: str) -> None:
    blank = [(*row[:5], "") for row in INDICATORS]
    text = form(project(1, table=blank), project(2, table=blank), project(3, table=blank[:2]))
    lines = str(render(report({"a.txt": text, "b.txt": FLAWED}, pack=pack), "github")).splitlines()
    assert sum(line.startswith("::warning file=a.txt") for line in lines) == 9
    assert sum(line.startswith("::warning file=b.txt") for line in lines) == 1


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "template"])
def test_any_name_and_kind_of_file_can_be_reported_on(
    report: Callable[..., Report], pack: str, tmp_path: Path, format: str
) -> None:
    made = report({"office.docx": docx(FLAWED), "文 %.txt": FLAWED}, pack=pack)
    odd = [judgement._replace(path="a\udcff\x07.txt") for judgement in made.judgements]
    renamed = [
        judgement._replace(findings=tuple(finding._replace(path=judgement.path) for finding in judgement.findings))
        for judgement in odd
    ]
    for each in (made, made._replace(judgements=tuple(renamed))):
        rendered = render(each, format)
        content = rendered if isinstance(rendered, bytes) else rendered.encode(errors="replace")
        assert content
        if format in ("gitlab", "sarif", "sarif-split", "json"):
            json.loads(content)
        if format == "junit":
            ET.fromstring(content)


def test_lines_of_office_files_are_not_told_to_programs(report: Callable[..., Report], pack: str) -> None:
    made = report({"office.docx": docx(FLAWED)}, pack=pack)
    assert made.findings
    assert "range" not in str(render(made, "rdjsonl"))
    assert ",line=" not in str(render(made, "github"))
