"""The last word on a run: findings that were waived or are known of old are set aside, all others count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from perfcheck.accepted.baseline_file import read_baseline
from perfcheck.accepted.known_faults import Baseline
from perfcheck.accepted.pairing import Folder
from perfcheck.accepted.rounds import Round, Scope, held_against
from perfcheck.engine import Judgement
from perfcheck.finding import Finding

IsLocked = Callable[[Finding], bool]
"""Whether nothing makes a finding acceptable."""


class Terms(NamedTuple):
    """By what findings are accepted."""

    scope: Scope
    baseline: str | None = None
    """A file."""
    is_locked: IsLocked = lambda finding: False


def accepted(judgements: Sequence[Judgement], terms: Terms) -> tuple[Judgement, ...]:
    """``judgements`` with what is accepted set aside; raises :class:`SettingsError` for files that are damaged."""
    done = tuple(judgements)
    if terms.baseline is not None:
        done = held_against(read_baseline(terms.baseline), done, terms.scope, Folder(terms.baseline)).judgements
    return tuple(_parted(judgement, terms.is_locked) for judgement in done)


def beside(judgements: Sequence[Judgement], terms: Terms, baseline: Baseline, file: str) -> Round:
    """The same for a baseline that is to be written anew, nothing set aside yet."""
    return held_against(baseline, judgements, terms.scope, Folder(file))


def _parted(judgement: Judgement, is_locked: IsLocked) -> Judgement:
    """``judgement`` with its findings parted into those that count and those that do not."""
    counting: list[Finding] = []
    aside: list[Finding] = []
    for finding in judgement.findings:
        waived = finding.waiver is not None or (finding.state == "unchanged" and not is_locked(finding))
        (aside if waived else counting).append(finding)
    return judgement._replace(findings=tuple(counting), accepted=tuple(aside))
