"""The JSON Schema of rule files, made from what rules may speak of; editors complete and check rules with it.

It is written to ``rules/rule.schema.json``. The rulebook's own checker says the same in Chinese with line and
excerpt; a test holds both against the same good and broken rules.
"""

from __future__ import annotations

from typing import Any

from perfcheck.finding import CONFIDENCES, LEVELS
from perfcheck.rulebook.options import option_types
from perfcheck.rulebook.rule_form import FORCES, IN_GROUPS, KEYS, OPTIONAL_KEYS, Vocabulary

NUMBER = {"type": ["number", "string"], "minimum": 0}
WORD_LIST = {"type": "string", "pattern": "^\\$.", "description": "$名字：规则包 vocabulary/*.yaml 里的词表"}
WORDS_OF_RULE = {"anyOf": [{"type": "array", "items": {"type": "string"}}, WORD_LIST]}
TYPES: dict[str, Any] = {
    "str": {"type": "string"},
    "bool": {"type": "boolean"},
    "int": {"type": "integer", "minimum": 0},
    "Share": {"type": "integer", "minimum": 0, "maximum": 100},
    "Percent": {"type": ["number", "string"], "minimum": 0, "maximum": 100},
    "Decimal": NUMBER,
    "list[str]": WORDS_OF_RULE,
    "dict[str, str]": {"anyOf": [{"type": "object", "additionalProperties": {"type": "string"}}, WORD_LIST]},
    "dict[str, Decimal]": {"anyOf": [{"type": "object", "additionalProperties": NUMBER}, WORD_LIST]},
    "dict[str, list[str]]": {"anyOf": [{"type": "object", "additionalProperties": WORDS_OF_RULE}, WORD_LIST]},
}
WORDS = {
    "type": "object",
    "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
CITATION = {
    "type": "object",
    "properties": {
        "document": {"type": "string", "minLength": 1},
        "number": {"type": "string"},
        "article": {"type": "string"},
        "force": {"enum": list(FORCES)},
        "verified": {"type": "boolean"},
        "from_year": {"type": "integer", "minimum": 2000, "maximum": 2099},
    },
    "required": ["document", "force", "verified"],
    "additionalProperties": False,
}
YEAR = {"type": "integer", "minimum": 2000, "maximum": 2099}


def rule_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Draft 2020-12 schema of one rule file."""
    selections = sorted(vocabulary.selections)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "perfcheck rule",
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)+$"},
            "title": WORDS,
            "category": {"type": "string", "pattern": "^[a-z]+\\.[a-z0-9_]+$"},
            "level": {"enum": list(LEVELS)},
            "confidence": {"enum": list(CONFIDENCES)},
            "since": {"type": "string", "pattern": "^\\d+\\.\\d+\\.\\d+$"},
            "citation": {"type": "array", "minItems": 1, "items": CITATION},
            "applies_to": {
                "type": "object",
                "properties": {
                    "budget_year": {
                        "anyOf": [
                            {"const": "known"},
                            {
                                "type": "object",
                                "properties": {"from": YEAR, "to": YEAR},
                                "minProperties": 1,
                                "additionalProperties": False,
                            },
                        ]
                    },
                    "layouts": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                },
                "minProperties": 1,
                "additionalProperties": False,
            },
            "gives_way_to": {"type": "array", "items": {"type": "string"}},
            "in_groups": {"enum": list(IN_GROUPS)},
            "select": {
                "anyOf": [
                    {"enum": selections},
                    {
                        "type": "object",
                        "properties": {
                            "nodes": {"const": "indicators"},
                            "targets": {
                                "type": "array",
                                "minItems": 1,
                                "items": {"enum": list(vocabulary.target_kinds)},
                            },
                        },
                        "required": ["nodes", "targets"],
                        "additionalProperties": False,
                    },
                ]
            },
            "check": {"enum": sorted(vocabulary.checks)},
            "with": {"type": "object"},
            "fix": _fix(vocabulary),
            "message": WORDS,
            "why": WORDS,
            "remedy": WORDS,
        },
        "required": [key for key in KEYS if key not in OPTIONAL_KEYS],
        "additionalProperties": False,
        "allOf": [
            {
                "if": {"properties": {"confidence": {"const": "low"}}},
                "then": {"properties": {"level": {"const": "note"}}},
            },
            *(
                {
                    "if": {"properties": {"check": {"const": name}}},
                    "then": {"properties": {"with": _options(check)}, **_with_required(check)},
                }
                for name, check in sorted(vocabulary.checks.items())
            ),
        ],
    }


def _fix(vocabulary: Vocabulary) -> dict[str, Any]:
    fixers = vocabulary.fixers()
    return {
        "type": "object",
        "properties": {
            "fixer": {"enum": sorted(fixers)},
            "with": {"type": "object"},
            "safe": {"type": "boolean"},
            "doubtful": {"type": "string"},
        },
        "required": ["fixer", "safe"],
        "additionalProperties": False,
        "allOf": [
            {
                "if": {"properties": {"fixer": {"const": name}}},
                "then": {"properties": {"with": _options(fixer)}, **_with_required(fixer)},
            }
            for name, fixer in sorted(fixers.items())
        ],
    }


def _options(check: Any) -> dict[str, Any]:
    types = option_types(check)
    return {
        "type": "object",
        "description": (check.__doc__ or "").split("\n")[0],
        "properties": {name: TYPES[kind] for name, kind in types.items()},
        "required": _required(check),
        "additionalProperties": False,
    }


def _with_required(check: Any) -> dict[str, Any]:
    return {"required": ["with"]} if _required(check) else {}


def _required(check: Any) -> list[str]:
    return sorted(set(option_types(check)) - set(check.__kwdefaults__ or {}))
