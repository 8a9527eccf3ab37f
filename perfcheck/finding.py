"""What the engine says about a document: findings, and what could not be judged."""

from collections.abc import Mapping
from typing import Any, Literal

from perfcheck.named_tuples import NamedTuple
from perfcheck.source import Place, Span

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""SARIF's words, the gravest first."""


Confidence = Literal["high", "medium", "low"]
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
"""How sure a rule is that what it finds is a defect."""


State = Literal["new", "unchanged", "updated"]
"""SARIF's words: not in the baseline, in it as it is now, or in it with another text at the same place."""


def cut_to(longest: int, text: str) -> str:
    """``text`` of at most ``longest`` characters, with a sign where some are left out."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


class FieldNames(tuple[str, ...]):
    """Parts of the form in a message; the report puts them in the words of its language."""


class Fact(NamedTuple):
    """What a check found on a node: the field concerned, values for the message, other places that belong to it."""

    field: str
    values: Mapping[str, Any] = {}
    related: tuple[tuple[Any, str], ...] = ()
    node: Any = None
    """Another node than the one checked, where the defect lies there."""
    span: tuple[int, int] | None = None
    """The characters concerned, counted in the text of the field with its outer white space taken off; None for all."""
    mended_with: tuple["Mended", ...] = ()
    """What is mended in the same go, this place too; for a fault whose correction moves others, such as a number."""


class Mended(NamedTuple):
    """One of several places that are mended together."""

    node: Any
    field: str
    span: tuple[int, int] | None
    values: Mapping[str, Any]


class Unclear(NamedTuple):
    """What a check gives for a node it cannot judge: the unit or the meaning is not plain. Counted, never reported."""

    missing: str = "meaning"
    """What it would need: ``unit`` or ``meaning``."""


class Step(NamedTuple):
    """One step of the way to a place in the form: a kind of part and what tells this part from its like."""

    kind: str
    text: str | None = None
    number: str | None = None


class Location(NamedTuple):
    """A place in a document, for people (``steps``) and for programs (``place``), with the text found there."""

    place: Place
    steps: tuple[Step, ...]
    text: str
    focus: tuple[int, int] | None = None
    """The characters of ``text`` that ``place`` points at; None for all of them."""
    path: str | None = None
    """The file, where it is another one than the finding's."""


class Edit(NamedTuple):
    """Characters of the canonical text and what should stand there instead."""

    span: Span
    old: str
    new: str


class Repair(NamedTuple):
    """The one way a defect can be mended, its edits all together or not at all."""

    edits: tuple[Edit, ...]
    safe: bool
    """Whether no person need judge it first."""


class Finding(NamedTuple):
    """One defect at one place."""

    rule: Any
    level: Level
    message: str
    path: str
    location: Location
    related: tuple[Location, ...]
    fingerprint: str
    state: State | None = None
    """Compared with a baseline, where there is one."""
    former: str | None = None
    """The text that stood here in the baseline, of a finding that is ``updated``."""
    waiver: Any = None
    """Why it was waived, a :class:`~perfcheck.accepted.waived.Waived`."""
    repair: Repair | None = None
    """How to mend it, where there is one right answer and a kind of file that can be mended."""


class NotChecked(NamedTuple):
    """Something that could not be checked: a file that could not be read, a rule that failed; never a pass."""

    path: str
    reason: str
    rule_id: str | None = None


class NotApplicable(NamedTuple):
    """A rule that was not run on a document, and why: ``year-unknown``, ``other-year`` or the same of the layout."""

    rule_id: str
    reason: str
