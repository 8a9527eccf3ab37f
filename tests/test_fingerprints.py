"""Fingerprints know findings again: after paragraphs were put in, rows and tables moved, the file renamed."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from perfcheck import api
from perfcheck.engine import Judgement
from perfcheck.rulebook import Pack
from tests.conftest import CORPUS
from tests.reporting.crowds import crowd
from tests.reporting.samples import sample_pack

MANY = 10_000
CHAPTER = "第二部分"
KEPT = 0.99

Prints = Callable[..., Counter[tuple[str, str]]]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return api.open_pack(sample_pack(tmp_path_factory.mktemp("pack")))


@pytest.fixture
def prints(judged: Callable[..., Judgement]) -> Prints:
    """Rule and fingerprint of every finding in a text."""

    def prints(text: str, **options: object) -> Counter[tuple[str, str]]:
        return Counter((finding.rule.id, finding.fingerprint) for finding in judged(text, **options).findings)

    return prints


def titles(lines: list[str]) -> list[int]:
    return [index for index, line in enumerate(lines) if "绩效目标表" in line and not line.startswith("\t")]


def with_paragraphs(text: str) -> str:
    """A line at the top, one in the first part, and one above every third table."""
    lines = text.split("\n")
    for index in reversed(titles(lines)[::3]):
        lines.insert(index, "（本表由经办科室填报。）")
    chapter = next((index for index, line in enumerate(lines) if CHAPTER in line), 0)
    return "\n".join(["公开材料之一", *lines[:chapter], "以上由各办公室共同完成。", *lines[chapter:]])


def with_tables_moved(text: str) -> str:
    """All tables but the last, behind which other text may stand, in another order."""
    lines = text.split("\n")
    starts = titles(lines)
    tables = [lines[start:end] for start, end in itertools.pairwise(starts)]
    random.Random(7).shuffle(tables)
    moved = [line for table in tables for line in table]
    return "\n".join([*lines[: starts[0]], *moved, *lines[starts[-1] :]])


def with_rows_moved(text: str) -> str:
    """Neighbouring rows of one class exchanged."""
    blocks = re.split(r"\n[ \u3000]*\n", text)
    index = 0
    while index + 1 < len(blocks):
        if is_row(blocks[index]) and is_row(blocks[index + 1]):
            blocks[index], blocks[index + 1] = blocks[index + 1], blocks[index]
            index += 1
        index += 1
    return "\n\n".join(blocks)


def is_row(block: str) -> bool:
    cells = block.split("\n")
    return len(cells) == 6 and all(cell.startswith("\t") for cell in cells) and not cells[0].strip()


CHANGES = [with_paragraphs, with_tables_moved, with_rows_moved]


def kept(before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> float:
    return (before & after).total() / before.total()


def test_ten_thousand_findings_have_as_many_fingerprints(prints: Prints, pack: Pack) -> None:
    found = prints(crowd(MANY), pack=pack)
    assert found.total() == len(found) == len({fingerprint for _, fingerprint in found}) == MANY


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_they_stay_when_a_document_changes_elsewhere(prints: Prints, pack: Pack, change: Callable[[str], str]) -> None:
    text = crowd(600)
    changed = change(text)
    assert changed != text
    assert kept(prints(text, pack=pack), prints(changed, pack=pack)) == 1


def test_they_stay_when_the_file_gets_another_name(prints: Prints, pack: Pack) -> None:
    text = crowd(60)
    assert prints(text, pack=pack, path="甲.txt") == prints(text, pack=pack, path="别处/乙 二稿.txt")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_they_stay_in_real_documents(prints: Prints, path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert kept(prints(text), prints(change(text))) >= KEPT
