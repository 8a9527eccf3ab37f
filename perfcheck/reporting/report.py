"""The report: judgements of all files, counted and ordered, ready for any format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from perfcheck.engine import Judgement
from perfcheck.finding import LEVELS, Finding, NotApplicable, NotChecked
from perfcheck.model.document import BudgetYear
from perfcheck.model.form_layout import LayoutFound
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.review_form import ReviewForm
from perfcheck.rulebook.rule import Rule
from perfcheck.source import Place

EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED = 0, 1, 2


class Report(NamedTuple):
    """What a run found, in the order of the files."""

    judgements: tuple[Judgement, ...]
    rules: tuple[Rule, ...]
    pack: str
    language: str
    review_form: ReviewForm | None = None
    """How the pack lays out a review."""
    compared: bool = False
    """Whether the findings were held against a baseline."""
    fail_on_of: Mapping[str, str] | None = None
    """File -> the lowest level that fails, as configuration files have it."""
    gone: tuple[str, ...] = ()
    """Files of the baseline that should have been in the run and are there no more."""

    @property
    def findings(self) -> Sequence[Finding]:
        """All findings, file by file; those of many files are brought back one file after another."""
        if any(hasattr(judgement.findings, "tally") for judgement in self.judgements):
            return AllFindings([judgement.findings for judgement in self.judgements])
        return [finding for judgement in self.judgements for finding in judgement.findings]

    @property
    def not_checked(self) -> list[NotChecked]:
        """Everything that could not be checked."""
        return [item for judgement in self.judgements for item in judgement.not_checked]

    @property
    def counts(self) -> dict[str, int]:
        """Level -> number of findings, all levels named."""
        return count_levels(self.findings)

    @property
    def accepted(self) -> list[Finding]:
        """All findings that do not count: waived, or known to the baseline."""
        return [finding for judgement in self.judgements for finding in judgement.accepted]

    @property
    def rounds(self) -> dict[str, int]:
        """How many findings are new, unchanged and waived, and how many faults of the baseline are fixed."""
        findings, accepted = self.findings, self.accepted
        unwaived = [finding for finding in (*findings, *accepted) if finding.waiver is None]
        unchanged = sum(finding.state == "unchanged" for finding in unwaived)
        fixed = sum(fault.times for judgement in self.judgements for fault in judgement.fixed)
        waived = sum(finding.waiver is not None for finding in accepted)
        return {"new": len(unwaived) - unchanged, "unchanged": unchanged, "fixed": fixed, "waived": waived}

    @property
    def waived_in_documents(self) -> int:
        """Number of findings that a marker in the document itself takes off the count."""
        return sum(finding.waiver is not None and finding.waiver.kind == "inSource" for finding in self.accepted)

    @property
    def mendable(self) -> int:
        """Number of findings that ``perfcheck fix`` mends without being told to."""
        return sum(finding.repair is not None and finding.repair.safe for finding in self.findings)

    @property
    def has_undecided(self) -> bool:
        """Whether there is more to say of a document than findings: what could not be decided, what to know of it."""
        return any(judgement.undecided or judgement.unclear or judgement.remarks for judgement in self.judgements)

    @property
    def rule_index(self) -> dict[str, int]:
        """Rule id -> its place among the rules of the run."""
        return {rule.id: index for index, rule in enumerate(self.rules)}

    @property
    def checked(self) -> int:
        """Number of documents that could be read."""
        unread = sum(any(item.rule_id is None for item in judgement.not_checked) for judgement in self.judgements)
        return self.documents - unread

    @property
    def documents(self) -> int:
        """Number of documents; what is said of other files, such as that of waivers, is no document."""
        return sum(judgement.is_document for judgement in self.judgements)

    def titles(self, rule_ids: Sequence[str], language: str) -> list[str]:
        """The titles of rules, each once."""
        wanted = set(rule_ids)
        return list(dict.fromkeys(rule.title.in_language(language) for rule in self.rules if rule.id in wanted))

    @property
    def projects(self) -> int:
        """Number of project tables read."""
        return sum(judgement.projects for judgement in self.judgements)

    @property
    def indicators(self) -> int:
        """Number of indicator rows read."""
        return sum(judgement.indicators for judgement in self.judgements)

    def exit_status(self, fail_on: str, of_files: Mapping[str, str] | None = None) -> int:
        """0 clean at this level, 1 findings at or above it, 2 when anything could not be checked.

        ``of_files`` has the level for files that have another one.
        """
        if self.not_checked or not self.judgements:
            return EXIT_NOT_CHECKED
        for judgement in self.judgements:
            level = (of_files or {}).get(judgement.path, fail_on)
            failing = LEVELS[: LEVELS.index(level) + 1] if level in LEVELS else ()
            if any(count and level in failing for (_, level), count in tallied(judgement.findings).items()):
                return EXIT_FINDINGS
        return EXIT_CLEAN


class AllFindings(Sequence[Finding]):
    """The findings of many files, some of which are kept elsewhere and made anew by each look at them."""

    def __init__(self, files: Sequence[Sequence[Finding]]) -> None:
        self._files = files

    @cached_property
    def tally(self) -> dict[tuple[str, str], int]:
        """How many there are by rule and level."""
        counts: dict[tuple[str, str], int] = {}
        for findings in self._files:
            for key, count in tallied(findings).items():
                counts[key] = counts.get(key, 0) + count
        return counts

    @property
    def others(self) -> list[str]:
        """Files they speak of beside their own, in order."""
        return [path for findings in self._files for path in others(findings)]

    def __len__(self) -> int:
        return sum(map(len, self._files))

    def __iter__(self) -> Iterator[Finding]:
        for findings in self._files:
            yield from findings

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        return list(self)[index]


def tallied(findings: Sequence[Finding]) -> Mapping[tuple[str, str], int]:
    """Rule id and level -> number of ``findings``."""
    tally: Mapping[tuple[str, str], int] | None = getattr(findings, "tally", None)
    return Counter((finding.rule.id, finding.level) for finding in findings) if tally is None else tally


def others(findings: Sequence[Finding]) -> Sequence[str]:
    """Files of places that belong to ``findings``, where these are other ones."""
    known: Sequence[str] | None = getattr(findings, "others", None)
    if known is not None:
        return known
    return [related.path for finding in findings for related in finding.related if related.path is not None]


class Applicability(NamedTuple):
    """What decides which rules are for a file: the year and layout found; or why it could not be read."""

    path: str
    unread: str | None
    budget_year: BudgetYear | None = None
    layout: LayoutFound | None = None
    off: tuple[NotApplicable, ...] = ()
    places: tuple[Place, ...] = ()
    """Where the evidence for the year stands, in its order."""


def count_levels(findings: Sequence[Finding]) -> dict[str, int]:
    """Level -> number of ``findings``, the gravest level first."""
    counts: dict[str, int] = dict.fromkeys(LEVELS, 0)
    for (_, level), count in tallied(findings).items():
        counts[level] += count
    return counts
