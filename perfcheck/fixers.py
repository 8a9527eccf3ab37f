"""Fixers: what should stand where a rule found something. Small and general; which words are right, the rules say.

A fixer is made with the options of a rule and asked with the text of a place, the characters the finding is about and
the values of its fact. It gives changes, none where it has no answer, and knows no rule and no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from perfcheck.model.numerals import like, to_number
from perfcheck.patterns import compiled

Change = tuple[int, int, str]
Fixer = Callable[[str, tuple[int, int], Mapping[str, Any]], Iterator[Change]]
_VALUE = compiled(r"\{\{ *(\w+) *\}\}")
_NUMERAL = compiled(r"\d+|[零〇一二三四五六七八九十百]+|[①-⑳]")
_RESIDUE = compiled(r"\[[^\]\n]*\]")
"""What extraction left in front of a heading."""
LONGEST_WORD_BEFORE = 2
"""Letters of the word an enumerator may begin with."""


def write(*, text: str, problems: list[str] = []) -> Fixer:  # noqa: B006 -- never changed
    """Writes ``text``, with values of the fact in it, in place of what was found; with no text deletes it.

    With ``problems`` only where the fact's problem is one of them.
    """
    named = _VALUE.findall(text)

    def changes(whole: str, focus: tuple[int, int], values: Mapping[str, Any]) -> Iterator[Change]:
        if problems and values.get("problem") not in problems:
            return
        if any(values.get(name) is None for name in named):
            return
        yield (*focus, _VALUE.sub(lambda found: str(values[found.group(1)]), text))

    return changes


def replace(*, words: dict[str, str], behind: str = "") -> Fixer:
    """Writes for each of ``words`` in what was found the word it stands for.

    With ``behind``, characters, only directly behind one of them.
    """
    if not words or "" in words:
        raise ValueError("words 应是一组“错: 对”，错的不能是空的")
    any_word = compiled("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    def changes(whole: str, focus: tuple[int, int], values: Mapping[str, Any]) -> Iterator[Change]:
        for found in any_word.finditer(whole, *focus):
            before = whole[: found.start()].rstrip()[-1:]
            if not behind or (before and before in behind):
                yield (*found.span(), words[found.group()])

    return changes


def turn_sign(*, signs: dict[str, str]) -> Fixer:
    """Turns the sign that a value begins with: each of ``signs`` to the one it stands for."""
    if not signs or "" in signs:
        raise ValueError("signs 应是一组“错: 对”，错的不能是空的")
    longest_first = sorted(signs, key=len, reverse=True)

    def changes(whole: str, focus: tuple[int, int], values: Mapping[str, Any]) -> Iterator[Change]:
        for sign in longest_first:
            if whole.startswith(sign):
                if not any(other in whole[len(sign) :] for other in signs):
                    yield 0, len(sign), signs[sign]
                return

    return changes


def renumber() -> Fixer:
    """Writes the ``expected`` number of the fact for its ``number``, in the same style: 3. （三） ③ 目标3：.

    Where an ``unnumbered`` line of the fact is what was found, writes the number it is ``owed`` in front of it.
    """

    def changes(whole: str, focus: tuple[int, int], values: Mapping[str, Any]) -> Iterator[Change]:
        if values.get("owed") and values["unnumbered"] == whole[slice(*focus)]:
            yield focus[0], focus[0] + 1, values["owed"] + whole[focus[0]]
            return
        typed = _RESIDUE.sub(lambda residue: " " * len(residue.group()), whole)
        for found in _NUMERAL.finditer(typed, *focus):
            if sum(map(str.isalnum, typed[focus[0] : found.start()])) > LONGEST_WORD_BEFORE:
                return
            written = found.group()
            if (int(written) if written.isdecimal() else to_number(written)) == values["number"]:
                new = like(written, values["expected"])
                if new:
                    yield (*found.span(), new)
                return

    return changes


def pair_up(*, widths: list[str], problems: list[str]) -> Fixer:
    """Makes two brackets of one kind in two widths a pair: those at the ends of what was found become the first pair of
    a group of ``widths``, where both are of that group.
    """

    def changes(whole: str, focus: tuple[int, int], values: Mapping[str, Any]) -> Iterator[Change]:
        start, end = focus[0], focus[1] - 1
        if values.get("problem") not in problems or end <= start:
            return
        for group in widths:
            if whole[start] in group and whole[end] in group:
                yield start, start + 1, group[0]
                yield end, end + 1, group[1]
                return

    return changes


FIXERS: dict[str, Callable[..., Fixer]] = {
    "pair_up": pair_up,
    "renumber": renumber,
    "replace": replace,
    "turn_sign": turn_sign,
    "write": write,
}
"""Every fixer a rule can name. A new one is a function here and one line."""
