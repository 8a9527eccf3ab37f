"""Cases of rules: the built-in packs prove themselves, and a broken case file is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfcheck import api, proving
from perfcheck.errors import PackError
from perfcheck.resources import packs_folder
from tests.forms import form, project
from tests.rulebook.test_pack import pack
from tests.rulebook.test_rule_file import RULE

SHORT = RULE.replace("at_least: 2", "at_least: 5")


def with_cases(folder: Path, cases: str, *texts: tuple[str, str]) -> Any:
    name = pack(folder / "ours", "name: ours\n", budget_too_round=SHORT)
    (folder / "ours" / "cases").mkdir()
    (folder / "ours" / "cases" / "budget-too-round.yaml").write_text(cases, encoding="utf-8")
    for file, text in texts:
        (folder / "ours" / "cases" / file).write_text(text, encoding="utf-8")
    return api.open_pack(name)


CLEAN = ("clean.txt", form(project(1)))
FOUND = (
    """\
  - shows: {zh: 太短, en: too short}
    replace: [{from: "\\t村道养护经费\\n", to: "\\t养护\\n"}]
    lines: [25]
""",
    """\
  - shows: {zh: 差一个字, en: one letter short}
    replace: [{from: "\\t村道养护经费\\n", to: "\\t村道养护\\n"}]
    lines: [25]
""",
)
SILENT = (
    """\
  - shows: {zh: 够长, en: long enough}
""",
    """\
  - shows: {zh: 刚够长, en: just long enough}
    replace: [{from: "\\t村道养护经费\\n", to: "\\t村道养护费\\n"}]
""",
)


def case_file(found: tuple[str, ...], silent: tuple[str, ...]) -> str:
    return "".join(("base: clean\nfound:\n", *found, "silent:\n", *silent))


GOOD = case_file(FOUND, SILENT)


def test_a_case_is_a_text_with_replacements(tmp_path: Path) -> None:
    assert proving.test_pack(with_cases(tmp_path, GOOD, CLEAN)) == (4, [], [])


def test_a_case_that_does_not_come_out_is_a_failure(tmp_path: Path) -> None:
    count, failures, _ = proving.test_pack(with_cases(tmp_path, GOOD.replace("[25]", "[26]", 1), CLEAN))
    assert count == 4
    assert [(each.rule_id, each.expected, each.found) for each in failures] == [("budget-too-round", (26,), (25,))]


@pytest.mark.parametrize(
    ("found", "silent", "is_thin"),
    [(2, 2, False), (1, 2, True), (2, 1, True), (0, 2, True), (2, 0, True), (1, 1, True)],
)
def test_a_rule_with_fewer_than_two_cases_of_a_kind_is_thin(
    tmp_path: Path, found: int, silent: int, is_thin: bool
) -> None:
    ours = with_cases(tmp_path, case_file(FOUND[:found], SILENT[:silent]), CLEAN)
    assert proving.test_pack(ours) == (found + silent, [], ["budget-too-round"] if is_thin else [])


def test_a_rule_without_any_case_is_thin(tmp_path: Path) -> None:
    assert proving.test_pack(api.open_pack(pack(tmp_path / "ours", "name: ours\n", budget_too_round=RULE)))[2] == [
        "budget-too-round"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("base: clean", "base: other"), ("base: clean", "bases: clean"), ("shows: {zh: 太短, en: too short}", "show: {zh: 太短}"),
        ("\\t村道养护经费\\n", "没有的文字"), ("    lines: [25]\n", ""), ("en: long enough}", "en: long enough}\n    lines: [3]"), ("- shows: {zh: 太短, en: too short}", "- 太短"),
    ],
)  # fmt: skip
def test_a_broken_case_file_is_named(tmp_path: Path, old: str, new: str) -> None:
    ours = with_cases(tmp_path, GOOD.replace(old, new, 1), CLEAN)
    with pytest.raises(PackError, match="budget-too-round.yaml"):
        proving.test_pack(ours)


@pytest.mark.parametrize(
    ("old", "new"),
    [("lines: [25]", "lines: [first]"), ("replace: [{from:", "replace: [{form:"), (", en: too short", "")],
)
def test_a_case_of_the_wrong_form_is_named(tmp_path: Path, old: str, new: str) -> None:
    ours = with_cases(tmp_path, GOOD.replace(old, new, 1), CLEAN)
    with pytest.raises(PackError, match="budget-too-round.yaml"):
        proving.test_pack(ours)


MENDED = RULE.replace(
    "message:", 'fix:\n  fixer: write\n  with: {text: "{{ text }}养护费"}\n  safe: true\nmessage:'
).replace("at_least: 2", "at_least: 5")
FIXED = """    fixed: [{from: "\\t养护\\n", to: "\\t养护养护费\\n"}]
"""


def mending_pack(folder: Path, fixed: str) -> Any:
    name = pack(folder / "ours", "name: ours\n", budget_too_round=MENDED)
    (folder / "ours" / "cases").mkdir()
    cases = case_file((FOUND[0] + fixed, FOUND[1]), SILENT)
    (folder / "ours" / "cases" / "budget-too-round.yaml").write_text(cases, encoding="utf-8")
    (folder / "ours" / "cases" / "clean.txt").write_text(CLEAN[1], encoding="utf-8")
    return api.open_pack(name)


def test_a_case_may_say_what_becomes_of_its_text(tmp_path: Path) -> None:
    assert proving.test_pack(mending_pack(tmp_path, FIXED)) == (4, [], [])


def test_a_case_mended_otherwise_is_a_failure_that_shows_the_line(tmp_path: Path) -> None:
    _, failures, _ = proving.test_pack(mending_pack(tmp_path, FIXED.replace("养护养护费", "别的养护费")))
    assert [failure.mended for failure in failures] == ["改成了“\t养护养护费”，应为“\t别的养护费”"]


def test_a_rule_with_a_fix_needs_a_case_that_shows_it(tmp_path: Path) -> None:
    assert proving.test_pack(mending_pack(tmp_path, "")) == (4, [], ["budget-too-round"])


def test_a_case_that_says_nothing_is_mended_where_something_is_is_a_failure(tmp_path: Path) -> None:
    assert len(proving.test_pack(mending_pack(tmp_path, "    fixed: []\n"))[1]) == 1


@pytest.mark.parametrize("name", ["national", "hebei"])
def test_every_rule_of_the_built_in_packs_has_cases_and_they_come_out(name: str) -> None:
    if not list(Path(packs_folder(), name, "cases").glob("*.yaml")):
        pytest.skip("the cases of this pack are not there")
    count, failures, thin = proving.test_pack(api.open_pack(name))
    assert failures == []
    assert thin == []
    assert count >= 4 * len(api.open_pack(name).rules)
