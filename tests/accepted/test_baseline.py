"""Old faults written down once: new ones count, old ones do not, and what nobody looked at is never fixed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfcheck import api
from perfcheck.accepted.baseline_file import DEFAULT, read_baseline, write_baseline
from perfcheck.accepted.comparing import compared
from perfcheck.accepted.known_faults import Baseline, KnownDocument, KnownFault, counted, known
from perfcheck.commands import baseline_commands
from perfcheck.engine import Judgement
from perfcheck.rulebook import Pack
from tests.calls import Run, write
from tests.conftest import CORPUS
from tests.forms import INDICATORS, form, project
from tests.office import docx
from tests.reporting.crowds import crowd
from tests.reporting.samples import sample_pack
from tests.test_fingerprints import CHANGES, KEPT

Judged = Callable[..., Judgement]
GOALS = form(project(1, goals=""))
GOALS_AND_PLAN = form(project(1, goals="", plan=("25%", "50%", "75%", "1000%")))
OTHER_UNIT = ("600002某县某乡人民政府", "单位：万元")
GOALS_ONLY = ("--select", "goals-blank")
"""Without what documents made of the same parts say of each other."""


def rounds(run: Run, *arguments: str) -> dict[str, int]:
    """The counts new, unchanged, fixed and waived of a check against the baseline."""
    result = run("check", *arguments, "--baseline", DEFAULT, "--format", "json")
    counts: dict[str, int] = json.loads(result.stdout)["rounds"]
    return counts


def states(run: Run, *arguments: str) -> Counter[tuple[str, str]]:
    """State and rule of all that is told with ``--show-accepted``."""
    result = run("check", *arguments, "--baseline", DEFAULT, "--format", "json")
    found: Counter[tuple[str, str]] = Counter()
    for document in json.loads(result.stdout)["documents"]:
        for finding in (*document["findings"], *document["accepted"]):
            found[finding["state"], finding["rule"]] += 1
        for fault in document["fixed"]:
            found["fixed", fault["rule"]] += fault["count"]
    return found


def content(file: str = DEFAULT) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    return read


# ---- only new findings count ------------------------------------------------------------------------------------------


def test_old_faults_do_not_count_and_are_told_as_a_number(run: Run) -> None:
    write("a.txt", GOALS)
    assert run("check", "a.txt").exit_code == 1
    assert run("baseline", "create", "a.txt").exit_code == 0
    result = run("check", "a.txt", "--baseline", DEFAULT)
    assert result.exit_code == 0
    assert "goals-blank" not in result.stdout and "新增 0 处、未改 1 处、已改 0 处" in result.stdout
    assert "没有发现问题" not in result.stdout


def test_a_new_fault_counts_and_is_the_only_one_listed(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    write("a.txt", GOALS_AND_PLAN)
    result = run("check", "a.txt", "--baseline", DEFAULT)
    assert result.exit_code == 1
    assert "（新增）" in result.stdout and "spending-plan-over-100" in result.stdout
    assert "goals-blank" not in result.stdout
    assert "goals-blank" in run("check", "a.txt", "--baseline", DEFAULT, "--show-accepted").stdout


def test_a_fixed_fault_is_told_as_fixed(run: Run) -> None:
    write("a.txt", GOALS_AND_PLAN)
    run("baseline", "create", "a.txt")
    write("a.txt", GOALS)
    result = run("check", "a.txt", "--baseline", DEFAULT, "--show-accepted")
    assert result.exit_code == 0
    assert re.search("已改 .*资金支出计划 · 12月底.*spending-plan-over-100", result.stdout)
    assert states(run, "a.txt") == {("unchanged", "goals-blank"): 1, ("fixed", "spending-plan-over-100"): 1}


def test_another_wrong_value_in_the_same_cell_counts_as_new_and_says_what_it_was(run: Run) -> None:
    write("a.txt", GOALS_AND_PLAN)
    run("baseline", "create", "a.txt")
    write("a.txt", GOALS_AND_PLAN.replace("1000%", "900%"))
    result = run("check", "a.txt", "--baseline", DEFAULT)
    assert result.exit_code == 1
    assert "（新增：原为“1000%”，改后仍有问题）" in result.stdout
    assert states(run, "a.txt")["updated", "spending-plan-over-100"] == 1
    assert not any(state == "fixed" for state, _ in states(run, "a.txt"))


def test_a_paragraph_edited_elsewhere_keeps_its_old_fault(run: Run) -> None:
    goal = "1.全年维护12处,方便群众。"
    write("a.txt", form(project(1, goals=goal)))
    run("baseline", "create", "a.txt")
    assert content()["documents"][0]["faults"][0]["text"] == ","
    write("a.txt", form(project(1, goals=goal.replace("方便群众", "方便沿线群众"))))
    assert states(run, "a.txt") == {("unchanged", "punctuation-half-width"): 1}


def test_one_more_of_the_same_fault_is_new(run: Run) -> None:
    doubled = [*INDICATORS[:3], *INDICATORS[3:4] * 2, *INDICATORS[4:]]
    blank = [(*row[:5], "") if row[2] == "每公里养护成本" else row for row in doubled]
    once = [(*row[:5], "") if row[2] == "每公里养护成本" else row for row in INDICATORS]
    write("a.txt", form(project(1, table=once)))
    run("baseline", "create", "a.txt")
    write("a.txt", form(project(1, table=blank)))
    found = states(run, "a.txt")
    assert found["unchanged", "basis-blank"] == 1 and found["new", "basis-blank"] == 1


def test_two_documents_with_the_same_fault_have_one_each(run: Run) -> None:
    write("a.txt", GOALS)
    write("b.txt", form(project(1, goals="", unit=OTHER_UNIT)))
    run("baseline", "create", "a.txt", "b.txt", *GOALS_ONLY)
    assert [len(document["faults"]) for document in content()["documents"]] == [1, 1]
    write("b.txt", form(project(1, unit=OTHER_UNIT)))
    write("c.txt", form(project(1, goals="", unit=("600003某县另一镇人民政府", "单位：万元"))))
    found = states(run, "a.txt", "b.txt", "c.txt", *GOALS_ONLY)
    assert found == {("unchanged", "goals-blank"): 1, ("fixed", "goals-blank"): 1, ("new", "goals-blank"): 1}


# ---- names of files ---------------------------------------------------------------------------------------------------


def test_a_renamed_file_brings_nothing_back(run: Run) -> None:
    write("旧/a.txt", GOALS_AND_PLAN)
    run("baseline", "create", "旧")
    Path("旧").rename("2023年 新")
    Path("2023年 新/a.txt").rename("2023年 新/终稿.txt")
    assert rounds(run, "2023年 新") == {"new": 0, "unchanged": 2, "fixed": 0, "waived": 0}


def test_files_that_changed_their_names_with_each_other_bring_nothing_back(run: Run) -> None:
    write("a.txt", GOALS_AND_PLAN)
    write("b.txt", form(project(1, goals="无", unit=OTHER_UNIT), project(2, plan=("", "", "", ""), unit=OTHER_UNIT)))
    run("baseline", "create", ".")
    before = rounds(run, ".")
    for old, new in (("a.txt", "x"), ("b.txt", "a.txt"), ("x", "b.txt")):
        Path(old).rename(new)
    assert rounds(run, ".") == before and before["new"] == before["fixed"] == 0


def test_the_next_year_s_document_has_new_faults(run: Run) -> None:
    write("2023.txt", GOALS)
    run("baseline", "create", "2023.txt")
    Path("2023.txt").unlink()
    write("2024.txt", GOALS.replace("2023年", "2024年"))
    assert rounds(run, "2024.txt", "--year", "2024")["new"] >= 1


def test_a_document_of_another_unit_is_not_taken_for_one_that_is_gone(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    Path("a.txt").unlink()
    write("b.txt", form(project(1, goals="", unit=OTHER_UNIT)))
    assert rounds(run, "b.txt")["new"] == 1


def test_a_copy_of_a_document_that_is_still_there_has_new_faults(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    write("b.txt", GOALS)
    assert rounds(run, "b.txt")["new"] == 1


def test_paths_count_from_the_baseline_and_not_from_where_one_stands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("库/文/a.txt", GOALS)
    run("baseline", "create", "库/文", "--baseline", "库/基线.json")
    assert content("库/基线.json")["documents"][0]["path"] == "文/a.txt"
    monkeypatch.chdir("库/文")
    assert run("check", "a.txt", "--baseline", "../基线.json").exit_code == 0


def test_standard_input_is_known_by_what_it_says(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    assert run("check", "-", "--baseline", DEFAULT, stdin=GOALS.encode()).exit_code == 0
    assert run("check", "-", "--baseline", DEFAULT, stdin=GOALS_AND_PLAN.encode()).exit_code == 1


def test_a_word_file_of_the_same_document_is_known_when_the_text_is_gone(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    Path("a.txt").unlink()
    write("a.docx", docx(GOALS))
    assert rounds(run, "a.docx")["new"] == 0


# ---- what nobody looked at is never fixed -------------------------------------------------------------------------------


def test_an_unread_file_keeps_its_entries(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    before = Path(DEFAULT).read_text(encoding="utf-8")
    write("a.txt", b"\0\0")
    assert rounds(run, "a.txt")["fixed"] == 0
    for command in ("update", "prune"):
        result = run("baseline", command, "a.txt")
        assert result.exit_code == 2 and "未检查" in result.stderr
        assert Path(DEFAULT).read_text(encoding="utf-8") == before


def test_files_outside_the_run_keep_their_entries(run: Run) -> None:
    write("a.txt", GOALS)
    write("b.txt", form(project(1, goals="", unit=OTHER_UNIT)))
    run("baseline", "create", "a.txt", "b.txt", *GOALS_ONLY)
    write("a.txt", form())
    assert rounds(run, "a.txt")["fixed"] == 1
    run("baseline", "update", "a.txt")
    assert [document["path"] for document in content()["documents"]] == ["b.txt"]


def test_a_rule_that_did_not_run_keeps_its_entries(run: Run) -> None:
    write("a.txt", GOALS_AND_PLAN)
    run("baseline", "create", "a.txt")
    assert rounds(run, "a.txt", "--ignore", "goals-blank")["fixed"] == 0


def test_a_fault_between_documents_is_fixed_only_where_they_were_compared(run: Run) -> None:
    write("a.txt", form(project(1)))
    write("b.txt", form(project(1, unit=OTHER_UNIT)))
    run("baseline", "create", ".")
    rules = {fault["rule"] for document in content()["documents"] for fault in document["faults"]}
    assert "code-in-two-documents" in rules
    assert rounds(run, "a.txt")["fixed"] == 0
    write("b.txt", form(project(3, project_code="13099923P00000009998X", unit=OTHER_UNIT)))
    assert rounds(run, ".")["fixed"] >= 1


def test_a_file_that_is_gone_leaves_when_its_folder_was_checked(run: Run) -> None:
    write("文/a.txt", GOALS)
    write("文/b.txt", form(project(1, goals="", unit=OTHER_UNIT)))
    run("baseline", "create", "文")
    Path("文/b.txt").unlink()
    assert "已不在的文本" not in run("check", "--baseline", "perfcheck-baseline.json", "文/a.txt").stdout
    assert "已不在的文本 1 份：文/b.txt。" in run("check", "--baseline", "perfcheck-baseline.json", "文").stdout
    run("baseline", "prune", "文/a.txt")
    assert len(content()["documents"]) == 2
    assert "1 份已不在" in run("baseline", "prune", "文").stdout
    assert len(content()["documents"]) == 1


# ---- the commands -----------------------------------------------------------------------------------------------------


def test_create_refuses_to_replace_a_baseline_unless_forced(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    write("a.txt", GOALS_AND_PLAN)
    assert run("baseline", "create", "a.txt").exit_code == 2
    assert len(content()["documents"][0]["faults"]) == 1
    assert run("baseline", "create", "a.txt", "--force").exit_code == 0
    assert len(content()["documents"][0]["faults"]) == 2


def test_create_says_what_could_not_be_checked(run: Run) -> None:
    write("a.txt", GOALS)
    write("b.txt", b"\0")
    result = run("baseline", "create", "a.txt", "b.txt")
    assert result.exit_code == 2 and "b.txt：未检查" in result.stderr
    assert len(content()["documents"]) == 1


def test_update_takes_new_faults_in_and_fixed_ones_out(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    write("a.txt", form(project(1, plan=("25%", "50%", "75%", "1000%"))))
    result = run("baseline", "update", "a.txt")
    assert result.exit_code == 0 and "新增 1 处，已改 1 处，未改 0 处" in result.stdout
    assert [fault["rule"] for fault in content()["documents"][0]["faults"]] == ["spending-plan-over-100"]


def test_prune_takes_fixed_faults_out_and_no_new_ones_in(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    write("a.txt", form(project(1, plan=("25%", "50%", "75%", "1000%"))))
    assert run("baseline", "prune", "a.txt").exit_code == 0
    assert content()["documents"] == []
    assert run("check", "a.txt", "--baseline", DEFAULT).exit_code == 1


def test_check_agrees_or_not_and_writes_nothing(run: Run) -> None:
    write("a.txt", GOALS_AND_PLAN)
    run("baseline", "create", "a.txt")
    before = Path(DEFAULT).read_bytes()
    assert run("baseline", "check", "a.txt", "--exact").exit_code == 0
    write("a.txt", GOALS)
    assert run("baseline", "check", "a.txt").exit_code == 0
    exact = run("baseline", "check", "a.txt", "--exact")
    assert exact.exit_code == 1 and "baseline prune" in exact.stderr
    write("a.txt", form(project(1, goals="", plan=("50%", "50%", "75%", "100%"))))
    assert run("baseline", "check", "a.txt").exit_code == 1
    assert run("baseline", "check", "a.txt", "--fail-on", "error").exit_code == 0
    write("a.txt", b"\0")
    assert run("baseline", "check", "a.txt").exit_code == 2
    assert Path(DEFAULT).read_bytes() == before


def test_a_document_that_is_gone_is_no_exact_agreement_until_it_is_pruned(run: Run) -> None:
    write("文本/a.txt", GOALS)
    write("文本/b.txt", GOALS_AND_PLAN)
    run("baseline", "create", "文本")
    assert run("baseline", "check", "文本", "--exact").exit_code == 0
    Path("文本/b.txt").unlink()
    assert run("baseline", "check", "文本").exit_code == 0
    exact = run("baseline", "check", "文本", "--exact")
    assert exact.exit_code == 1 and "1 份文本已不在" in exact.stderr and "baseline prune" in exact.stderr
    assert run("baseline", "check", "文本/a.txt", "--exact").exit_code == 0  # the other one was not asked for
    run("baseline", "prune", "文本")
    assert run("baseline", "check", "文本", "--exact").exit_code == 0


def test_no_baseline_turns_it_off(run: Run) -> None:
    write("a.txt", GOALS)
    run("baseline", "create", "a.txt")
    assert run("check", "a.txt", "--baseline", DEFAULT, "--no-baseline").exit_code == 1


def test_the_default_name_is_the_same_in_command_and_file() -> None:
    assert baseline_commands.DEFAULT == DEFAULT


# ---- the file ---------------------------------------------------------------------------------------------------------

DAMAGED: dict[str, tuple[str | bytes | None, str]] = {
    "missing": (None, "找不到基线"),
    "empty": ("", "不是完好的 JSON"),
    "cut": ('{\n"schema": "perfcheck-baseline-1",\n"about', "第 3 行"),
    "merge conflict": ('{\n<<<<<<< HEAD\n"schema": 1\n=======\n>>>>>>> b\n', "合并冲突"),
    "no UTF-8": (b"\xff\xfe\xff", "读不出来"),
    "foreign": ('{"version": 3, "results": []}', "不是 perfcheck 的基线"),
    "a list": ("[]", "不是 perfcheck 的基线"),
    "of a later version": ('{"schema": "perfcheck-baseline-9"}', "只认“perfcheck-baseline-1”"),
    "nothing in it": ('{"schema": "perfcheck-baseline-1", "pack": "hebei"}', "内容不完整"),
    "a path that is none": ('{"schema": "perfcheck-baseline-1", "pack": "a", "documents": [{"path": 1, "unit": null, "year": null, "faults": []}]}', "内容不完整"),
    "a count below one": ('{"schema": "perfcheck-baseline-1", "pack": "a", "documents": [{"path": "a", "unit": null, "year": null, "faults": [{"rule": "a", "place": "b", "text": "", "fingerprint": "0000000000000000", "count": 0}]}]}', "内容不完整"),
    "a fingerprint that is none": ('{"schema": "perfcheck-baseline-1", "pack": "a", "documents": [{"path": "a", "unit": null, "year": null, "faults": [{"rule": "a", "place": "b", "text": "", "fingerprint": "x", "count": 1}]}]}', "内容不完整"),
    "too deep": ("[" * 100_000, "不是完好的 JSON"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DAMAGED)
@pytest.mark.parametrize("command", [("check",), ("baseline", "update"), ("baseline", "prune"), ("baseline", "check")])
def test_a_damaged_or_foreign_baseline_ends_with_2_and_a_sentence(
    run: Run, kind: str, command: tuple[str, ...]
) -> None:
    data, sentence = DAMAGED[kind]
    write("a.txt", GOALS)
    if data is not None:
        write(DEFAULT, data)
    result = run(*command, "a.txt", "--baseline", DEFAULT)
    assert result.exit_code == 2
    assert sentence in result.stderr and result.stderr.count("\n") == 1
    assert data is None or Path(DEFAULT).read_bytes() == (data if isinstance(data, bytes) else data.encode())


def test_it_is_sorted_a_line_a_fault_and_the_same_for_any_order_of_files(run: Run) -> None:
    write("a.txt", GOALS_AND_PLAN)
    write("b.txt", form(project(1, goals="", unit=OTHER_UNIT)))
    run("baseline", "create", "a.txt", "b.txt", "--baseline", "1.json")
    run("baseline", "create", "b.txt", "a.txt", "--baseline", "2.json", "--jobs", "2")
    text = Path("1.json").read_text(encoding="utf-8")
    assert text == Path("2.json").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if '"rule"' in line]
    assert len(lines) == sum(len(document["faults"]) for document in content("1.json")["documents"])
    assert all(json.loads(line.rstrip(",")) for line in lines)


@given(text=st.text(st.characters(), max_size=20), unit=st.none() | st.text(max_size=5), times=st.integers(1, 9))
@example(text='"\\\u2028\x85\ud800\x00\x7f\t\n', unit="\ud800", times=1)
def test_what_a_document_says_comes_back_whatever_it_is(
    tmp_path_factory: pytest.TempPathFactory, text: str, unit: str | None, times: int
) -> None:
    document = KnownDocument(text, unit, None, (KnownFault("r", text, text, "0" * 16, times),))
    file = str(tmp_path_factory.getbasetemp() / DEFAULT)
    write_baseline(file, Baseline("p", (document,)))
    assert read_baseline(file) == Baseline("p", (document,))


# ---- moved, renamed, reordered -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return api.open_pack(sample_pack(tmp_path_factory.mktemp("pack")))


def kept(before: Judgement, after: Judgement) -> float:
    """How many of the findings of ``after`` are no news to a baseline of ``before``, of those in ``before``."""
    outcome = compared(after.findings, counted(map(known, before.findings)))
    return sum(finding.state == "unchanged" for finding in outcome.findings) / len(before.findings)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_baseline_holds_when_a_document_changes_elsewhere(
    judged: Judged, ours: Pack, change: Callable[[str], str]
) -> None:
    text = crowd(600)
    assert kept(judged(text, pack=ours), judged(change(text), pack=ours)) == 1


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_a_baseline_holds_in_real_documents(judged: Judged, path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert kept(judged(text), judged(change(text))) >= KEPT


def test_ten_thousand_findings_are_ten_thousand_entries_and_all_known(judged: Judged, ours: Pack) -> None:
    judgement = judged(crowd(10_000), pack=ours)
    faults = counted(map(known, judgement.findings))
    assert sum(fault.times for fault in faults) == len(judgement.findings) == 10_000
    assert len({fault.fingerprint for fault in faults}) == len(faults) == 10_000
    outcome = compared(judgement.findings, faults)
    assert {finding.state for finding in outcome.findings} == {"unchanged"} and not outcome.absent
