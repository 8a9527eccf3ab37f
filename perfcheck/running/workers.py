"""Files checked in several processes at once: the same outcomes in the same order as in one.

A process that dies, or is ended because a file took too long, takes no other file along: a process sends the outcome
of each file when it has it, so the file it stumbled on is the one after the last outcome. A file that ended its
process is tried once more alone, for memory may have run out because of another; then it is *not checked*.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from perfcheck import patterns
from perfcheck.engine import Judgement
from perfcheck.errors import SettingsError
from perfcheck.finding import NotChecked
from perfcheck.rulebook.rule import Rule
from perfcheck.running.checker import Checker, Outcome
from perfcheck.running.ending import REQUESTS, ended_in_order
from perfcheck.running.packed import pack, unpack

CHUNKS_EACH = 4
LARGEST_CHUNK = 50
MakeChecker = Callable[[], Checker]
METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
CONTEXT: Any = multiprocessing.get_context(METHOD)

_checker: Checker | None = None


class _Worker:
    """A process and what it has still to do."""

    def __init__(self, make: MakeChecker, others: Sequence[_Worker]) -> None:
        self.connection, theirs = CONTEXT.Pipe()
        inherited = [self.connection, *(other.connection for other in others)] if METHOD == "fork" else []
        self.process = CONTEXT.Process(target=_serve, args=(theirs, make, inherited), daemon=True)
        self.process.start()
        theirs.close()  # so that its end is heard of
        self.todo: deque[int] = deque()
        self.since: float | None = None
        """When it began with the file it is at; None before it is ready for any."""

    def give(self, numbers: Sequence[int], paths: Sequence[str]) -> None:
        """Have it check some of ``paths``."""
        self.todo.extend(numbers)
        if self.since is not None:
            self.since = time.monotonic()
        with contextlib.suppress(OSError):  # it has died; that is found out when its outcomes are waited for
            self.connection.send([paths[number] for number in numbers])

    def end(self) -> None:
        """End it now, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Run:
    """The state of a run: what is done, what is to do, and by whom."""

    def __init__(
        self, make: MakeChecker, here: Checker, paths: Sequence[str], processes: int, limit: float | None
    ) -> None:
        self.make, self.here, self.paths, self.processes, self.limit = make, here, paths, processes, limit
        self.waiting = deque(range(len(paths)))
        self.alone: set[int] = set()
        self.done: dict[int, bytes | Outcome] = {}
        self.workers: list[_Worker] = []

    def staff(self) -> None:
        """Give work to all who have none."""
        for worker in self.workers:
            if not worker.todo and self.waiting:
                worker.give(self._chunk(), self.paths)
        while self.waiting and len(self.workers) < self.processes:
            try:
                worker = _Worker(self.make, self.workers)
            except OSError:  # no more processes are to be had here
                self._make_do()
                return
            self.workers.append(worker)
            worker.give(self._chunk(), self.paths)

    def _make_do(self) -> None:
        """Go on with the processes there are; without any, check a file here, unless only they could end it in time."""
        if self.workers:
            self.processes = len(self.workers)
        elif self.limit is None:
            number = self.waiting.popleft()
            self.done[number] = self.here.check(self.paths[number])
        else:
            raise SettingsError("现在开不了新的进程，不能限时 / no process can be started to keep --timeout")

    def _chunk(self) -> list[int]:
        """The next files for one process: ever fewer, so that all end at about the same time."""
        size = max(1, min(LARGEST_CHUNK, len(self.waiting) // (self.processes * CHUNKS_EACH)))
        chunk: list[int] = []
        while self.waiting and len(chunk) < size:
            if self.waiting[0] in self.alone and chunk:
                break
            chunk.append(self.waiting.popleft())
            if chunk[-1] in self.alone:
                break
        return chunk

    def listen(self) -> None:
        """Take what is ready; see to those who died or take too long."""
        busy = [worker.since for worker in self.workers if worker.todo and worker.since is not None]
        patience = None
        if self.limit is not None and busy:
            patience = max(0.0, min(busy) + self.limit - time.monotonic())
        ready = set(wait([worker.connection for worker in self.workers], patience))
        for worker in list(self.workers):
            if worker.connection in ready:
                self._take(worker)
            elif self._is_late(worker):
                self._part_with(worker)
                number = worker.todo.popleft()
                self.done[number] = self._not_checked(number, TOO_LONG)
                self.waiting.extendleft(reversed(worker.todo))

    def _is_late(self, worker: _Worker) -> bool:
        if self.limit is None or worker.since is None or not worker.todo:
            return False
        return time.monotonic() - worker.since >= self.limit

    def _take(self, worker: _Worker) -> None:
        """An outcome of ``worker``, or the news that it died."""
        try:
            data = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._part_with(worker)
            if not worker.todo:
                return
            number = worker.todo.popleft()
            if number in self.alone:
                self.done[number] = self._not_checked(number, LOST)
            else:
                self.alone.add(number)
                worker.todo.appendleft(number)
            self.waiting.extendleft(reversed(worker.todo))
            return
        if data:
            self.done[worker.todo.popleft()] = data
        worker.since = time.monotonic()

    def _part_with(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.end()

    def _not_checked(self, number: int, reason: dict[str, str]) -> Outcome:
        path = self.paths[number]
        sentence = reason[self.here.language].format(seconds=f"{self.limit or 0:g}")
        return not_checked(path, sentence)


def not_checked(path: str, reason: str) -> Outcome:
    """The outcome of a file that could not be checked for ``reason``."""
    return Outcome(Judgement(path, (), (NotChecked(path, reason),), (), 0, 0, None), ())


def outcomes(
    make: MakeChecker, here: Checker, paths: Sequence[str], processes: int, limit: float | None = None
) -> Iterator[Outcome]:
    """The outcome of each of ``paths``, in their order; ``limit`` is the longest a file may take, in seconds.

    ``make`` must be importable by other processes.
    """
    global _checker
    _checker = here  # processes made by forking begin with it
    rules = {rule.id: rule for rule in here.pack.rules}
    run = _Run(make, here, paths, processes, limit)
    with ended_in_order():  # the others first; a hanging one would not notice that we have gone
        yield from _in_order(run, rules)


def _in_order(run: _Run, rules: Mapping[str, Rule]) -> Iterator[Outcome]:
    """The outcomes of a run in the order of its files."""
    try:
        for number in range(len(run.paths)):
            while number not in run.done:
                run.staff()
                if run.workers:
                    run.listen()
            found = run.done.pop(number)
            yield unpack(found, rules) if isinstance(found, bytes) else found
    finally:
        for worker in run.workers:
            worker.end()


LOST = {
    "zh": "检查这份文件的进程意外结束（可能内存不足），没有查完。",
    "en": "The process that checked this file ended unexpectedly (out of memory, perhaps).",
}
TOO_LONG = {
    "zh": "检查这份文件超过了 {seconds} 秒的时限，没有查完。可以用 --timeout 放宽时限。",
    "en": "Checking this file took longer than the limit of {seconds} seconds (see --timeout).",
}


def _serve(connection: Connection, make: MakeChecker, inherited: Sequence[Connection]) -> None:
    """What a process does: take lists of files, send an outcome for each."""
    global _checker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    for request in REQUESTS:
        if signal.getsignal(request) != signal.SIG_IGN:
            signal.signal(request, signal.SIG_DFL)
    for other in inherited:  # while we held them open, nobody would hear the end of whoever started us
        other.close()
    if _checker is None:
        _checker = make()
    rules = {rule.id: rule for rule in _checker.pack.rules}
    with contextlib.suppress(EOFError, OSError):
        connection.send_bytes(b"")  # ready: from now on a file's time counts
        while True:
            *paths, last = connection.recv()
            for path in (*paths, last):
                outcome = pack(_checker.check(path), rules)
                if path is last:
                    patterns.keep()  # for the next run; when the last outcome is there, this process is killed
                connection.send_bytes(outcome)
