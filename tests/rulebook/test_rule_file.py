"""Rule files: what is wrong in one is said with file, line, excerpt and a right example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfcheck.api import VOCABULARY, open_pack
from perfcheck.errors import PackError
from perfcheck.rulebook.rule_file import read_rule

RULE = """\
id: budget-too-round
title:
  zh: 预算数是整数
  en: The budget is a round number
category: budget.format
level: note
confidence: high
since: 0.1.0
citation:
  - document: 某县预算管理办法
    number: 某政发〔2022〕3号
    article: 第八条
    force: 参照
    verified: false
applies_to: {budget_year: {from: 2021}}
select: projects
check: length
with:
  field: name
  at_least: 2
message:
  zh: 名称“{{ text }}”太短
  en: The name {{ text }} is too short
why:
  zh: 看不出是什么项目。
  en: Nobody can tell the project.
remedy:
  zh: 写全名称。
  en: Write the whole name.
"""


def write(folder: Path, text: str, name: str = "budget-too-round.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def problem(folder: Path, text: str, name: str = "budget-too-round.yaml") -> str:
    with pytest.raises(PackError) as caught:
        read_rule(write(folder, text, name), "ours", VOCABULARY, {})
    return str(caught.value)


def test_a_good_rule_is_read_whole(tmp_path: Path) -> None:
    rule = read_rule(write(tmp_path, RULE), "ours", VOCABULARY, {})
    assert (rule.id, rule.category, rule.level, rule.select, rule.check, rule.pack) == (
        "budget-too-round", "budget.format", "note", "projects", "length", "ours"
    )  # fmt: skip
    assert rule.title == ("预算数是整数", "The budget is a round number")
    assert rule.citation[0] == ("某县预算管理办法", "某政发〔2022〕3号", "第八条", "参照", False, None)
    assert rule.years == (2021, None)
    assert rule.options == {"field": "name", "at_least": 2}


def test_a_rule_may_say_how_what_it_finds_is_mended(tmp_path: Path) -> None:
    fix = 'fix:\n  fixer: write\n  with: {text: "甲{{ text }}"}\n  safe: true\n  doubtful: doubt\n'
    rule = read_rule(write(tmp_path, RULE.replace("message:", f"{fix}message:")), "ours", VOCABULARY, {})
    assert rule.fix is not None
    assert (rule.fix.fixer, rule.fix.safe, rule.fix.doubtful) == ("write", True, "doubt")
    assert list(rule.fix.make()("一二三", (1, 2), {"text": "二"})) == [(1, 2, "甲二")]
    assert rule.fix.is_safe({"doubt": False})
    assert not rule.fix.is_safe({"doubt": True})


# what is changed, into what, the line that must be named, words of the message
BROKEN = {
    "unknown key": ("since: 0.1.0\n", "since: 0.1.0\nseverity: high\n", 9, "severity"),
    "misspelt key": ("remedy:", "remedie:", 27, "remedy"),
    "missing key": ("since: 0.1.0\n", "", 1, "since"),
    "unknown check": ("check: length", "check: lenght", 17, "length"),
    "a check that is no word": ("check: length", "check: [length]", 17, "check"),
    "unknown selection": ("select: projects", "select: project", 16, "projects"),
    "targets without indicators": ("select: projects", "select: {nodes: projects, targets: [percent]}", 16, "targets"),
    "unknown kind of target": ("select: projects", "select: {nodes: indicators, targets: [percentage]}", 16, "percent"),
    "unknown key of select": ("select: projects", "select: {nodes: indicators, kinds: [percent]}", 16, "nodes"),
    "wrong type of option": ("at_least: 2", "at_least: two", 20, "two"),
    "a list for a number": ("at_least: 2", "at_least: [2]", 20, "at_least"),
    "missing option": ("  field: name\n", "", 18, "field"),
    "unknown option": ("at_least: 2", "atleast: 2", 20, "at_least"),
    "dead field": ("field: name", "field: nmae", 19, "name"),
    "field of another node": ("field: name", "field: basis", 19, "basis"),
    "bad level": ("level: note", "level: fatal", 6, "warning"),
    "bad id": ("id: budget-too-round", "id: Budget_1", 1, "id"),
    "id unlike the file": ("id: budget-too-round", "id: budget-very-round", 1, "budget-too-round"),
    "bad category": ("category: budget.format", "category: budget", 5, "category"),
    "bad version": ("since: 0.1.0", "since: next", 8, "since"),
    "missing language": ("  en: The name {{ text }} is too short\n", "", 21, "message"),
    "empty text": ("  zh: 写全名称。", "  zh: ", 27, "remedy"),
    "third language": ("  zh: 写全名称。", "  zh: 写全名称。\n  fr: …", 27, "remedy"),
    "bad force": ("force: 参照", "force: 强制", 13, "参照"),
    "bad verified": ("verified: false", "verified: maybe", 14, "verified"),
    "unknown part of a citation": ("    article: 第八条", "    clause: 第八条", 12, "clause"),
    "a citation without a document": ("  - document: 某县预算管理办法\n    number", "  - number", 10, "document"),
    "no citation": (RULE[RULE.index("citation:") : RULE.index("applies_to")], "citation: []\n", 9, "citation"),
    "unknown years": ("{budget_year: {from: 2021}}", "{budget_year: {since: 2021}}", 15, "from"),
    "a year that is none": ("{budget_year: {from: 2021}}", "{budget_year: {from: 21}}", 15, "年份"),
    "unknown condition": ("{budget_year: {from: 2021}}", "{province: hebei}", 15, "budget_year"),
    "options that are no mapping": ("with:\n  field: name\n  at_least: 2", "with: [name]", 18, "with"),
    "a regular expression that is none": ("check: length\nwith:\n  field: name\n  at_least: 2", "check: pattern\nwith: {field: name, matches: ['[']}", 18, ""),
    "an expression that is not allowed": (
        "check: length\nwith:\n  field: name\n  at_least: 2", "check: expression\nwith: {field: name, holds: 'node.name.upper()'}", 18, "Call"
    ),
    "duplicate key": ("level: note", "level: note\nlevel: error", 7, "level"),
    "duplicate key inside": ("  field: name", "  field: name\n  field: code", 20, "field"),
    "alias": (RULE[RULE.index("why:") :], "why: &w\n  zh: 看不出。\n  en: Nobody can tell.\nremedy: *w\n", None, "别名"),
    "broken YAML": ("title:\n  zh", "title:\n zh: [\n  zh", 5, "YAML"),
    "a tab for an indent": ("  field: name", "\tfield: name", 19, "YAML"),
    "not a mapping": (RULE, "- id\n- title\n", 1, "键"),
    "an empty file": (RULE, "", 1, "键"),
    "a scalar": (RULE, "budget-too-round\n", 1, "键"),
    "unknown fixer": ("message:", "fix: {fixer: wriet, safe: true}\nmessage:", 21, "write"),
    "a fix without a word on safety": ("message:", "fix: {fixer: renumber}\nmessage:", 21, "safe"),
    "an unknown part of a fix": ("message:", "fix: {fixer: renumber, safe: true, sure: true}\nmessage:", 21, "doubtful"),
    "a fix neither safe nor unsafe": ("message:", "fix: {fixer: renumber, safe: maybe}\nmessage:", 21, "true"),
    "a fix that is a word": ("message:", "fix: renumber\nmessage:", 21, "fixer"),
    "unknown option of a fix": ("message:", "fix: {fixer: renumber, with: {value: a}, safe: true}\nmessage:", 21, "value"),
    "missing option of a fix": ("message:", "fix: {fixer: write, safe: true}\nmessage:", 21, "text"),
    "unknown words of a fix": ("message:", "fix: {fixer: replace, with: {words: $nothing}, safe: true}\nmessage:", 21, "nothing"),
    "a fix that replaces nothing": ("message:", "fix: {fixer: replace, with: {words: {}}, safe: true}\nmessage:", 21, "words"),
    "options of a fix that are no mapping": ("message:", "fix: {fixer: renumber, with: [a], safe: true}\nmessage:", 21, "with"),
    "a doubt that is no word": ("message:", "fix: {fixer: renumber, safe: true, doubtful: [a]}\nmessage:", 21, "doubtful"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_says_file_line_and_what(tmp_path: Path, name: str) -> None:
    old, new, line, word = BROKEN[name]
    assert RULE.count(old) >= 1
    message = problem(tmp_path, RULE.replace(old, new, 1))
    assert "budget-too-round.yaml" in message
    if line is not None:
        assert f"budget-too-round.yaml:{line}:" in message or f"budget-too-round.yaml:{line}：" in message, message
    assert word in message


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_shows_the_line_concerned(tmp_path: Path, name: str) -> None:
    old, new, line, _ = BROKEN[name]
    text = RULE.replace(old, new, 1)
    message = problem(tmp_path, text)
    shown = [part.partition("|")[2].strip() for part in message.split("\n") if " | " in part]
    shown += [part.strip() for part in message.split("\n")[1:] if part.startswith("    ")]
    lines = [each.strip() for each in text.split("\n")]
    assert shown and shown[0] in lines
    if line is not None:
        assert shown[0] == lines[line - 1]


@pytest.mark.parametrize(
    "name",
    ["missing key", "wrong type of option", "missing option", "bad level", "bad id", "bad category", "bad version", "missing language",
     "bad force", "bad verified", "no citation", "unknown years", "not a mapping"],
)  # fmt: skip
def test_a_broken_rule_shows_a_right_example(tmp_path: Path, name: str) -> None:
    old, new, _, _ = BROKEN[name]
    assert "例如：" in problem(tmp_path, RULE.replace(old, new, 1))


def test_everything_wrong_with_a_rule_is_said_at_once(tmp_path: Path) -> None:
    message = problem(
        tmp_path,
        RULE.replace("level: note", "level: fatal")
        .replace("since: 0.1.0", "since: x")
        .replace("force: 参照", "force: x"),
    )
    assert message.count("budget-too-round.yaml:") == 3


def test_a_file_too_deep_for_libyaml_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    for deep in (
        "with: " + "[" * 100_000,
        "with: " + "{a: " * 100_000,
        "\n".join(" " * 2 * n + "a:" for n in range(300)),
        "- " * 1000 + "a",
    ):
        message = problem(tmp_path, RULE.replace("with:\n  field: name\n  at_least: 2", deep))
        assert "嵌套" in message or "YAML" in message


def test_aliases_that_would_grow_without_end_are_refused(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))
    assert "别名" in problem(tmp_path, bomb)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    assert "字符" in problem(tmp_path, RULE + "#" * 1_000_001)


def test_a_file_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "budget-too-round.yaml"
    file.write_bytes(RULE.encode("gb18030"))
    with pytest.raises(PackError, match="budget-too-round.yaml"):
        read_rule(file, "ours", VOCABULARY, {})


def test_a_control_character_is_refused(tmp_path: Path) -> None:
    assert "budget-too-round.yaml" in problem(tmp_path, RULE.replace("level: note", "level: no\x01te"))


def test_words_yaml_would_turn_into_other_things_stay_words(tmp_path: Path) -> None:
    text = RULE.replace(
        "check: length\nwith:\n  field: name\n  at_least: 2",
        "check: one_of\nwith: {field: name, values: [no, 010, 12:30, 1.0, ~, 2023-01-01]}",
    )
    rule = read_rule(write(tmp_path, text), "ours", VOCABULARY, {})
    assert rule.options["values"] == ["no", "010", "12:30", "1.0", "~", "2023-01-01"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    text = RULE.replace(
        "select: projects\ncheck: length\nwith:\n  field: name\n  at_least: 2",
        f"select: percent_plans\ncheck: range\nwith: {{at_least: 0, at_most: {value}}}",
    )
    assert value in problem(tmp_path, text)


def test_an_expression_of_many_brackets_is_refused_like_any_other(tmp_path: Path) -> None:
    deep = "(" * 190 + "1" + ")" * 190
    text = RULE.replace(
        "check: length\nwith:\n  field: name\n  at_least: 2",
        f"check: expression\nwith: {{field: name, holds: '{deep}'}}",
    )
    assert "budget-too-round.yaml" in problem(tmp_path, text)


@pytest.mark.parametrize("bad", ["{{ text", "{% if %}", "{{ text | nosuch }}", "{% for a in text %}"])
def test_a_message_that_is_no_template_is_refused_when_the_rule_is_loaded(tmp_path: Path, bad: str) -> None:
    assert "budget-too-round.yaml:22" in problem(tmp_path, RULE.replace("zh: 名称“{{ text }}”太短", f'zh: "{bad}"'))


def test_the_words_of_a_message_may_not_name_what_its_check_does_not_give(tmp_path: Path, judged: Any) -> None:
    """Not known when the rule is loaded; then the document ends as not checked, never as a pass."""
    from tests.forms import form, project

    write(
        tmp_path, RULE.replace("名称“{{ text }}”太短", "名称“{{ texts }}”太短").replace("at_least: 2", "at_least: 99")
    )
    judgement = judged(form(project(1)), pack=open_pack(str(tmp_path)))
    assert [item.rule_id for item in judgement.not_checked] == ["budget-too-round"]
