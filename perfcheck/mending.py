"""What a rule proposes for what it finds: a part of the engine. Changes of a place become edits of the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfcheck.finding import Edit, Fact, Mended, Repair
from perfcheck.model.document import Document
from perfcheck.model.lines import lines_of
from perfcheck.model.places import locate, narrowed
from perfcheck.rulebook.fix import Fix

MENDABLE = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "docx")
"""Encodings and kinds of the files that can be mended; all others are first to be saved as one of these."""


def repair_of(document: Document, fix: Fix, node: Any, fact: Fact) -> Repair | None:
    """How ``fact`` of ``node`` is mended; None where that has no one right answer or the file is of another kind.

    Nothing is proposed where the source does not have, character for character, what is to be replaced: something was
    set aside in that line.
    """
    if document.source.encoding not in MENDABLE:
        return None
    places: Sequence[Mended] = fact.mended_with or (Mended(node, fact.field, fact.span, fact.values),)
    edits: list[Edit] = []
    for place in places:
        location = locate(document, place.node, place.field)
        text = location.text
        for start, end, new in fix.make()(text, place.span or (0, len(text)), place.values):
            if text[start:end] != new:
                edits.append(Edit(narrowed(location, start, end).place.span, text[start:end], new))
    if not edits or any(lines_of(document.source.text).stretch(edit.span) != edit.old for edit in edits):
        return None
    return Repair(tuple(edits), fix.is_safe(fact.values))
