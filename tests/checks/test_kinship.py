"""Kinship of tables: alike in contents, different in purpose."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from perfcheck.checks.kinship import MOST_COMPARED, Purposes, copies_for_other_purposes, differ, pairs

PURPOSES = Purposes(
    ["经费", "补助", "资金", "工作", "乡镇", "年度", "上年"], {"道路": ["道路", "公路"], "人员": ["工资", "社保"]}
)
UNIT = "某县云溪镇人民政府"


def traits(name: str) -> frozenset[str]:
    return PURPOSES.of(SimpleNamespace(name=name, unit=SimpleNamespace(name=UNIT)))


@pytest.mark.parametrize(
    ("one", "other", "different"),
    [
        ("敬老院运营补助", "消防水源经费", True),
        ("2022年敬老院运营补助", "2023年敬老院运营补助", False),
        ("敬老院运营补助（东片）", "消防水源经费（东片）", True),
        ("云溪镇敬老院补助", "云溪镇消防水源经费", True),
        ("北村道路硬化", "县级公路养护", False),
        ("教师工资", "职工社保", False),
        ("工作经费", "消防水源经费", False),
        ("", "消防水源经费", False),
        ("（敬老院）", "（消防水源）", True),
        ("渠道清淤(一期", "渠道清淤(二期", False),
        ("ＰＰＰ补助", "PPP资金", False),
        ("人大工作经费", "团委工作经费", True),
    ],
)
def test_names_tell_whether_purposes_differ(one: str, other: str, different: bool) -> None:
    assert differ(traits(one), traits(other)) is different
    assert differ(traits(other), traits(one)) is different


def found(
    tables: Sequence[str], purposes: Sequence[str], share: int = 80, fewest: int = 3
) -> dict[int, tuple[int, list[int]]]:
    features = [tuple(table) for table in tables]
    given = [frozenset(pairs(each)) for each in purposes]
    copies = copies_for_other_purposes(features, given, share=share, fewest=fewest)
    return {index: (count, others) for index, count, others in copies}


def test_the_same_features_for_another_purpose_are_copies_of_each_other() -> None:
    assert found(["abc", "cba", "xyz"], ["甲乙", "丙丁", "戊己"]) == {0: (2, [1]), 1: (2, [0])}


def test_tables_for_the_same_purpose_are_none() -> None:
    assert found(["abc", "abc"], ["甲乙丙", "乙丙丁"]) == {}
    assert found(["abc", "abc", "abc"], ["甲乙丙", "乙丙丁", "戊己"]) == {0: (3, [2]), 1: (3, [2]), 2: (3, [0, 1])}


@pytest.mark.parametrize(
    ("one", "other", "share", "alike"),
    [
        ("abcde", "abcdx", 80, True),
        ("abcde", "abcxy", 80, False),
        ("abcdef", "abcdex", 80, True),
        ("abcdef", "abcdxy", 80, False),
        ("abcd", "abcde", 80, True),
        ("abc", "abcde", 80, False),
        ("abcde", "abcdx", 100, False),
        ("aabc", "abc", 100, True),
        ("ab", "ab", 100, False),
    ],
)
def test_share_and_fewest_have_the_last_word(one: str, other: str, share: int, alike: bool) -> None:
    assert bool(found([one, other], ["甲乙", "丙丁"], share)) is alike


def test_near_copies_are_found_among_many_that_share_common_features() -> None:
    tables = [f"abcd{chr(200 + number)}" for number in range(30)]
    copies = found(tables, [chr(20000 + 2 * number) + "号" for number in range(30)])
    assert set(copies) == set(range(30)) and copies[0][0] == 30


def test_of_very_many_tables_only_some_are_named() -> None:
    names = [chr(20000 + 3 * number) + chr(20001 + 3 * number) for number in range(3000)]
    copies = found(["abcdef"] * 3000, names)
    assert len(copies) == 3000
    assert copies[2999][0] == 3000 and len(copies[2999][1]) <= MOST_COMPARED + 1


def test_many_tables_of_one_kind_do_not_hide_the_few_of_another() -> None:
    copies = found(["abcdef"] * 300 + ["abcdex"], ["甲乙"] * 300 + ["丙丁"])
    assert len(copies) == 301 and copies[300] == (301, [0]) and copies[0] == (301, [300])
