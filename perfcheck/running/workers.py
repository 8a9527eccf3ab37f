"""Files checked in several processes at once: the same outcomes in the same order as in one.

A process that dies takes no other file along: what it had before it is tried again, file by file, in processes of
their own, and a file that ends its process every time is *not checked*.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext

from perfcheck.engine import Judgement
from perfcheck.finding import NotChecked
from perfcheck.rulebook.rule import Rule
from perfcheck.running.checker import Checker, Outcome
from perfcheck.running.judgement_codec import decode, encode

FEW_FILES = 60
"""``auto`` starts no processes for fewer: starting them costs as much as checking these."""
CHUNKS_EACH = 8
LARGEST_CHUNK = 50
MakeChecker = Callable[[], Checker]

_checker: Checker | None = None


def processes_for(jobs: str, files: int) -> int:
    """How many processes to use for ``jobs``, a number or ``auto``."""
    if jobs == "auto":
        return 1 if files < FEW_FILES else min(os.cpu_count() or 1, files)
    return max(1, min(int(jobs), files))


def outcomes(make: MakeChecker, here: Checker, paths: Sequence[str], processes: int) -> Iterator[Outcome]:
    """The outcome of each of ``paths``, in their order. ``make`` must be importable by other processes."""
    global _checker
    _checker = here  # processes made by forking begin with it
    size = max(1, min(LARGEST_CHUNK, len(paths) // (processes * CHUNKS_EACH)))
    chunks = [paths[start : start + size] for start in range(0, len(paths), size)]
    rules = {rule.id: rule for rule in here.pack.rules}
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(processes, context, initializer=_prepare, initargs=(make,)) as pool:
        pending: list[Future[bytes]] = [pool.submit(_check_chunk, chunk) for chunk in chunks]
        for chunk, future in zip(chunks, pending):
            try:
                yield from _decoded(future.result(), rules)
            except BrokenProcessPool:
                yield from _one_by_one(make, here, chunk, context)


def _one_by_one(make: MakeChecker, here: Checker, paths: Sequence[str], context: BaseContext) -> Iterator[Outcome]:
    """Each file in a process of its own, after one of several ended its process."""
    rules = {rule.id: rule for rule in here.pack.rules}
    for path in paths:
        with ProcessPoolExecutor(1, context, initializer=_prepare, initargs=(make,)) as pool:
            try:
                yield from _decoded(pool.submit(_check_chunk, [path]).result(), rules)
            except BrokenProcessPool:
                reason = LOST[here.language]
                yield Outcome(Judgement(path, (), (NotChecked(path, reason),), (), 0, 0, None), ())


def _decoded(data: bytes, rules: Mapping[str, Rule]) -> Iterator[Outcome]:
    return (Outcome(*each) for each in decode(data, rules))


LOST = {
    "zh": "检查这份文件的进程意外结束（可能内存不足），没有查完。",
    "en": "The process that checked this file ended unexpectedly (out of memory, perhaps).",
}


def _prepare(make: MakeChecker) -> None:
    global _checker
    if _checker is None:
        _checker = make()


def _check_chunk(paths: Sequence[str]) -> bytes:
    assert _checker is not None  # made by _prepare
    return encode([tuple(_checker.check(path)) for path in paths])
