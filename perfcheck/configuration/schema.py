"""The JSON Schema of ``perfcheck.yaml``, made from the keys there are, the rules of a pack and the options of checks.

It is written to ``docs/schemas/config.schema.json``; ``perfcheck config schema`` prints it with the rules of any pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from perfcheck.config import FIRST_YEAR, LAST_YEAR
from perfcheck.configuration.form import FAIL_ON, LANGUAGES
from perfcheck.finding import LEVELS
from perfcheck.rulebook import Pack
from perfcheck.rulebook.options import option_types
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.rulebook.schema import TYPES

WORDS = {"type": "array", "items": {"type": "string", "minLength": 1}}
TEXT = {"type": "string"}
UNSET = {"type": "null"}
LEVEL = {"enum": list(LEVELS)}


def config_schema(pack: Pack, vocabulary: Vocabulary, formats: Iterable[str]) -> dict[str, Any]:
    """Draft 2020-12 schema of a configuration file; rules of packs other than ``pack`` are left to perfcheck."""
    assert pack.contents is not None
    selectors = {"$ref": "#/$defs/selectors"}
    year = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    named = [rule.id for rule in pack.rules]
    categories = sorted({rule.category for rule in pack.rules})
    names = [format for format in formats if format != "template"]
    properties: dict[str, Any] = {
        "root": {"type": "boolean", "description": "true：不再往上找配置文件"},
        "extends": {"anyOf": [TEXT, WORDS], "description": "要继承的配置文件或规则包，路径从这个文件算起"},
        "pack": {"anyOf": [TEXT, UNSET], "description": "规则包的名字或文件夹"},
        "packs": {**WORDS, "minItems": 1, "description": "几个规则包一起用"},
        "fail-on": {"enum": [*FAIL_ON, None], "description": "到哪一级算不通过"},
        "language": {"enum": [*LANGUAGES, None], "description": "报告的语言"},
        "year": {"anyOf": [year, UNSET], "description": "预算年度；不写就从文本里找"},
        "format": {"enum": [*names, None], "description": "显示用的格式"},
        "reports": {
            "type": "object",
            "propertyNames": {"enum": names},
            "additionalProperties": TEXT,
            "description": "另写的报告，格式: 文件",
        },
        "jobs": {
            "anyOf": [{"type": "integer", "minimum": 1}, {"const": "auto"}, UNSET],
            "description": "同时用几个进程",
        },
        "cache-dir": {"anyOf": [TEXT, UNSET], "description": "查过的结果存在哪里"},
        "baseline": {"anyOf": [TEXT, UNSET], "description": "旧问题的基线文件"},
        "waivers": {"anyOf": [TEXT, UNSET], "description": "豁免文件"},
        "select": {**selectors, "description": "只用这些规则或类别"},
        "extend-select": {**selectors, "description": "也用这些，上级关掉的也再启用"},
        "ignore": {**selectors, "description": "不用这些规则或类别；代替上级写的"},
        "extend-ignore": {**selectors, "description": "上级关掉的之外，也不用这些"},
        "rules": {"$ref": "#/$defs/rules"},
        "overrides": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "paths": {**WORDS, "minItems": 1},
                    "layouts": {**WORDS, "minItems": 1},
                    "projects": {**WORDS, "minItems": 1},
                    "select": selectors,
                    "extend-select": selectors,
                    "ignore": selectors,
                    "rules": {"$ref": "#/$defs/rules"},
                    "year": year,
                },
                "anyOf": [{"required": [scope]} for scope in ("paths", "layouts", "projects")],
                "additionalProperties": False,
            },
            "description": "某些路径、表样、项目的例外",
        },
        "locks": {
            "type": "array",
            "items": {
                "anyOf": [
                    {"$ref": "#/$defs/selector"},
                    {
                        "type": "object",
                        "properties": {"rule": {"$ref": "#/$defs/selector"}, "level": LEVEL, "reason": TEXT},
                        "required": ["rule"],
                        "additionalProperties": False,
                    },
                    {
                        "type": "object",
                        "properties": {"fail-on": LEVEL, "reason": TEXT},
                        "required": ["fail-on"],
                        "additionalProperties": False,
                    },
                ]
            },
            "description": "锁定的规则和级别，下级不能放宽",
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "perfcheck configuration",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": {
            "selector": {"anyOf": [{"enum": [*named, *categories]}, {"type": "string", "minLength": 1}]},
            "selectors": {"type": "array", "items": {"$ref": "#/$defs/selector"}},
            "rules": {
                "type": "object",
                "properties": _rules(pack),
                "additionalProperties": _change({"type": "object"}),
            },
            **_options(pack, vocabulary),
            **{kind.replace(", ", " "): schema for kind, schema in TYPES.items()},
        },
    }


def _rules(pack: Pack) -> dict[str, Any]:
    return {
        rule.id: {"description": rule.title.zh, **_change({"$ref": f"#/$defs/options of {rule.check}"})}
        for rule in pack.rules
    }


def _options(pack: Pack, vocabulary: Vocabulary) -> dict[str, Any]:
    """The options of each check, which several rules may have; their types by name."""
    return {
        f"options of {check}": {
            "type": "object",
            "properties": {
                name: {"$ref": f"#/$defs/{kind.replace(', ', ' ')}"}
                for name, kind in option_types(vocabulary.checks[check]).items()
            },
            "additionalProperties": False,
        }
        for check in sorted({rule.check for rule in pack.rules})
    }


def _change(options: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"level": LEVEL, "with": options},
        "minProperties": 1,
        "additionalProperties": False,
    }
