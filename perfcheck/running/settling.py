"""What the settings of a run accept: its judgements with that set aside, or held against a baseline to be written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from perfcheck.accepted.acceptance import Terms, accepted, beside
from perfcheck.accepted.known_faults import Baseline
from perfcheck.accepted.own_rules import OWN_RULES
from perfcheck.accepted.rounds import Round, Scope
from perfcheck.accepted.waiving import Law
from perfcheck.config import Settings
from perfcheck.engine import Judgement
from perfcheck.errors import SettingsError
from perfcheck.rulebook import Pack, Rule
from perfcheck.rulebook.rule import is_named
from perfcheck.running.holding import lock_of


def settled(
    judgements: Sequence[Judgement], settings: Settings, pack: Pack
) -> tuple[tuple[Judgement, ...], tuple[Rule, ...], tuple[str, ...]]:
    """``judgements`` with what is accepted set aside, the rules of the run, and the files a baseline misses.

    Raises :class:`~perfcheck.errors.SettingsError` for a file that is damaged.
    """
    terms = _terms(settings, pack)
    done, gone = accepted(judgements, terms)
    return done, (*pack.rules, *terms.own_rules) if terms.waivers or terms.markers else pack.rules, gone


def round_of(judgements: Sequence[Judgement], settings: Settings, pack: Pack, before: Baseline, file: str) -> Round:
    """``judgements`` beside the baseline ``before``, which is or will be in ``file``."""
    return beside(judgements, _terms(settings, pack), before, file)


def _terms(settings: Settings, pack: Pack) -> Terms:
    # a part of a run has not looked at all the files of a folder: what it did not see is not fixed
    folders = () if settings.shard else folders_of(settings)
    law = Law(Scope(pack.rules, pack.name, folders), pack.known, _today(settings.today), lock_of(settings, pack))
    own = tuple(rule for rule in OWN_RULES if not any(is_named(word, rule) for word in settings.ignore))
    counts = not settings.no_waivers
    return Terms(law, own, settings.baseline, settings.waivers if counts else None, counts)


def folders_of(settings: Settings) -> tuple[str, ...]:
    """The folders of which a run looks at all files."""
    if settings.folders is not None:
        return settings.folders
    paths = settings.paths or ((".",) if settings.tracked else ())
    return tuple(path for path in paths if os.path.isdir(path))


def _today(given: str | None) -> date:
    try:
        return date.fromisoformat(given) if given else date.today()
    except ValueError:
        raise SettingsError(f"“{given}”不是日期，应写作 2026-12-31 / a day is written as 2026-12-31") from None
