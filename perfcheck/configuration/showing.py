"""What is in force for one file, told key by key with where it was written: ``perfcheck config show``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from perfcheck.config import FileGroup
from perfcheck.configuration.effective import Effective
from perfcheck.configuration.grouping import fitting_paths
from perfcheck.configuration.inheritance import DEFAULT
from perfcheck.configuration.selection import Override
from perfcheck.configuration.tailoring import TailoredRules, Tailoring
from perfcheck.model.document import Document
from perfcheck.rulebook.rule_form import Vocabulary

DEFAULTS: dict[str, Any] = {
    "fail-on": "error", "language": "zh", "year": None, "format": "text", "jobs": "auto", "cache-dir": None,
    "baseline": None, "waivers": None,
}  # fmt: skip
MOST_NAMED = 8
"""Rules that are off, named on one line; JSON has them all."""


def told(found: Effective, path: str, document: Document | None, vocabulary: Vocabulary) -> dict[str, Any]:
    """All that is in force for ``path`` as JSON has it; ``document`` is its content, where that could be read."""
    overrides = found.selection.overrides
    applied = fitting_paths(overrides, path)
    tailoring = Tailoring(found.selection, applied)
    group = FileGroup((path,), found.pack.value, None, "error", tailoring)
    whole: tuple[int, ...] = tuple(number for number in applied if number not in tailoring.inside)
    projects: dict[int, tuple[int, ...]] = {}
    if document is not None:
        whole, projects = TailoredRules(group, vocabulary).fitting(document)
    said = {"pack": {"value": found.pack.value, "source": None if found.pack.level < 0 else found.pack.where}}
    for key, default in DEFAULTS.items():
        value = found.inherited.values.get(key)
        said[key] = {"value": default if value is None else value.value, "source": value.where if value else None}
    for number in whole:
        if overrides[number].year is not None:
            said["year"] = {"value": overrides[number].year, "source": overrides[number].where}
    return {
        "file": path,
        "configuration": [file.shown for file in found.inherited.files],
        "settings": said,
        "reports": {
            name: {"value": value.value, "source": value.where} for name, value in found.inherited.reports.items()
        },
        "rules": _rules(found, whole),
        "overrides": [_override(number, each, whole, projects, document) for number, each in enumerate(overrides)],
        "locks": [
            {"subject": lock.subject, "levels": dict(lock.levels), "reason": lock.reason, "source": lock.where}
            for lock, _ in found.locks
        ],
    }


def _rules(found: Effective, applied: tuple[int, ...]) -> dict[str, Any]:
    rules = {}
    for rule_id, state in found.states(applied).items():
        content = found.contents.rules[rule_id].content
        level, where = state.level or (content["level"], "")
        options = {
            name: {"value": value, "source": source, "default": (content.get("with") or {}).get(name)}
            for name, (value, source) in state.options.items()
        }
        rules[rule_id] = {
            "on": state.on, "source": state.where or None, "level": level, "level_source": where or None,
            "level_of_pack": content["level"], "options": options,
        }  # fmt: skip
    return rules


def _override(
    number: int, override: Override, whole: tuple[int, ...], projects: Mapping[int, Any], document: Document | None
) -> dict[str, Any]:
    fits = [position for position, numbers in projects.items() if number in numbers and number not in whole]
    named = [] if document is None else [document.projects[at].name or document.projects[at].title for at in fits]
    applies: bool | None = number in whole or bool(fits)
    if document is None and override.is_inside:
        applies = None  # nobody has looked
    return {
        "source": override.where,
        "paths": list(override.paths),
        "layouts": list(override.layouts),
        "projects": list(override.projects),
        "changes": _said_by(override),
        "applies": applies,
        "fitting_projects": named,
    }


def _said_by(override: Override) -> dict[str, Any]:
    """What an override changes where it applies, in the words of the configuration file."""
    rules: dict[str, dict[str, Any]] = {}
    for setting in override.settings:
        of_rule = rules.setdefault(setting.selector, {})
        if setting.option is None:
            of_rule["level"] = setting.value
        else:
            of_rule.setdefault("with", {})[setting.option] = setting.value
    words = {"select": override.select, "extend-select": override.extend_select, "ignore": override.ignore}
    changes: dict[str, Any] = {key: [each.word for each in given] for key, given in words.items() if given}
    if rules:
        changes["rules"] = rules
    if override.year is not None:
        changes["year"] = override.year
    return changes


def as_text(told: Mapping[str, Any]) -> str:
    """The same for people; of rules only what differs from the pack."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield told["file"]
    files = told["configuration"]
    yield (
        "配置文件（下面的以上面的为基础） / configuration files:"
        if files
        else "没有配置文件，全是默认值 / no configuration file"
    )
    yield from (f"  {number}. {name}" for number, name in enumerate(files, 1))
    yield "设置 / settings:"
    for key, said in told["settings"].items():
        yield f"  {key + ':':12} {_value(said['value']):24} {said['source'] or DEFAULT}"
    for name, said in told["reports"].items():
        yield f"  {'reports.' + name + ':':12} {said['value']:24} {said['source']}"
    rules = told["rules"]
    on = sum(rule["on"] for rule in rules.values())
    yield f"规则 / rules: {len(rules)} 条，启用 {on} 条；改动如下 / changes:"
    changes = [*_switched_off(rules), *(line for rule_id in rules for line in _changes(rule_id, rules[rule_id]))]
    yield from changes or ["  （没有 / none）"]
    if told["overrides"]:
        yield "例外 / overrides:"
        for each in told["overrides"]:
            yield f"  {_scope(each)}  → {_flow(each['changes'])}  {_applies(each)}  {each['source']}"
    if told["locks"]:
        yield "锁定 / locks:"
        for lock in told["locks"]:
            levels = sorted(set(lock["levels"].values()))
            yield f"  {lock['subject']}  ≥ {'、'.join(levels)}  {lock['source']}  {lock['reason']}".rstrip()


