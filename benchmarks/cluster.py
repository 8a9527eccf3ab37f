"""Many documents on a dask cluster of two workers, one of which is killed half-way, against one process.

``python benchmarks/cluster.py [DOCUMENTS]`` (2000 by default) fails unless both say the same, byte for byte.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster, WorkerPlugin
from documents import document

from perfcheck.running.cluster import CHUNK

WORKERS = 2
FORMATS = ("sarif", "json", "text")


class DiesHalfWay(WorkerPlugin):  # type: ignore[misc] -- distributed has no types
    """Kills its worker after so many tasks, once in a run: whoever comes first leaves a mark."""

    def __init__(self, after: int, mark: str) -> None:
        self.left = after
        self.mark = mark

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:
        """Count a task that is done."""
        self.left -= finish == "memory"
        if self.left <= 0:
            with contextlib.suppress(FileExistsError):
                os.close(os.open(self.mark, os.O_CREAT | os.O_EXCL))
                os.kill(os.getpid(), signal.SIGKILL)


def check(texts: Path, out: Path, *options: str) -> float:
    """Seconds a check of ``texts`` took, its reports put into ``out``."""
    out.mkdir()
    reports = [f"--report={name}={out / name}" for name in FORMATS]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "perfcheck", "check", ".", "--isolated", *reports, *options],
        cwd=texts, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    if done.returncode != 1:  # every seventh table has a fault
        sys.exit(f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}")
    return time.perf_counter() - start


def main(documents: int) -> None:
    """Print how long each took, or fail."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = folder / "texts"
        texts.mkdir()
        for number in range(documents):
            (texts / f"{number:05d}.txt").write_text(document(1 + number % 19, number), encoding="utf-8")
        took = {
            "one process": check(texts, folder / "one", "--jobs", "1"),
            "--jobs 2": check(texts, folder / "two", "--jobs", "2"),
        }
        mark = folder / "killed"
        cluster = LocalCluster(WORKERS, threads_per_worker=1, dashboard_address=None, silence_logs=50)
        with cluster, Client(cluster) as client:
            tasks = -(-documents // CHUNK)
            client.register_plugin(DiesHalfWay(max(1, tasks // WORKERS // 2), str(mark)))
            took["cluster, a worker killed"] = check(texts, folder / "afar", "--cluster", cluster.scheduler_address)
        if not mark.exists():
            sys.exit("no worker was killed")
        for other in ("two", "afar"):
            for report in FORMATS:
                if (folder / other / report).read_bytes() != (folder / "one" / report).read_bytes():
                    sys.exit(f"{report}: other bytes ({other})")
    for how, seconds in took.items():
        print(f"{documents} documents, {how}: {seconds:.1f} s")
    print("the same bytes:", ", ".join(FORMATS))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
