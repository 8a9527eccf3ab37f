"""Documents of one run held against each other: found in both, each pointing at the other, without keeping them."""

from __future__ import annotations

import json
from collections.abc import Callable

from perfcheck.finding import Finding
from perfcheck.reporting import Report, render
from tests.forms import code, form, project

OTHER = ("600002某县另镇人民政府", "单位：万元")


def neighbour(serial: int = 7, own: str | None = None) -> str:
    return form(project(serial, number="1.", unit=OTHER, project_code=own or code(serial)))


def found(made: Report, rule: str) -> dict[str, list[Finding]]:
    return {
        judgement.path: [finding for finding in judgement.findings if finding.rule.id == rule]
        for judgement in made.judgements
    }


def test_a_shared_code_is_found_in_both_documents_each_pointing_at_the_other(report: Callable[..., Report]) -> None:
    made = report({"甲.txt": form(), "乙.txt": neighbour(own=code(2))}, select=("code.duplicate",))
    both = found(made, "code-in-two-documents")
    assert [len(each) for each in both.values()] == [1, 1]
    assert both["甲.txt"][0].related[0].path == "乙.txt"
    assert both["乙.txt"][0].related[0].path == "甲.txt"
    assert "乙.txt" in both["甲.txt"][0].message


def test_one_document_alone_is_held_against_nothing(report: Callable[..., Report]) -> None:
    made = report({"甲.txt": form()}, select=("code.duplicate",))
    assert made.findings == []


def test_related_places_in_other_files_are_told_by_every_format(report: Callable[..., Report]) -> None:
    made = report({"甲.txt": form(), "乙.txt": neighbour(own=code(2))}, select=("code.duplicate",))
    assert "相关：乙.txt，项目 1" in render(made, "text")
    related = json.loads(render(made, "sarif"))["runs"][0]["results"][0]["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"].endswith("%E4%B9%99.txt")
    content = json.loads(render(made, "json"))
    assert content["documents"][0]["findings"][0]["related"][0]["path"] == "乙.txt"


def test_the_order_of_files_does_not_change_what_is_found(report: Callable[..., Report]) -> None:
    texts = {"a.txt": form(), "b.txt": neighbour(own=code(2)), "c.txt": neighbour(9)}
    one = report(texts, select=("code.duplicate",))
    other = report(dict(reversed(texts.items())), select=("code.duplicate",))
    assert {(f.path, f.fingerprint) for f in one.findings} == {(f.path, f.fingerprint) for f in other.findings}


def test_an_unreadable_file_among_them_leaves_the_others_compared(report: Callable[..., Report]) -> None:
    made = report({"甲.txt": form(), "坏.txt": b"\0\0", "乙.txt": neighbour(own=code(2))}, select=("code.duplicate",))
    assert len(made.findings) == 2 and len(made.not_checked) == 1
