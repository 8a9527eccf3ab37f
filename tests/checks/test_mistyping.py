"""Two characters that make no word, but would with one of them taken for another."""

from __future__ import annotations

from typing import Any

import pytest

from perfcheck.checks.mistyping import mistyped
from perfcheck.model.passages import Passage, Prose

OPTIONS: dict[str, Any] = {
    "words": ["苗木", "清洁理", "电梯", "排查", "生产活", "供水", "养护", "精准"],
    "other_words": ["用电", "雾炮", "护林"],
    "side_by_side": ["电替", "生禅"],
    "alone": ["占", "和"],
    "sounds": ["木目牧幕", "洁杰结节", "梯体替踢", "查茶差", "产铲禅", "水睡", "占战沾", "准进"],
    "shapes": ["木本"],
    "most_texts": 2,
}


def found(*texts: str, part: str = "usage", **options: Any) -> list[tuple[str, str, str, tuple[int, int]]]:
    """Wrong, what may be meant, another such word, and where, of each finding in ``texts``."""
    judge = mistyped(lambda field: None, **{**OPTIONS, **options})  # type: ignore[arg-type, return-value]
    prose = Prose([Passage(part, text, None, None) for text in texts])  # type: ignore[arg-type]
    chosen = judge.screen(prose)  # type: ignore[attr-defined]
    facts = [fact for passage in chosen for fact in judge(passage, None)]
    return [(fact.values["text"], fact.values["expected"], fact.values["other"], fact.span) for fact in facts]


@pytest.mark.parametrize(
    ("text", "wrong", "meant", "start"),
    [
        ("购买苗目两千株", "苗目", "苗木", 2),
        ("购买苗本两千株", "苗本", "苗木", 2),
        ("清杰取暖", "清杰", "清洁", 0),
        ("安全申铲，生铲", "生铲", "生产", 5),
        ("每季排茶", "排茶", "排查", 2),
    ],
)
def test_a_character_taken_for_one_that_sounds_or_looks_alike(text: str, wrong: str, meant: str, start: int) -> None:
    assert found(text) == [(wrong, meant, "", (start, start + 2))]


@pytest.mark.parametrize(
    "text",
    [
        "购买苗木，清洁取暖",
        "检验电替",  # stands so in sound texts
        "安排用电体验",  # 电 belongs to the word in front
        "林木养护林地",  # 护 belongs to the word in front
        "苗占总数",  # a word by itself
        "购买苗圃",  # no word near
        "苗 目",
        "苗",
        "",
        "ab苗\n目cd",
    ],
)
def test_what_is_right_or_may_be_is_silent(text: str) -> None:
    assert found(text) == []


def test_both_words_it_may_have_been_are_told() -> None:
    assert found("打扫清杰", words=["清洁节"]) == [("清杰", "清洁", "清节", (2, 4))]
    assert found("修渠木", words=["渠目", "苗木"]) == [("渠木", "渠目", "", (1, 3))]


def test_what_stands_in_many_texts_is_a_name() -> None:
    assert len(found("苗目村甲组", "苗目村乙组")) == 2
    assert found("苗目村甲组", "苗目村乙组", "苗目村丙组") == []


def test_parts_may_be_left_out() -> None:
    assert found("购买苗目", part="basis")
    assert found("购买苗目", part="basis", unless_in_parts=["basis"]) == []


def test_what_was_looked_at_before_is_found_again() -> None:
    judge = mistyped(lambda field: None, **OPTIONS)  # type: ignore[arg-type, return-value]
    for _ in range(2):
        prose = Prose([Passage("usage", "购买苗目", None, None)])  # type: ignore[arg-type]
        assert judge.screen(prose) == list(prose)  # type: ignore[attr-defined]


def test_a_character_may_begin_several_items_of_a_list() -> None:
    assert found("打扫清杰，清里", words=["清洁", "清理"], sounds=["洁杰", "理里"]) == [
        ("清杰", "清洁", "", (2, 4)),
        ("清里", "清理", "", (5, 7)),
    ]


@pytest.mark.parametrize("option", ["words", "sounds", "shapes"])
def test_other_characters_than_those_of_words_are_refused(option: str) -> None:
    with pytest.raises(ValueError, match=f"{option}.*K"):
        found("文字", **{option: ["苗木", "K歌"]})


def test_without_words_nothing_would_be_judged() -> None:
    with pytest.raises(ValueError, match="words"):
        found("文字", words=[])
