"""Options of ``check`` for many files: how long one may take, parts of a run, a cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from perfcheck.commands import Failure
from perfcheck.commands.path_types import FILE
from perfcheck.config import Settings

OPTIONS = (
    click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help="一份文件最多查几秒，超过算没能检查 / longest time for a file",
    ),
    click.option(
        "--cluster",
        metavar="ADDRESS",
        help="在 dask 集群上检查，如 tcp://主机:8786，或 local / on a dask cluster, or a local one",
    ),
    click.option("--watch", is_flag=True, help="文件一保存就重新检查，按 Ctrl-C 结束 / check again on save"),
    click.option("--shard", metavar="K/N", help="只查 N 份里的第 K 份，结果写进 --part / the K-th of N parts"),
    click.option(
        "--part",
        type=FILE,
        metavar="FILE",
        help="--shard 的结果，供 perfcheck merge 合并 / where --shard puts its results  [part-K-of-N.perfcheck]",
    ),
)


def scale_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` these options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def scale_settings(given: dict[str, Any]) -> dict[str, Any]:
    """What was given for them, as settings; raises :class:`Failure`."""
    shard = _shard(given["shard"])
    if given["part"] and not shard:
        raise Failure("--part 要和 --shard 一起用 / --part needs --shard")
    part = (given["part"] or f"part-{shard[0]}-of-{shard[1]}.perfcheck") if shard else None
    cluster = given["cluster"]
    if cluster is not None and cluster != "local" and "://" not in cluster:
        raise Failure(f"--cluster 写集群的地址（如 tcp://主机:8786）或 local，写的是“{cluster}” / an address or local")
    return {"timeout": given["timeout"], "shard": shard, "part": part, "cluster": cluster}


def without_unusable_cache(settings: Settings) -> Settings:
    """``settings``, without the cache and with a warning where its folder cannot be used: the check goes on."""
    if settings.cache_folder is None:
        return settings
    from perfcheck.running.result_cache import unusable_folder

    unusable = unusable_folder(settings.cache_folder)
    if unusable is None:
        return settings
    click.echo(f"perfcheck: {unusable}；这次不用缓存", err=True)
    return settings._replace(cache_folder=None)


def _shard(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    number, _, of = text.partition("/")
    if number.isascii() and number.isdecimal() and of.isascii() and of.isdecimal() and 0 < int(number) <= int(of):
        return int(number), int(of)
    raise Failure(f"--shard 写第几份和共几份，如 3/8，写的是“{text}” / --shard takes K/N, such as 3/8")
