"""Tables known by their shape: the terminals of their rows in order.

Tables of one form differ in what their cells say, hardly ever in which rows they have. The first table of a shape
goes through Lark token by token, and how Lark dealt its tokens out to the rules of the grammar is noted. The next
table of that shape is one token, whose parts are dealt out in the same way. A table Lark stumbled over is not noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perfcheck.parsing.tokens import Part, Table, Token

MOST_REMEMBERED = 10_000


class TableShapes:
    """Remembers how the tables of each shape were parsed."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, ...], Sequence[Part]] = {}

    def with_known_tables(self, tokens: Iterable[Token]) -> Iterator[Token | Table]:
        """``tokens`` with each table of a known shape, from its title to the next, as one token."""
        given = list(tokens)
        kinds = [token.type for token in given]
        starts = [at for at, kind in enumerate(kinds) if kind == "TITLE"]
        ends = [*starts[1:], len(given)]
        yield from given[: starts[0]] if starts else given
        for start, end in zip(starts, ends):
            parts = self._parts.get(tuple(kinds[start:end]))
            if parts is None:
                yield from given[start:end]
            else:
                yield Table(given[start:end], parts)

    def remember(self, tokens: Sequence[Token], parts: Sequence[Part]) -> None:
        """Note that Lark took a table of ``tokens`` apart into ``parts``."""
        if len(self._parts) > MOST_REMEMBERED:
            self._parts.clear()
        self._parts[tuple([token.type for token in tokens])] = parts
