"""Files checked by the machines of a dask cluster: the same outcomes in the same order as from one process.

A task is a few dozen files. The worker that gets it starts a Python of its own for them (``remote.py``), so that a file
that hangs or exhausts the memory ends that and not the worker. Tasks of a worker that is lost are done by another one;
a file at which one worker after the other is lost is *not checked*.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from perfcheck import __version__
from perfcheck.config import Settings
from perfcheck.errors import MissingExtraError, SettingsError
from perfcheck.running.checker import Checker, Outcome
from perfcheck.running.packed import unpack
from perfcheck.running.parts import decisive
from perfcheck.running.workers import LOST, not_checked

LOCAL = "local"
LONGEST = 300.0
"""Seconds a file may take where no limit was given: nobody watches a cluster."""
CHUNK = 40
EACH_WORKER = 3
"""Tasks at a time for each thread of the workers."""
PATIENCE = 30
"""Seconds to find the scheduler."""
RETRIES = 2
START_OF_CHILD = 120.0


def outcomes(settings: Settings, here: Checker, paths: Sequence[str], limit: float | None) -> Iterator[Outcome]:
    """The outcome of each of ``paths``, in their order; raises :class:`SettingsError` where there is no cluster."""
    assert settings.cluster is not None
    job = {
        "version": __version__,
        "pack": here.pack.digest(),
        "folder": os.getcwd(),
        "compare": here.comparison is not None,
        "limit": limit or LONGEST,
        "settings": decisive(settings._replace(groups=())) | {"shard": settings.shard, "format": settings.format},
        "more_formats": settings.more_formats,
    }
    cluster, client = _connected(settings)
    try:
        yield from _Tasks(client, job, here, settings).outcomes(paths)
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def _connected(settings: Settings) -> tuple[Any, Any]:
    try:
        import logging

        from distributed import Client, LocalCluster
    except ImportError:
        raise MissingExtraError("cluster", "在集群上检查", "Checking on a cluster") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # lost workers are seen to here
    if settings.cluster == LOCAL:
        workers = (os.cpu_count() or 1) if settings.jobs == "auto" else int(settings.jobs)
        cluster = LocalCluster(workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL)
        return cluster, Client(cluster, set_as_default=False)
    try:
        return None, Client(settings.cluster, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        said = str(error) or type(error).__name__
        raise SettingsError(f"连不上集群 {settings.cluster}：{said} / the cluster cannot be reached") from None


class _Tasks:
    """The tasks of a run, some at a time."""

    def __init__(self, client: Any, job: dict[str, Any], here: Checker, settings: Settings) -> None:
        self._client = client
        self._job = job
        self._here = here
        self._settings = settings
        self._group_of = {path: number for number, group in enumerate(settings.groups) for path in group.paths}
        self._rules = {rule.id: rule for rule in here.pack.rules}

    def outcomes(self, paths: Sequence[str]) -> Iterator[Outcome]:
        chunks = [list(paths[start : start + CHUNK]) for start in range(0, len(paths), CHUNK)]
        threads = sum(self._client.nthreads().values()) or 1
        given: deque[tuple[list[str], Any]] = deque()
        for chunk in chunks:
            given.append((chunk, self._given(chunk)))
            if len(given) > threads * EACH_WORKER:
                yield from self._taken(*given.popleft())
        while given:
            yield from self._taken(*given.popleft())

    def _given(self, chunk: Sequence[str]) -> Any:
        return self._client.submit(check_chunk, self._job_for(chunk), list(chunk), pure=False, retries=RETRIES)

    def _job_for(self, chunk: Sequence[str]) -> str:
        """The job as JSON; its configurations name the files of ``chunk`` alone, not those of the whole run."""
        files: list[list[str]] = [[] for _ in self._settings.groups]
        for path in chunk if files else ():
            files[self._group_of[path]].append(path)
        groups = [group._replace(paths=tuple(paths)) for group, paths in zip(self._settings.groups, files)]
        return json.dumps({**self._job, "settings": {**self._job["settings"], "groups": groups}}, default=str)

    def _taken(self, chunk: Sequence[str], task: Any) -> Iterator[Outcome]:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            refusal, found = task.result()
        except (KilledWorker, _ChildLost):
            if len(chunk) == 1:
                yield not_checked(chunk[0], LOST[self._here.language])
                return
            alone = [([path], self._given([path])) for path in chunk]
            for each in alone:
                yield from self._taken(*each)
            return
        except (FutureCancelledError, OSError) as error:
            raise SettingsError(f"与集群的连接断了：{error} / the connection to the cluster was lost") from None
        except ImportError as error:
            raise SettingsError(
                f"集群的机器上没有装 perfcheck（{error}）/ perfcheck is not installed on the workers"
            ) from None
        if refusal:
            raise SettingsError(refusal)
        for path, data in zip(chunk, found):
            yield unpack(data, self._rules, path)


class _ChildLost(Exception):
    """The Python that a worker started for a task ended without its outcomes."""


def check_chunk(job: str, paths: list[str]) -> tuple[str, list[bytes]]:
    """What a worker does: why it cannot check anything, or the packed outcome of each file."""
    limit = json.loads(job)["limit"] * len(paths) + START_OF_CHILD
    try:
        done = subprocess.run(
            [sys.executable, "-m", "perfcheck.running.remote"],
            input=json.dumps([json.loads(job), paths]).encode(),
            capture_output=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        raise _ChildLost(f"after {limit:g} seconds") from None
    if done.returncode == REFUSED:
        return done.stderr.decode("utf-8", "replace").strip(), []
    found = []
    data = memoryview(done.stdout)
    while len(data) >= 4:
        size = int.from_bytes(data[:4], "big")
        found.append(bytes(data[4 : 4 + size]))
        data = data[4 + size :]
    if done.returncode == FAILED:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"集群的机器上出错，请把这一行报告给维护者：{said} / internal error on a worker", []
    if done.returncode or len(found) != len(paths):
        raise _ChildLost(done.stderr.decode("utf-8", "replace")[-500:])
    return "", found


FAILED = 1
"""Exit status of a Python that ended with an exception: the fault is ours, and no document's."""
REFUSED = 3
"""Exit status of a Python that says on standard error why it cannot check anything."""
