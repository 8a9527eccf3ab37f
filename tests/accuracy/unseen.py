"""Documents written without a look at the rules: what perfcheck finds of the defects in them, group by group.

The clean documents and the groups of defects lie in ``unseen/``. A group is a list of documents; each is a clean one
with ``edits`` (first line, last line, the text in their place, none for none) and its ``plants``: category, the lines
of the defect, the lines a finding may stand on (the table for what is wrong with a table), categories or beginnings of
them that say the same, and what was planted. A finding counts that the clean document does not have.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.finding import LEVELS, Finding
from tests.accuracy.layouts import HERE
from tests.accuracy.measure import PACK

FOLDER = HERE / "unseen"
GROUPS = (
    "tenth-again",
    "tenth-round",
    "ninth-weak",
    "ninth-again",
    "ninth-round",
    "eighth-round",
    "seventh-round",
    "sixth-round",
    "fifth-round",
    "fourth-round",
    "third-round",
    "held-out",
    "second-round",
    "first-round",
    "read",
)
"""In the order in which what was missed of them was looked at, the last one first."""
BEFORE_LOOKED_AT = {
    "held-out": 91,
    "read": 179,
    "first-round": 135,
    "second-round": 45,
    "third-round": 32,
    "fourth-round": 98,
    "fifth-round": 100,
    "sixth-round": 65,
    "seventh-round": 122,
    "eighth-round": 118,
    "ninth-round": 147,
    "ninth-again": 60,
    "ninth-weak": 37,
    "tenth-round": 162,
    "tenth-again": 66,
}
"""Found when nobody had looked yet at what was missed of the group: of held-out after rules were mended by the others."""
Key = tuple[str, str, str]


class Group(NamedTuple):
    """What was found of one group, and the plants that were missed."""

    name: str
    planted: int
    found: int
    missed: tuple[str, ...]


class _Checker:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "文本.txt"
        self._checker = api.make_checker(Settings((), pack=PACK), compare=False)

    def findings(self, text: str) -> Sequence[Finding]:
        self._file.write_text(text, encoding="utf-8", newline="\n")
        judgement = self._checker.check(str(self._file))[0]
        if judgement.not_checked:
            raise AssertionError(judgement.not_checked[0].reason)
        return judgement.findings


@cache
def clean_texts() -> dict[str, str]:
    """The clean documents by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}


@cache
def clean_levels() -> dict[str, Counter[str]]:
    """How many findings of each level each clean document has."""
    with tempfile.TemporaryDirectory() as folder:
        checker = _Checker(Path(folder))
        return {name: Counter(each.level for each in checker.findings(text)) for name, text in clean_texts().items()}


@cache
def groups() -> tuple[Group, ...]:
    """All groups judged."""
    with tempfile.TemporaryDirectory() as folder:
        checker = _Checker(Path(folder))
        before = {name: set(map(_key, checker.findings(text))) for name, text in clean_texts().items()}
        return tuple(_judged(name, checker, before) for name in GROUPS)


def _judged(group: str, checker: _Checker, before: dict[str, set[Key]]) -> Group:
    found, missed = 0, []
    for document in yaml.safe_load((FOLDER / f"{group}.yaml").read_text(encoding="utf-8")):
        text = _edited(clean_texts()[document["base"]], document["edits"])
        findings = checker.findings(text)
        for category, first, _, *place, also, what in document["plants"]:
            if any(_is_found(category, also, place, each, before[document["base"]]) for each in findings):
                found += 1
            else:
                missed.append(f"{document['document']} {first}: {category} {what}")
    return Group(group, found + len(missed), found, tuple(missed))


def _edited(clean: str, edits: Sequence[tuple[int, int, str | None]]) -> str:
    lines = clean.split("\n")
    edited: list[str] = []
    at = 0
    for first, last, text in edits:
        edited += lines[at : first - 1]
        edited += [] if text is None else text.split("\n")
        at = last
    return "\n".join(edited + lines[at:])


def _is_found(category: str, also: str, place: Sequence[int], finding: Finding, before: set[Key]) -> bool:
    said = finding.rule.category
    if said != category and not any(
        said == each or (each.endswith(".") and said.startswith(each)) for each in also.split()
    ):
        return False
    if _key(finding) in before and not category.startswith("structure."):
        return False
    first, last = place
    return any(start <= last and end >= first for start, end in _lines(finding))


def _lines(finding: Finding) -> Iterator[tuple[int, int]]:
    for location in (finding.location, *finding.related):
        span = location.place.span
        yield span.line, span.end_line or span.line


def _key(finding: Finding) -> Key:
    return finding.rule.id, finding.location.text.strip(), finding.message[:30]


def table() -> list[str]:
    """The groups and the clean documents as tables of Markdown."""
    lines = [
        "| 组 group | 文本 | 埋入 | 看漏报之前 before looking | 现在查出 now | 现在 % |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for group in groups():
        documents = len(_documents(group.name))
        first = BEFORE_LOOKED_AT[group.name]
        share = f"{100 * group.found / group.planted:.1f}"
        lines.append(
            f"| {group.name} | {documents} | {group.planted} | {first}（{100 * first / group.planted:.1f} %） "
            f"| {group.found} | {share} |"
        )
    levels = sum(clean_levels().values(), Counter())
    counts = "、".join(f"{level} {levels[level]}" for level in LEVELS)
    return [*lines, "", f"{len(clean_texts())} 份没有缺陷的文本 clean documents：{counts}。"]


def _documents(group: str) -> list[Any]:
    documents: list[Any] = yaml.safe_load((FOLDER / f"{group}.yaml").read_text(encoding="utf-8"))
    return documents
