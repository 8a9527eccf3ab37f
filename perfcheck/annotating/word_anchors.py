"""Where in the paragraphs of a Word file a comment stands: its marks put around runs, which are split where need be.

Taking the marks out again and joining the runs gives the paragraphs back as they were.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from perfcheck.annotating.remarks import stretch_of
from perfcheck.finding import Location
from perfcheck.reading.docx_names import TRANSITIONAL as W
from perfcheck.reading.docx_walker import loses_its_end

OUR_REVISION = "00FEC4EC"
"""Revision id (w:rsidR) of runs that were split off for an anchor, so that they can be joined again."""


def put_around(paragraphs: Sequence[Any], location: Location, identity: int, pieces: dict[Any, Any]) -> None:
    """Put the marks of comment ``identity`` around the place, and its reference behind."""
    runs = _runs_of(paragraphs, location, pieces)
    if runs:
        first, last = runs
        first.addprevious(_element(first, "commentRangeStart", identity))
        last.addnext(_element(last, "commentRangeEnd", identity))
        outer = last
        while not outer.getparent().tag.endswith("}p"):
            outer = outer.getparent()
        reference = _reference(outer, identity)
        end = last.getnext()
        (end if outer is last else outer).addnext(reference)
        return
    paragraph = paragraphs[0]  # a blank cell: the marks stand in its paragraph with nothing between
    for element in (
        _element(paragraph, "commentRangeStart", identity),
        _element(paragraph, "commentRangeEnd", identity),
        _reference(paragraph, identity),
    ):
        paragraph.append(element)


def _runs_of(paragraphs: Sequence[Any], location: Location, pieces: dict[Any, Any]) -> tuple[Any, Any] | None:
    """The first and last run of a place, split where it begins and ends inside one; ``pieces`` follow the splits."""
    flat: list[tuple[Any, int, int]] = []
    home: dict[Any, list[tuple[Any, str]]] = {}
    at = 0
    text = ""
    for number, paragraph in enumerate(paragraphs):
        if number and not loses_its_end(paragraphs[number - 1]):
            at += 1
            text += "\n"
        for element, words in pieces.get(paragraph, ()):
            home[element] = pieces[paragraph]
            flat.append((element, at, at + len(words)))
            at += len(words)
            text += words
    spans = [(element, start, end) for element, start, end in flat if element is not None and end > start]
    if not spans:
        return None
    stretch = stretch_of(text, location)
    inside = spans if stretch is None else [span for span in spans if span[1] < stretch[1] and span[2] > stretch[0]]
    if stretch is None or not inside:
        return spans[0][0].getparent(), spans[-1][0].getparent()
    begin, finish = stretch
    (first, start, _), (last, last_start, end) = inside[0], inside[-1]
    if finish < end:
        _split(last, finish - last_start, home[last])
    if begin > start:
        split = _split(first, begin - start, home[first])
        if split is not None:
            if last is first:
                last = split
            first = split
    return first.getparent(), last.getparent()


def _split(element: Any, at: int, pieces: list[tuple[Any, str]]) -> Any:
    """Split the run of a piece of text before its character ``at``; gives the piece behind, None where it has none.

    ``pieces`` are those of its paragraph, and follow.
    """
    if not element.tag.endswith("}t"):
        return None
    run = element.getparent()
    behind = copy.copy(run)
    for child in list(behind):
        behind.remove(child)
    behind.set(W + "rsidR", OUR_REVISION)
    properties = run.find(W + "rPr")
    if properties is not None:
        behind.append(copy.deepcopy(properties))
    rest = copy.copy(element)
    rest.text, element.text = element.text[at:], element.text[:at]
    for piece in (element, rest):
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    behind.append(rest)
    index = next(index for index, (each, _) in enumerate(pieces) if each is element)
    pieces[index : index + 1] = [(element, element.text), (rest, rest.text)]
    for sibling in list(element.itersiblings()):
        behind.append(sibling)
    run.addnext(behind)
    return rest


def _element(beside: Any, name: str, identity: int) -> Any:
    return beside.makeelement(W + name, {W + "id": str(identity)})


def _reference(beside: Any, identity: int) -> Any:
    run = beside.makeelement(W + "r", {})
    run.append(_element(beside, "commentReference", identity))
    return run


def take_out(root: Any, identities: set[str]) -> None:
    """Remove the marks of the comments called ``identities`` from ``root``, and join the runs that were split."""
    for name in ("commentRangeStart", "commentRangeEnd"):
        for mark in list(root.iter(W + name)):
            if mark.get(W + "id") in identities:
                mark.getparent().remove(mark)
    for mark in list(root.iter(W + "commentReference")):
        if mark.get(W + "id") in identities:
            run = mark.getparent()
            run.getparent().remove(run)
    for run in list(root.iter(W + "r")):
        if run.get(W + "rsidR") == OUR_REVISION:
            _join(run)


def _join(run: Any) -> None:
    """Join a run that was split off to the one before it."""
    before = run.getprevious()
    if before is None or before.tag != run.tag:
        return
    pieces = [child for child in run if not child.tag.endswith("}rPr")]
    last = before[-1] if len(before) else None
    if pieces and last is not None and last.tag.endswith("}t") and pieces[0].tag.endswith("}t"):
        last.text = (last.text or "") + (pieces[0].text or "")
        pieces = pieces[1:]
    for piece in pieces:
        before.append(piece)
    run.getparent().remove(run)
