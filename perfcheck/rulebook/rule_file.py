"""One rule file read and turned into a :class:`Rule`."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from perfcheck.errors import PackError
from perfcheck.rulebook.fix import Fix
from perfcheck.rulebook.options import OptionError, convert_options
from perfcheck.rulebook.rule import Citation, Rule, Text, YearRange
from perfcheck.rulebook.rule_form import Problem, Vocabulary, check_form, describe, selection_of
from perfcheck.rulebook.word_lists import WordLists, is_word_list, with_words

if TYPE_CHECKING:
    from perfcheck.rulebook.yaml_file import Marks


def build_rule(content: dict[str, Any], path: str, pack: str, vocabulary: Vocabulary, lists: WordLists) -> Rule:
    """The rule with ``content``, whose form must be known to be right; ``lists`` are the words its pack has."""
    select, targets = selection_of(content["select"])
    check = vocabulary.checks[content["check"]]
    given = content.get("with") or {}
    word_lists = frozenset(key for key, value in given.items() if is_word_list(value))
    options = convert_options(check, with_words(given, lists), word_lists)
    node = vocabulary.selections[select]
    judge = check(lambda field: vocabulary.getter(node, field), **options)
    years = None
    applies_to = content.get("applies_to") or {}
    if "budget_year" in applies_to:
        span = applies_to["budget_year"]
        ends = span if isinstance(span, dict) else {}
        years = YearRange(*(int(ends[end]) if end in ends else None for end in ("from", "to")))
    return Rule(
        content["id"],
        _text(content["title"]),
        content["category"],
        content["level"],
        content["confidence"],
        content["since"],
        tuple(_citation(item) for item in content["citation"]),
        years,
        tuple(applies_to.get("layouts") or ()),
        tuple(content.get("gives_way_to") or ()),
        select,
        targets,
        content["check"],
        options,
        word_lists,
        _text(content["message"]),
        _text(content["why"]),
        _text(content["remedy"]),
        pack,
        str(path),
        judge,
        getattr(judge, "screen", None),
        _fix(content["fix"], vocabulary, lists) if "fix" in content else None,
        content.get("in_groups") or "place",
    )


def read_rule(path: str, pack: str, vocabulary: Vocabulary, lists: WordLists) -> Rule:
    """The rule in ``path``; raises :class:`PackError` naming file, line, excerpt and a right example."""
    content, marks = read_content(path, vocabulary)
    return build_checked(content, marks, path, pack, vocabulary, lists)


def read_content(path: str, vocabulary: Vocabulary) -> tuple[dict[str, Any], Marks]:
    """What is written in ``path``, right in form; raises :class:`PackError` likewise."""
    from perfcheck.rulebook.yaml_file import read_checked

    content, marks = read_checked(str(path))
    problems = check_form(content, os.path.splitext(os.path.basename(path))[0], vocabulary)
    if problems:
        raise PackError("\n".join(describe(path, problem, marks) for problem in problems))
    return content, marks


def build_checked(
    content: dict[str, Any], marks: Marks, path: str, pack: str, vocabulary: Vocabulary, lists: WordLists
) -> Rule:
    """:func:`build_rule` for a file whose options may be wrong; raises :class:`PackError` likewise."""
    try:
        rule = build_rule(content, path, pack, vocabulary, lists)
    except FixOptionError as error:
        problem = Problem(("fix", "with", *error.path), str(error), error.example)
    except OptionError as error:
        problem = Problem(("with", *error.path), str(error), error.example)
    except (ValueError, re.error) as error:
        problem = Problem(("with",), str(error))
    else:
        found = _problem_of_fix(rule.fix)
        if found is None:
            return rule
        problem = found
    raise PackError(describe(path, problem, marks))


class FixOptionError(OptionError):
    """A wrong option of a fixer."""


def _fix(content: dict[str, Any], vocabulary: Vocabulary, lists: WordLists) -> Fix:
    try:
        options = with_words(content.get("with") or {}, lists)
    except OptionError as error:
        raise FixOptionError(str(error), error.path, error.example) from None
    return Fix(content["fixer"], options, content["safe"] == "true", content.get("doubtful") or "", vocabulary.fixers)


def _problem_of_fix(fix: Fix | None) -> Problem | None:
    """What is wrong with the options of a fixer, which are looked at when something is mended, or here."""
    try:
        if fix is not None:
            fix.make()
    except OptionError as error:
        return Problem(("fix", "with", *error.path), str(error), error.example)
    except (ValueError, re.error) as error:
        return Problem(("fix", "with"), str(error))
    return None


def _text(words: dict[str, str]) -> Text:
    return Text(words["zh"].strip(), words["en"].strip())


def _citation(item: dict[str, str]) -> Citation:
    return Citation(
        item["document"],
        item.get("number") or None,
        item.get("article") or None,
        item["force"],
        item["verified"] == "true",
        int(item["from_year"]) if item.get("from_year") else None,
    )
