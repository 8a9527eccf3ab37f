"""The words of both languages are the same set, and nothing is left without a word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import perfcheck.reporting.words as module
from perfcheck.finding import LEVELS, Step
from perfcheck.model.selections import FIELDS
from perfcheck.reporting.words import words
from perfcheck.rulebook import Pack

CONTENT = {
    language: json.loads((Path(module.__file__).with_name("words") / f"{language}.json").read_text(encoding="utf-8"))
    for language in ("zh", "en")
}


@pytest.mark.parametrize("section", ["parts", "levels", "report"])
def test_both_languages_name_the_same_things(section: str) -> None:
    assert list(CONTENT["zh"][section]) == list(CONTENT["en"][section])


def test_both_languages_fill_in_the_same_values() -> None:
    for name, text in CONTENT["zh"]["report"].items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", CONTENT["en"]["report"][name])), name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_a_rule_of_the_packs_can_point_at_has_a_word(hebei: Pack, language: str) -> None:
    say = words(language)
    for rule in hebei.rules:
        for key in ("fields", "field", "total", "parts", "other"):
            named = rule.options.get(key, ())
            for field in [named] if isinstance(named, str) else named:
                assert say.part(field) and say.part(field.partition(".")[0])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_a_rule_may_name_has_a_word(language: str) -> None:
    missing = [
        field for fields in FIELDS.values() for field in sorted(fields) if field not in CONTENT[language]["parts"]
    ]
    heads = [field.partition(".")[0] for field in missing]
    assert [head for head in heads if head not in CONTENT[language]["parts"]] == []


def test_levels_have_words() -> None:
    assert set(CONTENT["zh"]["levels"]) == set(LEVELS)


def test_a_place_is_said_without_line_breaks_and_with_its_number() -> None:
    place = words("zh").place((Step("project", "村道\n养护", "3"), Step("spending_plan"), Step("due", "6月底")))
    assert place == "项目 3“村道 养护” · 资金支出计划 · 6月底"
    assert words("zh").place((Step("project", None, "3"), Step("title"))) == "第 3 张项目表 · 表题"
    assert words("en").place((Step("indicator", None, "2"),)) == "indicator row 2"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_name_is_cut_with_a_sign_and_the_id_of_a_rule_is_not(language: str, hebei: Pack) -> None:
    say = words(language)
    for rule in hebei.rules:
        assert rule.id in say.step(Step("waiver", rule.id))
    assert "甲" * 20 in say.step(Step("duty_goal", "甲" * 20)) and "…" not in say.step(Step("duty_goal", "甲" * 20))
    assert "甲" * 19 + "…" in say.step(Step("duty_goal", "甲" * 21)) and "甲" * 20 not in say.step(
        Step("duty_goal", "甲" * 21)
    )
