"""What happens when a line or row stands where the grammar has no place for it.

Lark stops at the token and says what it expected; the handler puts the token where it belongs, notes a fault with
the place and the expectation, and lets Lark go on with the next token. Lark's own loop then resumes.
"""

from __future__ import annotations

from typing import Any

from perfcheck.model.document import Fault
from perfcheck.parsing.department_builder import DUTY_LINES, SECTION_OF_HEADING
from perfcheck.parsing.document_builder import DocumentBuilder
from perfcheck.parsing.tokens import RowRun
from perfcheck.source import Paragraph, Row

RULE_OF_ROW = {
    "UNIT_ROW": "unit",
    "IDENTITY_ROW": "identity",
    "FUNDING_ROW": "funding",
    "USAGE_ROW": "usage",
    "PLAN_HEADER": "spending_plan",
    "PLAN_ROW": "spending_plan",
    "GOALS_ROW": "goals",
    "INDICATOR_HEADER": "indicators",
    "INDICATOR_ROWS": "indicators",
}
FIELD_OF_RULE = {
    "unit": "unit",
    "identity": "code",
    "funding": "funding",
    "usage": "usage",
    "spending_plan": "spending_plan",
    "goals": "goals",
}
PART_OF_TERMINAL = {
    "TITLE": "title",
    "UNIT_ROW": "unit",
    "IDENTITY_ROW": "code",
    "FUNDING_ROW": "funding",
    "USAGE_ROW": "usage",
    "PLAN_HEADER": "spending_plan",
    "PLAN_ROW": "plan_values",
    "GOALS_ROW": "goals",
    "INDICATOR_HEADER": "header",
    "INDICATOR_ROWS": "indicators",
}
"""Terminal -> the part of the form it stands for, as findings name it."""


class Recovery:
    """Lark's ``on_error`` for one document."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder

    def __call__(self, error: Any) -> bool:
        """Deal with the token Lark stumbled over; True lets Lark go on behind it."""
        token = error.token
        draft = self._builder.draft
        rule = RULE_OF_ROW.get(token.type)
        if draft is not None:
            draft.regular = False
        if rule and self._opens_table(rule):
            self._open_untitled(error, token)
        elif rule and draft is not None:
            self._place_late(error, token, rule)
        elif draft is not None and token.type in ("TEXT", "TITLE_NOTE", "STRAY_ROW"):
            draft.asides.append(token)
        elif draft is not None and isinstance(token, Paragraph) and token.type in SECTION_OF_HEADING:
            draft.late_headings.append(token)
            self._note("misplaced", error, token)
        elif draft is not None and draft.late_headings and token.type in DUTY_LINES:
            draft.asides.append(token)
        elif isinstance(token, Paragraph) and token.type == "TEXT":
            self._builder.part_two_asides.append(token)
        else:
            self._note("misplaced", error, token)
        return True

    def _opens_table(self, rule: str) -> bool:
        """Whether a row of ``rule`` can only be the beginning of a table whose title is missing."""
        draft = self._builder.draft
        if draft is None:
            return True
        begun = draft.header is not None or bool(draft.indicator_rows) or "funding" in draft.anchors
        return begun and (rule == "unit" or (rule == "identity" and "code" in draft.anchors))

    def _open_untitled(self, error: Any, row: Row | RowRun) -> None:
        first = row.rows[0] if isinstance(row, RowRun) else row
        origins = getattr(first, "origins", None)  # a line above a table has its own
        title = Paragraph("", row.line, 1, origins[0] if origins else getattr(first, "origin", None))
        title.type = "TITLE"
        parser = error.interactive_parser
        for token in (title, row):
            try:
                parser.feed_token(token)
            except type(error):
                self._note("misplaced", error, row)
                return

    def _place_late(self, error: Any, row: Row | RowRun, rule: str) -> None:
        """Read a row that comes too late for the form's order, unless its part has been read already."""
        draft = self._builder.draft
        assert draft is not None
        if rule == "indicators":
            self._builder.indicators([row])
        elif FIELD_OF_RULE[rule] not in draft.anchors:
            getattr(self._builder, rule)([row])
        self._note("misplaced", error, row)

    def _note(self, kind: str, error: Any, token: Any) -> None:
        expected = tuple(part for name, part in PART_OF_TERMINAL.items() if name in error.expected)
        project = len(self._builder.read_projects) if self._builder.draft is not None else None
        part = PART_OF_TERMINAL.get(token.type, "heading")
        for place in token.rows if isinstance(token, RowRun) else (token,):
            anchor = (place, 0) if isinstance(place, Row) else place
            self._builder.faults.append(Fault(kind, project, anchor, part, expected))
