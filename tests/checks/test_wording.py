"""The wording of a text, spelling and punctuation aside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.checks.wording import Bare, clauses, likeness, may_be_several, sentences, whole


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("1.修路 2 公里。", "修路2公里"),
        ("（一）修路", "修路"),
        ("二、修路", "修路"),
        ("⑴修路\n⑵架桥", "修路架桥"),
        ("1.5公里村道", "15公里村道"),
        ("一事一议", "一事一议"),
        ("ＰＰＰ（项目）", "ppp项目"),
        ("", ""),
        ("。、", ""),
    ],
)
def test_bare_words_have_no_spelling(text: str, bare: str) -> None:
    assert Bare()[text] == bare


def test_goals_are_one_text_item_by_item() -> None:
    assert Bare()[whole(("1.修路", "2.架桥"))] == Bare()[whole("修路架桥")] == "修路架桥"
    assert whole(None) == ""


@pytest.mark.parametrize(
    ("one", "other", "percent"), [("修路架桥", "修路架桥", 100), ("修路架桥", "修路清淤", 33), ("修", "路", 0)]
)
def test_likeness_is_the_share_of_pairs_in_common(one: str, other: str, percent: int) -> None:
    assert likeness(one, other) == likeness(other, one) == percent


def test_a_sentence_knows_its_words_and_where_it_stands_behind_its_number() -> None:
    text = "（五）修路，架桥。 清淤；植树\n  护林"
    found = sentences(text)
    assert [sentence.words for sentence in found] == ["修路架桥", "清淤", "植树", "护林"]
    assert [text[sentence.start : sentence.end] for sentence in found] == ["修路，架桥", "清淤", "植树", "护林"]


def test_clauses_end_at_every_mark_but_the_one_between_words() -> None:
    assert [clause.words for clause in clauses("目标：修路、架桥，清淤。")] == ["目标", "修路架桥", "清淤"]


@given(st.text(alphabet="修路。；;!？\n ，1.（一）", max_size=12))
def test_a_text_of_several_sentences_is_never_taken_for_one(text: str) -> None:
    assert may_be_several(text) or len(sentences(text)) < 2


def test_a_stop_at_the_very_end_makes_no_second_sentence() -> None:
    assert not may_be_several("修路架桥，按月发放。")
    assert may_be_several("修路架桥。按月发放")
