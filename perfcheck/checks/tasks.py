"""Tasks that the usage or the goals name, and whether any indicator measures them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.texts import LONGEST_SEARCHED
from perfcheck.finding import Fact
from perfcheck.model.passages import PROJECT_PARTS, cell_text

SEPARATORS = frozenset("、，。；：,;:.\n")
FARTHEST = 10
"""Characters on each side of a task's word that are looked through for the beginning and end of its phrase."""


def tasks_measured(
    read: Read, *, tasks: dict[str, list[str]], measured_by: dict[str, list[str]], ends: list[str], fewest_rows: int = 1
) -> Judge:
    """Each of ``tasks`` that usage or goals name has an indicator with one of the words it is ``measured_by``.

    Tables with less than ``fewest_rows`` indicators are left alone. Reports a task once, where it is named first, with
    the phrase it stands in: up to the next comma or one of the words ``ends``.
    """
    not_empty("tasks", list(tasks))
    for task in tasks:
        if task not in measured_by:
            raise ValueError(f"measured_by 里没有“{task}”")
    words = [(task, word) for task, named in tasks.items() for word in named]

    def with_rows(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if len(node.indicators) >= fewest_rows]

    def judge(node: Any, document: Any) -> list[Fact]:
        named: dict[str, Fact] = {}
        for part in PROJECT_PARTS:
            text = cell_text(node, part)[:LONGEST_SEARCHED]
            for task, word in words:
                if task not in named and word in text:
                    begin, end = _phrase(text, text.index(word), len(word), ends)
                    values = {"text": text[begin:end]}
                    named[task] = Fact(part, values, span=(begin, end))
        if not named:
            return []
        rows = "\n".join(
            f"{row.name or ''} {row.description or ''} {row.target.text} {row.basis or ''}" for row in node.indicators
        )
        return [fact for task, fact in named.items() if not any(map(rows.__contains__, measured_by[task]))]

    return screened(judge, with_rows)


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
