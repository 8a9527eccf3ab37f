"""What texts speak of: pairs of neighbouring characters, for Chinese has no spaces; and what projects share or not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from perfcheck.checks.kinship import SaidAnywhere
from perfcheck.checks.texts import LONGEST_SEARCHED, fold
from perfcheck.checks.wording import bare_words
from perfcheck.memories import Memory
from perfcheck.model.passages import cell_text

MOST_KEPT = 6
"""Projects kept of those that share a text: as many purposes, unlike each other, are enough to say it is a template."""

Content = frozenset[str]
"""The pairs of characters of a text that say what it is about."""
Kinds = tuple[tuple[str, str], ...]
"""Words in names of projects, each with the kind of spending it means."""


class ContentWords(Memory[str, Content]):
    """Text -> its content, for which ``generic`` words, which fit any project, and figures count nothing.

    Projects of one of the ``kinds`` of spending are for the same purpose.
    """

    def __init__(self, generic: Sequence[str], kinds: Kinds = ()) -> None:
        super().__init__()
        self._generic = SaidAnywhere(generic)
        self.kinds = kinds
        self._document: Any = None
        self._projects = Projects([], self)

    def find(self, text: str) -> Content:
        """The content of ``text``."""
        words = self._generic.pairs_outside(fold(text[:LONGEST_SEARCHED]))
        return frozenset([word for word in words if len(word) > 1])

    def projects_of(self, document: Any) -> Projects:
        """The projects of ``document``; those of the last one are remembered, for its nodes come one by one."""
        if self._document is not document:
            self._document, self._projects = document, Projects(document.projects, self)
        return self._projects


def content_words(generic: list[str], kinds: dict[str, list[str]] = {}) -> ContentWords:  # noqa: B006 -- never changed
    """The content of texts without ``generic`` words, one for all rules that leave out the same."""
    return _content_words(tuple(generic), tuple((word, kind) for kind, words in kinds.items() for word in words))


@cache
def _content_words(generic: tuple[str, ...], kinds: Kinds) -> ContentWords:
    return ContentWords(generic, kinds)


class Projects:
    """The projects of one document: what each is for, and which of them share a text though their purposes differ."""

    def __init__(self, projects: Sequence[Any], words: ContentWords) -> None:
        self._projects = projects
        self._words = words
        self.purposes = [self._purpose(project) for project in projects]
        self._own: dict[int, str] = {}
        self._sharers: dict[str, dict[str, list[int]]] = {}

    def _purpose(self, project: Any) -> Content:
        name, words = project.name or "", self._words
        kinds = {f"={kind}" for word, kind in words.kinds if word in name}
        return (words[name] | words[cell_text(project, "usage")] | kinds) - words[project.unit.name or ""]

    def _sharing(self, field: str) -> dict[str, list[int]]:
        """Each text of a field -> projects that have it, of purposes unlike each other."""
        found: dict[str, list[int]] = {}
        for index, (project, purpose) in enumerate(zip(self._projects, self.purposes)):
            for text in dict.fromkeys(map(bare_words.__getitem__, texts_of(project, field)) if purpose else ()):
                sharers = found.setdefault(text, [])
                if len(sharers) < MOST_KEPT and all(purpose.isdisjoint(self.purposes[other]) for other in sharers):
                    sharers.append(index)
        return found

    def elsewhere(self, field: str, text: str, position: int) -> list[Any]:
        """Projects for other purposes than the one at ``position``, and than each other, that have the same text.

        ``field`` is goals, for one of their lines, or name, for an indicator's; a project whose name and usage say
        nothing of its purpose has none.
        """
        purpose = self.purposes[position]
        if not purpose:
            return []
        if field not in self._sharers:
            self._sharers[field] = self._sharing(field)
        sharers = self._sharers[field].get(bare_words[text], ())
        return [self._projects[other] for other in sharers if purpose.isdisjoint(self.purposes[other])]

    def own_goals(self, position: int) -> list[str]:
        """The goals of a project that no project for another purpose has word for word."""
        return [line for line in self._projects[position].goals if not self.elsewhere("goals", line, position)]

    def own_words(self, position: int) -> str:
        """What a project says of itself: its name, its usage and its own goals."""
        own = self._own.get(position)
        if own is None:
            project = self._projects[position]
            texts = (project.name or "", cell_text(project, "usage"), *self.own_goals(position))
            own = self._own[position] = "\n".join(texts)
        return own


def texts_of(project: Any, field: str) -> Sequence[str]:
    """The lines of a project's goals, or the names of its indicators."""
    return project.goals if field == "goals" else [indicator.name or "" for indicator in project.indicators]
