"""Goals as sentences: finished, measurable, about more than money."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from perfcheck.checks.goals import LONGEST_OBJECT, missing_object, quantified, unfinished
from tests.conftest import Check, rule_ids
from tests.forms import form, line_of, project


def read(field: str) -> Any:
    return lambda node: getattr(node, field)


UNFINISHED = unfinished(
    read, in_parts=["goals"], signs=["，", "《"], words=["以及", "和"], unless_words=["参和"], verbs=["建立"], no_objects=["保洁"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "part", "span"),
    [
        ("修路，", "goals", (2, 3)),
        ("修路， ", "goals", (2, 3)),
        ("修路，", "name", None),
        ("修路以及。", "goals", (2, 4)),
        ("修路参和", "goals", None),
        ("修路。", "goals", None),
        ("建立日常保洁", "goals", (0, 6)),
        ("修路，建立日常保洁。", "goals", (3, 9)),
        ("建立台账，日常保洁", "goals", None),
        ("建立" + "甲" * (LONGEST_OBJECT - 4) + "保洁", "goals", (0, LONGEST_OBJECT)),
        ("建立" + "甲" * (LONGEST_OBJECT - 3) + "保洁", "goals", None),
    ],
)
def test_a_text_breaks_off_at_a_sign_a_word_or_without_an_object(text: str, part: str, span: Any) -> None:
    facts: Any = UNFINISHED(SimpleNamespace(text=text, part=part), None)
    assert [fact.span for fact in facts] == ([] if span is None else [span])


MISSING = missing_object(read, words={"发挥": ["作用"]}, longest=10)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("发挥村民。", [(0, 2)]),
        ("发挥村民作用。", []),
        ("有作用。发挥村民。", [(4, 6)]),
        ("发挥村民；发挥村委。", [(0, 2), (5, 7)]),
        ("发挥村民一二三四五六", [(0, 2)]),
        ("发挥村民一二三四五六七", []),
    ],
)
def test_a_verb_needs_its_object_in_its_own_sentence(text: str, spans: list[Any]) -> None:
    facts: Any = MISSING(SimpleNamespace(text=text), None)
    assert [fact.span for fact in facts] == spans


MEASURED = quantified(
    read, of="goals", measures=["个", "名"], standards=["全覆盖"], unless_words=["三会一课", "12345热线"]
)


@pytest.mark.parametrize(
    ("goals", "silent"),
    [
        (("1.修路。",), False),
        (("1.修路12公里。",), True),
        (("修路。", "2.植树。"), False),
        (("修路。", "2.植树5棵。"), True),
        (("修路；2、植树。",), False),
        (("办好三会一课。",), False),
        (("办好三件事。",), False),
        (("培训三名干部。",), True),
        (("落实某发〔2021〕14号。",), False),
        (("2021年修路。",), True),
        (("办好12345热线。",), False),
        (("保洁全覆盖。",), True),
        (("（1）修路；（2）植树。",), False),
        (("目标1：修路。",), False),
        ((), True),
    ],
)
def test_a_number_a_date_or_a_standard_makes_goals_measurable(goals: tuple[str, ...], silent: bool) -> None:
    assert (MEASURED(SimpleNamespace(goals=goals), None) is None) == silent


def test_what_is_measured_is_named_in_the_rule() -> None:
    with pytest.raises(ValueError, match="goals、duties"):
        quantified(read, of="tables", measures=[], standards=[], unless_words=[])


def test_a_goal_of_money_alone_is_pointed_at_in_its_line(check: Check) -> None:
    text = form(project(1, goals="1.全年维护12处。\n2、经费得到保障；"))
    (found,) = check(text)
    line = line_of(text, "2、经费")
    assert (found.rule.id, found.location.place.span) == ("goal-input-only", (line, 3, line, 9))


@pytest.mark.parametrize(
    "goal",
    [
        "用好经费，维护12处。",
        "保障12处路灯正常运行",
        "12名村干部补贴及时发放到位",
        "完成3个项目的资金绩效评价",
        "落实2项惠民政策",
    ],
)
def test_a_goal_with_an_output_or_about_other_things_is_silent(check: Check, goal: str) -> None:
    found = [finding.rule.category for finding in check(form(project(1, goals=goal)))]
    assert found in ([], ["goal.irrelevant"])  # what the goal of a lamp does in a table of roads is another question


@pytest.mark.parametrize(
    "usage", ["用于敬老院取暖、餐饮和日常运转", "用于防汛物资购置、仓库租赁和管护。", "支付图书馆水电费、购书费等"]
)
def test_a_usage_without_a_full_stop_is_whole(check: Check, usage: str) -> None:
    assert check(form(project(1, usage=("", usage)))) == []


def test_items_of_part_one_are_measured_one_by_one(check: Check) -> None:
    text = form().replace("绩效指标：养护合格率不低于95%。", "绩效指标：路面完好。")
    (found,) = check(text)
    assert (found.rule.id, found.location.place.span.line) == ("duty-not-quantified", line_of(text, "（一）道路"))
    assert rule_ids(check(form())) == []
