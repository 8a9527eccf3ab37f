"""Words that every document of the kind has: with one character mistaken for another, and written twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import add
from typing import Any, Generic, TypeVar
from weakref import ref

from perfcheck.checks.character_groups import Groups, Pairs
from perfcheck.checks.phrases import LONGEST_TEXT, is_inside, places_of
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.finding import Fact
from perfcheck.model.passages import Prose

LONG = 4
"""Characters of a word from which on no sequence is it by chance but for one character."""


Words = TypeVar("Words")
Form = tuple[str, str]
"""A pair of characters that a wrong form of a word has by what is wrong with it, and the wrong form."""


def misspelled(
    read: Read,
    *,
    words: list[str],
    characters: dict[str, str],
    known: dict[str, str],
    unless_inside: list[str],
    in_parts: list[str] = [],  # noqa: B006 -- never changed
    unless_in_parts: list[str] = [],  # noqa: B006 -- never changed
    homophones: list[str] = [],  # noqa: B006 -- never changed
    neighbours: list[str] = [],  # noqa: B006 -- never changed
    halves: list[str] = [],  # noqa: B006 -- never changed
    more_halves: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No text has one of ``words`` with one of its ``characters`` taken for another.

    In words of :data:`LONG` characters or more, where chance makes no such sequence, neither is one of a group of
    ``homophones`` taken for another of its group.

    A misspelling that is a word of the list itself, one that is ``known`` (to another rule), and one inside the longer
    ``unless_inside`` is none; nor is one of two characters the wrong one of which ends, or begins, one of the
    ``neighbours`` there: 更换|界碑. In words of four characters it is none where the half it is in is one of ``halves``
    or ``more_halves`` (清洁理 for 清洁 and 清理): 实时进度 is no 实施进度. Only texts ``in_parts``, or none
    ``unless_in_parts``, are looked at.
    """
    not_empty("words", words)
    wrong_words = _misspellings(Given(words), Given(characters), Given(known), Given(homophones))
    beside, words_of_two = frozenset(word for word in neighbours if len(word) == 2), Pairs([*halves, *more_halves])

    def is_chance(wrong: str, text: str, start: int) -> bool:
        end = start + len(wrong)
        if len(wrong) == 2:
            first = wrong[0] != wrong_words.right[wrong][0]  # it is the first character that belongs elsewhere
            if (text[max(0, start - 1) : start + 1] if first else text[end - 1 : end + 1]) in beside:
                return True
        if len(wrong) == LONG:
            begins_right = wrong[:2] == wrong_words.right[wrong][:2]
            half = wrong[2:] if begins_right else wrong[:2]
            if half in words_of_two:
                return True
        return is_inside(text, start, end, unless_inside)

    def starts(wrong: str, text: str) -> Iterator[int]:
        for start in places_of(wrong, text):
            if not is_chance(wrong, text, start):
                yield start

    return _judge_words(wrong_words, starts, frozenset(in_parts), frozenset(unless_in_parts))


def doubled(read: Read, *, words: list[str], behind: list[str], known: dict[str, str]) -> Judge:
    """No text has one of ``words`` twice in a row, ``behind`` the second aside, nor those ``known`` to another rule.

    Nor has one of :data:`LONG` characters or more one of its inner characters twice in a row, nor any its last one
    before something else than an ideograph.
    """
    not_empty("words", words)
    known_twice = frozenset(known)

    def forms(word: str, first: int, last: int) -> Iterator[Form]:
        if first > 0 or last < len(word):
            return  # both halves of the word stand in it
        if word + word not in known_twice:
            yield word[-1] + word[0], word + word
        if len(word) >= LONG:
            for at in range(1, len(word) - 1):  # the outer ones may be the next word's: 员工|工作效率
                yield word[at] * 2, word[: at + 1] + word[at:]
        if len(word) > 1 and word[-1] != word[-2]:
            yield word[-1] * 2, word + word[-1]

    twice = WrongWords(words, forms)
    follows = tuple(behind)

    def starts(wrong: str, text: str) -> Iterator[int]:
        ends_twice = wrong == twice.right[wrong] + wrong[-1]
        for start in places_of(wrong, text):
            end = start + len(wrong)
            if not text.startswith(follows, end) and not (ends_twice and "\u3400" <= text[end : end + 1] <= "\u9fff"):
                yield start

    return _judge_words(twice, starts, frozenset(), frozenset())


