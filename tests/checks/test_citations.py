"""Citations: notation, titles and years of the documents cited."""

from __future__ import annotations

import pytest

from perfcheck.checks.citations import citations_agree, number_format
from tests.conftest import Check, rule_ids
from tests.forms import INDICATORS, form, line_of, project


def cited(*bases: str) -> str:
    rows = [(*row[:5], basis) for row, basis in zip(INDICATORS, bases)]
    return form(project(1, table=[*rows, *INDICATORS[len(bases) :]]), project(2))


def test_a_number_is_pointed_at_to_the_character(check: Check) -> None:
    text = cited("落实青政发[2021]6号文件")
    (found,) = check(text)
    assert (found.rule.id, found.level) == ("document-number-format", "note")
    assert found.location.text[slice(*found.location.focus or ())] == "青政发[2021]6号"
    line = line_of(text, "青政发[2021]6号")
    assert found.location.place.span == (line, 4, line, 15)
    assert "青政发〔2021〕6号" in found.message


def test_a_number_in_the_name_is_one_finding_though_the_title_has_it_too(check: Check) -> None:
    found = check(form(project(1, name="青财预2022年41号村道养护资金"), project(2)))
    assert rule_ids(found) == ["document-number-format"]
    assert found[0].location.text == "青财预2022年41号村道养护资金"


def test_the_rarer_title_points_at_the_usual_one(check: Check) -> None:
    right, wrong = "《云溪镇村道养护管理办法》（青政发〔2021〕6号）", "《云溪镇村道养户管理办法》（青政发〔2021〕6号）"
    text = cited(right, wrong, right)
    (found,) = check(text)
    assert found.rule.id == "citation-title-differs"
    assert found.location.text[slice(*found.location.focus or ())] == "户"
    assert found.related[0].place.span.line == line_of(text, right)


def test_titles_in_different_passages_are_compared(check: Check) -> None:
    text = cited("《云溪镇村道养护管理办法》（青政发〔2021〕6号）").replace(
        "用于全镇范围内的日常维护。", "按照《云溪镇村道养户管理办法》（青政发〔2021〕6号）用于日常维护。", 1
    )
    assert rule_ids(check(text)) == ["citation-title-differs"]


def test_a_later_document_is_found_once(check: Check) -> None:
    assert rule_ids(check(cited("2024年计划（青政发〔2024〕6号）"))) == ["citation-later-than-budget"]


def test_many_citations_are_grouped_in_linear_time(check: Check) -> None:
    rows = [
        ("产出指标" if n == 0 else "", "数量指标", f"第{n}段", f"第{n}段长度", "≥1公里", f"《第{n}段养护办法》（青政发〔2021〕{n + 1}号）")
        for n in range(2000)
    ]  # fmt: skip
    found = check(form(project(1, table=rows)))
    assert not [each for each in found if each.rule.category == "basis.typo"]


@pytest.mark.parametrize(
    "options",
    [
        {"brackets": {}, "also_right": []},
        {"brackets": {"〔〔": "〕"}, "also_right": []},
        {"brackets": {"〔": "〕"}, "also_right": ["﹝"]},
        {"brackets": {"〔": "〕"}, "also_right": [], "endings": []},
    ],
    ids=str,
)
def test_options_that_would_judge_nothing_are_refused(options: dict[str, object]) -> None:
    given = {"leads": [], "endings": ["发"], "things": [], "others": [], **options}
    with pytest.raises(ValueError):
        number_format(lambda field: lambda node: None, **given)  # type: ignore[arg-type]


def test_what_is_compared_is_a_known_word() -> None:
    words: dict[str, list[str]] = {key: [] for key in ("leads", "things", "others", "openings", "trimmings")}
    with pytest.raises(ValueError, match="of|title"):
        citations_agree(
            lambda field: lambda node: None, of="year", brackets={"〔": "〕"}, endings=["发"], kinds=["办法"], **words
        )
