"""The county a unit reports to: its own, not that of the document this one was made from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from perfcheck.checks.phrases import LONGEST_TEXT, nodes_with
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.quantities import ENDS_OF_SENTENCES, clause_around, word_in
from perfcheck.finding import Fact
from perfcheck.patterns import compiled


def own_county(
    read: Read,
    *,
    kinds: list[str],
    above: list[str],
    short_names: list[str],
    organs: list[str],
    leads: list[str],
    generic: list[str],
    unless_words: list[str],
    inside: list[str],
) -> Judge:
    """What a unit does with an organ of a county it does with that of the county in its own name.

    The organ is one of ``organs`` behind the name of a county, told by one of ``kinds`` (县, 区) at its end, and one of
    ``leads`` (报, 由) in front of it; a name has two or three ideographs, or is one of the ``short_names``, and no lead
    stands in it. In a unit's name what is ``above`` a county (省, 市) may stand in front. Names with ``generic`` words
    are none, and units that name no such county themselves are left alone, as are sentences with ``unless_words``
    (what is done together with another county). Looked at are texts ``inside`` these parts.
    """
    not_empty("kinds", kinds)
    get = read("text")
    parts = frozenset(inside)

    @cache
    def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
        level, higher, organ, lead, short = (
            "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
            for words in (kinds, above, organs, leads, short_names)
        )
        own_name, name = (
            rf"(?:(?:(?!{none})[\u4e00-\u9fff]){{2,3}}?|{short})(?:{level})" for none in (level, f"{level}|{lead}")
        )
        own = compiled(rf"(?:[\u4e00-\u9fff]{{2,4}}?(?:{higher}))*({own_name})")
        return own, compiled(rf"(?:{lead})({name})(?={organ})")

    @lru_cache(maxsize=1)
    def county_of(unit: str) -> str:
        found = patterns()[0].match(unit)
        return found.group(1) if found and not word_in(found.group(1), generic) else ""

    def is_excused(text: str, start: int, end: int) -> bool:
        first, last = clause_around(text, start, end, ENDS_OF_SENTENCES)
        return bool(word_in(text[first:last], unless_words))

    def judge(node: Any, document: Any) -> list[Fact]:
        own = county_of(document.unit.name or "")
        if not own:
            return []
        text = get(node)[:LONGEST_TEXT]
        return [
            Fact("text", {"text": found.group(1), "own": own}, span=found.span(1))
            for found in patterns()[1].finditer(text)
            if found.group(1) != own and not word_in(found.group(1), generic) and not is_excused(text, *found.span())
        ]

    def with_organs(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes_with(organs, nodes, get) if node.part in parts]

    return screened(judge, with_organs)
