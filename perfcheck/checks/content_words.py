"""What texts speak of: pairs of neighbouring characters, for Chinese has no spaces; and what projects share or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from perfcheck.checks.texts import LONGEST_SEARCHED, fold
from perfcheck.model.passages import cell_text

MOST_REMEMBERED = 20_000
MOST_KEPT = 6
"""Projects kept of those that share a text: as many purposes, unlike each other, are enough to say it is a template."""

Content = frozenset[str]
"""The pairs of characters of a text that say what it is about."""
NUMBERING = r"\(?(?:\d+|[一二三四五六七八九十]+)(?:\)[.、:]?|[.、:])"
IDEOGRAPHS = ("一", "鿿")


class ContentWords(dict[str, Content]):
    """Text -> its content; ``generic`` words, which fit any project, and what is no ideograph count for nothing."""

    def __init__(self, generic: Sequence[str]) -> None:
        super().__init__()
        self.generic = sorted(set(map(fold, generic)), key=len, reverse=True)
        self._document: Any = None
        self._projects = Projects([], self)

    def __missing__(self, text: str) -> Content:
        rest = fold(text[:LONGEST_SEARCHED])
        for word in self.generic:
            if word in rest:
                rest = rest.replace(word, " ")
        first, last = IDEOGRAPHS
        found = frozenset(one + two for one, two in pairwise(rest) if first <= one <= last and first <= two <= last)
        if len(self) > MOST_REMEMBERED:
            self.clear()
        self[text] = found
        return found

    def projects_of(self, document: Any) -> Projects:
        """The projects of ``document``; those of the last one are remembered, for its nodes come one by one."""
        if self._document is not document:
            self._document, self._projects = document, Projects(document.projects, self)
        return self._projects


@cache
def content_words(generic: tuple[str, ...]) -> ContentWords:
    """The content of texts without ``generic`` words, one for all rules that leave out the same."""
    return ContentWords(generic)


class Projects:
    """The projects of one document: what each is for, and which of them share a text though their purposes differ."""

    def __init__(self, projects: Sequence[Any], words: ContentWords) -> None:
        self._projects = projects
        self._words = words
        self.purposes = [
            (words[project.name or ""] | words[cell_text(project, "usage")]) - words[project.unit.name or ""]
            for project in projects
        ]
        self._sharers: dict[tuple[str, str], list[int]] = {}
        for index, project in enumerate(projects):
            if self.purposes[index]:
                for line in project.goals:
                    self._share("goals", line, index)
                for indicator in project.indicators:
                    self._share("name", indicator.name or "", index)

    def _share(self, field: str, text: str, index: int) -> None:
        sharers = self._sharers.setdefault((field, bare(text)), [])
        if len(sharers) < MOST_KEPT:
            purpose = self.purposes[index]
            if all(purpose.isdisjoint(self.purposes[other]) for other in sharers):
                sharers.append(index)

    def elsewhere(self, field: str, text: str, position: int) -> list[Any]:
        """Projects for other purposes than the one at ``position``, and than each other, that have the same text.

        ``field`` is goals, for one of their lines, or name, for an indicator's; a project whose name and usage say
        nothing of its purpose has none.
        """
        purpose = self.purposes[position]
        if not purpose:
            return []
        sharers = self._sharers.get((field, bare(text)), ())
        return [self._projects[other] for other in sharers if purpose.isdisjoint(self.purposes[other])]

    def own_goals(self, position: int) -> list[str]:
        """The goals of a project that no project for another purpose has word for word."""
        return [line for line in self._projects[position].goals if not self.elsewhere("goals", line, position)]

    def own_words(self, position: int) -> str:
        """What a project says of itself: its name, its usage and its own goals."""
        project = self._projects[position]
        return "\n".join((project.name or "", cell_text(project, "usage"), *self.own_goals(position)))


def bare(text: str) -> str:
    """A line of goals or a name without its number, white space and the stop behind it: what makes it the same."""
    return re.sub(NUMBERING, "", fold(text[:LONGEST_SEARCHED]), count=1).rstrip("。;,.")
