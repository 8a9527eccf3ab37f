"""Holds the documents of one run against each other, without keeping them.

While documents pass by only hashes of their traces are remembered. Where two documents share one, both are read a
second time and judged by what stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from perfcheck.errors import PerfcheckError
from perfcheck.finding import Finding, Location, NotChecked
from perfcheck.fingerprints import fingerprint_of
from perfcheck.model.document import Document
from perfcheck.model.places import locate
from perfcheck.rulebook.rule import Rule

SELECTION = "documents"
"""Rules with this selection are about all documents of a run."""
MOST_RELATED = 5
Render = Callable[[Rule, Any], str]


class _Sight(NamedTuple):
    """One trace where it stands."""

    path: str
    location: Location
    text: str
    unit: str | None
    codes: frozenset[str]


class Comparison:
    """Takes documents one by one, then says what they share or contradict each other in."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        # a rule with what its check says of traces, see checks/across.py
        self._rules: list[tuple[Rule, Any]] = [(rule, rule.judge) for rule in rules if rule.select == SELECTION]
        self._paths: list[str] = []
        self._kept: dict[str, Document] = {}
        self._seen: dict[int, tuple[int, int]] = {}
        self._votes: dict[int, Counter[int]] = {}
        self._suspects: set[int] = set()
        self._shared: set[int] = set()

    def add(self, path: str, document: Document, keep: bool = False) -> None:
        """Remember the traces of ``document``, and with ``keep`` itself: what cannot be read a second time."""
        self.note(path, self.traces(document))
        if keep:
            self._kept[path] = document

    def traces(self, document: Document) -> list[int]:
        """What of ``document`` others may have too: hashes of key and text by turns, the same in every process."""
        return [
            number
            for rule, traces in self._rules
            for trace in traces.of(document)
            for number in (_hash(f"{rule.id} {trace.key}"), _hash(trace.text) if traces.agree else 0)
        ]

    def note(self, path: str, traces: Sequence[int]) -> None:
        """Remember the traces of the document in the file ``path``."""
        index = len(self._paths)
        self._paths.append(path)
        for key, value in zip(traces[::2], traces[1::2]):
            if value:
                self._votes.setdefault(key, Counter())[value] += 1
            first, first_value = self._seen.setdefault(key, (index, value))
            if first != index and (not value or first_value != value):
                self._suspects.update((first, index))
                self._shared.add(key)

    def findings(
        self, read: Callable[[str], Document], render: Render
    ) -> tuple[dict[str, list[Finding]], list[NotChecked]]:
        """Path -> what was found in comparison with the others, and rules that failed; ``read`` reads a file again."""
        groups, failed = self._read_again(read)
        found: dict[str, list[Finding]] = {}
        seen: dict[str, dict[str, int]] = {}
        once: set[tuple[str, str]] = set()
        for (at, key), group in groups.items():
            rule, traces = self._rules[at]
            usual = _usual(self._votes.get(_hash(f"{rule.id} {key}")))
            for sight, others in _conflicts(traces, group, usual):
                if traces.first_only and (rule.id, sight.path) in once:
                    continue
                once.add((rule.id, sight.path))
                first = others[0]
                values = {
                    "text": sight.text,
                    "other": first.text,
                    "file": _name(first.path),
                    "unit": first.unit or _name(first.path),
                    "count": len({other.path for other in others}),
                }
                try:
                    message = render(rule, values)
                except Exception as error:  # somebody's own message may ask for what there is not
                    failed.append(NotChecked(sight.path, f"{type(error).__name__}: {error}", rule.id))
                    continue
                related = tuple(other.location._replace(path=other.path) for other in others[:MOST_RELATED])
                fingerprint = fingerprint_of(rule.id, sight.location, seen.setdefault(sight.path, {}))
                finding = Finding(rule, rule.level, message, sight.path, sight.location, related, fingerprint)
                found.setdefault(sight.path, []).append(finding)
        return found, failed

    def _read_again(
        self, read: Callable[[str], Document]
    ) -> tuple[dict[tuple[int, str], list[_Sight]], list[NotChecked]]:
        """Index of a rule and key of a trace -> where it stands, of the traces two documents share."""
        groups: dict[tuple[int, str], list[_Sight]] = {}
        failed: list[NotChecked] = []
        for index in sorted(self._suspects):
            path = self._paths[index]
            try:
                document = self._kept.get(path) or read(path)
            except PerfcheckError as error:  # it could be read a moment ago
                failed.append(NotChecked(path, str(error)))
                continue
            codes = frozenset(project.code for project in document.projects if project.code)
            for at, (rule, traces) in enumerate(self._rules):
                for trace in traces.of(document):
                    if _hash(f"{rule.id} {trace.key}") in self._shared:
                        place = locate(document, trace.node, trace.field)
                        sight = _Sight(path, place, trace.text, document.unit.name, codes)
                        groups.setdefault((at, trace.key), []).append(sight)
        return groups, failed


def _usual(votes: Counter[int] | None) -> int | None:
    """What more documents say than say anything else; None where as many say two things."""
    best = votes.most_common(2) if votes else []
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _conflicts(traces: Any, group: Sequence[_Sight], usual: int | None) -> Iterator[tuple[_Sight, list[_Sight]]]:
    """Each place that is in conflict with others, and these."""
    for sight in group:
        if traces.agree and _hash(sight.text) == usual:
            continue
        others = [
            other
            for other in group
            if other.path != sight.path
            and not (traces.agree and other.text == sight.text)
            and not (traces.other_units and other.unit == sight.unit)
            and (traces.agree or not _same_document(sight, other))
        ]
        if others:
            yield sight, others


def _same_document(one: _Sight, other: _Sight) -> bool:
    """Whether two files are one document in two formats or two rounds: one unit, more than half of the codes shared."""
    if one.unit != other.unit:
        return False
    return 2 * len(one.codes & other.codes) > min(len(one.codes), len(other.codes))


def _hash(text: str) -> int:
    """Eight bytes of ``text``, never zero; Python's own hash would be another one in each process."""
    from hashlib import blake2b  # a third of a bare Python start, which a document checked alone need not pay

    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") | 1


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
