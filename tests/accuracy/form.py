"""A document as a list of lines and table rows whose every cell has an address, so that a defect can be planted at one.

Addresses: ``敬老院/usage`` a cell of a table, ``敬老院/数量/value`` a cell of the first row of that class (``数量2`` of the
second), ``敬老院/code#`` the label before a value, ``敬老院/数量`` a whole row, ``敬老院`` a whole table, ``总体`` or ``保障2``
a paragraph of part one, ``总体#`` a heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Cell:
    """A piece of text and where it belongs; ``before`` and ``after`` are what extraction leaves around a line."""

    address: str
    text: str
    before: str = ""
    after: str = ""

    @property
    def rendered(self) -> str:
        """The text as it stands in the file."""
        return self.before + self.text + self.after.replace("{}", self.text)


@dataclass
class Part:
    """A line of running text (one cell) or a table row, with the empty lines that follow it."""

    cells: list[Cell]
    is_row: bool
    gap: tuple[str, ...] = ()

    def copy(self) -> Part:
        """The same once more, to be changed alone."""
        return Part([Cell(c.address, c.text, c.before, c.after) for c in self.cells], self.is_row, self.gap)

    @property
    def row_address(self) -> str:
        """What all cells of a row of indicators have in common."""
        return self.cells[0].address.rpartition("/")[0]


@dataclass
class Form:
    """A whole document of one township, with the figures its sentences are made of."""

    layout: str
    place: dict[str, str]
    figures: dict[str, dict[str, str]]
    parts: list[Part] = field(default_factory=list)
    beside: Form | None = None
    """The other document of a set, for a defect that lies between two."""

    def copy(self) -> Form:
        """The same once more, to plant a defect in."""
        return Form(self.layout, self.place, self.figures, [part.copy() for part in self.parts], self.beside)

    def line(self, address: str, text: str, gap: tuple[str, ...] = (), *, before: str = "", after: str = "") -> None:
        """Add a line of running text."""
        self.parts.append(Part([Cell(address, text, before, after)], False, gap))

    def row(self, *cells: tuple[str, str], gap: tuple[str, ...] = ("",)) -> None:
        """Add a table row of (address, text)."""
        self.parts.append(Part([Cell(address, text) for address, text in cells], True, gap))

    def find(self, address: str) -> tuple[int, int]:
        """Index of the part and of the cell at ``address``; raises :class:`LookupError`."""
        for number, part in enumerate(self.parts):
            for index, cell in enumerate(part.cells):
                if cell.address == address:
                    return number, index
        raise LookupError(address)

    def cell(self, address: str) -> Cell:
        """The cell at ``address``."""
        number, index = self.find(address)
        return self.parts[number].cells[index]

    def parts_below(self, address: str) -> list[int]:
        """Indexes of all parts that belong to ``address``, a table, a row or a cell; raises :class:`LookupError`."""
        found = [
            number
            for number, part in enumerate(self.parts)
            if any(cell.address == address or cell.address.startswith(address + "/") for cell in part.cells)
        ]
        if not found:
            raise LookupError(address)
        return found

    @property
    def text(self) -> str:
        """The document as extracted from Word: cells led by a tab, rows parted by an empty line."""
        return "\n".join(line for line, _ in self._lines()) + "\n"

    def lines_of(self, address: str) -> set[int]:
        """Numbers of the lines of whatever belongs to ``address``; of all lines for ``document``."""
        wanted = address + "/"
        numbers = {
            number
            for number, (_, owner) in enumerate(self._lines(), 1)
            if owner is not None and (address == "document" or owner == address or owner.startswith(wanted))
        }
        if address == "document":
            numbers |= set(range(1, self.text.count("\n") + 2))
        return numbers

    def _lines(self) -> Iterator[tuple[str, str | None]]:
        for part in self.parts:
            for cell in part.cells:
                text = ("\t" if part.is_row else "") + cell.rendered
                for line in text.split("\n"):
                    yield line, cell.address
            for line in part.gap:
                yield line, None
