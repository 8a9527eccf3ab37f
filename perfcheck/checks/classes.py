"""First- and second-level indicators: which a table has, and whether they are the form's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from perfcheck.checks.presence import Judge, Read, known_word, not_empty, screened
from perfcheck.finding import Fact

ENDING = "指标"
"""What the names of classes end with on the form; format-variation calls it optional."""
MOST_NAMED = 4
"""Names a message proposes; those behind them are other spellings of the same."""


def has_class(read: Read, *, level: str, names: list[str]) -> Judge:
    """The table has an indicator whose ``level`` (category, subcategory or any of them) is one of ``names``."""
    known_word(level, "category", "subcategory", "any")
    not_empty("names", names)
    wanted = frozenset(names) | frozenset(map(_fold, names))
    of_node: Callable[[Any], frozenset[str]] = {
        "category": lambda node: node.categories,
        "subcategory": lambda node: node.subcategories,
        "any": lambda node: node.categories | node.subcategories,
    }[level]

    def judge(node: Any, document: Any) -> Fact | None:
        found = of_node(node)
        if level != "subcategory" and not all(indicator.category for indicator in node.indicators):
            return None  # a row without a class may be the one that is looked for
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
    good |= {(_fold(category), _fold(subcategory)) for category, subcategory in good}
    parents.update({_fold(subcategory): found for subcategory, found in parents.items()})
    known = {_fold(category): category for category in classes}

    def in_form(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if (node[3], node[4]) not in good]  # category and subcategory, by position

    def judge(node: Any, document: Any) -> Fact | None:
        category, subcategory = node.category, node.subcategory
        folded, below = _fold(category), _fold(subcategory)
        if (folded, below) in good:
            good.add((category, subcategory))
            return None
        if folded not in known:
            cells, column = node.row.cells, node.columns.get("category", 0)
            if folded and column < len(cells) and not cells[column].strip():
                return None  # inherited from a row above, where it is reported
            if not folded and _above_is_blank(node, document):
                return None  # the first row without a class speaks for those below it
            problem = "category" if folded else "no_category"
            return Fact(
                "category", {"problem": problem, "text": category or "", "allowed": "、".join([*classes][:MOST_NAMED])}
            )
        if below not in parents:
            problem = "subcategory" if below else "no_subcategory"
            values = {
                "problem": problem,
                "text": subcategory or "",
                "allowed": "、".join(classes[known[folded]][:MOST_NAMED]),
            }
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
    return text.lstrip("*★").removesuffix(ENDING)


def _above_is_blank(node: Any, document: Any) -> bool:
    indicators = document.projects[node.project].indicators
    at = next(at for at, indicator in enumerate(indicators) if indicator is node)
    return at > 0 and not indicators[at - 1].category
