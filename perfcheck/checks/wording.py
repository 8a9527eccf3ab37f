"""The wording of a text: what it says with spelling, punctuation and numbers of items aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from perfcheck.checks.kinship import pairs
from perfcheck.checks.texts import LONGEST_SEARCHED, fold, one_width
from perfcheck.memories import MOST, Memory
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled

STOPS = "。；;,，."
STOPS_OF_SENTENCES = "。！？!?；;"
BREAKS_OF_SENTENCES = "\n" + STOPS_OF_SENTENCES
BREAKS_OF_CLAUSES = STOPS_OF_SENTENCES + "，,：:"


class Bare(Memory[str, str]):
    """The letters, digits and ideographs of a text without the numbers of its items; remembers what it was asked."""

    def find(self, text: str) -> str:
        """The bare words of ``text``."""
        if text.isalnum() and (bare := fold(text).casefold()).isalnum():
            return bare  # most names and descriptions: one line, no punctuation
        if "\n" in text:
            return "".join(_words_of_lines(text[:LONGEST_SEARCHED]))
        return _line(text[:LONGEST_SEARCHED])

    def learn(self, texts: Iterable[str]) -> None:
        """Read many ``texts`` in one go, which costs a fraction of asking for each."""
        new = [text for text in texts if text not in self]
        if len(self) + len(new) > MOST:
            self.clear()
        self.update(zip(new, self.of_each(new)))

    @staticmethod
    def of_each(texts: Sequence[str]) -> Iterator[str]:
        """The same of many ``texts``, found in one go and not remembered: long ones seldom come again."""
        return map("".join, _words_of_lines_in([text[:LONGEST_SEARCHED] for text in texts]))


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


def most_alike(one: str, other: str) -> int:
    """What :func:`likeness` cannot be above, by the characters one of the texts has alone: a quick look."""
    if one == other:
        return 100
    letters, others = set(one), set(other)
    # a character belongs to one or two pairs, and two of them to the same one at best
    common = min(
        len(one) - 1 - len(letters - others) // 2,
        len(other) - 1 - len(others - letters) // 2,
    )
    size = len(one) + len(other) - 2
    return 200 * max(common, 0) // size if size else 0


def unnumbered(text: str) -> str:
    """A line as it is written, without the number of its item and the stop behind it."""
    text = text.strip()
    return text[_length_of_number(text) :].strip().rstrip(STOPS)


class Sentence(NamedTuple):
    """A sentence or clause: its bare words and the characters of the text it stands in."""

    words: str
    start: int
    end: int


def may_be_several(text: str) -> bool:
    """A quick look whether ``text`` can have more than one of the :func:`sentences`: a stop or line break inside."""
    last = len(text) - 1
    return any(0 <= text.find(sign) < last for sign in BREAKS_OF_SENTENCES)


def words_of_sentences(text: str) -> list[str]:
    """The words of the :func:`sentences` of ``text``, all found at once; some may be empty."""
    return _words_of_lines(_in_lines(text, STOPS_OF_SENTENCES))


def words_of_sentences_in(texts: Sequence[str]) -> Iterator[list[str]]:
    """The :func:`words_of_sentences` of each of ``texts``, all found at once."""
    return _words_of_lines_in([_in_lines(text, STOPS_OF_SENTENCES) for text in texts])


def words_of_clauses(text: str) -> list[str]:
    """The words of the :func:`clauses` of ``text``, all found at once; some may be empty."""
    return _words_of_lines(_in_lines(text, BREAKS_OF_CLAUSES))


def words_of_clauses_in(texts: Sequence[str]) -> Iterator[list[str]]:
    """The :func:`words_of_clauses` of each of ``texts``, all found at once."""
    return _words_of_lines_in([_in_lines(text, BREAKS_OF_CLAUSES) for text in texts])


def _in_lines(text: str, signs: str) -> str:
    """``text`` with each of ``signs`` a line break; sign by sign, which is the fastest way in Python."""
    for sign in signs:
        if sign in text:
            text = text.replace(sign, "\n")
    return text


def _words_of_lines_in(texts: Sequence[str]) -> Iterator[list[str]]:
    """What :func:`_line` makes of each line of each of ``texts``."""
    words = iter(_words_of_lines("\n".join(texts)))
    return (list(islice(words, text.count("\n") + 1)) for text in texts)


def _words_of_lines(text: str) -> list[str]:
    """What :func:`_line` makes of each line of ``text``."""
    text = compiled(r"[^\S\n]+").sub("", one_width(text)).casefold()
    text = compiled(rf"^(?:{_NUMBER})", re.MULTILINE).sub("", text)
    return compiled(r"[^\w\n]+").sub("", text).replace("_", "").split("\n")


def sentences(text: str) -> list[Sentence]:
    """The sentences of ``text``, those of one line that ends without a stop too."""
    return _pieces(compiled(_SENTENCE).finditer(text))


def clauses(text: str) -> list[Sentence]:
    """The parts of ``text`` between any two marks of punctuation but the one that joins words in a row."""
    return _pieces(compiled(_CLAUSE).finditer(text))


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
    if text[:1] not in _NUMBERS_BEGIN:
        return 0
    match = compiled(_NUMBER).match(text)
    return match.end() if match else 0


def _length_of_number(text: str) -> int:
    """The characters of ``text`` that the number of its item takes, as they are written."""
    folded = _number_of(fold(text))
    length = 0
    while folded > 0:
        folded -= len(fold(text[length]))
        length += 1
    return length


_NUMBER = r"\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、:)]|\.(?!\d))"
_NUMBERS_BEGIN = frozenset("(0123456789一二三四五六七八九十")
_SENTENCE = rf"[^\s{STOPS_OF_SENTENCES}][^\n{STOPS_OF_SENTENCES}]*"
_CLAUSE = rf"[^\s{BREAKS_OF_CLAUSES}][^\n{BREAKS_OF_CLAUSES}]*"
