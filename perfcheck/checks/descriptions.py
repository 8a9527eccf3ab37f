"""绩效指标描述: whether it speaks of the indicator it stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from perfcheck.checks.content_words import Content, content_words
from perfcheck.checks.kinship import pairs
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.texts import LONGEST_SEARCHED, fold
from perfcheck.finding import Fact
from perfcheck.memories import Memory, Remembered
from perfcheck.model.selections import Rows

MOST_STRAYS = 20
"""Rows of a table whose descriptions say nothing of their names that are compared with each other."""
ENDING = 2
"""Letters at the end of a name that tell what it measures: 时间, 人数."""
BEHIND = "0123456789.%≥≤=><。,;"
"""What may follow the last word of a description: a value, or a stop."""


Stray = tuple[Any, Content, Content]
"""A row, the content of its name and that of its description, which have nothing in common."""


class MeasureFinder(Memory[str, str]):
    """What a name measures, by its longest known ending: 满意度, 人数, …; remembers names."""

    def __init__(self, measures: dict[str, list[str]]) -> None:
        super().__init__()
        self._kinds = {fold(ending): kind for kind, endings in measures.items() for ending in endings}
        self._lengths = sorted(set(map(len, self._kinds)), reverse=True)

    def find(self, name: str) -> str:
        """What ``name`` measures."""
        return self._of(name)

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
    surely_denied_by: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    surely_denying_ends: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    unless_words: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    denying_apart: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    unit_measures: dict[str, str] = {},  # noqa: B006 -- never changed
    shares: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """The description does not speak of another measure than the name does.

    ``measures`` gives endings of names for each kind of measure. A description that has one of the words the kind is
    ``said_by`` is right; one without that has a word it is ``denied_by``, or ends in one of its ``denying_ends``, is
    another measure's, unless the name has that word, too. ``surely_denying_ends`` count whatever it is said by, and so
    do words it is ``surely_denied_by`` but beside the kind's ``unless_words``. ``denying_apart`` are endings that
    count, but beside its ``shares``, whatever it is said by, where name and description have no two letters in a row
    in common; of a name that does not tell its measure, the unit of the value does by ``unit_measures``.
    """
    not_empty("measures", list(measures))
    for option, kinds in (
        ("said_by", said_by),
        ("denied_by", denied_by),
        ("denying_ends", denying_ends),
        ("surely_denied_by", surely_denied_by),
        ("surely_denying_ends", surely_denying_ends),
        ("unless_words", unless_words),
        ("denying_apart", denying_apart),
        ("shares", shares),
    ):
        for kind in kinds:
            if kind not in measures:
                raise ValueError(f"{option} 里的“{kind}”不在 measures 里")
    measure = MeasureFinder(measures)
    deniable = frozenset((*denied_by, *denying_ends, *surely_denied_by, *surely_denying_ends, *denying_apart))

    kind_of = Remembered[str, Any](lambda name: kind if (kind := measure[fold(name)]) in deniable else "")

    def denying(kind: str, description: str) -> tuple[list[str], list[str], list[str]] | None:
        """The words of a folded description that surely deny a kind of measure, those that otherwise do, and apart."""
        core = description.rstrip(BEHIND)
        sure = [*filter(core.endswith, surely_denying_ends.get(kind, ()))]
        if not _says(description, unless_words.get(kind, ())):
            sure += filter(description.__contains__, surely_denied_by.get(kind, ()))
        found = [*filter(core.endswith, denying_ends.get(kind, ()))]
        found += filter(description.__contains__, denied_by.get(kind, ()))
        if any(map(description.__contains__, said_by.get(kind, ()))):
            found = []
        apart = [*filter(core.endswith, denying_apart.get(kind, ()))]
        if apart and _says(description, shares.get(kind, ())):
            apart = []
        return (sure, found, apart) if sure or found or apart else None

    def denying_in(kind: str, text: str) -> tuple[list[str], list[str], list[str]] | None:
        return denying(kind, shortened(text))

    denied = {kind: Remembered(partial(denying_in, kind)) for kind in deniable}

    apart_units = {unit for unit, kind in unit_measures.items() if kind in denying_apart}

    def kind_by_unit(row: Any) -> str:
        """The measure of the unit of a value whose name has none; only what denies it apart from the name counts."""
        if measure[fold(row.name or "")]:
            return ""
        kind = unit_measures.get(row.target.unit or "", "")
        return kind if kind in denying_apart else ""

    def denied_rows(nodes: Sequence[Any]) -> list[Any]:
        rows = nodes if isinstance(nodes, Rows) else Rows(nodes)
        kinds = {name: denied[kind] for name in rows.texts("name") if (kind := kind_of[name])}
        named = zip(rows, rows.column("name"), rows.column("description"))
        return [
            row
            for row, name, text in named
            if text
            and (
                kinds[name][text]
                if name in kinds
                else row.target.unit in apart_units and (kind := kind_by_unit(row)) and denied[kind][text]
            )
        ]

    def judge(node: Any, document: Any) -> Fact | None:
        name, description = node.name, node.description
        named = kind_of[name or ""]
        kind = named or kind_by_unit(node)
        if not kind or not description or name == description:
            return None
        words = denied[kind][description]
        folded = fold(name)
        if words is None or folded in shortened(description):
            return None
        sure, found, apart = words if named else ([], [], words[2])
        if apart and not set(pairs(folded)).isdisjoint(pairs(shortened(description))):
            apart = []
        word = next((word for some in (sure, found, apart) for word in some if word not in folded), "")
        if not word:
            return None
        return Fact("description", {"text": description.strip(), "name": name.strip(), "word": word})

    return screened(judge, denied_rows)


def shortened(description: str) -> str:
    """As much of a description, folded, as is looked through."""
    return fold(description[:LONGEST_SEARCHED])


def describes_own_row(
    read: Read,
    *,
    generic_words: list[str],
    measures: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    said_by: dict[str, list[str]] = {},  # noqa: B006 -- never changed
) -> Judge:
    """No description is that of another row of the table: its name, or word for word its description.

    Nor have two rows each other's: either description has content words of the other's name and none of its own.
    Silent where the description has a content word of its own row's name, or one of the two says nothing itself; of two
    rows with each other's words where one is ``said_by`` its own of the ``measures`` and not by the other's; and where
    one ends as its own name does, and the other's name otherwise: 完工时间, 全部完成的时间.
    """
    words = content_words(generic_words)
    cores = Cores()
    measure = MeasureFinder(measures)

    def keeps(row: Any, other: Any) -> bool:
        """Whether the description of ``row`` says what the name of ``row`` measures, and not what the other's does."""
        own, others = (measure[fold(each.name or "")] for each in (row, other))
        said = shortened(row.description or "")
        return own != others and _says(said, said_by.get(own, ())) and not _says(said, said_by.get(others, ()))

    def judge(node: Any, document: Any) -> list[Fact]:
        rows = node.indicators
        names = [cores[row.name or ""] for row in rows]
        descriptions = [cores[row.description or ""] for row in rows]
        strangers: list[Stray] = []
        for row, name, core in zip(rows, names, descriptions):
            if core and core != name:
                about, own = words[core], words[row.name or ""]
                if about and own and about.isdisjoint(own):
                    strangers.append((row, own, about))
        if not strangers:
            return []
        facts = []
        strays = strangers
        if len({*names, *descriptions}) < len({*names}) + len(descriptions):  # some text stands twice
            by_name = dict(zip(reversed(names), reversed(rows)))
            by_description: dict[str, list[Any]] = {}
            for row, core in zip(rows, descriptions):
                by_description.setdefault(core, []).append(row)
            strays = []
            for stranger in strangers:
                row, _, about = stranger
                core = cores[row.description]
                other = by_name.get(core)
                if other is None and len(both := by_description[core]) == 2:
                    # of a description in more than two rows nobody knows whose it is
                    other = next((each for each in both if not about.isdisjoint(words[each.name or ""])), None)
                if other is None:
                    strays.append(stranger)
                elif other is not row:
                    facts.append(_others(row, other))
        for row, other in _exchanged(strays[:MOST_STRAYS]):
            told = keeps(row, other) or keeps(other, row) or _ends_as_named(row, other) or _ends_as_named(other, row)
            if not told:
                facts += [_others(row, other), _others(other, row)]
        return facts

    return judge


