"""Phrases in a text: what a judge of sentences shares with the next one, and pairs of wrong and right words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import Prose
from perfcheck.model.selections import Rows

LONGEST_TEXT = 20_000
"""Characters of one text that are looked at; nobody writes more into a cell or a paragraph."""
MOST_HITS = 40
"""Places in one text that are pointed at; whoever has mended so many will look at the rest."""
CLOSES_CLAUSE = "。；;！!？?，,、）)”\n"
Hit = tuple[dict[str, Any], tuple[int, int]]
"""Values for the message and the characters they are about."""
Get = Callable[[Any], Any]


def hits_in(
    field: str, get: Get, find: Callable[[str], Iterable[Hit]], signs: Iterable[str] = (), parts: Iterable[str] = ()
) -> Judge:
    """A fact for each place that ``find`` points at in ``field``, which ``get`` reads with its outer space off.

    Texts without any of the characters ``signs`` and of other ``parts``, if there are some, are not asked about.
    """
    found = Remembered[str, Any](lambda text: tuple(islice(find(text[:LONGEST_TEXT]), MOST_HITS)))
    needed, wanted = frozenset(signs), frozenset(parts)

    def judge(node: Any, document: Any) -> list[Fact]:
        return [Fact(field, values, span=span) for values, span in found[get(node) or ""]]

    def with_hits(nodes: Sequence[Any]) -> Sequence[Any]:
        if wanted:
            nodes = [node for node in nodes if node.part in wanted]
        if isinstance(nodes, Prose) and field == "text":
            return [] if needed and needed.isdisjoint(nodes.letters) else nodes.with_text_in(found)
        if needed:
            nodes = [node for node in nodes if not needed.isdisjoint(get(node) or "")]
        return [node for node in nodes if found[get(node) or ""]]

    return screened(judge, with_hits)


def nodes_with_text_in(wanted: Mapping[str, Any], nodes: Sequence[Any], signs: str = "") -> Sequence[Any]:
    """The passages of ``nodes`` to whose text ``wanted`` has something to say; with ``signs`` only texts with one."""
    if isinstance(nodes, Prose):
        return nodes.with_text_in(wanted, signs)
    return [node for node in nodes if wanted[node.text]]


def rows_with_text_in(wanted: Mapping[str, Any], nodes: Sequence[Any], *fields: str) -> Sequence[Any]:
    """The indicators of ``nodes`` of which ``wanted`` has something to say to the text of one of ``fields``."""
    return (nodes if isinstance(nodes, Rows) else Rows(nodes)).with_text_in(wanted, *fields)


def nodes_with(words: Iterable[str], nodes: Sequence[Any], get: Get) -> list[Any]:
    """The ``nodes`` whose text has one of ``words``: all texts are searched as one, which costs next to nothing."""
    if isinstance(nodes, Prose):
        whole, letters = nodes.whole, nodes.letters
    else:
        whole = "\n".join({text for node in nodes if (text := get(node))})
        letters = frozenset(whole)
    there = [word for word in words if letters.issuperset(word) and word in whole]
    if not there:
        return []
    return [node for node in nodes if (text := get(node)) and any(map(text.__contains__, there))]


def places_of(word: str, text: str) -> Iterable[int]:
    """Where ``word`` begins in ``text``, each time it comes."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def is_inside(text: str, start: int, end: int, longer: Sequence[str]) -> bool:
    """Whether characters ``start`` to ``end`` are part of one of the ``longer`` words."""
    for word in longer:
        lead = word.find(text[start:end])
        if lead >= 0 and text.startswith(word, start - lead) and start >= lead:
            return True
    return False


def confusions(
    read: Read,
    *,
    field: str,
    words: dict[str, str],
    only_with: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    not_with: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    unless_inside: list[str] = [],  # noqa: B006 -- never changed
    ends_clause: bool = False,
) -> Judge:
    """``field`` has none of the wrong ``words``; each stands for the right one. One fact for a word in a text.

    A word in ``only_with`` is wrong only beside one of the words listed for it, a word in ``not_with`` only without;
    as part of one of the longer words ``unless_inside`` it is right. With ``ends_clause`` it is wrong only as the last
    word of its clause: 率达到良好。 but not 率达到良好水平。
    """
    not_empty("words", list(words))
    for wrong in (*only_with, *not_with):
        if wrong not in words:
            raise ValueError(f"“{wrong}”不在 words 里，only_with、not_with 只能写 words 里的词")
    get = read(field)

    def find(text: str) -> Iterable[Hit]:
        spans: list[tuple[int, int]] = []
        for wrong, right in words.items():
            if wrong not in text:
                continue
            if wrong in only_with and not any(map(text.__contains__, only_with[wrong])):
                continue
            if wrong in not_with and any(map(text.__contains__, not_with[wrong])):
                continue
            for start in places_of(wrong, text):
                end = start + len(wrong)
                if ends_clause and text[end : end + 1] not in CLOSES_CLAUSE:
                    continue
                if any(start < stop and begin < end for begin, stop in spans):
                    break
                if not is_inside(text, start, end, [word for word in unless_inside if wrong in word]):
                    spans.append((start, end))
                    yield {"text": wrong, "expected": right}, (start, end)
                    break

    judge = hits_in(field, get, find)

    def with_words(nodes: Sequence[Any]) -> list[Any]:
        return nodes_with(words, nodes, get)

    return screened(judge, with_words)


