"""First- and second-level indicators: which a table has, and whether they are the form's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from perfcheck.checks.presence import Judge, Read, screened
from perfcheck.finding import Fact
from perfcheck.memories import Memory

ENDING = "指标"
"""What the names of classes end with on the form; format-variation calls it optional."""
MOST_NAMED = 4
"""Names a message proposes."""


class ClassNames(Memory[str, str]):
    """How a class is written -> the name it has in the rules, which is one of ``names``; empty for all others."""

    def __init__(self, names: Iterable[str], spellings: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._known = {
            fold_class(spelling): name for name in reversed([*names]) for spelling in (*spellings.get(name, ()), name)
        }
        self._known.pop("", None)

    def find(self, text: str) -> str:
        """The name of the class written as ``text``."""
        return self._known.get(fold_class(text), "")


def class_of(
    read: Read,
    *,
    classes: dict[str, list[str]],
    spellings: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """Each row's subcategory stands under its category as ``classes`` (category -> subcategories) has it.

    ``spellings`` are other names of the same classes.
    """
    known = ClassNames(classes, spellings)
    allowed = {
        category: frozenset(
            fold_class(spelling) for name in subcategories for spelling in (name, *spellings.get(name, ()))
        )
        for category, subcategories in classes.items()
    }
    parents: dict[str, list[str]] = {}
    for category, names in allowed.items():
        for name in names:
            parents.setdefault(name, []).append(category)
    good = {(category, name) for category, names in classes.items() for name in names}

    def in_form(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if (node[3], node[4]) not in good]  # category and subcategory, by position

    def judge(node: Any, document: Any) -> Fact | None:
        category, subcategory = node.category, node.subcategory
        folded, below = fold_class(category), fold_class(subcategory)
        named = known[category or ""]
        if named and below in allowed[named]:
            good.add((category, subcategory))
            return None
        if not named:
            cells, column = node.row.cells, node.columns.get("category", 0)
            if folded and column < len(cells) and not cells[column].strip():
                return None  # inherited from a row above, where it is reported
            if not folded and _above_is_blank(node, document):
                return None  # the first row without a class speaks for those below it
            problem = "category" if folded else "no_category"
            return Fact(
                "category", {"problem": problem, "text": category or "", "allowed": "、".join([*classes][:MOST_NAMED])}
            )
        if subcategory is None:
            return None  # there is no such cell: the row does not fit its header, or that has no such column
        if below not in parents:
            problem = "subcategory" if below else "no_subcategory"
            values = {
                "problem": problem,
                "text": subcategory or "",
                "allowed": "、".join(classes[named][:MOST_NAMED]),
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


def fold_class(name: str | None) -> str:
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
