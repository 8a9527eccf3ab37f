"""Whether a waiver is for a finding, and whether a run looked everywhere the waiver may be for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from perfcheck.accepted.known_faults import text_of
from perfcheck.accepted.pairing import is_unread
from perfcheck.accepted.waiver_file import Reach
from perfcheck.engine import Judgement
from perfcheck.finding import Finding

WILD = re.compile("[*?]")


def is_for(reach: Reach, finding: Finding, judgement: Judgement, name: str) -> bool:
    """Whether ``reach`` takes in ``finding`` of ``judgement``, whose file is called ``name`` by the file of waivers."""
    steps = finding.location.steps
    return (
        may_be_for(reach, judgement, name)
        and (reach.project is None or _bare(reach.project) in set(_projects_at(finding, judgement)))
        and (
            reach.indicator is None
            or any(step.kind == "indicator" and _bare(step.text) == _bare(reach.indicator) for step in steps)
        )
        and (reach.text is None or _says(finding, reach.text))
    )


def may_be_for(reach: Reach, judgement: Judgement, name: str) -> bool:
    """Whether ``reach`` takes in anything of a document; a file that could not be read may be any document."""
    if reach.path is not None and not _glob(reach.path).fullmatch(_spelled(name)):
        return False
    if is_unread(judgement):
        return True
    if reach.unit is not None and _bare(reach.unit) not in _units(judgement):
        return False
    if reach.project is None:
        return True
    names = {_bare(word) for names in judgement.project_names for word in names if word}
    return _bare(reach.project) in names or any(
        _bare(reach.project) in set(_projects_at(finding, judgement)) for finding in judgement.findings
    )


def root_of(reach: Reach) -> str:
    """The file or folder below which all is that ``reach`` takes in; empty for everything."""
    if reach.path is None:
        return ""
    if not WILD.search(reach.path):
        return reach.path
    return reach.path[: WILD.search(reach.path).start()].rpartition("/")[0]  # type: ignore[union-attr]


def _units(judgement: Judgement) -> set[str]:
    code, name = _bare(judgement.unit_code), _bare(judgement.unit)
    return {code, name, code + name} - {""}


def _projects_at(finding: Finding, judgement: Judgement) -> Iterator[str]:
    """All that the project of a finding may be called."""
    step = finding.location.steps[0]
    if step.kind != "project":
        return
    words = [step.text]
    if step.number and step.number.isdecimal() and int(step.number) <= len(judgement.project_names):
        words += judgement.project_names[int(step.number) - 1]
    yield from (_bare(word) for word in words if word)


def _says(finding: Finding, text: str) -> bool:
    """Whether the cell of a finding, or the characters concerned, are ``text``."""
    wanted = _bare(text)
    return wanted in (_bare(finding.location.text), _bare(text_of(finding)))


def _bare(text: str | None) -> str:
    return "".join((text or "").split())


def _spelled(path: str) -> str:
    return unicodedata.normalize("NFC", path)


@lru_cache(maxsize=1000)
def _glob(pattern: str) -> re.Pattern[str]:
    """``pattern`` as git reads it: ``*`` and ``?`` stay within a folder, ``**`` does not."""
    pattern = _spelled(pattern.replace("\\", "/")).removeprefix("./")
    pattern += "**" if pattern.endswith("/") else ""
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    made = [parts.get(part) or re.escape(part) for part in re.split(r"(\*\*/|\*\*|\*|\?)", pattern)]
    return re.compile("".join(made), re.DOTALL)
