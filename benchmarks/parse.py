"""Lark against a hand-written state machine over the same tokens, with the same builder and the same model out.

Reading, row lexer and builder are shared; what differs is who decides which part of the form a token belongs to.
Tables of a shape Lark has parsed before are one token for it; the state machine gets every row.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from documents import document

from perfcheck.model.document import Document
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.parsing.table_shapes import TableShapes
from perfcheck.reading import read_bytes

ROUNDS = 25
SECTIONS = {
    "OVERALL_GOAL_HEADING": "overall_goal",
    "SAFEGUARDS_HEADING": "safeguards",
    "DUTY_GOALS_HEADING": "duty_goals",
}
ROWS = {
    "IDENTITY_ROW": "identity",
    "FUNDING_ROW": "funding",
    "USAGE_ROW": "usage",
    "GOALS_ROW": "goals",
}


class HandWritten:
    """Strict: it knows the form in its usual order and nothing of recovery."""

    def __init__(self, parser: DocumentParser) -> None:
        self.parser = parser
        self.builder: Any = parser._builder

    def parse(self, tokens: Any) -> None:
        """Call the builder as Lark would."""
        builder = self.builder
        section: list[Any] | None = None
        duty: list[Any] | None = None
        plan: list[Any] = []
        opened = False

        def close_duty() -> None:
            nonlocal duty
            if duty is not None and section is not None:
                lines = [duty[0], duty[1:]] if len(duty) > 1 else duty
                section.append(builder.duty_goal(lines))
            duty = None

        def close_section() -> None:
            nonlocal section
            close_duty()
            if section is not None:
                name, *children = section
                getattr(builder, name)(children)
            section = None

        for token in tokens:
            kind = token.type
            if kind in ("INDICATOR_HEADER", "INDICATOR_ROWS"):
                builder.indicators([token])
            elif kind in ROWS:
                getattr(builder, ROWS[kind])([token])
            elif kind == "PLAN_HEADER":
                plan = [token]
            elif kind == "PLAN_ROW":
                builder.spending_plan([*plan, token])
            elif kind == "UNIT_ROW":
                builder.unit([token])
            elif kind == "TITLE":
                close_section()
                if opened:
                    builder.project([])
                builder.title([token])
                opened = True
            elif kind in SECTIONS:
                close_section()
                section = [SECTIONS[kind], token]
            elif kind == "DUTY_ITEM":
                close_duty()
                duty = [token]
            elif kind in ("GOAL_LINE", "INDICATOR_LINE") or (kind == "TEXT" and duty is not None):
                if duty is not None:
                    duty.append(token)
            elif kind == "TEXT" and section is not None:
                if isinstance(section[-1], list):
                    section[-1].append(token)
                else:
                    section.append([token])
            elif kind in ("PART_ONE", "PART_ONE_NAME"):
                builder.part_one_heading([token])
            elif kind in ("PART_TWO", "PART_TWO_NAME"):
                close_section()
                builder.part_two_heading([token])
        if opened:
            builder.project([])


class EveryRow(TableShapes):
    """Knows no table."""

    def remember(self, *_: Any) -> None:
        """Nothing."""


def run(parser: DocumentParser, hand: HandWritten, data: list[bytes], by_hand: bool) -> tuple[float, list[Document]]:
    """Seconds of CPU for reading and parsing all of ``data``, and the documents."""
    lark, shapes = parser._parse, parser._builder.shapes
    if by_hand:
        parser._parse = lambda tokens, **_: hand.parse(tokens)
        parser._builder.shapes = EveryRow()
    started = time.process_time()
    documents = [parser.parse(read_bytes("d.txt", one, parser.is_landmark)) for one in data]
    spent = time.process_time() - started
    parser._parse, parser._builder.shapes = lark, shapes
    return spent, documents


def content(document: Document) -> Any:
    """What must be the same; rows are compared by their cells and lines."""
    return repr(document._replace(source=None))  # type: ignore[arg-type]


def main() -> None:
    """Print the median ratio."""
    data = [document(size, seed).encode() for seed, size in enumerate((2, 8, 9, 9, 19))]
    parser = DocumentParser()
    hand = HandWritten(parser)
    same = zip(run(parser, hand, data, False)[1], run(parser, hand, data, True)[1])
    assert all(content(one) == content(other) for one, other in same), "the two parsers differ"
    ratios = []
    for _ in range(ROUNDS):
        with_lark, by_hand = (run(parser, hand, data, way)[0] for way in (False, True))
        ratios.append(with_lark / by_hand)
    print(f"Lark {statistics.median(ratios):.2f} × hand-written, same model on {len(data)} documents")


if __name__ == "__main__":
    main()