def _switched_off(rules: Mapping[str, Any]) -> Iterator[str]:
    """A line for each place that switches rules off."""
    places: dict[str, list[str]] = {}
    for rule_id, rule in rules.items():
        if not rule["on"]:
            places.setdefault(rule["source"], []).append(rule_id)
    for place, ids in places.items():
        more = f" 等 {len(ids)} 条" if len(ids) > MOST_NAMED else ""
        yield f"  关 / off: {'、'.join(ids[:MOST_NAMED])}{more}  {place}"


def _changes(rule_id: str, rule: Mapping[str, Any]) -> Iterator[str]:
    if not rule["on"]:
        return
    if rule["level"] != rule["level_of_pack"]:
        yield f"  {rule_id}: level {rule['level_of_pack']} → {rule['level']}  {rule['level_source']}"
    for name, option in rule["options"].items():
        yield f"  {rule_id}: {name} {_value(option['default'])} → {_value(option['value'])}  {option['source']}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return "-" if value is None else str(value)


def _flow(value: Any) -> str:
    """``value`` as one line of YAML."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_nested(item)}" for key, item in value.items())
    return _value(value)


def _nested(value: Any) -> str:
    return "{" + _flow(value) + "}" if isinstance(value, dict) else _value(value)


def _scope(override: Mapping[str, Any]) -> str:
    return "，".join(
        f"{scope}: {'、'.join(override[scope])}" for scope in ("paths", "layouts", "projects") if override[scope]
    )


def _applies(override: Mapping[str, Any]) -> str:
    if override["applies"] is None:
        return "要读了文本才知道 / depends on the document"
    if not override["applies"]:
        return "不适用 / does not apply"
    projects = "、".join(override["fitting_projects"])
    return f"适用于 {projects} / applies" if projects else "适用 / applies"
