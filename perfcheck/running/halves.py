"""A handful of files checked by two: this process and one made by forking, which begins at once.

The processes of workers.py are made to last for thousands of files; what they take to begin with is more than a handful
saves. Whatever the other process does not do, because it died or could not be made, is done here.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, NoReturn

from perfcheck import patterns
from perfcheck.rulebook.rule import Rule
from perfcheck.running.checker import Checker, Outcome
from perfcheck.running.ending import REQUESTS, ended_in_order
from perfcheck.running.packed import pack, unpack

SIZE = 4
"""Bytes that say how many bytes an outcome has."""


def outcomes(checker: Checker, paths: Sequence[str], meanwhile: Callable[[], None]) -> Iterator[Outcome]:
    """The outcome of each of ``paths``, in their order.

    ``meanwhile`` is done here before the other process is waited for, where anything was found that is to be reported.
    """
    rules = {rule.id: rule for rule in checker.pack.rules}
    first, here, there = _halves(paths)
    done = {first: checker.check(paths[first])}  # what is loaded for it need not be loaded twice
    try:
        reading, writing = os.pipe()
        other = _forked(reading, writing)
    except OSError:  # no more processes are to be had
        yield from (done.get(number) or checker.check(path) for number, path in enumerate(paths))
        return
    if other == 0:
        os.close(reading)
        _send([paths[number] for number in there], checker, rules, writing)
    os.close(writing)
    with ended_in_order(), open(reading, "rb") as stream:
        try:
            for number in here:
                done[number] = checker.check(paths[number])
            if any(outcome.judgement.findings for outcome in done.values()):
                meanwhile()
            for number in there:
                done[number] = _received(stream, rules) or checker.check(paths[number])
        except BaseException:
            with contextlib.suppress(OSError):
                os.kill(other, signal.SIGKILL)
            raise
        finally:
            with contextlib.suppress(ChildProcessError):  # whoever started us may have had children not waited for
                os.waitpid(other, 0)
    yield from (done[number] for number in range(len(paths)))


def _forked(*pipe: int) -> int:
    try:
        return os.fork()
    except OSError:
        for end in pipe:
            os.close(end)
        raise


def _halves(paths: Sequence[str]) -> tuple[int, list[int], list[int]]:
    """The number of the smallest file, and those of the others for here and there.

    Of them the large ones come first, each to whoever has less to do. What is done here meanwhile takes about as long
    as a file.
    """
    sizes = [_size(path) for path in paths]
    *others, smallest = sorted(range(len(paths)), key=sizes.__getitem__, reverse=True)
    halves: tuple[list[int], list[int]] = ([], [])
    loads = [sum(sizes) // len(sizes), 0]
    for number in others:
        less = loads[1] < loads[0]
        halves[less].append(number)
        loads[less] += sizes[number] + 1
    return smallest, *halves


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:  # the reader says what is wrong
        return 0


def _send(paths: Sequence[str], checker: Checker, rules: Mapping[str, Rule], writing: int) -> NoReturn:
    """What the other process does; of its end nobody but this one's ``waitpid`` hears."""
    try:
        for request in (signal.SIGINT, *REQUESTS):  # whoever forked us tidies up
            if signal.getsignal(request) != signal.SIG_IGN:
                signal.signal(request, signal.SIG_DFL)
        with open(writing, "wb") as stream:
            for path in paths:
                data = pack(checker.check(path), rules)
                stream.write(len(data).to_bytes(SIZE, "big") + data)
                stream.flush()
        patterns.keep()
    finally:
        os._exit(0)


def _received(stream: IO[bytes], rules: Mapping[str, Rule]) -> Outcome | None:
    """The next outcome; None where the other process has ended without it."""
    size = int.from_bytes(stream.read(SIZE), "big")
    data = stream.read(size)
    return unpack(data, rules) if size and len(data) == size else None
