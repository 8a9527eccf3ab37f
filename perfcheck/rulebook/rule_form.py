"""The form of a rule file: its keys, what may stand in each, and what to say of one that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from perfcheck.finding import CONFIDENCES, LEVELS
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled
from perfcheck.rulebook.word_lists import SIGN

if TYPE_CHECKING:
    from perfcheck.rulebook.yaml_file import Marks

KEYS = (
    "id", "title", "category", "level", "confidence", "since", "citation", "applies_to", "gives_way_to", "in_groups",
    "select", "check", "with", "fix", "message", "why", "remedy",
)  # fmt: skip
"""Keys of a rule file in the order they are written."""
OPTIONAL_KEYS = ("applies_to", "gives_way_to", "in_groups", "with", "fix")
FIX_KEYS = frozenset(("fixer", "with", "safe", "doubtful"))
IN_GROUPS = ("place", "message")
FORCES = ("直接", "参照", "惯例")
_ID = compiled(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_CATEGORY = compiled(r"[a-z]+\.[a-z0-9_]+")
_VERSION = compiled(r"\d+\.\d+\.\d+")


class Vocabulary(NamedTuple):
    """What rules may speak of, handed in as tables so that the rulebook need not know checks or model."""

    checks: Mapping[str, Callable[..., Any]]
    selections: Mapping[str, str]
    """Name of a selection -> kind of node it yields."""
    fields: Mapping[str, frozenset[str]]
    """Kind of node -> fields a rule may name."""
    target_kinds: tuple[str, ...]
    getter: Callable[[str, str], Callable[[Any], Any]]
    fixers: Callable[[], Mapping[str, Callable[..., Any]]] = dict
    """Gives the fixers by name, for they are loaded only when something is to be mended."""


class Problem(NamedTuple):
    """Something wrong in a rule file: where, what and how it should look."""

    path: tuple[str | int, ...]
    message: str
    example: str = ""


def check_form(content: Any, stem: str, vocabulary: Vocabulary) -> list[Problem]:
    """Everything wrong with the form of a rule; options are checked when the check takes them."""
    if not isinstance(content, dict):
        return [Problem((), "规则文件应是一组“键: 值”", "id: budget-not-positive")]
    if not isinstance(content.get("check", ""), str):
        return [Problem(("check",), "check 应是一个检查的名字", "check: present")]
    problems = [Problem((key,), f"不认识的键“{key}”{_nearest(key, KEYS)}") for key in content if key not in KEYS]
    for key in KEYS:
        if key not in content and key not in OPTIONAL_KEYS:
            problems.append(Problem((), f"缺少“{key}”", _EXAMPLES.get(key, "")))
    if problems:
        return problems
    problems.extend(_check_words(content, stem))
    problems.extend(_check_messages(content["message"]))
    problems.extend(_check_citation(content["citation"]))
    problems.extend(_check_years(content.get("applies_to")))
    if "fix" in content:
        problems.extend(_check_fix(content["fix"], vocabulary.fixers()))
    check = content["check"]
    if check not in vocabulary.checks:
        problems.append(Problem(("check",), f"没有叫“{check}”的检查{_nearest(check, vocabulary.checks)}"))
    if isinstance(content["select"], dict) and set(content["select"]) - {"nodes", "targets"}:
        problems.append(Problem(("select",), "select 写一个名字，或写 nodes 和 targets", "select: projects"))
    select, targets = selection_of(content["select"])
    if select not in vocabulary.selections:
        problems.append(Problem(("select",), f"没有叫“{select}”的选取范围{_nearest(select, vocabulary.selections)}"))
    else:
        if targets and vocabulary.selections[select] != "indicator":
            problems.append(Problem(("select", "targets"), "targets 只能用在 indicators 上"))
        for kind in targets:
            if kind not in vocabulary.target_kinds:
                problems.append(
                    Problem(("select", "targets"), f"没有“{kind}”这种指标值{_nearest(kind, vocabulary.target_kinds)}")
                )
        problems.extend(check_fields(content, vocabulary.fields[vocabulary.selections[select]]))
    return problems


_EXAMPLES = {
    "id": "id: budget-not-positive",
    "title": "title: {zh: 预算数不是正数, en: Budget is not positive}",
    "category": "category: budget.format",
    "level": "level: error",
    "confidence": "confidence: high",
    "gives_way_to": "gives_way_to: [value-malformed]",
    "in_groups": "in_groups: message",
    "since": "since: 0.1.0",
    "citation": "citation: [{document: 中华人民共和国预算法, article: 第十九条, force: 直接, verified: true}]",
    "select": "select: projects",
    "check": "check: present",
    "fix": 'fix: {fixer: write, with: {text: "{{ expected }}"}, safe: true}',
    "message": "message: {zh: 预算数“{{ text }}”不是正数, en: The budget {{ text }} is not positive}",
    "why": "why: {zh: …, en: …}",
    "remedy": "remedy: {zh: …, en: …}",
}


def _check_words(content: dict[str, Any], stem: str) -> list[Problem]:
    problems = []
    if not isinstance(content["id"], str) or not _ID.fullmatch(content["id"]):
        problems.append(Problem(("id",), "id 应是两到四个用连字符连接的小写英文词", _EXAMPLES["id"]))
    elif content["id"] != stem:
        problems.append(Problem(("id",), f"id 应与文件名相同（文件名是 {stem}.yaml）", f"id: {stem}"))
    if not isinstance(content["category"], str) or not _CATEGORY.fullmatch(content["category"]):
        problems.append(Problem(("category",), "category 应是缺陷目录里的类别", _EXAMPLES["category"]))
    if content["level"] not in LEVELS:
        problems.append(Problem(("level",), f"level 只能是 {'、'.join(LEVELS)}", _EXAMPLES["level"]))
    if content["confidence"] not in CONFIDENCES:
        problems.append(
            Problem(("confidence",), f"confidence 只能是 {'、'.join(CONFIDENCES)}", _EXAMPLES["confidence"])
        )
    elif content["confidence"] == "low" and content["level"] in ("error", "warning"):
        problems.append(Problem(("level",), "把握不大（confidence: low）的规则，level 只能是 note", "level: note"))
    ways = content.get("gives_way_to", [])
    if not isinstance(ways, list) or not all(isinstance(way, str) for way in ways):
        problems.append(Problem(("gives_way_to",), "gives_way_to 应是规则编号或类别的列表", _EXAMPLES["gives_way_to"]))
    if content.get("in_groups", "place") not in IN_GROUPS:
        problems.append(Problem(("in_groups",), f"in_groups 只能是 {'、'.join(IN_GROUPS)}", _EXAMPLES["in_groups"]))
    if not isinstance(content["since"], str) or not _VERSION.fullmatch(content["since"]):
        problems.append(Problem(("since",), "since 应是版本号", _EXAMPLES["since"]))
    for key in ("title", "message", "why", "remedy"):
        text = content[key]
        if (
            not isinstance(text, dict)
            or set(text) != {"zh", "en"}
            or not all(isinstance(words, str) and words.strip() for words in text.values())
        ):
            problems.append(Problem((key,), f"{key} 应有中文（zh）和英文（en）两种文字", f"{key}: {{zh: …, en: …}}"))
    return problems


def _check_messages(message: Any) -> list[Problem]:
    """Messages are Jinja templates; one that Jinja cannot compile would fail when something is found."""
    from perfcheck.jinja import Environment, TemplateError

    problems = []
    for language, text in message.items() if isinstance(message, dict) else ():
        try:
            Environment(autoescape=False).from_string(str(text))
        except TemplateError as error:
            problems.append(Problem(("message", language), f"消息模板写法有误：{error.message}", _EXAMPLES["message"]))
    return problems


def _check_citation(citation: Any) -> list[Problem]:
    if not isinstance(citation, list) or not citation:
        return [Problem(("citation",), "citation 应是依据的列表，至少一条", _EXAMPLES["citation"])]
    problems = []
    for index, item in enumerate(citation):
        at = ("citation", index)
        if not isinstance(item, dict) or not item.get("document"):
            problems.append(Problem(at, "依据应写明文件名 document", _EXAMPLES["citation"]))
            continue
        for key in set(item) - {"document", "number", "article", "force", "verified", "from_year"}:
            problems.append(Problem((*at, key), f"依据里没有“{key}”这一项"))
        if item.get("force") not in FORCES:
            problems.append(Problem((*at, "force"), f"force 只能是 {'、'.join(FORCES)}", "force: 参照"))
        if not re.fullmatch(r"20\d\d", item.get("from_year") or "2000"):
            problems.append(Problem((*at, "from_year"), "from_year 应是四位年份", "from_year: 2021"))
        if item.get("verified") not in ("true", "false"):
            problems.append(Problem((*at, "verified"), "verified 只能是 true 或 false", "verified: false"))
    return problems


def _check_years(applies_to: Any) -> list[Problem]:
    if applies_to is None:
        return []
    example = "applies_to: {budget_year: {from: 2021}}"
    if not isinstance(applies_to, dict) or not applies_to or set(applies_to) - {"budget_year", "layouts"}:
        return [Problem(("applies_to",), "applies_to 只能写 budget_year 和 layouts", example)]
    layouts = applies_to.get("layouts", ["any"])
    if not isinstance(layouts, list) or not layouts or not all(isinstance(name, str) for name in layouts):
        return [Problem(("applies_to", "layouts"), "layouts 应是表样编号的列表", "applies_to: {layouts: [hebei-2021]}")]
    years = applies_to.get("budget_year", "known")
    if years == "known":
        return []
    if not isinstance(years, dict) or not years or set(years) - {"from", "to"}:
        return [Problem(("applies_to", "budget_year"), "budget_year 写 known，或写 from、to", example)]
    if not all(isinstance(year, str) and re.fullmatch(r"20\d\d", year) for year in years.values()):
        return [Problem(("applies_to", "budget_year"), "年份应是四位数字", example)]
    if len(years) == 2 and years["from"] > years["to"]:
        return [Problem(("applies_to", "budget_year"), "from 比 to 晚，没有一年适用", example)]
    return []


def _check_fix(fix: Any, fixers: Mapping[str, Any]) -> list[Problem]:
    """The form of ``fix``; its options are checked when the fixer takes them."""
    if not isinstance(fix, dict) or not {"fixer", "safe"} <= set(fix) or set(fix) - FIX_KEYS:
        return [Problem(("fix",), "fix 写 fixer 和 safe，可以写 with 和 doubtful", _EXAMPLES["fix"])]
    problems = []
    if fix["fixer"] not in fixers:
        problems.append(Problem(("fix", "fixer"), f"没有叫“{fix['fixer']}”的改法{_nearest(fix['fixer'], fixers)}"))
    if fix["safe"] not in ("true", "false"):
        problems.append(Problem(("fix", "safe"), "safe 只能是 true 或 false", _EXAMPLES["fix"]))
    if not isinstance(fix.get("with") or {}, dict):
        problems.append(Problem(("fix", "with"), "with 应是一组“选项: 值”", _EXAMPLES["fix"]))
    if not isinstance(fix.get("doubtful", ""), str):
        problems.append(Problem(("fix", "doubtful"), "doubtful 写检查给出的一个值的名字", "doubtful: unsure"))
    return problems


def check_fields(content: dict[str, Any], fields: frozenset[str]) -> list[Problem]:
    """Fields named in ``with`` exist on the selected kind of node; a dead name would silently judge nothing."""
    problems = []
    options = content.get("with") or {}
    if not isinstance(options, dict):
        return [Problem(("with",), "with 应是一组“选项: 值”")]
    if content["select"] == "document" and content["check"] in ("unique", "same_everywhere"):
        return []  # their field is one of the projects'
    for key in ("field", "fields", "other", "total", "parts", "positive"):
        named = options.get(key, [])
        for field in named if isinstance(named, list) else [named]:
            if isinstance(field, str) and field not in fields and not field.startswith(SIGN):
                problems.append(Problem(("with", key), f"选取的部分没有“{field}”{_nearest(field, fields)}"))
    return problems


def selection_of(select: Any) -> tuple[str, tuple[str, ...]]:
    """The name of a selection and the kinds of target it is restricted to, as ``select`` of a rule has them."""
    if isinstance(select, dict):
        return str(select.get("nodes", "")), tuple(select.get("targets") or ())
    return str(select), ()


def _nearest(word: Any, known: Any) -> str:
    from difflib import get_close_matches

    close = get_close_matches(str(word), list(known), 1)
    return f"，是不是“{close[0]}”？" if close else f"，可用的有：{'、'.join(sorted(known))}"


def describe(path: str, problem: Problem, marks: Marks) -> str:
    """One problem as people read it: file, line and column, what, the line itself, a right example."""
    line, column = marks.of(problem.path)
    excerpt = marks.lines[line - 1].rstrip() if line <= len(marks.lines) else ""
    text = f"{path}:{line}:{column}：{problem.message}\n    {line} | {excerpt}"
    return text + (f"\n    例如：{problem.example}" if problem.example else "")
