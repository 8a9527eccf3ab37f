"""Wrong words, words written twice, one phrase in two spellings."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from perfcheck.checks.phrases import MOST_HITS, confusions, hits_in, is_inside, nodes_with, similar_phrases
from perfcheck.rulebook import Pack
from tests.conftest import Check, rule_ids
from tests.forms import form, line_of, project


def read(field: str) -> Any:
    return lambda node: getattr(node, field)


def texts(*given: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(text=text) for text in given]


def found(judge: Any, nodes: list[Any]) -> list[tuple[str, tuple[int, int]]]:
    """What a judge says of ``nodes``, asked as the engine asks it."""
    facts: list[Any] = []
    for node in judge.screen(nodes):
        answer = judge(node, None)
        facts += answer if isinstance(answer, list) else [answer]
    return [(fact.values["text"], fact.span) for fact in facts]


JUDGE = confusions(
    read, field="text", words={"台帐": "台账", "帐": "账", "对付": "兑付"}, only_with={"对付": ["资金"]},
    not_with={"帐": ["蚊"]}, unless_inside=["应对付出"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("建立台帐", [("台帐", (2, 4))]),
        ("台帐和台帐", [("台帐", (0, 2))]),
        ("台帐、对付资金", [("台帐", (0, 2)), ("对付", (3, 5))]),
        ("对付险情", []),
        ("资金应对付出", []),
        ("资金应对付出，又对付了", [("对付", (8, 10))]),
        ("蚊帐", []),
        ("", []),
    ],
)
def test_a_wrong_word_is_found_where_its_company_allows(text: str, hits: list[Any]) -> None:
    assert found(JUDGE, texts(text)) == hits


def test_company_of_a_word_that_is_not_listed_is_refused() -> None:
    with pytest.raises(ValueError, match="不在 words 里"):
        confusions(read, field="text", words={"台帐": "台账"}, only_with={"对付": ["资金"]})
    with pytest.raises(ValueError, match="不能是空的"):
        confusions(read, field="text", words={})


def test_only_nodes_with_a_word_are_looked_at() -> None:
    nodes = texts("甲", "乙丙", "", "丙")
    assert nodes_with(["丙", "丁"], nodes, read("text")) == [nodes[1], nodes[3]]
    assert nodes_with(["丁"], nodes, read("text")) == []


def test_a_stretch_lies_inside_a_longer_word_or_does_not() -> None:
    assert is_inside("应对付出", 1, 3, ["对付出"])
    assert not is_inside("应对付", 1, 3, ["对付出"])
    assert not is_inside("对付", 0, 2, ["应对付"])


def test_a_text_full_of_mistakes_has_an_end() -> None:
    judge = hits_in("text", read("text"), lambda text: (({"text": "x"}, (at, at + 1)) for at in range(len(text))))
    assert len(judge(SimpleNamespace(text="x" * 1000), None)) == MOST_HITS


SPELLINGS = similar_phrases(
    read, alike=["防妨", "健键"], shortest=4, longest=6, known={"键康": "健康"}, punctuation="，。"
)


@pytest.mark.parametrize(
    ("given", "hits"),
    [
        (("做好防汛，", "做好妨汛"), [("做好妨汛", (0, 4))]),
        (("做好妨汛。做好防汛", "做好防汛"), [("做好妨汛", (0, 4))]),
        (("防汛好", "妨汛好"), []),
        (("做好防汛工作了", "做好妨汛工作了"), []),
        (("做好防汛工作", "先说，做好妨汛工作"), [("做好妨汛工作", (3, 9))]),
        (("防范健全", "妨范键全"), []),
        (("身体健康", "身体键康"), []),
        (("做好防汛", "做好抗汛"), []),
    ],
)
def test_one_phrase_in_two_spellings_is_found_at_the_rarer_or_later(given: tuple[str, ...], hits: list[Any]) -> None:
    assert found(SPELLINGS, texts(*given)) == hits


def test_the_other_spelling_is_a_related_place(check: Check) -> None:
    text = form(project(1, usage=("", "用于防汛物资储备和管理。")), project(2, usage=("", "用于妨汛物资储备和管理。")))
    (finding,) = check(text)
    assert finding.rule.id == "phrase-spelled-twice"
    assert finding.related[0].place.span.line == line_of(text, "用于防汛")


def lists_of(pack: Pack, rule_id: str) -> dict[str, Any]:
    from perfcheck.resources import packs_folder
    from perfcheck.rulebook.yaml_file import read_trusted

    lists: dict[str, Any] = read_trusted(str(Path(packs_folder()) / "national" / "vocabulary" / f"{rule_id}.yaml"))
    return lists


def test_every_wrong_word_of_the_lists_is_found_and_the_right_one_is_not(hebei: Pack) -> None:
    lists = lists_of(hebei, "confusions")
    words, beside = lists["confusions"], lists["confusions-beside"]
    judge = confusions(
        read, field="text", words=words, only_with=beside, not_with=lists["confusions-not-beside"],
        unless_inside=lists["confusions-right-inside"],
    )  # fmt: skip
    for wrong, right in words.items():
        company = "、".join(beside.get(wrong, ())[:1])
        assert [text for text, _ in found(judge, texts(f"（一）{wrong}。{company}"))] == [wrong]
        assert found(judge, texts(f"（一）{right}。{company}")) == [], right
    assert found(judge, texts(*lists["confusions-right-inside"])) == []


def test_every_word_of_the_list_is_found_when_doubled(hebei: Pack) -> None:
    lists = lists_of(hebei, "confusions")
    judge = confusions(
        read, field="text", words=lists["words-doubled"], unless_inside=lists["words-doubled-right-inside"]
    )
    for doubled, word in lists["words-doubled"].items():
        assert doubled == word * 2
        assert [text for text, _ in found(judge, texts(f"着{doubled}甲"))] == [doubled]


def test_a_mistake_is_pointed_at_in_its_own_line(check: Check) -> None:
    text = form(project(1, goals="1.全年维护12处。\n2.建立台帐。"))
    (finding,) = check(text)
    assert rule_ids([finding]) == ["wrong-word"]
    line = line_of(text, "2.建立台帐")
    assert finding.location.place.span == (line, 5, line, 7)
