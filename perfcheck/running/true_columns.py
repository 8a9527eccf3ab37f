"""Places in a plain text as an editor counts them, where characters of zero width were dropped in reading."""

from __future__ import annotations

from collections.abc import Mapping

from perfcheck.engine import Judgement
from perfcheck.finding import Finding, Location
from perfcheck.source import Span

Dropped = Mapping[int, tuple[int, ...]]
"""Line -> columns of the characters dropped."""


def with_true_columns(judgement: Judgement, dropped: Dropped) -> Judgement:
    """``judgement`` with the columns of the file; ``dropped`` is what its reader left out."""
    return judgement._replace(findings=tuple(_counted(finding, dropped) for finding in judgement.findings))


def _counted(finding: Finding, dropped: Dropped) -> Finding:
    repair = finding.repair
    if repair is not None:
        edits = tuple(edit._replace(span=_in_file(edit.span, dropped)) for edit in repair.edits)
        repair = repair._replace(edits=edits)
    related = tuple(
        _located(place, dropped) if place.path in (None, finding.path) else place for place in finding.related
    )
    return finding._replace(location=_located(finding.location, dropped), related=related, repair=repair)


def _located(location: Location, dropped: Dropped) -> Location:
    return location._replace(place=location.place._replace(span=_in_file(location.place.span, dropped)))


def _in_file(span: Span, dropped: Dropped) -> Span:
    if span.line not in dropped and span.end_line not in dropped:
        return span
    column = _column(span.column, dropped.get(span.line, ()))
    if (span.end_line, span.end_column) == (span.line, span.column):
        return span._replace(column=column, end_column=column)
    # what stands behind the last character is no part of the place
    end = _column(span.end_column - 1, dropped.get(span.end_line, ())) + 1 if span.end_column > 1 else 1
    return span._replace(column=column, end_column=end)


def _column(column: int, dropped: tuple[int, ...]) -> int:
    for each in dropped:
        if each > column:
            break
        column += 1
    return column
