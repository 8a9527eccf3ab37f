"""The wording of a text: what it says with spelling, punctuation and numbers of items aside."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from perfcheck.checks.kinship import pairs
from perfcheck.checks.texts import LONGEST_SEARCHED, fold

MOST_REMEMBERED = 20_000
STOPS = "。；;,，."


class Bare(dict[str, str]):
    """The letters, digits and ideographs of a text without the numbers of its items; remembers what it was asked."""

    def __missing__(self, text: str) -> str:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        if text.isalnum() and (folded := fold(text)).isalnum():
            bare = folded.casefold()  # most names and descriptions: one line, no punctuation
        else:
            bare = "".join(map(_line, text[:LONGEST_SEARCHED].split("\n")))
        self[text] = bare
        return bare


bare_words = Bare()
"""One memory for all checks: they ask for the same names and descriptions."""


def whole(value: Any) -> str:
    """The text of a field: of goals, which are read item by item, all of them."""
    return "\n".join(value) if isinstance(value, tuple) else value or ""


def likeness(one: str, other: str) -> int:
    """How much of two texts is the same, in percent of both: the pairs of characters they share."""
    counts, others = Counter(pairs(one)), Counter(pairs(other))
    size = counts.total() + others.total()
    return 200 * (counts & others).total() // size if size else 0


def unnumbered(text: str) -> str:
    """A line as it is written, without the number of its item and the stop behind it."""
    text = text.strip()
    return text[_length_of_number(text) :].strip().rstrip(STOPS)


class Sentence(NamedTuple):
    """A sentence or clause: its bare words and the characters of the text it stands in."""

    words: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of ``text``, those of one line that ends without a stop too."""
    return _pieces(_stops().finditer(text))


def clauses(text: str) -> list[Sentence]:
    """The parts of ``text`` between any two marks of punctuation but the one that joins words in a row."""
    return _pieces(_breaks().finditer(text))


def _pieces(matches: Any) -> list[Sentence]:
    found = []
    for match in matches:
        words = _line(match.group())
        if words:
            found.append(Sentence(words, match.start() + _length_of_number(match.group()), match.end()))
    return found


def _line(text: str) -> str:
    text = fold(text).casefold()
    return "".join(filter(str.isalnum, text[_number_of(text) :]))


def _number_of(text: str) -> int:
    match = _number().match(text)
    return match.end() if match else 0


def _length_of_number(text: str) -> int:
    """The characters of ``text`` that the number of its item takes, as they are written."""
    folded = _number_of(fold(text))
    length = 0
    while folded > 0:
        folded -= len(fold(text[length]))
        length += 1
    return length


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        r"\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、:)]|\.(?!\d))"
    )


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"[^\s。！？!?；;][^\n。！？!?；;]*")


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(r"[^\s。！？!?；;，,：:][^\n。！？!?；;，,：:]*")
