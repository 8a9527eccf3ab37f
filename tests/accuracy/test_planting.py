"""The planter is sound: clean documents are clean to the parser, each plant changes what it says, all is repeatable."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from tests.accuracy import layouts
from tests.accuracy.form import Form
from tests.accuracy.layouts import LAYOUTS, clean_forms, projects
from tests.accuracy.planting import ROUNDS, all_planted, planted, plants
from tests.conftest import SHARED, Read

CATALOGUE = SHARED / "defects.md"
FORMS = clean_forms()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.layout}-{form.place['unit']}")
def test_clean_documents_parse_without_faults(form: Form, read: Read) -> None:
    document = read(form.text)
    assert document.faults == ()
    assert document.budget_year.year == int(form.place["year"])
    assert [project.name for project in document.projects] == [projects()[key]["name"] for key in form.figures]
    rows = [
        sum(part.is_row and part.cells[0].address.startswith(f"{key}/") for part in form.parts) for key in form.figures
    ]
    assert [len(project.indicators) + 8 for project in document.projects] == rows
    assert not [project.asides for project in document.projects if project.asides]


def test_every_layout_has_three_townships_of_eight_projects_and_no_project_twice() -> None:
    for layout in LAYOUTS:
        forms = clean_forms(layout)
        keys = [key for form in forms for key in form.figures]
        assert len(forms) == len({form.place["town"] for form in forms}) == 3
        assert Counter(map(len, (form.figures for form in forms))) == {8: 3} and len(set(keys)) == 24


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.layout}-{form.place['unit']}")
def test_the_money_of_clean_documents_adds_up(form: Form) -> None:
    for key, figures in form.figures.items():
        money = {name: Decimal(form.cell(f"{key}/{name}").text.strip() or 0) for name in ("budget", "fiscal", "other")}
        assert money["budget"] == money["fiscal"] + money["other"]
        parts = [Decimal(amount) for amount in re.findall(r"([\d.]+)万元", form.cell(f"{key}/usage").text)]
        assert len(parts) < 2 or sum(parts) == money["budget"]
        assert Decimal(figures["budget"]) == money["budget"]


def test_codes_are_unique() -> None:
    codes = [form.cell(f"{key}/code").text for form in FORMS for key in form.figures]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("plant", plants(), ids=lambda plant: plant.name)
def test_each_plant_changes_the_text_where_it_says(plant: object) -> None:
    found = planted(plant)  # type: ignore[arg-type]
    assert 1 <= len(found) <= ROUNDS
    for each in found:
        assert each.form.text != each.clean.text
        assert each.lines and max(each.lines) <= each.form.text.count("\n") + 1


def test_no_plant_is_made_twice() -> None:
    made = Counter((plant.category, plant.edits) for plant in plants())
    assert [item for item, count in made.items() if count > 1] == []


def test_every_category_has_three_plants_or_more() -> None:
    assert {name: count for name, count in Counter(plant.category for plant in plants()).items() if count < 3} == {}


@pytest.mark.skipif(not CATALOGUE.is_file(), reason="the catalogue of defects is not beside this checkout")
def test_every_category_of_the_catalogue_has_plants() -> None:
    catalogue = set(re.findall(r"^\| ([a-z]+\.\w+) \|", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE))
    assert catalogue == {plant.category for plant in plants()}


def test_planting_again_gives_the_same_texts() -> None:
    first = [each.form.text for each in all_planted(1)]
    layouts._form.cache_clear()
    assert [each.form.text for each in all_planted(1)] == first


def test_planting_leaves_the_clean_documents_alone() -> None:
    before = [form.text for form in clean_forms()]
    assert sum(1 for _ in all_planted(1)) == len(plants())
    assert [form.text for form in clean_forms()] == before
