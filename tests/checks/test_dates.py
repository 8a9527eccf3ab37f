"""Dates there are, in one notation."""

from __future__ import annotations

import pytest

from perfcheck.checks.dates import dates
from tests.conftest import Check
from tests.forms import INDICATORS, form, project


def found_in(check: Check, text: str) -> list[tuple[str, str]]:
    """The rules about dates and the characters they point at."""
    found = check(form(project(1, usage=("", text)), project(2)))
    return [
        (each.rule.id, each.location.text[slice(*each.location.focus or ())])
        for each in found
        if each.rule.category == "text.date_format"
    ]


@pytest.mark.parametrize(
    "date",
    ["2月30日", "2023年2月29日", "6月31日", "9月31号", "11月31日", "12月32日", "5月0日", "2023年13月", "2023年0月", "2022.13.1", "2022/6/31", "二月三十日", "十一月三十一日", "1.6月31日"],
)  # fmt: skip
def test_days_that_are_in_no_calendar(check: Check, date: str) -> None:
    assert found_in(check, f"养护到{date}完成。") == [("date-impossible", date.removeprefix("1."))]


@pytest.mark.parametrize(
    "date",
    [
        "1月31日", "2月28日", "2024年2月29日", "2月29日", "4月30日", "12月31号", "2023年12月", "2023.5.1-2023.10.31", "十二月三十一日", "农历二月三十日",
        "15个月", "18月龄", "13月工资", "112月", "JTG 5120-2021-32", "192.2022.13.1", "编号2022-13-1", "3-13月底", "2022年12.31公里", "24小时",
    ],
)  # fmt: skip
def test_days_there_are_and_numbers_that_are_no_days(check: Check, date: str) -> None:
    assert found_in(check, f"养护到{date}。") == []


@pytest.mark.parametrize("date", ["2022年6.30日", "2022.6月30日", "2022.6.30日", "2022年6.30前"])
def test_two_notations_in_one_date(check: Check, date: str) -> None:
    (found,) = found_in(check, f"养护到{date}完成。")
    assert found[0] == "date-notation-mixed"


def test_values_are_read_too(check: Check) -> None:
    table = [
        *INDICATORS[:2],
        ("", "时效指标", "完工时间", "养护完成的时间", "2023年6月31日前完成", "养护计划"),
        *INDICATORS[3:],
    ]
    assert "date-impossible" in [each.rule.id for each in check(form(project(1, table=table), project(2)))]


def test_what_is_wrong_is_a_known_word() -> None:
    with pytest.raises(ValueError, match="notation"):
        dates(lambda field: lambda node: None, wrong="month")
