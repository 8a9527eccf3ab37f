"""Copies among the rows of a table and among the tables of a document."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from perfcheck.checks.kinship import Purposes, copies_for_other_purposes
from perfcheck.checks.presence import Judge, Read, Share, not_empty
from perfcheck.checks.relevance import TopicFinder, known_topics
from perfcheck.checks.wording import bare_words
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text

MOST_NAMED = 3
"""Tables a message calls by their names."""
MOST_RELATED = 20
"""Tables a finding points at."""


def repeated_rows(read: Read, *, same: list[str]) -> Judge:
    """No two rows of a table have the ``same`` fields; where one of those is blank, no two whole rows are the same."""
    not_empty("same", same)
    bare = bare_words
    name_of = attrgetter("name")
    readers = [attrgetter(field) for field in same]

    def judge(node: Any, document: Any) -> list[Fact]:
        rows = node.indicators
        names = list(map(bare.__getitem__, filter(None, map(name_of, rows))))
        if len(set(names)) == len(names):
            return []
        facts = []
        first: dict[Any, tuple[int, Any]] = {}
        for number, row in enumerate(rows, 1):
            if not row.name:
                continue
            key: Any = tuple([bare[get(row) or ""] for get in readers])
            if not all(key):
                key = (*key, row.description or "", row.target.text, row.basis or "")
            at, earlier = first.setdefault(key, (number, row))
            if earlier is not row:
                values = {"text": row.name, "first": at, "number": number}
                facts.append(Fact("name", values, (((earlier, "name"), "first"),), row))
        return facts

    return judge


def same_under_other_names(read: Read, *, same: list[str], shortest: int) -> Judge:
    """No two rows of a table with different names have the ``same`` fields, the first of them no short word.

    The first field has ``shortest`` characters or more; rows where one of the fields is blank are not judged.
    """
    not_empty("same", same)
    bare = bare_words
    main, *others = [attrgetter(field) for field in same]

    def judge(node: Any, document: Any) -> list[Fact]:
        rows = node.indicators
        texts = list(map(main, rows))
        if len(set(texts)) == len(texts):
            return []
        facts = []
        first: dict[Any, tuple[int, Any]] = {}
        for number, (row, text) in enumerate(zip(rows, texts), 1):
            if not text or not row.name or len(text) < shortest:
                continue
            key = (text, *(get(row) or "" for get in others))
            at, earlier = first.setdefault(key, (number, row))
            if all(key) and bare[earlier.name] != bare[row.name]:
                values = {"text": row.name, "other": earlier.name, "first": at, "number": number}
                facts.append(Fact("name", values, (((earlier, "name"), "first"),), row))
        return facts

    return judge


def copied_tables(
    read: Read,
    *,
    share: Share,
    fewest: int,
    generic: list[str],
    vague: list[str],
    kinds: dict[str, list[str]],
    topics: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    homes: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """No table has ``share`` percent of its rows, amounts aside, from a table whose project is for another purpose.

    Tables of less than ``fewest`` rows are not judged. The purpose is what the names of projects say: ``generic``,
    ``vague`` and ``kinds`` are as :class:`Purposes` has them. A table that has a row of its own beside them is left
    alone where what it shares is at home in it: its rows speak of ``topics``, of all of which name or usage of the
    project have one of the ``homes``.
    """
    if not 50 <= share <= 100:
        raise ValueError("share 应在 50 到 100 之间")
    known_topics(topics, homes, "homes")
    purposes = Purposes(generic, kinds, vague)
    topic_in = TopicFinder(topics)

    def suits(project: Any) -> bool:
        own = f"{project.name or ''}\n{cell_text(project, 'usage')}"
        told = {topic_in[row.name or ""][0] for row in project.indicators} - {""}
        return bool(told) and all(any(map(own.__contains__, homes[topic])) for topic in told)

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        projects = document.projects
        rows = [[_without_amount(row) for row in project.indicators] for project in projects]
        found = copies_for_other_purposes(rows, purposes.of_each(projects), share=share, fewest=fewest)
        for index, count, others in found:
            if all(set(rows[index]) != set(rows[other]) for other in others) and suits(projects[index]):
                continue
            named = [projects[other] for other in others]
            values = {
                "count": count - 1,
                "names": "、".join(project.name for project in named[:MOST_NAMED]),
                "different": len(others),
                "some": "some" if len(others) < count - 1 else "",
            }
            related = tuple(((project, "indicators"), "same") for project in named[:MOST_RELATED])
            yield Fact("indicators", values, related, projects[index])

    return judge


def _without_amount(row: Any) -> tuple[str | None, str | None, str]:
    target = row.target
    value = "" if target.kind in ("money", "money_rate") else target.text
    return row.name, row.description, value
