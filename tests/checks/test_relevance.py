"""Relevance: what belongs to other projects."""

from __future__ import annotations

import pytest

from perfcheck.checks.content_words import ContentWords
from perfcheck.checks.relevance import MOST_NAMED, goals_fit, topic_fits
from perfcheck.checks.wording import unnumbered
from perfcheck.finding import Finding
from perfcheck.model.selections import getter
from tests.conftest import Check, Read
from tests.forms import INDICATORS, form, line_of, project

PURPOSES = (
    ("敬老院供暖经费", "用于敬老院锅炉检修和燃气费。"),
    ("防汛物资经费", "用于购买编织袋和水泵。"),
    ("图书室开放经费", "用于图书室增添图书。"),
    ("消防水鹤经费", "用于消防水鹤的安装。"),
)
STAFF = "1.提高员工归属感。"
ROW = ("产出指标", "数量指标", "打印机更新台数", "年内更新的台数", "≥5台", "年度计划")


def tables(count: int, *, goals: str | None = None, row: tuple[str, ...] | None = None, usage: str = "") -> str:
    """A document of ``count`` projects for different purposes that share goals or a row."""
    return form(
        *(
            project(
                serial,
                name=name,
                usage=("", usage or spent),
                goals=goals or f"1.办好{name}的事。",
                table=[*INDICATORS[:5], *((row,) if row else ())],
            )
            for serial, (name, spent) in enumerate(PURPOSES[:count], 1)
        )
    )


def of(findings: list[Finding], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule.id == rule]


@pytest.mark.parametrize(("count", "found"), [(2, 0), (3, 3), (4, 4)])
def test_goals_are_foreign_when_two_other_purposes_have_them(check: Check, count: int, found: int) -> None:
    findings = of(check(tables(count, goals=STAFF)), "goals-of-others")
    assert len(findings) == found
    for finding in findings:
        assert MOST_NAMED <= len(finding.related) < count


def test_projects_whose_purposes_share_a_word_do_not_count_as_different(check: Check) -> None:
    assert of(check(tables(4, goals=STAFF, usage="用于文艺汇演。")), "goals-of-others") == []


def test_a_project_of_wages_may_speak_of_its_staff(check: Check) -> None:
    assert of(check(tables(4, goals=STAFF, usage="用于发放临聘员工工资。")), "goals-of-others") == []


def test_a_single_foreign_line_is_pointed_at(check: Check) -> None:
    text = form(
        *(
            project(serial, name=name, usage=("", usage), goals=f"1.办好{name}的事。\n2.提高员工归属感。")
            for serial, (name, usage) in enumerate(PURPOSES, 1)
        )
    )
    findings = of(check(text), "goal-line-misplaced")
    lines = [line_of(text, "2.提高员工归属感。", number) for number in range(1, 5)]
    assert [finding.location.place.span.line for finding in findings] == lines
    span = findings[0].location.place.span
    assert (span.column, span.end_column) == (1, 1 + len("2.提高员工归属感。"))


def test_the_whole_of_foreign_goals_is_one_finding(check: Check) -> None:
    findings = check(tables(3, goals=STAFF))
    assert of(findings, "goals-of-others")
    assert of(findings, "goal-line-misplaced") == []


@pytest.mark.parametrize(("count", "found"), [(2, 0), (3, 3)])
def test_a_copied_indicator_is_found_in_each_table(check: Check, count: int, found: int) -> None:
    findings = of(check(tables(count, row=ROW)), "indicator-misplaced")
    assert len(findings) == found
    assert all("打印机" in finding.message for finding in findings)


def test_a_unit_named_in_every_project_makes_no_two_of_them_alike(check: Check) -> None:
    text = tables(3, goals=STAFF)
    for name, _ in PURPOSES:
        text = text.replace(f"\t{name}\n", f"\t某县某镇{name}\n").replace(f".{name}绩", f".某县某镇{name}绩")
    assert len(of(check(text), "goals-of-others")) == 3


def test_content_is_what_generic_words_leave() -> None:
    words = ContentWords(["提高", "工作", "的", "公共", "公共服务"])
    assert words["提高工作的水平2项"] == {"水平"}
    assert words["公共服务站点"] == {"站点"}
    assert words["提高，工作"] == frozenset()


@pytest.mark.parametrize("line", ["1.办好事", "1、办好事。", "（1）办好事；", "一、办好事", " 办好事 ", "１．办好事,"])
def test_numbers_and_stops_do_not_make_lines_different(line: str) -> None:
    assert unnumbered(line) == "办好事"


@pytest.mark.parametrize("line", ["一事一议办好", "2023年办好"])
def test_a_number_that_belongs_to_the_sentence_stays(line: str) -> None:
    assert unnumbered(line) == line


def test_a_topic_without_homes_is_refused() -> None:
    def read(field: str) -> object:
        return getter("indicator", field)

    with pytest.raises(ValueError, match="homes 里没有“培训”"):
        topic_fits(read, fields=["name"], topics={"培训": ["培训"]}, homes={}, generic_words=[], kinds={})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="topics 里没有“绿化”"):
        topic_fits(read, fields=["name"], topics={}, homes={}, generic_words=[], kinds={}, misfits={"绿化": ["人大"]})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="homes 里没有“培训”"):
        goals_fit(read, topics={"培训": ["培训"]}, homes={}, generic_words=[], kinds={}, elsewhere=2)  # type: ignore[arg-type]


def test_a_document_without_words_of_its_own_is_left_alone(check: Check, read: Read) -> None:
    text = form(*(project(serial, name="项目经费", usage=("", "项目支出。"), goals=STAFF) for serial in (1, 2, 3)))
    assert read(text).projects[0].goals
    assert of(check(text), "goals-of-others") == []