class Given(Generic[Words]):
    """An option of a rule, told from others by being the very same: lists of a pack are long, and one for all rules."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and other.words is self.words


@lru_cache(maxsize=4)
def _misspellings(
    words: Given[list[str]],
    characters: Given[dict[str, str]],
    known_to_another: Given[dict[str, str]],
    homophones: Given[list[str]],
) -> WrongWords:
    """Each of ``words`` with each character mistaken; one for all rules that speak of the same words."""
    alike = Groups(homophones.words)
    taken_for, known, right_words = characters.words, known_to_another.words, dict.fromkeys(words.words)

    def forms(word: str, first: int, last: int) -> Iterator[Form]:
        for at in range(first, last):
            letter, begin = word[at], max(0, at - 1)
            for other in taken_for.get(letter, "") + (alike[letter] if len(word) >= LONG else ""):
                wrong = word[:at] + other + word[at + 1 :]
                if wrong not in right_words and wrong not in known:
                    yield wrong[begin : begin + 2], wrong

    others: dict[str, str] = {}

    def marks(word: str, at: int) -> Iterator[str]:
        letter = word[at]
        if letter not in others:
            others[letter] = taken_for.get(letter, "") + alike[letter]
        return map(word[at - 1].__add__, others[letter]) if at else map(add, others[letter], repeat(word[1]))

    return WrongWords(words.words, forms, marks)


class WrongWords:
    """Wrong forms of words, each with the word it is meant for.

    ``forms`` gives those of a word that differ from it between two places. There are tens of thousands, and most stand
    in no document: of a long word only those are put together that have a half of it a document has, and what is wrong.
    ``marks`` gives what may be wrong at one place of a word, so that forms are made of few.
    """

    def __init__(
        self,
        words: list[str],
        forms: Callable[[str, int, int], Iterable[Form]],
        marks: Callable[[str, int], Iterable[str]] | None = None,
    ) -> None:
        self._forms = forms
        self._marks_at = marks
        self._marks: dict[tuple[str, int, int], tuple[str, ...]] = {}
        """Word, and between which places of it -> the pairs of characters its wrong forms have by what is wrong."""
        self.right: dict[str, str] = {}
        """Wrong word that was found -> the word it is meant for, the longest there is."""
        self._short: dict[str, list[tuple[str, str]]] = {}
        self._last: tuple[ref[Prose], list[str]] | None = None
        self._long = _by_halves(Given(words))
        for word in dict.fromkeys(words):
            if len(word) < LONG:
                for _, wrong in forms(word, 0, len(word)):
                    self._short.setdefault(wrong[:2], []).append((wrong, word))

    def in_prose(self, prose: Prose) -> list[str]:
        """Those that stand in ``prose``, of longer words first."""
        if self._last is not None and self._last[0]() is prose:
            return self._last[1]
        whole, pairs = prose.whole, prose.pairs
        there: dict[str, str] = {}
        for wrong, word in self._possible(pairs):
            if wrong[:2] in pairs and wrong[-2:] in pairs and wrong in whole:
                there[wrong] = min(there.get(wrong, word), word, key=_rank)
        self.right.update(there)
        found = sorted(there, key=lambda wrong: (*_rank(there[wrong]), wrong))
        self._last = ref(prose), found
        return found

    def _possible(self, pairs: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Wrong words, and those they are meant for, that a text with ``pairs`` of characters may have."""
        for pair in pairs & self._short.keys():
            yield from self._short[pair]
        for half in pairs & self._long.keys():
            for word in self._long[half]:
                begins, ends = word[:2] in pairs, word[-2:] in pairs
                if begins and ends and half != word[:2]:
                    continue  # it has its turn by its beginning
                first, last = 0 if ends else len(word) - 2, len(word) if begins else 2
                for start, stop in self._places(word, first, last, pairs):
                    for mark, wrong in self._forms(word, start, stop):
                        if mark in pairs:
                            yield wrong, word

    def _places(self, word: str, first: int, last: int, pairs: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Between which places of ``word`` a text with ``pairs`` may have it wrong."""
        if self._marks_at is None:
            asked = word, first, last
            if (marks := self._marks.get(asked)) is None:
                marks = self._marks[asked] = tuple({mark for mark, _ in self._forms(*asked)})
            if not pairs.isdisjoint(marks):
                yield first, last
            return
        if first == 0 and word[1:3] not in pairs:
            first = 1  # with the first character wrong the next two stand there
        if last == len(word) and word[-3:-1] not in pairs:
            last -= 1
        for at in range(first, last):
            if not pairs.isdisjoint(self._marks_at(word, at)):
                yield at, at + 1


@lru_cache(maxsize=4)
def _by_halves(words: Given[list[str]]) -> dict[str, list[str]]:
    """What the long ones of ``words`` begin and end with -> these; one for all rules that speak of the same words."""
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(words.words):
        if len(word) >= LONG:
            for half in {word[:2], word[-2:]}:
                found.setdefault(half, []).append(word)
    return found


def _rank(word: str) -> tuple[int, str]:
    """Puts longer words first."""
    return -len(word), word


def _judge_words(
    wrong_words: WrongWords,
    starts: Callable[[str, str], Iterator[int]],
    parts: frozenset[str],
    unless_parts: frozenset[str],
) -> Judge:
    """A fact for the first of the places that ``starts`` gives of each of ``wrong_words`` in a text."""
    there: list[str] = []

    def with_words(nodes: Sequence[Any]) -> list[Any]:
        prose = nodes if isinstance(nodes, Prose) else Prose(nodes)
        there[:] = wrong_words.in_prose(prose)
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
            facts.append(Fact("text", {"text": wrong, "expected": wrong_words.right[wrong]}, span=(start, end)))
        return facts

    return screened(judge, with_words)
