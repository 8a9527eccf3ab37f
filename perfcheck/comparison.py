"""Holds the documents of one run against each other, without keeping them.

While documents pass by only hashes of their traces are remembered. Where two documents share one, both are looked at
a second time, read again or remembered by the cache, and judged by what stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from perfcheck.digests import blake2b
from perfcheck.errors import PerfcheckError
from perfcheck.finding import Finding, Level, Location, NotChecked
from perfcheck.fingerprints import fingerprint_of
from perfcheck.model.document import Document
from perfcheck.model.places import locate
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import Rule

if TYPE_CHECKING:
    from array import array

SELECTION = "documents"
"""Rules with this selection are about all documents of a run."""
MOST_OTHERS = 200
"""How many places are looked at that one is in conflict with: a form a whole province fills in has them everywhere."""
MOST_RELATED = 5
BUCKET_BITS = 6
Render = Callable[[Rule, Any], str]
LevelOf = Callable[[Document, Location, Rule], "Level | None"]
"""How grave a rule is at a place of a document; None where it is not to be reported."""


class Shared(NamedTuple):
    """Something of a document that others may have too, where it stands."""

    rule: str
    """The name of the rule here: its id, with marks where it is there with several sets of options."""
    key: int
    location: Location
    text: str
    level: Level | None
    """How grave it is here; None where it is not reported."""


class Facts(NamedTuple):
    """What of a document is needed to hold it against others."""

    unit: str | None
    codes: frozenset[str]
    places: tuple[Shared, ...]


class _Sight(NamedTuple):
    """One trace where it stands."""

    path: str
    location: Location
    text: str
    unit: str | None
    codes: frozenset[str]
    level: Level | None


class Comparison:
    """Takes documents one by one, then says what they share or contradict each other in."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        # a rule with what its check says of traces, see checks/across.py
        self._rules: dict[str, tuple[Rule, Any]] = {}
        for rule in rules:
            if rule.select == SELECTION:
                name = rule.id
                while name in self._rules:  # with other options; documents share what they have by the same ones
                    name += "'"
                self._rules[name] = (rule, rule.judge)
        self._paths: list[str] = []
        from array import array  # a document checked alone need not pay for it

        self._noted: list[array[int]] = [array("Q") for _ in range(1 << BUCKET_BITS)]
        """Key, value and document of each trace, by the first bits of the key: a hundred thousand documents have
        millions, which as Python's values would take gigabytes."""

    def add(self, path: str, document: Document) -> None:
        """Remember the traces of ``document``."""
        self.note(path, self.traces(document))

    def traces(self, document: Document) -> list[int]:
        """What of ``document`` others may have too: hashes of key and text by turns, the same in every process."""
        return [
            number
            for name, (_, traces) in self._rules.items()
            for trace in traces.of(document)
            for number in (_hash(f"{name} {trace.key}"), _hash(trace.text) if traces.agree else 0)
        ]

    def digest(self) -> str:
        """The same for comparisons that ask documents for the same traces."""
        return repr([(name, rule.check, rule.options) for name, (rule, _) in self._rules.items()])

    def facts(self, document: Document, level_of: LevelOf | None = None) -> Facts:
        """The same with where each stands, and how grave it is there by ``level_of``, else by the rule."""
        places = []
        for name, (rule, traces) in self._rules.items():
            for trace in traces.of(document):
                location = locate(document, trace.node, trace.field)
                level = rule.level if level_of is None else level_of(document, location, rule)
                places.append(Shared(name, _hash(f"{name} {trace.key}"), location, trace.text, level))
        codes = frozenset(project.code for project in document.projects if project.code)
        return Facts(document.unit.name, codes, tuple(places))

    def note(self, path: str, traces: Sequence[int]) -> None:
        """Remember the traces of the document in the file ``path``."""
        index = len(self._paths)
        self._paths.append(path)
        noted = self._noted
        for key, value in zip(traces[::2], traces[1::2]):
            noted[key >> 64 - BUCKET_BITS].extend((key, value, index))

    def findings(
        self, read: Callable[[str], Document], render: Render
    ) -> tuple[dict[str, list[Finding]], list[NotChecked]]:
        """Path -> what was found in comparison with the others, and rules that failed; ``read`` reads a file again."""
        return self.findings_of(lambda path: self.facts(read(path)), render)

    def findings_of(
        self, facts: Callable[[str], Facts], render: Render
    ) -> tuple[dict[str, list[Finding]], list[NotChecked]]:
        """The same from the ``facts`` of a file, which may be known without reading it."""
        suspects, usual = self._suspicions()
        groups, failed = self._sights(suspects, usual, facts)
        found: dict[str, list[Finding]] = {}
        seen: dict[str, dict[str, int]] = {}
        once: set[tuple[str, str]] = set()
        for (name, key), group in groups.items():
            rule, traces = self._rules[name]
            for sight, others in _conflicts(traces, group, usual[key]):
                if sight.level is None or (traces.first_only and (rule.id, sight.path) in once):
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
                finding = Finding(rule, sight.level, message, sight.path, sight.location, related, fingerprint)
                found.setdefault(sight.path, []).append(finding)
        return found, failed

    def _suspicions(self) -> tuple[list[str], dict[int, int | None]]:
        """Files that share a trace or contradict each other in one, and such traces with what most say of them."""
        suspects: set[int] = set()
        usual: dict[int, int | None] = {}
        for noted in self._noted:
            seen: dict[int, tuple[int, int]] = {}
            here: set[int] = set()
            for key, value, index in zip(noted[::3], noted[1::3], noted[2::3]):
                first, first_value = seen.setdefault(key, (index, value))
                if first != index and (not value or first_value != value):
                    suspects.update((first, index))
                    here.add(key)
            votes: dict[int, Counter[int]] = {key: Counter() for key in here}
            for key, value in zip(noted[::3], noted[1::3]) if here else ():
                if value and key in votes:
                    votes[key][value] += 1
            usual.update((key, _usual(said)) for key, said in votes.items())
        return [self._paths[index] for index in sorted(suspects)], usual

    def _sights(
        self, suspects: Sequence[str], shared: Mapping[int, int | None], facts: Callable[[str], Facts]
    ) -> tuple[dict[tuple[str, int], list[_Sight]], list[NotChecked]]:
        """Rule and key of a trace -> where it stands, of the traces two documents share."""
        groups: dict[tuple[str, int], list[_Sight]] = {}
        failed: list[NotChecked] = []
        for path in suspects:
            try:
                unit, codes, places = facts(path)
            except PerfcheckError as error:  # it could be read a moment ago
                failed.append(NotChecked(path, str(error)))
                continue
            for name, key, location, text, level in places:
                if key in shared:
                    groups.setdefault((name, key), []).append(_Sight(path, location, text, unit, codes, level))
        return groups, failed


def _usual(votes: Counter[int]) -> int | None:
    """What more documents say than say anything else; None where as many say two things."""
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _conflicts(traces: Any, group: Sequence[_Sight], usual: int | None) -> Iterator[tuple[_Sight, list[_Sight]]]:
    """Each place that is in conflict with others, and the first of these."""
    for sight in group:
        if traces.agree and _hash(sight.text) == usual:
            continue
        conflicting = (
            other
            for other in group
            if other.path != sight.path
            and not (traces.agree and other.text == sight.text)
            and not (traces.other_units and other.unit == sight.unit)
            and (traces.agree or not _same_document(sight, other))
        )
        others = list(islice(conflicting, MOST_OTHERS))
        if others:
            yield sight, others


def _same_document(one: _Sight, other: _Sight) -> bool:
    """Whether two files are one document in two formats or two rounds: one unit, more than half of the codes shared."""
    if one.unit != other.unit:
        return False
    return 2 * len(one.codes & other.codes) > min(len(one.codes), len(other.codes))


def _hash(text: str) -> int:
    """Eight bytes of ``text``, never zero; Python's own hash would be another one in each process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") | 1


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
