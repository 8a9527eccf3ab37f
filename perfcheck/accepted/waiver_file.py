"""The file of waivers: YAML, reviewed like everything else in the repository.

::

    schema: perfcheck-waivers-1
    waivers:
      - rule: spending-plan-over-100          # an id or a category, or several
        scope: {path: 文本/甲镇.txt, project: 村道养护经费}
        reason: 上年结转资金一并支出，已报财政局备案
        approver: 预算股 王某
        expiry: 2026-12-31                    # the last day it holds

An entry that is not plain waives nothing and is a finding of its own; a file that is no file of waivers ends the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from perfcheck.accepted.waived import Waived
from perfcheck.errors import PackError, SettingsError
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import RuleName, is_named
from perfcheck.rulebook.yaml_file import Marks, read_checked

SCHEMA = "perfcheck-waivers-1"
KEYS = ("rule", "scope", "reason", "approver", "expiry")
FORMAT = "2026-12-31"


class Reach(NamedTuple):
    """What a waiver is for; each part narrows it, None leaves it open."""

    path: str | None = None
    """A glob, counted from the folder of the file."""
    unit: str | None = None
    project: str | None = None
    indicator: str | None = None
    text: str | None = None


class Waiver(NamedTuple):
    """One entry: the rules and places it is for, and what it says of itself."""

    rules: tuple[str, ...]
    reach: Reach
    waived: Waived
    line: int
    column: int = 1


class Flaw(NamedTuple):
    """An entry that is not plain, and why."""

    message: str
    line: int
    name: str = ""


def read_waivers(path: str, rules: Sequence[RuleName]) -> tuple[list[Waiver], list[Flaw], list[str]]:
    """The waivers in a file, what is wrong with others, and the lines of the file.

    Raises :class:`SettingsError` for what is no file of waivers at all.
    """
    try:
        content, marks = read_checked(path)
    except PackError as error:
        hint = "（以 * 开头的路径要加引号）" if ": *" in str(error) else ""
        raise SettingsError(f"豁免文件读不了{hint}：{error} / the file of waivers cannot be read") from None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA or set(content) - {"schema", "waivers"}:
        raise SettingsError(
            f"{path}：不是豁免文件，应有 schema: {SCHEMA} 和 waivers: 两个键 / this is no file of waivers"
        )
    entries = content.get("waivers") or []
    if not isinstance(entries, list):
        raise SettingsError(f"{path}：waivers 应是一个列表，每条以“- rule:”开头 / waivers must be a list")
    waivers, flaws = [], []
    for index, entry in enumerate(entries):
        try:
            waivers.append(_waiver(entry, index, marks, rules))
        except Malformed as problem:
            named = entry.get("rule") if isinstance(entry, dict) else None
            line, _ = marks.of(("waivers", index, *problem.at))
            flaws.append(Flaw(str(problem), line, named if isinstance(named, str) else ""))
    return waivers, flaws, marks.lines


class Malformed(Exception):
    """An entry is not plain; ``at`` is the way to the key concerned."""

    def __init__(self, message: str, *at: str) -> None:
        super().__init__(message)
        self.at = at


def _waiver(entry: Any, index: int, marks: Marks, rules: Sequence[RuleName]) -> Waiver:
    if not isinstance(entry, dict):
        raise Malformed("每条豁免应是一组“键: 值”，以“- rule:”开头")
    _refuse_others(entry, KEYS, "")
    for key in KEYS:
        if key not in entry or entry[key] in ("", None, {}, []):
            raise Malformed(f"缺少“{key}”（{_WANTED[key]}）")
    for key in ("reason", "approver", "expiry"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise Malformed(f"“{key}”应是一句文字", key)
    names = rule_names(entry["rule"], rules)
    reach = _reach(entry["scope"])
    waived = Waived("external", entry["reason"].strip(), entry["approver"].strip(), day(entry["expiry"]).isoformat())
    line, column = marks.of(("waivers", index))
    return Waiver(names, reach, waived, line, column)


_WANTED = {
    "rule": "豁免哪条规则",
    "scope": "豁免哪里；整条规则都不要的，用 --ignore",
    "reason": "为什么",
    "approver": "谁批准的",
    "expiry": f"到哪一天为止，例：{FORMAT}",
}


def rule_names(given: Any, rules: Sequence[RuleName]) -> tuple[str, ...]:
    """The rules an entry names; raises for one that is not there."""
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise Malformed("“rule”应是规则编号或类别，或它们的列表", "rule")
    for name in names:
        if not any(is_named(name, rule) for rule in rules):
            known = [rule.id for rule in rules] + [rule.category for rule in rules]
            raise Malformed(f"没有规则或类别叫“{name}”{nearest(name, known)}", "rule")
    return tuple(names)


def day(text: str) -> date:
    """``2026-12-31`` as a day; raises for what is none."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or found.isoformat() != text.strip():
        raise Malformed(f"期限“{text}”不是日期，应写作 {FORMAT}", "expiry")
    return found


def _reach(scope: Any) -> Reach:
    if not isinstance(scope, dict):
        raise Malformed(f"“scope”应写明 {'、'.join(Reach._fields)} 里的一项或几项", "scope")
    _refuse_others(scope, Reach._fields, "scope")
    for key, value in scope.items():
        if not isinstance(value, str) or not value.strip():
            raise Malformed(f"“scope.{key}”是空的", "scope", key)
    return Reach(**{key: value.strip() for key, value in scope.items()})


def _refuse_others(given: dict[str, Any], known: Sequence[str], above: str) -> None:
    for key in given:
        if key not in known:
            raise Malformed(f"不认识的键“{key}”{nearest(key, known)}", *filter(None, (above, key)))


def nearest(word: str, known: Sequence[str]) -> str:
    """What may have been meant, in brackets."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, 1)
    return f"（是不是“{close[0]}”？）" if close else ""
