"""The budget year: found from what the document says, with the evidence; unknown where it does not settle it."""

from __future__ import annotations

import pytest

from perfcheck.model.document import Evidence
from tests.conftest import Check, Read
from tests.forms import INDICATORS, PART_ONE, code, form, line_of, project

NO_YEAR = PART_ONE.replace("2023年", "")


def old_code(serial: int) -> str:
    return f"600-080{serial}-JBN-VVC{serial}"


def undated(*years: str) -> str:
    """A document whose only sign of a year are its codes; ``years`` are their digits, none means an old code."""
    table = [*INDICATORS[:2], *INDICATORS[3:]]
    return form(
        *(
            project(n, project_code=code(n, year=year) if year else old_code(n), table=table)
            for n, year in enumerate(years, 1)
        ),
        part_one=NO_YEAR,
    )


def test_a_heading_names_the_year(read: Read) -> None:
    document = read("某县某镇2024年部门预算绩效文本\n" + undated("", ""))
    assert document.budget_year.year == 2024
    assert document.budget_year.evidence[0][:2] == (2024, "heading")
    assert document.budget_year.evidence[0].line == 1


def test_the_prose_names_the_year(read: Read) -> None:
    text = undated("", "").replace("全镇管好", "2024年全镇管好", 1)
    assert read(text).budget_year.year == 2024
    (mention,) = read(text).budget_year.evidence
    assert (mention.source, mention.line) == ("prose", line_of(text, "2024年"))
    assert "2024年" in mention.text


def test_the_codes_of_most_projects_carry_the_year(read: Read) -> None:
    text = undated("23", "23", "22")
    assert read(text).budget_year.year == 2023
    assert read(text).budget_year.evidence == (Evidence(2023, "codes", code(1), line_of(text, code(1))),)


def test_codes_that_do_not_agree_are_no_evidence(read: Read) -> None:
    assert read(undated("23", "22")).budget_year == (None, ())


def test_nothing_said_is_nothing_known(read: Read) -> None:
    assert read(undated("", "")).budget_year == (None, ())


def test_a_heading_outweighs_prose_about_last_year(read: Read) -> None:
    text = "2024年部门预算绩效文本\n" + undated("", "").replace("全镇管好", "2023年全镇完成各项任务，全镇管好", 1)
    assert read(text).budget_year.year == 2024


def test_two_years_of_the_same_weight_leave_it_unknown_and_keep_the_evidence(read: Read) -> None:
    text = undated("", "").replace("全镇管好", "在2023年的基础上，2024年全镇管好", 1)
    found = read(text).budget_year
    assert found.year is None
    assert {mention.year for mention in found.evidence} == {2023, 2024}


def test_codes_decide_between_two_years_of_the_prose(read: Read) -> None:
    text = undated("24", "24").replace("全镇管好", "在2023年的基础上，2024年全镇管好", 1)
    assert read(text).budget_year.year == 2024


def test_names_of_projects_and_dates_in_values_are_no_evidence(read: Read) -> None:
    text = form(
        project(1, name="2019年一事一议奖补资金", project_code=old_code(1)),
        project(2, project_code=old_code(2)),
        part_one=NO_YEAR,
    )
    assert "2023年11月30日前完成" in text
    assert read(text).budget_year == (None, ())


@pytest.mark.parametrize(
    "words",
    ["面向2035年远景目标，", "按照2021-2025年规划，", "落实“十四五”（2021—2025年）规划，", "到2030年前实现达标，"],
)
def test_a_year_far_ahead_or_the_end_of_a_span_is_no_evidence(read: Read, words: str) -> None:
    assert read(undated("", "").replace("全镇管好", words + "全镇管好", 1)).budget_year.year is None


def test_a_year_given_overrides_what_the_document_says(read: Read) -> None:
    found = read(form(), 2021).budget_year
    assert found.year == 2021
    assert found.evidence[0] == Evidence(2021, "given", "", 0)
    assert any(mention.year == 2023 for mention in found.evidence)


def test_numbers_that_are_no_years_are_no_evidence(read: Read) -> None:
    text = undated("", "").replace("全镇管好", "投资2050万元，服务120234年龄段群众，1998年建成的灌渠管好", 1)
    assert read(text).budget_year == (None, ())


def test_a_date_outside_the_year_given_is_found_and_inside_it_is_not(check: Check) -> None:
    found = [finding.rule.id for finding in check(undated_with_date(), 2022)]
    assert found == ["code-of-old-form", "value-date-outside-year"]
    assert [finding.rule.id for finding in check(undated_with_date(), 2023)] == ["code-of-old-form"]


def test_with_an_unknown_year_rules_about_years_are_not_applicable_and_said_so(judged: object) -> None:
    judgement = judged(undated_with_date())  # type: ignore[operator]
    assert judgement.findings == ()
    assert judgement.budget_year is None
    assert "value-date-outside-year" in judgement.undecided["year-unknown"]
    assert set(judgement.undecided) == {"year-unknown"}


def test_where_the_layout_cannot_be_told_rules_for_some_layouts_are_not_applicable(judged: object) -> None:
    judgement = judged(form(project(1, project_code="道-1", table=INDICATORS[:3]), part_one=NO_YEAR))  # type: ignore[operator]
    assert set(judgement.undecided["layout-unknown"]) == {
        "cost-missing", "quality-missing", "quality-missing-before-2021"
    }  # fmt: skip
    assert judgement.layout.ids == frozenset()


