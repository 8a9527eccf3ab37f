"""Options of checks: the keyword parameters of the check function, converted from the text in a rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import chain
from typing import Any

EXAMPLES = {
    "str": "name",
    "bool": "true",
    "int": "10",
    "Share": "50",
    "Decimal": "100",
    "Percent": "5",
    "list[str]": "[name, code]",
    "dict[str, str]": '{"130208": 丰润}',
    "dict[str, Decimal]": "{6月底: 50}",
    "dict[str, list[str]]": "{产出指标: [数量指标]}",
}
"""Type of an option, as annotated -> how one is written."""
NUMBERS = {"int": None, "Share": 100, "Decimal": None, "Percent": 100}
"""Types that are numbers -> the greatest there is; what options count or measure is never below zero."""
WHOLE = ("int", "Share")


class OptionError(ValueError):
    """A wrong option: ``path`` is where in ``with``, ``example`` how it should look."""

    def __init__(self, message: str, path: tuple[str | int, ...] = (), example: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.example = example


@cache
def option_types(check: Callable[..., Any]) -> dict[str, str]:
    """Name -> annotated type of each option of ``check``."""
    names = check.__code__.co_varnames[
        check.__code__.co_argcount : check.__code__.co_argcount + check.__code__.co_kwonlyargcount
    ]
    return {name: check.__annotations__[name] for name in names}


def convert_options(
    check: Callable[..., Any], given: dict[str, Any], word_lists: Collection[str] = ()
) -> dict[str, Any]:
    """``given`` as the check takes it; raises :class:`OptionError` for unknown, missing and wrong options.

    ``word_lists`` names the options that are word lists of a pack: their thousands of words need no second look.
    """
    types = option_types(check)
    for name in given:
        if name not in types:
            known = "、".join(types) or "（没有选项）"
            raise OptionError(f"检查没有选项“{name}”，可用的选项：{known}", (name,))
    by_themselves = check.__kwdefaults__ or ()
    for name, kind in types.items():
        if name not in given and name not in by_themselves:
            raise OptionError(f"缺少选项“{name}”", (), f"{name}: {EXAMPLES.get(kind, '…')}")
    return {
        name: value
        if name in word_lists and types[name] == "list[str]" and value.__class__ is list
        else _convert(value, types[name], (name,))
        for name, value in given.items()
    }


TEXT = {str}
LISTS = {list}


def _is_text_throughout(value: Any, kind: str) -> bool:
    """Whether an option of words is nothing but text, as word lists are: thousands of words need no second look."""
    if kind == "list[str]":
        return value.__class__ is list and TEXT.issuperset(map(type, value))
    if kind == "dict[str, str]":
        return value.__class__ is dict and TEXT.issuperset(map(type, value.values()))
    if kind == "dict[str, list[str]]":
        return (
            value.__class__ is dict
            and LISTS.issuperset(map(type, value.values()))
            and TEXT.issuperset(map(type, chain.from_iterable(value.values())))
        )
    return False


def _convert(value: Any, kind: str, path: tuple[str | int, ...]) -> Any:
    if _is_text_throughout(value, kind):
        return value
    example = f"{path[0]}: {EXAMPLES.get(kind, '…')}"
    if kind.startswith("dict[str, "):
        if not isinstance(value, dict):
            raise OptionError(f"选项“{path[0]}”应是一组“键: 值”", path, example)
        inner = kind[len("dict[str, ") : -1]
        return {key: _convert(item, inner, (*path, key)) for key, item in value.items()}
    if kind.startswith("list["):
        if not isinstance(value, list):
            raise OptionError(f"选项“{path[0]}”应是一个列表", path, example)
        return [_convert(item, kind[5:-1], (*path, index)) for index, item in enumerate(value)]
    if not isinstance(value, str):
        raise OptionError(f"选项“{path[0]}”应是一个值", path, example)
    if kind == "bool":
        if value not in ("true", "false"):
            raise OptionError(f"选项“{path[0]}”只能是 true 或 false", path, example)
        return value == "true"
    if kind in NUMBERS:
        try:
            number = int(value) if kind in WHOLE else Decimal(value)
            if not math.isfinite(number):
                raise ValueError(value)
        except (ValueError, InvalidOperation):
            what = "整数" if kind in WHOLE else "数字"
            raise OptionError(f"选项“{path[0]}”应是{what}，写的是“{value}”", path, example) from None
        most = NUMBERS[kind]
        if number < 0 or (most is not None and number > most):
            span = "不能小于 0" if most is None else f"应在 0 到 {most} 之间"
            raise OptionError(f"选项“{path[0]}”{span}，写的是“{value}”", path, example)
        return number
    return value
