"""Four levels, national, province, county and unit: what results for each kind of key, wherever it is set or locked.

Each kind of key has three values: what holds when nobody says anything, one said by the first level that sets it,
and others for the levels below. Every combination of levels that set it is tried (2⁴ for each kind), and every pair of
a level that locks and a level that sets it weaker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, NamedTuple

import pytest

from perfcheck import api
from perfcheck.configuration.chain import Chains
from perfcheck.configuration.discovery import Finder
from perfcheck.configuration.effective import Effective, Packs, effective
from perfcheck.configuration.inheritance import CommandLine
from perfcheck.errors import PerfcheckError
from perfcheck.reporting import FORMATS
from tests.configuration.conftest import Tree

LEVELS = ("国家", "省", "县", "单位")
FOLDERS = ("国家", "国家/省", "国家/省/县", "国家/省/县/单位")
RULE, OTHER, OPTION = "basis-vague", "value-blank", "longest"


def resolve(tree: Tree, texts: Sequence[str], how: str, line: dict[str, Any] | None = None) -> Effective:
    """What is in force in the unit's folder; levels come from folders above, or by ``extends`` from files side by side."""
    if how == "folders":
        root = tree({f"{folder}/perfcheck.yaml": text for folder, text in zip(FOLDERS, texts) if text})
        found = Finder().in_and_above(str(root / FOLDERS[-1]))
    else:
        names = [f"{number}.yaml" for number in range(len(texts))]
        extended = [f"extends: {names[at - 1]}\n" if at else "" for at in range(len(texts))]
        root = tree({name: extends + text for name, extends, text in zip(names, extended, texts)})
        found = (str(root / names[-1]),)
    found = tuple(path for path in found if path.startswith(str(root)))
    return effective(Chains(tuple(FORMATS)).of(found), CommandLine(line or {}), Packs(api.VOCABULARY))


class Kind(NamedTuple):
    """A kind of key: what each level writes, and how what is in force shows."""

    texts: tuple[str, str, str, str]
    shown: Callable[[Effective], Any]
    default: Any
    values: tuple[Any, Any, Any, Any]
    """What is shown when this level is the nearest that writes it."""
    adds: bool = False
    """Whether levels add up instead of replacing each other."""


def value(key: str) -> Callable[[Effective], Any]:
    return lambda found: found.inherited.values[key].value if key in found.inherited.values else None


def off(found: Effective) -> set[str]:
    return {rule_id for rule_id, state in found.states().items() if not state.on}


def on(found: Effective) -> set[str]:
    return {rule_id for rule_id, state in found.states().items() if state.on}


def level(found: Effective) -> Any:
    return found.states()[OTHER].level and found.states()[OTHER].level[0]  # type: ignore[index]


def option(found: Effective) -> Any:
    options = found.states()[RULE].options
    return options[OPTION][0] if OPTION in options else None


def in_override(found: Effective) -> set[str]:
    every = range(len(found.selection.overrides))
    return {rule_id for rule_id, state in found.states(every).items() if not state.on}


def four(form: str, *values: str) -> tuple[str, str, str, str]:
    first, second, third, fourth = (form.replace("@", each) for each in values)
    return first, second, third, fourth


