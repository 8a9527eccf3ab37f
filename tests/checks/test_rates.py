"""Rates: their signs, floors and what is fixed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfcheck.checks.rates import comparator_present, lowest_target, number_fixed
from tests.conftest import Check
from tests.forms import INDICATORS, form, project


def notes_of(check: Check, name: str, value: str) -> list[str]:
    row = ("满意度指标", "服务对象满意度指标", name, "附加的一行", value, "问卷调查")
    return [finding.rule.id for finding in check(form(project(1, table=[*INDICATORS, row])))]


@pytest.mark.parametrize(
    ("name", "value", "rules"),
    [
        ("用水户满意度", "≥80%", []), ("用水户满意度", "≥79.99%", ["value-low-target"]), ("用水户满意度", "80%", ["value-comparator-missing"]),
        ("用水户满意度", "70%", ["value-comparator-missing", "value-low-target"]), ("用水户满意度", "100%", ["satisfaction-equals-100"]),
        ("用水户满意度", "≥100%", ["satisfaction-equals-100"]), ("用水户满意度", "≥100百分比", ["satisfaction-equals-100", "value-percent-in-words"]),
        ("用水户满意度", "110%", ["value-over-100"]), ("用水户满意度", "≥80分", []), ("用水户满意度", "85%以上", []), ("用水户不满意率", "≤3%", []),
        ("用水户满意度", "≤60%", ["lower-bound-reversed"]), ("用水户满意度", "70%～90%", ["value-low-target"]),
    ],
)  # fmt: skip
def test_what_is_said_of_satisfaction(check: Check, name: str, value: str, rules: list[str]) -> None:
    assert sorted(notes_of(check, name, value)) == rules


def test_options_without_values_and_numbers_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="应是数的列表"):
        comparator_present(lambda field: len, endings=["率"], unless_endings=[], exact=["百"])
    with pytest.raises(ValueError, match="不能是空的"):
        comparator_present(lambda field: len, endings=[], unless_endings=[], exact=[])
    with pytest.raises(ValueError, match="不能是空的"):
        lowest_target(lambda field: len, floors={}, unless_words=[], units=["%"])
    with pytest.raises(ValueError, match="不能是空的"):
        number_fixed(lambda field: len, number=Decimal(100), words=[], unless_words=[], units=["%"])
