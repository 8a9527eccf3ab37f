"""How many there are of a thing by the goals and usage of a table, against what its indicators aim at."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from perfcheck.checks.lone_counts import LONGEST_VERB, OF, SHARED, LoneCounts, Promise, near
from perfcheck.checks.presence import Judge, Read
from perfcheck.checks.quantities import CountReader, clause_around, has_digit, without_end, without_lead, word_in
from perfcheck.checks.targets import written_twice
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import PROJECT_PARTS, cell_text
from perfcheck.model.target import Comparator
from perfcheck.patterns import compiled

MOST_MORE = 2
"""Letters a thing counted may have beside those of the indicator's name: 农村户厕改造, 改造户厕."""


def counts_in_targets(
    read: Read,
    *,
    measures: dict[str, list[str]],
    endings: list[str],
    lead_words: list[str],
    purpose_words: list[str],
    link_words: list[str],
    unless_words: list[str],
    least_core: int,
    least_noun: int,
    reach_words: list[str],
    modifiers: list[str],
    people: list[str] = [],  # noqa: B006 -- never changed
    any_things: list[str] = [],  # noqa: B006 -- never changed
    all_words: list[str] = [],  # noqa: B006 -- never changed
    state_words: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """What goals and usage promise is what the indicator of that name aims at, in the unit of its value.

    Either the name without ``endings`` (and at least ``least_core`` letters long) stands right in front of the number
    in a clause, or right behind it, with nothing else before but ``lead_words`` (``purpose_words`` say
    what the money is for) and ``link_words``, or one of ``people`` (居民) in front of a number that is a slip of the
    one aimed at or not far from it. Or the number is
    followed by the thing the indicator counts, by the end of its name or description of ``least_noun`` letters or more
    (one of ``modifiers`` between, which leave none of them out), and the clause speaks of the same matter: in words
    they share, in ``reach_words`` for who has the good of it, or in a verb of its own like the name's. A clause with
    ``unless_words`` speaks of one part, one time or one each, and a number that another indicator has is of that one.
    Numbers that one text gives of several places and that make up the one aimed at are its parts: 甲村1座，乙村1座.
    Or usage and goals both name the thing with one number, a slip of the one aimed at, whatever the clauses go on to
    say of them: 26名保洁员参加培训; not where the indicator counts all there are, by ``all_words`` (在册), for those
    who get something this year may be fewer. Or they have one number each in the measure, one of them that of the
    value, beside the thing, in clauses that speak of what the indicator does, not of what came of it, by
    ``state_words`` (合格); not in ``any_things`` (个), which count villages as well as what is built in them.
    """
    reader, lone = CountReader(measures), LoneCounts(unless_words, all_words, state_words)
    ends, leads, links = tuple(endings), tuple(lead_words), tuple(link_words)
    for_what, anything = tuple(purpose_words), frozenset(any_things)
    core_of = Remembered[str, Any](lambda name: without_end(name, ends)).__getitem__
    has_number = Remembered(has_digit).__getitem__

    def judge(node: Any, document: Any) -> list[Fact]:
        facts: list[Fact] = []
        found: list[Promise] | None = None
        numbers_of: dict[Any, set[Any]] = {}
        for indicator in node.indicators:
            target = indicator.target
            if (
                target.kind != "quantity"
                or target.upper is not None
                or not _is_whole(target.remainder)
                or target.number is None
                or written_twice(indicator, document)
            ):
                continue
            counted = reader.of_target(target)
            core = core_of(indicator.name or "")
            if counted is None or len(core) < least_core:
                continue
            number, measure = counted
            if found is None:
                prose = [(part, text) for part in PROJECT_PARTS if has_number(text := cell_text(node, part))]
                found = [Promise(part, text, count) for part, text in prose for count in reader.find(text)]
            same = [item for item in found if item.counted.measure == measure]
            cores = _cores(core, indicator.name or "", ends)
            named = [(item, each) for item in same for each in cores if names(each, item, number)]
            told = list(dict.fromkeys(item for item, each in named if whole(each, item, number)))
            exact = bool(told)
            if named and not told:
                told = lone.told_everywhere([item for item, _ in named], same, number, _said_by(indicator))
            if same and not told:
                numbers_of = numbers_of or _numbers_of(node, reader)
                others = numbers_of[measure] - {number}
                open_to = [item for item in same if item.counted.number not in others]
                told = of_same_thing(indicator, core, open_to) if open_to else []
                if not told and not others and measure not in anything:
                    told = lone.in_one_of_three(same, core, number, _said_by(indicator))
            wrong = [item for item in told if not _agree(item.counted.number, number, target.comparator)]
            if exact and len(wrong) < len(told):
                wrong = [item for item in wrong if any(says_only(each, item) for each in cores)]
            wrong = _not_adding_up(wrong, number)
            if wrong and len({item.counted.number for item in wrong}) == 1:
                part, text, count = wrong[0]
                values = {"text": target.text, "other": text[count.start : count.end], "name": indicator.name}
                facts.append(Fact("target", values, (((node, part), "other"),), indicator))
        return facts

    def names(core: str, promise: Promise, aimed: Decimal) -> bool:
        """Whether a promise is how many there are of ``core``, and of all of them."""
        _, text, count = promise
        if not set(core) <= set(text):
            return False
        start, end = clause_around(text, count.start, count.end)
        if word_in(text[start:end], unless_words):
            return False
        behind = text[count.end : end]
        if core not in text:
            own = without_lead(without_end(text[start : count.start].rstrip(), links), leads)
            if own[-SHARED:] == core[-SHARED:] and set(core) <= set(own):
                return len(own) <= len(core) + MOST_MORE
            return not own and set(core) <= set(behind) and len(behind) <= len(core) + MOST_MORE
        before = without_end(text[start : count.start].rstrip(), links)
        for word in ("", *people):
            if word and not near(count.number, aimed):
                break
            if before.endswith(core + word):
                rest = without_lead(before[: len(before) - len(core + word)], leads)
                return not rest or _is_area(rest)
        if not text.startswith(core, count.end):
            return False
        rest = without_lead(before, leads)
        return not rest or _is_area(rest)

    def whole(core: str, promise: Promise, aimed: Decimal) -> bool:
        """Whether the clause speaks of all of them: nothing behind, or but 的 behind more than are aimed at."""
        count = promise.counted
        return not _says_more(core, promise) or (count.number > aimed and promise.text.startswith(core + OF, count.end))

    def says_only(core: str, promise: Promise) -> bool:
        """Whether the clause up to the count, or with 的 behind it, is ``core`` alone, but for where and what for."""
        _, text, count = promise
        start, _ = clause_around(text, count.start, count.end)
        before = without_end(text[start : count.start].rstrip(), links)
        if not before.endswith(core) and not text.startswith(core + OF, count.end):
            return False
        rest = without_lead(before.removesuffix(core), for_what)
        return not rest or _is_area(rest)

    def of_same_thing(indicator: Any, core: str, promises: list[Promise]) -> list[Promise]:
        """The ``promises`` of what ``indicator`` counts that speak of the same matter."""
        description = core_of((indicator.description or "").rstrip("。；;"))
        said = _said_by(indicator)
        found = []
        nouns = (_last_noun(core), _last_noun(description), without_lead(core, leads), _common_end(core, description))
        for noun in dict.fromkeys(nouns):
            if len(noun) < least_noun:
                continue
            for promise in promises:
                _, text, count = promise
                at = count.end
                at += next((len(word) for word in modifiers if text.startswith(word, at)), 0)
                if not text.startswith(noun, at) or promise in found:
                    continue
                start, end = clause_around(text, count.start, count.end)
                if word_in(text[start:end], unless_words):
                    continue
                before, behind = text[start : count.start], text[at + len(noun) : end]
                if speaks_of(said, core.partition(noun)[0], before, behind):
                    found.append(promise)
        return found

    def speaks_of(said: str, verb: str, before: str, behind: str) -> bool:
        """Whether the words around a count are about what is ``said`` of an indicator."""
        if word_in(said, reach_words) and word_in(before + behind, reach_words):
            return True
        if any(piece[at : at + SHARED] in said for piece in (before, behind) for at in range(len(piece) - SHARED + 1)):
            return True
        own = without_lead(before, leads)
        return not behind and 0 < len(own) <= LONGEST_VERB and not set(own).isdisjoint(verb)

    return judge


def _said_by(indicator: Any) -> str:
    """Name and description of an indicator."""
    return f"{indicator.name}\n{indicator.description or ''}"


def _cores(core: str, name: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    """``core`` and ``name`` without any one of ``endings``: 走访军人次数 is 走访军人 and 次数, too, not only 走访军."""
    shorter = (name.removesuffix(word) for word in endings if name.endswith(word))
    return tuple(dict.fromkeys((core, *shorter)))


@cache
def _area() -> re.Pattern[str]:
    return compiled(r"\d+个[\u4e00-\u9fff]{1,3}(?:依法|共|合计)?")


def _is_area(text: str) -> bool:
    """Whether ``text`` says nothing but how many places something is done in: 12个行政村."""
    return _area().fullmatch(text) is not None


def _says_more(core: str, promise: Promise) -> bool:
    """Whether the clause goes on behind ``core`` and may speak of some of them: 12名保洁员购买意外保险."""
    _, text, count = promise
    _, end = clause_around(text, count.start, count.end)
    return text.startswith(core, count.end) and any(map(str.isalnum, text[count.end + len(core) : end]))


def _last_noun(text: str) -> str:
    """What stands behind the last 的 of ``text``; empty where there is none."""
    return text.rpartition(OF)[2] if OF in text else ""


def _common_end(one: str, other: str) -> str:
    """The letters both texts end with."""
    length = next((at for at, (a, b) in enumerate(zip(reversed(one), reversed(other))) if a != b), 0)
    return one[len(one) - length :]


def _numbers_of(project: Any, reader: CountReader) -> dict[Any, set[Any]]:
    """Measure -> the numbers that the indicators of a table have in it."""
    found: dict[Any, set[Any]] = {measure: set() for measure in reader.classes.values()}
    for indicator in project.indicators:
        counted = reader.of_target(indicator.target)
        if counted is not None:
            found[counted[1]].add(counted[0])
    return found


def _not_adding_up(wrong: list[Promise], aimed: Decimal) -> list[Promise]:
    """``wrong`` without those of a text of which several make up the number ``aimed`` at."""
    sums = {part: sum(item.counted.number for item in wrong if item.part == part) for part in PROJECT_PARTS}
    return [item for item in wrong if sums[item.part] != aimed]


def _is_whole(remainder: str) -> bool:
    """Whether nothing follows the unit but another in brackets: 65台（套）."""
    return not remainder or remainder[0] in "(（"


def _agree(promised: Decimal, aimed: Decimal, comparator: Comparator | None) -> bool:
    if comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        return promised <= aimed
    return promised == aimed or (comparator is Comparator.MORE_THAN and promised > aimed)
