"""Numbers in prose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfcheck.checks.quantities import CountReader, MoneyReader, as_much, clause_around, money

UNITS = {"元": Decimal(1), "万元": Decimal(10000), "万": Decimal(10000), "亿元": Decimal(100000000)}
MEASURES = {"人": ["人", "名"], "人次": ["人次"], "个": ["个"]}


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("经费8.5万元", [85000]),
        ("共 1,208 万元", [12080000]),
        ("８万元和200元", [80000, 200]),
        ("8万人次", []),
        ("2023年元旦", []),
        ("10余万元", []),
        ("没有数的万元户", []),
    ],
)
def test_sums_of_money(text: str, yuan: list[int]) -> None:
    assert [found.yuan for found in MoneyReader(UNITS).find(text)] == yuan


def test_units_need_a_smallest_one() -> None:
    with pytest.raises(ValueError, match="值为 1"):
        MoneyReader({"万元": Decimal(10000)})


@pytest.mark.parametrize(
    ("number", "other", "same"),
    [("8.39", 83900, True), ("8.4", 83900, True), ("8.4", 83400, False), ("5", 46800, False), ("8.39", 83949, True)],
)
def test_rounding_is_forgiven(number: str, other: int, same: bool) -> None:
    assert as_much(money(Decimal(number), Decimal(10000)), Decimal(other), Decimal(0), Decimal(5)) is same


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("23个行政村101名村干部", [("23", "个"), ("101", "人")]),
        ("3600人次", [("3600", "人次")]),
        ("第3个、3-5个", []),
        ("十四个村", []),
    ],
)
def test_counts(text: str, counts: list[tuple[str, str]]) -> None:
    assert [(str(found.number), found.measure) for found in CountReader(MEASURES).find(text)] == counts


def test_chinese_numbers_are_read_where_asked_for() -> None:
    found = CountReader(MEASURES, also_chinese=True).find("十四个村，一个社区，二十名干部")
    assert [count.number for count in found] == [14, 20]


def test_a_clause_ends_at_its_marks() -> None:
    text = "先做甲，再做12个乙；最后丙。"
    start, end = clause_around(text, text.index("12"), text.index("12") + 3)
    assert text[start:end] == "再做12个乙"
