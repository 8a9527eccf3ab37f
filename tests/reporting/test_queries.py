"""The queries of ``docs/queries.md`` run, and say what is so; needs DuckDB."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from perfcheck.reporting import Report, render
from tests.conftest import ROOT
from tests.reporting.samples import FLAWED

PAGE = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)

ASK = "import duckdb, json, sys; print(json.dumps([duckdb.sql(q).fetchall() for q in json.loads(sys.argv[1])]))"


@pytest.fixture
def answers(
    sample: Callable[..., Report], report: Callable[..., Report], pack: str, tmp_path: Path
) -> list[list[tuple[Any, ...]]]:
    """The rows each query gives for the samples, and for a second draft of one of them."""
    if find_spec("duckdb") is None:
        pytest.skip("duckdb is not installed")
    second = FLAWED.replace("\t45%", "\t55%").replace("\t75%", "\t60%", 1).replace("\t80%", "\t40%", 1)
    texts = {
        "findings": render(sample(), "jsonl"),
        "before": render(report({"一稿.txt": FLAWED}, pack=pack), "jsonl"),
        "after": render(report({"二稿.txt": "\n" + second}, pack=pack), "jsonl"),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.jsonl").write_text(str(text), encoding="utf-8")
    # in a process of its own, since it litters standard error at the end of this one
    given = [sys.executable, "-c", ASK, json.dumps(QUERIES)]
    done = subprocess.run(given, cwd=tmp_path, check=True, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"})
    return [[tuple(row) for row in rows] for rows in json.loads(done.stdout)]


def test_there_are_five_queries_and_each_has_an_answer(answers: list[list[tuple[Any, ...]]]) -> None:
    assert len(answers) == 5 and all(answers)


def test_the_answers_are_right(answers: list[list[tuple[Any, ...]]]) -> None:
    by_unit, by_rule, by_project, not_checked, drafts = answers
    assert by_unit == [("某县某镇人民政府", 1, 1, 1)]
    assert {row[0] for row in by_rule} == {"plan-falling", "basis-empty", "value-crowded"}
    assert by_project[0][1:] == ("灌渠|清淤`经费`", 2, ["basis-empty", "value-crowded"])
    assert [row[:2] for row in not_checked] == [("坏.txt", "整份文本")]
    assert dict(drafts) == {"已改 / mended": 1, "仍在 / still there": 2, "新出现 / new": 1}
