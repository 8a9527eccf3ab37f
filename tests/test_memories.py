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


def test_what_comes_up_again_in_the_next_document_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST_KEPT", 2)
    asked: list[str] = []
    length = Remembered(lambda text: asked.append(text) or len(text))

    def document(words: str) -> None:
        for word in words:
            length[word]
        forget()

    document("甲乙丙")
    document("甲丁戊")
    assert asked == ["甲", "乙", "丙", "丁", "戊"]
    document("甲乙己")  # only what the document before asked for is still known
    assert asked[5:] == ["乙", "己"]


def test_of_a_large_document_nothing_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST_KEPT", 2)
    monkeypatch.setattr(memories, "MOST_SET_ASIDE", 3)
    asked: list[int] = []
    square = Remembered(lambda number: asked.append(number) or number * number)
    for _ in range(2):
        for number in range(4):
            assert square[number] == number * number
        forget()
    assert asked == [0, 1, 2, 3, 0, 1, 2, 3]
