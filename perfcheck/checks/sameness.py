"""Across the tables of one document: what must be the same everywhere, and what must not."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any, Iterator

from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact
from perfcheck.model.selections import getter


def unique(read: Read, *, field: str) -> Judge:
    """No two tables share ``field``; each repetition points at the first."""
    get = getter("project", field)

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        first: dict[str, Any] = {}
        for project in document.projects:
            value = get(project)
            if not value:
                continue
            if value in first:
                earlier = first[value]
                values = {"text": value, "first": earlier.name or earlier.title or "", "number": earlier.index + 1}
                yield Fact(field, values, (((earlier, field), "first"),), project)
            else:
                first[value] = project

    return judge


def same_everywhere(read: Read, *, field: str) -> Judge:
    """``field`` is the same in all tables; reports the tables that differ from what most say."""
    get = getter("project", field)

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        values = [(project, get(project)) for project in document.projects]
        if len({value for _, value in values if value}) < 2:
            return
        counts = Counter(value for _, value in values if value)
        (most, _), *_ = counts.most_common(1)
        for project, value in values:
            if value and value != most and _fold(value) != _fold(most):
                yield Fact(field.partition(".")[0], {"text": value, "usual": most}, node=project)

    return judge


def _fold(text: str) -> str:
    """``text`` without white space and with one width of brackets and digits."""
    return "".join(unicodedata.normalize("NFKC", text).split())
