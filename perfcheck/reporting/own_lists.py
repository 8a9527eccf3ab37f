"""Tells the lists perfcheck writes for people, as text or Markdown, from other texts."""

from __future__ import annotations

import re

from perfcheck.reporting.words import LANGUAGES, words

_FINDING = re.compile(r"^    \S.*  \[[a-z0-9]+(?:-[a-z0-9]+)+\]", re.MULTILINE)
"""The line of a finding: level, message and, in brackets, the rule."""
_PLACE = re.compile(r"^ {2,10}\S.* \| .*\n +\| +\^", re.MULTILINE)
"""The line of what stands there, and below it the sign that points at it."""


def is_own_list(text: str) -> bool:
    """Whether ``text`` has the line that sums up a run, or findings as they are listed."""
    if _FINDING.search(text) and _PLACE.search(text):
        return True
    return any(_summary(language).search(text) for language in LANGUAGES)


def _summary(language: str) -> re.Pattern[str]:
    say = words(language).phrase
    scope = say("unit_count", count="#", projects="#", indicators="#")
    lines = {say(name, scope=scope) for name in ("none_at_level", "clean", "clean_new")}
    return re.compile("|".join(f"^{re.escape(line)}$".replace(re.escape("#"), r"\d+") for line in lines), re.MULTILINE)
