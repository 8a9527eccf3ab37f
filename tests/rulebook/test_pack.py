"""Packs: found by name or folder, on top of one another, each rule once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfcheck.api import open_pack
from perfcheck.errors import PackError
from perfcheck.proving import validate_rules
from perfcheck.resources import packs_folder
from perfcheck.rulebook.pack_folder import built_in_packs
from tests.calls import caller
from tests.rulebook.test_rule_file import RULE


def pack(folder: Path, about: str | None = None, **rules: str) -> str:
    """A folder with a pack; ``rules`` are file names with underlines for hyphens."""
    folder.mkdir(exist_ok=True)
    if about is not None:
        (folder / "pack.yaml").write_text(about, encoding="utf-8")
    for name, text in rules.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def refusal(name: str) -> str:
    with pytest.raises(PackError) as caught:
        open_pack(name)
    return str(caught.value)


def test_the_packs_that_come_with_perfcheck_are_national_and_hebei() -> None:
    assert built_in_packs() == ["hebei", "national"]


def test_hebei_is_national_and_more(hebei: Any, national: Any) -> None:
    assert hebei.extends == "national"
    assert {rule.id for rule in national.rules} < {rule.id for rule in hebei.rules}
    assert hebei.rules[: len(national.rules)] == national.rules or [
        rule.id for rule in hebei.rules[: len(national.rules)]
    ] == [rule.id for rule in national.rules]


def test_rules_of_a_pack_come_in_the_order_of_their_files(national: Any) -> None:
    assert [rule.id for rule in national.rules] == sorted(rule.id for rule in national.rules)


def test_a_folder_of_one_s_own_needs_nothing_but_a_rule(tmp_path: Path) -> None:
    ours = open_pack(pack(tmp_path / "我们的 规则", budget_too_round=RULE))
    assert (ours.name, [rule.id for rule in ours.rules], ours.extends) == ("我们的 规则", ["budget-too-round"], None)


def test_a_pack_may_extend_another_and_leave_rules_out(tmp_path: Path, hebei: Any) -> None:
    about = "name: our-county\ntitle: {zh: 某县, en: Some county}\nextends: hebei\nwithout: [stray-text, heading-repeated]\n"
    ours = open_pack(pack(tmp_path / "ours", about, budget_too_round=RULE))
    assert ours.name == "our-county" and ours.title == ("某县", "Some county")
    assert {rule.id for rule in ours.rules} == {rule.id for rule in hebei.rules} - {
        "stray-text",
        "heading-repeated",
    } | {"budget-too-round"}


def test_a_rule_that_was_left_out_may_be_written_anew(tmp_path: Path) -> None:
    about = "name: ours\nextends: national\nwithout: [budget-format]\n"
    ours = open_pack(pack(tmp_path / "ours", about, budget_format=RULE.replace("budget-too-round", "budget-format")))
    (rule,) = [rule for rule in ours.rules if rule.id == "budget-format"]
    assert rule.pack == "ours"


def test_a_rule_may_not_be_replaced_in_silence(tmp_path: Path) -> None:
    message = refusal(
        pack(
            tmp_path / "ours",
            "name: ours\nextends: national\n",
            budget_format=RULE.replace("budget-too-round", "budget-format"),
        )
    )
    assert "budget-format" in message and "without" in message


def test_leaving_out_a_rule_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no-such-rule" in refusal(
        pack(tmp_path / "ours", "name: ours\nextends: national\nwithout: [no-such-rule]\n")
    )


def test_an_unknown_pack_is_refused_with_the_names_there_are() -> None:
    message = refusal("henan")
    assert "henan" in message and "hebei" in message and "national" in message


def test_a_pack_that_extends_an_unknown_one_is_refused(tmp_path: Path) -> None:
    assert "henan" in refusal(pack(tmp_path / "ours", "name: ours\nextends: henan\n"))


def test_a_folder_without_rules_is_no_pack(tmp_path: Path) -> None:
    assert "不是规则包" in refusal(pack(tmp_path / "empty"))


def test_a_pack_of_no_rules_is_refused(tmp_path: Path) -> None:
    refusal(pack(tmp_path / "ours", "name: ours\n"))


@pytest.mark.parametrize(
    ("about", "word"),
    [
        ("title: {zh: 甲, en: a}\n", "name"),
        ("name: ours\nbase: national\n", "base"),
        ("- name\n", "name"),
        ("name: [\n", "YAML"),
        ("name: a\nname: b\n", "name"),
    ],
)
def test_a_broken_description_of_a_pack_is_refused_with_its_file(tmp_path: Path, about: str, word: str) -> None:
    message = refusal(pack(tmp_path / "ours", about, budget_too_round=RULE))
    assert "pack.yaml" in message and word in message


@pytest.mark.parametrize(
    "about",
    [
        "name: ours\ntitle: 某县\n",
        "name: ours\nextends: [national]\n",
        "name: ours\nextends: national\nwithout: stray-text\n",
        "name: [ours]\n",
    ],
)
def test_a_description_of_the_wrong_form_is_refused_with_its_file(tmp_path: Path, about: str) -> None:
    message = refusal(pack(tmp_path / "ours", about, budget_too_round=RULE))
    assert "pack.yaml" in message and "不存在：-" not in message


def test_packs_that_extend_each_other_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pack(tmp_path / "first", "name: first\nextends: second\n", budget_too_round=RULE)
    pack(tmp_path / "second", "name: second\nextends: first\n", budget_too_round=RULE)
    assert "first → second → first" in refusal("first")


def test_a_broken_rule_in_a_pack_is_named_with_its_file(tmp_path: Path) -> None:
    assert "budget-too-round.yaml:6:" in refusal(
        pack(tmp_path / "ours", "name: ours\n", budget_too_round=RULE.replace("level: note", "level: x"))
    )


def test_installed_packages_can_bring_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = pack(tmp_path / "brought", "name: brought\n", budget_too_round=RULE)

    class Entry:
        name = "brought"

        def load(self) -> Any:
            return lambda: folder

    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group: [Entry()] if group == "perfcheck.packs" else []
    )
    assert open_pack("brought").name == "brought"


def test_an_installed_pack_that_fails_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        name = "brought"

        def load(self) -> Any:
            raise ImportError("no module")

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Entry()])
    message = refusal("brought")
    assert "brought" in message and "\n" not in message


def test_the_built_in_packs_hold_to_the_form_asked_of_everyone_s(hebei: Any) -> None:
    count, _, problems = validate_rules([str(Path(packs_folder(), name)) for name in built_in_packs()])
    assert (count, problems) == (len(hebei.rules), [])


def test_every_rule_of_a_pack_has_a_category_of_its_own_kind(hebei: Any) -> None:
    assert {rule.category.partition(".")[0] for rule in hebei.rules} <= {
        "structure", "title", "code", "unit", "budget", "plan", "arithmetic", "usage", "goal", "indicator", "value", "basis",
        "consistency", "text",
    }  # fmt: skip
    assert all(rule.message.zh and rule.message.en and rule.why.zh and rule.remedy.en for rule in hebei.rules)


def test_validating_counts_the_files_and_names_the_broken_ones(tmp_path: Path) -> None:
    folder = pack(
        tmp_path / "ours",
        "name: ours\n",
        budget_too_round=RULE,
        other_rule=RULE.replace("budget-too-round", "other-rule").replace("note", "x"),
    )
    count, _, problems = validate_rules([folder])
    assert count == 2
    assert len(problems) == 1 and "other-rule.yaml:6" in problems[0]


def test_a_pack_of_nothing_but_words_is_valid(tmp_path: Path) -> None:
    folder = Path(pack(tmp_path / "ours", "name: ours\nextends: hebei\n"))
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "own.yaml").write_text("plan-words: [谋划]\n", encoding="utf-8")
    result = caller()("rules", "validate", str(folder))
    assert result.exit_code == 0, result.output
    assert "0 个规则文件，词表 1 个，0 个有误" in result.output
    (folder / "vocabulary" / "own.yaml").write_text("plan-wordz: [谋划]\n", encoding="utf-8")
    assert caller()("rules", "validate", str(folder)).exit_code == 2


@pytest.mark.parametrize("above", ["甲", "乙"], ids=["itself", "one that extends it"])
def test_packs_that_extend_each_other_are_refused_by_every_command(
    above: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(tmp_path / "甲", f"name: one\nextends: ../{above}\n", budget_too_round=RULE)
    pack(tmp_path / "乙", "name: two\nextends: ../甲/../甲\n")
    monkeypatch.chdir(tmp_path)
    assert "互相继承" in refusal("甲")
    count, _, problems = validate_rules(["甲"])
    assert count == 1 and len(problems) == 1 and "互相继承" in problems[0]
    run = caller()
    for call in (["rules", "validate", "甲"], ["rules", "test", "甲"], ["rules", "--pack", "甲"]):
        result = run(*call)
        assert result.exit_code == 2 and "互相继承" in result.output and "internal" not in result.output


def test_packs_of_one_name_in_other_folders_are_no_circle(tmp_path: Path) -> None:
    (tmp_path / "县").mkdir()
    pack(tmp_path / "县" / "ours", "name: ours\nextends: base\n", budget_too_round=RULE)
    pack(tmp_path / "县" / "ours" / "base", "name: base\nextends: base\n")
    pack(tmp_path / "县" / "ours" / "base" / "base", "name: base\nextends: hebei\n")
    assert open_pack(str(tmp_path / "县" / "ours")).extends == "base"
