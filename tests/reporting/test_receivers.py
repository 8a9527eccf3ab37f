"""Reports of nothing, one and hundreds of findings, held against what their receivers ask; for more see integration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perfcheck.reporting import Report
from tests.reporting.receivers import DEMANDS, SIZES, crowded


@pytest.fixture(scope="module", params=SIZES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """A report with so many findings, made and rendered in its folder."""
    with crowded(tmp_path_factory.mktemp("crowd"), request.param) as report:
        yield report


@pytest.mark.parametrize("demand", DEMANDS)
def test_every_receiver_gets_what_it_asks_for(made: Report, demand: str) -> None:
    DEMANDS[demand](made)
