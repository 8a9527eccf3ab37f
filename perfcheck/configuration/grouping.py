"""Files of a run put together by their configuration, and what holds for the run as a whole."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from perfcheck.accepted.own_rules import OWN_RULES
from perfcheck.config import STANDARD_INPUT, FileGroup, Settings
from perfcheck.configuration.chain import Chains
from perfcheck.configuration.effective import Effective, Packs, effective, refuse_no_rule, value_of
from perfcheck.configuration.escape import refuse_escape, refuse_writing_outside
from perfcheck.configuration.globs import idle, matches
from perfcheck.configuration.inheritance import CommandLine, Inherited
from perfcheck.configuration.selection import Override
from perfcheck.configuration.tailoring import Tailoring
from perfcheck.reporting.formats import FORMATS
from perfcheck.rulebook.rule import is_named
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.running.holding import held_by

RUN_KEYS = {
    "language": "language", "format": "format", "jobs": "jobs", "cache-dir": "cache_folder", "baseline": "baseline",
    "waivers": "waivers",
}  # fmt: skip
"""Keys that hold for a run as a whole -> the setting each of them is."""
WORDS = {
    "language": "语言",
    "format": "格式",
    "jobs": "进程数",
    "cache-dir": "缓存文件夹",
    "baseline": "基线",
    "waivers": "豁免",
}


def grouped(
    settings: Settings,
    found: Mapping[str, tuple[str, ...]],
    here: tuple[str, ...],
    given: Mapping[str, Any],
    vocabulary: Vocabulary,
    by_hand: bool = False,
) -> tuple[Settings, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The settings of a run over the files ``found``, each with the configuration files above it; reports, warnings,
    and the configuration files that were read.

    ``here`` are those above the current folder: they settle what the files disagree about. Files named ``by_hand``
    may have reports written anywhere.
    """
    chains = Chains(tuple(FORMATS))
    line = CommandLine(given)
    packs = Packs(vocabulary)
    known: dict[tuple[str, ...], Effective] = {}
    groups: dict[tuple[int, tuple[int, ...]], tuple[Effective, list[str]]] = {}

    def of(files: tuple[str, ...]) -> Effective:
        chain = chains.of(files)
        key = tuple(file.path for file in chain)
        if key not in known:
            refuse_escape(chain, files, chains)
            known[key] = effective(chain, line, packs)
            if not by_hand:
                refuse_writing_outside(known[key].inherited, files)
        return known[key]

    by_files = {files: of(files) for files in dict.fromkeys(found.values())}
    for path, files in found.items():
        made = by_files[files]
        applied = fitting_paths(made.selection.overrides, path)
        if (id(made), applied) not in groups:
            always = [number for number in applied if not made.selection.overrides[number].is_inside]
            refuse_no_rule(made, always)
        groups.setdefault((id(made), applied), (made, []))[1].append(path)
    inherited = [made.inherited for made in known.values()]
    run, reports, warnings = _of_the_run(settings, inherited, of(here).inherited if here else None, given)
    warnings.extend(_idle_paths(known.values(), list(found)))
    parts = tuple(
        _group(made, applied, tuple(paths), given, settings) for (_, applied), (made, paths) in groups.items()
    )
    first = parts[0]
    run = run._replace(groups=parts, pack=first.pack, year=first.year, fail_on=first.fail_on)
    return run, reports, tuple(warnings), tuple(sorted(chains.asked_for))


def _group(
    made: Effective, applied: tuple[int, ...], paths: tuple[str, ...], given: Mapping[str, Any], settings: Settings
) -> FileGroup:
    values = made.inherited.values
    year = value_of(values, "year", settings.year)
    if "year" not in given:
        for number in applied:
            own = made.selection.overrides[number].year
            year = year if own is None else own
    fail_on = value_of(values, "fail-on", settings.fail_on)
    held = held_by(lock for lock, _ in made.locks)
    # what matches was settled here, so the same documents checked out elsewhere have the same groups
    overrides = tuple(override._replace(folder="") for override in made.selection.overrides)
    selection = made.selection._replace(overrides=overrides)
    return FileGroup(paths, made.pack.value, year, fail_on, Tailoring(selection, applied), held)


def fitting_paths(overrides: Sequence[Override], path: str) -> tuple[int, ...]:
    """The numbers of the overrides that fit ``path``, or name no paths."""
    absolute = os.path.abspath(path)
    return tuple(
        number
        for number, override in enumerate(overrides)
        if not override.paths
        or (path != STANDARD_INPUT and any(matches(each, override.folder, absolute) for each in override.paths))
    )


def _of_the_run(
    settings: Settings, inherited: Sequence[Inherited], here: Inherited | None, given: Mapping[str, Any]
) -> tuple[Settings, tuple[str, ...], list[str]]:
    """What must be one for a run: as all files have it, else as the current folder has it."""
    warnings = []
    changed = {}
    for key, name in RUN_KEYS.items():
        if name not in Settings._fields or key in given:
            continue
        default = getattr(settings, name)
        said = {value_of(each.values, key, default): each for each in inherited}
        if len(said) == 1:
            changed[name] = next(iter(said))
        else:
            changed[name] = default if here is None else value_of(here.values, key, default)
            places = [each.values[key].where for each in said.values() if key in each.values]
            used = "都不用" if changed[name] is None else f"用“{changed[name]}”"
            warnings.append(f"各文件的配置里{WORDS[key]}（{key}）不一样：{'，'.join(places)}；这次{used}")
    all_reports = {tuple((name, value.value) for name, value in each.reports.items()) for each in inherited}
    reports = all_reports.pop() if len(all_reports) == 1 else ()
    if all_reports:
        reports = tuple((n, v.value) for n, v in here.reports.items()) if here else ()
        warnings.append(
            "各文件的配置里 reports 不一样，这次用当前文件夹的 / reports differ, those of this folder are used"
        )
    changed["ignore"] = _ignored_about_waivers(settings.ignore, inherited)
    return settings._replace(**changed), tuple(f"{name}={file}" for name, file in reports), warnings


def _ignored_about_waivers(given: tuple[str, ...], inherited: Sequence[Inherited]) -> tuple[str, ...]:
    """What ``ignore`` says of perfcheck's own rules, which are about the waivers of a run and not of one document."""
    ignored = [
        {rule.id for rule in OWN_RULES if any(is_named(named.word, rule) for named in each.selection.ignore)}
        for each in inherited
    ]
    return (*given, *sorted(set.intersection(*ignored) - set(given)))


def _idle_paths(every: Any, paths: Sequence[str]) -> list[str]:
    """Patterns of paths that match nothing there is."""
    patterns: dict[tuple[str, str], str] = {}
    for made in every:
        for override in made.selection.overrides:
            for pattern in override.paths:
                patterns[pattern, override.folder] = override.where
    absolute = [os.path.abspath(path) for path in paths if path != STANDARD_INPUT]
    return [
        f"{patterns[each]}：没有文件对得上 paths 里的“{each[0]}”（从 {each[1]} 找起） / matches no file"
        for each in idle(patterns, absolute)
    ]
