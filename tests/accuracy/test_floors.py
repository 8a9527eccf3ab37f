"""No category falls below its floor, and clean text is left in peace; the numbers stand in ``floors.yaml``."""

from __future__ import annotations

import pytest

from tests.accuracy import floors, measure
from tests.accuracy.page import clean, extra, page

pytestmark = pytest.mark.xdist_group("accuracy")
"""All is measured once, in one of the processes that run the tests."""
HINT = "python benchmarks/accuracy.py --missed --extra --clean tells which"


@pytest.fixture(scope="module")
def tallies() -> dict[str, measure.Tally]:
    return {tally.category: tally for tally in measure.tallies(measure.outcomes())}


def test_no_category_falls_below_its_floor(tallies: dict[str, measure.Tally]) -> None:
    recorded = floors.read()["found"]
    assert set(recorded) == set(tallies)
    fallen = {name: (tallies[name].found, floor) for name, floor in recorded.items() if tallies[name].found < floor}
    assert fallen == {}, HINT


def test_plants_raise_no_more_other_findings_than_recorded(tallies: dict[str, measure.Tally]) -> None:
    said = list(extra(measure.outcomes()))
    assert len(said) == sum(tally.extra for tally in tallies.values()) <= floors.read()["extra"], "\n".join(said)


def test_clean_documents_have_no_more_grave_findings_than_recorded() -> None:
    findings = measure.clean_findings()
    grave = [item for item in findings if item[1].level in measure.GRAVE]
    assert len(grave) <= floors.read()["clean"], "\n".join(clean(grave))


def test_the_page_has_a_row_for_every_category(tallies: dict[str, measure.Tally]) -> None:
    text = page(list(tallies.values()), [])
    assert [name for name in tallies if f"| {name} |" not in text] == []
