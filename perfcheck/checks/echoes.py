"""Echoes: cells that say nothing new because they repeat another cell of their table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from perfcheck.checks.presence import Judge, Read, Share, not_empty, screened
from perfcheck.checks.quantities import TextMemo
from perfcheck.checks.texts import fold
from perfcheck.checks.wording import MOST_REMEMBERED, bare_words, likeness, most_alike, whole
from perfcheck.finding import Fact, FieldNames
from perfcheck.model.selections import Rows

NO_TEXT = {None, ""}
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

    def echoing(nodes: Sequence[Any]) -> list[Any]:
        """Nodes with a text that may be contained in another, or is the same as one of the other fields anywhere."""
        texts = set(map(get, nodes)) - NO_TEXT
        theirs: set[Any] = set().union(*(map(of, nodes) for _, of in others)) - NO_TEXT
        bare.learn(texts | theirs)
        said = set(map(bare.__getitem__, theirs))
        texts = {text for text in texts if bare[text] in said or (share < 100 and core.of(bare[text]))}
        return [node for node in nodes if get(node) in texts] if texts else []

    def judge(node: Any, document: Any) -> Fact | None:
        text = get(node)
        words = bare[text] if text else ""
        if not words:
            return None
        own = core.of(words) if share < 100 else ""
        found = None
        for name, of in others:
            original = of(node)
            if original:
                theirs = bare[original]
                if theirs == words:
                    found = name, original
                    break
                if own and found is None and theirs and _within(own, core[theirs], share):
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

    def behind_number(node: Any) -> str:
        target = node.target
        if target.number is None or not target.remainder:
            return ""
        text: str = target.text.lstrip("≥≤><=＞＜＝0123456789.")
        return text

    return behind_number


class _Core(dict[str, str]):
    """What is left of bare words without ``fillers``; remembers texts, for the same come again and again."""

    def __init__(self, fillers: list[str], exceptions: list[str]) -> None:
        super().__init__()
        self._fillers = sorted(map(fold, fillers), key=len, reverse=True)
        self._exceptions = list(map(fold, exceptions))
        self._excepted: dict[str, bool] = {}

    def __missing__(self, words: str) -> str:
        core = words
        for filler in self._fillers:
            core = core.replace(filler, "")
        if len(self) > MOST_REMEMBERED:
            self.clear()
        self[words] = core
        return core

    def of(self, words: str) -> str:
        """The same; empty for words with a figure or an exception."""
        excepted = self._excepted.get(words)
        if excepted is None:
            if len(self._excepted) > MOST_REMEMBERED:
                self._excepted.clear()
            excepted = any(map(str.isdigit, words)) or any(map(words.__contains__, self._exceptions))
            self._excepted[words] = excepted
        return "" if excepted else self[words]


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

    may_be_class = TextMemo(lambda name: name in known or fold(name) in known)

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
