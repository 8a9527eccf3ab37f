"""Joins the parts: files in, a report out. What commands, and other programs, ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from perfcheck.checks import CHECKS
from perfcheck.comparison import SELECTION
from perfcheck.config import Settings
from perfcheck.engine import Judgement, applicability
from perfcheck.errors import OwnReportError, PerfcheckError, SettingsError, UnreadableSourceError
from perfcheck.model.places import place_of_line
from perfcheck.model.selections import FIELDS, SELECTIONS, getter
from perfcheck.model.target import KINDS
from perfcheck.reporting.formats import FORMATS, make_ready
from perfcheck.reporting.report import Applicability, Report
from perfcheck.reporting.words import words
from perfcheck.rulebook import Pack, Rule, load_pack
from perfcheck.rulebook.fix import Fixer
from perfcheck.rulebook.rule import RuleName, is_named
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.running.checker import Checker, Progress
from perfcheck.running.files import LeftOut, find_files, named_by_hand
from perfcheck.running.over_files import Run
from perfcheck.running.read_files import parse, read_document, read_source, texts

if TYPE_CHECKING:
    from perfcheck.running.timing import Timing


def _fixers() -> Mapping[str, Callable[..., Fixer]]:
    from perfcheck.fixers import FIXERS

    return FIXERS


VOCABULARY = Vocabulary(
    CHECKS, {name: selection.node for name, selection in SELECTIONS.items()}, FIELDS, KINDS, getter, _fixers
)
"""What rules may speak of: all checks, selections and fields there are."""


def check(
    settings: Settings,
    progress: Progress = lambda paths: paths,
    timing: Timing | None = None,
    left_out: LeftOut | None = None,
) -> Report:
    """Check all files of ``settings.paths``; raises :class:`PerfcheckError` only for a wrong call or broken pack.

    ``timing``, with ``settings.statistics``, takes down what it took, ``left_out`` what is no document.
    """
    return report(settings, *judge_files(settings, progress, timing, left_out))


def judge_files(
    settings: Settings,
    progress: Progress = lambda paths: paths,
    timing: Timing | None = None,
    left_out: LeftOut | None = None,
) -> tuple[Sequence[Judgement], Pack]:
    """All that the rules say of the files, nothing set aside; raises :class:`PerfcheckError` as above."""
    left_out = LeftOut() if left_out is None else left_out
    paths = find_files(settings.paths, settings.tracked, left_out)
    make = partial(make_checker, settings, compare=len(paths) > 1 and settings.compare != "no")
    checker = make()
    if settings.cache_folder is None and settings.shard is None and settings.cluster is None:
        checker.pack = checker.pack.light()  # only those three ask for the digest of what is written in it
    reports = partial(make_ready, (settings.format, *settings.more_formats), settings.language)
    judgements = Run(settings, checker, make, paths, timing, reports).judgements(progress)
    return left_out.taken_from(judgements, named_by_hand(settings.paths, settings.tracked)), checker.pack


def merge(parts: Sequence[str], left_out: LeftOut | None = None, **how: Any) -> Report:
    """The report on a run whose ``parts`` were checked one by one; raises :class:`PerfcheckError`.

    ``how`` are settings that say how the report is wanted, and the pack where it lies elsewhere by now; ``left_out``
    takes down what is no document.
    """
    from perfcheck.running.over_files import judged
    from perfcheck.running.parts import Parts

    found = Parts(parts)
    settings = found.settings(**how)
    if settings.groups:
        from perfcheck.running.holding import as_wanted

        settings = settings._replace(groups=as_wanted(settings.groups, **how))
    if _shows_source(settings):
        raise SettingsError("合并时没有原文，做不了 html 报告 / the documents are not in the parts, so no html")
    checker = make_checker(settings, compare=found.files > 1 and settings.compare != "no")
    found.fit(checker.pack)
    rules = {rule.id: rule for rule in checker.pack.rules}
    outcomes = found.outcomes(rules)
    judgements = judged(checker, outcomes, lambda path: found.facts(path, rules))
    left_out = LeftOut() if left_out is None else left_out
    return report(settings, left_out.taken_from(judgements, found.named_by_hand()), checker.pack)


def report(settings: Settings, judgements: Sequence[Judgement], pack: Pack) -> Report:
    """``judgements`` as a report, with what is accepted set aside."""
    rules, compared = pack.rules, settings.baseline is not None
    gone: tuple[str, ...] = ()
    if compared or settings.waivers or (not settings.no_waivers and any(one.markers for one in judgements)):
        from perfcheck.running.settling import settled

        judgements, rules, gone = settled(judgements, settings, pack)
    fail_on = None
    if settings.groups:
        from perfcheck.running.holding import fail_on_of

        fail_on = fail_on_of(settings, [judgement.path for judgement in judgements])
    return Report(tuple(judgements), rules, pack.name, settings.language, pack.review_form, compared, fail_on, gone)


def make_checker(settings: Settings, compare: bool) -> Checker:
    """All that is needed to judge files as ``settings`` ask for; raises :class:`PerfcheckError`."""
    if settings.groups:
        from perfcheck.configuration.tailored_checkers import tailored_checker

        shows = _shows_source(settings)
        checker = tailored_checker(
            settings, VOCABULARY, read_source, part_in, shows, compare, partial(_chosen, settings)
        )
        _wanted(settings, checker.pack.rules)  # of which some must be left
        return checker
    pack = load_pack(settings.pack, VOCABULARY, lambda names: chosen_rules(names, settings.select, settings.ignore))
    if pack.contents is not None and pack.locks:
        from perfcheck.configuration.lock_check import refuse_options

        refuse_options(pack.contents, {"select": settings.select, "ignore": settings.ignore})
    pack = pack._replace(rules=_wanted(settings, pack.rules))
    return Checker(
        pack,
        read_source,
        part_in(settings.language),
        language=settings.language,
        year=settings.year,
        keep_source=_shows_source(settings),
        compare=compare,
        only_compare=settings.compare == "only",
        keep_facts=settings.shard is not None,
        timed=settings.statistics,
    )


def _wanted(settings: Settings, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Those of ``rules`` that ``--compare`` wants."""
    chosen = _chosen(settings, rules)
    if not chosen:
        raise SettingsError("按 --compare 和所选规则，一条规则也不剩，什么都不会检查 / no rule is left by --compare")
    return chosen


