"""Years in prose, names and codes against the budget year."""

from __future__ import annotations

import pytest

from perfcheck.checks.codes import code_department, code_year
from perfcheck.checks.years import named_year, planned_year
from tests.conftest import Check, rule_ids
from tests.forms import INDICATORS, code, form, project


def read(field: str) -> object:
    return None


@pytest.mark.parametrize(
    "text",
    [
        "用于2022年冬季清雪。", "2018年建成的敬老院维修。", "支付2022年尾款。", "自2019年起逐年发放。", "2022年9月开工，2023年计划完工。", "到2025年力争全部改造。",
        "2021-2025年将逐步改造。", "2020年以来继续推进。", "2022年我镇已圆满完成任务，争取再上台阶。", "12022年将编号。", "〔2022〕年将。",
    ],
)  # fmt: skip
def test_other_years_have_their_reasons(check: Check, text: str) -> None:
    assert check(form(project(1, usage=("", text)), project(2))) == []


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("2022年我镇将加强防汛。", "2022年"),
        ("1.2024年全年开放图书馆300天。", "2024年"),
        ("做好值守。2022年度，计划演练3次。", "2022年度"),
    ],
)
def test_plans_of_another_year_are_found(check: Check, text: str, focus: str) -> None:
    found = [each for each in check(form(project(1, goals=text), project(2))) if each.rule.id == "planned-year-differs"]
    assert [each.location.text[slice(*each.location.focus or ())] for each in found] == [focus]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("2022年村道养护经费", ["project-name-year-earlier"]), ("2024年村道养护经费", ["project-name-year-later"]), ("2023年村道养护经费", []),
        ("2022年村道养护质保金", []), ("提前下达2024年村道养护资金", []), ("2022-2023年村道养护经费", []), ("（2022年）村道养护经费", []),
    ],
)  # fmt: skip
def test_the_year_of_a_name(check: Check, name: str, rules: list[str]) -> None:
    assert rule_ids(check(form(project(1, name=name), project(2)))) == rules


def test_years_of_codes(check: Check) -> None:
    def codes(*years: str) -> list[str]:
        tables = (project(n, project_code=code(n, year=year)) for n, year in enumerate(years, 1))
        return rule_ids(check(form(*tables), 2023))

    assert codes("23", "24", "23") == ["code-year-later"]
    assert codes("23", "22", "23") == ["code-year-earlier"]
    assert codes("23", "22") == []
    assert codes("22", "22", "22") == []


def test_departments_of_old_codes(check: Check) -> None:
    def codes(*departments: str) -> list[str]:
        tables = (
            project(n, project_code=f"{each}-0801-JBN-K3Q{n}", table=[INDICATORS[0], *INDICATORS[3:]])
            for n, each in enumerate(departments, 1)
        )
        return [rule for rule in rule_ids(check(form(*tables), 2020)) if rule.startswith("code-")]

    assert codes("600", "600") == []
    assert codes("600", "601") == ["code-department"]
    assert codes("601", "601", "600") == []


def test_options_that_would_judge_nothing_are_refused() -> None:
    words: dict[str, list[str]] = {key: [] for key in ("carried", "before", "behind")}
    with pytest.raises(ValueError, match="inside"):
        planned_year(read, inside=[], plans=["将"], reports=[], **words)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="earlier"):
        named_year(read, side="both", names=[], **words)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="earlier"):
        code_year(read, codes=r"\d(\d)", side="both")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="括号"):
        code_year(read, codes=r"\d\d", side="later")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="括号"):
        code_department(read, codes=r"\d\d")  # type: ignore[arg-type]
