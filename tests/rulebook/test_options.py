"""Options of checks, converted from the text of a rule file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfcheck.checks import CHECKS
from perfcheck.rulebook.options import EXAMPLES, OptionError, convert_options, option_types


def check(read: Any, *, name: str, many: list[str], share: Decimal, table: dict[str, list[str]], each: dict[str, Decimal], count: int = 3,
          strict: bool = False) -> None:  # fmt: skip
    """A check with an option of every type."""


check.__annotations__.update(
    {
        "name": "str",
        "many": "list[str]",
        "share": "Decimal",
        "table": "dict[str, list[str]]",
        "each": "dict[str, Decimal]",
        "count": "int",
        "strict": "bool",
    }
)
GIVEN: dict[str, Any] = {
    "name": "甲",
    "many": ["乙", "丙"],
    "share": "0.5",
    "table": {"丁": ["戊"]},
    "each": {"6月底": "50"},
    "count": "7",
    "strict": "true",
}


def test_every_type_is_converted() -> None:
    assert convert_options(check, GIVEN) == {
        "name": "甲", "many": ["乙", "丙"], "share": Decimal("0.5"), "table": {"丁": ["戊"]}, "each": {"6月底": Decimal(50)}, "count": 7, "strict": True
    }  # fmt: skip


def test_options_with_a_default_may_be_left_out() -> None:
    given = {name: value for name, value in GIVEN.items() if name not in ("count", "strict")}
    assert set(convert_options(check, given)) == set(given)


@pytest.mark.parametrize("name", ["name", "many", "share", "table", "each"])
def test_an_option_that_is_missing_is_named_with_an_example(name: str) -> None:
    with pytest.raises(OptionError, match=name) as caught:
        convert_options(check, {key: value for key, value in GIVEN.items() if key != name})
    assert caught.value.example.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("name", ["甲"], ("name",)), ("many", "乙", ("many",)), ("many", ["乙", ["丙"]], ("many", 1)), ("share", "half", ("share",)),
        ("table", [], ("table",)), ("table", {"丁": "戊"}, ("table", "丁")), ("each", {"6月底": "x"}, ("each", "6月底")), ("count", "2.5", ("count",)),
        ("strict", "yes", ("strict",)), ("strict", "True", ("strict",)), ("other", "1", ("other",)), ("name", None, ("name",)),
    ],
)  # fmt: skip
def test_a_wrong_option_is_named_with_its_place(name: str, value: Any, path: tuple[Any, ...]) -> None:
    with pytest.raises(OptionError) as caught:
        convert_options(check, {**GIVEN, name: value})
    assert caught.value.path == path


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_says_what_it_does_and_takes_options_of_known_types(name: str) -> None:
    assert (CHECKS[name].__doc__ or "").strip()
    assert set(option_types(CHECKS[name]).values()) <= set(EXAMPLES)


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        ("int", "-1", False), ("int", "0", True), ("int", "1000", True), ("Decimal", "-0.01", False), ("Decimal", "0", True),
        ("Share", "100", True), ("Share", "101", False), ("Share", "-1", False), ("Share", "0.5", False),
        ("Percent", "0.5", True), ("Percent", "100.1", False), ("Decimal", "NaN", False), ("Decimal", "Infinity", False),
    ],
)  # fmt: skip
def test_a_number_stays_within_what_it_counts_or_measures(kind: str, value: str, right: bool) -> None:
    def limited(read: Any, *, most: Any) -> None:
        """A check with one number."""

    limited.__annotations__["most"] = kind
    if right:
        assert convert_options(limited, {"most": value}) == {"most": Decimal(value)}
    else:
        with pytest.raises(OptionError, match=value):
            convert_options(limited, {"most": value})
