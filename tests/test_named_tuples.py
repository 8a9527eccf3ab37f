"""Our ``NamedTuple`` behaves as the one of ``typing`` does."""

from __future__ import annotations

import copy
import pickle
import sys
import typing
from typing import Any

import pytest

from perfcheck.named_tuples import NamedTuple


class Ours(NamedTuple):
    """One of ours."""

    name: str
    number: int = 3
    more: tuple[int, ...] = ()

    @property
    def double(self) -> int:
        """Twice the number."""
        return 2 * self.number

    @classmethod
    def other(cls) -> Ours:
        """Another one."""
        return cls("other")


class Below(Ours):
    """A class of a class of ours."""


class Theirs(typing.NamedTuple):
    """The same of ``typing``."""

    name: str
    number: int = 3
    more: tuple[int, ...] = ()


BOTH = [Ours, Theirs]


def said(of: Any, *values: Any, **named: Any) -> Any:
    try:
        made = of(*values, **named)
    except TypeError as error:
        return str(error).replace(of.__name__ + ".", "")
    return [*made, made.name, made.number, made.more, made._asdict(), repr(made).replace(of.__name__, "")]


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a",), {}), (("a", 1, (2,)), {}), (("a",), {"more": (1,)}), (("a", 1, 2, 3), {}), (("a",), {"x": 1})],
)
def test_it_is_made_of_the_same_values(values: Any, named: Any) -> None:
    assert said(Ours, *values, **named) == said(Theirs, *values, **named)


def test_what_classes_tell_of_themselves_is_the_same() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__module__", "__slots__"):
        assert getattr(Ours, name) == getattr(Theirs, name), name
    assert Ours.__doc__ == "One of ours."
    assert Ours("a") == ("a", 3, ()) == Theirs("a")
    assert hash(Ours("a")) == hash(Theirs("a"))
    assert not hasattr(Ours("a"), "__dict__")


def test_methods_and_classes_below_work() -> None:
    assert Ours("a", 4).double == 8
    assert Ours.other().name == "other"
    assert type(Below("a")) is Below
    assert Below("a", 5).double == 10
    assert repr(Below("a")) == "Below(name='a', number=3, more=())"


@pytest.mark.parametrize("of", BOTH)
def test_values_are_replaced(of: Any) -> None:
    assert of("a")._replace(number=4) == ("a", 4, ())
    with pytest.raises((TypeError, ValueError), match="unexpected"):
        of("a")._replace(other=4)


@pytest.mark.parametrize("of", BOTH)
def test_it_is_made_of_as_many_values_as_it_has(of: Any) -> None:
    assert of._make(["a", 1, ()]) == ("a", 1, ())
    with pytest.raises(TypeError, match="Expected 3 arguments, got 2"):
        of._make(["a", 1])


def test_it_is_copied_and_pickled() -> None:
    for made in (Ours("a", 7), Below("b")):
        for again in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
            assert again == made
            assert type(again) is type(made)


def test_a_field_without_a_default_may_not_follow_one_with_one() -> None:
    with pytest.raises(TypeError, match="without a default follows"):

        class Wrong(NamedTuple):
            first: int = 1
            second: int  # type: ignore[misc]


def test_other_bases_and_hidden_fields_are_refused() -> None:
    with pytest.raises(TypeError, match="no other base"):

        class Mixed(NamedTuple, dict):  # type: ignore[misc]
            first: int

    with pytest.raises(TypeError, match="begins with _"):

        class Hidden(NamedTuple):
            _first: int  # type: ignore[misc]


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is of Python 3.13")
def test_copy_replace_works() -> None:
    replace: Any = getattr(copy, "replace", None)
    assert replace(Ours("a"), number=8) == ("a", 8, ())


def test_it_is_matched_by_position() -> None:
    match Ours("a", 9):
        case Ours(name, number):
            assert (name, number) == ("a", 9)
