"""CPU time of one document at 100, 1,000 and 10,000 project tables, start-up taken off; 1.0 is linear."""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from documents import document

SIZES = (1, 100, 1000, 10_000)
ROUNDS = 3


def cpu(path: Path) -> float:
    """Seconds of CPU of one check, the smallest of a few runs."""
    best = math.inf
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "perfcheck", "check", "--format", "sarif", str(path)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def main() -> None:
    """Print the exponent of each decade."""
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for size in SIZES:
            path = Path(folder, f"{size}.txt")
            path.write_text(document(size), encoding="utf-8")
            times.append(cpu(path))
    for (small, large), (few, many) in zip(pairwise(SIZES[1:]), pairwise(times[1:])):
        exponent = math.log10((many - times[0]) / (few - times[0]))
        print(f"{small:>6} -> {large:<6} tables: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
