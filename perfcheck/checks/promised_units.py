"""The unit of a number: in the goals and the usage of a table the same as in the value of its indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from perfcheck.checks.names import UnitKinds
from perfcheck.checks.presence import Judge, Read, screened
from perfcheck.checks.quantities import without_end
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import PROJECT_PARTS, cell_text


def units_as_promised(
    read: Read,
    *,
    kinds: dict[str, list[str]],
    magnitudes: list[str],
    endings: list[str],
    link_words: list[str],
    least_core: int,
) -> Judge:
    """A number that goals or usage give for what an indicator is called has there a unit of the same sort.

    What it is called is the name without ``endings``, of ``least_core`` letters or more; it stands right in front of
    the number, ``link_words`` between them aside, or right behind its unit. ``kinds`` are the units of each sort.
    """
    kind_of = UnitKinds(kinds, magnitudes)
    ends = tuple(endings)
    core_of: Remembered[str, str] = Remembered(lambda name: without_end(name, ends))
    links = "|".join(map(re.escape, sorted(link_words, key=len, reverse=True)))
    units = sorted((unit for some in kinds.values() for unit in some), key=len, reverse=True)
    tail = "|".join(map(re.escape, units))

    def made(mentioned: tuple[str, str]) -> re.Pattern[str]:
        core, number = mentioned
        figure = rf"(?<![\d.]){re.escape(number)}\s?(?:[{''.join(magnitudes)}]?)({tail})"
        return re.compile(rf"{re.escape(core)}(?:{links}){{0,2}}\s?{figure}|{figure}{re.escape(core)}")

    mention = Remembered(made)

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
            found = mention[core, number].search(text)
            unit = found and (found.group(1) or found.group(2))
            if unit and kind_of[unit] != sort:
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
