"""Outcomes made small: the findings of a document as bytes that are read again when somebody looks at them.

Other processes, the cache and parts of a run hand on outcomes in this form, and a run over many files keeps them in it:
fifty findings are a hundred kilobytes of Python's values and three of these bytes.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, overload

from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.rulebook.rule import Rule
from perfcheck.running.checker import Outcome
from perfcheck.running.judgement_codec import decode, encode, encode_plain
from perfcheck.running.plain_findings import from_plain, to_plain

HELD_IN_MEMORY = 1 << 16
"""Bytes of findings kept before that file is really written."""
WORTH_COMPRESSING = 4096
"""Bytes below which making them fewer takes longer than keeping them."""
COMPRESSED = b"\x78"
"""What begins compressed bytes, and never those of :mod:`~perfcheck.running.judgement_codec`."""

_keys: dict[tuple[str, str], tuple[str, str]] = {}
"""Rule and level, each pair once: a hundred thousand documents have the same few hundred."""


class StoredFindings(Sequence[Finding]):
    """Findings of one document; each look at them makes them anew.

    ``tally`` counts them by rule and level and ``others`` are the other files they speak of, so that neither needs a
    look.
    """

    __slots__ = ("_at", "_bytes", "_path", "_rules", "_size", "others", "tally")

    def __init__(
        self,
        data: bytes,
        tally: Mapping[tuple[str, str], int],
        others: tuple[str, ...],
        rules: Mapping[str, Rule],
        path: str | None = None,
    ) -> None:
        self._bytes: bytes | IO[bytes] = data
        self._at = 0
        self._size = len(data)
        self.tally = tally
        self.others = others
        self._rules = rules
        self._path = path
        """The file of the findings where it is another one than when they were stored."""

    @classmethod
    def of(cls, findings: Sequence[Finding], rules: Mapping[str, Rule]) -> StoredFindings:
        """``findings``, stored; as they are where they are stored already."""
        if isinstance(findings, cls):
            return findings
        tally: dict[tuple[str, str], int] = {}
        for finding in findings:
            key = (finding.rule.id, finding.level)
            tally[_keys.setdefault(key, key)] = tally.get(key, 0) + 1
        others = {related.path for finding in findings for related in finding.related if related.path is not None}
        data = encode_plain(to_plain(findings)) if findings else b""
        if len(data) > WORTH_COMPRESSING:
            data = zlib.compress(data, 1)
        return cls(data, tally, tuple(sorted(others)), rules)

    @property
    def data(self) -> bytes:
        """The bytes they are stored as."""
        if isinstance(self._bytes, bytes):
            return self._bytes
        self._bytes.seek(self._at)
        return self._bytes.read(self._size)

    def move_to(self, file: IO[bytes]) -> None:
        """Keep the bytes at the end of ``file`` from now on."""
        if self._bytes is file:
            return
        data = self.data
        self._at = file.seek(0, 2)
        file.write(data)
        self._bytes = file

    def under(self, path: str) -> StoredFindings:
        """The same findings in a file called ``path``."""
        return StoredFindings(self.data, self.tally, self.others, self._rules, path)

    def _made(self) -> tuple[Finding, ...]:
        if not self.tally:
            return ()
        data = self.data
        if data.startswith(COMPRESSED):
            data = zlib.decompress(data)
        return from_plain(decode(data, self._rules), self._rules, self._path)

    def __len__(self) -> int:
        return sum(self.tally.values())

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._made())

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self._made()[index]


def pack(outcome: Outcome, rules: Mapping[str, Rule]) -> bytes:
    """``outcome`` as bytes."""
    stored = StoredFindings.of(outcome.judgement.findings, rules)
    head = tuple(outcome.judgement._replace(findings=()))
    traces = array("Q", outcome.traces).tobytes()
    return encode((head, dict(stored.tally), stored.others, stored.data, traces, *outcome[2:]))


def unpack(data: bytes, rules: Mapping[str, Rule], path: str | None = None) -> Outcome:
    """What :func:`pack` made bytes of; ``path`` is what the file is called by now. Raises anything for other bytes."""
    head, tally, others, findings, written, *more = decode(data, rules)
    judgement = Judgement(*head)
    new = path if path is not None and path != judgement.path else None
    tally = {_keys.setdefault(key, key): count for key, count in tally.items()}
    stored = StoredFindings(findings, tally, others, rules, new)
    traces = array("Q")
    traces.frombytes(written)
    judgement = judgement._replace(findings=stored, path=path or judgement.path)
    if new is not None and judgement.source is not None:
        judgement = judgement._replace(source=judgement.source._replace(path=new))
    return Outcome(judgement, traces, *more)


class Shelf:
    """Keeps the findings of a run over many files in a temporary file."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        from tempfile import SpooledTemporaryFile

        self._file: Any = SpooledTemporaryFile(HELD_IN_MEMORY)  # noqa: SIM115 -- as long as the report is needed
        self._rules = {rule.id: rule for rule in rules}
        self._same: dict[Any, Any] = {}
        """What most documents have in common: other processes send it with each of them."""

    def put(self, judgement: Judgement) -> Judgement:
        """``judgement`` with its findings on the shelf."""
        stored = StoredFindings.of(judgement.findings, self._rules)
        stored.move_to(self._file)
        same = self._same
        return judgement._replace(
            findings=stored,
            not_applicable=same.setdefault(judgement.not_applicable, judgement.not_applicable),
            layout=same.setdefault(judgement.layout, judgement.layout),
        )
