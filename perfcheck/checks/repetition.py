"""Repetition in the prose of part one: sentences written twice, sections that copy another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from perfcheck.checks.presence import Judge, Read, known_word
from perfcheck.checks.wording import (
    Sentence,
    clauses,
    may_be_several,
    sentences,
    words_of_clauses,
    words_of_clauses_in,
    words_of_sentences,
    words_of_sentences_in,
)
from perfcheck.finding import Fact
from perfcheck.model.passages import PROJECT_PARTS, Passage, cell_text, part_one

STOPS_OF_SENTENCES = frozenset("。！？!?；;\n")
MOST_TRIED = 5
"""Earlier places of a clause that a longer run is looked for at."""


def repeated_sentence(
    read: Read,
    *,
    across: list[str],
    shortest: int,
    shortest_with_figures: int,
    inside: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No sentence of ``shortest`` characters stands twice in a paragraph of part one, or in the sections ``across``.

    Nor in one cell of those ``inside`` project tables, figures or not.

    Sentences with figures, often indicators of several tasks, count from ``shortest_with_figures`` characters; right
    behind themselves in one of ``across``, which list no indicators, as any others.
    Sentences in a row that are all repeated are one finding.
    """
    for part in across:
        known_word(part, "overall_goal", "duty_goals", "safeguards")
    sections = frozenset(across)

    cells = tuple(inside)
    for part in cells:
        known_word(part, *PROJECT_PARTS)

    def in_cells(document: Any) -> Iterator[Fact]:
        written = [(part, cell_text(project, part), project) for project in document.projects for part in cells]
        written = [each for each in written if len(each[1]) >= 2 * shortest and may_be_several(each[1])]
        for (part, text, project), words in zip(written, words_of_sentences_in([text for _, text, _ in written])):
            long = [sentence for sentence in words if len(sentence) >= shortest]
            if len(set(long)) < len(long):
                yield from in_cell(Passage(part, text, project, project.position))

    def in_cell(passage: Passage) -> Iterator[Fact]:
        seen: set[str] = set()
        for sentence in sentences(passage.text):
            if sentence.words in seen and len(sentence.words) >= shortest:
                yield _fact(passage, sentence.start, sentence.end, passage)
            seen.add(sentence.words)

    def counts(words: str) -> bool:
        return len(words) >= shortest and (len(words) >= shortest_with_figures or not any(map(str.isdigit, words)))

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        yield from in_part_one(document)
        yield from in_cells(document)
        for passage in part_one(document):
            yield from _clauses_said_twice(passage, shortest)

    def in_part_one(document: Any) -> Iterator[Fact]:
        written = words_of_sentences("\n".join([passage.text for passage in part_one(document)]))
        long = list(filter(counts, written))
        if len(set(long)) == len(long) and not _ends_repeated(document, shortest, sections):
            return
        everywhere: dict[str, Passage] = {}
        for passage in part_one(document):
            within: dict[str, Passage] = {}
            before = everywhere if passage.part in sections else within
            run: list[Sentence] = []
            source = passage
            previous = ""
            for sentence in sentences(passage.text):
                first = (within.get(sentence.words) or before.get(sentence.words)) if counts(sentence.words) else None
                if first is None and _is_end_of(previous, sentence.words, shortest, passage.part in sections):
                    first = passage
                previous = sentence.words
                if first is None:
                    within[sentence.words] = passage
                    if run:
                        yield _fact(passage, run[0].start, run[-1].end, source)
                        run = []
                    continue
                if not run:
                    source = first
                run.append(sentence)
            if run:
                yield _fact(passage, run[0].start, run[-1].end, source)
            if passage.part in sections:
                for sentence_here in within:
                    everywhere.setdefault(sentence_here, passage)

    return judge


def _clauses_said_twice(passage: Passage, shortest: int) -> Iterator[Fact]:
    """Clauses of ``shortest`` characters that are said again right behind themselves, in the same sentence."""
    words = words_of_clauses(passage.text)
    if not any(one == other and len(one) >= shortest for one, other in pairwise(words)):
        return
    for one, other in pairwise(clauses(passage.text)):
        between = passage.text[one.end : other.start]
        if one.words == other.words and len(one.words) >= shortest and STOPS_OF_SENTENCES.isdisjoint(between):
            yield _fact(passage, other.start, other.end, passage)


def _ends_repeated(document: Any, shortest: int, whole_in: frozenset[str]) -> bool:
    """Whether a sentence of part one is the one before it again, or its end: 国库支付，按月发放。按月发放。"""
    for passage in part_one(document):
        words = words_of_sentences(passage.text)
        whole = passage.part in whole_in
        if any(_is_end_of(one, after, shortest, whole) for one, after in pairwise(filter(None, words))):
            return True
    return False


def _is_end_of(one: str, after: str, shortest: int, whole: bool) -> bool:
    """Whether a sentence of ``shortest`` characters says ``one`` right before it again, ``whole`` or its end."""
    return len(one) + whole > len(after) >= shortest and one.endswith(after)


def copied_section(read: Read, *, section: str, of: str, longest: int, set_phrases: list[str]) -> Judge:
    """No paragraph of ``section`` has more than ``longest`` characters in a row from the section ``of``.

    Whole clauses are compared; those with one of ``set_phrases``, which many documents open with, do not count.
    """
    known_word(section, "overall_goal", "duty_goals", "safeguards")
    known_word(of, "overall_goal", "duty_goals", "safeguards")

    def length(run: list[Sentence]) -> int:
        return sum(len(clause.words) for clause in run if not any(phrase in clause.words for phrase in set_phrases))

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        passages = [passage for passage in part_one(document) if passage.part in (section, of)]
        there = set(words_of_clauses("\n".join([passage.text for passage in passages if passage.part == of])))
        copies = [passage for passage in passages if passage.part == section]
        suspects = [
            passage
            for passage, words in zip(copies, words_of_clauses_in([passage.text for passage in copies]))
            if sum([len(clause) for clause in words if clause in there]) > longest
        ]
        if not suspects:
            return
        source: list[tuple[str, Passage]] = []
        for passage in passages:
            if passage.part == of:
                source.extend((clause.words, passage) for clause in clauses(passage.text))
        places: dict[str, list[int]] = {}
        for at, (words, _) in enumerate(source):
            found = places.setdefault(words, [])
            if len(found) < MOST_TRIED:
                found.append(at)
        for passage in suspects:
            run, at = max(_runs(clauses(passage.text), source, places), key=lambda each: length(each[0]))
            if length(run) > longest:
                yield _fact(passage, run[0].start, run[-1].end, source[at][1])

    return judge


def _runs(
    own: list[Sentence], source: list[tuple[str, Passage]], places: dict[str, list[int]]
) -> Iterator[tuple[list[Sentence], int]]:
    """Stretches of ``own`` clauses that stand in the same order in ``source``, the longest from each beginning."""
    yield [], 0
    begin = 0
    while begin < len(own):
        longest, start = 0, 0
        for at in places.get(own[begin].words, ()):
            size = 1
            while (
                begin + size < len(own) and at + size < len(source) and own[begin + size].words == source[at + size][0]
            ):
                size += 1
            if size > longest:
                longest, start = size, at
        if longest:
            yield own[begin : begin + longest], start
        begin += max(longest, 1)


def _fact(passage: Passage, start: int, end: int, source: Passage) -> Fact:
    values = {"text": passage.text[start:end], "first": source.part}
    return Fact("text", values, (((source, "text"), "first"),), passage, (start, end))
