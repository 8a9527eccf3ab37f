"""A request to end this process, as systems and service managers make it, ends it as an error would: all is cleared."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

REQUESTS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Asked to end, and the terminal closed."""


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
