"""Plants the defects of ``plants/*.yaml`` one at a time, each in clean documents of two layouts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any, NamedTuple

import yaml

from tests.accuracy.edits import ADDED, VERBS
from tests.accuracy.form import Form
from tests.accuracy.layouts import HERE, SEED, clean_forms

ROUNDS = 2
"""In how many clean documents each defect is planted."""
WHOLE = ("document", "第一部分")
"""Places that are no address: anywhere; anywhere above part two."""


class Plant(NamedTuple):
    """One defect as the catalogue's category and edits of a document describe it."""

    category: str
    number: int
    edits: tuple[tuple[Any, ...], ...]
    see: tuple[str, ...]
    also: frozenset[str]
    only: tuple[str, ...]
    self: str | None
    at: str | None
    files: int

    @property
    def name(self) -> str:
        """What tells this plant from the others."""
        return f"{self.category} {self.number}"


class Planted(NamedTuple):
    """A document with one defect, its clean twin and the lines on which a finding counts."""

    plant: Plant
    clean: Form
    form: Form
    lines: frozenset[int]


@cache
def plants() -> tuple[Plant, ...]:
    """All plants, in the order of the files."""
    found = []
    for path in sorted((HERE / "plants").glob("*.yaml")):
        for category, items in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found += [_plant(category, number, item) for number, item in enumerate(items, 1)]
    return tuple(found)


def _plant(category: str, number: int, item: Any) -> Plant:
    if isinstance(item, list):
        item = {"do": [item]}
    edits = tuple(tuple(edit) for edit in item.pop("do"))
    see = item.pop("see", [_place(*edit) for edit in edits])
    plant = Plant(
        category,
        number,
        edits,
        tuple(see),
        frozenset(item.pop("also", ())),
        tuple(item.pop("only", ())),
        item.pop("self", None),
        item.pop("at", None),
        item.pop("files", 1),
    )
    if item:
        raise ValueError(f"{plant.name}: {', '.join(item)}")
    return plant


def _place(verb: str, address: str, *_: object) -> str:
    """Where the defect of an edit stands."""
    return f"{address.partition('/')[0]}/{ADDED}" if verb == "row" else address


def all_planted(rounds: int = ROUNDS) -> Iterator[Planted]:
    """Every plant in ``rounds`` documents that have a place for it, of different layouts as far as there are any."""
    for plant in plants():
        yield from planted(plant, rounds)


def planted(plant: Plant, rounds: int = ROUNDS) -> list[Planted]:
    """One plant in the first ``rounds`` of the clean documents, shuffled, that have a place for it."""
    forms = [form for form in clean_forms() if _suits(plant, form)]
    Random(f"{SEED} {plant.name}").shuffle(forms)
    found: list[Planted] = []
    spare: list[Planted] = []
    for clean in forms:
        try:
            done = _planted_in(clean, plant)
        except LookupError:
            continue
        (spare if any(other.clean.layout == clean.layout for other in found) else found).append(done)
        if len(found) == rounds:
            break
    return (found + spare)[:rounds]


def _suits(plant: Plant, form: Form) -> bool:
    return (not plant.only or form.layout in plant.only) and plant.self in (None, form.place["self"])


def _planted_in(clean: Form, plant: Plant) -> Planted:
    form = clean.copy()
    if plant.files == 2:
        form.beside = _neighbour(clean)
    figures = _figures(form, plant)
    for verb, *arguments in plant.edits:
        VERBS[verb](form, *(each.format(**figures) if isinstance(each, str) else each for each in arguments))
    lines = _lines(form, plant.see)
    if not lines:
        raise LookupError(plant.name)
    return Planted(plant, clean, form, frozenset(lines))


def _neighbour(form: Form) -> Form:
    """Another township of the county."""
    for other in clean_forms(form.layout):
        if other.place["county"] == form.place["county"] and other.place["town"] != form.place["town"]:
            return other
    raise LookupError(form.place["county"])


def _figures(form: Form, plant: Plant) -> dict[str, str]:
    keys = [plant.at, *(str(edit[1]).partition("/")[0] for edit in plant.edits)]
    return next((form.figures[key] for key in keys if key in form.figures), form.place)


def _lines(form: Form, places: tuple[str, ...]) -> set[int]:
    lines: set[int] = set()
    for place in places:
        if place == "第一部分":
            lines |= set(range(1, min(form.lines_of(next(iter(form.figures))))))
        else:
            lines |= form.lines_of(place)
    return lines


__all__ = ["ADDED", "Plant", "Planted", "all_planted", "planted", "plants"]
