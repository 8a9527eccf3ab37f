"""The settings of one run: configuration files found above its documents, and the command line on top of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfcheck.config import STANDARD_INPUT, Settings
from perfcheck.configuration.chain import Chains
from perfcheck.configuration.effective import Effective, Packs, effective
from perfcheck.configuration.escape import refuse_bypass, refuse_escape
from perfcheck.configuration.grouping import grouped
from perfcheck.configuration.inheritance import CommandLine
from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.formats import FORMATS
from perfcheck.rulebook.rule_form import Vocabulary
from perfcheck.running.config_files import Sources


class RunSettings(NamedTuple):
    """The settings of a run; reports asked for in files, and what is worth a warning."""

    settings: Settings
    reports: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """The configuration files that were read, those extended by others too."""


def configured(
    settings: Settings,
    found: Mapping[str, tuple[str, ...]],
    given: Mapping[str, Any],
    sources: Sources,
    vocabulary: Vocabulary,
) -> RunSettings:
    """``settings`` with what configuration files say of the files ``found``, each with the configurations for it.

    ``given`` are the options of the command line by the names of their keys, which beat files. Raises
    :class:`PerfcheckError` for files that are wrong or weaken what is locked.
    """
    if not any(found.values()):
        return RunSettings(settings)
    here = sources.above([STANDARD_INPUT])[STANDARD_INPUT]
    return RunSettings(*grouped(settings, found, here, given, vocabulary, sources.file is not None))


def refuse_left_out(found: Mapping[str, tuple[str, ...]], sources: Sources) -> None:
    """Raise where what the command line says of configuration files leaves out locks of the repository.

    ``found`` are the configuration files for each document as they would be used otherwise.
    """
    chains = Chains(tuple(FORMATS))
    used = () if sources.file is None else chains.of(tuple(sources.above([STANDARD_INPUT])[STANDARD_INPUT]))
    refuse_bypass(found, used, chains, "--isolated" if sources.isolated else f"--config {sources.file}")


def configuration_of(path: str, given: Mapping[str, Any], sources: Sources, vocabulary: Vocabulary) -> Effective:
    """What is in force for the file ``path``, or for the current folder, ``-``; raises :class:`PerfcheckError`."""
    found = sources.above([path]).get(path, ())
    chains = Chains(tuple(FORMATS))
    chain = chains.of(found)
    refuse_escape(chain, found, chains)
    return effective(chain, CommandLine(given), Packs(vocabulary))
