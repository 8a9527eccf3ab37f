"""The floors below which no category may fall, and the ceiling of grave findings on clean text: ``floors.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import yaml

from perfcheck.finding import Finding
from tests.accuracy.form import Form
from tests.accuracy.layouts import HERE
from tests.accuracy.measure import GRAVE, Tally

FILE = HERE / "floors.yaml"
HEAD = """\
# What must be found at least of the plants of each category, and what may be said at most: of clean text (clean) and
# beside the plants (extra), errors and warnings counted. python benchmarks/accuracy.py --floors takes up what is better.
"""


class Floors(TypedDict):
    """Content of the file."""

    clean: int
    extra: int
    found: dict[str, int]


def read() -> Floors:
    """The floors as they are recorded."""
    floors: Floors = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return floors


def measured(tallies: Sequence[Tally], clean: Sequence[tuple[Form, Finding]]) -> Floors:
    """What is found and said now."""
    return {
        "clean": sum(finding.level in GRAVE for _, finding in clean),
        "extra": sum(tally.extra for tally in tallies),
        "found": {tally.category: tally.found for tally in tallies},
    }


def raised(tallies: Sequence[Tally], clean: Sequence[tuple[Form, Finding]]) -> Floors:
    """The recorded floors, better where what is found now is better; a category without plants is left out."""
    now = measured(tallies, clean)
    if not FILE.is_file():
        return now
    old = read()
    return {
        "clean": min(now["clean"], old["clean"]),
        "extra": min(now["extra"], old["extra"]),
        "found": {name: max(count, old["found"].get(name, 0)) for name, count in now["found"].items()},
    }


def write(floors: Floors) -> None:
    """Record ``floors``."""
    FILE.write_text(HEAD + yaml.safe_dump(floors, allow_unicode=True, sort_keys=False), encoding="utf-8", newline="\n")
