"""Joins the parts: files in, a report out. The only module that knows reading, parsing, rules and engine alike."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from perfcheck.checks import CHECKS
from perfcheck.config import Settings
from perfcheck.engine import Judgement, applicability, with_findings
from perfcheck.errors import PerfcheckError, SettingsError, UnreadableSourceError
from perfcheck.finding import Finding, NotChecked
from perfcheck.model.document import Document
from perfcheck.model.selections import FIELDS, SELECTIONS, getter
from perfcheck.model.target import KINDS
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import SUFFIXES, read_bytes, read_file
from perfcheck.reading.reader import FOREIGN_SUFFIXES
from perfcheck.reporting.formats import FORMATS
from perfcheck.reporting.report import Applicability, Report
from perfcheck.reporting.words import words
from perfcheck.rulebook import Pack, Rule, load_pack
from perfcheck.rulebook.rule import RuleName, is_named
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.running.checker import STANDARD_INPUT, Checker, Outcome, Progress
from perfcheck.source import SourceText

VOCABULARY = Vocabulary(CHECKS, {name: selection.node for name, selection in SELECTIONS.items()}, FIELDS, KINDS, getter)
"""What rules may speak of: all checks, selections and fields there are."""


def check(settings: Settings, progress: Progress = lambda paths: paths) -> Report:
    """Check all files of ``settings.paths``; raises :class:`PerfcheckError` only for a wrong call or broken pack."""
    judgements, pack = judge_files(settings, progress)
    rules, compared = pack.rules, settings.baseline is not None
    if compared or settings.waivers or (not settings.no_waivers and any(one.markers for one in judgements)):
        from perfcheck.running.settling import settled

        judgements, rules = settled(judgements, settings, pack)
    return Report(tuple(judgements), rules, pack.name, settings.language, pack.review_form, compared)


def judge_files(settings: Settings, progress: Progress = lambda paths: paths) -> tuple[Sequence[Judgement], Pack]:
    """All that the rules say of the files, nothing set aside; raises :class:`PerfcheckError` as above."""
    paths = find_files(settings.paths)
    checker = make_checker(settings, compare=len(paths) > 1)
    gc.freeze()  # what is here by now stays
    judgements = []
    for outcome in _outcomes(settings, checker, paths, progress):
        judgements.append(outcome.judgement)
        if checker.comparison is not None:
            checker.comparison.note(outcome.judgement.path, outcome.traces)
    if checker.comparison is not None:
        judgements = _compared(judgements, *checker.comparison.findings(checker.document, checker.render))
    return judgements, checker.pack


def make_checker(settings: Settings, compare: bool) -> Checker:
    """All that is needed to judge files as ``settings`` ask for; raises :class:`PerfcheckError`."""
    pack = load_pack(settings.pack, VOCABULARY, lambda names: chosen_rules(names, settings.select, settings.ignore))
    return Checker(
        pack,
        _read_source,
        part_in(settings.language),
        language=settings.language,
        year=settings.year,
        keep_source=_shows_source(settings),
        compare=compare,
    )


def _shows_source(settings: Settings) -> bool:
    """Whether a report of this run shows the documents themselves."""
    return any(FORMATS[name].shows_source for name in (settings.format, *settings.more_formats))


def _outcomes(settings: Settings, checker: Checker, paths: Sequence[str], progress: Progress) -> Iterator[Outcome]:
    """The outcome of each file in order: from the cache, from other processes or found here."""
    cache = None
    known: dict[str, Outcome] = {}
    names: dict[str, str] = {}
    if settings.cache_folder and not _shows_source(settings):
        from perfcheck.running.result_cache import ResultCache

        cache = ResultCache(settings.cache_folder, checker, settings.year, checker.comparison is not None)
        for path in paths:
            outcome, name = (None, None) if path == STANDARD_INPUT else cache.known(path)
            if outcome is not None:
                known[path] = outcome
            elif name is not None:
                names[path] = name
    fresh = _fresh(settings, checker, [path for path in paths if path not in known])
    for path in progress(paths):
        if path in known:
            yield known.pop(path)
            continue
        outcome = next(fresh)
        if cache is not None and path in names and not outcome.judgement.not_checked:
            cache.keep(names[path], outcome)
        yield outcome


def _fresh(settings: Settings, checker: Checker, paths: Sequence[str]) -> Iterator[Outcome]:
    if settings.jobs != "1" and STANDARD_INPUT not in paths and not _shows_source(settings):
        from perfcheck.running import workers

        processes = workers.processes_for(settings.jobs, len(paths))
        if processes > 1:
            make = partial(make_checker, settings, checker.comparison is not None)
            return workers.outcomes(make, checker, paths, processes)
    return checker.outcomes(paths)


def _compared(
    judgements: list[Judgement], found: dict[str, list[Finding]], failed: list[NotChecked]
) -> list[Judgement]:
    """``judgements`` with what the documents of the run say against each other."""
    if not found and not failed:
        return judgements
    return [
        with_findings(
            judgement,
            found.get(judgement.path, ()),
            [item for item in failed if item.path == judgement.path],
        )
        for judgement in judgements
    ]


def part_in(language: str) -> Callable[[str], str]:
    """Names parts of the form; loads the words only when a message needs one."""
    return lambda name: words(language).part(name)


def explain_applicability(settings: Settings) -> tuple[Pack, list[Applicability]]:
    """Which layout and year each file of ``settings.paths`` was taken for, and the rules that switches off."""
    pack = load_pack(settings.pack, VOCABULARY, lambda names: chosen_rules(names, settings.select, settings.ignore))
    found = []
    for path, document in parse(settings.paths, settings.year, settings.language):
        if isinstance(document, str):
            found.append(Applicability(path, document))
        else:
            layout, off = applicability(document, pack.rules, pack.layouts)
            found.append(Applicability(path, None, document.budget_year, layout, tuple(off)))
    return pack, found


def parse(paths: Sequence[str], year: int | None = None, language: str = "zh") -> Iterator[tuple[str, Document | str]]:
    """Each file's path with its document, or with the sentence why it could not be read."""
    parser = DocumentParser()
    for path in find_files(paths):
        try:
            yield path, read_document(path, parser, year)
        except UnreadableSourceError as error:
            yield path, error.in_language(language)


