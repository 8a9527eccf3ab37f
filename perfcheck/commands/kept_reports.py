"""The reports of a run in which nothing has changed since the last: written again without looking at any finding."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from perfcheck.commands import write
from perfcheck.config import Settings
from perfcheck.reporting.formats import FORMATS, Options
from perfcheck.reporting.report import Report

if TYPE_CHECKING:
    from perfcheck.commands.outputs import Output
    from perfcheck.running.over_files import Run
    from perfcheck.running.report_cache import ReportCache

NOT_KEPT = ("junit", "github", "template")
"""Formats that tell the time, write elsewhere too, or are laid out by a file of the user's."""


def kept_reports(run: Run, settings: Settings, outputs: Sequence[Output], options: Options) -> KeptReports | None:
    """What is kept of the reports of ``run``, written at once where they are all there; None for a run without cache.

    Waivers hold until a day, so that runs with any are laid out anew.
    """
    formats = [output.format for output in outputs]
    if settings.shard or settings.waivers or any(name in NOT_KEPT or FORMATS[name].binary for name in formats):
        return None
    files = run.files()
    if files is None:
        return None
    from perfcheck.running.report_cache import ReportCache

    assert settings.cache_folder is not None  # there are names of entries
    screen = [output.file is None for output in outputs]
    kept = KeptReports(ReportCache(settings.cache_folder, settings, files, (formats, screen, options)), run.files)
    kept.write(outputs, {os.path.realpath(path) for path, _ in files})
    return kept


class KeptReports:
    """The reports of one run: what the cache has of them, or will have."""

    def __init__(self, cache: ReportCache, files: Callable[[], Any]) -> None:
        self._cache = cache
        self._files = files
        self._before = files()
        self.status: int | None = None
        """The exit status of the run, where its reports were there and have been written."""

    def write(self, outputs: Sequence[Output], documents: set[str]) -> None:
        """Write the reports that are kept, if they are, where they are wanted."""
        known = self._cache.known()
        if known is None or len(known[1]) != len(outputs):
            return
        if any(output.file is not None and os.path.realpath(output.file) in documents for output in outputs):
            return  # it will be refused
        for report, output in zip(known[1], outputs):
            write(report, output.file)
        self.status = known[0]

    def passing(self, pieces: Any) -> Iterator[str]:
        """The pieces of a report, noted for the next run."""
        return self._cache.passing(pieces)

    def keep(self, report: Report, status: int) -> None:
        """Keep what has passed, unless it is not what the next run would say of the same files."""
        marked = any(judgement.markers for judgement in report.judgements)
        if not report.not_checked and not marked and self._files() == self._before:
            self._cache.keep(status)
