"""Units: whether a value has one, how it is spelled, whether it fits what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfcheck.checks.classes import ClassNames
from perfcheck.checks.misfiled import Misfiled
from perfcheck.checks.names import EndingFinder, UnitKinds
from perfcheck.checks.phrases import rows_with_text_in
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.targets import WordFinder
from perfcheck.checks.texts import fold
from perfcheck.finding import Fact

PERCENT = "%"
MONEY_RATE = "money_rate"
"""The kind of a value in money per something."""


def unit_spelling(read: Read, *, words: list[str]) -> Judge:
    """No value is written with one of ``words`` in the place of the sign."""
    not_empty("words", words)

    def spelled_out(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if any(word in node.target.text for word in words)]

    def judge(node: Any, document: Any) -> Fact | None:
        text = node.target.text
        word = next((word for word in words if word in text), None)
        if word is None:
            return None
        start = text.find(word)
        return Fact("target", {"text": text, "word": word}, span=(start, start + len(word)))

    return screened(judge, spelled_out)


def unit_present(read: Read, *, unless_words: list[str]) -> Judge:
    """A number has a unit in the value; one of ``unless_words`` behind it, or in name or description, does as well."""

    exception_in = WordFinder(list(map(fold, unless_words)))

    def judge(node: Any, document: Any) -> Fact | None:
        target = node.target
        if target.unit is not None or not target.number or exception_in[fold(target.remainder)]:
            return None  # none of a thing is none in any unit
        if exception_in[fold(node.name or "")] or exception_in[fold(node.description or "")]:
            return None
        return Fact("target", {"text": target.text})

    return judge


def unit_of_name(
    read: Read, *, wrong: dict[str, list[str]], kinds: dict[str, list[str]], magnitudes: list[str]
) -> Judge:
    """A name that ends in a key of ``wrong`` has no value in one of the sorts of unit given there.

    ``kinds`` are the units of each sort; one of no sort is not judged, nor are units per something, but for money.
    """
    not_empty("wrong", [*wrong])
    _known_kinds(wrong, kinds)
    kind_of = UnitKinds(kinds, magnitudes)
    ending_of = EndingFinder({ending: ending for ending in wrong})
    refused = {ending: frozenset(sorts) for ending, sorts in wrong.items()}

    def judge(node: Any, document: Any) -> Fact | None:
        found = ending_of[node.name or ""]
        if found is None:
            return None
        target = node.target
        unit = target.unit.partition("/")[0] if target.kind == MONEY_RATE else target.unit
        if kind_of[unit] not in refused[found[0]]:
            return None
        return Fact("target", {"text": target.text, "unit": target.unit, "name": node.name, "word": found[0]})

    def with_ending(nodes: Sequence[Any]) -> Sequence[Any]:
        return _with_plain_unit(rows_with_text_in(ending_of, nodes, "name"), also=MONEY_RATE)

    return screened(judge, with_ending)


def unit_of_class(
    read: Read,
    *,
    wrong: dict[str, list[str]],
    kinds: dict[str, list[str]],
    unless_words: list[str],
    unless_in: list[str],
    spellings: dict[str, list[str]],
    signs: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    homes: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    needs: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    sign_exceptions: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """A second-level class that is a key of ``wrong`` has no value in one of the sorts of unit given there.

    ``unless_words`` in one of the fields ``unless_in`` lift the rule; ``spellings`` are other names of classes. A row
    that by its ``signs`` belongs to another class has the right unit in the wrong place: another rule says so.
    """
    not_empty("wrong", [*wrong])
    not_empty("unless_in", unless_in)
    _known_kinds(wrong, kinds)
    kind_of = UnitKinds(kinds, [])
    class_of = ClassNames(wrong, spellings)
    refused = {name: frozenset(sorts) for name, sorts in wrong.items()}
    refused[""] = frozenset()
    exception_in = WordFinder(unless_words)
    readers = [read(field) for field in unless_in]
    misfiled = Misfiled(signs, homes, needs, sign_exceptions, spellings)

    def judge(node: Any, document: Any) -> Fact | None:
        target = node.target
        if kind_of[target.unit] not in refused[class_of[node.subcategory or ""]]:
            return None
        if any(exception_in[get(node) or ""] for get in readers) or (signs and misfiled.home(node)):
            return None
        values = {"text": target.text, "unit": target.unit, "name": node.name or "", "class": node.subcategory}
        return Fact("target", values)

    return screened(judge, _with_plain_unit)


def _with_plain_unit(nodes: Sequence[Any], also: str = "") -> list[Any]:
    """Nodes whose value has a unit that is sure: no unit per something, and no text behind that may belong to it.

    A unit per something will do in values of the kind ``also``.
    """
    found = []
    for node in nodes:
        target = node.target
        unit = target.unit
        if unit == PERCENT or (unit is not None and not target.remainder and ("/" not in unit or target.kind == also)):
            found.append(node)
    return found


def _known_kinds(wrong: dict[str, list[str]], kinds: dict[str, list[str]]) -> None:
    """Raise ``ValueError`` for a sort of unit without units: it would silently judge nothing."""
    for sorts in wrong.values():
        for sort in sorts:
            if sort not in kinds:
                raise ValueError(f"“{sort}”不是 kinds 里的一种单位，可用的有：{'、'.join(kinds)}")
