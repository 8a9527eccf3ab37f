"""Runs perfcheck over clean and planted documents and counts what it found, missed and said besides."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from perfcheck import api
from perfcheck.comparison import Comparison
from perfcheck.config import Settings
from perfcheck.finding import Finding
from tests.accuracy.form import Form
from tests.accuracy.layouts import LAYOUTS, clean_forms
from tests.accuracy.planting import Planted, all_planted

PACK = "hebei"
GRAVE = ("error", "warning")
Key = tuple[str, str, str]


class Outcome(NamedTuple):
    """What became of one planted document."""

    planted: Planted
    found: bool
    elsewhere: bool
    """Whether the category was reported, but not where the defect is."""
    extra: tuple[Finding, ...]
    """Grave findings of other categories that the clean twin does not have and that the plant does not excuse."""


class Tally(NamedTuple):
    """The outcomes of one category."""

    category: str
    planted: int
    found: int
    extra: int

    @property
    def missed(self) -> int:
        """How many were not found."""
        return self.planted - self.found


class Checker:
    """perfcheck with the rules loaded once, for texts instead of files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._alone = api.make_checker(Settings((), pack=PACK), compare=False)
        self._together = api.make_checker(Settings((), pack=PACK), compare=True)

    def findings(self, form: Form, beside: Form | None = None) -> Sequence[Finding]:
        """The findings of one document, checked by itself or as one of two."""
        return self.together([form] if beside is None else [beside, form])[-1]

    def together(self, forms: Sequence[Form]) -> list[list[Finding]]:
        """The findings of each of several documents of one run, which are held against each other."""
        checker, comparison = self._alone, None
        if len(forms) > 1:
            checker = self._together
            checker.comparison = comparison = Comparison(checker.pack.rules)
        judgements = []
        for number, form in enumerate(forms):
            path = self.folder / f"{number}.txt"
            path.write_text(form.text, encoding="utf-8", newline="\n")
            judgement, traces, *_ = checker.check(str(path))
            if judgement.not_checked:
                raise AssertionError(f"{form.layout} {form.place['town']}: {judgement.not_checked[0].reason}")
            judgements.append(judgement)
            if comparison is not None:
                comparison.note(str(path), traces)
        if comparison is None:
            return [list(judgements[0].findings)]
        found, failed = comparison.findings(checker.document, checker.render)
        if failed:
            raise AssertionError(failed[0].reason)
        return [[*judgement.findings, *found.get(judgement.path, ())] for judgement in judgements]


@cache
def outcomes() -> tuple[Outcome, ...]:
    """All planted documents judged."""
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(Path(folder))
        before: dict[tuple[str, str, bool], Counter[Key]] = {}
        return tuple(_outcome(checker, each, before) for each in all_planted())


def _outcome(checker: Checker, planted: Planted, before: dict[tuple[str, str, bool], Counter[Key]]) -> Outcome:
    clean = planted.clean
    beside = planted.form.beside
    name = (clean.layout, clean.place["town"], beside is not None)
    if name not in before:
        before[name] = Counter(map(_key, checker.findings(clean, beside)))
    known = before[name].copy()
    fresh = []
    for finding in checker.findings(planted.form, beside):
        if known[_key(finding)] > 0:
            known[_key(finding)] -= 1
        else:
            fresh.append(finding)
    plant = planted.plant
    own = [finding for finding in fresh if finding.rule.category == plant.category]
    found = any(planted.lines.intersection(_lines(finding)) for finding in own)
    extra = [
        finding
        for finding in fresh
        if finding.level in GRAVE and finding.rule.category not in (plant.category, *plant.also)
    ]
    return Outcome(planted, found, bool(own) and not found, tuple(extra))


@cache
def clean_findings() -> tuple[tuple[Form, Finding], ...]:
    """Whatever is said of the clean documents, those of a year checked in one run."""
    said = []
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(Path(folder))
        for layout in LAYOUTS:
            forms = clean_forms(layout)
            for form, findings in zip(forms, checker.together(forms)):
                said += [(form, finding) for finding in findings]
    return tuple(said)


def tallies(results: Iterable[Outcome]) -> list[Tally]:
    """One row for each category, in the order of the plants."""
    grouped: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in results:
        grouped[outcome.planted.plant.category].append(outcome)
    return [
        Tally(category, len(group), sum(each.found for each in group), sum(len(each.extra) for each in group))
        for category, group in grouped.items()
    ]


def _key(finding: Finding) -> Key:
    return finding.rule.id, finding.message, finding.location.text


def _lines(finding: Finding) -> range:
    span = finding.location.place.span
    return range(span.line, span.end_line + 1)
