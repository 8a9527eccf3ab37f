"""Words that say nothing: values nobody can measure, deadlines without a date, empty names; and terms of years."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from perfcheck.checks.names import bare_name
from perfcheck.checks.phrases import rows_with_text_in
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.targets import WordFinder
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.numerals import to_number
from perfcheck.patterns import compiled

LONGEST_NAME = 30
"""Characters of a name that can be made up of empty words; longer ones are sentences."""
LONGEST_SEARCHED = 500
SCALE = 3
"""Grades that make a scale: two may be said by the way."""
_GRADED = (
    r"(?<![一-龥])(?P<ahead>{grades})(?:[（(：:≥≤<>＞＜=—]|[一-龥]{{0,3}}\d|为|是|指|即)"
    r"|(?:[\d%％分次起件天上下内]\s*[的者]?|为|的是)(?P<behind>{grades})(?![一-龥])"
)
"""A grade with its condition behind it, or in front of it."""


def empty_value(
    read: Read,
    *,
    words: list[str],
    containing: list[str],
    unless_words: list[str],
    unless_explained: list[str],
    classes: list[str] = [],  # noqa: B006 -- never changed
    rates: list[str] = [],  # noqa: B006 -- never changed
    grades: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A value in words is not one of ``words`` and has none of those ``containing`` in it, unless it has a figure.

    ``unless_words`` in the value lift the rule, ``unless_explained`` in the description as well, and in the basis of
    a grade: a change (有所减少) is none of those that rules of assessment explain.
    So do :data:`SCALE` or more of the ``grades`` there, each beside a figure or a condition (优：无投诉; 90%以上为优).
    ``classes`` restrict it to rows whose second-level class has one of these words. What ends in one of ``rates`` is a
    number, however its grades are explained.
    """
    whole = frozenset(words)
    part_in, exception_in, explained_in = (WordFinder(given) for given in (containing, unless_words, unless_explained))
    class_in = WordFinder(classes)
    rate_ends = tuple(rates)
    scale = compiled(_GRADED.format(grades="|".join(map(re.escape, sorted(grades, key=len, reverse=True)))))

    def on_a_scale(text: str) -> bool:
        if not grades or len(text) > LONGEST_SEARCHED:
            return False
        return len({match.group("ahead") or match.group("behind") for match in scale.finditer(text)}) >= SCALE

    def judge(node: Any, document: Any) -> Fact | None:
        if classes and not class_in[node.subcategory or ""]:
            return None
        shown = node.target.text
        text = bare_name(shown)
        word = text if text in whole else part_in[text]
        if not word or exception_in[text] or has_digit(shown):
            return None
        told = (node.description or "", *([node.basis or ""] if node.target.kind == "grade" else []))
        explained = any(map(explained_in.__getitem__, told)) or any(map(on_a_scale, told))
        if explained and not bare_name(node.name).endswith(rate_ends):
            return None
        return Fact("target", {"text": shown, "word": word})

    return judge


