"""What findings and judgements carry of waivers: plain values that other processes and reports can take."""

from __future__ import annotations

from typing import Literal

from perfcheck.named_tuples import NamedTuple


class Waived(NamedTuple):
    """Why a finding was waived and by whom; ``kind`` is SARIF's word for where that is written."""

    kind: Literal["external", "inSource"]
    reason: str
    approver: str | None
    expiry: str | None
    """The last day it holds, as 2026-12-31."""


class Marker(NamedTuple):
    """A waiver written into a document: its words, the line it stands on, and the lines it speaks of."""

    words: str
    line: int
    first: int
    last: int
