"""How many planted defects perfcheck finds, and what it says of clean text; ``--write`` makes docs/accuracy.md of it.

The documents and the defects are those of ``tests/accuracy``: made from the catalogue of defects, not from the rules.
``--missed`` names every plant that was not found, ``--extra`` what was said besides, ``--clean`` what was said of clean
text; ``--floors`` raises the floors below which no category may fall to what is found now. ``--unseen`` counts the
documents that were written without a look at the rules, ``--typos`` the sentences with a character mistyped.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.accuracy import floors, measure, page, typos, unseen  # noqa: E402  # the checkout is put on the path first

PAGE = ROOT / "docs" / "accuracy.md"


def main() -> None:
    """Measure, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    parser.add_argument("--floors", action="store_true", help="raise tests/accuracy/floors.yaml")
    parser.add_argument("--missed", action="store_true", help="list the plants that were not found")
    parser.add_argument("--extra", action="store_true", help="list what was said besides")
    parser.add_argument("--clean", action="store_true", help="list what was said of clean text")
    parser.add_argument("--unseen", action="store_true", help="only the documents written by other hands")
    parser.add_argument("--typos", action="store_true", help="only the sentences with a character mistyped")
    parser.add_argument("--category", default="", help="only categories that begin so")
    options = parser.parse_args()
    if options.unseen:
        print("\n".join(unseen.table()))
        if options.missed:
            print("\n".join(line for group in unseen.groups() for line in group.missed))
        return
    if options.typos:
        print("\n".join(typos.table()))
        if options.missed:
            print("\n".join("\t".join(typo) for each in typos.sets() for typo in each.missed))
        if options.extra:
            print("\n".join("\t".join(said) for each in typos.sets() for said in each.false))
        return
    every, clean = measure.outcomes(), measure.clean_findings()
    outcomes = [item for item in every if item.planted.plant.category.startswith(options.category)]
    if options.missed:
        print("\n".join(page.missed(outcomes)))
    if options.extra:
        print("\n".join(page.extra(outcomes)))
    if options.clean:
        print("\n".join(page.clean(clean)))
    if options.floors:
        floors.write(floors.raised(measure.tallies(every), clean))
    if options.write:
        text = page.page(measure.tallies(every), clean)
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    if not (options.missed or options.extra or options.clean):
        print(page.page(measure.tallies(outcomes), clean))


if __name__ == "__main__":
    main()
