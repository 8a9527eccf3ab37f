"""The document as a text: parts, headings, numbers, lines that belong nowhere."""

from __future__ import annotations

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import PART_ONE, PART_TWO, form, line_of, project


def numbered(*numbers: str) -> str:
    return form(*(project(serial, number=number) for serial, number in enumerate(numbers, 1)))


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.", "2.", "3."),
        ("1、", "2、", "3、"),
        ("一、", "二、", "三、"),
        ("", "", ""),
        ("1.", "", "3."),
        ("（1）", "（2）"),
        ("1.", "2、", "（3）"),
    ],
)
def test_numbers_of_tables_that_run_on_are_silent(check: Check, numbers: tuple[str, ...]) -> None:
    assert check(numbered(*numbers)) == []


@pytest.mark.parametrize(
    ("numbers", "at"),
    [
        (("1.", "3."), 2),
        (("1.", "1."), 2),
        (("2.", "3."), 1),
        (("1.", "3.", "2."), 2),
        (("一、", "三、"), 2),
        (("1.", "2.", "", "3."), 4),
    ],
)
def test_a_gap_repetition_or_disorder_is_found_once_at_the_first_table_concerned(
    check: Check, numbers: tuple[str, ...], at: int
) -> None:
    (found,) = check(numbered(*numbers))
    assert found.rule.id == "table-number-sequence"
    assert found.location.steps[0].number == str(at)


@pytest.mark.parametrize(("old", "new"), [("（二）灌溉", "（三）灌溉"), ("（二）灌溉", "（一）灌溉")])
def test_the_items_of_part_one_run_on_too(check: Check, old: str, new: str) -> None:
    text = form().replace(old, new, 1)
    (found,) = check(text)
    assert (found.rule.id, found.location.place.span.line) == ("duty-number-sequence", line_of(text, new))


@pytest.mark.parametrize(
    "prose",
    [
        "1、修路；2、清淤；3、植树。",
        "做好三件事：1、修路。2、清淤。3、植树。",
        "全年拨款1.5万元，修路2.5公里。",
        "涉及3、4组村民。",
    ],
)
def test_numbers_inside_a_paragraph_that_run_on_are_silent(check: Check, prose: str) -> None:
    assert check(form().replace("全镇村道常年平整畅通。", prose, 1)) == []


@pytest.mark.parametrize("prose", ["修好路；2、清淤；3、植树。", "做好三件事：1、修路。3、植树。", "2、接着上文。"])
def test_a_number_that_got_lost_inside_a_paragraph_is_found(check: Check, prose: str) -> None:
    text = form().replace("全镇村道常年平整畅通。", prose, 1)
    (found,) = check(text)
    assert (found.rule.id, found.location.place.span.line) == ("inline-number-sequence", line_of(text, prose))


@pytest.mark.parametrize(
    "heading", ["一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施", "第一部分", "预算项目绩效目标"]
)
def test_a_repeated_heading_is_one_warning_at_the_second(check: Check, heading: str) -> None:
    text = form().replace(heading + "\n", f"{heading}\n{heading}\n", 1)
    (found,) = check(text)
    assert (found.rule.id, found.level) == ("heading-repeated", "warning")
    assert found.location.place.span.line == line_of(text, heading, 2)
    assert found.related[0].place.span.line == line_of(text, heading)


@pytest.mark.parametrize(
    ("part_one", "part_two", "rules"),
    [
        (PART_ONE.replace("第一部分\n部门整体绩效目标\n", ""), PART_TWO, ["part-missing"]),
        (PART_ONE, "", ["part-missing"]),
        (PART_ONE.partition("三、工作")[0], PART_TWO, ["section-missing"]),
        (PART_ONE.partition("一、总体")[0], PART_TWO, ["section-missing"]),
        (PART_ONE.partition("（一）每季度")[0], PART_TWO, ["section-empty"]),
        ("", PART_TWO, ["part-missing", "section-missing"]),
    ],
    ids=["part one", "part two", "safeguards", "all sections", "empty section", "nothing but tables"],
)
def test_a_part_or_section_that_is_missing_or_empty_is_found_once(
    check: Check, part_one: str, part_two: str, rules: list[str]
) -> None:
    assert rule_ids(check(form(part_one=part_one, part_two=part_two), 2023)) == rules


def test_all_missing_sections_are_one_finding(check: Check) -> None:
    (found,) = check(form(part_one=PART_ONE.partition("二、分项")[0]))
    assert "分项绩效目标" in found.message and "工作保障措施" in found.message


def test_headings_without_any_table_are_an_error(check: Check) -> None:
    found = check(PART_ONE + "\n" + PART_TWO)
    assert [(each.rule.id, each.level) for each in found] == [("projects-missing", "error")]


def test_a_stray_line_is_a_note_with_its_text(check: Check) -> None:
    text = form(project(1) + "\n\n以上数据由某科提供。\n", project(2) + "\n\n填表人：某某\n")
    found = check(text)
    assert rule_ids(found) == ["stray-text", "stray-text"]
    assert [each.location.place.span.line for each in found] == [line_of(text, "以上数据"), line_of(text, "填表人")]


def test_a_title_written_twice_is_one_table_and_one_warning_at_the_second(check: Check) -> None:
    title = project(2).split("\n", 1)[0]
    text = form(project(1), title + "\n" + project(2), project(3))
    (found,) = check(text)
    assert found.rule.id == "heading-repeated"
    assert found.location.place.span.line == line_of(text, title) + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("\t质量指标\n", "质量指标\n"), ("\n\t\n\t质量指标", "\n质量指标")],
)
def test_a_row_whose_cells_are_lines_is_told_from_stray_text(check: Check, old: str, new: str) -> None:
    text = form(project(1).replace(old, new, 1))
    assert "indicator-row-broken" in rule_ids(check(text)) or "table-unparsable" in rule_ids(check(text))
