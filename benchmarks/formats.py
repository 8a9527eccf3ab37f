"""How exactly documents come out of each kind of file: cells and findings against the text they were made from.

``python benchmarks/formats.py FOLDER [kind ...]`` renders each ``.txt`` of the folder to every kind (LibreOffice makes
``.doc``, ``.pdf`` and ``.xls``), reads it back and counts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from perfcheck import api  # noqa: E402
from perfcheck.config import Settings  # noqa: E402
from perfcheck.parsing.document_parser import DocumentParser  # noqa: E402
from perfcheck.reading import read_bytes  # noqa: E402
from perfcheck.source import Paragraph, Row, SourceText  # noqa: E402
from tests import formats, office  # noqa: E402

KINDS = {
    "docx": office.docx,
    "doc": lambda text: formats.converted(office.docx(text), "docx", "doc"),
    "xlsx": formats.xlsx,
    "xls": lambda text: formats.converted(formats.xlsx(text), "xlsx", "xls"),
    "html": formats.html,
    "pdf": formats.pdf,
}


def blocks(source: SourceText, printed: bool = False) -> list[tuple[str, ...]]:
    """The blocks as values: a paragraph is ('p', text), a row ('r', cell, …).

    A page does not show where a line ends in blanks and which lines are empty: ``printed``, white space does not count.
    """

    def value(text: str) -> str:
        return "".join(text.split()) if printed else text.strip()

    return [
        ("p", value(block.text)) if isinstance(block, Paragraph) else ("r", *map(value, block.cells))
        for block in source.blocks
    ]


def numbers(source: SourceText) -> Counter[str]:
    """The cells with digits, white space aside."""
    cells = ("".join(cell.split()) for block in source.blocks if isinstance(block, Row) for cell in block.cells)
    return Counter(cell for cell in cells if any(each.isdigit() for each in cell))


def compare(wanted: list[tuple[str, ...]], got: list[tuple[str, ...]]) -> tuple[Counter[str], list[str]]:
    """Counts of cells and paragraphs, right and wrong, and the differences."""
    counts: Counter[str] = Counter()
    notes: list[str] = []
    counts["cells"] = sum(len(each) - 1 for each in wanted if each[0] == "r")
    counts["paragraphs"] = sum(1 for each in wanted if each[0] == "p")
    for tag, left, left_end, right, right_end in SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        lost, found = wanted[left:left_end], got[right:right_end]
        notes.append(f"{tag}\n   wanted {lost}\n   got    {found}")
        for index in range(max(len(lost), len(found))):
            one = lost[index] if index < len(lost) else ()
            two = found[index] if index < len(found) else ()
            if one and one[0] == "p":
                counts["wrong paragraphs"] += one != two
            elif len(one) == len(two):
                counts["wrong cells"] += sum(a != b for a, b in zip(one, two))
            else:
                counts["wrong cells"] += max(len(one), len(two), 1) - 1
    return counts, notes


def findings(name: str, data: bytes) -> Counter[tuple[object, ...]]:
    """Rule and logical place of each finding, without lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        (judgement,) = api.check(Settings(paths=(str(path),), pack="hebei")).judgements
    return Counter((each.rule.id, each.location.steps) for each in judgement.findings)


def main() -> None:
    """Render, read back, count, print."""
    if len(sys.argv) < 2 or not list(Path(sys.argv[1]).glob("*.txt")):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    chosen = sys.argv[2:] or list(KINDS)
    parser = DocumentParser()
    verbose = "-v" in chosen
    for kind in [each for each in chosen if each != "-v"]:
        total: Counter[str] = Counter()
        started = 0.0
        for path in sorted(folder.glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            data = KINDS[kind](text)
            begun = time.perf_counter()
            got = read_bytes(f"{path.stem}.{kind}", data, parser.is_landmark)
            started += time.perf_counter() - begun
            wanted = read_bytes(path.name, text.encode(), parser.is_landmark)
            counts, notes = compare(blocks(wanted, kind == "pdf"), blocks(got, kind == "pdf"))
            total += counts
            total["wrong numbers"] += sum((numbers(got) - numbers(wanted)).values())
            if verbose:
                print(path.name, *notes, sep="\n  ")
            one, two = findings(path.name, text.encode()), findings(f"{path.stem}.{kind}", data)
            total["findings"] += sum(one.values())
            total["findings lost"] += sum((one - two).values())
            total["findings added"] += sum((two - one).values())
            if verbose:
                for sign, more in (("-", one - two), ("+", two - one)):
                    for each in more:
                        print("  ", sign, each)
        right = 1 - total["wrong cells"] / total["cells"]
        if total["findings"]:
            same = 1 - (total["findings lost"] + total["findings added"]) / total["findings"]
        print(f"{kind:5} cells right {right:.2%}, same findings {same:.2%}, {started * 1000:.0f} ms; {dict(total)}")


if __name__ == "__main__":
    main()
