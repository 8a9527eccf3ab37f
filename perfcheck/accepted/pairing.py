"""Which document of a baseline is which of a run: by path, and where a file got another name by what it says.

A document is known again under another name only where its old file is gone (or is itself in the run under a new
content), no unit and no budget year contradict, and half of the faults are the same. A copy of a document that is
still there is a document of its own, whose faults are new.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from perfcheck.accepted.known_faults import Baseline, KnownDocument
from perfcheck.engine import Judgement

STANDARD_INPUT = ("-", "<stdin>")
MOST_ALIKE = 200
"""Documents of one unit that are all compared; of more only those with the same file name."""


class Folder:
    """The folder of a baseline, from which it counts its paths."""

    def __init__(self, baseline_file: str) -> None:
        self._root = os.path.dirname(os.path.realpath(baseline_file))

    def name(self, path: str) -> str:
        """``path`` as the baseline writes it."""
        if path in STANDARD_INPUT:
            return "-"
        real = os.path.realpath(path)
        try:
            real = os.path.relpath(real, self._root)
        except ValueError:  # another drive of Windows
            return real.replace(os.sep, "/")
        return real.replace(os.sep, "/")

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return os.path.exists(os.path.join(self._root, name))

    def covers(self, folders: Iterable[str], name: str) -> bool:
        """Whether ``name`` lies, or would lie, in one of ``folders`` or is one of them."""
        real = os.path.join(os.path.normpath(os.path.join(self._root, name)), "")
        return any(real.startswith(os.path.join(os.path.realpath(folder), "")) for folder in folders)


def pairs(judgements: Sequence[Judgement], baseline: Baseline, folder: Folder) -> dict[int, int]:
    """Index of a judgement -> index of the document of the baseline that it is about."""
    return _Pairing(judgements, baseline.documents, folder).found


def is_unread(judgement: Judgement) -> bool:
    """Whether nothing was found out about a file."""
    return any(item.rule_id is None for item in judgement.not_checked)


class _Pairing:
    def __init__(self, judgements: Sequence[Judgement], documents: Sequence[KnownDocument], folder: Folder) -> None:
        self.found: dict[int, int] = {}
        self._judgements, self._documents, self._folder = judgements, documents, folder
        self._names = [_spelled(folder.name(judgement.path)) for judgement in judgements]
        self._paths = [_spelled(document.path) for document in documents]
        self._here = [Counter(_digests(judgement)) for judgement in judgements]
        self._there = [Counter({fault.fingerprint: fault.times for fault in document.faults}) for document in documents]
        self._by_path()
        self._by_content()

    def _by_path(self) -> None:
        index = {path: at for at, path in enumerate(self._paths)}
        for here, name in enumerate(self._names):
            there = index.get(name)
            if there is None or not self._judgements[here].is_document:
                continue
            if is_unread(self._judgements[here]) or self._is_mostly(here, there):
                self.found[here] = there

    def _by_content(self) -> None:
        """The rest: the more faults two share, the rather they are one document."""
        taken = set(self.found.values())
        free = [at for at in range(len(self._documents)) if at not in taken]
        waiting = [
            at
            for at, judgement in enumerate(self._judgements)
            if at not in self.found and judgement.is_document and not is_unread(judgement)
        ]
        ranked = sorted(pair for here in waiting for pair in self._candidates(here, free))
        for _, _, _, here, there in ranked:
            if here not in self.found and there not in taken:
                self.found[here] = there
                taken.add(there)

    def _candidates(self, here: int, free: Sequence[int]) -> Iterator[tuple[int, bool, bool, int, int]]:
        name = self._names[here]
        own = name.rpartition("/")[2]
        many = len(free) > MOST_ALIKE
        for there in free:
            path = self._paths[there]
            same_file = path.rpartition("/")[2] == own
            if path == name:
                yield -self._shared(here, there), False, False, here, there
            elif (same_file or not many or self._same_unit(here, there)) and self._may_be(here, there):
                yield -self._shared(here, there), True, not same_file, here, there

    def _may_be(self, here: int, there: int) -> bool:
        """Whether a document may be one of another name."""
        judgement, document = self._judgements[here], self._documents[there]
        if judgement.unit and document.unit and _bare(judgement.unit) != _bare(document.unit):
            return False
        if judgement.budget_year and document.year and judgement.budget_year != document.year:
            return False
        return self._is_mostly(here, there) and self._shared(here, there) > 0 and self._is_free(here, there)

    def _is_free(self, here: int, there: int) -> bool:
        path = self._paths[there]
        return self._names[here] == "-" or path in self._names or not self._folder.has(self._documents[there].path)

    def _same_unit(self, here: int, there: int) -> bool:
        unit, known = self._judgements[here].unit, self._documents[there].unit
        return bool(unit) and bool(known) and _bare(unit or "") == _bare(known or "")

    def _is_mostly(self, here: int, there: int) -> bool:
        """Whether half of the faults of one are in the other, too."""
        fewer = min(self._here[here].total(), self._there[there].total())
        return 2 * self._shared(here, there) >= fewer

    def _shared(self, here: int, there: int) -> int:
        one, other = self._here[here], self._there[there]
        return sum(min(count, other[digest]) for digest, count in one.items() if digest in other)


def _digests(judgement: Judgement) -> Iterator[str]:
    return (finding.fingerprint.partition(":")[0] for finding in judgement.findings)


def _spelled(path: str) -> str:
    """``path`` in one of the spellings Unicode has for it: systems differ."""
    return unicodedata.normalize("NFC", path)


def _bare(text: str) -> str:
    return "".join(text.split())
