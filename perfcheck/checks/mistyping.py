"""Two characters that make no word, but would with one of them typed as another that sounds or looks alike."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from perfcheck.checks.character_groups import Pairs
from perfcheck.checks.phrases import LONGEST_TEXT, places_of
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.finding import Fact
from perfcheck.model.passages import Prose
from perfcheck.patterns import compiled

FIRST, LAST = "\u4e00", "\u9fff"
"""The first and the last of the characters that words are written with."""
BEGIN = ord(FIRST)
SIZE = ord(LAST) - BEGIN + 1
MOST_REMEMBERED = 2000
"""Pairs of characters known to be nothing to speak of; documents share most of theirs."""


def mistyped(
    read: Read,
    *,
    words: list[str],
    other_words: list[str],
    side_by_side: list[str],
    alone: list[str],
    sounds: list[str],
    shapes: list[str],
    most_texts: int,
    unless_in_parts: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No two characters of a text would be one of ``words`` with one of them taken for another.

    Another is one of the same group of ``sounds`` or ``shapes``. Two that are one of ``other_words`` or stand
    ``side_by_side`` in sound texts are right, and so are two one of which makes a word with the character before or
    behind both. Characters that are words ``alone`` are next to anything. What stands in more than ``most_texts`` of a
    document is a name. Texts ``unless_in_parts`` are left out. Items of the lists have spaces between groups, for a
    start is quicker with few long texts; in one of words 清洁理 is 清洁 and 清理.
    """
    not_empty("words", words)
    table = _Words(words, Pairs(other_words), Pairs(side_by_side), frozenset(alone), _Alike(sounds, shapes))
    left_out = frozenset(unless_in_parts)
    there: dict[str, list[str]] = {}

    def with_mistyped(nodes: Sequence[Any]) -> list[Any]:
        prose = nodes if isinstance(nodes, Prose) else Prose(nodes)
        there.clear()
        texts: set[str] = set()
        for pair, right in table.mistyped_in(prose.pairs):
            found = {text for text in prose.texts_with(pair) if table.place(pair, text) is not None}
            if 0 < len(found) <= most_texts:
                there[pair] = right
                texts |= found
        return [node for node in nodes if node.text in texts and node.part not in left_out] if texts else []

    def judge(node: Any, document: Any) -> list[Fact]:
        text = node.text[:LONGEST_TEXT]
        facts = []
        for pair, right in there.items():
            start = table.place(pair, text)
            if start is not None:
                word, other = (*right, "")[:2]
                facts.append(Fact("text", {"text": pair, "expected": word, "other": other}, span=(start, start + 2)))
        return facts

    return screened(judge, with_mistyped)


class _Alike:
    """Characters that sound or look alike."""

    def __init__(self, sounds: list[str], shapes: list[str]) -> None:
        self._sound = array("H", bytes(2 * SIZE))
        for number, group in enumerate(_groups("sounds", sounds), 1):
            for letter in group:
                self._sound[ord(letter) - BEGIN] = number
        self._shapes: dict[str, str] = {}
        for group in _groups("shapes", shapes):
            for letter in group:
                self._shapes[letter] = self._shapes.get(letter, "") + group

    def among(self, others: str, letter: str) -> list[str]:
        """Those of ``others`` that sound or look like ``letter``."""
        sound = self._sound
        number = sound[ord(letter) - BEGIN] if FIRST <= letter <= LAST else 0
        found = [other for other in others if sound[ord(other) - BEGIN] == number] if number else []
        if letter in self._shapes:
            shape = self._shapes[letter]
            found += [other for other in others if other in shape and other not in found]
        return found


class _Words:
    """Words of two characters, and what they may be mistyped as; a start has no time for more than two tables."""

    def __init__(self, words: list[str], others: Pairs, chance: Pairs, alone: frozenset[str], alike: _Alike) -> None:
        self._behind, self._before = _tables(words)
        self._others, self._chance, self._alone, self._alike = others, chance, alone, alike
        self._innocent: set[str] = set()

    def mistyped_in(self, pairs: frozenset[str]) -> list[tuple[str, list[str]]]:
        """Those of ``pairs`` that are no word, in order, each with the words it may have been meant for."""
        innocent = self._innocent
        if len(innocent) > MOST_REMEMBERED:
            innocent.clear()
        new = pairs - innocent
        found = [(pair, meant) for pair in new if (meant := self._meant(*pair))]
        innocent |= new
        innocent.difference_update([pair for pair, _ in found])
        return sorted(found)

    def _meant(self, first: str, second: str) -> list[str]:
        if first in self._alone or second in self._alone:
            return []
        behind, before = self._behind.get(first, ""), self._before.get(second, "")
        if second in behind:
            return []
        meant = [first + letter for letter in self._alike.among(behind, second)] if behind else []
        if before:
            meant += [letter + second for letter in self._alike.among(before, first)]
        pair = first + second
        return [] if not meant or pair in self._others or pair in self._chance else meant

    def place(self, pair: str, text: str) -> int | None:
        """Where ``pair`` first stands in ``text`` with neither of its characters part of a word beside it."""
        for start in places_of(pair, text):
            end = start + 2
            if start and self._is_word(text[start - 1], pair[0]):
                continue
            if end < len(text) and self._is_word(pair[1], text[end]):
                continue
            return start
        return None

    def _is_word(self, first: str, second: str) -> bool:
        return second in self._behind.get(first, "") or first + second in self._others


def _groups(option: str, items: list[str]) -> list[str]:
    """The groups of characters in ``items``; raises ``ValueError`` for one that no table has a place for."""
    joined = " ".join(items)
    other = compiled(f"[^ {FIRST}-{LAST}]").search(joined)
    if other:
        raise ValueError(f"{option} 里只写汉字，组与组之间空一格；写了“{other.group()}”")
    return joined.split()


def _tables(words: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Character -> what follows it in ``words``; character -> what stands before it there."""
    behind: dict[str, str] = {}
    before: dict[str, str] = {}
    for group in _groups("words", words):
        first = group[0]
        behind[first] = behind.get(first, "") + group[1:]
        for follower in group[1:]:
            before[follower] = before.get(follower, "") + first
    return behind, before
