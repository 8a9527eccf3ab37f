"""Kinship of tables: which have (nearly) the same contents, and which of those are for different purposes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, KeysView, Mapping, Sequence
from itertools import chain, islice
from operator import add
from sys import intern
from typing import Any

from perfcheck.checks.texts import Words, fold
from perfcheck.memories import Remembered

MOST_COMPARED = 50
"""Tables any one is compared with: keeps a document of ten thousand tables as cheap, table by table, as one of ten."""

Features = Sequence[Hashable]
"""What a table is compared by: its rows, its goals, …; their order does not count."""
Traits = frozenset[str]
"""What the name of a project says of its purpose, see :class:`Purposes`."""


Purposed = Mapping[int, Traits] | Sequence[Traits]
"""The traits of each table, by its index."""


class Purposes:
    """What the names of projects say of their purpose: pairs of characters, and the kinds of spending they belong to.

    ``generic`` words (funds, years …) say nothing of it, nor do figures, the words of the unit's own name and what
    stands in brackets behind others; ``vague`` words count only where a name has no better ones. ``kinds`` gives words
    that mean the same kind of spending.
    """

    def __init__(self, generic: Sequence[str], kinds: dict[str, list[str]], vague: Sequence[str] = ()) -> None:
        self._generic = SaidAnywhere(generic)
        self._with_vague = SaidAnywhere([*generic, *vague])
        self._kinds = [(word, kind) for kind, words in kinds.items() for word in words]
        self._known = Remembered(self._traits)

    def of(self, project: Any) -> Traits:
        """The traits of ``project``; none where its name says nothing of what it is for."""
        return self._known[project.name or "", project.unit.name or ""]

    def of_each(self, projects: Sequence[Any]) -> Mapping[int, Traits]:
        """The traits of ``projects`` by their index, each found when it is asked for."""
        return _OfEach(self, projects)

    def _traits(self, names: tuple[str, str]) -> Traits:
        name, unit = map(fold, names)
        kinds = {f"={kind}" for word, kind in self._kinds if word in name}
        own = set(pairs(unit))
        attempts = (
            words.pairs_outside(text) - own
            for words in (self._with_vague, self._generic)
            for text in (_outside_brackets(name), name)
        )
        return frozenset(next(filter(None, attempts), set()) | kinds)


class _OfEach(dict[int, Traits]):
    def __init__(self, purposes: Purposes, projects: Sequence[Any]) -> None:
        super().__init__()
        self._purposes = purposes
        self._projects = projects

    def __missing__(self, index: int) -> Traits:
        traits = self[index] = self._purposes.of(self._projects[index])
        return traits


class SaidAnywhere:
    """Generic words, which say nothing of what a text is about, and what is left of a text without them.

    They are taken out one after the other, the longest first, so that none loses a part to a shorter one.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = Words(sorted(dict.fromkeys(map(fold, words)), key=len, reverse=True))

    def pairs_outside(self, text: str) -> set[str]:
        """The pairs of characters of the folded ``text`` in what is left between these words and figures."""
        for _, word in sorted(self._words.in_doubt(text)):
            text = text.replace(word, " ")
        found: set[str] = set()
        for piece in text.split():
            for word in (piece,) if piece.isalpha() else _words_in(piece):
                # the same few thousand pairs come in all texts: one of each is enough
                found.update(map(intern, map(add, word, word[1:])) if len(word) > 1 else (word,))
        return found


def _words_in(text: str) -> list[str]:
    """The runs of letters and ideographs of ``text``."""
    return "".join([each if each.isalpha() else " " for each in text]).split()


def differ(one: Traits, other: Traits) -> bool:
    """Whether two purposes have nothing in common; a name that says nothing differs from none."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters of ``text``."""
    return list(map(add, text, text[1:]))


def ideograph_pairs(text: str) -> set[str]:
    """Those of two ideographs, with no sign, digit or letter in them."""
    return {pair for pair in pairs(text) if min(pair) >= "\u3400" and max(pair) <= "\u9fff"}


def copies_for_other_purposes(
    features: Sequence[Features], purposes: Purposed, *, share: int, fewest: int
) -> Iterator[tuple[int, int, list[int]]]:
    """Tables that have (nearly) the same features as others whose purpose differs.

    ``features`` and ``purposes`` have an entry for each table. Two tables are alike when ``share`` percent of the
    features of the larger are also the other's; with less than ``fewest`` features a table is like none. Gives for
    each table found its index, how many tables are alike, itself included, and those of them for other purposes, at
    most :data:`MOST_COMPARED`. Takes time in proportion to the number of tables.
    """
    groups: dict[frozenset[Hashable], list[int]] = {}
    for index, each in enumerate(features):
        distinct = frozenset(each)
        if len(distinct) >= fewest:
            groups.setdefault(distinct, []).append(index)
    members = list(groups.values())
    if len(members) == sum(map(len, members)) and len(frozenset().union(*groups)) == sum(map(len, groups)):
        return  # no two tables have anything in common
    for near in _neighbours([dict.fromkeys(features[first]).keys() for first, *_ in members], share):
        count = sum(len(members[position]) for position in near)
        if count == 1:
            continue
        chosen = (members[position] for position in near)
        if count > MOST_COMPARED:
            chosen = (_varied(each, purposes) for each in chosen)
        alike = list(islice(chain.from_iterable(chosen), MOST_COMPARED))
        for index in members[near[0]]:
            others = [other for other in alike if differ(purposes[index], purposes[other])]
            if others:
                yield index, count, sorted(others)


def _varied(members: Sequence[int], purposes: Purposed) -> list[int]:
    """The first of ``members`` for each purpose, at most :data:`MOST_COMPARED`."""
    first: dict[Traits, int] = {}
    for index in members:
        if len(first) == MOST_COMPARED:
            break
        first.setdefault(purposes[index], index)
    return list(first.values())


def _neighbours(sets: Sequence[KeysView[Hashable]], share: int) -> Iterator[list[int]]:
    """Of each of ``sets`` the positions of those alike, its own first.

    Sets that share so many features share one of their few rarest: only those are looked up, the rarest first, and of
    each no more than :data:`MOST_COMPARED` sets.
    """
    counts = Counter(feature for each in sets for feature in each)
    order = {feature: rank for rank, (feature, _) in enumerate(reversed(counts.most_common()))}
    ranked = [sorted(map(order.__getitem__, each)) for each in sets]
    few = [len(each) - _needed(len(each), share) + 1 for each in ranked]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for position, (each, size) in enumerate(zip(ranked, few)):
        for feature in each[:size]:
            if len(holders[feature]) < MOST_COMPARED:
                holders[feature].append(position)
    members = list(map(frozenset, ranked))
    for position, (each, size) in enumerate(zip(ranked, few)):
        own = members[position]
        others = {other for feature in each[:size] for other in holders[feature]} - {position}
        if len(each) >= 2 * size:  # a set alike has at least one of any so many features, of the next rarest, too
            next_few = each[size : 2 * size]
            others = {other for other in others if not members[other].isdisjoint(next_few)}
        near = [position]
        for other in sorted(others):
            if len(own & members[other]) >= _needed(max(len(own), len(members[other])), share):
                near.append(other)
        yield near


def _needed(size: int, share: int) -> int:
    """How many features two sets must share, the larger of which has ``size``."""
    return -(-size * share // 100)


def _outside_brackets(text: str) -> str:
    outside, depth = [], 0
    for character in text:
        depth += (character == "(") - (character == ")" and depth > 0)
        if not depth and character != ")":
            outside.append(character)
    return "".join(outside)
