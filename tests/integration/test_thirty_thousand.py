"""Thirty thousand findings: judged once, every report of them under the receivers' demands and their own validators."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from perfcheck.reporting import Report, render
from tests.integration.programs import write
from tests.integration.test_reviewdog_format import judged
from tests.integration.test_sarif_multitool import Validate, errors, validator
from tests.reporting.receivers import DEMANDS, MANY, crowded

pytestmark = pytest.mark.integration


class Made(NamedTuple):
    """The report and the folder it was made in."""

    report: Report
    folder: Path

    def written(self, format: str, name: str) -> Path:
        """The file of a report."""
        text = render(self.report, format)
        assert isinstance(text, str)
        return write(self.folder, name, text)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("many")
    with crowded(folder, MANY) as report:
        yield Made(report, folder)


@pytest.fixture(scope="module")
def validate() -> Validate:
    return validator()


@pytest.mark.parametrize("demand", DEMANDS)
def test_every_receiver_gets_what_it_asks_for(made: Made, demand: str) -> None:
    DEMANDS[demand](made.report)


def test_microsofts_validator_finds_no_error(made: Made, validate: Validate) -> None:
    # a minute; the report split by category is held against the schema above and, smaller, against this validator
    sarif = made.written("sarif", "out.sarif")
    (run,) = json.loads(sarif.read_text(encoding="utf-8"))["runs"]
    assert len(run["results"]) == 25_000
    assert errors(validate(sarif)) == []


def test_the_validator_of_reviewdogs_format_finds_no_error(made: Made) -> None:
    lines = made.written("rdjsonl", "out.rdjsonl")
    assert lines.read_text(encoding="utf-8").count("\n") == MANY
    judged(lines, 0)


def test_a_workbook_and_a_form_open_again(made: Made) -> None:
    from io import BytesIO

    docx = pytest.importorskip("docx")
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book, form = render(made.report, "xlsx"), render(made.report, "docx")
    assert isinstance(book, bytes) and isinstance(form, bytes)
    assert openpyxl.load_workbook(BytesIO(book), read_only=True).worksheets[0].max_row > MANY
    assert docx.Document(BytesIO(form)).tables