def test_rules_for_other_years_are_not_applicable(judged: object) -> None:
    at_2020 = judged(form(project(1, table=[*INDICATORS[:3], *INDICATORS[4:]])), 2020)  # type: ignore[operator]
    reasons = {item.rule_id: item.reason for item in at_2020.not_applicable}
    assert {"cost-missing", "quality-missing"} <= {rule for rule, why in reasons.items() if why == "other-layout"}
    assert "cost-missing" not in {finding.rule.id for finding in at_2020.findings}


def undated_with_date() -> str:
    return form(project(1, project_code=old_code(1)), part_one=NO_YEAR.replace("几件", "5件"))


def test_deadlines_that_agree_outweigh_one_slip_in_the_prose(read: Read) -> None:
    rows = [
        *INDICATORS[:2],
        ("", "时效指标", "完工时间", "完工的时间", "2020年11月30日前完成", "年度养护计划"),
        *INDICATORS[3:],
    ]
    tables = [project(serial, project_code=old_code(serial), table=rows) for serial in (1, 2, 3)]
    text = form(*tables, part_one=NO_YEAR.replace("全镇管好", "2019年全镇管好", 1))
    assert read(text).budget_year.year == 2020
    two = form(*tables[:2], part_one=NO_YEAR.replace("全镇管好", "2019年全镇管好", 1))
    assert read(two).budget_year.year == 2019
    rows[-1] = (*rows[-1][:-1], "2020年群众满意度调查方案")
    named = [project(serial, project_code=old_code(serial), table=rows) for serial in (1, 2)]
    text = form(*named, part_one=NO_YEAR.replace("全镇管好", "2019年全镇管好", 1))
    assert read(text).budget_year.year == 2020  # two dates and two bases of their year


def test_a_deadline_and_a_document_of_its_year_outweigh_the_one_line_left_over_from_last_year(read: Read) -> None:
    late = ("", "时效指标", "完工时间", "完工的时间", "2021年11月30日前完成", "年度养护计划")
    due = ("", "时效指标", "完工时间", "完工的时间", "2020年11月30日前完成", "养护办法（某政字〔2020〕9号）")
    prose = NO_YEAR.replace("全镇管好", "2019年全镇管好", 1)

    def year(*dated: tuple[str, ...]) -> int | None:
        tables = [
            project(serial, project_code=old_code(serial), table=[*INDICATORS[:2], row, *INDICATORS[3:]])
            for serial, row in enumerate(dated, 1)
        ]
        return read(form(*tables, part_one=prose)).budget_year.year

    assert year(due, late) == 2020
    assert year((*due[:-1], "年度养护计划"), late) == 2019  # nothing but dates that disagree
    assert year(("", *due[1:4], "2019年11月30日前完成", due[-1]), late) == 2019  # one is in the year told


def test_where_the_prose_names_two_years_dates_and_bases_decide_whatever_one_wrong_date_says(read: Read) -> None:
    rows = [
        *INDICATORS[:2],
        ("", "时效指标", "完工时间", "完工的时间", "2020年11月30日前完成", "2020年养护计划"),
        *INDICATORS[3:],
    ]
    late = [*rows[:2], ("", "时效指标", "完工时间", "完工的时间", "2021年11月30日前完成", "年度养护计划"), *rows[3:]]
    both = NO_YEAR.replace("全镇管好", "2020年全镇管好", 1).replace(
        "三、工作保障措施\n", "三、工作保障措施\n2019年，", 1
    )
    assert "2019年" in both
    tables = [project(1, project_code=old_code(1), table=rows), project(2, project_code=old_code(2), table=late)]
    later = both.replace("2020年全镇", "全镇于2020年", 1)
    assert read(form(*tables, part_one=later)).budget_year.year is None  # a date, a basis and a wrong date: too little
    assert read(form(*tables, part_one=both)).budget_year.year == 2020  # the overall goal begins with it
    tables.append(project(3, project_code=old_code(3), table=rows))
    assert read(form(*tables, part_one=later)).budget_year.year == 2020
    undated_rows = [*rows[:2], (*rows[2][:4], "每年11月底前完成", "2020年养护计划"), *rows[3:]]
    tables = [project(n, project_code=old_code(n), table=undated_rows) for n in (1, 2, 3)]
    assert read(form(*tables, part_one=later)).budget_year.year == 2020  # by the bases alone


def test_a_year_in_full_width_digits_is_read(read: Read) -> None:
    text = undated("").replace("全镇管好", "２０２１年全镇管好", 1)
    assert read(text).budget_year.year == 2021


def test_the_year_that_opens_the_overall_goal_stands_against_bases_of_last_year_and_a_slip_further_down(
    read: Read,
) -> None:
    rows = [*INDICATORS[:2], *((*row[:-1], "2019年群众满意度调查") for row in INDICATORS[3:])]
    tables = [project(serial, project_code=old_code(serial), table=rows) for serial in (1, 2)]
    slip = NO_YEAR.replace("三、工作保障措施\n", "三、工作保障措施\n2019年经费按程序办理。\n", 1)
    opened = slip.replace("全镇管好", "2020年，全镇管好", 1)
    assert read(form(*tables, part_one=opened)).budget_year.year == 2020
    looking_back = opened.replace("2020年，", "2019年，全镇修通村道。2020年，", 1)
    assert read(form(*tables, part_one=looking_back)).budget_year.year != 2020  # which of the two it is, the bases say
