"""Texts: patterns, lengths, two texts that should be one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any
from unicodedata import is_normalized, normalize

from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.patterns import compiled

LONGEST_SEARCHED = 2000
"""Characters of a text that a pattern is tried on, to keep long cells cheap; one that backtracks stays slow."""


_USUAL_PUNCTUATION = tuple(zip("，；：（）！？", ",;:()!?"))


def folded(text: str) -> str:
    """``text`` without white space and with one width of brackets, signs and digits."""
    return "".join(one_width(text).split())


fold: Callable[[str], str] = Remembered(folded).__getitem__
"""The same, remembering what it was asked: for names and other texts that come again."""


def one_width(text: str) -> str:
    """``text`` in Unicode's form NFKC: one width of brackets, signs and digits.

    What nearly every text is written with is replaced before: without it most texts have that form already, and
    bringing one to it takes thirty times as long as seeing that.
    """
    if is_normalized("NFKC", text):
        return text
    for wide, narrow in _USUAL_PUNCTUATION:
        text = text.replace(wide, narrow)
    return normalize("NFKC", text)


class Words:
    """Many words to look for in a text, by their first letters: of hundreds few can be in any one text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if word]
        self._by_letter: dict[str, list[int]] = {}
        for rank, word in enumerate(self._words):
            self._by_letter.setdefault(word[0], []).append(rank)

    def in_doubt(self, text: str) -> Iterable[tuple[int, str]]:
        """The words that may be in ``text``, each with its place among all of them, in no order."""
        letters = self._by_letter.keys() & set(text)
        ranks = [*chain.from_iterable(map(self._by_letter.__getitem__, letters))]
        return zip(ranks, map(self._words.__getitem__, ranks))


def pattern(read: Read, *, field: str, matches: list[str], found: bool = False) -> Judge:
    """``field`` matches one of the regular expressions ``matches`` as a whole; with ``found`` it must not contain one.

    White space is taken out first: a code broken over two lines of its cell is still the same code.
    """
    get = read(field)
    expressions = [compiled(text) for text in matches]

    def judge(node: Any, document: Any) -> Fact | None:
        text = get(node)
        if not text:
            return None
        text = "".join(text[:LONGEST_SEARCHED].split())
        if found:
            hit = next((match for match in (expression.search(text) for expression in expressions) if match), None)
            return Fact(field, {"text": text, "match": hit.group()}) if hit else None
        if any(expression.fullmatch(text) for expression in expressions):
            return None
        return Fact(field, {"text": text})

    return judge


def length(read: Read, *, field: str, at_least: int = 0, at_most: int = 1_000_000) -> Judge:
    """``field`` has between ``at_least`` and ``at_most`` characters, white space not counted."""
    get = read(field)

    def judge(node: Any, document: Any) -> Fact | None:
        text = get(node)
        if not text:
            return None
        count = len("".join(text.split()))
        if at_least <= count <= at_most:
            return None
        return Fact(field, {"text": text, "length": count, "at_least": at_least, "at_most": at_most})

    return judge


def equal_texts(read: Read, *, field: str, other: str, drop: list[str], lead: str) -> Judge:
    """``field`` and ``other`` say the same, endings in ``drop``, spaces, punctuation and character width aside.

    ``lead`` is what may stand in front of ``field`` besides: its number, in whatever style it is written.
    """
    get, get_other = read(field), read(other)
    leads = compiled(lead).fullmatch

    def judge(node: Any, document: Any) -> Fact | None:
        text, other_text = get(node), get_other(node)
        if not text or not other_text or text == other_text:
            return None
        for ending in drop:
            if text.endswith(ending) and text[: -len(ending)] == other_text:
                return None
        spellings, others = _spellings(text, drop), _spellings(other_text, drop)
        same_year = _same_years(text, other_text)
        if same_year and any(
            one.endswith(another) and (one == another or leads(one[: len(one) - len(another)]))
            for one in spellings
            for another in others
        ):
            return None
        bare = next((text[: -len(ending)] for ending in drop if text.endswith(ending)), text)
        return Fact(field, {"text": bare, "other": other_text}, (((node, other), "other"),))

    return judge


_IN_BRACKETS = compiled(r"\((\d{4}年?度?|\d+)\)$")
_YEARS = compiled(r"[（(](20\d\d)年?度?[）)]")


def _same_years(text: str, other: str) -> bool:
    """Whether two texts that both have years in brackets share one."""
    years, other_years = set(_YEARS.findall(text)), set(_YEARS.findall(other))
    return not years or not other_years or not years.isdisjoint(other_years)


def _spellings(text: str, drop: list[str]) -> set[str]:
    """``text`` folded to its letters, digits and ideographs, as it is and without each of the endings ``drop``.

    A year in brackets behind it does not count: titles carry it, names mostly do not.
    """
    whole = _IN_BRACKETS.sub("", fold(text).casefold())
    ends = ["", *(ending for ending in drop if whole.endswith(ending))]
    bare = (_IN_BRACKETS.sub("", whole[: len(whole) - len(ending)]) for ending in ends)
    return {"".join(filter(str.isalnum, words)) for words in bare}
