"""Where usage and goals have one number each of a thing: the numbers that are said to be those of an indicator."""

from __future__ import annotations

from decimal import Decimal

from perfcheck.checks.quantities import ENDS_OF_SENTENCES, Count, clause_around, word_in
from perfcheck.checks.slipped_counts import is_slip
from perfcheck.model.passages import PROJECT_PARTS
from perfcheck.named_tuples import NamedTuple

SHARED = 3
"""So many letters in a row that two clauses share, the thing counted aside, show that they speak of one matter."""
LONGEST_VERB = 2
OF = "的"
_ENDS = ENDS_OF_SENTENCES + "，,"
"""Ends of a clause that may tell what is done to a list of things: 组织戏曲演出、电影放映等活动12场."""
SOON = 8
"""So many letters behind a count the thing counted stands, with what tells of which kind: 240名独居和高龄老人."""
NEAR = Decimal("0.2")
"""What a number of people not named by the indicator may be off by, else others are meant."""


class Promise(NamedTuple):
    """A count in goals or usage: in which part, its text and where."""

    part: str
    text: str
    counted: Count


def near(number: Decimal, aimed: Decimal) -> bool:
    """Whether a number is not far from the one aimed at, or a slip of it."""
    return is_slip(number, aimed) or abs(number - aimed) <= aimed * NEAR


class LoneCounts:
    """Tells numbers of an indicator by there being no others.

    A clause with one of ``unless_words`` is of some of them. ``all_words`` in an indicator say that it counts all there
    are, of whom some get something; ``state_words`` in a clause, that it tells how what was done turned out.
    """

    def __init__(self, unless_words: list[str], all_words: list[str], state_words: list[str]) -> None:
        self._all_words = all_words
        self._others = [*unless_words, *state_words]

    def told_everywhere(self, named: list[Promise], same: list[Promise], aimed: Decimal, said: str) -> list[Promise]:
        """``named`` of some of them, where goals and usage have one number, a slip of that aimed at, and never that.

        ``said`` are name and description of the indicator.
        """
        numbers = {item.counted.number for item in named}
        parts = {item.part for item in named}
        if len(numbers) > 1 or len(parts) < len(PROJECT_PARTS) or any(item.counted.number == aimed for item in same):
            return []
        return named if is_slip(numbers.pop(), aimed) and not word_in(said, self._all_words) else []

    def in_one_of_three(self, same: list[Promise], core: str, aimed: Decimal, said: str) -> list[Promise]:
        """Usage and goals have one number each of what ``core`` names: that of the value, and one near it.

        Both in clauses about the matter that name and description, ``said``, speak of.
        """
        numbers = [item.counted.number for item in same]
        if sorted(item.part for item in same) != sorted(PROJECT_PARTS) or aimed not in numbers:
            return []
        if not all(near(each, aimed) for each in numbers):
            return []
        return same if all(self._of_matter(item, core, said) for item in same) else []

    def _of_matter(self, promise: Promise, core: str, said: str) -> bool:
        """Whether the thing stands right in front of a count, or soon behind it, in a clause about what is ``said``."""
        _, text, count = promise
        start, end = clause_around(text, count.start, count.end)
        thing, before = core[-LONGEST_VERB:], text[start : count.start].rstrip()
        if not before.endswith(thing) and thing not in text[count.end : min(end, count.end + SOON)]:
            return False
        clause = text[slice(*clause_around(text, count.start, count.end, _ENDS))]
        if word_in(clause, self._others):
            return False
        verb = core[:LONGEST_VERB] if len(core) >= 2 * LONGEST_VERB else ""
        verbs = [each for each in (verb, said.rpartition(OF)[0][-LONGEST_VERB:]) if each]
        pieces = (clause[at : at + SHARED] for at in range(len(clause) - SHARED + 1))
        return bool(word_in(clause, verbs)) or any(
            piece in said and piece not in core[len(verb) :] and piece.isalpha() for piece in pieces
        )
