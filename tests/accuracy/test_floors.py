"""No category falls below its floor, and clean text is left in peace; the numbers stand in ``floors.yaml``."""

from __future__ import annotations

from tests.accuracy import floors, measure
from tests.accuracy.page import clean, extra, page

HINT = "python benchmarks/accuracy.py --missed --extra --clean tells which"


def test_what_was_planted_is_found_and_little_else_is_said() -> None:
    """One test, for measuring takes a third of a minute and tests run in several processes."""
    outcomes, recorded = measure.outcomes(), floors.read()
    tallies = {tally.category: tally for tally in measure.tallies(outcomes)}
    floor = recorded["found"]
    assert set(floor) == set(tallies)
    fallen = {name: (tallies[name].found, least) for name, least in floor.items() if tallies[name].found < least}
    assert fallen == {}, HINT
    said = list(extra(outcomes))
    assert len(said) == sum(tally.extra for tally in tallies.values()) <= recorded["extra"], "\n".join(said)
    text = page(list(tallies.values()), [])
    assert [name for name in tallies if f"| {name} |" not in text] == []


def test_clean_documents_have_no_more_grave_findings_than_recorded() -> None:
    findings = measure.clean_findings()
    grave = [item for item in findings if item[1].level in measure.GRAVE]
    assert len(grave) <= floors.read()["clean"], "\n".join(clean(grave))
