"""A run held against a baseline: what is new, unchanged and fixed, and the baseline as it should be after it.

What was not judged in this run, be it a file, a rule or a comparison with other documents, is never *fixed*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfcheck.accepted.comparing import Compared, compared
from perfcheck.accepted.known_faults import Baseline, KnownDocument, KnownFault, counted, known
from perfcheck.accepted.pairing import Folder, is_unread, pairs
from perfcheck.comparison import SELECTION
from perfcheck.engine import Judgement
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import Rule


class Scope(NamedTuple):
    """What a run looked at."""

    rules: tuple[Rule, ...]
    pack: str
    folders: tuple[str, ...] = ()
    """Folders that were checked with all that is in them."""


class Round(NamedTuple):
    """A run beside its baseline."""

    judgements: tuple[Judgement, ...]
    """With states in their findings, and their fixed faults."""
    updated: Baseline
    """What a baseline of these documents would say now; documents that were not looked at stay as they were."""
    pruned: Baseline
    """The old baseline without what is fixed."""
    gone: tuple[KnownDocument, ...]
    """Documents of the baseline that should have been in the run and whose files are there no more."""


def held_against(baseline: Baseline, judgements: Sequence[Judgement], scope: Scope, folder: Folder) -> Round:
    """Compare all findings of ``judgements``, waived ones too, with ``baseline``."""
    return _Round(baseline, judgements, scope, folder).result()


class _Round:
    def __init__(self, baseline: Baseline, judgements: Sequence[Judgement], scope: Scope, folder: Folder) -> None:
        self._baseline, self._judgements, self._scope, self._folder = baseline, judgements, scope, folder
        self._pairs = pairs(judgements, baseline, folder)
        self._rules = {rule.id: rule for rule in scope.rules}
        paired = set(self._pairs.values())
        rest = [document for at, document in enumerate(baseline.documents) if at not in paired]
        self._gone = [one for one in rest if folder.covers(scope.folders, one.path) and not folder.has(one.path)]
        self._unseen = [document for document in rest if document not in self._gone]
        read = all(not is_unread(judgement) for judgement in judgements)
        self._sees_all = read and not self._unseen and len(judgements) > 1

    def result(self) -> Round:
        judged, updated, pruned = [], list(self._unseen), list(self._unseen)
        for at, judgement in enumerate(self._judgements):
            document = self._baseline.documents[self._pairs[at]] if at in self._pairs else None
            if not judgement.is_document:
                judged.append(judgement)
                continue
            if is_unread(judgement):
                judged.append(judgement)
                kept = [document] if document else []
                updated += kept
                pruned += kept
                continue
            outcome = compared(judgement.findings, document.faults if document else ())
            fixed, unjudged = self._parted(judgement, outcome.absent)
            judged.append(judgement._replace(findings=outcome.findings, fixed=fixed))
            updated.append(self._document(judgement, (*_open(outcome), *unjudged)))
            pruned.append(self._document(judgement, (*_old(outcome), *unjudged)))
        return Round(
            tuple(judged),
            Baseline(self._scope.pack, tuple(updated)),
            Baseline(self._baseline.pack, tuple(pruned)),
            tuple(self._gone),
        )

    def _document(self, judgement: Judgement, faults: Sequence[KnownFault]) -> KnownDocument:
        name = self._folder.name(judgement.path)
        return KnownDocument(name, judgement.unit, judgement.budget_year, counted(faults))

    def _parted(
        self, judgement: Judgement, absent: Sequence[KnownFault]
    ) -> tuple[tuple[KnownFault, ...], tuple[KnownFault, ...]]:
        """The faults that are fixed, and those nobody looked for in this run."""
        unable = {item.rule_id for item in judgement.not_checked}
        unable |= {item.rule_id for item in judgement.not_applicable if item.reason.endswith("-unknown")}
        fixed: list[KnownFault] = []
        unjudged: list[KnownFault] = []
        for fault in absent:
            rule = self._rules.get(fault.rule)
            ran = rule is not None and fault.rule not in unable and (rule.select != SELECTION or self._sees_all)
            (fixed if ran else unjudged).append(fault)
        return tuple(fixed), tuple(unjudged)


def _open(outcome: Compared) -> Iterator[KnownFault]:
    """All that is there now, but for what is waived."""
    return (known(finding) for finding in outcome.findings if finding.waiver is None)


def _old(outcome: Compared) -> Iterator[KnownFault]:
    """Of that, what the baseline knew."""
    return (known(finding) for finding in outcome.findings if finding.waiver is None and finding.state == "unchanged")
