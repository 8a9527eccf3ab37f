"""Tables of one page with their merged cells, and the joining of what a page break parted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled
from perfcheck.reading.pdf_lines import Line, goes_on, joined, lines_of, text_of

PADDING = 5.4
"""Points Word leaves between the border of a cell and its text."""
NEAR = 2.5
"""Points between lines that are meant to be one."""
MOST_HEADERS = 3

_NUMBER = compiled(r"[^\w（(《]{0,2}[\d.,，]+\s*%?$")


class Cell(NamedTuple):
    """A cell as drawn."""

    left: float
    right: float
    lines: tuple[Line, ...]
    continues: bool
    """Whether it began in a row above."""
    text: str
    top: float = 0.0
    bottom: float = 0.0
    page: int = 0

    @property
    def width(self) -> float:
        """The width text has in it."""
        inset = min([PADDING, *(line.left - self.left for line in self.lines)])
        return self.right - self.left - 2 * max(inset, 0.0)

    @property
    def room(self) -> float:
        """What is left behind its last line."""
        return self.width - (self.lines[-1].right - self.lines[-1].left)


Row = list[Cell]


class Table:
    """A table: its rows, and where on the page it stands."""

    def __init__(self, rows: list[Row], top: float, bottom: float, page: int) -> None:
        self.rows = rows
        self.top = top
        self.bottom = bottom
        self.pages = [page] * len(rows)
        """For each row the page it begins on."""
        self.starts = [0]
        """Rows with which it began on a page, so that they may be headers which later pages repeat."""

    def texts(self, row: int) -> list[str]:
        """The texts of a row, white space aside."""
        return ["".join(cell.text.split()) for cell in self.rows[row]]


def table_of(found: Any, characters: list[dict[str, Any]], page: int) -> Table:
    """A table that pdfplumber found, with the characters inside it."""
    boxes = [tuple(map(float, box)) for box in found.cells]
    inside: dict[tuple[float, ...], list[dict[str, Any]]] = {box: [] for box in boxes}
    ordered = sorted(boxes, key=lambda box: box[1])
    for each in characters:
        x, y = (each["x0"] + each["x1"]) / 2, (each["top"] + each["bottom"]) / 2
        for box in ordered:
            if box[1] > y:
                break
            if y <= box[3] and box[0] <= x <= box[2]:
                inside[box].append(each)
                break
    tops: list[float] = []
    for box in ordered:
        if not tops or box[1] - tops[-1] > NEAR:
            tops.append(box[1])
    rows = []
    for top in tops:
        row = []
        for box in sorted(boxes):
            starts = abs(box[1] - top) <= NEAR
            if starts or box[1] < top < box[3] - NEAR:
                lines = tuple(lines_of(inside[box])) if starts else ()
                cell = Cell(box[0], box[2], lines, not starts, "", box[1], box[3], page)
                row.append(cell._replace(text=text_of(lines, cell.width)))
        rows.append(row)
    return Table(rows, float(found.bbox[1]), float(found.bbox[3]), page)


def continue_table(table: Table, more: Table, known: Counter[str]) -> bool:
    """Add to ``table`` what stands of it at the top of the next page, if ``more`` is that; tells whether it was.

    ``known`` tells how often each text is a cell of the document.
    """
    if not _same_width(table, more):
        return False
    repeated = _repeated_headers(table, more)
    rows = more.rows[repeated:]
    if rows:
        if not _mend_row(table, rows[0], known):
            _mend_labels(table, rows[0], known)
        else:
            rows = rows[1:]
        if rows and not repeated:
            table.starts.append(len(table.rows))
    table.rows += rows
    table.pages += more.pages[:1] * len(rows)
    return True


def _same_width(table: Table, more: Table) -> bool:
    if not table.rows or not more.rows or not table.rows[-1] or not more.rows[0]:
        return False
    last, first = table.rows[-1], more.rows[0]
    return abs(last[0].left - first[0].left) <= 2 * NEAR and abs(last[-1].right - first[-1].right) <= 2 * NEAR


def _repeated_headers(table: Table, more: Table) -> int:
    """How many rows at the top of ``more`` repeat those at the top of ``table``."""
    for start in reversed(table.starts):
        count = 0
        while (
            count < min(MOST_HEADERS, len(table.rows) - start, len(more.rows))
            and any(table.texts(start + count))
            and table.texts(start + count) == more.texts(count)
        ):
            count += 1
        if count:
            return count
    return 0


def _goes_on(cell: Cell, more: Cell) -> bool:
    return bool(cell.lines and more.lines) and goes_on(cell.lines[-1], more.lines[0], cell.room)


def _beginnings(table: Table) -> list[tuple[int, int]]:
    """Where the cells of the last row began: row and cell, further up for those merged over rows."""
    places = []
    for at, cell in enumerate(table.rows[-1]):
        place = (len(table.rows) - 1, at)
        for row in range(len(table.rows) - 1, -1, -1):
            found = next((i for i, each in enumerate(table.rows[row]) if abs(each.left - cell.left) <= NEAR), None)
            if found is None:
                break
            place = (row, found)
            if not table.rows[row][found].continues:
                break
        places.append(place)
    return places


def _whole(cell: Cell, more: Cell) -> Cell:
    """A cell and its rest on the next page."""
    if not more.lines:
        return cell
    if _goes_on(cell, more):
        text = joined(cell.text, more.text, cell.room < more.lines[0].first)
    else:
        text = f"{cell.text}\n{more.text}"
    return cell._replace(text=text, lines=cell.lines + more.lines)


def _is_known(cell: Cell, more: Cell, known: Counter[str]) -> bool:
    """Whether a cell with its rest is a text of other cells too, as labels are."""
    whole = known[joined(cell.text, more.text, True)]
    return whole > 0 and whole >= known[more.text]


def _mend_labels(table: Table, first: Row, known: Counter[str]) -> None:
    """Put together the text of a cell over several rows that the page break cut, though it parted no row."""
    for row, at in _beginnings(table):
        cell = table.rows[row][at]
        for place, more in enumerate(first):
            if abs(more.left - cell.left) <= NEAR and _goes_on(cell, more) and _is_known(cell, more, known):
                table.rows[row][at] = _whole(cell, more)
                first[place] = more._replace(text="", lines=(), continues=True)


def _mend_row(table: Table, first: Row, known: Counter[str]) -> bool:
    """Add ``first`` to the last row of ``table`` if the two are one row that the page break cut; tells whether.

    They are one where each text below goes on a text above that fills its line; or most of its cells are blank and the
    rest are further paragraphs, not numbers, of the cells above; or it is a label and a text.
    """
    last = table.rows[-1]
    if len(last) != len(first) or any(
        abs(one.left - two.left) > NEAR or abs(one.right - two.right) > NEAR for one, two in zip(last, first)
    ):
        return False
    places = _beginnings(table)
    above = [table.rows[row][at] for row, at in places]
    rest = [at for at, cell in enumerate(first) if cell.lines]
    if not rest or not all(above[at].lines for at in rest):
        return False
    full = [at for at in rest if _goes_on(above[at], first[at])]
    if len(first) == 2:
        is_cut = 1 in rest and (rest == [1] or (0 in full and _is_known(above[0], first[0], known)))
        is_cut = is_cut or full == rest
    elif len(rest) * 2 <= len(first):
        is_cut = bool(full) or (len(rest) == 1 and not _NUMBER.match(first[rest[0]].text))
    else:
        is_cut = full == rest
    if not is_cut:
        return False
    for (row, at), one, two in zip(places, above, first):
        table.rows[row][at] = _whole(one, two)
    return True
