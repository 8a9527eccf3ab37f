"""A run with an empty cache, again with nothing changed, and again with one document changed.

``python benchmarks/cache.py [DOCUMENTS]`` (1000 by default); the reports must be the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from documents import document

ROUNDS = 3


def check(texts: Path, cache: Path) -> tuple[float, bytes]:
    """Seconds of a check of ``texts``, and its report."""
    start = time.perf_counter()
    options = "--isolated --jobs 1 --format sarif --cache-dir".split()
    call = [sys.executable, "-m", "perfcheck", "check", ".", *options, cache]
    done = subprocess.run(call, cwd=texts, stdout=subprocess.PIPE, check=False)
    return time.perf_counter() - start, done.stdout


def main(documents: int) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as name:
        texts, cache = Path(name, "texts"), Path(name, "cache")
        texts.mkdir()
        for number in range(documents):
            (texts / f"{number:05d}.txt").write_text(document(1 + number % 19, number), encoding="utf-8")
        cold, report = check(texts, cache)
        warm, changed = [], []
        for number in range(ROUNDS):
            seconds, again = check(texts, cache)
            if again != report:
                sys.exit("another report from the cache")
            warm.append(seconds)
            (texts / "00000.txt").write_text(document(1, documents + number), encoding="utf-8")
            seconds, report = check(texts, cache)
            changed.append(seconds)
    print(f"{documents} documents: {cold:.1f} s; nothing changed {cold / min(warm):.1f} times as fast")
    print(f"one changed: {min(changed) / min(warm):.2f} of a run with nothing changed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