def joined_twice(
    read: Read,
    *,
    word: str,
    at_most: int,
    breaks: str,
    unless_inside: list[str],
    unless_behind: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """``word``, a conjunction, does not come again after ``at_most`` characters or less without one of the ``breaks``.

    As part of one of the longer words ``unless_inside`` it is none. With a verb and a thing right behind it, the verb
    one of ``unless_behind``, it joins what is done, and may come again between the things it is done to:
    维护和更新桌椅和门窗.
    """
    get, verbs = read("text"), tuple(unless_behind)

    def is_deed(between: str) -> bool:
        return between.startswith(verbs) and between not in verbs

    def find(text: str) -> Iterable[Hit]:
        previous = -1
        for at in places_of(word, text):
            if is_inside(text, at, at + len(word), unless_inside):
                continue
            between = text[previous + len(word) : at] if previous >= 0 else ""
            if 0 < len(between) <= at_most and frozenset(breaks).isdisjoint(between) and not is_deed(between):
                yield {"text": word + between + word, "word": word}, (previous, at + len(word))
            previous = at

    return hits_in("text", get, find, signs=word)


def similar_phrases(
    read: Read,
    *,
    alike: list[str],
    shortest: int,
    longest: int,
    known: dict[str, str],
    punctuation: str,
    inside: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No phrase is written in two ways that differ by one of the easily confused characters of a group in ``alike``.

    Phrases are what stands between two signs of ``punctuation``, of ``shortest`` to ``longest`` characters. The fact
    is about the rarer spelling, of two equally frequent ones the later. Those with one of the words
    ``known`` to be wrong are left to the check of such words. Only phrases ``inside`` these parts are
    looked at, where any are given.
    """
    not_empty("alike", alike)
    parts = frozenset(inside)
    get = read("text")
    groups = list(map(frozenset, alike))
    first_of = str.maketrans({letter: group[0] for group in alike for letter in group[1:]})
    gaps = str.maketrans(dict.fromkeys(punctuation, "\n"))

    def spelled_twice(nodes: Sequence[Any]) -> list[Suspect]:
        spellings: dict[str, dict[str, list[tuple[Any, int]]]] = {}
        letters = nodes.letters if isinstance(nodes, Prose) else frozenset("").union(*map(get, nodes))
        doubtful = frozenset("").union(*(there for group in groups if len(there := group & letters) > 1))
        if isinstance(nodes, Prose):
            texts = {text for text in nodes.texts if not doubtful.isdisjoint(text)} if doubtful else ()
            nodes = [node for node in nodes if node.text in texts]
        if parts:
            nodes = [node for node in nodes if node.part in parts]
        for node in nodes:
            text = get(node)[:LONGEST_TEXT]
            if doubtful.isdisjoint(text):
                continue
            start = 0
            for phrase in text.translate(gaps).split("\n"):
                if shortest <= len(phrase) <= longest:
                    spellings.setdefault(phrase.translate(first_of), {}).setdefault(phrase, []).append((node, start))
                start += len(phrase) + 1
        suspects = []
        for several in spellings.values():
            if len(several) > 1:
                suspects += _rarer(several, known)
        return suspects

    def judge(suspect: Any, document: Any) -> Fact:
        values = {"text": suspect.text, "other": suspect.other}
        span = (suspect.start, suspect.start + len(suspect.text))
        return Fact("text", values, (((suspect.other_node, "text"), "other"),), suspect.node, span)

    return screened(judge, spelled_twice)


class Suspect:
    """A phrase that is written in another way elsewhere."""

    __slots__ = ("node", "other", "other_node", "start", "text")

    def __init__(self, text: str, place: tuple[Any, int], other: str, other_node: Any) -> None:
        self.text, self.other, self.other_node = text, other, other_node
        self.node, self.start = place


def _rarer(spellings: dict[str, list[tuple[Any, int]]], known: Iterable[str]) -> list[Suspect]:
    """The places of those spellings that differ by one character from the most frequent, or first, of them."""
    usual = max(spellings, key=lambda phrase: len(spellings[phrase]))
    found = []
    for phrase, places in spellings.items():
        if phrase == usual or sum(map(str.__ne__, phrase, usual)) != 1:
            continue
        if any(word in phrase or word in usual for word in known):
            continue
        found += [Suspect(phrase, place, usual, spellings[usual][0][0]) for place in places]
    return found
