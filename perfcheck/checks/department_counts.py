"""How many there are of a thing by part one, against the one indicator of a table that aims at it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.quantities import CountReader, clause_around, has_digit, without_end, without_lead, word_in
from perfcheck.checks.targets import written_twice
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.target import Comparator


def department_counts(
    read: Read,
    *,
    measures: dict[str, list[str]],
    endings: list[str],
    lead_words: list[str],
    link_words: list[str],
    unless_words: list[str],
    least_core: int,
) -> Judge:
    """What part one promises is what the only indicator of that name aims at, in the same measure.

    A promise is a clause that begins, ``lead_words`` aside, with an indicator's name and goes on with a number,
    ``endings`` (数量, 座数) of the name and ``link_words`` left out; the rest of the name has ``least_core`` letters or
    more. A clause with ``unless_words`` speaks of a part, and what several indicators of different aims are called
    by tells nothing.
    """
    not_empty("endings", endings)
    reader = CountReader(measures)
    ends, leads, links = tuple(endings), tuple(lead_words), tuple(link_words)
    core_of = Remembered[str, Any](lambda name: without_end(name, ends)).__getitem__

    def promises(passages: Any) -> Iterator[tuple[Any, Any, str]]:
        for passage in passages:
            text = passage.text
            if passage.project is not None or not has_digit(text):
                continue
            for count in reader.find(text):
                start, end = clause_around(text, count.start, count.end)
                said = text[start : count.start].rstrip(" ：").rpartition("：")[2]  # 绩效指标：…
                core = core_of(without_lead(without_end(said.rstrip(), links), leads))
                if len(core) >= least_core and not word_in(text[start:end], unless_words):
                    yield passage, count, core

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        told = list(promises(node))
        if not told:
            return
        wanted = {core for *_, core in told}
        aims: dict[tuple[str, Any], dict[Decimal, Any]] = {}
        for project in document.projects:
            for row in project.indicators:
                core = core_of(without_lead(row.name or "", leads))
                if core not in wanted or row.target.kind != "quantity" or row.target.upper is not None:
                    continue
                counted = reader.of_target(row.target)
                if counted is not None and written_twice(row, document) is None:
                    aims.setdefault((core, counted[1]), {})[counted[0]] = row
        for passage, count, core in told:
            found = aims.get((core, count.measure), {})
            if len(found) != 1 or count.number in found:
                continue
            (row,) = found.values()
            if row.target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
                continue
            values = {"text": passage.text[count.start : count.end], "other": row.target.text, "name": row.name}
            span = (count.start, count.end)
            yield Fact(passage.part, values, (((row, "target"), "other"),), passage, span)

    return judge
