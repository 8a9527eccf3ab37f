"""The options of commands that heed configuration files, and how files and options are put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from perfcheck.commands import Failure
from perfcheck.commands.overwriting import Inputs
from perfcheck.commands.path_types import FILE_THERE
from perfcheck.config import STANDARD_INPUT, Settings
from perfcheck.running.config_files import Sources

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])
KEYS = {
    "pack": "pack", "fail_on": "fail-on", "lang": "language", "year": "year", "format_": "format", "template": "format",
    "jobs": "jobs", "cache_dir": "cache-dir", "no_cache": "cache-dir", "baseline": "baseline",
    "no_baseline": "baseline", "waivers": "waivers", "no_waivers": "waivers", "select": "select", "ignore": "ignore",
}  # fmt: skip
"""Parameter of a command -> the key of configuration files it beats."""


def config_options(function: AnyFunction) -> AnyFunction:
    """Add ``--config`` and ``--isolated`` to a command."""
    for option in (
        click.option("--isolated", "--no-config", is_flag=True, help="不读配置文件 / heed no configuration files"),
        click.option(
            "--config",
            type=FILE_THERE,
            metavar="FILE",
            help="用这个配置文件，不找别的 / this configuration file and no other",
        ),
    ):
        function = option(function)
    return function


def sources_of(given: Mapping[str, Any]) -> Sources:
    """What ``--config`` and ``--isolated`` ask for."""
    if given["config"] and given["isolated"]:
        raise Failure("--config 和 --isolated 只能用一个 / --config and --isolated exclude each other")
    return Sources(given["config"], given["isolated"])


def given_options(ctx: click.Context, settings: Settings) -> dict[str, Any]:
    """Key -> value of the options that were really given, not left at their defaults."""
    values = {
        "pack": settings.pack, "fail-on": settings.fail_on, "language": settings.language, "year": settings.year,
        "format": settings.format, "jobs": settings.jobs, "cache-dir": settings.cache_folder,
        "select": settings.select, "ignore": settings.ignore,
    }  # fmt: skip
    return {
        key: values.get(key)
        for name, key in KEYS.items()
        if name in ctx.params and ctx.get_parameter_source(name) is not ParameterSource.DEFAULT
    }


def with_configuration(ctx: click.Context, settings: Settings) -> tuple[Settings, tuple[str, ...], Inputs]:
    """``settings`` as configuration files complete them, the reports those ask for, and what the run will read.

    Warnings are said at once.

    Raises :class:`PerfcheckError`.
    """
    from perfcheck.running.files import find_files

    sources = sources_of(ctx.params)
    files = find_files(settings.paths, settings.tracked)
    found = sources.above(files)
    if sources != Sources():
        others = Sources().above(files)
        if any(others.values()):
            from perfcheck.configuration.run_settings import refuse_left_out

            refuse_left_out(others, sources)
    if not any(found.values()):
        return settings, (), _inputs(settings, files, ())
    from perfcheck.api import VOCABULARY
    from perfcheck.configuration.run_settings import configured

    run = configured(settings, found, given_options(ctx, settings), sources, VOCABULARY)
    for warning in run.warnings:
        click.echo(f"perfcheck: {warning}", err=True)
    return run.settings, run.reports, _inputs(run.settings, files, run.files)


def _inputs(settings: Settings, files: Sequence[str], configurations: Sequence[str]) -> Inputs:
    inputs = Inputs(files, configurations)
    inputs.add_packs({settings.pack, *(group.pack for group in settings.groups)})
    return inputs


def pack_here(ctx: click.Context, pack: str) -> str:
    """The pack of a command without documents: as given, else as configuration files of the current folder say."""
    if ctx.get_parameter_source("pack") is not ParameterSource.DEFAULT:
        return pack
    sources = sources_of(ctx.params)
    if not any(sources.above([STANDARD_INPUT]).values()):
        return pack
    from perfcheck.api import VOCABULARY
    from perfcheck.configuration.run_settings import configuration_of

    return str(configuration_of(STANDARD_INPUT, {}, sources, VOCABULARY).pack.value)
