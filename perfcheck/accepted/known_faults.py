"""What a baseline knows: documents with their old faults, each by rule, place and text, never by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfcheck.finding import Finding, Step, cut_to
from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.words import words

LONGEST_TEXT = 200
"""Characters of the text of a fault that are kept; what tells long texts apart is the fingerprint."""


class KnownFault(NamedTuple):
    """One fault, or ``times`` that are alike in everything."""

    rule: str
    place: str
    """The way to it in the words of the form, without numbers: tables and rows may change their order."""
    text: str
    """The characters concerned."""
    fingerprint: str
    """Sixteen hexadecimal digits of rule, way and the whole text of the cell."""
    times: int = 1


class KnownDocument(NamedTuple):
    """A document with faults; ``path`` counts from the folder of the baseline, with forward slashes."""

    path: str
    unit: str | None
    year: int | None
    faults: tuple[KnownFault, ...]


class Baseline(NamedTuple):
    """All that a baseline knows, and the pack that found it."""

    pack: str
    documents: tuple[KnownDocument, ...] = ()

    @property
    def faults(self) -> int:
        """Number of faults, with their counts."""
        return sum(fault.times for document in self.documents for fault in document.faults)


def known(finding: Finding) -> KnownFault:
    """``finding`` as a baseline keeps it."""
    return KnownFault(
        finding.rule.id, place_of(finding.location.steps), text_of(finding), finding.fingerprint.partition(":")[0]
    )


def counted(faults: Iterable[KnownFault]) -> tuple[KnownFault, ...]:
    """``faults`` in their order in the file, those alike put together."""
    counts: dict[KnownFault, int] = {}
    for fault in faults:
        own = fault._replace(times=0)
        counts[own] = counts.get(own, 0) + fault.times
    return tuple(sorted(fault._replace(times=count) for fault, count in counts.items()))


def text_of(finding: Finding) -> str:
    """The characters a finding is about, cut where they are long."""
    location = finding.location
    text = location.text if location.focus is None else location.text[slice(*location.focus)]
    return cut_to(LONGEST_TEXT, " ".join(text.split()))


def place_of(steps: Sequence[Step]) -> str:
    """The way to a place in Chinese, by names alone: 项目“村道养护经费” · 资金支出计划 · 6月底."""
    return " · ".join(map(_step, steps))


def _step(step: Step) -> str:
    say = words("zh")
    text = " ".join((step.text or "").split())
    if step.kind == "due" and text:
        return text
    return say.part(step.kind) + (say.phrase("quote", text=text) if text else "")
