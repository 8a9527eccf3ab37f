"""The real documents, where they are there: all of them is read, and the obvious faults are found.

What perfcheck reads is held against a second reading made here by other means, a scan of the lines that knows
nothing of grammar, lexer or model. Nothing of what the documents say stands in this file.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from perfcheck.engine import Judgement
from tests.conftest import CORPUS

pytestmark = pytest.mark.skipif(not CORPUS, reason="the real documents are not beside this checkout (../shared/corpus)")
BY_YEAR = {"2019": "002", "2020": "000", "2021": "004", "2022": "001", "2023": "003"}


class Table(NamedTuple):
    """One project table as the scan finds it."""

    title: str
    code_line: int
    code: str
    name: str
    total: str
    fiscal: str
    other: str
    usage: str
    plan: list[str]
    goals: str
    rows: list[list[str]]


def scan(text: str) -> list[Table]:
    """All project tables of a text, by its lines alone."""
    lines = text.split("\n")
    starts = [index for index, line in enumerate(lines) if line == "\t项目编码"]
    tables = []
    for index, end in zip(starts, [*starts[1:], len(lines)]):
        part = lines[index:end]
        title = next(line for line in reversed(lines[:index]) if "绩效目标表" in line and line[:1] != "\t")
        money = next(number for number, line in enumerate(part) if line == "\t预算数")
        goal = part.index("\t绩效目标")
        plan = part.index("\t12月底")
        head = part.index("\t指标值确定依据")
        rows_end = next(
            (number for number in range(head, len(part)) if "绩效目标表" in part[number] and part[number][:1] != "\t"),
            len(part),
        )
        while rows_end > head and (not part[rows_end - 1].strip() or part[rows_end - 1].strip().isdigit()):
            rows_end -= 1
        tables.append(
            Table(
                title,
                index + 1,
                part[1][1:],
                part[3][1:],
                part[money + 1][1:],
                part[money + 3][1:],
                part[money + 5][1:],
                "\n".join(part[money + 8 : plan - 4 - 1])[1:],
                [line[1:] for line in part[plan + 3 : plan + 7]],
                "\n".join(part[goal + 1 : part.index("\t一级指标")]),
                [
                    re.split(r"(?:^|\n)\t", row)[1:]
                    for row in re.split(r"\n *\n(?=\t)", "\n".join(part[head + 2 : rows_end]))
                ],
            )
        )
    return tables


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path.name[:3]: path.read_text(encoding="utf-8") for path in CORPUS}


@pytest.fixture(scope="module")
def scanned(texts: dict[str, str]) -> dict[str, list[Table]]:
    return {name: scan(text) for name, text in texts.items()}


@pytest.fixture(scope="module")
def documents(read: Any, texts: dict[str, str]) -> dict[str, Any]:
    return {name: read(text) for name, text in texts.items()}


@pytest.fixture(scope="module")
def judgements(judged: Any, texts: dict[str, str]) -> dict[str, Judgement]:
    return {name: judged(text) for name, text in texts.items()}


def pairs(documents: dict[str, Any], scanned: dict[str, list[Table]]) -> list[tuple[Any, Table]]:
    """Each project as perfcheck read it, with the same table as the scan read it."""
    return [pair for name, document in documents.items() for pair in zip(document.projects, scanned[name])]


def bare(text: str | None) -> str:
    """``text`` without any white space and bookmarks."""
    return "".join(re.sub(r"\[bookmark:[^]]*\]", "", text or "").split())


def lines_of(judgements: dict[str, Judgement], *rules: str) -> set[tuple[str, int]]:
    """Document and line of every finding of these rules."""
    return {
        (name, finding.location.place.span.line)
        for name, judgement in judgements.items()
        for finding in judgement.findings
        if finding.rule.id in rules
    }


def tables_of(judgements: dict[str, Judgement], rule: str) -> set[tuple[str, str]]:
    """Document and ordinal of every table a rule reports."""
    return {
        (name, finding.location.steps[0].number or "")
        for name, judgement in judgements.items()
        for finding in judgement.findings
        if finding.rule.id == rule
    }


def where(scanned: dict[str, list[Table]], test: Any) -> set[tuple[str, str]]:
    """Document and ordinal of every table of the scan for which ``test`` is true."""
    return {
        (name, str(index)) for name, tables in scanned.items() for index, table in enumerate(tables, 1) if test(table)
    }


# ---- all of it is read ------------------------------------------------------------------------------------------------


def test_there_are_five_documents_with_47_tables_and_319_rows(
    documents: dict[str, Any], scanned: dict[str, list[Table]]
) -> None:
    assert len(documents) == 5
    assert sum(len(document.projects) for document in documents.values()) == 47
    assert sum(len(project.indicators) for document in documents.values() for project in document.projects) == 319
    assert sum(len(table.rows) for tables in scanned.values() for table in tables) == 319


def test_no_line_inside_a_table_is_left_over(documents: dict[str, Any]) -> None:
    for name, document in documents.items():
        assert document.faults == (), name
        assert [project.asides for project in document.projects if project.asides] == [], name


def test_every_code_and_name_equals_the_file(documents: dict[str, Any], scanned: dict[str, list[Table]]) -> None:
    for project, table in pairs(documents, scanned):
        assert (project.code, project.name) == (table.code.strip(), table.name.strip())
        assert project.anchors["code"][0].line == table.code_line


def test_every_title_stands_in_the_file(documents: dict[str, Any], scanned: dict[str, list[Table]]) -> None:
    for project, table in pairs(documents, scanned):
        assert project.title.endswith("绩效目标表")
        assert bare(project.title) in bare(table.title)
        assert (project.number is None) == (not re.match(r"\D*?\d+[.、]", re.sub(r"\[.*?\]", "", table.title)))


def test_every_amount_equals_the_file(documents: dict[str, Any], scanned: dict[str, list[Table]]) -> None:
    for project, table in pairs(documents, scanned):
        for amount, text in zip(project.funding, (table.total, table.fiscal, table.other)):
            assert amount.text == text.strip()
            assert amount.number == (Decimal(text.strip()) if text.strip() else None)
        assert project.money_unit == "万元"


def test_every_usage_and_goal_equals_the_file(documents: dict[str, Any], scanned: dict[str, list[Table]]) -> None:
    for project, table in pairs(documents, scanned):
        assert bare(project.usage) == bare(table.usage)
        assert bare("".join(project.goals)) == bare(table.goals)


def test_every_plan_value_equals_the_file(documents: dict[str, Any], scanned: dict[str, list[Table]]) -> None:
    for project, table in pairs(documents, scanned):
        plan = project.spending_plan
        assert [item.due for item in plan.installments] == ["3月底", "6月底", "10月底", "12月底"]
        assert [item.text for item in plan.installments] == [text.strip() for text in table.plan]
        for item in plan.installments:
            number = Decimal(item.text.rstrip("%")) if item.text else None
            assert number in (item.percent, item.amount)


def test_every_cell_of_every_indicator_row_equals_the_file(
    documents: dict[str, Any], scanned: dict[str, list[Table]]
) -> None:
    for project, table in pairs(documents, scanned):
        category = ""
        assert len(project.indicators) == len(table.rows)
        for indicator, cells in zip(project.indicators, table.rows):
            assert len(cells) == 6
            category = cells[0].strip() or category
            found = (
                indicator.category, indicator.subcategory, indicator.name, indicator.description, indicator.target.text, indicator.basis
            )  # fmt: skip
            assert found == (category, *(cell.strip() for cell in cells[1:]))


def test_every_row_is_found_on_its_line(documents: dict[str, Any], texts: dict[str, str]) -> None:
    for name, document in documents.items():
        lines = texts[name].split("\n")
        for project in document.projects:
            for indicator in project.indicators:
                assert lines[indicator.row.cell_line(1) - 1] == "\t" + indicator.row.cells[1].split("\n")[0]
                first = indicator.row.first_filled_line
                assert lines[first - 1].strip() and not any(
                    line.strip() for line in lines[indicator.row.line - 1 : first - 1]
                )


def test_nearly_every_value_is_read_as_something(documents: dict[str, Any]) -> None:
    kinds = Counter(
        indicator.target.kind
        for document in documents.values()
        for project in document.projects
        for indicator in project.indicators
    )
    assert kinds["blank"] == 0
    assert kinds["qualitative"] <= 8
    assert kinds["percent"] > 140
    assert sum(kinds.values()) == 319


def test_the_budget_years_are_those_of_the_forms(documents: dict[str, Any]) -> None:
    found = {name: document.budget_year.year for name, document in documents.items()}
    assert {name: year for name, year in found.items() if year is not None} == {
        name: int(year) for year, name in BY_YEAR.items() if year != "2019"
    }
    assert found["002"] in (None, 2019)  # nothing in it names a year


def test_part_one_is_there_in_all_of_them(documents: dict[str, Any]) -> None:
    items = {name: len(document.department.duty_goals) for name, document in documents.items()}
    assert items == {"000": 8, "001": items["001"], "002": 12, "003": 5, "004": 10}
    assert items["001"] > 1
    for document in documents.values():
        assert document.department.overall_goal.text and document.department.safeguards.text
        assert document.unit.code and document.unit.name
        assert document.preface == ()


def test_residue_is_recorded(documents: dict[str, Any]) -> None:
    kinds = {name: {item.kind for item in document.source.residue} for name, document in documents.items()}
    assert kinds == {
        "000": {"field"},
        "001": {"bookmark"},
        "002": {"bookmark"},
        "003": {"bookmark"},
        "004": {"field", "page number"},
    }


# ---- the obvious real faults are found ----------------------------------------------------------------------------------


def test_no_rule_fails_on_any_of_them(judgements: dict[str, Judgement]) -> None:
    assert {name: judgement.not_checked for name, judgement in judgements.items()} == dict.fromkeys(judgements, ())


def test_blank_plans_are_found(judgements: dict[str, Judgement], scanned: dict[str, list[Table]]) -> None:
    blank = where(scanned, lambda table: not any(text.strip() for text in table.plan))
    assert blank and tables_of(judgements, "spending-plan-blank") == blank


def test_partly_blank_plans_are_found(judgements: dict[str, Judgement], scanned: dict[str, list[Table]]) -> None:
    partial = where(scanned, lambda table: 0 < sum(bool(text.strip()) for text in table.plan) < 4)
    found = tables_of(judgements, "spending-plan-partial") | tables_of(judgements, "spending-plan-start-blank")
    assert partial and found == partial
    assert tables_of(judgements, "spending-plan-partial")


def test_plans_filled_with_amounts_are_found(judgements: dict[str, Judgement], scanned: dict[str, list[Table]]) -> None:
    amounts = where(scanned, lambda table: table.plan[-1] == table.total and table.total != "100.00")
    assert len(amounts) == 19
    assert tables_of(judgements, "spending-plan-in-amounts") == amounts


def test_the_plan_that_ends_at_80_percent_is_found(
    judgements: dict[str, Judgement], scanned: dict[str, list[Table]]
) -> None:
    low = where(scanned, lambda table: table.plan[-1] == "80.00%")
    assert len(low) == 1 and tables_of(judgements, "spending-plan-incomplete") == low


def test_the_plan_of_1000_percent_is_found(judgements: dict[str, Judgement], scanned: dict[str, list[Table]]) -> None:
    over = where(scanned, lambda table: table.plan[-1] == "1000.00%")
    assert len(over) == 1 and tables_of(judgements, "spending-plan-over-100") == over


def test_titles_that_are_not_the_names_are_found(
    judgements: dict[str, Judgement], scanned: dict[str, list[Table]]
) -> None:
    differing = where(scanned, lambda table: bare(table.name) + "绩效目标表" not in bare(table.title))
    assert len(differing) == 2 and tables_of(judgements, "title-name-mismatch") == differing


def test_cost_values_in_the_wrong_direction_are_found(
    judgements: dict[str, Judgement], documents: dict[str, Any]
) -> None:
    wrong = {
        (name, indicator.row.cell_line(4))
        for name, document in documents.items()
        for project in document.projects
        for indicator in project.indicators
        if (indicator.subcategory == "成本指标" or "投诉率" in indicator.description)
        and indicator.target.text[:1] in "≥>"
    }
    assert len(wrong) == 10 and lines_of(judgements, "upper-bound-reversed") == wrong


def test_the_rate_far_above_100_percent_is_found(judgements: dict[str, Judgement], texts: dict[str, str]) -> None:
    far = {
        (name, number)
        for name, text in texts.items()
        for number, line in enumerate(text.split("\n"), 1)
        if line.startswith("\t≥24400%")
    }
    assert len(far) == 1 and lines_of(judgements, "value-over-100") == far


def test_values_run_together_with_other_text_are_found(judgements: dict[str, Judgement]) -> None:
    found = Counter(name for name, _ in lines_of(judgements, "value-malformed"))
    assert found["002"] == 15  # every value of that document but none of the others' plain ones
    assert set(found) == {"002", "004"}


# ---- and nothing else is -------------------------------------------------------------------------------------------------


def test_residue_is_never_reported(judgements: dict[str, Judgement], texts: dict[str, str]) -> None:
    marked = {
        (name, number)
        for name, text in texts.items()
        for number, line in enumerate(text.split("\n"), 1)
        if "[bookmark:" in line or "TC " in line or line.strip().isdigit()
    }
    about_titles = lines_of(judgements, "title-name-mismatch")
    assert (
        lines_of(judgements, *{finding.rule.id for each in judgements.values() for finding in each.findings}) & marked
        <= about_titles
    )
    for judgement in judgements.values():
        assert not [
            finding for finding in judgement.findings if "bookmark" in finding.message or "\\f" in finding.message
        ]


@pytest.mark.parametrize(
    "prefix", ["structure.stray_text", "structure.unparsable", "structure.missing", "budget.", "unit.", "code.", "value.blank",
               "value.date", "value.missing_unit", "basis.blank", "goal.blank", "indicator.unknown_class", "plan.not_monotonic"]
)  # fmt: skip
def test_these_faults_do_not_occur_and_are_not_reported(judgements: dict[str, Judgement], prefix: str) -> None:
    found = [
        finding
        for judgement in judgements.values()
        for finding in judgement.findings
        if finding.rule.category.startswith(prefix)
    ]
    assert found == []


def test_forms_of_2020_need_no_cost_indicator(judgements: dict[str, Judgement]) -> None:
    assert lines_of(judgements, "cost-missing") == set()
    assert "cost-missing" in {item.rule_id for item in judgements["000"].not_applicable}


def test_the_document_without_a_year_says_what_could_not_be_judged(judgements: dict[str, Judgement]) -> None:
    reasons = {item.rule_id: item.reason for item in judgements["002"].not_applicable}
    assert reasons["value-date-outside-year"] == "year-unknown"
    assert reasons["cost-missing"] == "other-layout"  # its codes are those of the form of 2019


def test_each_document_follows_the_layout_of_its_year(judgements: dict[str, Judgement]) -> None:
    found = {name: set(judgement.layout.ids) for name, judgement in judgements.items() if judgement.layout}
    assert found == {
        "000": {"hebei-2020"}, "001": {"hebei-2022"}, "002": {"hebei-2019"}, "003": {"hebei-2023"}, "004": {"hebei-2021"}
    }  # fmt: skip


def test_every_finding_has_a_fingerprint_of_its_own(judgements: dict[str, Judgement]) -> None:
    for judgement in judgements.values():
        prints = [finding.fingerprint for finding in judgement.findings]
        assert len(set(prints)) == len(prints)


def test_our_own_files_quote_none_of_them(texts: dict[str, str]) -> None:
    """No line of running text or cell of the documents, longer than the form's own words, stands in this repository."""
    ours = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for folder in ("tests", "examples", "docs", "rules", "perfcheck", "grammar")
        for path in (Path(__file__).parent.parent / folder).rglob("*")
        if path.is_file() and path.suffix in (".py", ".txt", ".md", ".yaml", ".lark", ".json", ".j2", ".snap")
    )
    lines = {
        re.sub(r"\[bookmark:[^]]*\]| TC .* \\l \d", "", line).strip()
        for text in texts.values()
        for line in text.split("\n")
    }
    assert {line for line in lines if len(line) >= 20 and line in ours} == set()
