"""What can be seen of the repository somebody stands in: where it is kept, what documents it has, of which years."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from perfcheck.model.document import Document
from perfcheck.named_tuples import NamedTuple
from perfcheck.patterns import compiled
from perfcheck.resources import repository_of

MOST_READ = 200
"""Documents looked into; a larger repository has more of the same."""
EXTRAS = {".doc": "doc", ".wps": "doc", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx", ".et": "xlsx", ".pdf": "pdf"}
"""Suffix -> the extra that reads such files."""
YEAR_IN_NAME = compiled(r"(?<!\d)(20[1-4]\d)(?!\d)")
OF_A_YEAR = "/"
"""Stands for all top folders with a year in their names; no folder is called that."""
DEEPEST_PACK = 3
"""Folders below the top in which a rule pack is looked for."""
Find = Callable[[str], Sequence[str]]
"""The files in a folder that may be documents."""
Read = Callable[[str], "Document | None"]
"""The document in a file; None for one that is none or cannot be read."""


class Seen(NamedTuple):
    """What was found by looking."""

    root: str
    """The top folder of the repository, or the current folder where there is none."""
    is_repository: bool
    forge: str | None
    """``github``, ``gitlab`` or None."""
    branch: str
    """The branch everything goes into."""
    documents: int
    folders: tuple[str, ...]
    """Top folders with documents, from the root; empty where they may lie anywhere."""
    others: tuple[str, ...]
    """Texts in those folders that are no documents, and would be reported as not checked."""
    suffixes: tuple[str, ...]
    years: tuple[int, ...]
    """Budget years the documents tell, the most frequent first."""
    years_of_folders: tuple[tuple[str, int], ...]
    """Folders whose documents tell no year, and the year in the folder's name."""
    layouts: tuple[str, ...]
    """Layouts of the form, the most frequent first."""
    packs: tuple[str, ...]
    """Folders with rule packs, from the root."""
    by_year: bool = False
    """Whether documents lie in top folders with a year in their names: next year has one of its own."""

    @property
    def extras(self) -> tuple[str, ...]:
        """Extras of perfcheck that the documents need to be read."""
        return tuple(sorted({EXTRAS[suffix] for suffix in self.suffixes if suffix in EXTRAS}))


class _Census:
    """Counts what documents tell of themselves."""

    def __init__(self) -> None:
        self.years: Counter[int] = Counter()
        self.layouts: Counter[str] = Counter()
        self.tops: Counter[str] = Counter()
        self.suffixes: Counter[str] = Counter()
        self._named: dict[str, int] = {}
        self._told: dict[str, set[int]] = {}

    def place(self, relative: str) -> None:
        """A document was found at a path from the root."""
        self.tops[_top(relative.replace(os.sep, "/"))] += 1
        self.suffixes[os.path.splitext(relative)[1].lower()] += 1

    def content(self, relative: str, document: Document, layouts: Iterable[str]) -> None:
        """What is in it."""
        self.layouts.update(layouts)
        folder = os.path.dirname(relative).replace(os.sep, "/")
        year = document.budget_year.year
        if year is not None:
            self.years[year] += 1
            self._told.setdefault(folder, set()).add(year)
        elif found := YEAR_IN_NAME.findall(folder):
            self._named[folder] = int(found[-1])

    @property
    def years_of_folders(self) -> tuple[tuple[str, int], ...]:
        """Folders with documents that tell no year, where no other document tells another than the folder's name."""
        return tuple(
            (name, year) for name, year in sorted(self._named.items()) if self._told.get(name, {year}) == {year}
        )


def look(folder: str, find: Find, read: Read, layouts_of: Callable[[Document], Sequence[str]]) -> Seen:
    """What there is in the repository ``folder`` lies in."""
    top = _git("rev-parse", "--show-toplevel", folder=folder) or repository_of(os.path.abspath(folder))
    root = os.path.realpath(top or folder)
    census = _Census()
    others = []
    candidates = find(root)
    for path in candidates[:: len(candidates) // MOST_READ + 1]:
        relative = os.path.relpath(path, root)
        document = read(path)
        if document is None and os.path.splitext(path)[1].lower() == ".txt":
            others.append(relative.replace(os.sep, "/"))  # an office file may be one that needs an extra
            continue
        census.place(relative)
        if document is not None:
            census.content(relative, document, layouts_of(document))
    anywhere = "" in census.tops
    folders = () if anywhere else tuple(sorted(census.tops.keys() - {OF_A_YEAR}))
    by_year = OF_A_YEAR in census.tops and not anywhere
    return Seen(
        root,
        top is not None,
        _forge(root),
        _branch(root),
        sum(census.tops.values()),
        folders,
        tuple(name for name in others if anywhere or not census.tops or _top(name) in census.tops),
        tuple(sorted(census.suffixes)),
        tuple(year for year, _ in census.years.most_common()),
        census.years_of_folders,
        tuple(name for name, _ in census.layouts.most_common()),
        tuple(_packs(root)),
        by_year,
    )


def _top(relative: str) -> str:
    """The top folder of a path with slashes, empty at the root itself."""
    top, slash, _ = relative.partition("/")
    return (OF_A_YEAR if YEAR_IN_NAME.search(top) else top) if slash else ""


def _packs(root: str) -> list[str]:
    """Folders with a ``pack.yaml``, from the root."""
    found = []
    for folder, inside, names in os.walk(root):
        relative = os.path.relpath(folder, root)
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        if "pack.yaml" in names and relative != ".":
            found.append(relative.replace(os.sep, "/"))
        if relative.count(os.sep) + (relative != ".") >= DEEPEST_PACK:
            inside.clear()
    return found


def _forge(root: str) -> str | None:
    """Where the repository is kept: by its remotes, else by the files of a forge that are there."""
    remotes = (_git("remote", "-v", folder=root) or _remotes_in_file(root)).lower()
    for forge in ("github", "gitlab"):
        if forge in remotes:
            return forge
    if os.path.isfile(os.path.join(root, ".gitlab-ci.yml")):
        return "gitlab"
    return "github" if os.path.isdir(os.path.join(root, ".github")) else None


def _remotes_in_file(root: str) -> str:
    """Addresses of remotes where git itself is not installed."""
    try:
        with open(os.path.join(root, ".git", "config"), encoding="utf-8", errors="replace") as file:
            return "\n".join(line for line in file if line.strip().startswith("url"))
    except OSError:
        return ""


def address_of(folder: str) -> str | None:
    """Where pip can install the state of the checkout ``folder`` from; None where others cannot reach its remote."""
    remote, commit = (_git(*words, folder=folder) for words in (("remote", "get-url", "origin"), ("rev-parse", "HEAD")))
    short = re.fullmatch(r"([\w.-]+@[\w.-]+):(?!//)(.+)", remote)  # git@host:path, which pip does not take
    if short:
        remote = f"ssh://{short[1]}/{short[2]}"
    remote = re.sub(r"^(https?://)[^/@]*@", r"\1", remote)  # a password is for nobody's eyes
    return f"git+{remote}@{commit}" if commit and re.match(r"(?:https?|ssh|git)://", remote) else None


def _branch(root: str) -> str:
    """The branch of the remote that others start from, else the one that is checked out."""
    head = _git("symbolic-ref", "--short", "refs/remotes/origin/HEAD", folder=root)
    if head:
        return head.partition("/")[2]
    return _git("symbolic-ref", "--short", "HEAD", folder=root) or "main"


def _git(*arguments: str, folder: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments], capture_output=True, timeout=10, check=False, encoding="utf-8",
            errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
