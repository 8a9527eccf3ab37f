"""How many processes a run uses: told before anything that starts processes is imported, for most runs need one."""

from __future__ import annotations

import os

FILES_EACH = 6 if hasattr(os, "fork") else 30
"""``auto`` starts no process for fewer: one made by forking begins at once, any other starts as if by hand."""
FEWEST_FOR_TWO = 4
"""From so many files on ``auto`` has a second process do half of them, where one can be forked."""


def processes_for(jobs: str, files: int) -> int:
    """How many processes to use for ``jobs``, a number or ``auto``."""
    if jobs == "auto":
        return max(1, min(_cores(), files // FILES_EACH))
    return max(1, min(int(jobs), files))


def in_halves(jobs: str, files: int) -> bool:
    """Whether a handful of files is worth a second process, which gets its half of them at once."""
    return jobs == "auto" and FEWEST_FOR_TWO <= files < 2 * FILES_EACH and hasattr(os, "fork") and _cores() > 1


def _cores() -> int:
    """Those this process may use: in a container fewer than the machine has."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _granted() or cores))


def _granted(file: str = "/sys/fs/cgroup/cpu.max") -> int | None:
    """How many processors' time a container is granted; None where that is not limited."""
    try:
        with open(file, encoding="ascii") as limit:
            time, period = limit.read().split()
        return None if time == "max" else -(-int(time) // int(period))
    except (OSError, ValueError, ZeroDivisionError):  # no Linux, or one of long ago
        return None
