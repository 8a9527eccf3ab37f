"""Word lists that no rule asks for: a name somebody has misspelled, or made up, would quietly do nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from perfcheck.errors import PackError
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.review_form import LISTS as REVIEW_LISTS
from perfcheck.rulebook.word_lists import SIGN

MOST_NAMED = 5


class IdleList(NamedTuple):
    """A list of a pack that neither a rule of it asks for nor a pack below it has."""

    name: str
    place: str
    """File and line."""
    known: tuple[str, ...]
    """The lists that are asked for."""


def idle_lists(places: Mapping[str, str], below: Collection[str], rules: Iterable[Any]) -> tuple[IdleList, ...]:
    """Those of the lists at ``places`` that nothing asks for; ``below`` are the names packs below have."""
    if all(name in below for name in places):
        return ()
    asked = _asked_for(rules)
    if not asked.issubset((*below, *places)):
        return ()  # what such a rule lacks is said of the rule, with the nearest name
    known = tuple(sorted(asked.union(below)))
    mine = [name for name in places if name not in below and name not in asked and name not in REVIEW_LISTS]
    return tuple(IdleList(name, places[name], known) for name in mine)


def still_idle(lists: Iterable[IdleList], rules: Iterable[Any]) -> tuple[IdleList, ...]:
    """Those of a pack's ``lists`` that the ``rules`` of a pack that extends it do not ask for either."""
    asked = _asked_for(rules)
    return tuple(idle for idle in lists if idle.name not in asked)


def refuse_idle(lists: Iterable[IdleList], elsewhere: Collection[str] = ()) -> None:
    """Raise :class:`PackError` for the first of ``lists`` that no pack beside it has ``elsewhere``."""
    for idle in lists:
        if idle.name in elsewhere:
            continue
        from difflib import get_close_matches

        family = [name for name in idle.known if name.partition("-")[0] == idle.name.partition("-")[0]]
        close = list(dict.fromkeys((*get_close_matches(idle.name, idle.known, 1, 0.8), *family)))[:MOST_NAMED]
        hint = (
            f"是不是：{'、'.join(close)}？"
            if close
            else "名字要和规则里的“$名字”，或下层规则包 vocabulary/*.yaml 里的一样。"
        )
        raise PackError(
            f"{idle.place}：没有规则用词表“{idle.name}”，写了不起作用。{hint} / no rule asks for this word list"
        )


def _asked_for(rules: Iterable[Any]) -> set[str]:
    """The names of all lists that ``rules``, as they are written, ask for."""
    return {name for content in rules for name in _names_in(content)}


def _names_in(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        if content.startswith(SIGN):
            yield content[len(SIGN) :]
    elif isinstance(content, dict):
        for item in content.values():
            yield from _names_in(item)
    elif isinstance(content, list):
        for item in content:
            yield from _names_in(item)
