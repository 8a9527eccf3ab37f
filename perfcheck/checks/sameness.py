"""Across the tables of one document: what must be the same everywhere, and what must not."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.checks.texts import fold
from perfcheck.finding import Fact


def unique(read: Read, *, field: str) -> Judge:
    """No two tables share ``field``; each repetition points at the first."""
    get = attrgetter(field)

    def judge(node: Any, document: Any) -> list[Fact]:
        found = list(filter(None, map(get, document.projects)))
        if len(set(found)) == len(found):
            return []
        facts = []
        first: dict[str, Any] = {}
        for project in document.projects:
            value = get(project)
            earlier = first.setdefault(value, project) if value else project
            if earlier is not project:
                values = {"text": value, "first": earlier.name or earlier.title or "", "number": earlier.position + 1}
                facts.append(Fact(field, values, (((earlier, field), "first"),), project))
        return facts

    return judge


def same_everywhere(read: Read, *, field: str) -> Judge:
    """``field`` is the same in all tables; reports the tables that differ from what most say."""
    get = attrgetter(field)

    def judge(node: Any, document: Any) -> list[Fact]:
        counts = Counter(filter(None, map(get, document.projects)))
        if len(counts) < 2:
            return []
        most, _ = counts.most_common()[0]  # with a number it would import heapq
        part = field.partition(".")[0]
        return [
            Fact(part, {"text": value, "usual": most}, node=project)
            for project in document.projects
            if (value := get(project)) and value != most and fold(value) != fold(most)
        ]

    return judge
