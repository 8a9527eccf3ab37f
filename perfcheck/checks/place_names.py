"""How a unit speaks of itself: as what it is, and by its own name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from perfcheck.checks.phrases import CLOSES_CLAUSE, LONGEST_TEXT, nodes_with, places_of
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.finding import Fact

QUOTES = {"《": "》", "“": "”", "「": "」", "〈": "〉"}
SAME = {"街道", "办事处"}
"""Two words for one level."""
SHORTEST_TO_VARY = 3
"""Characters of a name below which another character makes another place."""
LONGEST_NAME = 6
"""Characters of the proper name of a township, without what it is."""


def own_level(
    read: Read,
    *,
    levels: dict[str, list[str]],
    above: list[str],
    generic: list[str],
    leads: list[str],
    shared: list[str] = [],  # noqa: B006 -- never changed
    claims: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No text speaks of the unit as of another level than the one its name ends in.

    ``levels`` maps what a unit can be to the words it has for itself; ``above`` are the levels whose names stand in
    front. A word that begins with the level itself counts behind punctuation or one of ``leads`` only, for else it is
    part of another unit's name; within ``generic`` words and quotations none counts. One of ``shared``, which are said
    of townships in general, too, counts only with one of ``claims`` (我镇) in its clause. One fact for a word and text.
    """
    not_empty("levels", list(levels))
    get = read("text")
    levels_of_word: dict[str, set[str]] = {}
    for level, words in levels.items():
        for word in words:
            levels_of_word.setdefault(word, set()).add(level)
    level_names, lead_words = tuple(levels), tuple(leads)
    own_words = sorted(levels_of_word, key=lambda word: (word.startswith(level_names), -len(word)))

    @lru_cache(maxsize=1)
    def own(name: str) -> tuple[str, str]:
        return own_place(name, level_names, above)

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        place, level = own(document.unit.name or "")
        if not level:
            return
        text = get(node)[:LONGEST_TEXT]
        taken: list[tuple[int, int]] = []
        generic_places: list[tuple[int, int]] | None = None
        for word in own_words:
            if word not in text:
                continue
            if generic_places is None:
                generic_places = [*_occurrences(generic, text), *_quotations(text)]
            said = False
            for start in places_of(word, text):
                end = start + len(word)
                if any(start < stop and begin < end for begin, stop in taken):
                    continue
                taken.append((start, end))
                if said or level in levels_of_word[word] or _covered(start, end, generic_places):
                    continue
                if word in shared and not _claimed(text, start, claims):
                    continue
                if word.startswith(level_names) and not _may_begin(text, start, lead_words):
                    continue
                said = True
                values = {"text": word, "unit": place + level}
                yield Fact("text", values, span=(start, end))

    def with_words(nodes: Sequence[Any]) -> list[Any]:
        return nodes_with(own_words, nodes, get)

    return screened(judge, with_words)


