"""How an office of a county, city or district speaks of itself: neither as of a township nor by another's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from perfcheck.checks.phrases import LONGEST_TEXT, nodes_with, places_of
from perfcheck.checks.place_names import own_place
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.finding import Fact

LONGEST_PLACE = 6
SHORTEST_OFFICE = 3
"""Characters of what an office is called without its place: 民政局."""


def own_office(
    read: Read, *, townships: list[str], above: list[str], words: list[str], generic: list[str], trimmings: list[str]
) -> Judge:
    """No text of an office above the township says ``words`` of a township for itself, or misnames the office.

    Its name is a place, one of the levels ``above`` and what it is, ``trimmings`` at the end aside. Misnamed it has
    another of these levels behind its own place, or one of ``townships`` in front of what it is. Units that are
    townships, words within ``generic`` ones and units without a place are left alone.
    """
    not_empty("above", above)
    get = read("text")
    ends = tuple(trimmings)

    @lru_cache(maxsize=1)
    def wrong_names(name: str) -> tuple[str, ...]:
        if own_place(name, townships, above)[1]:
            return ()
        cuts = sorted((at, -len(level), level) for level in above if (at := name.find(level, 2)) >= 2)
        if not cuts or cuts[0][0] > LONGEST_PLACE:
            return ()
        at, _, level = cuts[0]
        place, office = name[:at], name[at + len(level) :]
        for end in ends:
            office = office.removesuffix(end)
        if len(office) < SHORTEST_OFFICE:
            return tuple(words)
        others = (place + other + office for other in above if other != level)
        return (*words, *(one for one in others if one not in name), *(town + office for town in townships))

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        name = document.unit.name or ""
        wrong = wrong_names(name)
        text = get(node)[:LONGEST_TEXT] if wrong else ""
        for word in wrong:
            start = next((at for at in places_of(word, text) if not _is_part(text, at, word, generic)), -1)
            if start >= 0:
                yield Fact("text", {"text": word, "unit": name}, span=(start, start + len(word)))

    def with_words(nodes: Sequence[Any]) -> list[Any]:
        return nodes_with([*words, *townships, *above], nodes, get)

    return screened(judge, with_words)


def _is_part(text: str, start: int, word: str, longer: Sequence[str]) -> bool:
    """Whether the ``word`` at ``start`` overlaps one of the ``longer`` words that is not within it."""
    end = start + len(word)
    return any(
        begin < end and start < begin + len(each) and not (start <= begin and begin + len(each) <= end)
        for each in longer
        for begin in places_of(each, text)
    )
