"""Is it there, and is something in it."""

from __future__ import annotations

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import INDICATORS, form, line_of, project


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({"goals": ""}, ["goals-blank"]),
        ({"goals": " \n "}, ["goals-blank"]),
        ({"usage": ("", "")}, ["table-field-blank"]),
        ({"project_code": ""}, ["table-field-blank"]),
        ({"identity": ("项目编码", "", "项目名称", "")}, ["table-field-blank"]),
        ({"unit": ("600001某县某镇人民政府", "")}, ["money-unit-missing"]),
        ({"unit": ("600001某县某镇人民政府",)}, ["money-unit-missing"]),
        ({"unit": ("600001某县某镇人民政府", "单位：")}, ["money-unit-missing"]),
        ({"unit": ("编制单位：某县某镇人民政府", "单位：万元")}, ["unit-blank"]),
        ({"unit": ("编制单位：", "单位：万元")}, ["unit-blank"]),
        ({"table": []}, ["table-field-missing"]),
        ({"unit": ("", "单位：万元")}, ["table-field-missing"]),
    ],
    ids=str,
)
def test_a_blank_or_missing_field_is_found_once(check: Check, options: dict[str, object], rules: list[str]) -> None:
    assert rule_ids(check(form(project(1, **options), project(2)))) == rules  # type: ignore[arg-type]


def test_all_blank_fields_of_a_table_are_one_finding_at_the_first(check: Check) -> None:
    text = form(project(1, identity=("项目编码", "", "项目名称", ""), usage=("", "")))
    (found,) = check(text)
    assert all(word in found.message for word in ("项目编码", "项目名称", "资金用途"))
    assert found.location.place.span.line == line_of(text, "项目编码") + 1


@pytest.mark.parametrize(("cell", "rule"), [(4, "value-blank"), (5, "basis-blank")])
@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_value_or_basis_is_an_error_at_its_cell(check: Check, cell: int, rule: str, blank: str) -> None:
    row = [*INDICATORS[1]]
    row[cell] = blank
    text = form(project(1, table=[INDICATORS[0], row, *INDICATORS[2:]]), project(2))
    (found,) = check(text)
    assert (found.rule.id, found.level) == (rule, "error")
    assert found.location.place.span.line == line_of(text, INDICATORS[1][3]) + cell - 3
