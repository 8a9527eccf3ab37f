"""Tasks that the usage or the goals name, and whether any indicator measures them; topics that only the name has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from perfcheck.checks.content_words import content_words
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.relevance import TopicFinder, known_topics
from perfcheck.checks.texts import LONGEST_SEARCHED
from perfcheck.finding import Fact
from perfcheck.model.passages import PROJECT_PARTS, cell_text
from perfcheck.patterns import compiled

SEPARATORS = frozenset("、，。；：,;:.\n")
FARTHEST = 10
"""Characters on each side of a task's word that are looked through for the beginning and end of its phrase."""


def tasks_measured(
    read: Read,
    *,
    tasks: dict[str, list[str]],
    measured_by: dict[str, list[str]],
    ends: list[str],
    fewest_rows: int = 1,
    unless_behind: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """Each of ``tasks`` that usage or goals name has an indicator with one of the words it is ``measured_by``.

    Tables with less than ``fewest_rows`` indicators are left alone. Reports a task once, where it is named first, with
    the phrase it stands in: up to the next comma or one of the words ``ends``. With one of ``unless_behind`` right
    behind, the word tells when or why something else is done: 疫情防控期间.
    """
    not_empty("tasks", list(tasks))
    for task in tasks:
        if task not in measured_by:
            raise ValueError(f"measured_by 里没有“{task}”")
    words = [(task, word) for task, named in tasks.items() for word in named]
    aside = tuple(unless_behind)

    def with_rows(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if len(node.indicators) >= fewest_rows]

    def judge(node: Any, document: Any) -> list[Fact]:
        named: dict[str, Fact] = {}
        for part in PROJECT_PARTS:
            text = cell_text(node, part)[:LONGEST_SEARCHED]
            for task, word in words:
                if task not in named and word in text:
                    at = text.index(word)
                    if aside and text.startswith(aside, at + len(word)):
                        continue
                    begin, end = _phrase(text, at, len(word), ends)
                    values = {"text": text[begin:end]}
                    named[task] = Fact(part, values, span=(begin, end))
        if not named:
            return []
        rows = "\n".join(
            f"{row.name or ''} {row.description or ''} {row.target.text} {row.basis or ''}" for row in node.indicators
        )
        return [fact for task, fact in named.items() if not any(map(rows.__contains__, measured_by[task]))]

    return screened(judge, with_rows)


def topic_of_name_said(read: Read, *, topics: dict[str, list[str]], said_by: dict[str, list[str]]) -> Judge:
    """A project whose name has a word of one of ``topics`` says somewhere one of the words the topic is ``said_by``.

    Usage, goals, names and descriptions of indicators are looked through; projects without one of them are not judged.
    """
    not_empty("topics", list(topics))
    known_topics(topics, said_by, "said_by")
    topic_in = TopicFinder(topics)

    def with_topic(nodes: Sequence[Any]) -> list[Any]:
        told = (node for node in nodes if node.goals and node.usage and node.indicators)
        return [node for node in told if topic_in[node.name or ""][0]]

    def judge(node: Any, document: Any) -> Fact | None:
        topic, word = topic_in[node.name]
        wanted = said_by[topic]
        if any(map("\n".join((node.usage, *node.goals)).__contains__, wanted)):
            return None
        descriptions = [row.description or "" for row in node.indicators]
        said = "\n".join((*descriptions, *(row.name or "" for row in node.indicators)))
        if not any(descriptions) or any(map(said.__contains__, wanted)):
            return None
        return Fact("goals", {"text": word, "project": node.name})

    return screened(judge, with_topic)


def counted_tasks_measured(
    read: Read,
    *,
    verbs: list[str],
    counters: list[str],
    generic_words: list[str],
    no_counters: list[str] = [],  # noqa: B006 -- never changed
    uncounted: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """Each line of the goals that does a counted thing (新建桥2座) is measured by some indicator of the table.

    A clause does when it has one of ``verbs`` and a number with one of ``counters`` behind. It is measured where a
    value has the number, none of the ``uncounted`` units behind it, or the counter, or the rows have half of its
    content words; ``generic_words`` are no content.
    The beginning of one of ``no_counters`` (个工作日) counts nothing. One fact for a line.
    """
    not_empty("verbs", verbs)
    not_empty("counters", counters)
    words = content_words(generic_words)
    longest_first, nothing = tuple(sorted(counters, key=len, reverse=True)), tuple(no_counters)
    units = tuple(uncounted)

    def with_counts(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if any(map(str.isdecimal, "".join(node.goals)))]

    def judge(node: Any, document: Any) -> list[Fact]:
        text = cell_text(node, "goals")[:LONGEST_SEARCHED]
        values = "\n".join(row.target.text for row in node.indicators)
        said: frozenset[str] = frozenset()
        facts, line_of_last, counted_to = [], -1, 0
        for match in _counts(longest_first).finditer(text):
            if text.startswith(nothing, match.start(2)):
                continue
            listed_from, counted_to = counted_to, match.end()
            line = text.count("\n", 0, match.start())
            begin = max(text.rfind(mark, 0, match.start()) for mark in CLAUSE_MARKS) + 1
            if line == line_of_last or match.group(2) in values or not _does(text[begin : match.end()], verbs):
                continue
            if match.group(1) in _numbers(units).findall(values):
                continue
            said = said or frozenset().union(
                *(words[f"{row.name or ''}，{row.description or ''}"] for row in node.indicators)
            )
            if text.startswith(LISTED, listed_from):  # 举办推介会2场、采摘节1次: the second is another task
                begin = max(begin, listed_from + len(LISTED))
            clause = text[begin : match.end()]
            about = words[clause[len(clause) - len(clause.lstrip()) :]]
            if len(about) > 1 and len(about & said) * 2 < len(about):
                line_of_last = line
                start = begin + len(clause) - len(clause.lstrip())
                start += len(_item().match(text[start : match.end()]).group())  # type: ignore[union-attr]
                facts.append(Fact("goals", {"text": text[start : match.end()]}, span=(start, match.end())))
        return facts

    return screened(judge, with_counts)


CLAUSE_MARKS = "，,。；;\n"
LISTED = "、"


def _does(clause: str, verbs: Sequence[str]) -> bool:
    return any(verb in clause for verb in verbs)


@cache
def _counts(counters: tuple[str, ...]) -> re.Pattern[str]:
    return compiled(rf"(?<![\d.])(\d[\d.]*)\s?({'|'.join(map(re.escape, counters))})")


@cache
def _numbers(uncounted: tuple[str, ...]) -> re.Pattern[str]:
    """Numbers but those of one of the units that count nothing."""
    behind = "".join(f"|{re.escape(unit)}" for unit in uncounted)
    return compiled(rf"(?<![\d.])\d[\d.]*(?![\d.]{behind})")


@cache
def _item() -> re.Pattern[str]:
    return compiled(r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[、．.)）]\s*)?")


def _phrase(text: str, at: int, length: int, ends: Sequence[str]) -> tuple[int, int]:
    """Beginning and end of what stands between two separators around the word at ``at``; else of the word alone."""
    begin = next(
        (place + 1 for place in range(at - 1, at - FARTHEST, -1) if place < 0 or text[place] in SEPARATORS), at
    )
    behind = at + length
    for end in range(behind, min(behind + FARTHEST, len(text))):
        if text[end] in SEPARATORS or text.startswith(tuple(ends), end):
            return begin, end
    return begin, len(text) if len(text) < behind + FARTHEST else behind
