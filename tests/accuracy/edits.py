"""The verbs of the plants: each changes one place of a document; what they know of a document are its addresses."""

from __future__ import annotations

from collections.abc import Callable

from tests.accuracy.form import Cell, Form, Part
from tests.accuracy.layouts import ALPHABET, CLASSES, COLUMNS, with_check_character

ADDED = "新"
"""Name of a row that a plant adds."""


def put(form: Form, address: str, text: str) -> None:
    """Write ``text`` over a cell; over the name of a whole group where a first-level class is meant."""
    form.cell(address).text = text


def sub(form: Form, address: str, old: str, new: str) -> None:
    """Replace the first ``old`` of a cell."""
    cell = form.cell(address)
    if old not in cell.text:
        raise LookupError(f"{old} in {address}")
    cell.text = cell.text.replace(old, new, 1)


def add(form: Form, address: str, text: str) -> None:
    """Write ``text`` behind what stands in a cell."""
    form.cell(address).text += text


def double(form: Form, address: str) -> None:
    """Write the last sentence of a cell twice."""
    cell = form.cell(address)
    cell.text += cell.text.rstrip("。").rpartition("。")[2] + "。"


def copy(form: Form, address: str, source: str, before: str = "", after: str = "") -> None:
    """Write what stands in ``source`` over a cell."""
    form.cell(address).text = before + form.cell(source).text + after


def append_from(form: Form, address: str, source: str) -> None:
    """Write what stands in ``source`` behind a cell."""
    form.cell(address).text += form.cell(source).text


def swap(form: Form, address: str, other: str) -> None:
    """Exchange two cells."""
    one, two = form.cell(address), form.cell(other)
    one.text, two.text = two.text, one.text


def cut_text(form: Form, address: str, count: int) -> None:
    """Leave out the last characters of a cell."""
    cell = form.cell(address)
    cell.text = cell.text[:-count]


def swap_text(form: Form, address: str, one: int, two: int) -> None:
    """Exchange two different characters of a cell, the nearest to those given."""
    text = list(form.cell(address).text)
    while two < len(text) - 2 and text[one] == text[two]:
        one, two = one + 1, two + 1
    text[one], text[two] = text[two], text[one]
    form.cell(address).text = "".join(text)


def turn(form: Form, address: str, index: int) -> None:
    """Write another digit or letter of the same kind in one place of a cell."""
    text = form.cell(address).text
    kind = ALPHABET[:10] if text[index].isdigit() else ALPHABET[10:]
    other = kind[(kind.index(text[index]) + 3) % len(kind)]
    form.cell(address).text = text[:index] + other + text[index + 1 :]


def recode(form: Form, address: str, region: str) -> None:
    """Give a code another region, its check character in order."""
    text = region + form.cell(address).text[6:]
    form.cell(address).text = with_check_character(text[:20]) if text[8] == "P" else text


def drop(form: Form, address: str) -> None:
    """Leave out a cell with its label, a line, or a whole row of indicators."""
    for number in reversed(form.parts_below(address)):
        part = form.parts[number]
        whole = address == part.row_address
        kept = [] if whole else [cell for cell in part.cells if cell.address not in (address, address + "#")]
        if kept:
            part.cells = kept
            continue
        following = form.parts[number + 1] if number + 1 < len(form.parts) else None
        if whole and following is not None and len(following.cells) == len(COLUMNS) and not following.cells[0].text:
            following.cells[0].text = part.cells[0].text  # the name of the group moves on to its next row
        if number and len(part.gap) > len(form.parts[number - 1].gap):
            form.parts[number - 1].gap = part.gap
        del form.parts[number]


def drop_kind(form: Form, project: str, kind: str) -> None:
    """Leave out all rows of a first-level class."""
    for row in _rows(form, project):
        short = row.row_address.partition("/")[2].rstrip("0123456789")
        if CLASSES[short][0] == kind and (short != "成本" or not form.layout.startswith("national")):
            drop(form, row.row_address)


def drop_column(form: Form, address: str) -> None:
    """Leave out one column of all rows of indicators."""
    project, _, column = address.partition("/")
    for row in _rows(form, project):
        row.cells = [cell for cell in row.cells if not cell.address.endswith("/" + column)]


def dup(form: Form, address: str) -> None:
    """Write a line or a row twice."""
    number = form.parts_below(address)[0]
    part = form.parts[number]
    twin = part.copy()
    if twin.is_row:
        twin.cells[0].text = ""
        part.gap = ("",)
    form.parts.insert(number + 1, twin)


