"""Every layout in which the form has been seen reads as the same document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfcheck.model.document import Document
from tests.conftest import Check, Read
from tests.forms import DUES, HEADER, INDICATORS, NAMES, PART_ONE, PART_TWO, code, form, indicators, project, rows

# ---- titles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "read_as"),
    [
        ("1.", "1"), ("1、", "1"), ("1．", "1"), ("1:", "1"), ("（1）", "1"), ("(1)", "1"), ("（一）", "1"), ("(一）", "1"),
        ("一、", "1"), ("一.", "1"), ("十二、", "12"), ("第一、", "1"), ("①", "1"), ("19.", "19"), ("", None), ("       ", None),
    ],
)  # fmt: skip
def test_a_title_may_be_numbered_in_any_form_or_not_at_all(read: Read, number: str, read_as: str | None) -> None:
    document = read(form(project(1, number=number), project(2)))
    assert len(document.projects) == 2
    assert document.projects[0].number == read_as
    assert document.projects[0].title == "村道养护经费绩效目标表"


@pytest.mark.parametrize(
    "title",
    [
        "村道养护经费绩效目标表", "村道养护经费项目绩效目标表", "村道养护经费项目支出绩效目标表", "村道养护经费绩效目标申报表",
        "村道养护经费项目支出绩效目标申报表", "村道养护经费绩效目标批复表", "村道养护经费绩效项目申报表",
        "村道养护经费绩效目标表（2023年度）", "村道养护经费绩效目标表(2023年度)", "村道养护经费绩效目标表（2023年度",
        "1.2023年村道养护经费绩效目标表", "1.“平安村”道路养护（二期）经费绩效目标表", "1.村道养护经费（某村）绩效目标表",
        "1.2019年度村道养护经费绩效目标表",
    ],
)  # fmt: skip
def test_a_title_may_be_worded_in_any_way_seen(read: Read, title: str) -> None:
    document = read(form(project(1, title=title), project(2)))
    assert [each.code for each in document.projects] == [code(1), code(2)]
    assert document.faults == ()


def test_the_year_in_a_title_is_not_its_number(read: Read) -> None:
    document = read(
        form(project(1, title="2023年村道养护经费绩效目标表"), project(2, title="1.2023年乡道养护经费绩效目标表"))
    )
    assert [each.number for each in document.projects] == [None, "1"]
    assert document.projects[1].title == "2023年乡道养护经费绩效目标表"


def test_the_mark_of_a_table_of_contents_is_no_part_of_the_title(read: Read) -> None:
    text = project(1).replace("绩效目标表\n", "绩效目标表 TC 1、村道养护经费绩效目标表 \\f C \\l 1 \n", 1)
    assert read(form(text)).projects[0].title == "村道养护经费绩效目标表"


# ---- headings of the parts and sections -----------------------------------------------------------------------------

HEADINGS = {
    "two lines": ("第一部分\n部门整体绩效目标\n", "第二部分\n预算项目绩效目标\n"),
    "one line": ("第一部分 部门整体绩效目标\n", "第二部分 预算项目绩效目标\n"),
    "one line without a space": ("第一部分部门整体绩效目标\n", "第二部分预算项目绩效目标\n"),
    "led by a space": (" 第一部分\n部门整体绩效目标\n", " 第二部分\n预算项目绩效目标\n"),
    "blank lines between": ("第一部分\n\n部门整体绩效目标\n\n", "\n\n\n第二部分\n\n\n预算项目绩效目标\n\n\n\n"),
    "lines of one space between": ("第一部分\n部门整体绩效目标\n \n", " \n \n第二部分\n \n预算项目绩效目标\n \n \n"),
    "other words": ("第一部分 部门整体支出绩效目标\n", "第二部分 项目支出绩效目标\n"),
    "with bookmarks": (
        "[bookmark: a]第一部分\n[bookmark: b]部门整体绩效目标\n",
        "[bookmark: c]第二部分\n[bookmark: d]预算项目绩效目标\n",
    ),
    "with closing colons": ("第一部分：\n部门整体绩效目标：\n", "第二部分：\n预算项目绩效目标：\n"),
}


@pytest.mark.parametrize("layout", HEADINGS)
def test_the_headings_of_the_parts_may_be_laid_out_in_any_way_seen(read: Read, check: Check, layout: str) -> None:
    one, two = HEADINGS[layout]
    text = form(part_one=PART_ONE.replace("第一部分\n部门整体绩效目标\n", one), part_two=two)
    document = read(text)
    assert document.department.headings
    assert document.project_headings
    assert len(document.projects) == 2
    assert check(text) == []


SECTIONS = ("总体绩效目标", "分项绩效目标", "工作保障措施")


@pytest.mark.parametrize(
    "style",
    [
        "{number}、{name}", "{name}", "{number}、{name}：", "{number}.{name}", "（{number}）{name}", " {number}、 {name} ",
        "{number}、{name} TC {name} \\f A \\l 1 ", "[bookmark: _Toc_{number}]{number}、{name}", "{arabic}.{name}", "{arabic}、{name}",
    ],
)  # fmt: skip
def test_the_headings_of_the_sections_may_be_written_in_any_way_seen(read: Read, check: Check, style: str) -> None:
    text = form()
    for arabic, (number, name) in enumerate(zip("一二三", SECTIONS), 1):
        text = text.replace(f"{number}、{name}", style.format(number=number, name=name, arabic=arabic), 1)
    department = read(text).department
    assert department.overall_goal.text == "2023年全镇管好用好各项经费，办成几件看得见的实事。"
    assert [goal.name for goal in department.duty_goals] == ["道路养护", "灌溉保障"]
    assert department.safeguards.text == "（一）每季度核对一次支出进度。\n（二）年底公开全部结果。"
    assert check(text) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("总体绩效目标", "年度绩效总目标"), ("分项绩效目标", "职责分类绩效目标"), ("分项绩效目标", "年度主要任务"),
        ("工作保障措施", "保障措施"), ("工作保障措施", "实现年度发展规划目标的保障措施"),
    ],
)  # fmt: skip
def test_a_section_may_go_by_another_name(check: Check, name: str, other: str) -> None:
    assert check(form().replace("、" + name, "、" + other, 1)) == []


def test_a_doubled_heading_is_one_section_and_one_finding(read: Read, check: Check) -> None:
    text = form().replace("一、总体绩效目标\n", "[bookmark: _Toc1]一、总体绩效目标\n一、总体绩效目标\n", 1)
    department = read(text).department
    assert len(department.overall_goal.headings) == 2
    assert department.overall_goal.text == "2023年全镇管好用好各项经费，办成几件看得见的实事。"
    assert [finding.rule.id for finding in check(text)] == ["heading-repeated"]


def test_words_of_a_heading_inside_prose_are_prose(read: Read) -> None:
    text = form().replace(
        "办成几件看得见的实事。", "办成几件看得见的实事。\n围绕总体绩效目标，细化工作方案，落实工作保障措施。", 1
    )
    overall = read(text).department.overall_goal
    assert len(overall.headings) == 1
    assert overall.text is not None and overall.text.endswith("落实工作保障措施。")


# ---- items of 分项绩效目标 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "numbers",
    [
        ("（一）", "（二）", "（三）"), ("(一）", "(二）", "(三）"), ("1.", "2.", "3."), ("1、", "2、", "3、"), ("一、", "二、", "三、"),
        ("①", "②", "③"), ("目标1：", "目标2：", "目标3："), ("(1)", "(2)", "(3)"), ("（１）", "（２）", "（３）"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["line after line", "blank lines between"])
def test_the_items_may_be_numbered_in_any_form(read: Read, check: Check, numbers: tuple[str, ...], gap: str) -> None:
    items = gap.join(f"{number}办好第{index}件事；" for index, number in enumerate(numbers, 1)) + gap
    text = form(part_one=PART_ONE.partition("（一）道路")[0] + items + "三、工作保障措施\n定期核对。\n")
    goals = read(text).department.duty_goals
    assert [(goal.name, goal.goal, goal.indicator) for goal in goals] == [
        (None, f"办好第{index}件事；", None) for index in (1, 2, 3)
    ]
    assert {finding.rule.category for finding in check(text)} <= {"text.fullwidth_or_spacing"}


def test_a_goal_and_an_indicator_line_belong_to_their_item(read: Read) -> None:
    goals = read(form()).department.duty_goals
    assert [(goal.number, goal.name, goal.goal, goal.indicator) for goal in goals] == [
        ("（一）", "道路养护", "全镇村道常年平整畅通。", "养护合格率不低于95%。"),
        ("（二）", "灌溉保障", "主要灌渠不淤不堵。", "清淤长度不少于6公里。"),
    ]


def test_an_item_may_have_text_behind_its_name_and_lists_inside(read: Read) -> None:
    part_one = PART_ONE.replace(
        "（一）道路养护\n绩效目标：", "（一）道路养护：管好村道。\n绩效目标：1、平整；\n2、畅通；\n"
    )
    (first, second) = read(form(part_one=part_one)).department.duty_goals
    assert first.name == "道路养护：管好村道。"
    assert first.goal == "1、平整；\n2、畅通；\n全镇村道常年平整畅通。"
    assert second.name == "灌溉保障"


def test_the_goal_may_stand_on_a_line_of_its_own(read: Read) -> None:
    part_one = PART_ONE.replace("绩效目标：全镇", "绩效目标:\n全镇", 1)
    assert read(form(part_one=part_one)).department.duty_goals[0].goal == "全镇村道常年平整畅通。"


# ---- the rows above the plan ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("600001某县某镇人民政府", ("600001", "某县某镇人民政府")),
        ("600001某县某镇人民政府本级", ("600001", "某县某镇人民政府本级")),
        ("600001-某县某镇人民政府", ("600001", "某县某镇人民政府")),
        ("[600001]某县某镇人民政府", ("600001", "某县某镇人民政府")),
        ("600001 某县某镇人民政府", ("600001", "某县某镇人民政府")),
        ("编制单位：某县某镇人民政府", (None, "某县某镇人民政府")),
        ("填报单位（盖章）：某县某镇人民政府", (None, "某县某镇人民政府")),
        ("预算单位:某县某镇人民政府", (None, "某县某镇人民政府")),
    ],
)
def test_the_unit_may_be_written_in_any_way_seen(read: Read, cell: str, unit: tuple[str | None, str]) -> None:
    assert tuple(read(form(project(1, unit=(cell, "单位：万元")))).projects[0].unit) == unit


@pytest.mark.parametrize(
    ("cell", "money"),
    [
        ("单位：万元", "万元"),
        ("单位:万元", "万元"),
        ("金额单位：元", "元"),
        ("单位：元", "元"),
        ("单位： 万元 ", "万元"),
    ],
)
def test_the_unit_of_money_may_be_written_in_any_way_seen(read: Read, cell: str, money: str) -> None:
    assert read(form(project(1, unit=("600001某县某镇人民政府", cell)))).projects[0].money_unit == money


@pytest.mark.parametrize(
    "label",
    [
        "其中：财政资金",
        "其中:财政资金",
        "其中：财政    资金",
        "其中：财政拨款",
        "其中：本年财政拨款",
        "财政拨款",
        "其中 ：财政资金",
        "其中：\n财政资金",
    ],
)
def test_the_label_of_fiscal_money_may_be_spelt_in_any_way_seen(read: Read, label: str) -> None:
    row = ("预算规模及资金用途", "预算数", "8.00", label, "7.00", "其他资金", "1.00")
    funding = read(form(project(1, funding=row))).projects[0].funding
    assert funding is not None
    assert [amount and amount.number for amount in funding] == [Decimal(8), Decimal(7), Decimal(1)]


@pytest.mark.parametrize("total", ["预算数", "年度资金总额", "资金总额", "当年预算", "预算金额"])
@pytest.mark.parametrize("other", ["其他资金", "其它资金", "自有资金", "地方资金"])
def test_the_labels_of_money_have_synonyms(read: Read, check: Check, total: str, other: str) -> None:
    text = form(project(1, funding=("预算规模及资金用途", total, "8.00", "其中：财政资金", "8.00", other, "")))
    assert check(text) == []


@pytest.mark.parametrize("label", ["预算数（万元）", "预算数(万元)"])
def test_the_unit_of_money_may_stand_in_the_label(read: Read, check: Check, label: str) -> None:
    funding = ("预算规模及资金用途", label, "8.00", "其中：财政资金", "8.00", "其他资金", "")
    text = form(project(1, unit=("600001某县某镇人民政府", ""), funding=funding))
    assert read(text).projects[0].money_unit == "万元"
    assert check(text) == []


@pytest.mark.parametrize("blank", ["", " ", "0", "0.00", "/", "-", "\u3000"])
def test_no_other_money_may_be_written_in_any_way_seen(check: Check, blank: str) -> None:
    assert (
        check(
            form(
                project(
                    1, funding=("预算规模及资金用途", "预算数", "8.00", "其中：财政资金", "8.00", "其他资金", blank)
                )
            )
        )
        == []
    )


def test_a_whole_document_may_be_in_yuan_with_commas(read: Read, check: Check) -> None:
    unit = ("600001某县某镇人民政府", "单位：元")
    funding = ("预算规模及资金用途", "预算数", "80,000.00", "其中：财政资金", "80,000.00", "其他资金", "")
    text = form(project(1, unit=unit, funding=funding), project(2, unit=unit, funding=funding))
    assert check(text) == []
    found = read(text).projects[0]
    assert found.money_unit == "元"
    assert (
        found.funding is not None and found.funding.total is not None and found.funding.total.number == Decimal(80000)
    )


@pytest.mark.parametrize("label", ["", " ", "资金用途", "项目概况"])
def test_the_usage_may_be_led_by_a_blank_cell_or_a_label(read: Read, label: str) -> None:
    assert (
        read(form(project(1, usage=(label, "用于村道养护。\n\n含材料费。")))).projects[0].usage
        == "用于村道养护。\n\n含材料费。"
    )


@pytest.mark.parametrize(
    "name",
    [
        "人力资源和社会保障局",
        "人大常委会办公室",
        "元氏县某镇人民政府",
        "万全区某乡人民政府",
        "年丰镇人民政府",
        "日照街道办事处",
    ],
)
def test_a_unit_may_have_any_name(read: Read, check: Check, name: str) -> None:
    unit = (f"600001{name}", "单位：万元")
    text = form(project(1, unit=unit), project(2, unit=unit))
    assert [tuple(table.unit) for table in read(text).projects] == [("600001", name)] * 2
    assert {finding.rule.category for finding in check(text)} <= {"consistency.place_name"}


@pytest.mark.parametrize(
    "cell", ["13099923P00000000001T", "436-0801-JBN-VVCP", "2023年12月31日", "12个", "300万元", "100%", "12345", "8.00"]
)
def test_a_code_date_or_amount_is_no_unit(read: Read, cell: str) -> None:
    text = form(project(1, identity=(cell, "项目名称", "村道养护经费")), project(2))
    assert {tuple(table.unit) for table in read(text).projects} == {("600001", "某县某镇人民政府")}


@pytest.mark.parametrize("between", [" ", "    ", "\t", "\u3000"])
def test_unit_and_unit_of_money_may_share_a_cell(read: Read, check: Check, between: str) -> None:
    text = form(project(1, unit=(f"600001某县某镇人民政府{between}单位：万元",)), project(2))
    assert [(tuple(table.unit), table.money_unit) for table in read(text).projects] == [
        (("600001", "某县某镇人民政府"), "万元")
    ] * 2
    assert check(text) == []


def test_a_label_may_end_in_a_colon(check: Check) -> None:
    identity = ("项目编码：", code(1), "项目名称:", "村道养护经费")
    assert check(form(project(1, identity=identity, goals_label="绩效目标：", plan_label="资金支出计划（%）："))) == []


def test_a_blank_cell_too_many_in_front_of_the_plan_shifts_nothing(read: Read, check: Check) -> None:
    text = form(project(1)).replace("\n\n\t\n\t25%", "\n\n\t\n\t\n\t25%")
    assert text != form(project(1))
    assert [item.text for item in read(text).projects[0].spending_plan.installments] == ["25%", "50%", "75%", "100%"]
    assert check(text) == []


# ---- the plan -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [("25", "50", "75", "100"), ("25.00", "50.00", "75.00", "100.00"), ("25%", "50%", "75%", "100%"),
                                  ("25.00%", "50.00%", "75.00%", "100.00%"), ("25 %", "50％", "75%", "100 ")])  # fmt: skip
def test_the_values_of_the_plan_may_be_written_in_any_way_seen(read: Read, check: Check, plan: tuple[str, ...]) -> None:
    text = form(project(1, plan=plan))
    found = read(text).projects[0].spending_plan
    assert found is not None
    assert [item.percent for item in found.installments] == [25, 50, 75, 100]
    assert [item.due for item in found.installments] == list(DUES)
    mixed = ["spending-plan-sign-mixed"] if plan[-1] == "100 " else []
    assert [finding.rule.id for finding in check(text)] == mixed


@pytest.mark.parametrize(
    "dues",
    [
        ("3月底", "6月底", "9月底", "12月底"), ("一季度", "二季度", "三季度", "四季度"), ("第一季度", "第二季度", "第三季度", "第四季度"),
        ("一季度末", "二季度末", "三季度末", "四季度末"), ("3月末", "6月末", "9月末", "年末"), ("上半年", "全年"), ("6月底", "12月底"),
        ("2月底", "4月底", "6月底", "8月底", "10月底", "12月底"),
    ],
)  # fmt: skip
def test_the_periods_of_the_plan_may_be_others(read: Read, dues: tuple[str, ...]) -> None:
    step = 100 // len(dues)
    plan = [f"{step * (index + 1)}%" for index in range(len(dues))]
    plan[-1] = "100%"
    found = read(form(project(1, dues=dues, plan=plan))).projects[0].spending_plan
    assert found is not None
    assert [item.due for item in found.installments] == list(dues)
    assert [item.text for item in found.installments] == plan


@pytest.mark.parametrize(
    "label",
    [
        "资金支出计划（%）",
        "资金支出计划(%)",
        "资金支出计划",
        "资金支出计划 （%）",
        "支出计划（%）",
        "项目实施进度计划",
        "预期进度与资金支出计划",
    ],
)
def test_the_label_of_the_plan_may_be_spelt_in_any_way_seen(check: Check, label: str) -> None:
    assert check(form(project(1, plan_label=label))) == []


def test_amounts_under_a_label_that_asks_for_percent_are_read_as_amounts(read: Read) -> None:
    found = read(form(project(1, plan=("2.00", "4.00", "6.00", "8.00")))).projects[0].spending_plan
    assert found is not None and found.in_amounts and not found.asks_for_money
    assert [item.amount for item in found.installments] == [2, 4, 6, 8]
    assert [item.percent for item in found.installments] == [None] * 4


@pytest.mark.parametrize("label", ["资金支出计划（万元）", "资金支出计划(万元)", "资金支出计划（元）"])
def test_a_plan_that_asks_for_money_may_hold_it(read: Read, check: Check, label: str) -> None:
    text = form(project(1, plan_label=label, plan=("2.00", "4.00", "6.00", "8.00")))
    found = read(text).projects[0].spending_plan
    assert found is not None and found.in_amounts and found.asks_for_money
    assert check(text) == []


def test_a_budget_of_just_one_hundred_is_no_plan_in_amounts(read: Read) -> None:
    funding = ("预算规模及资金用途", "预算数", "100.00", "其中：财政资金", "100.00", "其他资金", "")
    found = (
        read(form(project(1, funding=funding, plan=("25.00", "50.00", "75.00", "100.00")))).projects[0].spending_plan
    )
    assert found is not None and not found.in_amounts


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_plan_keeps_its_periods(read: Read, check: Check, blank: str) -> None:
    text = form(project(1, plan=(blank,) * 4))
    found = read(text).projects[0].spending_plan
    assert found is not None
    assert [(item.due, item.text, item.percent) for item in found.installments] == [(due, "", None) for due in DUES]
    assert [finding.rule.id for finding in check(text)] == ["spending-plan-blank"]


def test_a_budget_year_may_have_a_plan_label_led_by_a_blank_row_cell_of_one_space(read: Read) -> None:
    text = form(project(1)).replace("\t\n\t25%", "\t \n\t25%")
    found = read(text).projects[0].spending_plan
    assert found is not None and [item.percent for item in found.installments] == [25, 50, 75, 100]


# ---- the goals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "goals"),
    [
        ("1.全年维护到位。", ["1.全年维护到位。"]),
        ("全年维护到位。", ["全年维护到位。"]),
        ("1、维护到位。\n2、群众满意。", ["1、维护到位。", "2、群众满意。"]),
        ("1.维护到位，\n不留死角。\n2.群众满意。", ["1.维护到位，\n不留死角。", "2.群众满意。"]),
        ("目标1：维护到位。\n目标2：群众满意。", ["目标1：维护到位。", "目标2：群众满意。"]),
        ("1.维护到位。\n\n2.群众满意。\n\n3.省钱。", ["1.维护到位。", "2.群众满意。", "3.省钱。"]),
        ("", []),
        (" ", []),
    ],
)
def test_one_or_many_goals_stand_in_one_cell(read: Read, cell: str, goals: list[str]) -> None:
    assert list(read(form(project(1, goals=cell))).projects[0].goals) == goals


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n \n", "\n\n\n", "\n\n\n \n \n\n"], ids=repr)
def test_any_number_of_blank_lines_may_stand_between_goals_and_indicators(read: Read, check: Check, gap: str) -> None:
    text = form(project(1), project(2)).replace("\n\n\t一级指标", "\n" + gap + "\t一级指标")
    assert all(table.goals == ("1.全年维护12处，方便群众。",) for table in read(text).projects)
    assert check(text) == []


@pytest.mark.parametrize(
    "label",
    [
        "绩效目标",
        "年度目标",
        "年度绩效目标",
        "年度总体目标",
        "总体目标",
        "当年绩效目标",
        "本年度绩效目标",
        "绩 效 目 标",
    ],
)
def test_the_label_of_the_goals_may_be_another(check: Check, label: str) -> None:
    assert check(form(project(1, goals_label=label))) == []


# ---- the indicators -------------------------------------------------------------------------------------------------------


def summary(document: Document, table: int = 0) -> list[tuple[Any, ...]]:
    return [(*tuple(row[3:7]), row.target.text, row.basis) for row in document.projects[table].indicators]


FILLED_IN = [
    (
        "满意度指标" if index == 5 else "效益指标" if index == 4 else "产出指标",
        *row[1:],
    )
    for index, row in enumerate(INDICATORS)
]


@pytest.mark.parametrize("blank", ["", " ", "repeated"])
def test_the_first_level_may_stand_once_or_on_every_row(read: Read, check: Check, blank: str) -> None:
    table = FILLED_IN if blank == "repeated" else [(row[0] or blank, *row[1:]) for row in INDICATORS]
    text = form(project(1, table=table))
    assert summary(read(text)) == FILLED_IN
    assert check(text) == []


def test_the_merged_cell_may_be_lost_altogether(read: Read) -> None:
    again = [*INDICATORS[:2], INDICATORS[2][1:], *INDICATORS[3:]]
    document = read(form(project(1, table=[*INDICATORS, *again])))
    assert summary(document) == FILLED_IN * 2
    assert document.faults == ()


@pytest.mark.parametrize("count", [2, 3, 6, 7, 20, 40])
def test_a_table_has_two_to_forty_rows(read: Read, count: int) -> None:
    document = read(form(project(1, table=indicators(count)), project(2)))
    assert [len(table.indicators) for table in document.projects] == [count, 6]
    assert document.faults == ()


@pytest.mark.parametrize(
    "order", [[5, 4, 3, 2, 1, 0], [3, 0, 1, 2, 5, 4], [4, 0, 5, 1, 3, 2], [0, 4, 1, 5, 2, 3]], ids=str
)
def test_the_classes_may_come_in_any_order(read: Read, check: Check, order: list[int]) -> None:
    table = [FILLED_IN[index] for index in order]
    text = form(project(1, table=table))
    assert summary(read(text)) == table
    assert check(text) == []


@pytest.mark.parametrize("benefit", ["效益指标", "效果指标"])
def test_benefit_goes_by_either_name(check: Check, benefit: str) -> None:
    table = [(row[0].replace("效益指标", benefit), *row[1:]) for row in INDICATORS]
    assert check(form(project(1, table=table))) == []


def test_cost_may_be_a_first_level_of_its_own(check: Check, read: Read) -> None:
    cost = [
        ("成本指标", "经济成本指标", "每公里养护成本", "平均每公里花费的养护经费", "≤6000元/公里", "上年决算"),
        ("", "社会成本指标", "封路天数", "养护期间封闭道路的天数", "≤3天", "上年实际"),
    ]
    text = form(project(1, table=[*cost, *INDICATORS[:3], *INDICATORS[4:]]))
    assert [row.category for row in read(text).projects[0].indicators][:3] == ["成本指标", "成本指标", "产出指标"]
    assert check(text) == []


@pytest.mark.parametrize(
    "header",
    [
        ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"),
        ("一级绩效指标", "二级绩效指标", "三级绩效指标", "指标描述", "年度指标值", "指标值说明"),
        ("一级\n指标", "二级\n指标", "三级指标名称", "指标解释", "目标值", "参考标准"),
        ("一级指标", "二级指标", "指标名称", "指标说明", "绩效指标值（包含数字及文字描述）", "备注"),
        ("一级指标", "二级指标", "指标内容", "绩效指标描述", "当年预期实现值", "绩效标准"),
    ],
)
def test_the_header_of_the_indicators_may_use_other_words(read: Read, header: tuple[str, ...]) -> None:
    document = read(form(project(1, header=header)))
    assert summary(document) == FILLED_IN
    assert document.faults == ()


def test_a_repeated_header_is_no_row(read: Read) -> None:
    document = read(form(project(1, table=[*INDICATORS[:3], HEADER, *INDICATORS[3:]])))
    assert len(document.projects[0].indicators) == 6
    assert document.faults == ()


def test_sign_and_unit_may_have_columns_of_their_own(read: Read) -> None:
    header = (
        "一级指标",
        "二级指标",
        "三级指标",
        "绩效指标描述",
        "计算符号",
        "指标值",
        "计量单位",
        "权重",
        "指标值确定依据",
    )
    table = [("产出指标", "数量指标", "养护里程", "村道长度", "≥", "12", "公里", "10", "养护计划"),
             ("", "质量指标", "合格率", "验收合格率", "大于等于", "95", "%", "10", "规范")]  # fmt: skip
    document = read(form(project(1, header=header, table=table)))
    assert document.faults == ()
    found = [
        (row.target.comparator, row.target.number, row.target.unit, row.basis)
        for row in document.projects[0].indicators
    ]
    assert [(sign and sign.value, number, unit, basis) for sign, number, unit, basis in found] == [
        ("≥", Decimal(12), "公里", "养护计划"), ("≥", Decimal(95), "%", "规范")
    ]  # fmt: skip


def test_a_column_that_names_the_nature_of_an_indicator_is_no_part_of_its_value(read: Read) -> None:
    header = (*HEADER[:4], "指标性质", *HEADER[4:])
    table = [(*row[:4], "正向", *row[4:]) for row in INDICATORS]
    assert [row.target.text for row in read(form(project(1, header=header, table=table))).projects[0].indicators] == [
        row[4] for row in INDICATORS
    ]


def test_a_column_may_be_absent_and_is_named_once(read: Read, check: Check) -> None:
    header, table = HEADER[:3] + HEADER[4:], [row[:3] + row[4:] for row in INDICATORS]
    text = form(project(1, header=header, table=table), project(2))
    assert [row.target.text for row in read(text).projects[0].indicators] == [row[4] for row in INDICATORS]
    findings = check(text)
    assert [finding.rule.id for finding in findings] == ["indicator-column-missing"]
    assert "绩效指标描述" in findings[0].message


@pytest.mark.parametrize("hint", ["（必填）", "(选填)", "（50分）"])
def test_hints_and_scores_behind_class_names_do_not_count(check: Check, hint: str) -> None:
    table = [(row[0] and row[0] + hint, row[1] + hint, *row[2:]) for row in INDICATORS]
    assert check(form(project(1, table=table))) == []


@pytest.mark.parametrize(
    ("row", "old", "new"),
    [
        (5, "满意度指标", "服务对象满意度指标"), (5, "满意度指标", "社会公众或服务对象满意度指标"),
        (4, "效益指标", "项目效益指标"), (0, "产出指标", "项目完成指标"), (0, "产出指标", "产出"), (4, "效益指标", "效益"),
    ],
)  # fmt: skip
def test_a_first_level_that_goes_by_a_known_other_name_is_not_called_missing(
    check: Check, row: int, old: str, new: str
) -> None:
    table = [*INDICATORS]
    table[row] = (new, *table[row][1:])
    assert not any(
        finding.rule.category.startswith("indicator.missing") for finding in check(form(project(1, table=table)))
    )


# ---- rows that are missing ------------------------------------------------------------------------------------------------

MISSING = [
    "unit",
    "identity",
    "funding",
    "usage",
    "dues",
    "plan",
    "goals",
    "header",
]


@pytest.mark.parametrize("part", MISSING)
def test_a_missing_row_is_one_finding_and_the_rest_is_read(read: Read, check: Check, part: str) -> None:
    text = form(project(1, leave_out=[part]), project(2))
    document = read(text)
    assert [len(table.indicators) for table in document.projects] == [6, 6]
    assert document.projects[0].usage == (None if part == "usage" else "用于全镇范围内的日常维护。")
    assert [finding.rule.id for finding in check(text)] == ["table-field-missing"]


def test_the_whole_plan_may_be_missing(check: Check) -> None:
    (finding,) = check(form(project(1, leave_out=["dues", "plan"]), project(2)))
    assert finding.rule.id == "table-field-missing"
    assert "资金支出计划" in finding.message


def test_a_table_without_a_title_is_a_table(read: Read, check: Check) -> None:
    text = form(project(1), project(2).partition("\n")[2], project(3))
    document = read(text)
    assert [table.name for table in document.projects] == list(NAMES[:3])
    assert [len(table.indicators) for table in document.projects] == [6, 6, 6]
    assert [finding.rule.id for finding in check(text)] == ["table-field-missing"]


def test_tables_may_stand_without_any_blank_line_between(read: Read, check: Check) -> None:
    text = form(project(1), project(2), project(3), between="")
    assert [len(table.indicators) for table in read(text).projects] == [6, 6, 6]
    assert check(text) == []


def test_a_document_may_be_nothing_but_tables(read: Read) -> None:
    document = read(form(project(1), project(2), part_one="", part_two=""))
    assert [len(table.indicators) for table in document.projects] == [6, 6]
    assert document.faults == ()


def test_rows_that_ran_together_come_apart(read: Read) -> None:
    text = (
        form(project(1), project(2))
        .replace("\n\n\t绩效目标\n", "\n\t绩效目标\n", 1)
        .replace("\n\n\t预算规模", "\n\t预算规模", 1)
    )
    document = read(text)
    table = document.projects[0]
    assert table.goals == ("1.全年维护12处，方便群众。",)
    assert table.funding is not None and table.funding.total is not None and table.funding.total.text == "8.00"
    assert table.spending_plan is not None
    assert [item.percent for item in table.spending_plan.installments] == [25, 50, 75, 100]


def test_a_stray_line_between_tables_is_one_note(read: Read, check: Check) -> None:
    text = form(project(1) + "\n\n说明：本表由某科填写。\n", project(2))
    assert [table.name for table in read(text).projects] == list(NAMES[:2])
    (finding,) = check(text)
    assert (finding.rule.id, finding.level) == ("stray-text", "note")
    assert "本表由某科填写" in finding.message


@pytest.mark.parametrize("tail", ["", "\n", " ", "\n\n \n", "\n1\n", "\n\n— 1 —"], ids=repr)
def test_the_end_of_the_file_may_look_like_anything(check: Check, tail: str) -> None:
    assert check(form() + tail) == []


def test_the_whole_form_in_every_older_habit_at_once_is_clean(check: Check) -> None:
    table = [
        ("产出指标", "数量指标", "养护里程", "村道长度", "≥12公里", "某政发〔2019〕3号\n\n《某县养护办法》"),
        ("", "质量指标", "养护合格率", "验收合格率", "≥95%", "某政发〔2019〕3号\n\n《某县养护办法》"),
        (" ", "时效指标", "完工时间", "当年完成养护任务的期限", "11月底前完成", "某县财政局审核"),
        ("效果指标", "社会效益指标", "受益人数", "沿线村民人数", ">3000人", "上年统计年报"),
        ("满意度指标", "服务对象满意度指标", "村民满意度", "受访村民满意的比例", "≧90%", "走访调研"),
    ]
    tables = [
        "[bookmark: _Toc1]       "
        + project(
            n, number="", project_code=f"600-080{n}-JBN-VVC{n}", plan=("25.00", "50.00", "75.00", "100.00"), table=table,
            goals="1、全年维护2处。\n2、群众满意。",
        ).replace("\n\n\t一级指标", "\n\n\n \n\t一级指标")
        for n in (1, 2)
    ]  # fmt: skip
    part_one = PART_ONE.replace("2023年", "2020年").replace("二、分项绩效目标", "二、分项绩效目标：")
    text = form(*tables, part_one=" " + part_one, part_two=PART_TWO.replace("\n", "\n\n\n"), between="\n\n\n\n")
    assert check(text + " ") == []


def test_rows_written_by_hand_read_like_the_builder_s(read: Read) -> None:
    assert rows(("甲", ""), ("乙",)) == "\t甲\n\t\n\n\t乙\n"