def _occurrences(words: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    for word in words:
        for start in places_of(word, text):
            yield start, start + len(word)


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where titles and quotations stand in ``text``."""
    for opening, closing in QUOTES.items():
        end = 0
        while (start := text.find(opening, end)) >= 0 and (end := text.find(closing, start) + 1) > 0:
            yield start, end


def _covered(start: int, end: int, places: Iterable[tuple[int, int]]) -> bool:
    """Whether a word overlaps a generic word and is not longer at both ends: 全乡 in 健全乡村, 镇政府 in 乡镇政府."""
    return any(
        begin < end and start < stop and not (start <= begin and stop <= end and (begin, stop) != (start, end))
        for begin, stop in places
    )


def _claimed(text: str, at: int, claims: Iterable[str]) -> bool:
    """Whether the clause up to the next stop around ``at`` has one of ``claims``; 、 does not end it."""
    start = max(text.rfind(mark, 0, at) for mark in CLOSES_CLAUSE) + 1
    end = min((stop for mark in CLOSES_CLAUSE if (stop := text.find(mark, at)) >= 0), default=len(text))
    return any(claim in text[start:end] for claim in claims)


def _may_begin(text: str, start: int, leads: tuple[str, ...]) -> bool:
    """Whether a word may begin at ``start``: nothing stands before it, no ideograph, or one of ``leads``."""
    return start == 0 or not "\u3400" <= text[start - 1] <= "\u9fff" or text.endswith(leads, 0, start)


def own_name(
    read: Read,
    *,
    levels: list[str],
    above: list[str],
    fillers: list[str],
    alike: list[str],
    unless_behind: list[str],
    endings: list[str] = [],  # noqa: B006 -- never changed
    never_names: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """The unit's own place name is spelled in every text as in the unit's name.

    Another spelling has one of ``fillers`` more or less inside, or, in a name of three characters or more, one of the
    same group in ``alike`` instead of another, or lacks one of ``endings``, or has another of ``levels``
    behind it. In names of any length the first of a group of ``never_names`` is right and the others are none.
    ``unless_behind`` are words in front that make it another place's name.
    """
    not_empty("levels", levels)
    get = read("text")
    others = tuple(unless_behind)

    @lru_cache(maxsize=1)
    def variants(name: str) -> tuple[str, tuple[str, ...]]:
        place, level = own_place(name, tuple(levels), above)
        return place + level, (
            *(spelling + level for spelling in _spellings(place, fillers, alike)),
            *(spelling + level for spelling in _short_spellings(place, endings, never_names)),
            *(spelling + level for spelling in _swapped(place)),
            *(place + other for other in levels if level and other != level and {level, other} != SAME),
        )

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        own, wrong = variants(document.unit.name or "")
        text = get(node)[:LONGEST_TEXT]
        for name in wrong:
            at = text.find(name)
            if at >= 0 and not text.endswith(others, 0, at):
                yield Fact("text", {"text": name, "unit": own}, span=(at, at + len(name)))

    def with_levels(nodes: Sequence[Any]) -> list[Any]:
        return nodes_with(levels, nodes, get)

    return screened(judge, with_levels)


def _spellings(place: str, fillers: Iterable[str], alike: Iterable[str]) -> Iterator[str]:
    """Other ways to write ``place``: a filler more, a filler less, a character confused with another."""
    for at in range(1, len(place)):
        for filler in fillers:
            if filler not in place:
                yield place[:at] + filler + place[at:]
    if len(place) < SHORTEST_TO_VARY:
        return
    for at, letter in enumerate(place):
        if letter in fillers and 0 < at < len(place) - 1:
            yield place[:at] + place[at + 1 :]
        for group in alike:
            if letter in group:
                for other in group.replace(letter, ""):
                    yield place[:at] + other + place[at + 1 :]


def _short_spellings(place: str, endings: Iterable[str], never_names: Iterable[str]) -> Iterator[str]:
    """``place`` without its last character, and with one that no place is called by."""
    if len(place) >= SHORTEST_TO_VARY and place[-1] in endings:
        yield place[:-1]
    for group in never_names:
        at = place.find(group[0])
        if at >= 0:
            yield from (place[:at] + other + place[at + 1 :] for other in group[1:])


def _swapped(place: str) -> Iterator[str]:
    """``place``, of three characters or more, with two neighbours in each other's place."""
    if len(place) >= SHORTEST_TO_VARY:
        for at in range(len(place) - 1):
            if place[at] != place[at + 1]:
                yield place[:at] + place[at + 1] + place[at] + place[at + 2 :]


def own_place(name: str, levels: Sequence[str], above: Sequence[str]) -> tuple[str, str]:
    """The proper name and the level of a township out of the ``name`` of its unit; empty where it is none.

    青禾县云溪镇人民政府 is 云溪 and 镇: what stands between one of the levels ``above`` and one of ``levels``.
    """
    starts = {0, *(at + len(word) for word in above for at in places_of(word, name))}
    for start in sorted(starts, reverse=True):
        ends = [(at, -len(level), level) for level in levels if (at := name.find(level, start)) > start]
        if not ends:
            continue
        end, _, level = min(ends)
        place = name[start:end]
        if 1 < len(place) <= LONGEST_NAME and not any(map(place.__contains__, above)):
            return place, level
    return "", ""
