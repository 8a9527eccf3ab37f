"""Peak memory of one document, of 100, 500 and 2,000, and of one with 10,000 tables.

``python benchmarks/memory.py``; without ``resource`` (Windows) it has nothing to measure with.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from documents import document

NUMBERS = (1, 100, 500, 2000)
TABLES = 10_000
CODE = (
    "import os, sys; _, _, used = os.wait4(os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:]), 0); print(used.ru_maxrss)"
)


def peak(paths: Sequence[str | os.PathLike[str]]) -> float:
    """MiB of the largest process of a check; a small Python starts it, for a child counts what its parent has."""
    call = [
        sys.executable,
        "-m",
        "perfcheck",
        "check",
        "--jobs",
        "1",
        "--isolated",
        "--format",
        "sarif",
        "--output",
        os.devnull,
        *paths,
    ]
    done = subprocess.run([sys.executable, "-S", "-c", CODE, *call], stdout=subprocess.PIPE, check=True)
    return int(done.stdout) / 1024


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        texts = [Path(name, f"{number:05d}.txt") for number in range(max(NUMBERS))]
        for number, text in enumerate(texts):
            text.write_text(document(1 + number % 19, number), encoding="utf-8")
        peaks = {number: peak(texts[:number]) for number in NUMBERS}
        large = Path(name, "large.txt")
        large.write_text(document(TABLES), encoding="utf-8")
        most, size = peak([large]), large.stat().st_size / 2**20
    print(", ".join(f"{number} documents: {mib:.0f} MiB" for number, mib in peaks.items()))
    few, many = NUMBERS[-2:]
    print(f"from {few} to {many}: {(peaks[many] - peaks[few]) / (many - few) * 1000:.1f} MiB per 1,000 documents")
    print(f"{TABLES} tables, {size:.1f} MiB: {most:.0f} MiB, {most / size:.1f} times its bytes")


if __name__ == "__main__":
    main()
