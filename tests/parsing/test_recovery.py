"""Tables that break the form: one located finding, the rest is kept, the next table is read as if nothing happened."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from tests.conftest import Check, Read, rule_ids
from tests.forms import HEADER, INDICATORS, NAMES, PART_ONE, PART_TWO, PLAN, form, line_of, project, rows


def faulty(broken: str) -> str:
    """A document in which a clean table stands on either side of a broken one."""
    return form(project(1), broken, project(3))


def test_an_indicator_row_with_a_cell_too_many_is_one_finding_on_its_line(read: Read, check: Check) -> None:
    table = [*INDICATORS[:2], (*INDICATORS[2][:3], "多出来的一格", *INDICATORS[2][3:]), *INDICATORS[3:]]
    text = faulty(project(2, table=table))
    found = check(text)
    assert rule_ids(found) == ["table-unparsable"]
    assert found[0].location.place.span.line == line_of(text, "多出来的一格") - 3
    assert "7 格" in found[0].message and "6 格" in found[0].message
    assert len(read(text).projects[1].indicators) == 6


def test_an_indicator_row_with_a_cell_too_few_is_one_finding_on_its_line(check: Check) -> None:
    table = [*INDICATORS[:2], (*INDICATORS[2][:3], *INDICATORS[2][4:]), *INDICATORS[3:]]
    text = faulty(project(2, table=table))
    found = check(text)
    assert rule_ids(found) == ["table-unparsable"]
    assert "5 格" in found[0].message


def test_only_the_first_of_many_broken_rows_of_a_table_is_reported(check: Check, read: Read) -> None:
    table = [row[:5] if index in (1, 2, 3) else row for index, row in enumerate(INDICATORS)]
    text = faulty(project(2, table=table))
    assert rule_ids(check(text)) == ["table-unparsable"]
    assert [len(each.indicators) for each in read(text).projects][::2] == [6, 6]


@pytest.mark.parametrize("plan", [PLAN[:3], (*PLAN, "100%"), PLAN[:1]], ids=len)
def test_a_plan_with_another_number_of_values_is_one_finding(check: Check, plan: tuple[str, ...]) -> None:
    text = faulty(project(2, plan=plan))
    found = check(text)
    assert rule_ids(found) == ["table-unparsable"]
    assert str(len(plan)) in found[0].message and "4" in found[0].message
    assert found[0].location.place.span.line == line_of(text, "\t25%", 2) - 1


def test_a_plan_row_that_lost_its_blank_first_cell_is_read(check: Check) -> None:
    assert check(faulty(project(2, plan=None).replace("12月底\n\n", "12月底\n\n" + rows(PLAN) + "\n", 1))) == []


@pytest.mark.parametrize(
    "row",
    [("预算规模及资金用途", "预算数", "9.00"), ("绩效目标", "又一个目标"), ("资金支出计划（%）", "3月底")],
    ids=lambda row: row[0],
)
def test_a_row_in_the_wrong_place_is_one_finding_on_its_line(check: Check, row: tuple[str, ...]) -> None:
    text = faulty(project(2) + "\n" + rows(row))
    found = check(text)
    assert rule_ids(found) == ["table-unparsable"]
    assert found[0].location.place.span.line == line_of(text, "\t" + row[0], 3)


def test_a_code_and_name_behind_a_whole_table_begin_a_table_without_a_title(read: Read) -> None:
    document = read(faulty(project(2) + "\n" + rows(("项目编码", "X", "项目名称", "又一个名称"))))
    assert [table.name for table in document.projects] == [NAMES[0], NAMES[1], "又一个名称", NAMES[2]]


def test_rows_in_another_order_are_read_and_said_to_be_out_of_place(read: Read, check: Check) -> None:
    text = project(2, goals=None).replace("\n\t600001", "\n" + rows(("绩效目标", "1.先写2个目标。")) + "\n\t600001", 1)
    document = read(faulty(text))
    assert document.projects[1].goals == ("1.先写2个目标。",)
    assert document.projects[1].name == NAMES[1]
    assert rule_ids(check(faulty(text))) == ["table-unparsable"]


def test_a_row_before_the_first_table_is_reported_and_nothing_else(check: Check) -> None:
    text = "\t2023年度\n\n" + form()
    assert {finding.rule.category for finding in check(text)} <= {"structure.unparsable", "structure.stray_text"}


def test_a_table_of_contents_in_rows_before_the_tables_is_no_obstacle(read: Read, check: Check) -> None:
    text = form().replace("第二部分", "\t目录\n\t页码\n\n\t第一部分\n\t1\n\n第二部分", 1)
    assert [len(table.indicators) for table in read(text).projects] == [6, 6]
    assert {finding.rule.category for finding in check(text)} <= {"structure.unparsable", "structure.stray_text"}


def test_stray_rows_inside_a_table_are_notes(read: Read, check: Check) -> None:
    text = faulty(project(2).replace("\t资金支出计划", "\t备查\n\t无\n\n\t资金支出计划", 1))
    assert [len(table.indicators) for table in read(text).projects] == [6, 6, 6]
    assert rule_ids(check(text)) == ["stray-text"]


@pytest.mark.parametrize(
    "cut",
    [
        "\t绩效目标\n", "\t3月底\n", "\t一级指标", "\t项目名称", "\t其他资金", "\t\n\t25%",
    ],
)  # fmt: skip
def test_a_document_that_breaks_off_is_judged_as_far_as_it_goes(check: Check, cut: str) -> None:
    text = form(project(1), project(2))
    whole = text[: text.rindex(cut)]
    found = check(whole)
    assert found
    assert {finding.location.place.span.line >= line_of(whole, "2.乡道") for finding in found} == {True}
    assert {finding.rule.category for finding in found} == {"structure.missing_field"}


def test_a_label_behind_other_text_in_its_row_is_no_failure(read: Read) -> None:
    text = faulty(project(2).replace("\t资金支出计划（%）\n", "\t本年\n\t资金支出计划（%）\n", 1))
    document = read(text)
    assert [len(table.indicators) for table in document.projects] == [6, 6, 6]


def test_the_header_twice_in_one_row_does_not_hurt_the_next_table(read: Read) -> None:
    document = read(faulty(project(2, header=HEADER * 2)))
    assert [len(table.indicators) for table in document.projects][::2] == [6, 6]


@pytest.mark.parametrize(
    "line", ["（三）按时报送绩效目标表", "认真填写项目支出绩效目标表", "3.各科室填报绩效目标申报表"]
)
@pytest.mark.parametrize(
    "behind", ["（二）年底公开全部结果。\n", "办成几件看得见的实事。\n"], ids=["safeguards", "overall goal"]
)
def test_a_sentence_that_ends_like_a_title_is_no_table(read: Read, check: Check, line: str, behind: str) -> None:
    text = form().replace(behind, behind + line + "\n", 1)
    assert [len(table.indicators) for table in read(text).projects] == [6, 6]
    assert set(rule_ids(check(text))) <= {"section-number-sequence"}


@pytest.mark.parametrize("pages", ["", "\t3"], ids=["bare", "page behind a tab"])
def test_a_table_of_contents_is_no_part_of_the_form(read: Read, check: Check, pages: str) -> None:
    lines = [
        "目录",
        "第一部分 部门整体绩效目标",
        "第二部分 预算项目绩效目标",
        "1.村道养护经费绩效目标表",
        "2.乡道养护经费绩效目标表",
    ]
    text = "\n".join(line + pages for line in lines) + "\n\n" + form()
    assert [len(table.indicators) for table in read(text).projects] == [6, 6]
    assert {finding.level for finding in check(text)} <= {"note", "warning"}


def test_a_table_of_contents_with_dotted_lines_is_prose(check: Check) -> None:
    lines = ["第一部分 部门整体绩效目标……1", "第二部分 预算项目绩效目标……3", "1.村道养护经费绩效目标表……3"]
    assert check("\n".join(lines) + "\n\n" + form()) == []


@pytest.mark.parametrize(
    "cells",
    [("填表人：某某", "联系电话：123"), ("注：指标值按年度填写",), ("",)],
    ids=["signature", "note", "lone tab"],
)
def test_a_short_row_behind_the_indicators_is_at_most_stray(check: Check, cells: tuple[str, ...]) -> None:
    text = form(project(1) + "\n" + rows(cells), project(2))
    assert rule_ids(check(text)) == (["stray-text"] if any(cells) else [])


def test_a_blank_cell_at_the_end_of_the_plan_does_not_matter(check: Check) -> None:
    assert check(form(project(1, plan=(*PLAN, "")))) == []


def test_a_wholly_blank_indicator_row_is_no_indicator(read: Read, check: Check) -> None:
    text = form(project(1, table=[*INDICATORS, ("",) * 6]), project(2))
    assert [len(table.indicators) for table in read(text).projects] == [6, 6]
    assert check(text) == []


def test_the_year_may_stand_in_brackets_below_a_title(check: Check) -> None:
    assert check(form(project(1, title="1.村道养护经费绩效目标表\n（2023年度）"), project(2))) == []


def test_safeguards_behind_the_tables_are_out_of_place_but_not_missing(read: Read, check: Check) -> None:
    text = form(part_one=PART_ONE.partition("三、")[0]) + "\n\n三、工作保障措施\n（一）每季度核对。\n"
    assert read(text).department.safeguards.text == "（一）每季度核对。"
    (found,) = check(text)
    assert found.rule.id == "table-unparsable"
    assert found.location.place.span.line == line_of(text, "三、工作保障措施")


def test_part_one_behind_part_two_is_out_of_place_but_not_missing(read: Read, check: Check) -> None:
    text = PART_TWO + "\n\n".join((project(1), project(2))) + "\n\n" + PART_ONE
    document = read(text)
    assert [len(table.indicators) for table in document.projects] == [6, 6]
    assert [(duty.number, duty.name, duty.goal, duty.indicator) for duty in document.department.duty_goals] == [
        ("（一）", "道路养护", "全镇村道常年平整畅通。", "养护合格率不低于95%。"),
        ("（二）", "灌溉保障", "主要灌渠不淤不堵。", "清淤长度不少于6公里。"),
    ]
    (found,) = check(text)
    assert found.rule.id == "table-unparsable"
    assert found.location.place.span.line == line_of(text, "第一部分")


def test_a_section_between_two_tables_leaves_both_whole(read: Read, check: Check) -> None:
    late = "二、分项绩效目标\n各项目标如下。\n（一）道路养护\n绩效指标：养护12公里。\n"
    head, _, rest = PART_ONE.partition("二、分项")
    part_one = head + "三、工作" + rest.partition("三、工作")[2]
    text = form(project(1) + "\n\n说明一句。\n\n\n" + late, project(2), part_one=part_one)
    document = read(text)
    assert [len(table.indicators) for table in document.projects] == [6, 6]
    assert [aside.text for aside in document.projects[0].asides] == ["说明一句。"]  # type: ignore[union-attr]
    assert document.department.duty_section.text == late.partition("\n")[2].strip()
    assert [duty.indicator for duty in document.department.duty_goals] == ["养护12公里。"]
    assert sorted(rule_ids(check(text))) == ["stray-text", "table-unparsable"]


@pytest.mark.parametrize(
    "page",
    [
        "目录\n",
        "目录\n第一部分 部门整体绩效目标……1\n一、总体绩效目标……1\n",
        "目录\n第一部分 部门整体绩效目标\n一、总体绩效目标\n二、分项绩效目标\n三、工作保障措施\n第二部分 预算项目绩效目标\n",
        "目录\n第一部分 部门整体绩效目标\t1\n一、总体绩效目标\t1\n",
    ],
)
def test_a_contents_page_of_any_make_leaves_the_form_whole(check: Check, page: str) -> None:
    assert [rule for rule in rule_ids(check(page + form())) if rule != "stray-text"] == []


def test_lines_of_part_one_may_be_indented_with_a_tab(read: Read, check: Check) -> None:
    text = form(part_one=PART_ONE.replace("\n2023年", "\n\t2023年"))
    assert check(text) == []
    assert (read(text).department.overall_goal.text or "").startswith("2023年")


def test_a_paragraph_below_the_heading_of_a_part_is_kept(read: Read) -> None:
    text = form(part_one=PART_ONE.replace("一、总体", "本单位负责全镇村道。\n\n一、总体"))
    assert "本单位负责全镇村道。" in [line.text for line in read(text).preface]


# ---- properties ---------------------------------------------------------------------------------------------------------

PARSER = DocumentParser()
CELLS = [
    *HEADER, "", " ", "项目编码", "项目名称", "预算规模及资金用途", "预算数", "8.00", "其中：财政资金", "其他资金", "资金支出计划（%）", "3月底",
    "12月底", "25%", "绩效目标", "1.某目标", "产出指标", "数量指标", "≥12次", "600001某县某镇人民政府", "单位：万元", "编制单位：某镇", "甲",
]  # fmt: skip
LINES = [
    "", "", "第一部分", "部门整体绩效目标", "一、总体绩效目标", "二、分项绩效目标", "（一）道路", "绩效目标：某事", "绩效指标：某数", "三、工作保障措施",
    "第二部分", "预算项目绩效目标", "1.村道养护经费绩效目标表", "绩效目标表", "某句话", "3", "[bookmark: a]", "2023年", *("\t" + cell for cell in CELLS),
]  # fmt: skip


def parses(text: str) -> Any:
    return PARSER.parse(read_bytes("a.txt", ("某" + text).encode(), PARSER.is_landmark))


@given(st.text(max_size=200))
@example("\t" * 50)
@example("\ufeff\u2028\u2029\x85\x1c\x1d")
@example("（" * 200)
@example("[bookmark:" * 50)
@example("TC \\" * 50)
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parses(text.replace("\0", ""))


@given(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join))
def test_no_shuffling_of_the_lines_of_the_form_makes_the_parser_raise(text: str) -> None:
    document = parses(text)
    for table in document.projects:
        assert "title" in table.anchors


@given(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join))
def test_no_shuffling_of_the_lines_of_the_form_makes_a_rule_fail(judged: Any, text: str) -> None:
    assert judged("第二部分\n" + text).not_checked == ()


def test_a_title_given_twice_below_rows_without_one_makes_no_rule_fail(judged: Any) -> None:
    text = f"\t{HEADER[0]}\n{PART_TWO}\n1.水泵维护经费绩效目标表\n1.水泵维护经费绩效目标表\n\t项目编码\n\n\t项目名称\n"
    judgement = judged(text)
    assert [item.reason for item in judgement.not_checked if item.rule_id] == []


def test_a_text_without_its_blank_lines_is_read_like_the_one_with_them(check: Check, read: Read) -> None:
    text = form(project(1), project(2), project(3))
    joined = "\n".join(line for line in text.split("\n") if line) + "\n"
    assert check(joined) == []
    plain, run_together = read(text).projects, read(joined).projects
    assert [each.unit for each in run_together] == [each.unit for each in plain]
    assert [[row.name for row in each.indicators] for each in run_together] == [
        [row.name for row in each.indicators] for each in plain
    ]
    last = run_together[2].indicators[-1]
    assert joined.split("\n")[last.row.cell_line(4) - 1].strip() == last.target.text


UNIT_ROW = "\t600001某县某镇人民政府\n\t单位：万元\n\n"


@pytest.mark.parametrize(
    "above",
    [
        "600001某县某镇人民政府      单位：万元\n",
        "600001某县某镇人民政府\n单位：万元\n",
        "编制单位：600001某县某镇人民政府　　　金额单位：万元\n",
        "（2023年度）\n600001某县某镇人民政府  （单位：万元）\n",
        "单位：万元\n\t600001某县某镇人民政府\n\t\n\n",
    ],
)
def test_unit_and_money_unit_may_stand_on_lines_between_title_and_table(read: Read, check: Check, above: str) -> None:
    text = form().replace(UNIT_ROW, above)
    assert above in text
    assert check(text) == []
    assert {(each.unit.code, each.unit.name, each.money_unit) for each in read(text).projects} == {
        ("600001", "某县某镇人民政府", "万元")
    }


def test_what_is_wrong_on_a_line_above_a_table_is_found_where_it_stands(check: Check) -> None:
    text = form().replace(UNIT_ROW, "600001某县某镇人民政府      单位：\n", 1)
    (found,) = check(text)
    assert found.rule.id == "money-unit-missing"
    line = line_of(text, "单位：")
    assert found.location.place.span[:2] == (line, text.splitlines()[line - 1].index("单位：") + 1)


def test_the_title_may_be_the_first_row_of_any_table(read: Read, check: Check) -> None:
    text = form(project(1), project(2), project(3))
    for name in NAMES[1:3]:
        title = next(line for line in text.splitlines() if line.endswith(f"{name}绩效目标表"))
        text = text.replace(f"\n{title}\n", f"\n\t{title}\n\n", 1)
    assert [each.number for each in read(text).projects] == ["1", "2", "3"]
    assert check(text) == []


def test_a_row_like_a_title_right_below_the_title_is_a_stray_row_of_its_table(read: Read) -> None:
    text = form().replace(UNIT_ROW, "\t项目支出绩效目标表\n\n" + UNIT_ROW, 1)
    assert len(read(text).projects) == len(read(form()).projects)


@pytest.mark.parametrize("name", ["备注", "责任人"])
def test_a_filled_column_the_form_does_not_have_is_left_aside(read: Read, check: Check, name: str) -> None:
    text = faulty(project(2, header=(*HEADER, name), table=[(*row, "王某") for row in INDICATORS]))
    assert [(row.subcategory, row.basis) for row in read(text).projects[1].indicators] == [
        (row[1], row[5]) for row in INDICATORS
    ]
    assert check(text) == []


def test_rows_that_do_not_fit_a_header_with_a_column_more_are_told_of_that_column_alone(check: Check) -> None:
    table = [(*row, "王某", "李某") for row in INDICATORS]
    (found,) = check(faulty(project(2, header=(*HEADER, "备注"), table=table)))
    assert found.rule.id == "table-unparsable"
    assert "表头比表样多了一栏“备注”" in found.message


def test_where_the_row_of_amounts_is_missing_the_usage_behind_its_label_is_read(check: Check) -> None:
    row = "\t预算规模及资金用途\n\t预算数\n\t8.00\n\t其中：财政资金\n\t8.00\n\t其他资金\n\t\n\n\t\n"
    text = form()
    assert row in text
    (found,) = check(text.replace(row, "\t预算规模及资金用途\n", 1))
    assert found.rule.id == "table-field-missing"
    assert found.message == "这张表缺少栏目：预算数、财政资金、其他资金"
