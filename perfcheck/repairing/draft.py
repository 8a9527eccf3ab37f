"""A canonical text on its way to being mended: which of it still stands as in the file, and what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perfcheck.finding import Edit
from perfcheck.named_tuples import NamedTuple


class NotMendable(Exception):
    """A place of the file that cannot be written to: the reason as people read it, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")


class Hunk(NamedTuple):
    """Characters ``start`` to ``end`` of the original canonical text, and what stands there instead."""

    start: int
    end: int
    new: str


Piece = tuple[int, int, str]
"""A stretch of the original, from and to, or new text at a place of it."""


class Draft:
    """A text in pieces: stretches of the original and what was written between them."""

    def __init__(self, original: str, pieces: Sequence[Piece] | None = None) -> None:
        self._original = original
        self._pieces: Sequence[Piece] = pieces if pieces is not None else [(0, len(original), "")]
        self.text = "".join(new or original[start:end] for start, end, new in self._pieces)
        self._starts: list[int] | None = None

    def place_of(self, line: int, column: int) -> int:
        """How many characters stand before a place of the text as it is now."""
        if self._starts is None:
            self._starts = [0]
            at = self.text.find("\n")
            while at >= 0:
                self._starts.append(at + 1)
                at = self.text.find("\n", at + 1)
        return self._starts[line - 1] + column - 1

    def span_of(self, edit: Edit) -> tuple[int, int]:
        """The characters an edit is about; raises ``ValueError`` where they are others than it says."""
        start, end = self.place_of(*edit.span[:2]), self.place_of(*edit.span[2:])
        if self.text[start:end] != edit.old:
            raise ValueError(f"{edit.old!r} does not stand at {edit.span}")
        return start, end

    def edited(self, edits: Iterable[Edit]) -> Draft:
        """The draft with ``edits``, none of which may overlap another; raises ``ValueError`` likewise."""
        changes: list[tuple[int, int, str]] = []
        for edit in edits:
            start, end = self.span_of(edit)
            changes += [(start + begin, start + stop, new) for begin, stop, new in differences(edit.old, edit.new)]
        changes.sort()
        pieces: list[Piece] = []
        at = 0
        for start, end, new in changes:
            if start < at:
                raise ValueError("edits overlap")
            pieces += self._between(at, start)
            if new:
                pieces.append((-1, -1, new))
            at = end
        pieces += self._between(at, len(self.text))
        return Draft(self._original, pieces)

    def _between(self, begin: int, end: int) -> Iterator[Piece]:
        """The pieces that make characters ``begin`` to ``end`` of the text."""
        at = 0
        for start, stop, new in self._pieces:
            size = len(new) or stop - start
            low, high = max(begin - at, 0), min(end - at, size)
            if low < high:
                yield (-1, -1, new[low:high]) if new else (start + low, start + high, "")
            at += size
            if at >= end:
                return

    def hunks(self) -> list[Hunk]:
        """What has changed against the original, in order."""
        found: list[Hunk] = []
        at = 0
        new = ""
        for start, stop, text in (*self._pieces, (len(self._original), len(self._original), "")):
            if text:
                new += text
                continue
            if new or start > at:
                hunk = Hunk(at, start, new)
                if self._original[at:start] != new:
                    found.append(hunk)
            at, new = stop, ""
        return found


def differences(old: str, new: str) -> list[tuple[int, int, str]]:
    """The fewest characters of ``old`` to be replaced to make ``new`` of it, each with what stands there instead."""
    if not old or not new:
        return [(0, len(old), new)]
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(low, high, new[begin:end]) for tag, low, high, begin, end in codes if tag != "equal"]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches share a character, or meet where one of them is empty."""
    (start, end), (begin, stop) = one, other
    if start == end or begin == stop:
        return begin <= end and start <= stop
    return max(start, begin) < min(end, stop)
