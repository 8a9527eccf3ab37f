"""A table of a known shape is read just as Lark reads it row by row, and a table Lark stumbled over is never known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.model.document import Document
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.parsing.lark_parser import tables
from perfcheck.parsing.tokens import Table
from perfcheck.reading import read_bytes
from perfcheck.reporting.model_output import documents_json
from tests.forms import HEADER, INDICATORS, form, project, rows

PARTS = ("unit", "identity", "funding", "usage", "dues", "plan", "goals", "header")
LATE = rows(("项目编码", "", "项目名称", ""))
STRAY = rows(("这一行", "不在表样里"))
TABLES = {
    "usual": project(1),
    "longer": project(1, table=[*INDICATORS, *INDICATORS[1:3]]),
    "year below the title": project(1).replace("绩效目标表\n", "绩效目标表\n（2023年度）\n", 1),
    "nothing but the title": "1.村道养护经费绩效目标表\n",
    "two headers": project(1) + "\n" + rows(HEADER, *INDICATORS),
    "a line behind it": project(1) + "\n\n说明：以上为初稿。\n",
    "a row behind its time": project(1) + "\n" + LATE,
    "a row of no kind": project(1) + "\n" + STRAY,
    "a heading in it": project(1) + "\n\n三、工作保障措施\n\n" + rows(*INDICATORS),
    "rows without a table": project(1, leave_out=PARTS),
    **{f"without {part}": project(1, leave_out=(part,)) for part in PARTS},
}


def parsed(parser: DocumentParser, text: str) -> Document:
    return parser.parse(read_bytes("文本.txt", text.encode(), parser.is_landmark))


def model(document: Document) -> tuple[Any, ...]:
    """All that rules can see of a document."""
    faults = [(fault.kind, fault.project, fault.found, fault.expected) for fault in document.faults]
    asides = [[repr(aside) for aside in project.asides] for project in document.projects]
    anchors = [{field: repr(anchor) for field, anchor in project.anchors.items()} for project in document.projects]
    return documents_json([document]), faults, asides, anchors


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_is_read_alike_the_first_time_and_later(table: str) -> None:
    parser = DocumentParser()
    text = form(table, table, table)
    assert model(parsed(parser, text)) == model(parsed(parser, text))


@given(st.lists(st.sampled_from(sorted(TABLES)), max_size=6), st.lists(st.sampled_from(sorted(TABLES)), max_size=6))
def test_what_was_read_before_changes_nothing(before: list[str], names: list[str]) -> None:
    experienced = DocumentParser()
    parsed(experienced, form(*map(TABLES.__getitem__, before)))
    text = form(*map(TABLES.__getitem__, names))
    assert model(parsed(experienced, text)) == model(parsed(DocumentParser(), text))


def tables_known(parser: DocumentParser, text: str) -> int:
    """How many tables of ``text`` Lark is handed as one token."""
    source = read_bytes("文本.txt", text.encode(), parser.is_landmark)
    builder = parser._builder
    return sum(isinstance(token, Table) for token in builder.shapes.with_known_tables(parser._tokens(source.blocks)))


def test_a_table_of_the_same_rows_is_one_token_however_many_indicators_it_has() -> None:
    parser = DocumentParser()
    parsed(parser, form(TABLES["usual"]))
    assert tables_known(parser, form(TABLES["usual"], TABLES["longer"], TABLES["without goals"])) == 2


@pytest.mark.parametrize("name", ["a row behind its time", "a heading in it"])
def test_a_table_lark_stumbled_over_stays_unknown(name: str) -> None:
    parser = DocumentParser()
    parsed(parser, form(TABLES[name]))
    assert tables_known(parser, form(TABLES[name])) == 0


def test_a_known_table_may_stand_wherever_a_title_may() -> None:
    parser: Any = tables("document")[0]["parser"]["parser"]
    numbers = {name: number for number, name in parser["tokens"].items()}
    title, table = numbers["TITLE"], numbers["TABLE"]
    places = [actions for actions in parser["states"].values() if title in actions]
    assert places and all(table in actions for actions in places)
