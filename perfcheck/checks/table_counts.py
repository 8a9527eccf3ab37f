"""How many villages, communities or schools a table is for: by its goals as many as by its usage."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.kinship import ideograph_pairs
from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.quantities import CountReader, clause_around, word_in
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text
from perfcheck.named_tuples import NamedTuple


class Places(NamedTuple):
    """A number of places in a text, where it stands, and the pairs of ideographs around it in its clause."""

    number: Decimal
    span: tuple[int, int]
    words: set[str]
    is_apart: bool
    """Whether its clause speaks of some of them, or of others."""


def places_as_in_usage(
    read: Read,
    *,
    nouns: dict[str, list[str]],
    other_nouns: list[str],
    measures: dict[str, list[str]],
    unless_words: list[str],
    grades: list[str],
    reach_words: list[str],
    fewest_words: int,
) -> Judge:
    """Goals and usage of a table are for the same number of the places ``nouns`` names.

    Each must have one number of them, and no other in any of its clauses; one in a clause without ``unless_words``
    (some of them, about so many), ``grades`` (what only some reach) or ``reach_words`` (who has the good of it). The
    clauses are of one matter where they share ``fewest_words`` pairs of ideographs besides the noun. A longer word
    of ``other_nouns`` is something else.
    """
    not_empty("nouns", list(nouns))
    reader = CountReader(measures)
    spelled = {word: noun for noun, words in nouns.items() for word in words} | dict.fromkeys(other_nouns, "")
    words = sorted(spelled, key=len, reverse=True)
    apart = (*unless_words, *grades, *reach_words)

    def places(text: str) -> Iterator[tuple[str, Places]]:
        for count in reader.find(text):
            word = next((each for each in words if text.startswith(each, count.end)), "")
            if not word or not spelled[word]:
                continue
            start, end = clause_around(text, count.start, count.end)
            clause, span = text[start:end], (count.start, count.end + len(word))
            around = clause.replace(text[slice(*span)], " ")
            yield (
                spelled[word],
                Places(count.number, span, ideograph_pairs(around), bool(word_in(clause, apart))),
            )

    def one_of_each(text: str) -> dict[str, Places]:
        """The only number of each noun; none of which there are several."""
        found: dict[str, list[Places]] = {}
        for noun, each in places(text):
            found.setdefault(noun, []).append(each)
        only = {noun: some for noun, some in found.items() if len({each.number for each in some}) == 1}
        whole = {noun: next((each for each in some if not each.is_apart), None) for noun, some in only.items()}
        return {noun: each for noun, each in whole.items() if each is not None}

    def judge(node: Any, document: Any) -> list[Fact]:
        goals, usage = cell_text(node, "goals"), cell_text(node, "usage")
        if not any(map(goals.__contains__, spelled)):
            return []
        meant = one_of_each(goals)
        paid = one_of_each(usage) if meant else {}
        facts = []
        for noun in meant.keys() & paid.keys():
            goal, use = meant[noun], paid[noun]
            if goal.number != use.number and len(goal.words & use.words) >= fewest_words:
                values = {"text": goals[slice(*goal.span)], "other": usage[slice(*use.span)]}
                facts.append(Fact("goals", values, (((node, "usage"), "other"),), node, goal.span))
        return facts

    return judge
