"""How a process that is asked to end does so: as by an error, so that all is cleared, and whatever it is at."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

REQUESTS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Asked to end, and the terminal closed."""


@contextlib.contextmanager
def interrupts_noted() -> Iterator[list[int]]:
    """Within this Ctrl-C is noted in the list besides raising ``KeyboardInterrupt``.

    An exception that is raised while Python tidies up, in what it calls for an object that is gone, is lost: whoever
    runs on until Ctrl-C has to look here, too.
    """
    noted: list[int] = []

    def note(number: int, frame: Any) -> NoReturn:
        noted.append(number)
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGINT, note)
    except ValueError:  # not in the main thread
        yield noted
        return
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def ended_in_order() -> Iterator[list[int]]:
    """Within this a request to end raises ``SystemExit`` with 128 and its number, as shells have it.

    That is noted in the list as well, for what is in between may take any signal for Ctrl-C.
    """
    noted: list[int] = []

    def end(number: int, frame: Any) -> NoReturn:
        noted.append(128 + number)
        sys.exit(128 + number)

    before = {}
    try:
        for request in REQUESTS:
            if signal.getsignal(request) != signal.SIG_IGN:  # as nohup has it
                before[request] = signal.signal(request, end)
    except ValueError:  # not in the main thread, which alone may say so
        yield noted
        return
    try:
        yield noted
    finally:
        for request, handler in before.items():
            signal.signal(request, handler)
