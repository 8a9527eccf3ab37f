"""Locks of packs: what a pack fixes no pack on top of it can take back."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfcheck.api import open_pack
from tests.calls import caller, write
from tests.forms import form
from tests.rulebook.test_pack import pack, refusal
from tests.rulebook.test_rule_file import RULE

PROVINCE = """\
name: province
extends: national
locks:
  - budget-sum-mismatch
  - {rule: value-repeats-budget, level: error, reason: 省厅要求}
"""


@pytest.fixture
def province(tmp_path: Path) -> str:
    return pack(tmp_path / "province", PROVINCE, budget_too_round=RULE)


def test_a_rule_is_raised_to_the_level_it_is_locked_at(province: str) -> None:
    levels = {rule.id: rule.level for rule in open_pack(province).rules}
    assert levels["value-repeats-budget"] == "error"


def test_a_pack_on_top_inherits_the_lock(province: str, tmp_path: Path) -> None:
    county = open_pack(pack(tmp_path / "county", "name: county\nextends: ../province\n"))
    assert county.contents is not None
    assert [lock.subject for lock in county.contents.locks] == ["budget-sum-mismatch", "value-repeats-budget"]
    assert county.contents.locks[1].where.endswith("pack.yaml:5")


def test_leaving_a_locked_rule_out_names_the_lock(province: str, tmp_path: Path) -> None:
    words = refusal(pack(tmp_path / "county", "name: county\nextends: ../province\nwithout: [value-repeats-budget]\n"))
    assert "value-repeats-budget" in words and "pack.yaml:5" in words and "省厅要求" in words


def test_words_a_locked_rule_rests_on_cannot_be_changed(tmp_path: Path) -> None:
    pack(tmp_path / "province", "name: province\nextends: national\nlocks: [basis-vague]\n")
    county = tmp_path / "county"
    folder = pack(county, "name: county\nextends: ../province\n")
    open_pack(folder)
    (county / "vocabulary").mkdir()
    (county / "vocabulary" / "own.yaml").write_text("basis-sources: [某某台账]\n", encoding="utf-8")
    words = refusal(folder)
    assert "basis-sources" in words and "basis-vague" in words and "pack.yaml:3" in words


def test_words_no_locked_rule_uses_may_be_added(province: str, tmp_path: Path) -> None:
    county = tmp_path / "county"
    folder = pack(county, "name: county\nextends: ../province\n")
    (county / "vocabulary").mkdir()
    (county / "vocabulary" / "own.yaml").write_text("basis-sources: [某某台账]\n", encoding="utf-8")
    open_pack(folder)


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("budget-sum-mismatsh", "budget-sum-mismatch"), ("{rule: budget-sum-mismatch, level: fatal}", "fatal"),
        ("{rules: budget-sum-mismatch}", "rules"), ("{level: error}", "level"), ("[a]", "fail-on"),
        ("{fail-on: never}", "never"), ("{rule: task-unmeasured, fail-on: error}", "fail-on"),
        ("{rule: basis-unsourced, level: error}", "把握不大"),
    ],
)  # fmt: skip
def test_a_wrong_lock_is_named_with_file_and_line(tmp_path: Path, entry: str, word: str) -> None:
    words = refusal(pack(tmp_path / "p", f"name: p\nextends: national\nlocks:\n  - {entry}\n"))
    assert "pack.yaml:4" in words and word in words


def test_locks_are_a_list(tmp_path: Path) -> None:
    assert "pack.yaml:3" in refusal(pack(tmp_path / "p", "name: p\nextends: national\nlocks: budget-sum-mismatch\n"))


def test_packs_side_by_side_are_all_used(tmp_path: Path) -> None:
    ours = pack(tmp_path / "ours", "name: ours\n", budget_too_round=RULE)
    both = open_pack(f"hebei, {ours}")
    assert both.name == "hebei+ours"
    assert {"budget-too-round", "stray-text", "value-blank"} <= {rule.id for rule in both.rules}
    assert {rule.id for rule in open_pack("national,hebei").rules} == {rule.id for rule in open_pack("hebei").rules}


def test_packs_side_by_side_with_two_rules_of_one_id_are_refused(tmp_path: Path) -> None:
    ours = pack(tmp_path / "ours", "name: ours\n", budget_format=RULE.replace("budget-too-round", "budget-format"))
    assert "budget-format" in refusal(f"hebei,{ours}")


def test_many_rules_of_one_lock_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("v.txt", form())
    write("perfcheck.yaml", "locks: [plan, value-over-100]\n")
    for call in (["--select", "value-malformed"], ["--ignore", "plan,value-over-100"]):
        said = caller()("check", "v.txt", *call)
        lines = said.stderr.splitlines()
        assert said.exit_code == 2 and len(lines) == 2, said.stderr
        assert "条规则，但它们已锁定（锁在 perfcheck.yaml:1）" in lines[0] and "规则 value-over-100 已锁定" in lines[1]
    two = caller()("check", "v.txt", "--ignore", "plan.over_100").stderr
    assert "会关掉 spending-plan-above-budget、spending-plan-over-100，但它们已锁定" in two
