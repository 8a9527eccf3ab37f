"""One 指标值: what it aims at, and what of it was left over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfcheck.model.target import KINDS, Deadline
from perfcheck.parsing.target_parser import TargetParser

PARSER = TargetParser()

# text, kind, comparator, number, unit, remainder
READINGS = [
    # percentages
    ("≥95%", "percent", "≥", "95", "%", ""),
    ("100%", "percent", None, "100", "%", ""),
    (">90%", "percent", ">", "90", "%", ""),
    ("≥98.5%", "percent", "≥", "98.5", "%", ""),
    ("≥95％", "percent", "≥", "95", "%", ""),
    ("９５％", "percent", None, "95", "%", ""),
    ("≥ 95 %", "percent", "≥", "95", "%", ""),
    ("95\n%", "percent", None, "95", "%", ""),
    ("≥90百分比", "percent", "≥", "90", "%", ""),
    ("100百分比", "percent", None, "100", "%", ""),
    ("≥3百分点", "percent", "≥", "3", "%", ""),
    ("≥10个百分点", "percent", "≥", "10", "%", ""),
    ("95%。", "percent", None, "95", "%", ""),
    ("≥90%；", "percent", "≥", "90", "%", ""),
    ("292%", "percent", None, "292", "%", ""),
    ("100%全覆盖", "percent", None, "100", "%", "全覆盖"),
    # what looks like a unit and is the beginning of a word
    ("≥14场地平整", "malformed", "≥", "14", None, "场地平整"),
    ("≥14场地方戏", "quantity", "≥", "14", "场", "地方戏"),
    ("≥90道路施工", "malformed", "≥", "90", None, "道路施工"),
    ("3支出勤队伍", "quantity", None, "3", "支", "出勤队伍"),
    # a unit in brackets, and brackets that hold none
    ("≥18600（人）", "quantity", "≥", "18600", "人", ""),
    ("≥18600(人)左右", "quantity", "≥", "18600", "人", "左右"),
    ("≤26（0.01mm）", "quantity", "≤", "26", "0.01mm", ""),
    ("≤300（元/人·月）", "money_rate", "≤", "300", "元/人·月", ""),
    ("98（%）", "percent", None, "98", "%", ""),
    ("≥85（含）", "quantity", "≥", "85", None, "(含)"),
    ("≥85（受益人）", "quantity", "≥", "85", None, "(受益人)"),
    ("≥85（2022年）", "quantity", "≥", "85", None, "(2022年)"),
    ("≥85（", "quantity", "≥", "85", None, "("),
    ("65台（套）", "quantity", None, "65", "台", "(套)"),
    # two quantities and what only looks like two
    ("≥3处、≥6200平方米", "quantity", "≥", "3", "处", "、≥6200平方米"),
    ("3处、6200平方米以上", "quantity", None, "3", "处", "、6200平方米以上"),
    ("≥95%、100人", "malformed", "≥", "95", "%", "、100人"),
    ("3处、6200", "malformed", None, "3", "处", "、6200"),
    # hours of the day
    ("17:30前", "deadline", None, None, None, ""),
    ("≤24:00前", "deadline", None, None, None, ""),
    ("25:00前", "malformed", None, None, None, ""),
    ("8:70-17:30", "malformed", None, None, None, ""),
    ("30点前", "malformed", None, None, None, ""),
    ("25:70", "qualitative", None, None, None, ""),
    # a year that is the year of something else
    ("2022年度补贴发放率100%", "qualitative", None, None, None, ""),
    ("2022年水平", "qualitative", None, None, None, ""),
    ("2022年度每月发放", "frequency", None, None, None, ""),
    ("比2022年增长5%", "relative_change", None, "5", "%", ""),
    ("不低于2022年水平", "relative_change", None, None, None, ""),
    # every sign and word that compares
    (">=95%", "percent", "≥", "95", "%", ""),
    ("≧60%", "percent", "≥", "60", "%", ""),
    ("＞=60%", "percent", "≥", "60", "%", ""),
    ("<=5%", "percent", "≤", "5", "%", ""),
    ("≦5%", "percent", "≤", "5", "%", ""),
    ("<3起", "quantity", "<", "3", "起", ""),
    ("＜3起", "quantity", "<", "3", "起", ""),
    ("＞20人", "quantity", ">", "20", "人", ""),
    ("=8个", "quantity", "=", "8", "个", ""),
    ("＝8个", "quantity", "=", "8", "个", ""),
    ("大于等于90%", "percent", "≥", "90", "%", ""),
    ("大于或等于90%", "percent", "≥", "90", "%", ""),
    ("不少于12次", "quantity", "≥", "12", "次", ""),
    ("不低于95%", "percent", "≥", "95", "%", ""),
    ("不小于95%", "percent", "≥", "95", "%", ""),
    ("至少2次", "quantity", "≥", "2", "次", ""),
    ("达到95%以上", "percent", "≥", "95", "%", ""),
    ("小于等于5%", "percent", "≤", "5", "%", ""),
    ("不超过200元", "money", "≤", "200", "元", ""),
    ("不高于5%", "percent", "≤", "5", "%", ""),
    ("控制在5%以内", "percent", "≤", "5", "%", ""),
    ("大于3次", "quantity", ">", "3", "次", ""),
    ("超80%", "percent", ">", "80", "%", ""),
    ("超过80%", "percent", ">", "80", "%", ""),
    ("低于5%", "percent", "<", "5", "%", ""),
    ("小于5%", "percent", "<", "5", "%", ""),
    ("等于8个", "quantity", "=", "8", "个", ""),
    ("90%以上", "percent", "≥", "90", "%", ""),
    ("100户及以上", "quantity", "≥", "100", "户", ""),
    ("3天以内", "quantity", "≤", "3", "天", ""),
    ("5起以下", "quantity", "≤", "5", "起", ""),
    # quantities
    ("≥12次", "quantity", "≥", "12", "次", ""),
    ("23个", "quantity", None, "23", "个", ""),
    (">20人次", "quantity", ">", "20", "人次", ""),
    ("≥80分", "quantity", "≥", "80", "分", ""),
    ("≥60平方米", "quantity", "≥", "60", "平方米", ""),
    ("2km", "quantity", None, "2", "km", ""),
    ("80M", "quantity", None, "80", "M", ""),
    ("≥1000人/次", "quantity", "≥", "1000", "人/次", ""),
    ("≥12", "quantity", "≥", "12", None, ""),
    ("88100", "quantity", None, "88100", None, ""),
    ("2280次", "quantity", None, "2280", "次", ""),
    ("0", "quantity", None, "0", None, ""),
    ("18个村全覆盖", "quantity", None, "18", "个村", "全覆盖"),
    # money and rates of money
    ("102.6万元", "money", None, "102.6", "万元", ""),
    ("1,200.50万元", "money", None, "1200.50", "万元", ""),
    ("1200.5 万元", "money", None, "1200.5", "万元", ""),
    ("≤83380元", "money", "≤", "83380", "元", ""),
    ("8.5亿元", "money", None, "8.5", "亿元", ""),
    ("250万", "money", None, "250", "万元", ""),
    ("≤1.56万元/月", "money_rate", "≤", "1.56", "万元/月", ""),
    ("≤200元/人/次", "money_rate", "≤", "200", "元/人/次", ""),
    ("50元/人·月", "money_rate", None, "50", "元/人·月", ""),
    ("1.5万元/院", "money_rate", None, "1.5", "万元/院", ""),
    ("≤600元/学生/年", "money_rate", "≤", "600", "元/学生/年", ""),
    ("≤3元/项目以内", "money_rate", "≤", "3", "元/项目", ""),
    # run together
    ("≥16全镇16个村全覆盖", "malformed", "≥", "16", None, "全镇16个村全覆盖"),
    ("≥90%,百分比,减少总数的比率", "malformed", "≥", "90", "%", ",百分比,减少总数的比率"),
    ("≥100%百分比", "malformed", "≥", "100", "%", "百分比"),
    ("≥24400%百分比,全镇24400人", "malformed", "≥", "24400", "%", "百分比,全镇24400人"),
    ("≥90项目成本", "malformed", "≥", "90", None, "项目成本"),
    ("≥0.97比例", "malformed", "≥", "0.97", None, "比例"),
    ("10≥266米≥266米10", "malformed", None, "10", None, "≥266米≥266米10"),
    ("≥", "malformed", "≥", None, None, ""),
    # time
    ("2022年12月31日前完成", "date", "≤", None, None, ""),
    ("11月底之前", "date", "≤", None, None, ""),
    ("11月30日前", "date", "≤", None, None, ""),
    ("2023年底", "date", None, None, None, ""),
    ("12月底到位", "date", None, None, None, ""),
    ("年底前完成", "date", "≤", None, None, ""),
    ("2020年1月--2020年11月", "period", None, None, None, ""),
    ("2023.07-2024.01", "period", None, None, None, ""),
    ("2021年1月-12月", "period", None, None, None, ""),
    ("规定期限内支付", "deadline", None, None, None, ""),
    ("按时", "deadline", None, None, None, ""),
    ("当年完成", "deadline", None, None, None, ""),
    ("每月按时发放", "frequency", None, None, None, ""),
    ("每季度1次", "frequency", None, None, None, ""),
    ("1次/月", "frequency", None, "1", "次/月", ""),
    ("≥4次/年", "frequency", "≥", "4", "次/年", ""),
    # words
    ("优", "grade", None, None, None, ""),
    ("优良", "grade", None, None, None, ""),
    ("合格", "grade", None, None, None, ""),
    ("明显提升", "qualitative", None, None, None, ""),
    ("收入增加", "qualitative", None, None, None, ""),
    ("不超预算", "qualitative", None, None, None, ""),
    ("控制在预算内", "qualitative", None, None, None, ""),
    ("严格执行相关制度规定", "qualitative", None, None, None, ""),
    ("同比增长15%", "relative_change", None, "15", "%", ""),
    ("比去年提高30%", "relative_change", None, "30", "%", ""),
    ("与去年持平", "relative_change", None, None, None, ""),
    # ranges
    ("3～5次", "quantity", None, "3", "次", ""),
    ("3至5次", "quantity", None, "3", "次", ""),
    # nothing
    ("", "blank", None, None, None, ""),
    (" \u3000", "blank", None, None, None, ""),
]

HARD_TO_READ = [
    ("高于80%", "percent", ">", "80", "%", ""),
    ("(≥**株)>=17600株", "quantity", "≥", "17600", "株", ""),
    ("**人", "malformed", None, None, None, ""),
    ("/", "blank", None, None, None, ""),
    ("》90%", "malformed", None, None, None, ""),
]


@pytest.mark.parametrize(
    ("text", "kind", "comparator", "number", "unit", "remainder"),
    [*READINGS, *HARD_TO_READ],
)
def test_a_value_reads(
    text: str, kind: str, comparator: str | None, number: str | None, unit: str | None, remainder: str
) -> None:
    target = PARSER.target(text)
    assert target.kind == kind
    assert (target.comparator.value if target.comparator else None) == comparator
    assert target.number == (None if number is None else Decimal(number))
    assert target.unit == unit
    assert target.remainder == remainder
    assert target.text == text.strip()


def test_a_number_typed_twice_is_halved_and_said_so() -> None:
    target = PARSER.target("≥100100%")
    assert (target.number, target.unit, target.repeated, target.kind) == (Decimal(100), "%", True, "malformed")


@pytest.mark.parametrize("text", ["≥24400%", "1000%", "≥1010人", "95%", "150%", "100%100%"])
def test_a_number_is_halved_only_when_the_halves_agree_and_it_is_a_percentage(text: str) -> None:
    target = PARSER.target(text)
    assert not target.repeated


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        ("2022年12月31日前完成", [(2022, 12, 31)]),
        ("2023年底", [(2023, 12, None)]),
        ("12月底到位", [(None, 12, None)]),
        ("11月30日前", [(None, 11, 30)]),
        ("2020年1月--2020年11月", [(2020, 1, None), (2020, 11, None)]),
        ("2023.07-2024.01", [(2023, 7, None), (2024, 1, None)]),
        ("2023-12-31", [(2023, 12, 31)]),
        ("2023/12/31", [(2023, 12, 31)]),
        ("2021年1月-12月", [(2021, 1, None), (None, 12, None)]),
        ("2023年10月1日-2023年12月31日", [(2023, 10, 1), (2023, 12, 31)]),
        ("23年11月底前", [(2023, 11, None)]),
        ("2023.12.31", [(2023, 12, 31)]),
        ("按时", []),
    ],
)  # fmt: skip
def test_the_dates_of_a_value_are_read(text: str, deadlines: list[tuple[int | None, int | None, int | None]]) -> None:
    assert PARSER.target(text).deadlines == tuple(Deadline(*each) for each in deadlines)


def test_a_range_has_an_upper_end() -> None:
    for text in ("3～5次", "3-5次", "3次至5次"):
        assert (PARSER.target(text).number, PARSER.target(text).upper) == (Decimal(3), Decimal(5))


def test_values_of_one_shape_do_not_share_their_numbers() -> None:
    assert [PARSER.target(text).number for text in ("≥81%", "≥92%", "≥37%")] == [Decimal(81), Decimal(92), Decimal(37)]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("8.00", "8.00", None), ("25%", "25", "%"), ("25.00%", "25.00", "%"), ("2.50万元", "2.50", "万元"),
        ("80,000元", "80000", "元"), ("２５％", "25", "%"), ("0", "0", None), (" 8.00 ", "8.00", None),
        ("960.231 8", "960.2318", None), ("", None, None), ("/", None, None), ("-", None, None), ("无", None, None),
        ("若干", None, None), ("八万", None, None), ("8.0.0", None, None), ("约8万元", None, None),
    ],
)  # fmt: skip
def test_an_amount_reads(text: str, number: str | None, unit: str | None) -> None:
    amount = PARSER.amount(text)
    assert amount.number == (None if number is None else Decimal(number))
    assert amount.unit == unit
    assert amount.text == text.strip()


def test_a_negative_amount_keeps_its_sign() -> None:
    assert PARSER.amount("-8.00").number == Decimal("-8.00")


@pytest.mark.parametrize("text", ["—8", "——8.00", "--8", "~25%", "至50%", "到100%"])
def test_an_amount_behind_a_dash_or_word_of_range_is_no_number_but_no_failure_either(text: str) -> None:
    assert PARSER.amount(text).text == text


PIECES = st.sampled_from(
    "≥ ≤ > < = 1 2 3 0 . , % 百分比 元 万元 人 人次 次 / 年 月 日 前 底 至 -- ~ 每 季度 优 良 高 于 高于 不 低于 同比 增长 以上 以内 个 个百分点 "
    "项目 (≥** ) （ ） * ** 二 》 \n \t \u3000 ٣ ² ① 🙂 达到 控制在 期限内 按时 2023年 12月31日前".split(" ")
)


@given(st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=12).map("".join)))
@example("٣٤%")
@example("≥" * 500)
@example("1" * 5000)
@example("(" * 300)
def test_no_text_makes_the_parser_of_values_raise(text: str) -> None:
    target = PARSER.target(text)
    assert target.kind in KINDS
    assert (target.kind == "blank") == (not text.strip())
    assert target.number is None or target.number >= 0


@given(
    st.one_of(
        st.text(max_size=20), st.lists(st.sampled_from([*"0123456789.,%元万 ~-—至到约"]), max_size=8).map("".join)
    )
)
@example("—8")
def test_no_text_makes_the_parser_of_amounts_raise(text: str) -> None:
    assert PARSER.amount(text).text == text.strip()


@given(
    st.sampled_from(["", "≥", "≤", ">", "<", "="]),
    st.decimals(0, 99999, places=2),
    st.sampled_from(["次", "人次", "万元", "公里", "元/人/次", "个百分点"]),
)
def test_sign_number_and_unit_read_back(sign: str, number: Decimal, unit: str) -> None:
    target = PARSER.target(f"{sign}{number}{unit}")
    assert (target.comparator.value if target.comparator else "") == sign
    assert target.number == number
    assert (target.unit, target.remainder) == ("%" if unit == "个百分点" else unit, "")
