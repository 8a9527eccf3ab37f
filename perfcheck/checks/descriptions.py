"""绩效指标描述: whether it speaks of the indicator it stands beside."""

from __future__ import annotations

from typing import Any

from perfcheck.checks.content_words import content_words
from perfcheck.checks.phrases import rows_with_text_in
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.quantities import TextMemo
from perfcheck.checks.texts import LONGEST_SEARCHED, fold
from perfcheck.finding import Fact

MOST_REMEMBERED = 20_000
BEHIND = "0123456789.%≥≤=><。,;"
"""What may follow the last word of a description: a value, or a stop."""


class MeasureFinder(dict[str, str]):
    """What a name measures, by its longest known ending: 满意度, 人数, …; remembers names."""

    def __init__(self, measures: dict[str, list[str]]) -> None:
        super().__init__()
        self._kinds = {fold(ending): kind for kind, endings in measures.items() for ending in endings}
        self._lengths = sorted(set(map(len, self._kinds)), reverse=True)

    def __missing__(self, name: str) -> str:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        kind = self[name] = self._of(name)
        return kind

    def _of(self, name: str) -> str:
        """The measure of a folded name without what stands in brackets behind it; empty where it is none of ours."""
        if name.endswith(")"):
            name = name[: name.rfind("(")]
        name = name.rstrip(BEHIND)
        for length in self._lengths:
            kind = self._kinds.get(name[-length:])
            if kind is not None:
                return kind
        return ""


def describes_measure(
    read: Read,
    *,
    measures: dict[str, list[str]],
    said_by: dict[str, list[str]],
    denied_by: dict[str, list[str]],
    denying_ends: dict[str, list[str]],
) -> Judge:
    """The description does not speak of another measure than the name does.

    ``measures`` gives endings of names for each kind of measure. A description that has one of the words the kind is
    ``said_by`` is right; one without that has a word it is ``denied_by``, or ends in one of its ``denying_ends``, is
    another measure's, unless the name has that word, too.
    """
    not_empty("measures", list(measures))
    for option, kinds in (("said_by", said_by), ("denied_by", denied_by), ("denying_ends", denying_ends)):
        for kind in kinds:
            if kind not in measures:
                raise ValueError(f"{option} 里的“{kind}”不在 measures 里")
    measure = MeasureFinder(measures)
    deniable = frozenset((*denied_by, *denying_ends))
    known: dict[tuple[str, str], str] = {}

    def other_measure(name: str, description: str) -> str:
        name = fold(name)
        kind = measure[name]
        if kind not in deniable:
            return ""
        description = fold(description[:LONGEST_SEARCHED])
        found = [*filter(description.rstrip(BEHIND).endswith, denying_ends.get(kind, ()))]
        found += filter(description.__contains__, denied_by.get(kind, ()))
        if not found or name in description or any(map(description.__contains__, said_by.get(kind, ()))):
            return ""
        return next((word for word in found if word not in name), "")

    may_be_denied = TextMemo(lambda name: measure[fold(name)] in deniable)

    def judge(node: Any, document: Any) -> Fact | None:
        name, description = node.name, node.description
        if not name or not description or name == description:
            return None
        word = known.get((name, description))
        if word is None:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            word = known[name, description] = other_measure(name, description)
        if not word:
            return None
        return Fact("description", {"text": description.strip(), "name": name.strip(), "word": word})

    return screened(judge, lambda nodes: rows_with_text_in(may_be_denied, nodes, "name"))


def describes_own_row(read: Read, *, generic_words: list[str]) -> Judge:
    """No description is that of another row of the table: its name, or word for word its description.

    Silent where the description has a content word of its own row's name, or one of the two says nothing itself.
    """
    words = content_words(generic_words)
    cores = Cores()

    def judge(node: Any, document: Any) -> list[Fact]:
        said = [cores[row.description or ""] for row in node.indicators]
        names = [cores[row.name or ""] for row in node.indicators]
        known = set(names)
        if len(set(said)) == len(said) and not any(
            core in known and core != name for core, name in zip(said, names) if core
        ):
            return []
        by_name: dict[str, Any] = {}
        by_description: dict[str, list[Any]] = {}
        for core, name, row in zip(said, names, node.indicators):
            by_name.setdefault(name, row)
            by_description.setdefault(core, []).append(row)
        facts = []
        for row in node.indicators:
            core, name = cores[row.description or ""], row.name or ""
            if not core or core == cores[name]:
                continue
            about = words[core]
            if not about or not words[name] or not about.isdisjoint(words[name]):
                continue
            other = by_name.get(core)
            if other is None:
                others = by_description[core][:2]  # of a description in more than two rows nobody knows whose it is
                if len(by_description[core]) == 2:
                    other = next((each for each in others if not about.isdisjoint(words[each.name or ""])), None)
            if other is not None and other is not row:
                values = {"text": (row.description or "").strip(), "name": name.strip(), "other": other.name}
                facts.append(Fact("description", values, (((other, "name"), "other"),), row))
        return facts

    return judge


class Cores(dict[str, str]):
    """A text -> the same without the value, or stop, at its end."""

    def __missing__(self, text: str) -> str:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        core = self[text] = fold(text[:LONGEST_SEARCHED]).rstrip(BEHIND)
        return core
