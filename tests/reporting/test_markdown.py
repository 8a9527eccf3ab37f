"""The report for merge requests and job summaries: nothing a document contains becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.reporting import Report, render
from perfcheck.reporting.filters import as_markdown
from tests.forms import form, project
from tests.reporting.conftest import Rendered
from tests.reporting.test_text import nasty_document


def cells(row: str) -> list[str]:
    """The cells of a table row, split as GitHub does: at every pipe that no backslash precedes."""
    return re.findall(r"((?:\\.|[^|\\])*)\|", row.strip()[1:])


@pytest.mark.parametrize(("name", "language"), [("report.zh.md", "zh"), ("report.en.md", "en")])
def test_the_report_looks_as_it_did(rendered: Rendered, snapshot: Any, name: str, language: str) -> None:
    snapshot(name, rendered("markdown", language, statistics=True))


def test_the_summary_comes_first_then_each_document(rendered: Rendered) -> None:
    text = rendered("markdown")
    assert text.startswith("# perfcheck\n")
    summary = text.partition("\n## ")[0]
    assert [cell.strip() for cell in cells(next(line for line in summary.split("\n") if "问题 的" in line))][1:] == [
        "1",
        "1",
        "1",
        "0",
    ]
    assert text.count("\n## ") == 2


def rows_of(text: str) -> list[tuple[int, str]]:
    """Every table row with the number of cells its table's head has."""
    found = []
    width = 0
    for line in text.split("\n"):
        if not line.startswith("|"):
            width = 0
            continue
        width = width or len(cells(line))
        found.append((width, line))
    return found


HARM = [
    "甲|乙|丙", "`甲`", "``` 甲", "<script>alert(1)</script>", "<img src=x onerror=y>", "@某人 @someone", "[链接](http://example.com)", "http://example.com/a",
    "![图](x)", "**粗** _斜_ ~~删~~", "# 标题", "- [ ] 甲", "&lt;b&gt; &#64;", "\\| \\` \\", "\x1b[31m红", "<!-- ", "甲\n\n# 标题\n| a | b |", "$(id) ${x} {{ 7*7 }}", "1. 甲", "\u202e倒",
]  # fmt: skip


@pytest.mark.parametrize("harm", HARM, ids=repr)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_cannot_add_markup(report: Callable[..., Report], harm: str, language: str) -> None:
    made = report({"a.txt": nasty_document(harm)}, language=language)
    text = render(made, "markdown")
    plain = render(report({"a.txt": nasty_document("普通")}, language=language), "markdown")
    assert len(made.findings) >= 3
    rows = rows_of(text)
    assert rows and all(len(cells(line)) == width for width, line in rows)
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        line for line in plain.split("\n") if line.startswith("#")
    ]
    outside_code = re.sub(r"\\.", "", re.sub(r"`[a-z0-9-]+`", "", text)).replace(
        "<br>", ""
    )  # our own, in grouped places
    assert not re.search(r"[<>@\x00-\x09\x0b-\x1f\u202e]|`|://", outside_code)
    assert not re.search(r"\*|_|~|\[|!", re.sub(r"\*\*[^*]+\*\*", "", outside_code))


@given(st.text(max_size=40))
def test_any_text_stays_in_one_cell_of_one_line(text: str) -> None:
    made = as_markdown(text)
    assert "\n" not in made
    assert len(cells(f"| {made} |")) == 1
    assert not set("<>@") & set(made)


def test_a_bare_host_is_no_link() -> None:
    assert "www." not in as_markdown("见 www.example.com")


def test_a_file_name_cannot_add_markup(report: Callable[..., Report]) -> None:
    text = render(report({"a|b `c` <d> @e.txt": form(project(1, goals=""))}), "markdown")
    assert all(len(cells(line)) == width for width, line in rows_of(text))
    assert "<d>" not in text and "@e" not in text
