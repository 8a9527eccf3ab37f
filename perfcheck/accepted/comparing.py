"""A document held against what a baseline knows of it: which faults are new, which old, which are gone.

A fault is the same where rule, way and text of its cell are; or, in a cell that was edited elsewhere, where the
characters concerned are. Where a cell got another text and the rule finds fault with that, too, it is ``updated``:
nobody accepted this text, so it counts as new.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from perfcheck.accepted.known_faults import KnownFault, counted, known
from perfcheck.finding import Finding, State
from perfcheck.named_tuples import NamedTuple

Key = Callable[[KnownFault], Hashable]
SAME: tuple[Key, ...] = (
    lambda fault: (fault.fingerprint, fault.text),
    lambda fault: (fault.rule, fault.place, fault.text),
    lambda fault: fault.fingerprint,
)
"""What makes two faults one, the strictest first."""


class Compared(NamedTuple):
    """The findings of a document with their states, and the faults that were not found again."""

    findings: tuple[Finding, ...]
    absent: tuple[KnownFault, ...]
    edited: tuple[KnownFault, ...]
    """Those that stand in ``findings`` as updated."""


def compared(findings: Sequence[Finding], faults: Sequence[KnownFault]) -> Compared:
    """Hold ``findings`` of one document against ``faults`` of the same."""
    left = [fault.times for fault in faults]
    own = [known(finding) for finding in findings]
    matched: dict[int, tuple[State, int]] = {}

    def match(key: Key, state: State) -> None:
        index: dict[Hashable, list[int]] = {}
        for at, fault in enumerate(faults):
            if left[at]:
                index.setdefault(key(fault), []).append(at)
        for here, fault in enumerate(own):
            if here in matched:
                continue
            for at in index.get(key(fault), ()):
                if left[at]:
                    left[at] -= 1
                    matched[here] = (state, at)
                    break

    for key in SAME:
        match(key, "unchanged")
    match(lambda fault: (fault.rule, fault.place), "updated")
    edited = []
    found = []
    for here, finding in enumerate(findings):
        state, at = matched.get(here, ("new", -1))
        former = faults[at].text if state == "updated" else None
        if state == "updated":
            edited.append(faults[at]._replace(times=1))
        found.append(finding._replace(state=state, former=former))
    absent = [fault._replace(times=count) for fault, count in zip(faults, left) if count]
    return Compared(tuple(found), tuple(absent), counted(edited))
