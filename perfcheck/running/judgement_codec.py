"""Judgements as bytes, for other processes and for the cache; rules are named in them by their ids.

Pickle, because a judgement is nothing but small frozen values; reading allows these classes and no others, so that a
file somebody else put into the cache cannot run anything.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any

from perfcheck.accepted.known_faults import KnownFault
from perfcheck.accepted.waived import Marker, Waived
from perfcheck.comparison import Facts, Shared
from perfcheck.engine import Judgement
from perfcheck.finding import Edit, Finding, Location, NotApplicable, NotChecked, Repair, Step
from perfcheck.model.form_layout import FormLayout, LayoutFound, Mark
from perfcheck.rulebook.rule import Rule
from perfcheck.source import Origin, Paragraph, Place, Remark, Residue, Row, SourceText, Span

CLASSES = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Edit, Facts, Finding, FormLayout, Judgement, KnownFault, LayoutFound, Location, Mark, Marker, NotApplicable,
        NotChecked, Origin, Paragraph, Place, Remark, Repair, Residue, Row, Shared, SourceText, Span, Step, Waived,
        frozenset,
    )
}  # fmt: skip


class _Writer(pickle.Pickler):
    def persistent_id(self, value: Any) -> str | None:
        return value.id if value.__class__ is Rule else None


class _Reader(pickle.Unpickler):
    def __init__(self, data: bytes, rules: Mapping[str, Rule]) -> None:
        super().__init__(io.BytesIO(data))
        self._rules = rules

    def persistent_load(self, identity: str) -> Rule:
        return self._rules[identity]

    def find_class(self, module: str, name: str) -> Any:
        try:
            return CLASSES[(module, name)]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a judgement") from None


def encode(value: Any) -> bytes:
    """``value``, made of judgements and plain values, as bytes."""
    stream = io.BytesIO()
    _Writer(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def decode(data: bytes, rules: Mapping[str, Rule]) -> Any:
    """What :func:`encode` made bytes of; raises whatever pickle raises for anything else."""
    return _Reader(data, rules).load()
