"""Is it there, and is something in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import filterfalse
from typing import Any

from perfcheck.finding import Fact, FieldNames

LONGEST_NOTHING = 12
"""Characters of a goal that can still be a number and a word for nothing."""
NUMERALS = "一二三四五六七八九十"

Judge = Callable[[Any, Any], Any]
"""Takes a node and its document; gives a fact, several or none."""
Read = Callable[[str], Callable[[Any], Any]]
Share = int
"""An option in whole percent, 0 to 100; the rulebook holds it to that by this name."""
Percent = Decimal
"""The same with decimals."""
Screen = Callable[[Sequence[Any]], Sequence[Any]]
LONGEST_PLACEHOLDER = 60
AROUND_PLACEHOLDERS = "（）()[]0123456789一二三四五六七八九十、.．:：。；;，, \u3000\t"
"""Enumerators and stops around what is written for nothing: （一）略。"""


def present(read: Read, *, fields: list[str]) -> Judge:
    """All ``fields`` exist in the form; reports those that are missing, together."""
    readers = [(field, read(field)) for field in fields]

    def judge(node: Any, document: Any) -> Fact | None:
        for _, get in readers:
            if get(node) is None:
                break
        else:
            return None
        missing = [field for field, get in readers if get(node) is None]
        return Fact(_part(missing[0]), {"missing": FieldNames(missing)})

    return judge


def known_word(word: str, *words: str) -> None:
    """Raise ``ValueError`` unless an option is one of ``words``: a word no check knows would silently judge nothing."""
    if word not in words:
        raise ValueError(f"“{word}”应是 {'、'.join(words)} 之一")


def not_empty(option: str, values: Sequence[Any]) -> None:
    """Raise ``ValueError`` for an option without values: such a rule would silently judge nothing."""
    if not values:
        raise ValueError(f"{option} 不能是空的")


def filled(read: Read, *, fields: list[str], also_blank: list[str] = []) -> Judge:  # noqa: B006 -- never changed
    """None of ``fields`` is left blank; a field that does not exist at all is another check's matter.

    What is written for nothing and is ``also_blank`` fills none. Of goals, read item by item, none may be more than a
    number, a sign or one of these words; of several fields, an enumerator or a full stop around it fills none either.
    """
    not_empty("fields", fields)
    readers = [(field, read(field)) for field in fields]
    nothing = frozenset(also_blank)
    if len(readers) == 1:
        return _filled_field(*readers[0], nothing)

    def is_blank(value: Any) -> bool:
        if not value or not nothing or not isinstance(value, str) or len(value) > LONGEST_PLACEHOLDER:
            return value is not None and not value
        return all(line.strip(AROUND_PLACEHOLDERS) in nothing for line in value.split("\n") if line.strip())

    def judge(node: Any, document: Any) -> Fact | None:
        for _, get in readers:
            if is_blank(get(node)):
                break
        else:
            return None
        blank = [field for field, get in readers if is_blank(get(node))]
        return Fact(_part(blank[0]), {"blank": FieldNames(blank)})

    return judge


def _filled_field(field: str, get: Callable[[Any], Any], also_blank: frozenset[str]) -> Judge:
    """The same for one field alone, which rules about indicator rows ask of every row."""

    def is_blank(value: Any) -> bool:
        return not value or value in also_blank or (isinstance(value, tuple) and say_nothing(value, also_blank))

    def judge(node: Any, document: Any) -> Fact | None:
        value = get(node)
        if value is None or not is_blank(value):
            return None
        return Fact(_part(field), {"blank": FieldNames((field,))})

    def short(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if is_blank(get(node))]

    return screened(judge, short if also_blank else lambda nodes: list(filterfalse(get, nodes)))


def say_nothing(items: tuple[str, ...], words: frozenset[str]) -> bool:
    """Whether ``items`` are but numbers, signs and ``words`` written for nothing."""
    if not words or any(len(item) > LONGEST_NOTHING for item in items):
        return False
    bare = ("".join(filter(str.isalpha, item)) for item in items)
    return all(letters in words or not letters.strip(NUMERALS) for letters in bare)


def screened(judge: Judge, screen: Screen) -> Judge:
    """``judge`` with a ``screen``: a quick look at all nodes at once that leaves out some it has nothing to say of."""
    judge.screen = screen  # type: ignore[attr-defined]
    return judge


def one_of(read: Read, *, field: str, values: list[str]) -> Judge:
    """``field`` is one of ``values``; blank and missing fields are another check's matter."""
    get = read(field)
    allowed = frozenset(values)

    def judge(node: Any, document: Any) -> Fact | None:
        value = get(node)
        if not value or value in allowed:
            return None
        return Fact(field, {"text": value, "allowed": "、".join(values)})

    return judge


def _part(field: str) -> str:
    """The part of the form that a dotted field belongs to."""
    return field.partition(".")[0]
