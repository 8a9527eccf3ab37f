"""Fixtures of all tests: a parser, the packs, documents judged in one call, snapshots and the real documents."""

from __future__ import annotations

import gc
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

os.environ["PERFCHECK_CACHE"] = "off"  # tests neither use nor fill the user's cache

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.engine import Judgement, judge
from perfcheck.finding import Finding
from perfcheck.messages import Messages
from perfcheck.model.document import Document
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.reporting import Report
from perfcheck.reporting.words import words
from perfcheck.rulebook import Pack

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = sorted((SHARED / "corpus").glob("*.txt"))
EXHAUSTIVE = bool(os.environ.get("PERFCHECK_EXHAUSTIVE"))
"""Whether to try every line of every document in every kind of file, which takes many minutes; else a part of them."""
SARIF_SCHEMA = SHARED / "schemas" / "sarif-schema-2.1.0.json"
SNAPSHOTS = Path(__file__).with_name("snapshots")

gc.set_threshold(50_000, 20, 20)
"""A test process holds much: looking through it for cycles as often as Python would is a good part of a run."""

hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None, max_examples=60)
hypothesis.settings.load_profile("suite")
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "perfcheck-hypothesis")  # not into the checkout

Read = Callable[..., Document]
Check = Callable[..., list[Finding]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the snapshots instead of comparing")


@pytest.fixture(scope="session")
def parser() -> DocumentParser:
    """The parser; making one is the dear part, so all tests share it."""
    return DocumentParser()


@pytest.fixture(scope="session")
def read(parser: DocumentParser) -> Read:
    """A text, or bytes, as a document."""

    def read(text: str | bytes, year: int | None = None, path: str = "文本.txt") -> Document:
        data = text.encode() if isinstance(text, str) else text
        return parser.parse(read_bytes(path, data, parser.is_landmark), year)

    return read


@pytest.fixture(scope="session")
def hebei() -> Pack:
    return api.open_pack("hebei")


@pytest.fixture(scope="session")
def national() -> Pack:
    return api.open_pack("national")


@pytest.fixture(scope="session")
def judged(read: Read, hebei: Pack) -> Callable[..., Judgement]:
    """All that the rules of a pack say of a text."""

    def judged(
        text: str, year: int | None = None, pack: Pack = hebei, language: str = "zh", path: str = "文本.txt"
    ) -> Judgement:
        render = Messages(language, words(language).part).render
        return judge(read(text, year, path), pack.rules, render, pack.layouts)

    return judged


@pytest.fixture(scope="session")
def check(judged: Callable[..., Judgement]) -> Check:
    """The findings of a text; every rule must have been able to judge it."""

    def check(text: str, year: int | None = None, **options: Any) -> list[Finding]:
        judgement = judged(text, year, **options)
        assert judgement.not_checked == ()
        return list(judgement.findings)

    return check


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """The report on texts, by file name; made in an empty folder so that its paths are bare names."""

    def report(texts: dict[str, str | bytes], **options: Any) -> Report:
        monkeypatch.chdir(tmp_path)
        for name, text in texts.items():
            Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return api.check(Settings(tuple(texts), **options))

    return report


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Iterator[Callable[[str, str], None]]:
    """Compare a text with ``snapshots/<name>``; ``pytest --update-snapshots`` writes it."""

    def compare(name: str, text: str) -> None:
        file = SNAPSHOTS / name
        if request.config.getoption("--update-snapshots"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no snapshot {name}: run pytest --update-snapshots"
        assert text == file.read_text(encoding="utf-8"), f"{name} differs: look, then run pytest --update-snapshots"

    return compare


def schema(name: str) -> dict[str, Any]:
    """One of our own JSON Schemas."""
    content: dict[str, Any] = json.loads((ROOT / "docs" / "schemas" / name).read_text(encoding="utf-8"))
    return content


def rule_ids(findings: list[Finding]) -> list[str]:
    """The rules of findings, in order."""
    return [finding.rule.id for finding in findings]
