"""The table of exit codes, cell by cell: what a document has, the level that fails, and whether waivers count."""

from __future__ import annotations

import pytest

from perfcheck.accepted.baseline_file import DEFAULT
from perfcheck.commands.check_command import check
from tests.calls import Run, write
from tests.forms import INDICATORS, form, project

LEVELS = ("error", "warning", "note", "never")
LINES = {
    "clean": form(),
    "note": form(project(1, plan=("50%", "50%", "75%", "100%"))),
    "warning": form(
        project(
            1,
            table=[
                *INDICATORS,
                ("", "服务对象满意度指标", "过路司机满意人数", "表示满意的过路司机", "≥12", "问卷调查"),
            ],
        )
    ),
    "error": form(project(1, goals="")),
}
MARK = "[perfcheck:忽略 goals-blank 理由：另有专项文本]"
NOT_CHECKED = b"\0\0"
RULES = {"note": "spending-plan-flat", "warning": "value-unit-missing", "error": "goals-blank"}

# what a document has -> its exit status for each --fail-on, with waivers counting, and with --no-waivers
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    #                     error warning note never
    "clean":             ((0, 0, 0, 0), (0, 0, 0, 0)),
    "note":              ((0, 0, 1, 0), (0, 0, 1, 0)),
    "warning":           ((0, 1, 1, 0), (0, 1, 1, 0)),
    "error":             ((1, 1, 1, 0), (1, 1, 1, 0)),
    "note waived":       ((0, 0, 0, 0), (0, 0, 1, 0)),
    "warning waived":    ((0, 0, 0, 0), (0, 1, 1, 0)),
    "error waived":      ((0, 0, 0, 0), (1, 1, 1, 0)),
    "error marked":      ((0, 0, 0, 0), (1, 1, 1, 0)),
    "note baselined":    ((0, 0, 0, 0), (0, 0, 0, 0)),
    "warning baselined": ((0, 0, 0, 0), (0, 0, 0, 0)),
    "error baselined":   ((0, 0, 0, 0), (0, 0, 0, 0)),
    "error waived, of an expired waiver": ((1, 1, 1, 0), (1, 1, 1, 0)),
    "clean, with an expired waiver":      ((0, 1, 1, 0), (0, 0, 0, 0)),
    "clean, with an unused waiver":       ((0, 0, 1, 0), (0, 0, 0, 0)),
    "clean, with a malformed waiver":     ((1, 1, 1, 0), (0, 0, 0, 0)),
    "error waived, new error beside it":  ((1, 1, 1, 0), (1, 1, 1, 0)),
    "error baselined, new note beside it": ((0, 0, 1, 0), (0, 0, 1, 0)),
    "not checked":           ((2, 2, 2, 2), (2, 2, 2, 2)),
    "not checked, baselined": ((2, 2, 2, 2), (2, 2, 2, 2)),
    "not checked, waived":   ((2, 2, 2, 2), (2, 2, 2, 2)),
    "damaged baseline":      ((2, 2, 2, 2), (2, 2, 2, 2)),
    "damaged waivers":       ((2, 2, 2, 2), (0, 0, 0, 0)),
}  # fmt: skip
"""With --no-waivers the file of waivers is not even opened, so its damage does not matter."""


def one(rule: str, expiry: str = "2026-12-31", reason: str = "甲") -> str:
    given = f"rule: {rule}, scope: {{path: a.txt}}, reason: {reason}, approver: 乙, expiry: {expiry}"
    return f"schema: perfcheck-waivers-1\nwaivers:\n  - {{{given}}}\n"


def arranged(run: Run, kind: str) -> tuple[str, ...]:
    """Write the files of a line of the table, and give the options it is checked with."""
    level = kind.partition(" ")[0].rstrip(",")
    text: str | bytes = LINES.get(level, NOT_CHECKED)
    waivers, baseline = ("--waivers", "w.yaml"), ("--baseline", DEFAULT)
    write("a.txt", text)
    if kind == "error waived, new error beside it":
        write("a.txt", form(project(1, goals="", plan=("25%", "50%", "75%", "1000%"))))
    if kind.endswith("marked"):
        write("a.txt", form(project(1, goals=MARK)))
        return ()
    if kind == "damaged waivers":
        write("a.txt", LINES["clean"])
        write("w.yaml", "waivers: [")
        return waivers
    if kind == "damaged baseline":
        write("a.txt", LINES["clean"])
        write(DEFAULT, "{")
        return baseline
    if "baselined" in kind:
        write("a.txt", LINES["error"] if level == "not" else text)
        assert run("baseline", "create", "a.txt").exit_code == 0
        write("a.txt", text)
        if "new note" in kind:
            write("a.txt", form(project(1, goals="", plan=("50%", "50%", "75%", "100%"))))
        return baseline
    if "waive" in kind:
        expiry = "2020-12-31" if "expired" in kind else "2026-12-31"
        reason = "''" if "malformed" in kind else "甲"
        write("w.yaml", one(RULES.get(level, "goals-blank"), expiry, reason))
        return waivers
    return ()


@pytest.mark.parametrize("fail_on", LEVELS)
@pytest.mark.parametrize("no_waivers", [False, True], ids=["waivers", "no waivers"])
@pytest.mark.parametrize("kind", TABLE)
def test_the_exit_status_is_that_of_the_table(run: Run, kind: str, no_waivers: bool, fail_on: str) -> None:
    options = (*arranged(run, kind), *(("--no-waivers",) if no_waivers else ()))
    wanted = TABLE[kind][no_waivers][LEVELS.index(fail_on)]
    result = run("check", "a.txt", *options, "--fail-on", fail_on, "--today", "2026-06-30")
    assert result.exit_code == wanted, result.output


@pytest.mark.parametrize("kind", ["error waived", "error marked", "error baselined"])
def test_what_does_not_count_is_told_in_the_summary_and_listed_when_asked_for(run: Run, kind: str) -> None:
    options = (*arranged(run, kind), "--today", "2026-06-30")
    plain = run("check", "a.txt", *options).stdout
    assert "goals-blank" not in plain and ("已豁免 1 处" in plain or "未改 1 处" in plain)
    shown = run("check", "a.txt", *options, "--show-accepted").stdout
    assert "goals-blank" in shown and ("已豁免  错误" in shown or "未改  错误" in shown)


def test_the_table_names_every_level_there_is() -> None:
    (option,) = (each for each in check.params if each.name == "fail_on")
    assert sorted(option.type.choices) == sorted(LEVELS)  # type: ignore[attr-defined]
