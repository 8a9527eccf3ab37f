"""The whole command on five Word files, against python-docx reading their cells and nothing more.

``python benchmarks/word_files.py [FOLDER]`` renders the ``.txt`` of the folder, or five documents of our own, to
``.docx`` first. Both sides are whole processes, started in turn; the figure is the median of their ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.documents import document  # noqa: E402
from tests import office  # noqa: E402

ROUNDS = 9
READ = """
import sys
from docx import Document
for path in sys.argv[1:]:
    found = Document(path)
    [paragraph.text for paragraph in found.paragraphs]
    [cell.text for table in found.tables for row in table.rows for cell in row.cells]
"""


def seconds(*command: str) -> float:
    """How long a process runs, start and end included."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Print the median ratio and the times behind it."""
    texts = (
        [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))] if sys.argv[1:] else []
    )
    texts = texts or [document(10, seed) for seed in range(5)]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{index}.docx") for index in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(office.docx(text))
        files = [str(path) for path in paths]
        ours = (sys.executable, "-m", "perfcheck", "check", "--quiet", *files)
        theirs = (sys.executable, "-c", READ, *files)
        seconds(*ours), seconds(*theirs)  # caches
        pairs = [(seconds(*ours), seconds(*theirs)) for _ in range(ROUNDS)]
    ratio = statistics.median(mine / other for mine, other in pairs)
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{len(files)} Word files: perfcheck {mine:.2f} s, python-docx {other:.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