IDS = ("stray-text", "value-blank", "goals-blank", "basis-blank")
SETS = tuple({each} for each in IDS)
KINDS = {
    "pack": Kind(four("pack: @\n", "hebei", "national", "hebei", "national"), lambda found: found.pack.value, "hebei",
                 ("hebei", "national", "hebei", "national")),
    "packs": Kind(four("packs: [@]\n", "hebei", "national", "'national, hebei'", "hebei"), lambda found: found.pack.value, "hebei",
                  ("hebei", "national", "national, hebei", "hebei")),
    "extends (pack)": Kind(four("pack: @\n", "national", "hebei", "national", "hebei"), lambda found: found.contents.about["name"], "hebei",
                           ("national", "hebei", "national", "hebei")),
    "fail-on": Kind(four("fail-on: @\n", "never", "error", "warning", "note"), value("fail-on"), None, ("never", "error", "warning", "note")),
    "language": Kind(four("language: @\n", "zh", "en", "zh", "en"), value("language"), None, ("zh", "en", "zh", "en")),
    "year": Kind(four("year: @\n", "2021", "2022", "2023", "2024"), value("year"), None, (2021, 2022, 2023, 2024)),
    "format": Kind(four("format: @\n", "json", "sarif", "csv", "text"), value("format"), None, ("json", "sarif", "csv", "text")),
    "jobs": Kind(four("jobs: @\n", "1", "2", "auto", "3"), value("jobs"), None, ("1", "2", "auto", "3")),
    "select": Kind(four("select: [@]\n", *IDS), on, None, SETS),
    "extend-select": Kind(four("extend-select: [@]\n", *IDS), lambda found: {each.word for each in found.selection.extend_select}, set(), SETS, adds=True),
    "ignore": Kind(four("ignore: [@]\n", *IDS), off, set(), SETS),
    "extend-ignore": Kind(four("extend-ignore: [@]\n", *IDS), off, set(), SETS, adds=True),
    "level of a rule": Kind(four(f"rules: {{{OTHER}: {{level: @}}}}\n", "note", "warning", "error", "note"), level, None, ("note", "warning", "error", "note")),
    "level by category": Kind(four("rules: {value: {level: @}}\n", "note", "warning", "error", "note"), level, None, ("note", "warning", "error", "note")),
    "option of a rule": Kind(four(f"rules: {{{RULE}: {{with: {{{OPTION}: @}}}}}}\n", "1", "2", "3", "4"), option, None, ("1", "2", "3", "4")),
    "reports": Kind(four("reports: {json: @.json}\n", "a", "b", "c", "d"), lambda found: {each.value.rpartition("/")[2] for each in found.inherited.reports.values()},
                    set(), ({"a.json"}, {"b.json"}, {"c.json"}, {"d.json"})),
    "overrides": Kind(four("overrides: [{paths: ['*.txt'], ignore: [@]}]\n", *IDS), in_override, set(), SETS, adds=True),
}  # fmt: skip


def expected(kind: Kind, written: Sequence[bool], every: set[str]) -> Any:
    nearest = max((at for at in range(4) if written[at]), default=None)
    if kind.adds:
        return {item for at in range(4) if written[at] for item in kind.values[at]}
    if nearest is None:
        return every if kind.shown is on else kind.default
    return kind.values[nearest]


@pytest.mark.parametrize("how", ["folders", "extends"])
@pytest.mark.parametrize("name", KINDS)
def test_a_key_is_what_the_nearest_level_that_names_it_says(tree: Tree, name: str, how: str) -> None:
    """All sixteen ways in which four levels may name one key or leave it out."""
    kind = KINDS[name]
    every = {rule.id for rule in api.open_pack("hebei").rules}
    for written in product((False, True), repeat=4):
        texts = [text if is_written else "# nothing\n" for text, is_written in zip(kind.texts, written)]
        found = resolve(tree, texts, how)
        assert kind.shown(found) == expected(kind, written, every), written


@pytest.mark.parametrize("how", ["folders", "extends"])
def test_a_level_changes_only_what_it_names(tree: Tree, how: str) -> None:
    texts = [
        "fail-on: warning\nlanguage: en\nignore: [stray-text]\nrules: {basis-vague: {level: note, with: {longest: 5}}}\n",
        "language: zh\n",
        "extend-ignore: [goals-blank]\n",
        "rules: {basis-vague: {with: {longest: 7}}}\n",
    ]
    found = resolve(tree, texts, how)
    state = found.states()["basis-vague"]
    assert value("fail-on")(found) == "warning" and value("language")(found) == "zh"
    assert off(found) == {"stray-text", "goals-blank"}
    assert state.level is not None and state.level[0] == "note" and state.options["longest"][0] == "7"


