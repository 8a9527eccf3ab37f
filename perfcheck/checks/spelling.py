"""Words that every document of the kind has: with one character mistaken for another, and written twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from perfcheck.checks.phrases import LONGEST_TEXT, is_inside, places_of
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.finding import Fact
from perfcheck.model.passages import Prose


def misspelled(
    read: Read,
    *,
    words: list[str],
    characters: dict[str, str],
    known: dict[str, str],
    unless_inside: list[str],
    in_parts: list[str] = [],  # noqa: B006 -- never changed
    unless_in_parts: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No text has one of ``words`` with one of its ``characters`` taken for another.

    A misspelling that is a word of the list itself, one that is ``known`` (to another rule), and one inside the longer
    ``unless_inside`` is none. Only texts ``in_parts``, or none ``unless_in_parts``, are looked at.
    """
    not_empty("words", words)
    wrong_words = _misspellings(words, characters, known)

    def starts(wrong: str, text: str) -> Iterator[int]:
        for start in places_of(wrong, text):
            if not is_inside(text, start, start + len(wrong), unless_inside):
                yield start

    return _judge_words(wrong_words, starts, frozenset(in_parts), frozenset(unless_in_parts))


def doubled(read: Read, *, words: list[str], behind: list[str], known: dict[str, str]) -> Judge:
    """No text has one of ``words`` twice in a row, ``behind`` the second aside, nor those ``known`` to another rule."""
    not_empty("words", words)
    twice = {word + word: word for word in words if word + word not in known}
    follows = tuple(behind)

    def starts(wrong: str, text: str) -> Iterator[int]:
        for start in places_of(wrong, text):
            if not text.startswith(follows, start + len(wrong)):
                yield start

    return _judge_words(twice, starts, frozenset(), frozenset())


def _misspellings(words: Iterable[str], characters: dict[str, str], known: Iterable[str]) -> dict[str, str]:
    """Each of ``words`` with each character mistaken -> the word, longer ones first."""
    right_words, known_wrong = frozenset(words), frozenset(known)
    found: dict[str, str] = {}
    for word in sorted(right_words, key=lambda word: (-len(word), word)):
        for at, letter in enumerate(word):
            for other in characters.get(letter, ""):
                wrong = word[:at] + other + word[at + 1 :]
                if wrong not in right_words and wrong not in known_wrong:
                    found.setdefault(wrong, word)
    return found


def _judge_words(
    wrong_words: dict[str, str],
    starts: Callable[[str, str], Iterator[int]],
    parts: frozenset[str],
    unless_parts: frozenset[str],
) -> Judge:
    """A fact for the first of the places that ``starts`` gives of each of ``wrong_words`` in a text."""
    there: list[str] = []

    def with_words(nodes: Sequence[Any]) -> list[Any]:
        prose = nodes if isinstance(nodes, Prose) else Prose(nodes)
        letters, whole = prose.letters, prose.whole
        there[:] = [wrong for wrong in wrong_words if letters.issuperset(wrong) and wrong in whole]
        if not there:
            return []
        texts = {text for wrong in there for text in prose.texts if wrong in text}
        return [
            node
            for node in nodes
            if node.text in texts and node.part not in unless_parts and (not parts or node.part in parts)
        ]

    def judge(node: Any, document: Any) -> list[Fact]:
        text = node.text[:LONGEST_TEXT]
        taken: list[tuple[int, int]] = []
        facts = []
        for wrong in there:
            start = next(starts(wrong, text), -1) if wrong in text else -1
            end = start + len(wrong)
            if start < 0 or any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            facts.append(Fact("text", {"text": wrong, "expected": wrong_words[wrong]}, span=(start, end)))
        return facts

    return screened(judge, with_words)
