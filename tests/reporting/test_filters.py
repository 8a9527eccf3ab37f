"""Filters: what a document contains is made harmless for where it goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.reporting.filters import as_json, as_plain, as_uri, clip, display_width


@given(st.text())
def test_any_text_survives_json(text: str) -> None:
    assert json.loads(as_json(text)) == text


@given(st.text())
def test_plain_text_is_one_line_that_steers_nothing(text: str) -> None:
    plain = as_plain(text)
    assert not [
        character
        for character in plain
        if ord(character) < 32 or 0x7F <= ord(character) < 0xA0 or 0x202A <= ord(character) <= 0x202E
    ]


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("养护", 4), ("≥12公里", 7), ("（一）", 6), ("ａ", 2)]
)
def test_ideographs_take_two_columns(text: str, width: int) -> None:
    assert display_width(text) in (width, width + 1 if "≥" in text else width)


@given(st.text(alphabet="ab养护≥１🙂 ", max_size=40), st.integers(1, 40))
def test_a_clipped_text_fits_and_says_that_it_was_cut(text: str, columns: int) -> None:
    shown = clip(text, columns)
    assert display_width(shown.removesuffix("…")) <= columns
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_a_path_is_looked_at_from_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / name / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "one")
    assert as_uri("../other/a.txt").startswith("file:///")
    monkeypatch.chdir(tmp_path / "other")
    assert as_uri("../other/a.txt") == "a.txt"