def test_every_value_tells_the_level_it_comes_from(tree: Tree) -> None:
    texts = ["fail-on: warning\n", "language: en\n", "year: 2024\n", "\njobs: 2\n"]
    found = resolve(tree, texts, "folders")
    wheres = {key: each.where for key, each in found.inherited.values.items()}
    assert wheres == {
        "fail-on": "国家/perfcheck.yaml:1", "language": "国家/省/perfcheck.yaml:1", "year": "国家/省/县/perfcheck.yaml:1",
        "jobs": "国家/省/县/单位/perfcheck.yaml:2",
    }  # fmt: skip


# ---- locks: each level that locks × each level that weakens × each way of weakening -------------------------------------

LOCKED = "value-blank"
WEAKENING = {
    "ignore": "ignore: [value-blank]\n",
    "ignore of its category": "ignore: [value]\n",
    "ignore by a pattern": "ignore: ['value-*']\n",
    "extend-ignore": "extend-ignore: [value-blank]\n",
    "select without it": "select: [stray-text]\n",
    "a lower level": "rules: {value-blank: {level: note}}\n",
    "a lower level of its category": "rules: {value: {level: note}}\n",
    "another threshold": "rules: {value-blank: {with: {also_blank: [无, 略, 暂无]}}}\n",
    "ignore in an override by path": "overrides: [{paths: ['*.txt'], ignore: [value-blank]}]\n",
    "ignore in an override by layout": "overrides: [{layouts: [hebei-2021], ignore: [value-blank]}]\n",
    "ignore in an override by project": "overrides: [{projects: [甲], ignore: [value-blank]}]\n",
    "select in an override": "overrides: [{paths: ['*.txt'], select: [stray-text]}]\n",
    "a lower level in an override": "overrides: [{paths: ['*.txt'], rules: {value-blank: {level: warning}}}]\n",
    "another threshold in an override": "overrides: [{projects: [甲], rules: {value-blank: {with: {also_blank: [略]}}}}]\n",
    "a pack without it": "pack: 小包\n",
}
LOCKING = {
    "a rule": "locks: [value-blank]\n",
    "a lowest level": "locks: [{rule: value-blank, level: error, reason: 省厅要求}]\n",
}
SMALL_PACK = {"小包/pack.yaml": "name: small\nextends: national\nwithout: [value-blank]\n"}


def cells() -> list[tuple[int, int]]:
    return [(lock, weak) for lock in range(4) for weak in range(4)]


@pytest.mark.parametrize("locking", LOCKING)
@pytest.mark.parametrize("way", WEAKENING)
def test_nothing_below_a_lock_weakens_what_it_holds(tree: Tree, way: str, locking: str) -> None:
    """Sixteen cells: the level that locks and the level that weakens; refused below the lock, allowed above it."""
    if way == "a pack without it":
        tree({f"{folder}/{name}": text for folder in FOLDERS for name, text in SMALL_PACK.items()})
    for lock, weak in cells():
        texts = ["# nothing\n"] * 4
        texts[lock] = LOCKING[locking]
        texts[weak] = texts[weak].replace("# nothing\n", "") + WEAKENING[way]
        words = ""
        try:
            resolve(tree, texts, "folders")
        except PerfcheckError as error:
            words = str(error)
        if weak > lock:
            place = f"{FOLDERS[lock]}/perfcheck.yaml:1"
            assert place in words and "锁" in words and f"{FOLDERS[weak]}/perfcheck.yaml" in words, (lock, weak, words)
        elif "override" in way or "threshold" in way or "level" in way:
            assert words == "" or weak == lock, (lock, weak, words)
        else:  # what is off cannot be locked; that is said of the lock
            assert FOLDERS[lock] in words, (lock, weak, words)


@pytest.mark.parametrize("locking", LOCKING)
@pytest.mark.parametrize(
    "line", [{"ignore": ("value-blank",)}, {"ignore": ("value",)}, {"select": ("stray-text",)}, {"pack": "小包"}]
)
def test_the_command_line_is_below_every_lock(tree: Tree, locking: str, line: dict[str, Any]) -> None:
    tree(SMALL_PACK)
    for lock in range(4):
        texts = ["# nothing\n"] * 4
        texts[lock] = LOCKING[locking]
        with pytest.raises(PerfcheckError) as caught:
            resolve(tree, texts, "folders", line)
        assert f"{FOLDERS[lock]}/perfcheck.yaml:1" in str(caught.value)


