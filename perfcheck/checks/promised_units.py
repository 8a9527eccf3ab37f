"""The unit of a number: in the goals and the usage of a table the same as in the value of its indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from perfcheck.checks.names import UnitKinds
from perfcheck.checks.presence import Judge, Read, screened
from perfcheck.checks.quantities import without_end
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import PROJECT_PARTS, cell_text
from perfcheck.patterns import compiled

LONGEST_FIGURE = 40
"""Characters looked at for a number and its unit in front of a place."""


def units_as_promised(
    read: Read,
    *,
    kinds: dict[str, list[str]],
    magnitudes: list[str],
    endings: list[str],
    link_words: list[str],
    least_core: int,
    of_anything: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A number that goals or usage give for what an indicator is called has there a unit of the same sort.

    What it is called is the name without ``endings``, of ``least_core`` letters or more; it stands right in front of
    the number, ``link_words`` between them aside, or right behind its unit. ``kinds`` are the units of each sort. What
    the name counts itself (人数) may be put in units ``of_anything`` where the rest of the name is counted: 岗位240个.
    """
    kind_of = UnitKinds(kinds, magnitudes)
    ends, anything = tuple(endings), frozenset(of_anything)
    core_of: Remembered[str, str] = Remembered(lambda name: without_end(name, ends))

    @cache
    def figures() -> tuple[re.Pattern[str], re.Pattern[str]]:
        """A number with its unit behind a place, and one right in front of it."""
        links = "|".join(map(re.escape, sorted(link_words, key=len, reverse=True)))
        units = sorted((unit for some in kinds.values() for unit in some), key=len, reverse=True)
        figure = rf"(?<![\d.])(\d+(?:\.\d+)?)\s?[{''.join(magnitudes)}]?({'|'.join(map(re.escape, units))})"
        return compiled(rf"(?:{links}){{0,2}}\s?{figure}"), compiled(rf"{figure}\Z")

    def promised(text: str, core: str, number: str) -> str:
        """The unit of ``number`` where ``text`` first gives it for ``core``."""
        behind, before = figures()
        start = text.find(core)
        while start >= 0:
            end = start + len(core)
            for found in (before.search(text[max(start - LONGEST_FIGURE, 0) : start]), behind.match(text, end)):
                if found and found.group(1) == number:
                    return found.group(2)
            start = text.find(core, end)
        return ""

    def names_its_unit(name: str, core: str, sort: str) -> bool:
        """Whether the end of ``name`` says what is counted: 人数."""
        return any(map(name[len(core) :].__contains__, kinds[sort]))

    def judge(node: Any, document: Any) -> Fact | None:
        target, project = node.target, document.projects[node.project]
        sort = kind_of[target.unit]
        core = core_of[node.name or ""]
        if not sort or len(core) < least_core:
            return None
        number = f"{target.number.normalize():f}"
        for part in PROJECT_PARTS:
            text = cell_text(project, part)
            if core not in text or number not in text:
                continue
            unit = promised(text, core, number)
            if unit and kind_of[unit] != sort and not (unit in anything and names_its_unit(node.name, core, sort)):
                values = {"text": target.text, "name": node.name, "unit": target.unit, "other": f"{number}{unit}"}
                return Fact("target", values, (((project, part), "other"),))
        return None

    def with_units(nodes: Sequence[Any]) -> list[Any]:
        return [
            node
            for node in nodes
            if (target := node.target).unit and target.number and target.upper is None and not target.remainder
        ]

    return screened(judge, with_units)
