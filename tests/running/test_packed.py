"""Findings that are put away and taken out again are the findings there were."""

from __future__ import annotations

from perfcheck.api import open_pack
from perfcheck.engine import Judgement
from perfcheck.finding import Edit, Finding, Location, Repair, Step
from perfcheck.running.checker import Outcome
from perfcheck.running.packed import Shelf, StoredFindings, pack, unpack
from perfcheck.source import Origin, Place, Span

RULES = {rule.id: rule for rule in open_pack("hebei").rules}
RULE = RULES["value-blank"]


def location(line: int, origin: Origin | None = None, path: str | None = None) -> Location:
    steps = (Step("project", "村道养护经费", "1"), Step("indicator", "养护里程", "2"), Step("target"))
    return Location(Place(Span(line, 2, line, 9), origin), steps, "≥18公里", (1, 3), path)


def finding(line: int, **values: object) -> Finding:
    plain = Finding(RULE, RULE.level, "指标值没有填", "a.txt", location(line), (), f"00ff:{line}")
    return plain._replace(**values)


FINDINGS = (
    finding(1),
    finding(2, related=(location(7, path="b.txt"), location(8))),
    finding(3, location=location(3, Origin(page=2, table=1, row=4, cell=5))),
    finding(4, state="updated", former="≥20公里", repair=Repair((Edit(Span(4, 2, 4, 3), "0", "1"),), True)),
)


def test_findings_taken_out_are_those_put_away_in_all_their_parts() -> None:
    stored = StoredFindings.of(FINDINGS, RULES)

    again = tuple(stored)

    assert again == FINDINGS
    assert [type(part) for part in again[1].related] == [Location, Location]
    assert type(again[2].location.place.origin) is Origin
    assert type(again[0].location.steps[0]) is Step
    assert stored.others == ("b.txt",)
    assert len(stored) == sum(stored.tally.values()) == len(FINDINGS)


def test_many_findings_are_compressed_and_few_are_not_and_both_come_back() -> None:
    few, many = StoredFindings.of(FINDINGS, RULES), StoredFindings.of(FINDINGS * 200, RULES)

    assert len(many.data) < 20 * len(few.data)
    assert tuple(many) == FINDINGS * 200
    assert tuple(few) == FINDINGS


def test_a_document_without_findings_takes_no_bytes() -> None:
    stored = StoredFindings.of((), RULES)

    assert stored.data == b""
    assert list(stored) == []


def test_findings_of_a_file_that_was_renamed_name_it_as_it_is_called_now() -> None:
    judgement = Judgement("a.txt", FINDINGS, (), (), 1, 1, 2023)

    again = unpack(pack(Outcome(judgement, [1, 2]), RULES), RULES, "c.txt").judgement

    assert {found.path for found in again.findings} == {"c.txt"}
    assert again.findings[1].related[0].path == "b.txt"


def test_findings_on_the_shelf_stay_readable_in_any_order() -> None:
    shelf = Shelf(tuple(RULES.values()))
    kept = [
        shelf.put(Judgement(f"{name}.txt", FINDINGS[:name] * 99, (), (), 1, 1, None)) for name in range(len(FINDINGS))
    ]

    for name in (3, 0, 2, 1):
        assert tuple(kept[name].findings) == FINDINGS[:name] * 99
