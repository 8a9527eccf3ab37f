"""Makes what judges the files of a run as their configuration asks for: one checker for each group of files."""

from __future__ import annotations

from collections.abc import Callable

from perfcheck.config import FileGroup, Settings
from perfcheck.configuration.tailoring import TailoredRules, Wanted
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.running.checker import Checker, Read
from perfcheck.running.grouped_checker import GroupedChecker


def tailored_checker(
    settings: Settings,
    vocabulary: Vocabulary,
    read: Read,
    words: Callable[[str], Callable[[str], str]],
    keep_source: bool,
    compare: bool,
    wanted: Wanted,
) -> GroupedChecker:
    """The checker of a run with configuration files; raises :class:`PerfcheckError`."""
    language = settings.language

    def made(group: FileGroup) -> tuple[Checker, tuple[str, ...]]:
        rules = TailoredRules(group, vocabulary, wanted)
        checker = Checker(
            rules.every_pack(),
            read,
            words(language),
            language=language,
            year=group.year,
            keep_source=keep_source,
            judge_by=rules.judge,
            level_of=rules.level_of,
            only_compare=settings.compare == "only",
            keep_facts=settings.shard is not None,
            basis=rules.digest(),
        )
        return checker, group.paths

    return GroupedChecker([made(group) for group in settings.groups], compare)
