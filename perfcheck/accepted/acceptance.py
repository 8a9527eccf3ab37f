"""The last word on a run: findings that were waived or are known of old are set aside, all others count.

Waivers go first, so that what is waived is no part of a baseline; what is to be said of waivers themselves comes
last, so that no baseline takes it in.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfcheck.accepted.baseline_file import read_baseline
from perfcheck.accepted.known_faults import Baseline
from perfcheck.accepted.markers import with_markers
from perfcheck.accepted.pairing import Folder
from perfcheck.accepted.rounds import Round, held_against
from perfcheck.accepted.waiving import Law, LockOf, with_waivers
from perfcheck.engine import Judgement, with_findings
from perfcheck.finding import Finding
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import Rule


class Terms(NamedTuple):
    """By what findings are accepted."""

    law: Law
    own_rules: tuple[Rule, ...]
    """The rules about waivers that were not turned off."""
    baseline: str | None = None
    """A file."""
    waivers: str | None = None
    """Likewise."""
    markers: bool = True
    """Whether markers in the documents count."""


def accepted(judgements: Sequence[Judgement], terms: Terms) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """``judgements`` with what is accepted set aside, and the files of the baseline that are there no more.

    Raises :class:`SettingsError` for files that are damaged.
    """
    done, told, about_file = _waived(judgements, terms)
    gone: tuple[str, ...] = ()
    if terms.baseline is not None:
        known = read_baseline(terms.baseline)
        found = held_against(known, done, terms.law.scope, Folder(terms.baseline))
        done, gone = list(found.judgements), tuple(document.path for document in found.gone)
    done = [_parted(judgement, terms.law.lock_of) for judgement in done]
    done = [with_findings(one, more, ()) if more else one for one, more in zip(done, told)]
    return ((*done, about_file) if about_file is not None else tuple(done)), gone


def beside(judgements: Sequence[Judgement], terms: Terms, baseline: Baseline, file: str) -> Round:
    """The same for a baseline that is to be written anew, nothing set aside yet."""
    done, _, _ = _waived(judgements, terms)
    return held_against(baseline, done, terms.law.scope, Folder(file))


def _waived(
    judgements: Sequence[Judgement], terms: Terms
) -> tuple[list[Judgement], list[list[Finding]], Judgement | None]:
    """``judgements`` with waivers noted, what is to be said of the markers of each, and of the file of waivers."""
    done, about_file = list(judgements), None
    if terms.waivers is not None:
        done, about_file = with_waivers(done, terms.waivers, terms.law)
    told: list[list[Finding]] = [[] for _ in done]
    for index, judgement in enumerate(done):
        if terms.markers and judgement.markers:
            done[index], told[index] = with_markers(judgement, terms.law)
    own = {rule.id for rule in terms.own_rules}
    told = [[finding for finding in more if finding.rule.id in own] for more in told]
    if about_file is not None:
        left = tuple(finding for finding in about_file.findings if finding.rule.id in own)
        about_file = about_file._replace(findings=left) if left else None
    return done, told, about_file


def _parted(judgement: Judgement, lock_of: LockOf) -> Judgement:
    """``judgement`` with its findings parted into those that count and those that do not."""
    counting: list[Finding] = []
    aside: list[Finding] = []
    for finding in judgement.findings:
        known = finding.state == "unchanged" and lock_of(judgement.path, finding) is None
        waived = finding.waiver is not None or known
        (aside if waived else counting).append(finding)
    return judgement._replace(findings=tuple(counting), accepted=tuple(aside))
