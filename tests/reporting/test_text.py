"""The report for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from perfcheck.reporting import Report, render
from perfcheck.reporting.formats import Options
from tests.forms import INDICATORS, form, project
from tests.reporting.conftest import Rendered
from tests.reporting.samples import CLEAN, FLAWED


@pytest.mark.parametrize(
    ("name", "language", "options"),
    [
        ("report.zh.txt", "zh", {}), ("report.en.txt", "en", {}), ("report.quiet.txt", "zh", {"quiet": True}),
        ("report.statistics.txt", "zh", {"statistics": True}), ("report.color.txt", "zh", {"color": True}),
    ],
)  # fmt: skip
def test_the_report_looks_as_it_did(
    rendered: Rendered, snapshot: Any, name: str, language: str, options: dict[str, bool]
) -> None:
    snapshot(name, rendered("text", language, **options))


def test_the_place_is_said_in_words_a_clerk_understands(rendered: Rendered) -> None:
    text = rendered("text")
    assert "项目 1“村道养护经费” · 资金支出计划 · 6月底" in text
    assert "第 2 行指标“养护合格率” · 指标值" in text


def test_the_cell_is_underlined_in_its_own_width(rendered: Rendered) -> None:
    lines = rendered("text").split("\n")
    shown = next(line for line in lines if line.endswith("| ≥16全镇16个村全部合格"))
    below = lines[lines.index(shown) + 1]
    assert below.index("|") == shown.index("|")
    assert below.count("^") == 5 + 2 * 8 or below.count("^") == sum(
        2 if ord(c) > 0x2E80 else 1 for c in "≥16全镇16个村全部合格"
    )


def test_the_basis_says_whether_it_binds_and_was_seen(rendered: Rendered) -> None:
    zh, en = rendered("text"), rendered("text", "en")
    assert "依据：《某县预算绩效管理办法》（某政发〔2022〕3号）第八条\n" in zh
    assert "依据：参照《某县预算绩效管理办法》（某政发〔2022〕3号）第八条（条号待核）" in zh
    assert "as a reference" in en and "not verified" in en


def test_what_was_not_checked_is_said_with_its_cause(rendered: Rendered) -> None:
    assert "未检查：文件里有空字符" in rendered("text")
    assert "未检查 1" in rendered("text")
    assert "not checked 1" in rendered("text", "en")


def test_color_is_only_where_it_is_asked_for(rendered: Rendered) -> None:
    assert "\x1b[" not in rendered("text")
    assert "\x1b[31m" in rendered("text", color=True)


def test_quiet_leaves_the_findings(rendered: Rendered) -> None:
    quiet = rendered("text", quiet=True)
    assert "plan-falling" in quiet and "未检查" in quiet
    assert "依据：" not in quiet and "改法：" not in quiet and "检查了" not in quiet


def test_a_clean_run_is_one_line(report: Callable[..., Report], pack: str) -> None:
    made = report({"a.txt": CLEAN}, pack=pack)
    assert render(made, "text") == "检查了 1 份文本、2 张项目表、12 行指标：没有发现问题。\n"
    assert render(made, "text", Options(quiet=True)) == ""
    assert (
        render(report({"a.txt": CLEAN}, pack=pack, language="en"), "text")
        == "Checked 1 document(s), 2 project table(s), 12 indicator row(s): nothing to report.\n"
    )


def test_an_unknown_year_is_said_even_where_nothing_was_found(report: Callable[..., Report], pack: str) -> None:
    text = CLEAN.replace("2023年全镇", "全镇").replace("99923P", "99924X")
    undated = text.replace("99924X", "99923P", 1)
    made = report({"a.txt": undated}, pack=pack)
    assert made.judgements[0].budget_year is None
    assert "预算年度不明，下列各项没有检查：没有成本指标。知道年度的，请加 --year，例如 --year 2023" in render(
        made, "text"
    )


NASTY = "\x1b[31m红\x1b[0m\x9b2J\x07\u202e倒\u200b隐\ufeff`x`|@某人"


def nasty_document(text: str = NASTY) -> str:
    """A document in which every cell that a report quotes is out to do harm."""
    table = [(text, text, text, text, "≥16" + text, ""), *INDICATORS[1:]]
    return form(
        project(1, name=text, plan=(text, "45%", "20%", "80%"), table=table),
        project(2, unit=("600002" + text, "单位：" + text)),
    )


@pytest.mark.parametrize("statistics", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_cannot_steer_the_terminal(report: Callable[..., Report], language: str, statistics: bool) -> None:
    made = report({"a.txt": nasty_document()}, language=language)
    assert made.findings
    text = render(made, "text", Options(statistics=statistics))
    assert not [
        character
        for character in text
        if character in "\x1b\x9b\x07\u202e\u200b\ufeff\r" or (ord(character) < 32 and character != "\n")
    ]


def test_a_line_break_in_a_cell_does_not_break_the_report(report: Callable[..., Report]) -> None:
    made = report({"a.txt": nasty_document("甲\n乙\n错误  伪造的一行  [no-rule]")})
    assert not [line for line in render(made, "text").split("\n") if line.strip().startswith("错误  伪造")]


def test_a_path_cannot_steer_the_terminal(report: Callable[..., Report]) -> None:
    assert "\x1b" not in render(report({"a\x1b[31m.txt": FLAWED}), "text")
