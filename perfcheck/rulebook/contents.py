"""What a pack's folder says, put together from the files of it and of the packs below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from perfcheck.errors import PackError
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import Rule
from perfcheck.rulebook.rule_file import build_checked, build_rule
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.rulebook.word_lists import WordLists

if TYPE_CHECKING:
    from perfcheck.rulebook.idle_lists import IdleList
    from perfcheck.rulebook.locks import Lock


class Source(NamedTuple):
    """One rule as it is written, known to be right in form; ``marks`` for files that may still have wrong options."""

    content: dict[str, Any]
    path: str
    pack: str
    marks: Any

    def build(self, lists: WordLists, vocabulary: Vocabulary) -> Rule:
        """The rule; raises :class:`PackError` for options its check does not take."""
        if self.marks is None:
            try:
                return build_rule(self.content, self.path, self.pack, vocabulary, lists)
            except (ValueError, re.error) as error:  # right as it is written, but not with the words of a pack above
                raise PackError(f"规则 {self.content['id']} 用不了改过的词表：{error} / a changed word list") from None
        return build_checked(self.content, self.marks, self.path, self.pack, vocabulary, lists)


class Contents(NamedTuple):
    """What is written in a pack's folder and in those of the packs below it."""

    about: dict[str, Any]
    folder: str
    rules: dict[str, Source]
    word_lists: WordLists
    layouts: dict[str, Any]
    """Layout id -> what its file says."""
    locks: tuple[Lock, ...] = ()
    """What packs above fix and nothing below may weaken."""
    line: tuple[str, ...] = ()
    """Folders of this pack and of those it extends, itself first."""
    idle: tuple[IdleList, ...] = ()
    """Word lists that nothing asks for."""
