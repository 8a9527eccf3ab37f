"""Selectors: how rules are chosen by id, category, the beginning of a category or a pattern with ``*``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfcheck.rulebook.rule import RuleName, is_named


def chosen(word: str, rules: Iterable[RuleName]) -> list[str]:
    """The ids of the rules ``word`` chooses."""
    return [rule.id for rule in rules if is_named(word, rule)]


def nearest(word: str, rules: Sequence[RuleName]) -> str:
    """What to say of a selector that chooses nothing: the likeliest ones meant."""
    from difflib import get_close_matches

    known = {rule.id for rule in rules} | {rule.category for rule in rules}
    known |= {rule.category.partition(".")[0] for rule in rules}
    close = get_close_matches(word.strip("*."), sorted(known), 2, 0.6)
    return f"是不是：{'、'.join(close)}？" if close else "用 perfcheck rules 看全部规则。"
