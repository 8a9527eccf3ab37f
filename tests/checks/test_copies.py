"""Copies among rows and tables, sentences that stand twice."""

from __future__ import annotations

import gc
import time

import pytest

from perfcheck.checks.copies import MOST_RELATED, copied_tables
from perfcheck.checks.repetition import copied_section, repeated_sentence
from tests.conftest import Check, Read, rule_ids
from tests.forms import INDICATORS, PART_ONE, form, line_of, project


def test_a_copied_set_points_at_the_tables_for_other_purposes(check: Check) -> None:
    text = form(project(1), project(2), project(3, name="图书室开放经费"), project(4, name="消防水源经费"))
    found = [each for each in check(text) if each.rule.id == "indicator-set-copied"]
    assert [each.location.place.span.line for each in found] == [line_of(text, "一级指标", n) for n in (1, 2, 3, 4)]
    assert [[related.steps[0].number for related in each.related] for each in found] == [
        ["3", "4"], ["3", "4"], ["1", "2", "4"], ["1", "2", "3"],
    ]  # fmt: skip
    assert "另外 3 张表" in found[0].message and "其中 2 张" in found[0].message


def test_a_share_that_would_call_anything_a_copy_is_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        copied_tables(None, share=40, fewest=3, generic=[], vague=[], kinds={})  # type: ignore[arg-type]


def test_thousands_of_copies_are_judged_in_time_that_grows_with_their_number(read: Read) -> None:
    document = read(form(project(1), project(2)))
    judge = copied_tables(None, share=80, fewest=3, generic=["经费"], vague=[], kinds={})  # type: ignore[arg-type]
    one = document.projects[0]

    def seconds(count: int) -> float:
        rows = [one.indicators[0]._replace(name=f"第{number}处") for number in range(count)]
        projects = [
            one._replace(position=at, name=chr(20000 + at) * 2, indicators=(*one.indicators[1:], rows[at]))
            for at in range(count)
        ]
        gc.disable()  # of what else the process holds
        start = time.process_time()
        facts = list(judge(document, document._replace(projects=tuple(projects))))
        end = time.process_time()
        gc.enable()
        assert len(facts) == count and max(len(fact.related) for fact in facts) <= MOST_RELATED
        return end - start

    seconds(100)
    # quadratic would be sixteen times; a machine that is busy makes any one of them longer
    assert min(seconds(4000) for _ in range(2)) < 12 * max(seconds(1000) for _ in range(3))


def test_a_repeated_row_points_at_the_first(check: Check) -> None:
    text = form(project(1, table=[*INDICATORS, ("", *INDICATORS[-1][1:])]), project(2))
    (found,) = check(text)
    assert found.rule.id == "indicator-repeated"
    assert found.location.place.span.line == line_of(text, "沿线村民满意度", 2)
    assert [related.place.span.line for related in found.related] == [line_of(text, "沿线村民满意度", 1)]


def test_a_repeated_sentence_is_marked_to_the_character(check: Check) -> None:
    again = "村道日常养护责任到人"
    text = form(
        part_one=PART_ONE.replace("绩效目标：全镇村道常年平整畅通。", f"绩效目标：养好村道。{again}。{again}。")
    )
    (found,) = [each for each in check(text) if each.rule.id == "sentence-repeated"]
    line = line_of(text, again)
    column = text.split("\n")[line - 1].rindex(again) + 1
    assert found.location.place.span == (line, column, line, column + len(again))


def test_a_copied_section_is_one_finding_for_a_paragraph(check: Check) -> None:
    goal = "全镇上下同心协力，把每一分钱花在刀刃上，把每一件实事办到群众心坎里，让村道更平、渠水更清、夜路更亮"
    text = form(
        part_one=PART_ONE.replace("二、分项", f"{goal}。\n二、分项").replace("（一）每季度", f"（一）{goal}，每季度")
    )
    found = [each for each in check(text) if each.rule.category == "text.repeated_sentence"]
    assert rule_ids(found) == ["safeguards-copy-goal"]
    assert found[0].location.place.span.line == line_of(text, goal, 2)


def test_parts_of_the_form_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="overall_goal"):
        repeated_sentence(None, across=["goals"], shortest=8, shortest_with_figures=20)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="overall_goal"):
        copied_section(None, section="goals", of="overall_goal", longest=36, set_phrases=[])  # type: ignore[arg-type]
