"""Mass defects for people: the same fault in sixty rows is one entry with a count and all its places.

Programs get every finding (SARIF, JSON); text and Markdown put together what one rule says again and again.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfcheck.finding import Finding, Step
from perfcheck.named_tuples import NamedTuple

MANY_IN_TABLE = 3
"""From here on the findings of one rule in one table are one entry."""
MANY_TABLES = 3
"""From here on a rule that finds something in so many tables has one entry for the whole document."""


class Group(NamedTuple):
    """Findings of one rule in one table or document; the first speaks for all."""

    finding: Finding
    others: tuple[Finding, ...]

    @property
    def size(self) -> int:
        """Number of places."""
        return 1 + len(self.others)

    def anew(self, other: Finding) -> str | None:
        """The message of one of the others, where its rule has each say its own and it is not that of the first."""
        if other.rule.in_groups == "message" and other.message != self.finding.message:
            return other.message
        return None

    @property
    def elsewhere(self) -> list[tuple[Step, list[Finding]]]:
        """The other findings by the table or section they stand in."""
        places: dict[Step, list[Finding]] = {}
        for finding in self.others:
            places.setdefault(_where(finding), []).append(finding)
        return list(places.items())


def grouped(findings: Sequence[Finding], together: bool = True) -> list[Group]:
    """``findings`` of one document, in their order, mass defects put together unless ``together`` is false."""
    findings = tuple(findings)  # each look at stored ones makes others
    if not together:
        return [Group(finding, ()) for finding in findings]
    by_rule: dict[str, dict[Step, list[Finding]]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule.id, {}).setdefault(_where(finding), []).append(finding)
    entries: dict[int, Group] = {}
    for tables in by_rule.values():
        if len(tables) >= MANY_TABLES:
            tables = {Step("document"): [finding for found in tables.values() for finding in found]}
        for found in tables.values():
            if len(found) >= MANY_IN_TABLE:
                entries[id(found[0])] = Group(found[0], tuple(found[1:]))
            else:
                entries.update((id(finding), Group(finding, ())) for finding in found)
    return [entries[id(finding)] for finding in findings if id(finding) in entries]


def _where(finding: Finding) -> Step:
    """The table or section a finding stands in."""
    return finding.location.steps[0]