def _chosen(settings: Settings, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The same, perhaps none."""
    if settings.compare == "yes":
        return tuple(rules)
    return tuple(rule for rule in rules if (rule.select == SELECTION) is (settings.compare == "only"))


def _shows_source(settings: Settings) -> bool:
    """Whether a report of this run shows the documents themselves."""
    return any(FORMATS[name].shows_source for name in (settings.format, *settings.more_formats))


def part_in(language: str) -> Callable[[str], str]:
    """Names parts of the form; loads the words only when a message needs one."""
    return lambda name: words(language).part(name)


def explain_applicability(settings: Settings, left_out: LeftOut) -> tuple[Pack, list[Applicability]]:
    """Which layout and year each file of ``settings.paths`` was taken for, and the rules that switches off."""
    checker = make_checker(settings, compare=False)
    found = []
    for path in find_files(settings.paths, settings.tracked, left_out):
        try:
            document = checker.document(path)
        except UnreadableSourceError as error:
            if isinstance(error, OwnReportError) and left_out.leaves(path, settings.paths, settings.tracked):
                continue
            found.append(Applicability(path, error.in_language(settings.language)))
            continue
        pack = checker.pack_of(path)
        layout, off = applicability(document, pack.rules, pack.layouts)
        year = document.budget_year
        places = tuple(place_of_line(document, evidence.line) for evidence in year.evidence)
        found.append(Applicability(path, None, year, layout, tuple(off), places))
    return checker.pack, found


def annotated(judgement: Judgement, data: bytes, language: str) -> bytes:
    """A copy of the file ``data``, that ``judgement`` is about, with its findings as remarks in the margin.

    Raises :class:`PerfcheckError` where that cannot be done.
    """
    from perfcheck.annotating import annotate_bytes
    from perfcheck.parsing.document_parser import DocumentParser

    return annotate_bytes(judgement, data, language, DocumentParser().is_landmark)


def open_pack(name: str) -> Pack:
    """Load a pack by name or folder; raises :class:`~perfcheck.errors.PackError`."""
    return load_pack(name, VOCABULARY)


def find_rule(pack: Pack, rule_id: str) -> Rule:
    """The rule called ``rule_id``; raises :class:`SettingsError` with the nearest names."""
    from difflib import get_close_matches

    rules = {rule.id: rule for rule in (*pack.rules, *_rules_about_waivers(rule_id))}
    if rule_id in rules:
        return rules[rule_id]
    close = get_close_matches(rule_id, rules, 3)
    hint = f"是不是：{'、'.join(close)}？" if close else "用 perfcheck rules 看全部规则。"
    raise SettingsError(f"没有规则叫“{rule_id}”。{hint}")


def chosen_rules(rules: Sequence[RuleName], select: Sequence[str], ignore: Sequence[str]) -> list[RuleName]:
    """The rules named by ``select`` (all, if empty), less those by ``ignore``: ids, categories or their beginnings."""
    if not select and not ignore:
        return list(rules)
    for word in (*select, *ignore):
        if not any(is_named(word, rule) for rule in rules) and not _rules_about_waivers(word):
            raise SettingsError(f"没有规则叫“{word}”，也没有以它开头的类别。用 perfcheck rules 看全部规则。")
    wanted = [rule for rule in rules if not select or any(is_named(word, rule) for word in select)]
    chosen = [rule for rule in wanted if not any(is_named(word, rule) for word in ignore)]
    if not chosen:
        raise SettingsError("这样选择之后一条规则也不剩，什么都不会检查。")
    return chosen


def _rules_about_waivers(word: str) -> list[Rule]:
    """The rules of perfcheck's own that ``word`` names; they belong to no pack."""
    from perfcheck.accepted.own_rules import OWN_RULES

    return [rule for rule in OWN_RULES if is_named(word, rule)]


__all__ = ["Judgement", "PerfcheckError", "Report", "Settings", "check", "parse", "read_document", "texts"]
