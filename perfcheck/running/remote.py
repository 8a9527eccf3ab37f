"""``python -m perfcheck.running.remote``: checks the files of one task of a cluster, see cluster.py.

The task comes as JSON on standard input; the packed outcome of each file goes to standard output behind its length.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from functools import partial
from typing import Any

from perfcheck import __version__
from perfcheck.api import make_checker
from perfcheck.config import Settings
from perfcheck.errors import PerfcheckError, SettingsError
from perfcheck.running.cluster import REFUSED
from perfcheck.running.packed import pack
from perfcheck.running.parts import frozen
from perfcheck.running.workers import outcomes


def run() -> int:
    """Do the task on standard input; the exit status."""
    gc.set_threshold(200_000, 50, 100)  # as in cli.py
    job, paths = json.load(sys.stdin)
    try:
        if job["version"] != __version__:
            raise SettingsError(
                f"集群的机器上是 perfcheck {__version__}，这里是 {job['version']} / the workers have another version"
            )
        try:
            os.chdir(job["folder"])
        except OSError:
            raise SettingsError(
                f"集群的机器上没有文件夹 {job['folder']}，文本要放在各台机器都看得到的地方 / no such folder there"
            ) from None
        _check(job, paths)
    except PerfcheckError as error:
        sys.stderr.buffer.write(str(error).encode())
        return REFUSED
    return 0


def _check(job: dict[str, Any], paths: list[str]) -> None:
    chosen = {name: frozen(value) for name, value in job["settings"].items()}
    settings = Settings((), more_formats=tuple(job["more_formats"]), **chosen)
    make = partial(make_checker, settings, job["compare"])
    checker = make()
    if checker.pack.digest() != job["pack"]:
        raise SettingsError(f"集群的机器上的规则包“{settings.pack}”和这里的不同 / the workers have another rule pack")
    gc.freeze()
    rules = {rule.id: rule for rule in checker.pack.rules}
    for outcome in outcomes(make, checker, paths, 1, job["limit"]):
        data = pack(outcome, rules)
        sys.stdout.buffer.write(len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(run())
