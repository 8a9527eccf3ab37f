"""The words of a report in one language, from ``words/<language>.json``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from perfcheck.finding import Step

LANGUAGES = ("zh", "en")


class Words:
    """Names of the parts of the form, of levels, and the fixed phrases of reports."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._loaded: dict[str, Any] = {}

    @property
    def _content(self) -> dict[str, Any]:
        if not self._loaded:
            path = Path(__file__).with_name("words") / f"{self._language}.json"
            self._loaded = json.loads(path.read_text(encoding="utf-8"))
        return self._loaded

    def part(self, name: str) -> str:
        """The name of a part of the form."""
        found: str = self._content["parts"][name]
        return found

    def level(self, level: str) -> str:
        """The name of a level."""
        found: str = self._content["levels"][level]
        return found

    def phrase(self, name: str, **values: object) -> str:
        """A fixed phrase with its values put in."""
        text: str = self._content["report"][name]
        return text.format(**values) if values else text

    def place(self, steps: tuple[Step, ...]) -> str:
        """A way to a place in words: 项目 3“村道养护经费” · 资金支出计划 · 6月底."""
        return " · ".join(map(self.step, steps))

    def step(self, step: Step) -> str:
        """One step of a way in words."""
        if step.kind in ("project", "indicator"):
            name = f"{step.kind}_place" if step.text else f"{step.kind}_place_unnamed"
            return self.phrase(name, number=step.number, text=" ".join((step.text or "").split()))
        if step.kind == "due":
            return step.text or self.part("due")
        return self.part(step.kind) + (self.phrase("quote", text=step.text[:20]) if step.text else "")


@lru_cache(maxsize=None)
def words(language: str) -> Words:
    """The words of ``zh`` or ``en``."""
    return Words(language)
