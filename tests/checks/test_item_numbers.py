"""Numbers of items in goals, sections and headings."""

from __future__ import annotations

import pytest

from perfcheck.checks.item_numbers import breaks_in, items_of
from tests.conftest import Check, rule_ids
from tests.forms import PART_ONE, form, line_of, project


def wrong(text: str) -> list[tuple[str, int]]:
    return [(text[found.item.start : found.item.end], found.expected) for found in breaks_in(items_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        "1.修路。\n2.植树。",
        "1、修路；2、植树；3、清淤。",
        "修路。",
        "1、修路。",
        "（1）修路；（2）植树。",
        "①修路；②植树。",
        "一、修路\n1.路面\n2.边沟\n二、植树\n1.选苗\n2.栽种",
        "一、修路\n1.路面\n2.边沟\n二、植树\n3.选苗",
        "（一）修路。一是路面；二是边沟。\n（二）植树。一是选苗；二是栽种。",
        "先做：1、修路；2、清淤。\n再做：1、植树；2、种草。",
        "1.修路。\n2.植树。\n另外：\n1.清淤。",
        "目标1：修路。\n目标2：植树。",
        "1.修路。\n2、植树。\n３．清淤。",
        "全年1.5公里，3、5、10月检查，3.5公里改造。",
        "二、三产业增收。",
        "统一是好事，之一是修路。",
        "第一、修路\n第二、植树",
        "",
    ],
)
def test_numbers_that_run_on_are_silent(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.修路。\n3.植树。", [("3.", 2)]),
        ("1.修路。\n1.植树。", [("1.", 2)]),
        ("2、植树。", [("2、", 1)]),
        ("修路；2、植树。", [("2、", 1)]),
        ("1.修路。\n2.植树。\n2.清淤。\n3.绿化。", [("2.", 3)]),
        ("1.修路。\n3.植树。\n4.清淤。", [("3.", 2)]),
        ("（一）修路。\n（三）植树。", [("（三）", 2)]),
        ("(一）修路。\n(三）植树。", [("(三）", 2)]),
        ("做好：二是植树。", [("二是", 1)]),
        ("①修路；③植树。", [("③", 2)]),
        ("一、修路\n（1）路面\n（3）边沟\n二、植树", [("（3）", 2)]),
        ("1.修路。\n2.植树。\n1.清淤。", [("1.", 3)]),
    ],
)
def test_a_gap_a_repetition_and_a_late_beginning_are_found_where_they_are(text: str, found: list[object]) -> None:
    assert wrong(text) == found


def test_the_number_itself_is_pointed_at(check: Check) -> None:
    text = form(project(1, goals="1.维护5处。\n3.方便群众。"))
    (found,) = check(text)
    line = line_of(text, "3.方便")
    assert (found.rule.id, found.location.place.span) == ("goal-number-sequence", (line, 1, line, 3))


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("（二）年底公开", "（三）年底公开", ["section-number-sequence"]),
        ("三、工作保障措施", "四、工作保障措施", ["heading-number-sequence"]),
        ("绩效指标：清淤", "绩效指标：2、清淤", ["inline-number-sequence"]),
        ("绩效指标：清淤", "绩效指标：1、清淤", []),
        ("三、工作保障措施", "工作保障措施", []),
    ],
)
def test_numbers_of_part_one_are_found_by_their_own_rules(check: Check, old: str, new: str, rules: list[str]) -> None:
    text = form(part_one=PART_ONE.replace(old, new))
    found = check(text)
    assert rule_ids(found) == rules
    assert all(finding.location.place.span.line == line_of(text, new) for finding in found)


def test_sections_in_another_order_may_be_numbered_as_they_stand_or_as_the_form_has_them(check: Check) -> None:
    head, _, rest = PART_ONE.partition("二、分项")
    duties, _, safeguards = rest.partition("三、工作")
    for second, third in (("二、工作", "三、分项"), ("三、工作", "二、分项")):
        text = form(part_one=head + second + safeguards + third + duties)
        assert "heading-number-sequence" not in rule_ids(check(text))