def _says(text: str, words: Sequence[str]) -> bool:
    return any(map(text.__contains__, words))


def _others(row: Any, other: Any) -> Fact:
    """The description of ``row`` is that of the row ``other``."""
    values = {"text": (row.description or "").strip(), "name": (row.name or "").strip(), "other": other.name}
    return Fact("description", values, (((other, "name"), "other"),), row)


def _exchanged(strays: list[Stray]) -> Iterator[tuple[Any, Any]]:
    """Pairs of rows each of whose descriptions speaks of the other's name, and of no third stray row's."""
    named = frozenset().union(*(name for _, name, _ in strays))
    for at, (row, _, about) in enumerate(strays):
        if about.isdisjoint(named):
            continue
        of = [other for other in strays if other[0] is not row and not about.isdisjoint(other[1])]
        if len(of) != 1:
            continue
        other, _, other_about = of[0]
        back = [each for each in strays if each[0] is not other and not other_about.isdisjoint(each[1])]
        if len(back) == 1 and back[0][0] is row and all(each[0] is not other for each in strays[:at]):
            yield row, other


def _ends_as_named(row: Any, other: Any) -> bool:
    """Whether the description of ``row`` ends as its own name does, and the name of ``other`` otherwise."""
    ending = fold(row.name or "")[-ENDING:]
    return fold(row.description or "").rstrip(BEHIND).endswith(ending) and not fold(other.name or "").endswith(ending)


class Cores(Memory[str, str]):
    """A text -> the same without the value, or stop, at its end."""

    def find(self, text: str) -> str:
        """The core of ``text``."""
        return fold(text[:LONGEST_SEARCHED]).rstrip(BEHIND)
