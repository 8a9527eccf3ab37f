"""One document, each format, as a whole process against ``python -c pass``: medians of ratios taken run by run.

Below them what perfcheck keeps out of a usual start, each by itself: its ratio less the 1.0 of the bare start.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from documents import document

ROUNDS = 15
BUILD_TABLES = "from perfcheck.parsing.generate import *; document_grammar(); target_grammar()"


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time of one run."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def main() -> None:
    """Print a table of ratios."""
    # with this set Python would compile our modules anew at every start
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        clean, flawed = Path(folder, "clean.txt"), Path(folder, "flawed.txt")
        clean.write_text(document(3), encoding="utf-8")
        flawed.write_text(document(10), encoding="utf-8")
        tool = [sys.executable, "-m", "perfcheck"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "--version": [*tool, "--version"],
            "check, clean, text": [*tool, "check", str(clean)],
            "check, json": [*tool, "check", "--format", "json", str(flawed)],
            "check, text": [*tool, "check", str(flawed)],
            "check, sarif": [*tool, "check", "--format", "sarif", str(flawed)],
            "check, markdown": [*tool, "check", "--format", "markdown", str(flawed)],
            "without the cache": [*tool, "check", str(clean)],
            "building both tables": [sys.executable, "-c", BUILD_TABLES],
            "importing Jinja": [sys.executable, "-c", "import jinja2.sandbox"],
            "importing hashlib": [sys.executable, "-c", "import hashlib"],
        }
        runs: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS + 1):
            for name, command in commands.items():
                cache = {"PERFCHECK_CACHE": "off"} if name == "without the cache" else {}
                runs[name].append(seconds(command, environment | cache))
    bare = runs["python -c pass"][1:]
    for name, times in runs.items():
        ratio = statistics.median(time / base for time, base in zip(times[1:], bare))
        print(f"{name:22} {ratio:5.1f} × python -c pass")


if __name__ == "__main__":
    main()
