"""Third-level names that show they belong to another class than the one they stand in."""

from __future__ import annotations

from typing import Any

from perfcheck.checks.classes import ClassNames
from perfcheck.checks.names import EndingFinder, UnitKinds, bare_name
from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.targets import WordFinder
from perfcheck.finding import Fact

DATED = ("date", "period", "deadline", "frequency")
"""Kinds of value that tell when: they speak for a class as the sort of unit ``time_kind`` does."""


def class_signs(
    read: Read,
    *,
    signs: dict[str, list[str]],
    homes: dict[str, list[str]],
    kinds: dict[str, list[str]],
    magnitudes: list[str],
    time_kind: str,
    spellings: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    needs: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    sign_units: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    unless_words: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    unless_described: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    class_units: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """A name whose ending is a sign of something stands in one of the classes where that is at home.

    ``signs`` are endings by sign, ``homes`` classes by sign, the first to be proposed. Some count only beside one
    of the words they ``needs`` or with a value in their ``sign_units``, and not beside ``unless_words`` or with
    one of ``unless_described`` in the description. A value in one of the ``class_units`` of the row's own class bears
    the class out, whatever the name says.
    """
    not_empty("signs", [*signs])
    for option, keyed in (
        ("homes", homes),
        ("needs", needs),
        ("sign_units", sign_units),
        ("unless_words", unless_words),
        ("unless_described", unless_described),
    ):
        for sign in keyed:
            if sign not in signs:
                raise ValueError(f"{option} 里的“{sign}”不在 signs 里")
    for sign in signs:
        if not homes.get(sign):
            raise ValueError(f"homes 里没有“{sign}”")
    sign_of = EndingFinder({ending: sign for sign, endings in signs.items() for ending in endings})
    class_of = ClassNames(dict.fromkeys(name for names in (*homes.values(), class_units) for name in names), spellings)
    kind_of = UnitKinds(kinds, magnitudes)
    required = {sign: WordFinder(words) for sign, words in needs.items()}
    exceptions = {sign: WordFinder(words) for sign, words in unless_words.items()}
    described = {sign: WordFinder(words) for sign, words in unless_described.items()}

    def judge(node: Any, document: Any) -> Fact | None:
        name = node.name
        found = sign_of[name or ""]
        if found is None:
            return None
        ending, sign = found
        at_home = homes[sign]
        placed = class_of[node.subcategory or ""]
        if not placed or placed in at_home:
            return None
        target = node.target
        kind = time_kind if target.kind in DATED else kind_of[(target.unit or "").partition("/")[0]]
        if kind in class_units.get(placed, ()) or (sign in sign_units and kind not in sign_units[sign]):
            return None
        rest = bare_name(name)
        if sign in exceptions and exceptions[sign][rest]:
            return None
        if sign in required and not required[sign][rest]:
            return None
        if sign in described and described[sign][node.description or ""]:
            return None
        return Fact("name", {"text": name, "word": ending, "class": node.subcategory, "home": at_home[0]})

    return judge