ALLOWED = {
    "a graver level": "rules: {value-repeats-budget: {level: error}}\n",
    "the same level": "rules: {value-repeats-budget: {level: warning}}\n",
    "the same threshold": "rules: {value-repeats-budget: {with: {tolerance: 0.005}}}\n",
    "select with it": "select: [value-repeats-budget, stray-text]\n",
    "ignore of others": "ignore: [stray-text]\n",
    "a lower level of others": "rules: {stray-text: {level: note}}\n",
    "an override for others": "overrides: [{paths: ['*.txt'], ignore: [stray-text]}]\n",
}


@pytest.mark.parametrize("way", ALLOWED)
def test_what_does_not_weaken_a_lock_is_allowed_below_it(tree: Tree, way: str) -> None:
    for lock in range(3):
        for below in range(lock + 1, 4):
            texts = ["# nothing\n"] * 4
            texts[lock] = "locks: [{rule: value-repeats-budget, level: warning}]\n"
            texts[below] = ALLOWED[way]
            found = resolve(tree, texts, "folders")
            assert found.states()["value-repeats-budget"].on


def test_a_lowest_level_raises_what_stood_lower_above_it(tree: Tree) -> None:
    texts = ["rules: {value-blank: {level: note}}\n", "locks: [{rule: value-blank, level: warning}]\n", "", ""]
    found = resolve(tree, texts, "folders")
    assert found.states()["value-blank"].level == ("warning", "国家/省/perfcheck.yaml:1")


@pytest.mark.parametrize(("below", "refused"), [("note", False), ("warning", False), ("error", True), ("never", True)])
def test_what_fails_a_check_can_be_locked(tree: Tree, below: str, refused: bool) -> None:
    texts = ["locks: [{fail-on: warning}]\n", "", f"fail-on: {below}\n", ""]
    if refused:
        with pytest.raises(PerfcheckError, match="国家/perfcheck.yaml:1"):
            resolve(tree, texts, "folders")
    else:
        assert value("fail-on")(resolve(tree, texts, "folders")) == below
    line = {"fail-on": below}
    if refused:
        with pytest.raises(PerfcheckError, match="命令行 --fail-on"):
            resolve(tree, [texts[0], "", "", ""], "extends", line)


def test_a_locked_fail_on_holds_where_nobody_says_more(tree: Tree) -> None:
    assert value("fail-on")(resolve(tree, ["locks: [{fail-on: note}]\n", "", "", ""], "folders")) == "note"


@pytest.mark.parametrize("weak", range(4))
@pytest.mark.parametrize("way", [way for way in WEAKENING if way != "a pack without it"])
def test_a_lock_of_a_pack_stands_above_every_file(tree: Tree, way: str, weak: int) -> None:
    root = tree({"省包/pack.yaml": "name: province\nextends: hebei\nlocks:\n  - value-blank\n"})
    texts = [f"pack: {root / '省包'}\n", "# nothing\n", "# nothing\n", "# nothing\n"]
    texts[weak] = texts[weak].replace("# nothing\n", "") + WEAKENING[way]
    with pytest.raises(PerfcheckError, match=r"省包/pack\.yaml:4"):
        resolve(tree, texts, "folders")


@pytest.mark.parametrize("weak", range(1, 4))
def test_another_pack_must_keep_what_the_pack_before_it_locks(tree: Tree, weak: int) -> None:
    root = tree({
        "省包/pack.yaml": "name: province\nextends: hebei\nlocks: [value-blank]\n",
        "县包/pack.yaml": "name: county\nextends: ../省包\n",
    })  # fmt: skip
    texts = [f"pack: {root / '省包'}\n", "# nothing\n", "# nothing\n", "# nothing\n"]
    texts[weak] = f"pack: {root / '县包'}\n"
    assert resolve(tree, texts, "folders").contents.about["name"] == "county"
    texts[weak] = "pack: hebei\n"
    with pytest.raises(PerfcheckError, match=r"省包/pack\.yaml:3"):
        resolve(tree, texts, "folders")
