"""What the settings of a run accept: its judgements with that set aside, or held against a baseline to be written."""

from __future__ import annotations

import os
from collections.abc import Sequence

from perfcheck.accepted.acceptance import Terms, accepted, beside
from perfcheck.accepted.known_faults import Baseline
from perfcheck.accepted.rounds import Round, Scope
from perfcheck.config import Settings
from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.rulebook import Pack, Rule
from perfcheck.rulebook.rule import is_named


def settled(
    judgements: Sequence[Judgement], settings: Settings, pack: Pack
) -> tuple[tuple[Judgement, ...], tuple[Rule, ...]]:
    """``judgements`` with what is accepted set aside, and the rules of the run.

    Raises :class:`~perfcheck.errors.SettingsError` for a file that is damaged.
    """
    return accepted(judgements, _terms(settings, pack)), pack.rules


def round_of(judgements: Sequence[Judgement], settings: Settings, pack: Pack, before: Baseline, file: str) -> Round:
    """``judgements`` beside the baseline ``before``, which is or will be in ``file``."""
    return beside(judgements, _terms(settings, pack), before, file)


def _terms(settings: Settings, pack: Pack) -> Terms:
    # a part of a run has not looked at all the files of a folder: what it did not see is not fixed
    folders = () if settings.shard else tuple(path for path in settings.paths if os.path.isdir(path))

    def is_locked(finding: Finding) -> bool:
        return any(is_named(word, finding.rule) for word in settings.locked)

    return Terms(Scope(pack.rules, pack.name, folders), settings.baseline, is_locked)