def row(form: Form, address: str, short: str, name: str, description: str, value: str, basis: str) -> None:
    """Add a row of indicators below the one at ``address``, of its class."""
    number = form.parts_below(address)[0]
    part = form.parts[number]
    class2 = part.cells[1].text
    texts = ("", class2, name, description, value, basis)
    where = f"{address.partition('/')[0]}/{ADDED}"
    cells = [Cell(f"{where}/{column}", text) for column, text in zip(COLUMNS, texts)]
    form.parts.insert(number + 1, Part(cells, True, part.gap))
    part.gap = ("",)


def rows_from(form: Form, project: str, source: str) -> None:
    """Give a table all rows of indicators of another one."""
    _replace_rows(form, project, _rows(form, source))


def _replace_rows(form: Form, project: str, others: list[Part]) -> None:
    own = _rows(form, project)
    place = form.parts.index(own[0])
    gap = own[-1].gap
    form.parts = [part for part in form.parts if part not in own]
    twins = [part.copy() for part in others]
    for twin in twins:
        twin.gap = ("",)
        for cell in twin.cells:
            cell.address = project + "/" + cell.address.partition("/")[2]
    twins[-1].gap = gap
    form.parts[place:place] = twins


def line(form: Form, address: str, text: str) -> None:
    """Add a line below the part at ``address``."""
    number, _ = form.find(address)
    form.parts.insert(number + 1, Part([Cell(address + "+", text)], False, form.parts[number].gap))


def line_before(form: Form, address: str, text: str) -> None:
    """Add a line above the part at ``address``."""
    number, _ = form.find(address)
    form.parts.insert(number, Part([Cell(address + "-", text)], False, ("",)))


def extra(form: Form, address: str, text: str) -> None:
    """Add a row of one cell below the part at ``address``."""
    number, _ = form.find(address)
    part = form.parts[number]
    form.parts.insert(number + 1, Part([Cell(address + "+", text)], True, part.gap))
    part.gap = ("",)


def cut(form: Form, address: str, count: int) -> None:
    """Leave out the last cells of a row."""
    part = form.parts[form.parts_below(address)[0]]
    part.cells = part.cells[:-count]


def widen(form: Form, address: str, *texts: str) -> None:
    """Add cells at the end of a row."""
    part = form.parts[form.parts_below(address)[0]]
    part.cells += [Cell(f"{address}/more{index}", text) for index, text in enumerate(texts)]


def unrow(form: Form, address: str) -> None:
    """Turn the cells of a row into lines of running text."""
    form.parts[form.parts_below(address)[0]].is_row = False


def take(form: Form, address: str, column: str) -> None:
    """Write over a cell what stands in ``column`` of the first table of the other document of the set."""
    form.cell(address).text = _beside(form).cell(f"{_first(form)}/{column}").text


def take_unit(form: Form, code: str) -> None:
    """Give all tables the unit code of the other document, the name of the unit being their own."""
    for key in form.figures:
        sub(form, f"{key}/unit", code, _beside(form).place["unit"])


def take_table(form: Form, project: str) -> None:
    """Make a table that of the other document, all but the unit and the code of the project."""
    other, first = _beside(form), _first(form)
    name = form.cell(f"{project}/name").text
    sub(form, f"{project}/title", name, other.cell(f"{first}/name").text)
    for column in ("name", "budget", "fiscal", "other", "usage", "goals", "plan1", "plan2", "plan3", "plan4"):
        form.cell(f"{project}/{column}").text = other.cell(f"{first}/{column}").text
    _replace_rows(form, project, _rows(other, first))


def _beside(form: Form) -> Form:
    if form.beside is None:
        raise LookupError("a document by itself")
    return form.beside


def _first(form: Form) -> str:
    return next(iter(_beside(form).figures))


def _rows(form: Form, project: str) -> list[Part]:
    found = [
        part
        for part in form.parts
        if part.is_row and part.cells[0].address.startswith(project + "/") and part.cells[0].address.endswith("/class1")
    ]
    if not found:
        raise LookupError(project)
    return found


VERBS: dict[str, Callable[..., None]] = {
    "put": put, "sub": sub, "add": add, "double": double, "copy": copy, "append from": append_from, "swap": swap,
    "cut text": cut_text, "swap text": swap_text, "turn": turn, "recode": recode, "drop": drop, "drop kind": drop_kind,
    "drop column": drop_column, "dup": dup, "row": row, "rows from": rows_from, "line": line, "line before": line_before,
    "extra": extra, "cut": cut, "widen": widen, "unrow": unrow, "take": take,
    "take unit": take_unit, "take table": take_table,
}  # fmt: skip
