"""Lark's callbacks for part one of ``document.lark``: headings, prose and duty goals of the department."""

from __future__ import annotations

from typing import Any

from perfcheck.model.document import DepartmentGoals, DutyGoal, Section
from perfcheck.model.numerals import item_number
from perfcheck.parsing.form_words import FormWords
from perfcheck.source import Paragraph

SECTION_OF_HEADING = {
    "PART_ONE": None,
    "PART_ONE_NAME": None,
    "OVERALL_GOAL_HEADING": "overall_goal",
    "DUTY_GOALS_HEADING": "duty_goals",
    "SAFEGUARDS_HEADING": "safeguards",
}
"""Terminal of a heading of part one -> the section below it; None for the part's own."""
DUTY_LINES = ("DUTY_ITEM", "GOAL_LINE", "INDICATOR_LINE")


class DepartmentBuilder:
    """Collects part one of one document; ``words`` is set once the parser exists."""

    words: FormWords

    def begin_department(self) -> None:
        """Forget the last document's part one."""
        self.preface_lines: tuple[Paragraph, ...] = ()
        self.part_one_headings: list[Paragraph] = []
        self.part_one_asides: list[Paragraph] = []
        self.sections: dict[str, list[list[Paragraph]]] = {"overall_goal": [], "duty_goals": [], "safeguards": []}
        self.duties: list[DutyGoal] = []

    def prose(self, children: list[Any]) -> list[Paragraph]:
        if len(children) == 1:
            return children
        lines: list[Paragraph] = children[0]
        lines.append(children[1])
        return lines

    duty_lines = prose

    def preface(self, children: list[Any]) -> None:
        for child in children:
            self.preface_lines += tuple(child) if isinstance(child, list) else (child,)

    def part_one_heading(self, children: list[Any]) -> None:
        heading, *asides = heading_and_prose(children)
        self.part_one_headings.append(heading)
        self.part_one_asides.extend(asides)

    def overall_goal(self, children: list[Any]) -> None:
        self.sections["overall_goal"].append(heading_and_prose(children))

    def safeguards(self, children: list[Any]) -> None:
        self.sections["safeguards"].append(heading_and_prose(children))

    def duty_goals(self, children: list[Any]) -> None:
        lines = heading_and_prose(children)
        for child in children[1:]:
            if isinstance(child, tuple):
                lines += child
        self.sections["duty_goals"].append(lines)

    def duty_goal(self, children: list[Any]) -> tuple[Paragraph, ...]:
        lines = heading_and_prose(children)
        head = lines[0]
        number = self.words.enumerator(head.text)
        first = head.text[number.end() :].strip()
        parts: dict[str, list[str]] = {"TEXT": [first] if first else [], "GOAL_LINE": [], "INDICATOR_LINE": []}
        current = "TEXT"
        for line in lines[1:]:
            text = line.text
            if line.type != "TEXT":
                current = line.type
                text = text.replace(":", "：", 1).partition("：")[2].strip()
            if text:
                parts[current].append(text)
        name, goal, indicator = ("\n".join(part) or None for part in parts.values())
        if goal is None and indicator is None:
            name, goal = None, name
        self.duties.append(DutyGoal(number.group().strip(), name, goal, indicator, head.line))
        return tuple(lines)

    def _late_part_one(self, headings: list[Paragraph], asides: list[Any]) -> list[Any]:
        """Take up what of part one stands behind a table: its ``headings`` and the lines below them.

        Returns those of the table's ``asides`` that stand above, and rows.
        """
        first = headings[0].line
        lines = [aside for aside in asides if isinstance(aside, Paragraph) and aside.line > first]
        below: list[Paragraph] = self.part_one_asides
        items: list[list[Paragraph]] = []
        for line in sorted([*headings, *lines], key=lambda line: line.line):
            if line.type in SECTION_OF_HEADING:
                section = SECTION_OF_HEADING[line.type]
                if section is None:
                    self.part_one_headings.append(line)
                    below = self.part_one_asides
                else:
                    below = [line]
                    self.sections[section].append(below)
                continue
            below.append(line)
            if line.type == "DUTY_ITEM":
                items.append([line])
            elif items and below is not self.part_one_asides and below[0].type == "DUTY_GOALS_HEADING":
                items[-1].append(line)
        for item, *more in items:
            self.duty_goal([item, more])
        return [aside for aside in asides if not isinstance(aside, Paragraph) or aside.line <= first]

    def department(self) -> DepartmentGoals:
        """Part one as it stands when the document is through."""
        return DepartmentGoals(
            tuple(self.part_one_headings),
            self._section("overall_goal"),
            self._section("duty_goals"),
            tuple(self._own_duties()),
            self._section("safeguards"),
        )

    def _own_duties(self) -> list[DutyGoal]:
        """The duties without what stands behind them where the heading of the safeguards is missing: a new list."""
        if self.sections["safeguards"]:
            return self.duties
        first = [at for at, duty in enumerate(self.duties) if item_number(duty.number or "") == 1]
        return self.duties[: first[1]] if len(first) > 1 and first[0] == 0 else self.duties

    def _section(self, name: str) -> Section:
        found = self.sections[name]
        text = "\n".join(line.text for lines in found for line in lines[1:])
        return Section(tuple(lines[0] for lines in found), text or None)


def heading_and_prose(children: list[Any]) -> list[Paragraph]:
    """The heading and the lines below it, which come as one list where there are any."""
    if len(children) > 1 and isinstance(children[1], list):
        return [children[0], *children[1]]
    return [children[0]]
