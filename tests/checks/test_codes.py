"""Project codes."""

from __future__ import annotations

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import ALPHABET, code, form, project


def wrong(serial: int) -> str:
    """A code whose check character is one off."""
    right = code(serial)
    return right[:-1] + ALPHABET[(ALPHABET.index(right[-1]) + 1) % 31]


def coded(*codes: str, unit: str = "600001某县某镇人民政府") -> str:
    return form(*(project(n, project_code=each, unit=(unit, "单位：万元")) for n, each in enumerate(codes, 1)))


@pytest.mark.parametrize("serial", [1, 2, 30, 31, 4711, 99999999])
def test_a_code_with_its_right_character_is_silent(check: Check, serial: int) -> None:
    assert check(coded(code(serial), code(serial + 1))) == []


def test_a_code_with_one_character_changed_is_a_hint(check: Check) -> None:
    (found,) = check(coded(code(1), wrong(2), code(3)))
    assert (found.rule.id, found.level, found.location.text) == ("code-check-character", "note", wrong(2))
    assert code(2)[-1] in found.message


@pytest.mark.parametrize("codes", [(wrong(1), wrong(2), wrong(3)), (wrong(1), wrong(2), wrong(3), wrong(4), code(5))])
def test_a_document_whose_codes_mostly_fail_uses_other_codes_and_is_not_judged(
    check: Check, codes: tuple[str, ...]
) -> None:
    assert check(coded(*codes)) == []


@pytest.mark.parametrize(
    "good", ["631-0801-JBN-QW7P", "632-4.05-JXN-3RTE", "436-12.05-YBN-00A1", "130999214HTW7K2XD9M5B", code(9)]
)
def test_the_three_known_forms_of_codes_are_silent(check: Check, good: str) -> None:
    assert "code-format" not in rule_ids(check(coded(good)))


@pytest.mark.parametrize(
    "bad", ["12345", "436-0801-JBN", code(1) + "0", code(1)[:-1], "某编码", "13099923p00000000001a"]
)
def test_other_codes_have_no_known_form(check: Check, bad: str) -> None:
    assert rule_ids(check(coded(bad))) == ["code-format"]


def test_a_repeated_code_points_at_the_first(check: Check) -> None:
    found = check(coded(code(1), code(2), code(1), code(1)))
    assert rule_ids(found) == ["code-repeated", "code-repeated"]
    assert [each.location.steps[0].number for each in found] == ["3", "4"]
    assert all(each.related[0].steps[0].number == "1" for each in found)


def test_a_region_that_differs_from_the_others_is_found(check: Check) -> None:
    other = code(2, region="130111")
    (found,) = check(coded(code(1), other, code(3), code(4)))
    assert (found.rule.id, found.location.text) == ("code-region", other)


@pytest.mark.parametrize(
    ("region", "unit", "rules"),
    [
        ("130208", "600001丰润区某镇人民政府", []),
        ("130208", "600001某市丰润区某镇人民政府", []),
        ("130208", "600001乙县某镇人民政府", ["code-region"]),
        ("130208", "600001某镇人民政府", []),
        ("130999", "600001乙县某镇人民政府", []),
    ],
)
def test_a_region_is_compared_with_the_unit_only_where_both_are_sure(
    check: Check, region: str, unit: str, rules: list[str]
) -> None:
    assert rule_ids(check(coded(code(1, region=region), unit=unit))) == rules


def test_old_codes_have_no_region_and_no_check_character(check: Check) -> None:
    found = check(coded("600-0801-JBN-VVCP", "600-0802-JBN-VVCQ", "600-0803-JBN-VVCR"), 2021)
    assert not [each for each in rule_ids(found) if each.startswith("code-")]
