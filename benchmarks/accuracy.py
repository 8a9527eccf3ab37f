"""How many planted defects perfcheck finds, and what it says of clean text; ``--write`` puts the table into docs/accuracy.md.

The documents and the defects are those of ``tests/accuracy``: made from the catalogue of defects, not from the rules.
``--missed`` names every plant that was not found, ``--extra`` what was said besides, ``--clean`` what was said of clean text.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.accuracy import measure, page  # noqa: E402  # the checkout is put on the path first

PAGE = ROOT / "docs" / "accuracy.md"


def main() -> None:
    """Measure, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    for name in ("missed", "extra", "clean"):
        parser.add_argument(f"--{name}", action="store_true", help=f"list what was {name}")
    parser.add_argument("--category", default="", help="only categories that begin so")
    options = parser.parse_args()
    outcomes = [item for item in measure.outcomes() if item.planted.plant.category.startswith(options.category)]
    clean = measure.clean_findings()
    if options.missed:
        print("\n".join(page.missed(outcomes)))
    if options.extra:
        print("\n".join(page.extra(outcomes)))
    if options.clean:
        print("\n".join(page.clean(clean)))
    text = page.page(measure.tallies(outcomes), clean)
    if options.write:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    if not (options.missed or options.extra or options.clean):
        print(text)


if __name__ == "__main__":
    main()
