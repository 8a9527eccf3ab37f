"""How many processes a run uses: told before anything that starts processes is imported, for most runs need one."""

from __future__ import annotations

import os

FILES_EACH = 6 if hasattr(os, "fork") else 30
"""``auto`` starts no process for fewer: one made by forking begins at once, any other starts as if by hand."""


def processes_for(jobs: str, files: int) -> int:
    """How many processes to use for ``jobs``, a number or ``auto``."""
    if jobs == "auto":
        return max(1, min(_cores(), files // FILES_EACH))
    return max(1, min(int(jobs), files))


def _cores() -> int:
    """Those this process may use: in a container fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
