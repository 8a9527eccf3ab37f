"""How many there are of a thing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Check
from tests.forms import INDICATORS, PART_ONE, form, line_of, project

OWN = ("count-of-area-differs", "count-repeated-differently", "count-off-target")


def text(part_one: str = "", goals: str = "1.方便群众。", row: tuple[str, ...] | None = None, **options: Any) -> str:
    above = PART_ONE.replace("全镇管好用好各项经费", part_one) if part_one else PART_ONE
    table = [*INDICATORS, row] if row else INDICATORS
    return form(project(1, goals=goals, table=table, **options), project(2), part_one=above)


def own(check: Check, document: str) -> list[str]:
    return [item.rule.id for item in check(document) if item.rule.id in OWN]


@pytest.mark.parametrize(
    ("part_one", "goals", "wrong"),
    [
        ("全镇共辖14个行政村，", "1.全镇16个村路面平整。", True),
        ("某某镇下辖十四个行政村，", "1.全镇16个村路面平整。", True),
        ("某某镇下辖十四个行政村，", "1.全镇14个村路面平整。", False),
        ("全镇共辖14个行政村，", "1.在全镇5个村开展试点。", False),
        ("全镇共辖14个行政村，", "1.第二管区下辖5个村路面平整。", False),
        ("全镇共辖14个行政村，", "1.全镇16个村级卫生室正常运转。", False),
        ("全镇共辖14个行政村，", "1.全县260个行政村走在前列。", False),
        ("全镇共辖14个行政村，", "1.全镇14个行政村、3个社区路面平整。", False),
    ],
)
def test_the_villages_of_an_area(check: Check, part_one: str, goals: str, wrong: bool) -> None:
    assert own(check, text(part_one, goals)) == ["count-of-area-differs"] * wrong


def test_most_mentions_are_taken_for_right(check: Check) -> None:
    document = text("全镇16个行政村齐抓共管，", "1.全镇14个村路面平整。", usage=("", "用于全镇14个村。"))
    (found,) = [item for item in check(document) if item.rule.id in OWN]
    assert found.location.place.span.line == line_of(document, "全镇16个")
    assert found.location.text[slice(*found.location.focus or ())] == "16个行政村"
    assert len(found.related) == 1


@pytest.mark.parametrize(
    ("part_one", "usage", "goals", "wrong"),
    [
        ("", "用于清理边沟26公里，保障出行。", "1.清理边沟30公里。", False),
        ("", "用于清理乡道边沟26公里，保障出行。", "1.清理乡道边沟30公里。", True),
        ("清理乡道边沟26公里，", "用于日常养护。", "1.全年清理乡道边沟30公里。", True),
        ("", "用于日常养护。", "1.第一批清理乡道边沟6公里，第二批清理乡道边沟30公里。", False),
        ("", "用于每村清理乡道边沟2公里。", "1.每村清理乡道边沟3公里。", False),
    ],
)
def test_the_same_clause_again(check: Check, part_one: str, usage: str, goals: str, wrong: bool) -> None:
    assert own(check, text(part_one, goals, usage=("", usage))) == ["count-repeated-differently"] * wrong


def test_two_tables_have_numbers_of_their_own(check: Check) -> None:
    document = form(project(1, usage=("", "用于改造农村厕所30座。")), project(2, usage=("", "用于改造农村厕所20座。")))
    assert own(check, document) == []


FILMS = ("", "数量指标", "放映电影场次", "全年放映的场数", "≥24场", "放映计划")
STAFF = ("", "数量指标", "补贴人数", "享受补贴的人数", "26人", "花名册")
HYDRANTS = ("", "数量指标", "消防水鹤数量", "新建的数量", "≥3座", "建设计划")
LIMIT = ("", "数量指标", "借用人员人数", "借用的人员", "≤5人", "人员计划")


@pytest.mark.parametrize(
    ("goals", "row", "wrong"),
    [
        ("1.全年放映电影20场，丰富生活。", FILMS, True),
        ("1.全年放映电影24场以上。", FILMS, False),
        ("1.全年放映电影不少于20场。", FILMS, True),
        ("1.每村每年放映电影2场。", FILMS, False),
        ("1.春节期间放映电影3场。", FILMS, False),
        ("1.全年放映电影20次。", FILMS, False),
        ("1.全年补贴25人，提高收入。", STAFF, True),
        ("1.全年补贴25名，提高收入。", STAFF, True),
        ("1.新建4座消防水鹤。", HYDRANTS, True),
        ("1.新建3座消防水鹤，维修5座消防水鹤。", HYDRANTS, False),
        ("1.借用人员4人。", LIMIT, False),
        ("1.借用人员6人。", LIMIT, True),
    ],
)
def test_goals_against_values(check: Check, goals: str, row: tuple[str, ...], wrong: bool) -> None:
    assert own(check, text(goals=goals, row=row)) == ["count-off-target"] * wrong
