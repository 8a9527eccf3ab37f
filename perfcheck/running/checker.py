"""Judges one file after another, here or in several processes, or remembers what was judged before.

A :class:`Checker` is all that is needed for one file. :func:`check_all` is the run over many: the outcome is the same
for any number of processes and with or without a cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from perfcheck.comparison import Comparison, Facts, LevelOf
from perfcheck.config import STANDARD_INPUT
from perfcheck.engine import Judgement, Render, judge
from perfcheck.errors import OwnReportError, UnreadableSourceError
from perfcheck.finding import NotChecked
from perfcheck.memories import forget
from perfcheck.messages import Messages
from perfcheck.model.document import Document
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook import Pack
from perfcheck.source import Remark, SourceText

if TYPE_CHECKING:
    from perfcheck.parsing.document_parser import DocumentParser
    from perfcheck.running.timing import RuleClock

Read = Callable[[str, "DocumentParser"], SourceText]
Judge = Callable[[Document, Render], Judgement]
Progress = Callable[[Sequence[str]], Iterable[str]]
NO_TABLES = UnreadableSourceError(
    "文本里一张项目绩效目标表也没有读到，没有可检查的表。", "No project table was found, so there was nothing to check."
)
NOT_COMPARED = Remark(
    "不像预算绩效目标文本，没有拿来比较。", "It does not look like a performance-goal document and was not compared."
)


class Outcome(NamedTuple):
    """What was found in one file, and what of it others may have too (see comparison.py)."""

    judgement: Judgement
    traces: Sequence[int]
    """Key and value by turns."""
    facts: bytes | None = None
    """What comparing needs of the file, packed; kept where the file may not be there when it is compared."""
    times: tuple[Any, ...] | None = None
    """What it took, see timing.py; None where that was not asked for."""


class Checker:
    """Pack, parser and words for messages, put together once for all files of a run."""

    def __init__(
        self,
        pack: Pack,
        read: Read,
        words: Callable[[str], str],
        *,
        language: str,
        year: int | None = None,
        keep_source: bool = False,
        compare: bool = False,
        only_compare: bool = False,
        keep_facts: bool = False,
        timed: bool = False,
        clock: RuleClock | None = None,
        judge_by: Judge | None = None,
        level_of: LevelOf | None = None,
        basis: str = "",
    ) -> None:
        self._clock = clock  # of rules that are measured already
        if timed:
            from perfcheck.running.timing import RuleClock

            self._clock = RuleClock()
            pack = self._clock.measured(pack)
        self.pack = pack
        self.language = language
        self.render = Messages(language, words).render
        self.comparison = Comparison(pack.rules) if compare else None
        self._read = read
        self._year = year
        self.keep_source = keep_source
        self.keep_facts = keep_facts
        self._only_compare = only_compare
        self._kept: dict[str, Document] = {}
        self._judge = judge_by or self._by_all_rules
        self._level_of = level_of
        self._basis = basis

    @cached_property
    def _parser(self) -> DocumentParser:
        """Made for the first file that has to be read: a run that knows all its files needs none."""
        from perfcheck.parsing.document_parser import DocumentParser

        return DocumentParser()

    def check(self, path: str) -> Outcome:
        """Judge one file; whatever is wrong with it ends as *not checked*, never as an exception."""
        try:
            if self._clock is not None:
                return self._timed(path)
            return self._judged(path, self.document(path))
        except UnreadableSourceError as error:
            return self._unreadable(path, error)
        finally:
            forget()

    def _timed(self, path: str) -> Outcome:
        """The same with what it took."""
        from time import perf_counter

        assert self._clock is not None
        start = perf_counter()
        try:
            source = self._read(path, self._parser)
            read = perf_counter()
            document = self._parser.parse(source, self._year)
        except UnreadableSourceError as error:
            return self._unreadable(path, error)
        parsed = perf_counter()
        outcome = self._judged(path, document)
        spent = self._clock.taken()
        times = (source.encoding, read - start, parsed - read, perf_counter() - parsed, spent)
        return outcome._replace(times=times)

    def _unreadable(self, path: str, error: UnreadableSourceError) -> Outcome:
        reason = error.in_language(self.language)
        judgement = Judgement(path, (), (NotChecked(path, reason),), (), 0, 0, None)
        return Outcome(judgement._replace(is_own_report=isinstance(error, OwnReportError)), ())

    def _judged(self, path: str, document: Document) -> Outcome:
        if self._only_compare and is_other_text(document):
            # whether it should be one is for the run that checks it; there is nothing to compare
            return Outcome(Judgement(path, (), (), (), 0, 0, None, remarks=(NOT_COMPARED,)), ())
        try:
            refuse_other_texts(document)
            refuse_lost_rows(document)
        except UnreadableSourceError as error:
            return self._unreadable(path, error)
        judgement = with_markers_found(self._judge(document, self.render), document.source)
        if self.keep_source:
            judgement = judgement._replace(source=document.source)
        if document.source.dropped:
            from perfcheck.running.true_columns import with_true_columns

            judgement = with_true_columns(judgement, document.source.dropped)
        if (
            not self._only_compare
            and not document.projects
            and not any(finding.level == "error" for finding in judgement.findings)
        ):
            # the rule that says so may not be among those chosen; a form without tables is no pass all the same
            reason = NO_TABLES.in_language(self.language)
            judgement = judgement._replace(not_checked=(*judgement.not_checked, NotChecked(path, reason)))
        if judgement.none_decided:
            from perfcheck.reporting.words import words

            reasons = [words(self.language).phrase(f"none_decided_{reason}") for reason in judgement.undecided]
            failed = tuple(NotChecked(path, reason) for reason in reasons)
            judgement = judgement._replace(not_checked=(*judgement.not_checked, *failed))
        if self.comparison is None:
            return Outcome(judgement, ())
        if path == STANDARD_INPUT:
            self._kept[document.source.path] = document  # it cannot be read a second time
        traces = self.comparison.traces(document)
        if not self.keep_facts:
            return Outcome(judgement, traces)
        from perfcheck.running.judgement_codec import encode

        return Outcome(judgement, traces, encode(self.comparison.facts(document, self._level_of)))

    def facts(self, path: str) -> Facts:
        """What comparing needs of a file, read again; raises :class:`UnreadableSourceError`."""
        assert self.comparison is not None
        return self.comparison.facts(self.document(path), self._level_of)

    def _by_all_rules(self, document: Document, render: Render) -> Judgement:
        return judge(document, self.pack.rules, render, self.pack.layouts)

    def pack_of(self, path: str) -> Pack:
        """The pack a file is judged by."""
        return self.pack

    def basis_of(self, path: str) -> str:
        """What decides on the outcome of a file beside pack, year and language: the same text for the same outcome."""
        return self._basis

    def document(self, path: str) -> Document:
        """The document in a file; raises :class:`UnreadableSourceError`."""
        return self._kept.get(path) or self._parser.parse(self._read(path, self._parser), self._year)

    def outcomes(self, paths: Iterable[str]) -> Iterator[Outcome]:
        """The outcome of each file."""
        return map(self.check, paths)


def with_markers_found(judgement: Judgement, source: SourceText) -> Judgement:
    """``judgement`` with the markers that waive findings in ``source``, as they were read."""
    if not any(item.kind == "marker" for item in source.residue):
        return judgement
    from perfcheck.accepted.markers import markers_of

    return judgement._replace(markers=markers_of(source))


def is_other_text(document: Document) -> bool:
    """Whether a text shows no part of a performance-goal document."""
    department = document.department
    sections = (department.overall_goal, department.duty_section, department.safeguards)
    headings = (department.headings, document.project_headings, *(section.headings for section in sections))
    return not document.projects and not any(headings)


def refuse_other_texts(document: Document) -> None:
    """Raise :class:`UnreadableSourceError` for a text that shows no part of a performance-goal document."""
    if document.projects:
        return
    from perfcheck.reporting.own_lists import is_own_list

    if is_own_list(document.source.text):  # its places are named as headings are
        from perfcheck.reading.own_files import own_report

        raise own_report()
    if not is_other_text(document):
        return
    raise UnreadableSourceError(
        "这份文件不像预算绩效目标文本：既没有“第一部分”“第二部分”等标题，也没有项目绩效目标表。",
        "This does not look like a performance-goal document: it has neither the headings of its parts nor a table.",
    )


ROWS_IN_ONE = 3
"""As many indicator rows in one, and in most tables, are no slip in a row: the lines that part rows are gone."""


def refuse_lost_rows(document: Document) -> None:
    """Raise :class:`UnreadableSourceError` for tables whose rows, and blank cells, were thrown together.

    Each of their cells would be read as another one, and all that is said of it would be wrong.
    """
    lost = {
        fault.project
        for fault in document.faults
        if fault.kind == "indicator_row" and int(fault.found) >= ROWS_IN_ONE * int(fault.expected[0])
    }
    if not lost or len(lost) * 2 < len(document.projects):
        return
    raise UnreadableSourceError(
        f"有 {len(lost)} 张表的各行连成了一片，空行和空白的格子都丢了，分不清哪一格是哪一栏。"
        f"请从原来的 Word 文件重新另存为文本，或者直接检查 Word 文件。",
        f"The rows of {len(lost)} tables ran together: blank lines and blank cells are lost. "
        "Save the text anew from the Word file, or check the Word file itself.",
    )
