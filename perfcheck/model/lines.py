"""The lines of a text, by where they begin: as values of their own they take five times the text."""

from __future__ import annotations

from array import array
from functools import lru_cache

from perfcheck.source import Span


class Lines:
    """The lines of ``text``, counted from 1, without what ends them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = starts = array("Q", [0])
        end = text.find("\n")
        while end >= 0:
            starts.append(end + 1)
            end = text.find("\n", end + 1)
        starts.append(len(text) + 1)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def line(self, number: int) -> str:
        """Line ``number``; empty where there is none."""
        return self._text[self._starts[number - 1] : self._starts[number] - 1] if 0 < number <= len(self) else ""

    def stretch(self, span: Span) -> str | None:
        """What stands at ``span``; None where it reaches below the last line."""
        if span.end_line > len(self):
            return None
        begin, end = self._starts[span.line - 1], self._starts[span.end_line - 1]
        return self._text[begin + span.column - 1 : end + span.end_column - 1]


@lru_cache(maxsize=1)
def lines_of(text: str) -> Lines:
    """The lines of a canonical text; of the last one asked for they are remembered."""
    return Lines(text)
