"""Which first- and second-level indicators a table has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfcheck.checks.classes import fold_class
from perfcheck.checks.misfiled import Misfiled
from perfcheck.checks.presence import Judge, Read, known_word, not_empty
from perfcheck.finding import Fact


def has_class(
    read: Read,
    *,
    level: str,
    names: list[str],
    spellings: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    signs: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    homes: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    needs: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    sign_exceptions: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """The table has an indicator whose ``level`` (category, subcategory or any of them) is one of ``names``.

    ``spellings`` are other names of the same classes. An indicator that by its ``signs`` is at home there, but stands
    in another class, is misfiled and not missing: that is another rule's matter.
    """
    known_word(level, "category", "subcategory", "any")
    not_empty("names", names)
    called = [spelling for name in names for spelling in (name, *spellings.get(name, ()))]
    misfiled = Misfiled(signs, homes, needs, sign_exceptions, spellings)
    wanted = frozenset(called) | frozenset(map(fold_class, called))
    of_node: Callable[[Any], frozenset[str]] = {
        "category": lambda node: node.categories,
        "subcategory": lambda node: node.subcategories,
        "any": lambda node: node.categories | node.subcategories,
    }[level]

    def judge(node: Any, document: Any) -> Fact | None:
        found = of_node(node)
        if level != "subcategory" and not all(indicator.category for indicator in node.indicators):
            return None  # a row without a class may be the one that is looked for
        if level == "subcategory" and not all(indicator.subcategory for indicator in node.indicators):
            return None
        if not wanted.isdisjoint(found) or not wanted.isdisjoint(map(fold_class, found)):
            return None
        if signs and any(misfiled.home(indicator) in wanted for indicator in node.indicators):
            return None
        return Fact("indicators", {"wanted": names[0]})

    return judge
