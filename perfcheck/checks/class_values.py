"""Values that show an indicator to stand in the wrong class, where its name does not: a date among the qualities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfcheck.checks.classes import ClassNames
from perfcheck.checks.names import UnitKinds, bare_name
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.targets import WordFinder
from perfcheck.finding import Fact

DATED = ("date", "period")
COUNTED = ("quantity", "money", "money_rate")


def values_of_class(
    read: Read,
    *,
    wrong: dict[str, list[str]],
    homes: dict[str, str],
    kinds: dict[str, list[str]],
    magnitudes: list[str],
    date_kind: str,
    unless_words: list[str],
    spellings: dict[str, list[str]],
    own_endings: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """No value is of a sort that its second-level class cannot have.

    ``wrong`` gives for a class the sorts of unit that are wrong under it, ``homes`` the class each belongs under; dates
    and periods are of the sort ``date_kind``. ``unless_words`` in the name or description lift the rule (合格人数 is a
    quality); ``spellings`` are other names of the classes. A name that ends in one of the ``own_endings`` of its
    class is at home there, and its unit is another rule's matter.
    """
    not_empty("wrong", [*wrong])
    for sorts in wrong.values():
        for sort in sorts:
            if sort not in kinds and sort != date_kind:
                raise ValueError(f"“{sort}”不是 kinds 里的一种单位，可用的有：{'、'.join(kinds)}")
            if sort not in homes:
                raise ValueError(f"homes 里没有“{sort}”")
    class_of = ClassNames(wrong, spellings)
    kind_of = UnitKinds(kinds, magnitudes)
    exception_in = WordFinder(unless_words)

    def sort_of(target: Any) -> str:
        if target.kind in DATED:
            return date_kind
        return kind_of[(target.unit or "").partition("/")[0]] if target.kind in COUNTED else ""

    def of_classes(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if class_of[node.subcategory or ""]]

    def judge(node: Any, document: Any) -> Fact | None:
        sort, placed = sort_of(node.target), class_of[node.subcategory]
        if bare_name(node.name).endswith(tuple(own_endings.get(placed, ()))):
            return None
        if sort not in wrong[placed] or exception_in[node.name or ""] or exception_in[node.description or ""]:
            return None
        values = {"text": node.target.text, "name": node.name or "", "class": node.subcategory, "home": homes[sort]}
        return Fact("name", values, (((node, "target"), "value"),))

    return screened(judge, of_classes)
