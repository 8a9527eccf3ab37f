"""First- and second-level indicators: which a table has, and whether they are the form's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from perfcheck.checks.presence import Judge, Read, screened
from perfcheck.finding import Fact


def has_class(read: Read, *, level: str, names: list[str]) -> Judge:
    """The table has an indicator whose ``level`` (category, subcategory or any of them) is one of ``names``."""
    wanted = frozenset(names)
    of_node: Callable[[Any], frozenset[str]] = {
        "category": lambda node: node.categories,
        "subcategory": lambda node: node.subcategories,
        "any": lambda node: node.categories | node.subcategories,
    }[level]

    def judge(node: Any, document: Any) -> Fact | None:
        found = of_node(node)
        if not wanted.isdisjoint(found) or not wanted.isdisjoint(map(_fold, found)):
            return None
        return Fact("indicators", {"wanted": names[0]})

    return judge


def class_of(read: Read, *, classes: dict[str, list[str]]) -> Judge:
    """Each row's subcategory stands under its category as ``classes`` (category -> subcategories) has it."""
    parents: dict[str, list[str]] = {}
    for category, subcategories in classes.items():
        for subcategory in subcategories:
            parents.setdefault(subcategory, []).append(category)
    good = {(category, subcategory) for category, names in classes.items() for subcategory in names}

    def in_form(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if (node[3], node[4]) not in good]  # category and subcategory, by position

    def judge(node: Any, document: Any) -> Fact | None:
        category, subcategory = node.category, node.subcategory
        folded, below = _fold(category), _fold(subcategory)
        if (folded, below) in good:
            good.add((category, subcategory))
            return None
        if folded not in classes:
            cells, column = node.row.cells, node.columns.get("category", 0)
            if folded and column < len(cells) and not cells[column].strip():
                return None  # inherited from a row above, where it is reported
            problem = "category" if folded else "no_category"
            return Fact("category", {"problem": problem, "text": category or "", "allowed": "、".join(classes)})
        if below not in parents:
            problem = "subcategory" if below else "no_subcategory"
            values = {"problem": problem, "text": subcategory or "", "allowed": "、".join(classes[folded])}
            return Fact("subcategory", values)
        values = {
            "problem": "parent",
            "text": subcategory or "",
            "category": category or "",
            "allowed": "、".join(parents[below]),
        }
        return Fact("subcategory", values)

    return screened(judge, in_form)


def _fold(name: str | None) -> str:
    """A class name without line breaks, spaces and hints in brackets such as （必填） or (50分)."""
    if not name:
        return ""
    text = "".join(name.split())
    for opening in "（(":
        text = text.partition(opening)[0]
    return text.lstrip("*★")
