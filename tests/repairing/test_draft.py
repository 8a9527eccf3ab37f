"""A text in pieces: what stands in it after edits, and what that changes against the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.finding import Edit
from perfcheck.repairing.draft import Draft, Hunk, differences, overlap
from perfcheck.source import Span

TEXTS = st.text(alphabet="甲乙 1\n，〔[", max_size=40)


def span_of(text: str, start: int, end: int) -> Span:
    line, end_line = (text.count("\n", 0, place) + 1 for place in (start, end))
    column, end_column = (place - text.rfind("\n", 0, place) for place in (start, end))
    return Span(line, column, end_line, end_column)


def with_hunks(text: str, hunks: list[Hunk]) -> str:
    for start, end, new in reversed(hunks):
        text = text[:start] + new + text[end:]
    return text


@st.composite
def edits(draw: st.DrawFn, text: str) -> list[Edit]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = list(zip(places[::2], places[1::2]))
    return [
        Edit(span_of(text, start, end), text[start:end], draw(st.text("丙2〕", max_size=3))) for start, end in pairs
    ]


@given(st.data(), TEXTS)
def test_what_has_changed_makes_the_new_text_of_the_original_after_any_number_of_rounds(
    data: st.DataObject, text: str
) -> None:
    draft = Draft(text)
    for _ in range(3):
        wanted = draft.text
        for edit in reversed(made := data.draw(edits(draft.text))):
            start = draft.place_of(*edit.span[:2])
            wanted = wanted[:start] + edit.new + wanted[start + len(edit.old) :]
        draft = draft.edited(made)
        assert draft.text == wanted
        assert with_hunks(text, draft.hunks()) == wanted


@given(TEXTS, TEXTS)
def test_the_differences_of_two_texts_make_one_of_the_other(old: str, new: str) -> None:
    assert with_hunks(old, [Hunk(*each) for each in differences(old, new)]) == new


def test_only_the_characters_that_differ_are_touched() -> None:
    draft = Draft("依据青财预[2023]5号").edited([Edit(Span(1, 3, 1, 14), "青财预[2023]5号", "青财预〔2023〕5号")])
    assert draft.hunks() == [Hunk(5, 6, "〔"), Hunk(10, 11, "〕")]


def test_what_is_changed_back_has_not_changed() -> None:
    there = Draft("甲乙").edited([Edit(Span(1, 1, 1, 2), "甲", "丙")])
    assert there.edited([Edit(Span(1, 1, 1, 2), "丙", "甲")]).hunks() == []


def test_an_edit_of_other_characters_than_it_says_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        Draft("甲乙").edited([Edit(Span(1, 1, 1, 2), "乙", "丙")])


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Draft("甲乙丙").edited([Edit(Span(1, 1, 1, 3), "甲乙", ""), Edit(Span(1, 2, 1, 4), "乙丙", "")])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 2), (2, 4), False),
        ((0, 2), (1, 4), True),
        ((2, 2), (0, 2), True),
        ((2, 2), (2, 2), True),
        ((0, 4), (2, 2), True),
        ((0, 1), (2, 2), False),
    ],
)
def test_edits_overlap_that_share_a_character_or_meet_at_an_insertion(
    one: tuple[int, int], other: tuple[int, int], expected: bool
) -> None:
    assert overlap(one, other) is expected
    assert overlap(other, one) is expected
