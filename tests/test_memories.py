"""Memories of what texts say: asked once, bounded while a document is judged, begun anew between documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfcheck import api, memories
from perfcheck.config import Settings
from perfcheck.memories import Remembered, forget
from perfcheck.reporting import render
from tests.forms import form, project


def test_each_key_is_asked_once() -> None:
    asked: list[str] = []
    length = Remembered(lambda text: asked.append(text) or len(text))
    assert [length["甲"], length["乙丙"], length["甲"]] == [1, 2, 1] and asked == ["甲", "乙丙"]


def test_a_memory_begins_anew_rather_than_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST", 10)
    square = Remembered(lambda number: number * number)
    assert [square[number] for number in range(100)] == [number * number for number in range(100)]
    assert len(square) <= 10


def test_between_documents_only_what_is_little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST_KEPT", 10)
    little, much = Remembered(str), Remembered(str)
    for number in range(20):
        assert (much[number], little[number % 5]) == (str(number), str(number % 5))
    forget()
    assert len(little) == 5 and not much


def test_a_memory_nobody_holds_is_gone() -> None:
    before = len(memories._memories)
    made = Remembered(str)
    assert len(memories._memories) == before + 1
    del made
    assert len(memories._memories) == before


@pytest.mark.parametrize("kept", [0, 10**9])
def test_what_is_forgotten_between_documents_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(4):
        text = form(project(1, plan=("50%", "45%", "", "80%")), project(2, name=f"项目{number}"))
        Path(f"{number}.txt").write_text(text, encoding="utf-8")
    plain = render(api.check(Settings((".",))), "json")
    monkeypatch.setattr(memories, "MOST_KEPT", kept)
    assert render(api.check(Settings((".",))), "json") == plain
