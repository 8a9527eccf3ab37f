"""Indicators whose names show that they stand in the wrong class: what other rules leave to the one that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perfcheck.checks.classes import ClassNames
from perfcheck.checks.names import EndingFinder, bare_name
from perfcheck.checks.targets import WordFinder

Words = Mapping[str, Sequence[str]]


class Misfiled:
    """Knows the class an indicator is at home in by the ``signs`` its name ends in, as the check of signs does.

    ``homes`` are classes by sign; some signs count only beside one of the words they ``needs``, or not beside their
    ``exceptions``; ``spellings`` are other names of the classes.
    """

    def __init__(self, signs: Words, homes: Words, needs: Words, exceptions: Words, spellings: Words) -> None:
        self._sign_of = EndingFinder({ending: sign for sign, endings in signs.items() for ending in endings})
        self._homes = homes
        self._class_of = ClassNames(dict.fromkeys(name for names in homes.values() for name in names), spellings)
        self._needs = {sign: WordFinder(list(words)) for sign, words in needs.items()}
        self._exceptions = {sign: WordFinder(list(words)) for sign, words in exceptions.items()}

    def home(self, indicator: Any) -> str:
        """The class an indicator should stand in; empty where it stands in a right one, or nothing shows."""
        found = self._sign_of[indicator.name or ""]
        if found is None:
            return ""
        sign = found[1]
        at_home = self._homes.get(sign, ())
        placed = self._class_of[indicator.subcategory or ""]
        if not at_home or not placed or placed in at_home:
            return ""
        rest = bare_name(indicator.name)
        if (sign in self._exceptions and self._exceptions[sign][rest]) or (
            sign in self._needs and not self._needs[sign][rest]
        ):
            return ""
        return at_home[0]
