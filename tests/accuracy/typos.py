"""Sentences with one character typed for another, and sound ones of rare words: what is found of the first, said of the second.

They lie in ``typos/``, written without a look at rules or word lists: ``*-wrong.tsv`` has a sentence, what is wrong in
it and how it should be, ``*-right.txt`` sentences in which nothing is wrong, though a naive speller would think so.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.finding import Finding
from tests.accuracy.layouts import HERE
from tests.forms import code, form, project

FOLDER = HERE / "typos"
SETS = ("first", "second")
IN_ONE = 20
"""Sentences in one document, each the usage of a project."""
ABOUT_WORDS = ("text.typo",)
"""Categories of the rules that look for wrong characters."""


class Typo(NamedTuple):
    """A sentence with one word mistyped."""

    sentence: str
    wrong: str
    right: str


class Set(NamedTuple):
    """What was found in one set of sentences."""

    name: str
    typos: int
    missed: tuple[Typo, ...]
    sound: int
    false: tuple[tuple[str, str], ...]
    """Sound sentences of which something was said, and what."""


@cache
def sets() -> tuple[Set, ...]:
    """All sets, judged."""
    return tuple(map(_judged, SETS))


def _judged(name: str) -> Set:
    lines = (FOLDER / f"{name}-wrong.tsv").read_text(encoding="utf-8").splitlines()
    typos = [Typo(*line.split("\t")) for line in lines]
    sound = (FOLDER / f"{name}-right.txt").read_text(encoding="utf-8").splitlines()
    said = list(_said_of([typo.sentence for typo in typos]))
    missed = [
        typo for typo, findings in zip(typos, said, strict=True) if not any(_hits(typo, each) for each in findings)
    ]
    false = [
        (sentence, finding.message)
        for sentence, findings in zip(sound, _said_of(sound), strict=True)
        for finding in findings
    ]
    return Set(name, len(typos), tuple(missed), len(sound), tuple(false))


def _hits(typo: Typo, finding: Finding) -> bool:
    """Whether a finding points at what is wrong."""
    start, end = finding.location.focus or (0, 0)
    at = typo.sentence.index(typo.wrong)
    return start < at + len(typo.wrong) and at < end


def _said_of(sentences: Sequence[str]) -> Iterator[list[Finding]]:
    """What is said of the words of each of ``sentences``, grave or not."""
    checker = api.make_checker(Settings((), select=ABOUT_WORDS), compare=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        for begin in range(0, len(sentences), IN_ONE):
            some = sentences[begin : begin + IN_ONE]
            projects = [
                project(number, project_code=code(number), usage=("", sentence))
                for number, sentence in enumerate(some, 1)
            ]
            path.write_text(form(*projects), encoding="utf-8")
            findings = checker.check(str(path)).judgement.findings
            for sentence in some:
                yield [each for each in findings if each.location.text == sentence]


def table() -> list[str]:
    """The sets as lines of Markdown."""
    lines = [
        "| 组 group | 打错字的句子 typos | 查出 found | % | 没有错的句子 sound | 误报 false |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for each in sets():
        found = each.typos - len(each.missed)
        share = 100 * found / each.typos
        lines.append(f"| {each.name} | {each.typos} | {found} | {share:.0f} | {each.sound} | {len(each.false)} |")
    return lines
