"""Layouts of the form as packs write them, ``layouts/*.yaml``, checked and turned into values."""

from __future__ import annotations

import re
from typing import Any

from perfcheck.errors import PackError
from perfcheck.model.form_layout import FormLayout, Mark
from perfcheck.patterns import compiled

KEYS = frozenset(("id", "title", "budget_year", "marks"))
MARK_KEYS = frozenset(("about", "field", "matches", "any_of", "none_of", "points"))
FIELDS = frozenset(("code", "category", "subcategory"))
EXAMPLE = "marks: [{about: {zh: 有成本指标, en: …}, field: subcategory, any_of: [成本指标], points: 1}]"


def build_layout(content: dict[str, Any]) -> FormLayout:
    """The layout with ``content``, whose form must be known to be right."""
    years = content.get("budget_year") or {}
    return FormLayout(
        content["id"],
        content["title"]["zh"],
        content["title"]["en"],
        int(years["from"]) if "from" in years else None,
        int(years["to"]) if "to" in years else None,
        tuple(_mark(mark) for mark in content["marks"]),
    )


def check_layout(content: Any, path: str) -> None:
    """Raise :class:`PackError` for a layout that is not right in form."""
    if not isinstance(content, dict) or set(content) - KEYS or not {"id", "title", "marks"} <= set(content):
        raise PackError(f"{path}：表样文件写 id、title（zh、en）、budget_year（from、to）和 marks，例如\n    {EXAMPLE}")
    years = content.get("budget_year") or {}
    if (
        not _both_languages(content["title"])
        or not isinstance(content["id"], str)
        or not isinstance(years, dict)
        or set(years) - {"from", "to"}
        or not all(isinstance(year, str) and re.fullmatch(r"20\d\d", year) for year in years.values())
    ):
        raise PackError(f"{path}：title 写 zh 和 en，budget_year 写 from、to（四位年份）")
    marks = content["marks"]
    if not isinstance(marks, list) or not marks:
        raise PackError(f"{path}：marks 应是辨认这种表样的标志，例如\n    {EXAMPLE}")
    for mark in marks:
        _check_mark(mark, path)


def _check_mark(mark: Any, path: str) -> None:
    ways = ("matches", "any_of", "none_of")
    right = (
        isinstance(mark, dict)
        and not set(mark) - MARK_KEYS
        and _both_languages(mark.get("about"))
        and mark.get("field") in FIELDS
        and sum(way in mark for way in ways) == 1
        and all(isinstance(mark.get(way, []), list) for way in ("any_of", "none_of"))
        and str(mark.get("points", "")).isdecimal()
    )
    if not right:
        raise PackError(
            f"{path}：每个标志写 about（zh、en）、field（{'、'.join(sorted(FIELDS))}）、points，"
            f"再写 matches、any_of、none_of 之一，例如\n    {EXAMPLE}"
        )
    try:
        compiled(mark.get("matches", ""))
    except re.error as error:
        raise PackError(f"{path}：正则表达式“{mark['matches']}”写法有误：{error}") from None


def _mark(mark: dict[str, Any]) -> Mark:
    return Mark(
        mark["about"]["zh"],
        mark["about"]["en"],
        mark["field"],
        mark.get("matches"),
        frozenset(mark.get("any_of") or ()),
        frozenset(mark.get("none_of") or ()),
        int(mark["points"]),
    )


def _both_languages(text: Any) -> bool:
    return isinstance(text, dict) and set(text) == {"zh", "en"}