def vague_deadline(
    read: Read,
    *,
    words: list[str],
    unless_words: list[str],
    date_words: list[str],
    classes: list[str],
    rates: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A value of a row whose class has one of ``classes`` says when: not just one of ``words``.

    A figure or one of ``unless_words`` in the value lift the rule, and so does a description with a figure and one
    of ``date_words``: then the date is there. It does not where the name ends in one of ``rates``, which is a number.
    """
    not_empty("words", words)
    not_empty("classes", classes)
    word_in, exception_in, date_in, class_in = map(WordFinder, (words, unless_words, date_words, classes))
    rate_ends = tuple(rates)

    def judge(node: Any, document: Any) -> Fact | None:
        text = node.target.text
        word = word_in[text]
        if not word or not class_in[node.subcategory or ""] or exception_in[text] or has_digit(text):
            return None
        description = node.description or ""
        if date_in[description] and has_digit(description) and not bare_name(node.name).endswith(rate_ends):
            return None
        return Fact("target", {"text": text, "word": word})

    return judge


def made_of(
    read: Read,
    *,
    field: str,
    words: list[str],
    pieces: list[str],
    unless_words: list[str] = [],  # noqa: B006 -- never changed
    unless_described: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """``field`` of an indicator is neither one of ``words`` nor put together of nothing but ``pieces``.

    A description that has a figure in it and is no copy says what is meant, and so does one of ``unless_words`` in
    brackets behind the name, or one of ``unless_described`` in the description.
    """
    get = read(field)
    whole = frozenset(words)
    by_length = {
        length: frozenset(filter(lambda piece: len(piece) == length, pieces)) for length in set(map(len, pieces))
    }

    def is_empty(name: str) -> bool:
        bare = bare_name(name)
        if len(bare) < len(name) and any(map(name[len(bare) :].__contains__, unless_words)):
            return False
        if bare in whole:
            return True
        if not bare or len(bare) > LONGEST_NAME:
            return False
        reached = {0}
        for start in range(len(bare)):
            if start in reached:
                reached.update(
                    start + length for length, some in by_length.items() if bare[start : start + length] in some
                )
        return len(bare) in reached

    known = Remembered(is_empty)

    def judge(node: Any, document: Any) -> Fact | None:
        name = get(node)
        if not name:
            return None
        description = node.description or ""
        if not known[name] or (description != name and has_digit(description)):
            return None
        if any(map(description.__contains__, unless_described)):
            return None
        return Fact(field, {"text": name})

    return judge


def long_term(
    read: Read,
    *,
    fields: list[str],
    leads: list[str],
    terms: list[str],
    until: list[str],
    unless_words: list[str],
    within: list[str] = [],  # noqa: B006 -- never changed
    not_behind: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No field speaks of more than the budget year: one of ``leads`` and two years or more, two years or more with one
    of ``within`` behind, none of ``not_behind`` in front of either, ``until`` a later year, or one of ``terms``.

    ``unless_words`` in the field lift the rule, and what stands in 《》 is a title.
    """
    not_empty("fields", fields)
    not_empty("leads", leads)
    readers = [(field, read(field)) for field in fields]
    exception_in = WordFinder(unless_words)
    signs = WordFinder(["年", *terms])
    term_in = WordFinder(terms)
    searches, past = (tuple(leads), tuple(until), tuple(within)), tuple(not_behind)

    def with_signs(nodes: Sequence[Any]) -> Sequence[Any]:
        return rows_with_text_in(signs, nodes, *fields)

    def judge(node: Any, document: Any) -> Fact | list[Fact] | None:
        facts = []
        for field, get in readers:
            text = get(node) or ""
            if not signs[text] or exception_in[text]:
                continue
            found = _term(text[:LONGEST_SEARCHED], document.budget_year.year, searches, past)
            if found is None and term_in[text]:
                start = text.find(term_in[text])
                found = start, start + len(term_in[text])
            if found is not None and not _in_title(text, found[0]):
                facts.append(Fact(field.partition(".")[0], {"text": text, "word": text[slice(*found)]}, span=found))
        return facts

    return screened(judge, with_signs)


def has_digit(text: str) -> bool:
    """Whether ``text`` has a figure in it."""
    return any(map(str.isdecimal, text))


def _term(text: str, year: int | None, words: Words, past: tuple[str, ...]) -> tuple[int, int] | None:
    """Where ``text`` names several years ahead, not those ``past``, or a year after ``year``."""
    several, later, within = _patterns(*words)
    for match in several(text):
        if (to_number(match.group(1)) or 0) > 1 and not text[: match.start(1)].endswith(past):
            return match.start(), match.end()
    for match in within(text):
        if (to_number(match.group(1)) or 0) > 1 and not text[: match.start()].endswith(past):
            return match.start(), match.end()
    if year is not None:
        for match in later(text):
            if int(match.group(1)) > year:
                return match.start(), match.end()
    return None


Words = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Leads of several years, of a later year, and what follows several years."""


@cache
def _patterns(
    leads: tuple[str, ...], until: tuple[str, ...], behind: tuple[str, ...]
) -> tuple[Callable[[str], Any], ...]:
    before, up_to, after = ("|".join(map(re.escape, words)) for words in (leads, until, behind))
    several = compiled(f"(?:{before})(\\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})个?年")
    later = compiled(f"(?:{up_to})(20\\d\\d)年?")
    within = compiled(f"(?<!\\d)(\\d{{1,2}}|[一二三四五六七八九十]{{1,2}})个?年(?:{after})" if behind else "(?!)")
    return several.finditer, later.finditer, within.finditer


def _in_title(text: str, at: int) -> bool:
    return text.count("《", 0, at) > text.count("》", 0, at)
