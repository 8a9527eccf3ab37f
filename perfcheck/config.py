"""The settings of one call, checked once and handed on as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from perfcheck.named_tuples import NamedTuple

if TYPE_CHECKING:
    from perfcheck.configuration.tailoring import Tailoring

FailOn = Literal["error", "warning", "note", "never"]
Compare = Literal["yes", "no", "only"]
STANDARD_INPUT = "-"
"""Among paths: what comes in through standard input."""
FIRST_YEAR, LAST_YEAR = 2010, 2049
"""Budget years perfcheck takes for one; the form itself dates from the 2010s."""


class Held(NamedTuple):
    """What a lock holds: a rule, or ``fail-on``."""

    subject: str
    """The id of the rule, or ``fail-on``."""
    level: str
    """The lowest it may have."""
    lock: str
    """Where the lock stands, and why, in a sentence."""


class FileGroup(NamedTuple):
    """Files of a run that have one configuration."""

    paths: tuple[str, ...]
    pack: str
    year: int | None
    fail_on: FailOn
    tailoring: Tailoring | None
    held: tuple[Held, ...] = ()
    """What is locked for these files."""


class Settings(NamedTuple):
    """What ``perfcheck check`` was asked to do."""

    paths: tuple[str, ...]
    pack: str = "hebei"
    format: str = "text"
    output: str | None = None
    fail_on: FailOn = "error"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    year: int | None = None
    language: str = "zh"
    quiet: bool = False
    statistics: bool = False
    color: bool = False
    more_formats: tuple[str, ...] = ()
    """Formats of further reports of the same run."""
    jobs: str = "1"
    """How many processes, or ``auto``, which the commands take; a library starts none unasked."""
    timeout: float | None = None
    """The longest a file may take, in seconds; None for any time."""
    cache_folder: str | None = None
    """Where outcomes are kept for the next run; None for nowhere."""
    tracked: bool = False
    """``paths`` are patterns for the files git tracks; none for all of them."""
    compare: Compare = "yes"
    """Whether documents are held against each other: too, not at all, or nothing but that."""
    baseline: str | None = None
    """The file of known faults; None for none."""
    waivers: str | None = None
    """The file of waivers; None for none."""
    no_waivers: bool = False
    """Neither the file of waivers nor markers in the documents count."""
    locked: tuple[str, ...] = ()
    """Rules whose findings nothing makes acceptable: ids, categories or their beginnings."""
    today: str | None = None
    """The day waivers are held against, as 2026-12-31; None for the machine's."""
    folders: tuple[str, ...] | None = None
    """The folders of ``paths``, all files of which were looked at; None to see what they are now."""
    shard: tuple[int, int] | None = None
    """Which part of the files, of how many; None for all."""
    part: str | None = None
    """The file for the results of that part."""
    cluster: str | None = None
    """The scheduler of a dask cluster, or ``local``; None for none."""
    groups: tuple[FileGroup, ...] = ()
    """What configuration files say, by file; empty where there are none."""
