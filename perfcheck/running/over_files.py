"""A run over the files of one call: what is known of them is taken from the cache, the rest is found, all is compared.

The outcome is the same for any number of processes, with or without a cache, and in whatever order files are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from perfcheck.comparison import Facts
from perfcheck.config import STANDARD_INPUT, Settings
from perfcheck.engine import Judgement, with_findings
from perfcheck.errors import SettingsError
from perfcheck.finding import Finding, NotChecked
from perfcheck.running.checker import Checker, Outcome, Progress
from perfcheck.running.processes import in_halves, processes_for

if TYPE_CHECKING:
    from perfcheck.running.timing import Timing

MANY_FINDINGS = 500
"""From so many findings on a run keeps them in a file: in memory, as Python's values, they take kilobytes each."""
MakeChecker = Callable[[], Checker]


class Run:
    """The files of a call and all that is needed to check them."""

    def __init__(
        self,
        settings: Settings,
        checker: Checker,
        make: MakeChecker,
        paths: Sequence[str],
        timing: Timing | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._timing = timing
        self._checker = checker
        self._make = make
        """Makes the checker once more, in other processes."""
        self._paths = paths
        self._meanwhile = meanwhile
        """Something to do for the report while other processes are waited for."""
        self._cache = None
        if settings.cache_folder:
            from perfcheck.running.result_cache import ResultCache

            self._cache = ResultCache(settings.cache_folder, checker, settings.year, checker.comparison is not None)

    def judgements(self, progress: Progress) -> list[Judgement]:
        """What is said of each file, alone and beside the others; of a part of them, alone."""
        settings = self._settings
        if settings.shard is None:
            return judged(self._checker, self._with(progress(self._paths), self._paths), self._facts)
        from perfcheck.running.parts import PartWriter, Shard

        shard = Shard(*settings.shard)
        paths = shard.files(self._paths)
        if STANDARD_INPUT in self._paths:
            raise SettingsError("--shard 不能和标准输入一起用 / not with standard input")
        assert settings.part is not None
        part = PartWriter(settings.part, settings, self._checker.pack, shard, self._paths)
        outcomes = part.passing(self._with(progress(paths), paths))
        keep = _keeper(self._checker)
        return [keep(outcome.judgement) for outcome in outcomes]

    def _with(self, progress: Iterable[str], paths: Sequence[str]) -> Iterator[Outcome]:
        """The outcomes of ``paths``, while they move a progress bar."""
        outcomes = self.outcomes(paths)
        for path in progress:
            outcome = next(outcomes)
            if self._timing is not None:
                self._timing.note(path, outcome.times)
            yield outcome

    def outcomes(self, paths: Sequence[str]) -> Iterator[Outcome]:
        """The outcome of each file in order: from the cache, from other processes or found here."""
        cache = self._cache
        if cache is None:
            yield from self._fresh(paths)
            return
        known = {path for path in paths if path != STANDARD_INPUT and cache.knows(path)}
        fresh = self._fresh([path for path in paths if path not in known])
        for path in paths:
            outcome = cache.known(path) if path in known else None
            if outcome is None:
                outcome = self._checker.check(path) if path in known else next(fresh)
                cache.keep(path, outcome)
            yield outcome

    def _fresh(self, paths: Sequence[str]) -> Iterator[Outcome]:
        """The outcomes of ``paths``, found now: here, or in other processes that can be ended."""
        settings, checker = self._settings, self._checker
        given = [path for path in paths if path != STANDARD_INPUT]
        if settings.cluster is not None and given:
            from perfcheck.running import cluster

            afar = cluster.outcomes(settings, checker, given, settings.timeout)
            return (checker.check(path) if path == STANDARD_INPUT else next(afar) for path in paths)
        processes = processes_for(settings.jobs, len(given))
        if settings.timeout is None and in_halves(settings.jobs, len(given)):
            from perfcheck.running import halves

            found = halves.outcomes(checker, given, self._meanwhile)
        elif given and (processes > 1 or settings.timeout is not None):
            from perfcheck.running import workers

            found = workers.outcomes(self._make, checker, given, processes, settings.timeout)
        else:
            return checker.outcomes(paths)
        return (checker.check(path) if path == STANDARD_INPUT else next(found) for path in paths)

    def _facts(self, path: str) -> Facts:
        """What comparing needs of a file: remembered, or from reading it again."""
        if self._cache is None:
            return self._checker.facts(path)
        facts = self._cache.known_facts(path)
        if facts is None:
            facts = self._checker.facts(path)
            self._cache.keep_facts(path, facts)
        return facts


def judged(checker: Checker, outcomes: Iterable[Outcome], facts: Callable[[str], Facts]) -> list[Judgement]:
    """The judgements of ``outcomes``, with what the documents say against each other."""
    keep = _keeper(checker)
    judgements = []
    for outcome in outcomes:
        judgements.append(keep(outcome.judgement))
        if checker.comparison is not None:
            checker.comparison.note(outcome.judgement.path, outcome.traces)
    if checker.comparison is None:
        return judgements
    found, failed = checker.comparison.findings_of(facts, checker.render)
    return [keep(judgement) for judgement in compared(judgements, found, failed)]


def compared(
    judgements: Sequence[Judgement], found: dict[str, list[Finding]], failed: Sequence[NotChecked]
) -> list[Judgement]:
    """``judgements`` with what was found in comparison."""
    broken: dict[str, list[NotChecked]] = {}
    for item in failed:
        broken.setdefault(item.path, []).append(item)
    return [
        with_findings(judgement, found.get(judgement.path, ()), broken.get(judgement.path, ()))
        if judgement.path in found or judgement.path in broken
        else judgement
        for judgement in judgements
    ]


def _keeper(checker: Checker) -> Callable[[Judgement], Judgement]:
    """How judgements are kept until they are reported: of many findings the further ones not in memory."""
    kept = 0
    put: Callable[[Judgement], Judgement] | None = None

    def keep(judgement: Judgement) -> Judgement:
        nonlocal kept, put
        kept += len(judgement.findings)
        if kept < MANY_FINDINGS:
            return judgement
        if put is None:
            from perfcheck.running.packed import Shelf

            put = Shelf(checker.pack.rules).put
        return put(judgement)

    return keep