def texts(paths: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each file's path, its canonical text, and the sentence why it could not be read, else empty."""
    parser = DocumentParser()
    for path in find_files(paths):
        try:
            yield path, _read_source(path, parser).text, ""
        except UnreadableSourceError as error:
            yield path, "", str(error)


def read_document(path: str, parser: DocumentParser, year: int | None = None) -> Document:
    """Read and parse one file; raises :class:`UnreadableSourceError`."""
    return parser.parse(_read_source(path, parser), year)


def _read_source(path: str, parser: DocumentParser) -> SourceText:
    if path != STANDARD_INPUT:
        return read_file(path, parser.is_landmark)
    if sys.stdin is None:
        raise UnreadableSourceError("标准输入是关着的，没有文本可读。", "Standard input is closed.")
    return read_bytes("<stdin>", sys.stdin.buffer.read(), parser.is_landmark)


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


def find_files(paths: Sequence[str]) -> list[str]:
    """The files to check: folders walked, names as given otherwise, in a stable order and each once."""
    if not paths:
        raise SettingsError("没有指定要检查的文件或文件夹。例：perfcheck check 绩效文本.txt")
    found: dict[str, str] = {}
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):
            inside = list(_walk(path))
            if not inside:
                raise SettingsError(f"文件夹“{path}”里没有可检查的文件（{'、'.join(SUFFIXES)}）。")
            for name in inside:
                found.setdefault(os.path.abspath(name), name)
        else:
            found.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), path)
    return list(found.values())


def _walk(folder: str) -> Iterator[str]:
    """Budget documents below ``folder``; office files too, so that what cannot be read yet is not passed over."""
    kinds = (*SUFFIXES, *FOREIGN_SUFFIXES)
    seen = {os.path.realpath(folder)}
    for root, folders, names in os.walk(folder, onerror=_refuse_folder, followlinks=True):
        visible = [name for name in sorted(folders) if not name.startswith(".")]
        folders[:] = [name for name in visible if _is_new(os.path.join(root, name), seen)]
        for name in sorted(names):
            if name.lower().endswith(kinds) and not name.startswith(("~$", ".")):
                yield os.path.join(root, name)


def _is_new(path: str, seen: set[str]) -> bool:
    """Whether a folder was not walked before: a link may lead back to where it stands."""
    real = os.path.realpath(path)
    new = real not in seen
    seen.add(real)
    return new


def _refuse_folder(error: OSError) -> None:
    """A folder that cannot be opened may hold anything: not checked is not passed."""
    raise SettingsError(
        f"打不开文件夹“{error.filename}”：{error.strerror}。请检查权限，或只给出要检查的文件。"
    ) from error


__all__ = ["Judgement", "PerfcheckError", "Report", "Settings", "check", "parse"]
