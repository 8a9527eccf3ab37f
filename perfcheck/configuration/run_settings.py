"""The settings of one run: configuration files found above its documents, and the command line on top of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from perfcheck.config import Settings
from perfcheck.configuration.discovery import Finder
from perfcheck.running.checker import STANDARD_INPUT

if TYPE_CHECKING:
    from perfcheck.configuration.effective import Effective
    from perfcheck.rulebook.rule_form import Vocabulary


class RunSettings(NamedTuple):
    """The settings of a run; reports asked for in files, and what is worth a warning."""

    settings: Settings
    reports: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Sources(NamedTuple):
    """Where configuration comes from: the files above each document, one given file, or none at all."""

    file: str | None = None
    isolated: bool = False


def configured(
    settings: Settings, paths: Sequence[str], given: Mapping[str, Any], sources: Sources, vocabulary: Vocabulary
) -> RunSettings:
    """``settings`` with what configuration files say of the files ``paths``.

    ``given`` are the options of the command line by the names of their keys, which beat files. Raises
    :class:`PerfcheckError` for files that are wrong or weaken what is locked. Where there is no configuration file
    nothing is changed, and nothing imported.
    """
    if sources.isolated:
        return RunSettings(settings)
    finder = Finder()
    found = {path: _files(path, finder, sources.file) for path in paths}
    if not any(found.values()):
        return RunSettings(settings)
    from perfcheck.configuration.grouping import grouped

    here = _files(STANDARD_INPUT, finder, sources.file)
    return RunSettings(*grouped(settings, found, here, given, vocabulary))


def _files(path: str, finder: Finder, given: str | None) -> tuple[str, ...]:
    if given is not None:
        return (os.path.abspath(given),)
    return finder.in_and_above(os.getcwd()) if path == STANDARD_INPUT else finder.above(path)


def configuration_of(path: str, given: Mapping[str, Any], sources: Sources, vocabulary: Vocabulary) -> Effective | None:
    """What is in force for the file ``path``, or for the current folder, ``-``; None without configuration files."""
    if sources.isolated:
        return None
    found = _files(path, Finder(), sources.file)
    if not found:
        return None
    from perfcheck.configuration.chain import Chains
    from perfcheck.configuration.effective import Packs, effective
    from perfcheck.configuration.inheritance import CommandLine
    from perfcheck.reporting.formats import FORMATS

    return effective(Chains(tuple(FORMATS)).of(found), CommandLine(given), Packs(vocabulary))
