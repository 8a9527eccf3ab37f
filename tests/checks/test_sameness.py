"""Across the tables of one document."""

from __future__ import annotations

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import form, project

OURS = ("600001某县某镇人民政府", "单位：万元")


@pytest.mark.parametrize(
    ("unit", "rules"),
    [
        (OURS, []),
        (("600002某县某镇人民政府", "单位：万元"), ["unit-code-inconsistent"]),
        (("600001某县另一镇人民政府", "单位：万元"), ["unit-inconsistent"]),
        (("600001某县某镇人民政府", "单位：元"), ["money-unit-inconsistent"]),
        (
            ("600002某县另一镇人民政府", "单位：元"),
            ["money-unit-inconsistent", "unit-code-inconsistent", "unit-inconsistent"],
        ),
        (("600001-某县某镇人民政府", "单位:万元"), []),
    ],
    ids=str,
)
def test_the_table_that_differs_from_most_is_found(check: Check, unit: tuple[str, str], rules: list[str]) -> None:
    found = check(form(project(1, unit=OURS), project(2, unit=unit), project(3, unit=OURS)))
    assert sorted(rule_ids(found)) == rules
    assert {each.location.steps[0].number for each in found} <= {"2"}


def test_a_unit_left_out_of_one_table_is_not_called_inconsistent(check: Check) -> None:
    assert "unit-inconsistent" not in rule_ids(check(form(project(1), project(2, leave_out=["unit"]), project(3))))
