"""The form of a configuration file: its keys, and what may stand in each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from perfcheck.config import FIRST_YEAR, LAST_YEAR
from perfcheck.configuration.config_file import ConfigFile
from perfcheck.finding import LEVELS
from perfcheck.rulebook.rule_form import Problem

FAIL_ON = (*LEVELS, "never")
LANGUAGES = ("zh", "en")
UNSET = ("", "~", "null")
"""Written instead of a value: as if no level above had set the key."""
WORD_KEYS = ("select", "extend-select", "ignore", "extend-ignore")
PLAIN_KEYS = ("pack", "fail-on", "language", "year", "format", "jobs", "cache-dir", "baseline", "waivers")
KEYS = ("root", "extends", "packs", *PLAIN_KEYS, *WORD_KEYS, "reports", "rules", "overrides", "locks")
SCOPES = ("paths", "layouts", "projects")
OVERRIDE_KEYS = (*SCOPES, "select", "extend-select", "ignore", "rules", "year")
EXAMPLES = {
    "root": "root: true",
    "extends": "extends: ../perfcheck.yaml",
    "pack": "pack: hebei",
    "packs": "packs: [hebei, 规则/我县]",
    "fail-on": "fail-on: warning",
    "language": "language: zh",
    "year": "year: 2025",
    "format": "format: text",
    "jobs": "jobs: auto",
    "cache-dir": "cache-dir: .perfcheck-cache",
    "baseline": "baseline: perfcheck-baseline.json",
    "waivers": "waivers: perfcheck-waivers.yaml",
    "select": "select: [plan, value-over-100]",
    "extend-select": "extend-select: [value-over-100]",
    "ignore": "ignore: [punctuation-half-width]",
    "extend-ignore": "extend-ignore: [punctuation-half-width]",
    "reports": "reports: {sarif: 结果.sarif, markdown: 摘要.md}",
    "rules": "rules: {basis-vague: {level: warning, with: {longest: 20}}}",
    "overrides": "overrides: [{paths: [2021年/**], ignore: [goals-blank]}]",
    "paths": "paths: [2021年/**, '*.docx']",
    "layouts": "layouts: [hebei-2021]",
    "projects": "projects: [13050025P0000000*, 村道养护经费]",
    "level": "level: warning",
    "with": "with: {longest: 20}",
}
WORDS_OF_ENGLISH = {
    "severity": "rules", "exclude": "overrides", "per-file-ignores": "overrides", "lang": "language",
    "extend": "extends", "thresholds": "rules", "options": "rules", "output-format": "format",
}  # fmt: skip
"""What other tools call a key, or what comes to mind first -> our word for it."""


def problems_of(file: ConfigFile, formats: Iterable[str]) -> list[Problem]:
    """Everything wrong with the form of ``file``; names of rules are held against the packs later."""
    content = file.content
    if not isinstance(content, dict):
        return [Problem((), "配置文件应是一组“键: 值”", EXAMPLES["pack"])]
    problems = [_unknown((), key, KEYS) for key in content if key not in KEYS]
    for key in content:
        if key in PLAIN_KEYS:
            problems.extend(_plain(key, content[key], tuple(formats)))
        elif key in (*WORD_KEYS, "packs"):
            problems.extend(_words((key,), content[key], key))
    if content.get("packs") == []:
        problems.append(Problem(("packs",), "packs 是空的，没有规则可用", EXAMPLES["packs"]))
    if "pack" in content and "packs" in content:
        problems.append(Problem(("packs",), "pack 和 packs 只写一个", EXAMPLES["packs"]))
    if content.get("root", "true") not in ("true", "false"):
        problems.append(Problem(("root",), "root 只能是 true 或 false", EXAMPLES["root"]))
    extends = content.get("extends", [])
    if extends in UNSET or (not isinstance(extends, str) and not _is_words(extends)):
        problems.append(Problem(("extends",), "extends 写一个文件或规则包，或它们的列表", EXAMPLES["extends"]))
    problems.extend(_reports(content.get("reports", {}), tuple(formats)))
    problems.extend(_rules(("rules",), content.get("rules", {})))
    overrides = content.get("overrides", [])
    if not isinstance(overrides, list):
        problems.append(Problem(("overrides",), "overrides 应是一个列表，每项写明适用范围", EXAMPLES["overrides"]))
    else:
        for index, override in enumerate(overrides):
            problems.extend(_override(("overrides", index), override))
    return problems


def _plain(key: str, value: Any, formats: tuple[str, ...]) -> list[Problem]:
    def wrong(words: str) -> list[Problem]:
        return [Problem((key,), words, EXAMPLES[key])]

    if not isinstance(value, str):
        return wrong(f"{key} 应是一个值")
    if value in UNSET:
        return []
    closed = {"fail-on": FAIL_ON, "language": LANGUAGES, "format": formats}.get(key)
    if closed and value not in closed:
        return wrong(f"{key} 只能是 {'、'.join(closed)}，写的是“{value}”{_close(value, closed)}")
    if key == "year":
        return [Problem((key,), *wrong_year) for wrong_year in _year(value)]
    if key == "jobs" and value != "auto" and not (value.isascii() and value.isdecimal() and int(value) > 0):
        return wrong(f"jobs 写进程数（1 以上）或 auto，写的是“{value}”")
    return []


def _year(value: str) -> list[tuple[str, str]]:
    if re.fullmatch(r"\d{4}", value, re.ASCII) and FIRST_YEAR <= int(value) <= LAST_YEAR:
        return []
    return [(f"year 应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，写的是“{value}”", EXAMPLES["year"])]


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _words(at: tuple[str | int, ...], value: Any, key: str) -> list[Problem]:
    return [] if _is_words(value) else [Problem(at, f"{key} 应是一个列表", EXAMPLES[key])]


def _reports(value: Any, formats: tuple[str, ...]) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem(("reports",), "reports 写“格式: 文件”", EXAMPLES["reports"])]
    problems = []
    for name, file in value.items():
        if name not in formats:
            problems.append(
                Problem(("reports", name), f"没有“{name}”这种格式{_close(name, formats)}", EXAMPLES["reports"])
            )
        elif not isinstance(file, str):
            problems.append(Problem(("reports", name), "一种格式写一个文件", EXAMPLES["reports"]))
        elif file == "-":
            problems.append(Problem(("reports", name), "这里写文件名，屏幕上的一份由 format 管", EXAMPLES["reports"]))
    return problems


def _rules(at: tuple[str | int, ...], value: Any) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem(at, "rules 写“规则编号: {level: …, with: {…}}”", EXAMPLES["rules"])]
    problems = []
    for name, change in value.items():
        here = (*at, name)
        if not isinstance(change, dict) or not change:
            problems.append(Problem(here, "一条规则下面写 level 或 with", EXAMPLES["rules"]))
            continue
        problems.extend(_unknown(here, key, ("level", "with")) for key in change if key not in ("level", "with"))
        level = change.get("level", LEVELS[0])
        if level in ("off", "ignore", "false", "none"):
            problems.append(Problem((*here, "level"), "要关掉一条规则，把它写进 ignore", f"ignore: [{name}]"))
        elif level not in LEVELS:
            words = f"level 只能是 {'、'.join(LEVELS)}，写的是“{level}”{_close(str(level), LEVELS)}"
            problems.append(Problem((*here, "level"), words, EXAMPLES["level"]))
        if not isinstance(change.get("with", {}), dict):
            problems.append(Problem((*here, "with"), "with 写“选项: 值”", EXAMPLES["with"]))
    return problems


def _override(at: tuple[str | int, ...], value: Any) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem(at, "overrides 的每一项写范围和改动", EXAMPLES["overrides"])]
    problems = [_unknown(at, key, OVERRIDE_KEYS) for key in value if key not in OVERRIDE_KEYS]
    for key in (*SCOPES, "select", "extend-select", "ignore"):
        if key in value:
            problems.extend(_words((*at, key), value[key], key))
            if key in SCOPES and value[key] == []:
                problems.append(Problem((*at, key), f"{key} 是空的，什么也对不上", EXAMPLES[key]))
    if not any(key in value for key in SCOPES):
        problems.append(Problem(at, "没有写范围：paths、layouts、projects 至少写一个", EXAMPLES["overrides"]))
    if not any(key in value for key in OVERRIDE_KEYS if key not in SCOPES):
        problems.append(Problem(at, "只写了范围，没有写改什么", EXAMPLES["overrides"]))
    problems.extend(_rules((*at, "rules"), value.get("rules", {})))
    if "year" in value:
        if "layouts" in value or "projects" in value:
            problems.append(Problem((*at, "year"), "year 只能按 paths 写：表样和项目要先知道年度才看得出来"))
        year = value["year"]
        problems.extend(Problem((*at, "year"), *wrong) for wrong in _year(year if isinstance(year, str) else ""))
    return problems


def _unknown(at: tuple[str | int, ...], key: str, known: Iterable[str]) -> Problem:
    meant = WORDS_OF_ENGLISH.get(key)
    near = _close(key.replace("_", "-"), known) if meant not in tuple(known) else f"，是不是“{meant}”？"
    return Problem((*at, key), f"不认识的键“{key}”{near or '，可用的有：' + '、'.join(known)} / unknown key", "")


def _close(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f"，是不是“{close[0]}”？" if close else ""
