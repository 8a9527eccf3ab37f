"""Characters: brackets and quotation marks that do not pair, widths that are mixed, spaces inside words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from perfcheck.checks.phrases import Hit, hits_in
from perfcheck.checks.presence import Judge, Read, Screen, not_empty, screened
from perfcheck.memories import Remembered
from perfcheck.model.passages import BETWEEN_TEXTS, Prose
from perfcheck.patterns import compiled

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
DEEPEST = 20
"""Brackets inside one another; one that is open for longer is not closed any more."""
_SPACES = " \t\u3000\xa0"
_ENUMERATED = r"^\s*[（(]?[\d一二三四五六七八九十①-⑳]{1,3}[）)、.．]?$"


def brackets(read: Read, *, field: str, pairs: dict[str, str], widths: list[str]) -> Judge:
    """Each opening bracket in ``field`` is closed by its own kind; ``pairs`` maps opening to closing ones.

    ``widths`` are groups of brackets of one kind in several widths: a pair mixed of one group is said to be mixed.
    A closing bracket behind a number, 1） or a), needs none before it.
    """
    not_empty("pairs", list(pairs))
    closing = frozenset(pairs.values())
    group_of = {bracket: group for group in widths for bracket in group}
    every = frozenset(pairs) | closing

    pair = "|".join(re.escape(opener + closer) for opener, closer in pairs.items())
    others = rf"[^{re.escape(''.join(sorted(every)) + BETWEEN_TEXTS.strip())}]+"

    def pair_up(signs: str) -> bool:
        for _ in range(DEEPEST):
            if not signs:
                break
            signs = compiled(pair, re.MULTILINE).sub("", signs)
        return not signs

    sound = Remembered(pair_up)

    def find(text: str) -> Iterable[Hit]:
        if sound[compiled(others, re.MULTILINE).sub("", text)]:
            return
        opened: list[tuple[str, int]] = []
        for at, sign in enumerate(text):
            if sign not in every:
                continue
            if sign in pairs:
                opened.append((sign, at))
                if len(opened) > DEEPEST:
                    yield unclosed(opened.pop(0))
                continue
            group = group_of.get(sign, sign)
            partner = next(
                (
                    place
                    for place in range(len(opened) - 1, -1, -1)
                    if pairs[opened[place][0]] == sign or group_of.get(opened[place][0]) == group
                ),
                None,
            )
            if partner is None:
                if not _is_enumerator(text, at):
                    yield {"problem": "unopened", "text": sign, "other": ""}, (at, at + 1)
                continue
            yield from map(unclosed, opened[partner + 1 :])
            opener, start = opened[partner]
            del opened[partner:]
            if pairs[opener] != sign:
                yield {"problem": "mixed", "text": opener, "other": sign}, (start, at + 1)
        yield from map(unclosed, opened)

    def unclosed(opener: tuple[str, int]) -> Hit:
        sign, at = opener
        return {"problem": "unclosed", "text": sign, "other": pairs[sign]}, (at, at + 1)

    judge = hits_in(field, read(field), find, every)
    among: Screen = judge.screen  # type: ignore[attr-defined]

    def with_brackets(nodes: Sequence[Any]) -> Sequence[Any]:
        if isinstance(nodes, Prose):
            texts = compiled(others, re.MULTILINE).sub("", nodes.whole).split(BETWEEN_TEXTS.strip())
            if all(map(sound.__getitem__, set(texts))):
                return []
        return among(nodes)

    return screened(judge, with_brackets)


def _is_enumerator(text: str, at: int) -> bool:
    """Whether the closing bracket at ``at`` stands behind a number or letter that begins an item: 1）."""
    enumerator = compiled(r"(?:^|[\s；;。：:，,、])[\d一二三四五六七八九十a-zA-Z]{1,3}$", re.MULTILINE)
    return enumerator.search(text[max(at - 5, 0) : at]) is not None


def wrong_width(read: Read, *, field: str, signs: dict[str, str], among_ideographs: bool) -> Judge:
    """``field`` has none of ``signs``, which map characters of the wrong width to those of the right one.

    ``among_ideographs`` looks only for signs with an ideograph, % or a closing sign before them and an ideograph
    or an opening sign behind, or at the end of a line. One fact for each run of signs.
    """
    not_empty("signs", list(signs))
    wrong = frozenset(signs)
    run = "[" + re.escape("".join(signs)) + "]+"
    if among_ideographs:
        run = rf"(?<=[{_HAN}%％”》）)〕]){run}(?=[{_HAN}“《（①-⑳]|$)"
    to_right = str.maketrans(signs)

    def find(text: str) -> Iterator[Hit]:
        for hit in compiled(run, re.MULTILINE).finditer(text):
            yield {"text": hit.group(), "expected": hit.group().translate(to_right)}, hit.span()

    return hits_in(field.removesuffix(".text"), read(field), find, wrong)


def _parts_a_row(text: str, start: int, end: int, signs: str) -> bool:
    """Whether the space may part items of a row: it stands between words, and others of its line do too."""
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    if text[start - 1] in signs or text[end] in signs:
        return False
    return len(compiled(rf"(?<=[{_HAN}])[{_SPACES}]+(?=[{_HAN}])", re.MULTILINE).findall(line)) > 1


def spaces(
    read: Read,
    *,
    field: str,
    unless_behind: list[str],
    signs: str,
    unless_behind_in_titles: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No spaces stand between two ideographs or ``signs`` of a line; those that indent or end a line are not looked at.

    Behind a number (1、 …) and behind ``unless_behind``, the issuers of documents, a space is usual, and
    so it is within the title of a standard that has its number behind it, 《…通则 第2部分》（GB/T 1.2—2020）, or that
    begins with one of ``unless_behind_in_titles``: 《信息技术 …》.
    """
    usual, of_standards = tuple(unless_behind), tuple(unless_behind_in_titles)

    def in_standard(text: str, start: int, end: int) -> bool:
        if text.rfind("《", 0, start) <= text.rfind("》", 0, start):
            return False
        if text.endswith(of_standards, 0, start):
            return True
        _, closed, behind = text[end:].partition("》")
        return bool(closed) and behind[:1] in ("（", "(") and "A" <= behind[1:2] <= "Z"

    between = rf"(?<=[{_HAN}{re.escape(signs)}])[{_SPACES}]+(?=[{_HAN}{re.escape(signs)}])"

    def find(text: str) -> Iterator[Hit]:
        for hit in compiled(between, re.MULTILINE).finditer(text):
            start, end = hit.span()
            before = text[text.rfind("\n", 0, start) + 1 : start]
            if before.endswith(usual) or compiled(_ENUMERATED, re.MULTILINE).search(before):
                continue
            if in_standard(text, start, end):
                continue
            around = text[max(start - 4, 0) : end + 4].strip()
            yield {"text": around, "in_row": _parts_a_row(text, start, end, signs)}, (start, end)

    return hits_in(field, read(field), find, _SPACES)
