"""Echoes: cells that say nothing new because they repeat another cell of their table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from perfcheck.checks.kinship import pairs
from perfcheck.checks.presence import Judge, Read, Share, not_empty, screened
from perfcheck.checks.texts import fold
from perfcheck.checks.wording import bare_words, likeness, most_alike, whole
from perfcheck.finding import Fact, FieldNames
from perfcheck.memories import Memory, Remembered
from perfcheck.model.selections import Rows

SPOKEN = {"name": "indicator.name"}
"""Fields of an indicator that messages know by another name, a project having one, too."""


def echo(
    read: Read,
    *,
    field: str,
    other: list[str],
    share: Share = 100,
    fillers: list[str] = [],  # noqa: B006 -- never changed
    unless_words: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """``field`` does not say the same as one of the fields ``other``, spelling and punctuation aside.

    Nor, ``fillers`` taken away, is one of the two contained in the other and makes up ``share`` percent of it, nor is
    it so with its characters in another order, unless ``field`` has one of ``unless_words`` or a figure. Of a value,
    what stands behind its number is compared.
    """
    not_empty("other", other)
    get = read(field)
    others = [(name, _words_of(read, name)) for name in other]
    bare = bare_words
    core = _Core(fillers, unless_words)
    in_part = share < 100
    own_words: Remembered[str, tuple[str, str]] = Remembered(
        lambda text: (words := bare[text], core.of(words) if words and in_part else "")
    )
    their_words: Remembered[str, tuple[str, str]] = Remembered(
        lambda text: (words := bare[text], core[words] if words and in_part else "")
    )

    def echoing(nodes: Sequence[Any]) -> list[Any]:
        """Nodes with the same words as in one of the other fields, or words within."""
        texts = [text or "" for text in map(get, nodes)]
        columns = [[text or "" for text in map(of, nodes)] for _, of in others]
        bare.learn(set(texts).union(*columns))
        said = list(map(own_words.__getitem__, texts))
        found: set[int] = set()
        for column in columns:
            pairs = zip(said, map(their_words.__getitem__, column))
            found.update([at for at, (one, other) in enumerate(pairs) if one[0] and other[0] and echoes(one, other)])
        return [nodes[at] for at in sorted(found)]

    def echoes(one: tuple[str, str], other: tuple[str, str]) -> bool:
        (words, own), (theirs, core) = one, other
        if words == theirs:
            return True
        if not own or not core or (own[0] not in core and core[0] not in own):
            return False
        return _within(own, core, share)

    def judge(node: Any, document: Any) -> Fact | None:
        text = get(node)
        said = own_words[text or ""]
        if not said[0]:
            return None
        found = None
        for name, of in others:
            original = of(node)
            if original:
                theirs = their_words[original]
                if theirs[0] == said[0]:
                    found = name, original
                    break
                if found is None and theirs[0] and echoes(said, theirs):
                    found = name, original
        if found is None:
            return None
        name, original = found
        place = name.partition(".")[0]
        part = FieldNames((SPOKEN.get(place, place),))
        return Fact(field, {"text": text, "other": original, "of": part}, (((node, place), "other"),))

    return screened(judge, echoing)


def _words_of(read: Read, field: str) -> Callable[[Any], str | None]:
    """How the text of ``field`` is read, without number and sign where it is a value."""
    get: Callable[[Any], str | None] = read(field)
    if field != "target":
        return get
    return lambda node: _behind_number(target) if (target := node.target).remainder else ""


def _behind_number(target: Any) -> str:
    text: str = "" if target.number is None else target.text.lstrip("≥≤><=＞＜＝0123456789.")
    return text


class _Core(Memory[str, str]):
    """What is left of bare words without ``fillers``; remembers texts, for the same come again and again."""

    def __init__(self, fillers: list[str], exceptions: list[str]) -> None:
        super().__init__()
        self._fillers = sorted(map(fold, fillers), key=len, reverse=True)
        self._exceptions = list(map(fold, exceptions))
        self._excepted = Remembered(self._is_excepted)

    def find(self, words: str) -> str:
        """The core of ``words``."""
        core = words
        for filler in self._fillers:
            core = core.replace(filler, "")
        return core

    def of(self, words: str) -> str:
        """The same; empty for words with a figure or an exception."""
        return "" if self._excepted[words] else self[words]

    def _is_excepted(self, words: str) -> bool:
        return any(map(str.isdigit, words)) or any(map(words.__contains__, self._exceptions))


def _within(core: str, others: str, share: int) -> bool:
    """Whether one is contained in the other, or ``others`` have all characters of ``core`` in some order."""
    short, long = (core, others) if len(core) <= len(others) else (others, core)
    if not short or len(short) * 100 < len(long) * share:
        return False
    if short in long:
        return True
    return short == core and set(short) <= set(long) and all(short.count(each) <= long.count(each) for each in short)


def near_copy(read: Read, *, field: str, other: str, share: Share) -> Judge:
    """``field`` and ``other`` have less than ``share`` percent of their words in common, numbers of items aside."""
    get, get_other = read(field), read(other)
    bare = bare_words

    def nearly_same(nodes: Sequence[Any]) -> list[Any]:
        texts, others = [whole(get(node)) for node in nodes], [whole(get_other(node)) for node in nodes]
        words = zip(bare.of_each(texts), bare.of_each(others))
        return [node for node, (one, other) in zip(nodes, words) if may_be_alike(one, other)]

    def may_be_alike(words: str, others: str) -> bool:
        if not words or not others or 3 * min(len(words), len(others)) < max(len(words), len(others)):
            return False
        return most_alike(words, others) >= share

    def judge(node: Any, document: Any) -> Fact | None:
        text, other_text = whole(get(node)), whole(get_other(node))
        words, others = bare[text], bare[other_text]
        if not may_be_alike(words, others):
            return None
        alike = 100 if words == others else likeness(words, others)
        if alike < share:
            return None
        return Fact(field, {"text": text, "share": alike}, (((node, other), "other"),))

    return screened(judge, nearly_same)


def taken_from(read: Read, *, field: str, other: str, share: Share, shortest: int) -> Judge:
    """Less than ``share`` percent of the words of ``field`` stand in ``other``, which is the longer of the two.

    Texts of less than ``shortest`` characters, numbers of items aside, are not judged: they share words anyhow.
    """
    get, get_other = read(field), read(other)
    bare = bare_words

    def within(words: str, others: str) -> int:
        if not shortest <= len(words) < len(others):
            return 0
        letters = set(others)
        if 100 * sum(map(letters.__contains__, words)) < share * len(words):
            return 0  # a quick look: a pair of characters is there at best where both are
        counts = Counter(pairs(words))
        return 100 * (counts & Counter(pairs(others))).total() // counts.total()

    def taken(nodes: Sequence[Any]) -> list[Any]:
        long = [node for node in nodes if shortest <= len(whole(get(node)))]
        texts, others = [whole(get(node)) for node in long], [whole(get_other(node)) for node in long]
        words = zip(bare.of_each(texts), bare.of_each(others))
        return [node for node, (one, other) in zip(long, words) if within(one, other) >= share]

    def judge(node: Any, document: Any) -> Fact | None:
        text = whole(get(node))
        found = within(bare[text], bare[whole(get_other(node))])
        return Fact(field, {"text": text, "share": found}, (((node, other), "other"),)) if found >= share else None

    return screened(judge, taken)


def adds_nothing(read: Read, *, field: str, other: str, generic: list[str]) -> Judge:
    """``field`` says more than ``other`` besides ``generic`` words: some of its words are not in that other field.

    Words left out in between do not count: 村道补助 adds nothing to 村道建设养护补助.
    """
    get, get_other = read(field), read(other)
    words = sorted(set(map(fold, generic)), key=len, reverse=True)
    generic_letters = frozenset("".join(words))

    def pieces(text: str) -> list[str]:
        text = fold(text).casefold()
        for word in words:
            text = text.replace(word, " ")
        return "".join(each if each.isalnum() else " " for each in text).split()

    def judge(node: Any, document: Any) -> Fact | None:
        text, other_text = get(node), get_other(node)
        if not text or not other_text or len(text) > LONGEST_NAME:
            return None
        known = "".join(filter(str.isalnum, fold(other_text).casefold()))
        if any(map(str.isalnum, set(fold(text).casefold()).difference(generic_letters, known))):
            return None
        if not all(_in_order(piece, known) for piece in pieces(text)):
            return None
        return Fact(field, {"text": text, "other": other_text}, (((node, other), "other"),))

    return judge


LONGEST_NAME = 500
"""Characters a text may have and still do no more than repeat a name."""


def _in_order(characters: str, text: str) -> bool:
    """Whether ``text`` has all ``characters`` in their order."""
    rest = iter(text)
    return all(character in rest for character in characters)


def names_its_class(read: Read, *, names: list[str], stems: list[str], endings: list[str]) -> Judge:
    """An indicator's name is more than the name of a class of indicators.

    ``names`` are those of classes, besides those of the row itself; ``stems`` are names of classes that are no name of
    an indicator either, alone or with one of ``endings`` behind.
    """
    not_empty("names", names)
    known = {fold(name) for name in names}
    known.update(fold(stem + ending) for stem in stems for ending in ("", *endings))

    may_be_class = Remembered[str, Any](lambda name: name in known or fold(name) in known)

    def unclear(nodes: Sequence[Any]) -> list[Any]:
        rows = nodes if isinstance(nodes, Rows) else Rows(nodes)
        classes = rows.texts("category") | rows.texts("subcategory")
        names = {name for name in rows.texts("name") if name and (name in classes or may_be_class[name])}
        return [node for node in nodes if node.name in names] if names else []

    def judge(node: Any, document: Any) -> Fact | None:
        name = node.name
        if name not in known and name not in (node.subcategory, node.category) and fold(name) not in known:
            return None
        related = (((node, "subcategory"), "class"),) if node.subcategory else ()
        return Fact("name", {"text": name, "class": node.subcategory or node.category or ""}, related)

    return screened(judge, unclear)
