"""Where the time of a run goes: reading by kind of file, parsing, each rule, each document; measured when asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

from perfcheck.comparison import SELECTION
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook import Pack
from perfcheck.rulebook.rule import Rule

LONGEST_LIST = 10
"""So many rules and documents are named, the slowest."""


class Times(NamedTuple):
    """Seconds spent on one document; plain values, so that they come back from other processes."""

    reader: str
    reading: float
    parsing: float
    judging: float
    rules: Mapping[str, float]

    @property
    def whole(self) -> float:
        """All of it."""
        return self.reading + self.parsing + self.judging


class RuleClock:
    """Measures what the checks of rules take."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}

    def measured(self, pack: Pack) -> Pack:
        """``pack`` with rules that tell this clock how long they take."""
        return pack._replace(rules=self.rules(pack.rules))

    def rules(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """``rules`` that tell this clock how long they take."""
        return tuple(rule if rule.select == SELECTION else self._measured(rule) for rule in rules)

    def _measured(self, rule: Rule) -> Rule:
        spent = self._spent
        spent.setdefault(rule.id, 0.0)

        def timed(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*given: Any) -> Any:
                start = perf_counter()
                try:
                    answer = function(*given)
                    # an answer that is made while it is read is made now
                    return list(answer) if hasattr(answer, "__next__") else answer
                finally:
                    spent[rule.id] += perf_counter() - start

            return call

        screen = rule.screen and timed(rule.screen)
        return rule._replace(judge=timed(rule.judge), screen=screen)

    def taken(self) -> dict[str, float]:
        """Seconds by rule since this was last asked."""
        found = {rule_id: seconds for rule_id, seconds in self._spent.items() if seconds}
        self._spent.update(dict.fromkeys(self._spent, 0.0))
        return found


class Timing:
    """The times of all documents of a run."""

    def __init__(self) -> None:
        self._start = perf_counter()
        self._documents: list[tuple[float, str]] = []
        self._known = 0
        self._reading: dict[str, tuple[int, float]] = {}
        self._parsing = 0.0
        self._judging = 0.0
        self._rules: dict[str, float] = {}

    def note(self, path: str, times: tuple[Any, ...] | None) -> None:
        """Add the times of a document; None for one that was not looked at now."""
        if times is None:
            self._known += 1
            return
        spent = Times(*times)
        self._documents.append((spent.whole, path))
        count, seconds = self._reading.get(spent.reader, (0, 0.0))
        self._reading[spent.reader] = count + 1, seconds + spent.reading
        self._parsing += spent.parsing
        self._judging += spent.judging
        for rule_id, seconds in spent.rules.items():
            self._rules[rule_id] = self._rules.get(rule_id, 0.0) + seconds

    def table(self, language: str) -> str:
        """What was measured, for people; times of several processes are added up."""
        words = ENGLISH if language == "en" else CHINESE
        lines = [words["title"].format(seconds=perf_counter() - self._start)]
        if self._known:
            lines.append(words["known"].format(count=self._known))
        for reader, (count, seconds) in sorted(self._reading.items()):
            lines.append(_line(seconds, words["reading"].format(reader=reader, count=count)))
        lines.append(_line(self._parsing, words["parsing"]))
        lines.append(_line(self._judging, words["judging"]))
        lines += _slowest(words["rules"], [(seconds, name) for name, seconds in self._rules.items()])
        lines += _slowest(words["documents"], self._documents)
        return "\n".join(lines) + "\n"


CHINESE = {
    "title": "用时（秒），全程 {seconds:.2f}：",
    "known": "  {count} 份没有改动或没能读取，没有计时",
    "reading": "读取 {reader}，{count} 份",
    "parsing": "解析",
    "judging": "判断",
    "rules": "最慢的规则：",
    "documents": "最慢的文本：",
}
ENGLISH = {
    "title": "Time in seconds, {seconds:.2f} in all:",
    "known": "  {count} documents unchanged or unreadable, not timed",
    "reading": "reading {reader}, {count} documents",
    "parsing": "parsing",
    "judging": "judging",
    "rules": "The slowest rules:",
    "documents": "The slowest documents:",
}


def _slowest(title: str, measured: Sequence[tuple[float, str]]) -> list[str]:
    if not measured:
        return []
    chosen = sorted(measured, key=lambda item: (-item[0], item[1]))[:LONGEST_LIST]
    return [title, *(_line(seconds, name) for seconds, name in chosen)]


def _line(seconds: float, what: str) -> str:
    return f"{seconds:10.3f}  {what}"
