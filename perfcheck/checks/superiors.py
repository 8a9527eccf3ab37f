"""The county a unit reports to: its own, not that of the document this one was made from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from perfcheck.checks.phrases import LONGEST_TEXT, nodes_with
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.quantities import word_in
from perfcheck.finding import Fact
from perfcheck.patterns import compiled


def own_county(
    read: Read, *, kinds: list[str], organs: list[str], leads: list[str], generic: list[str], inside: list[str]
) -> Judge:
    """What a unit does with an organ of a county it does with that of the county in its own name.

    The organ is one of ``organs`` behind the name of a county, told by one of ``kinds`` (县, 区) at its end, and one of
    ``leads`` (报, 由) in front of it. Names with ``generic`` words are none, and units that name no such county
    themselves are left alone. Looked at are texts ``inside`` these parts.
    """
    not_empty("kinds", kinds)
    get = read("text")
    parts = frozenset(inside)

    @cache
    def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
        level, organ, lead = (
            "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (kinds, organs, leads)
        )
        name = r"[\u4e00-\u9fff]{2,4}?"
        own = compiled(rf"(?:[\u4e00-\u9fff]{{2,4}}?[省市])?({name}(?:{level}))")
        return own, compiled(rf"(?:{lead})({name}(?:{level}))(?={organ})")

    @lru_cache(maxsize=1)
    def county_of(unit: str) -> str:
        found = patterns()[0].match(unit)
        return found.group(1) if found and not word_in(found.group(1), generic) else ""

    def judge(node: Any, document: Any) -> list[Fact]:
        own = county_of(document.unit.name or "")
        if not own:
            return []
        return [
            Fact("text", {"text": found.group(1), "own": own}, span=found.span(1))
            for found in patterns()[1].finditer(get(node)[:LONGEST_TEXT])
            if found.group(1) != own and not found.group(1).endswith(own) and not word_in(found.group(1), generic)
        ]

    def with_organs(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes_with(organs, nodes, get) if node.part in parts]

    return screened(judge, with_organs)
