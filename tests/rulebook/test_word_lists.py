"""Word lists: what words mean is data of the packs, and a bureau adds to it without code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from perfcheck import api
from perfcheck.cli import main
from perfcheck.errors import PackError
from perfcheck.rulebook.word_lists import add_lists, with_words
from tests.conftest import ROOT
from tests.forms import INDICATORS, form, project
from tests.rulebook.test_pack import pack
from tests.rulebook.test_rule_file import RULE

ONE_OF = RULE.replace(
    "check: length\nwith:\n  field: name\n  at_least: 2", "check: one_of\nwith: {field: name, values: $names}"
)


def write(folder: Path, text: str) -> None:
    (folder / "vocabulary").mkdir(exist_ok=True)
    (folder / "vocabulary" / "words.yaml").write_text(text, encoding="utf-8")


def test_a_rule_takes_a_word_list_by_its_name(tmp_path: Path) -> None:
    name = pack(tmp_path / "ours", "name: ours\n", budget_too_round=ONE_OF)
    write(tmp_path / "ours", "names: [村道养护经费]\n")
    (rule,) = api.open_pack(name).rules
    assert rule.options["values"] == ["村道养护经费"]


def test_lists_are_spliced_into_lists_and_stand_for_whole_tables() -> None:
    lists = {"low": ["成本"], "table": {"数量指标": ["个"]}}
    assert with_words({"words": ["$low", "空置率"], "units": "$table", "by": {"a": "$low"}, "n": "3"}, lists) == {
        "words": ["成本", "空置率"], "units": {"数量指标": ["个"]}, "by": {"a": ["成本"]}, "n": "3",
    }  # fmt: skip


def test_a_pack_adds_words_to_the_lists_of_the_pack_below_it_and_takes_some_out(tmp_path: Path) -> None:
    pack(tmp_path / "base", "name: base\n", budget_too_round=ONE_OF)
    write(tmp_path / "base", "names: [甲, 乙]\n")
    above = pack(tmp_path / "above", f"name: above\nextends: {tmp_path / 'base'}\n")
    write(tmp_path / "above", "names: [丙]\nwithout: {names: [甲]}\n")
    (rule,) = api.open_pack(above).rules
    assert rule.options["values"] == ["乙", "丙"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("names: 甲\n", "列表"),
        ("- 甲\n", "词表文件"),
        ("names: [甲]\nwithout: {names: [乙]}\n", "乙"),
        ("names: [甲]\nwithout: {names: 甲}\n", "without"),
    ],
)
def test_a_broken_word_list_is_named(tmp_path: Path, text: str, said: str) -> None:
    name = pack(tmp_path / "ours", "name: ours\n", budget_too_round=ONE_OF)
    write(tmp_path / "ours", text)
    with pytest.raises(PackError, match=said) as caught:
        api.open_pack(name)
    assert "words.yaml" in str(caught.value)


def test_a_list_and_a_table_of_one_name_do_not_mix() -> None:
    lists = {"units": ["个"]}
    with pytest.raises(PackError, match="units"):
        add_lists(lists, {"units": {"数量指标": ["个"]}}, "words.yaml")


def test_an_unknown_word_list_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    name = pack(tmp_path / "ours", "name: ours\n", budget_too_round=ONE_OF.replace("$names", "$nams"))
    write(tmp_path / "ours", "names: [甲]\n")
    with pytest.raises(PackError, match=r"\$names"):
        api.open_pack(name)


# ---- lists nobody asks for ------------------------------------------------------------------------------------------------


def county(folder: Path, words: str) -> str:
    """A pack of words alone on top of the built-in one."""
    name = pack(folder / "county", "name: county\nextends: hebei\n")
    write(folder / "county", words)
    return name


def test_a_list_no_rule_asks_for_is_refused_with_the_nearest_names(tmp_path: Path) -> None:
    name = county(tmp_path, "without: {vague-values: [好]}\nvague-value: [颇见成效]\n")
    with pytest.raises(PackError, match=r"words\.yaml:2：没有规则用词表“vague-value”.*vague-values"):
        api.open_pack(name)
    for call in (("rules", "validate", name), ("check", "--pack", name, str(tmp_path))):
        (tmp_path / "a.txt").write_text(form(), encoding="utf-8")
        result = CliRunner().invoke(main, list(call))
        assert result.exit_code != 0 and "vague-value" in result.output


def test_lists_of_packs_below_of_the_review_and_of_packs_beside_are_no_slips(tmp_path: Path) -> None:
    words = "vague-values: [颇见成效]\nreview-grades: {优: '95', 良: '80', 中: '60', 差: '0'}\n"
    assert api.open_pack(county(tmp_path, words)).review_form is not None
    beside = pack(tmp_path / "beside", "name: beside\n", budget_too_round=ONE_OF.replace("$names", "[甲]"))
    write(tmp_path / "beside", "vague-values: [颇见成效]\n")
    with pytest.raises(PackError, match="vague-values"):
        api.open_pack(beside)
    assert api.open_pack(f"hebei,{beside}").rules


def test_the_words_of_the_manual_are_found_as_it_says(tmp_path: Path) -> None:
    manual = (ROOT / "README.md").read_text(encoding="utf-8")
    recipe = re.search(r"加一个词，例如写 `(([a-z-]+): \[(.+?)\])`", manual)
    assert recipe is not None
    text = form(project(1, table=[*INDICATORS[:4], (*INDICATORS[4][:4], recipe[3], "统计年报"), INDICATORS[5]]))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    ours = ["--pack", county(tmp_path, recipe[1] + "\n")]
    found = [
        CliRunner().invoke(main, ["check", *options, "--format", "json", str(tmp_path / "a.txt")]).output
        for options in ([], ours)
    ]
    assert [output.count('"value-not-quantified"') for output in found] != [0, 0]
    assert found[0].count(f"“{recipe[3]}”") < found[1].count(f"“{recipe[3]}”")


def test_every_word_list_a_message_gives_as_an_example_is_one_there_is() -> None:
    lists = api.open_pack("hebei").contents
    assert lists is not None
    said = (ROOT / "perfcheck" / "rulebook" / "word_lists.py").read_text(encoding="utf-8")
    names = re.findall(r"例如 ([a-z-]+): \[|\{SIGN\}([a-z-]+)\"\)", said)
    assert names and all((one or other) in lists.word_lists for one, other in names)


SPECIAL = RULE.replace("budget-too-round", "name-too-short")


def test_where_two_rules_meet_in_a_cell_the_general_one_gives_way(tmp_path: Path, check) -> None:  # type: ignore[no-untyped-def]
    general = RULE.replace("at_least: 2", "at_least: 20")
    polite = general.replace("select:", "gives_way_to: [name-too-short]\nselect:")
    special = SPECIAL.replace("at_least: 2", "at_least: 20")
    text = form(project(1))
    both = api.open_pack(pack(tmp_path / "a", "name: a\n", budget_too_round=general, name_too_short=special))
    assert len(check(text, pack=both)) == 2
    one = api.open_pack(pack(tmp_path / "b", "name: b\n", budget_too_round=polite, name_too_short=special))
    assert [finding.rule.id for finding in check(text, pack=one)] == ["name-too-short"]
    alone = api.load_pack(str(tmp_path / "b"), api.VOCABULARY, lambda names: names[:1])
    assert [finding.rule.id for finding in check(text, pack=alone)] == ["budget-too-round"]


@pytest.mark.parametrize("way", ["gone", "row/gone", "table/gone"])
def test_giving_way_to_a_rule_that_is_not_there_is_refused(tmp_path: Path, way: str) -> None:
    rule = RULE.replace("select:", f"gives_way_to: [{way}]\nselect:")
    name = pack(tmp_path / "a", "name: a\n", budget_too_round=rule)
    with pytest.raises(PackError, match="gone"):
        api.open_pack(name)


def test_a_rule_of_low_confidence_is_a_note(tmp_path: Path) -> None:
    low = RULE.replace("confidence: high", "confidence: low")
    assert api.open_pack(pack(tmp_path / "a", "name: a\n", budget_too_round=low)).rules[0].confidence == "low"
    with pytest.raises(PackError, match="note"):
        api.open_pack(pack(tmp_path / "b", "name: b\n", budget_too_round=low.replace("level: note", "level: warning")))


def test_a_list_for_packs_above_is_none_either_once_one_of_them_asks_for_it(tmp_path: Path) -> None:
    county(tmp_path, "place-names-here: [甲]\n")
    rule = ONE_OF.replace("$names", "$place-names-here")
    town = pack(tmp_path / "town", "name: town\nextends: ../county\n", budget_too_round=rule)
    assert api.open_pack(town).rules


@pytest.mark.parametrize("name", ["national", "hebei"])
def test_the_built_in_packs_have_no_list_nothing_asks_for(name: str) -> None:
    result = CliRunner().invoke(main, ["rules", "validate", str(ROOT / "rules" / name)])
    assert result.exit_code == 0, result.output


def lists_in(value: Any, path: str) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from lists_in(each, f"{path}.{name}")
    elif isinstance(value, list):
        yield path, value
        for at, each in enumerate(value):
            yield from lists_in(each, f"{path}[{at}]")


@pytest.mark.parametrize("path", sorted((ROOT / "rules").glob("*/vocabulary/*.yaml")), ids=lambda path: path.stem)
def test_no_list_of_the_built_in_packs_holds_a_word_twice(path: Path) -> None:
    found = {
        name: [each for each, times in Counter(map(str, words)).items() if times > 1]
        for name, words in lists_in(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem)
    }
    assert found
    assert {name: words for name, words in found.items() if words} == {}


def test_a_word_a_built_in_rule_cannot_take_is_said_with_the_rule(tmp_path: Path) -> None:
    name = county(tmp_path, "usual-words: [KTV]\n")
    with pytest.raises(PackError, match=r"word-unlikely.*“K”"):
        api.open_pack(name)


def test_a_name_that_is_taken_for_a_slip_is_added_to_a_list(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(form(project(usage=("", "用于苗目渠沿线管护。"))), encoding="utf-8")
    plain = CliRunner().invoke(main, ["check", "--select", "word-unlikely", str(text)])
    assert "苗目" in plain.output
    name = county(tmp_path, "side-by-side: [苗目]\n")
    ours = CliRunner().invoke(main, ["check", "--select", "word-unlikely", "--pack", name, str(text)])
    assert "苗目" not in ours.output and ours.exit_code == 0
