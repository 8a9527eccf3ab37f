"""The lines of a text, by where they begin: as values of their own they take five times the text."""

from __future__ import annotations

from array import array
from functools import lru_cache


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
        return self.lines(number, number)

    def lines(self, first: int, last: int) -> str:
        """Lines ``first`` to ``last`` with the line breaks between them; empty where there are none."""
        if not 0 < first <= last < len(self._starts):
            return ""
        return self._text[self._starts[first - 1] : self._starts[last] - 1]


@lru_cache(maxsize=1)
def lines_of(text: str) -> Lines:
    """The lines of a canonical text; of the last one asked for they are remembered."""
    return Lines(text)
