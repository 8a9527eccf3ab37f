"""The document as a text: headings, numbers of tables and items, lines that belong nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from perfcheck.checks.presence import Judge, Read, known_word, not_empty
from perfcheck.finding import Fact, FieldNames, Mended
from perfcheck.model.numerals import item_number
from perfcheck.model.passages import lacks_section, part_one


def repeated_heading(read: Read) -> Judge:
    """No part or section has its heading twice, no two duties one name, and no table its title twice."""

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        department = document.department
        groups = [
            department.overall_goal.headings,
            department.duty_section.headings,
            department.safeguards.headings,
            *_by_text(department.headings),
            *_by_text(document.project_headings),
        ]
        for headings in groups:
            for heading in headings[1:]:
                first = (((headings[0], "heading"), "first"),)
                yield Fact("heading", {"text": heading.text, "first_line": headings[0].line}, first, heading)
        duties: dict[str, Any] = {}
        for duty in department.duty_goals:
            name = "".join((duty.name or "").split())
            if name and name in duties:
                values = {"text": duty.name, "first_line": duties[name].line}
                yield Fact("duty_goal", values, (((duties[name], "duty_goal"), "first"),), duty)
            elif SHORTEST_DUTY <= len(name) <= LONGEST_DUTY:
                duties[name] = duty
        for fault in document.faults:
            if fault.kind == "repeated_title":
                values = {"text": fault.found, "first_line": fault.anchor.line}
                title = document.projects[fault.project].anchors["title"]
                yield Fact("heading", values, (((fault.anchor, "heading"), "first"),), title)

    return judge


def _by_text(headings: Sequence[Any]) -> list[list[Any]]:
    groups: dict[str, list[Any]] = {}
    for heading in headings:
        groups.setdefault("".join(heading.text.split()), []).append(heading)
    return list(groups.values())


SHORTEST_DUTY, LONGEST_DUTY = 4, 40
"""Characters of a duty's name that stands for it; a longer one is its text, which other rules compare."""
ANOTHER_LIST = 2
"""The turn from which on 1, with 2 behind it, begins another list."""
COUNTED = [str(number) for number in range(1, 200)]


def numbering(read: Read, *, of: str) -> Judge:
    """The numbers of project ``tables`` or of duty ``items`` run 1, 2, 3 …; nothing numbered is nothing to judge."""
    known_word(of, "tables", "items")

    def judge(node: Any, document: Any) -> Fact | None:
        if of == "tables":
            items = [(project, project.number) for project in document.projects]
        else:
            items = [(duty, duty.number) for duty in document.department.duty_goals]
        if [written for _, written in items] == COUNTED[: len(items)]:
            return None
        numbers = [None if written is None else item_number(written) for _, written in items]
        if not any(number is not None for number in numbers):
            return None
        expected = 1
        wrong = []
        unsure = of == "items" and lacks_section(document)
        for at, ((item, written), number) in enumerate(zip(items, numbers)):
            if of == "items" and number == 1 and expected > ANOTHER_LIST and numbers[at + 1 : at + 2] == [2]:
                expected = 1  # another list
            if number is not None and number != expected:
                wrong.append((item, {"text": written, "expected": expected, "number": number}))
            elif number is None and of != "tables":
                continue  # only a table without a number still takes its turn
            expected += 1
        if not wrong:
            return None
        field = "title" if of == "tables" else "duty_goal"
        first, values = wrong[0]
        values["unsure"] = unsure or values["expected"] == 1 or (of == "items" and _unnumbered_above(first, document))
        others = tuple(Mended(item, field, None, each) for item, each in wrong)
        return Fact(field, values, node=first, mended_with=others)

    return judge


def _unnumbered_above(duty: Any, document: Any) -> bool:
    """Whether ``duty`` leaves a gap and stands right below a line that may be an item whose number was lost."""
    above = None
    for line in part_one(document):
        if line.owner.line == duty.line:  # type: ignore[union-attr]  # lines of part one are paragraphs
            break
        above = line.owner
    return above is not None and above.type == "TEXT"  # type: ignore[union-attr]


def fault(read: Read, *, kinds: list[str]) -> Judge:
    """The grammar could make sense of everything; what it could not is of one of ``kinds``."""
    not_empty("kinds", kinds)
    for kind in kinds:
        known_word(kind, "plan_values", "header", "indicator_row", "misplaced")

    def judge(node: Any, document: Any) -> Fact | None:
        if node.kind not in kinds:
            return None
        values = {"problem": node.kind, "found": node.found, "expected": _names(node)}
        values["extra"] = "、".join(filter(None, node.expected[1:])) if node.kind == "indicator_row" else ""
        if node.kind not in _FIELD_OF_FAULT:
            values["found"] = _text(node.anchor)
        return Fact(_FIELD_OF_FAULT.get(node.kind, "table"), values)

    return judge


_FIELD_OF_FAULT = {"plan_values": "plan_values", "header": "header", "indicator_row": "indicators"}


def _names(node: Any) -> Any:
    return node.expected[0] if node.kind in ("plan_values", "indicator_row") else FieldNames(node.expected)


def _text(anchor: Any) -> str:
    """What stands at the place of a fault, as its reader knows it."""
    text: str | None = getattr(anchor, "text", None)
    return text if text is not None else next((cell.strip() for cell in anchor[0].cells if cell.strip()), "")


def broken_row(read: Read, *, names: list[str]) -> Judge:
    """No text among the indicators of a table stands for one of ``names`` of their classes but has no cells of a row.

    It is a row that has lost cells, or whose cells have become lines behind the last cell of the row above.
    """
    not_empty("names", names)
    known = frozenset(names)

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        for aside in node.asides:
            text = getattr(aside, "text", None)
            cells = [cell.strip() for cell in aside.cells] if text is None else [text.strip()]
            if not known.isdisjoint(cells):
                yield Fact("stray_text", {"text": " | ".join(filter(None, cells))}, node=aside)
        for indicator in node.indicators:
            cell = indicator.row.cells[-1].strip()
            if "\n" not in cell:
                continue
            lines = [line.strip() for line in cell.split("\n")]
            found = next((line for line in lines[1:] if line in known), None)
            if found is not None and indicator.columns.get("basis") == len(indicator.row.cells) - 1:
                yield Fact("basis", {"text": " | ".join(filter(None, lines[lines.index(found) :]))}, node=indicator)

    return judge


def stray_text(read: Read) -> Judge:
    """No line stands in or between the tables that the form has no place for."""

    def judge(node: Any, document: Any) -> Fact | None:
        text = getattr(node, "text", None)
        if text is None:
            text = " | ".join(cell.strip() for cell in node.cells if cell.strip())
        return Fact("stray_text", {"text": text}) if text else None

    return judge
