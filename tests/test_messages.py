"""Messages filled by hand and by Jinja say the same."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError, UndefinedError, meta

from perfcheck.api import check, open_pack
from perfcheck.config import Settings
from perfcheck.finding import FieldNames
from perfcheck.messages import LONGEST_VALUE, Messages, compile_with_jinja
from perfcheck.reporting.words import words
from tests.conftest import CORPUS
from tests.forms import form

RULES = open_pack("hebei").rules
NAMES = sorted(
    {
        name
        for rule in RULES
        for text in (rule.message.zh, rule.message.en)
        for name in meta.find_undeclared_variables(Environment(autoescape=False).parse(text))
    }
)
"""Every value a message of the built-in packs asks for."""
SOME = st.text(alphabet="甲乙a1{}%<>&\"'\\ |`$", max_size=12)
PROBLEMS = sorted({word for rule in RULES for word in re.findall(r"== '(\w+)'", rule.message.zh)})
"""Every word a message makes a difference by."""


def template(rule: Any, language: str) -> str:
    return str(rule.message.in_language(language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_ways_of_filling_a_message_agree_for_all_rules(language: str) -> None:
    both = [
        (rule.id, Messages.compile(template(rule, language)), compile_with_jinja(template(rule, language)))
        for rule in RULES
    ]

    @given(st.fixed_dictionaries(dict.fromkeys(NAMES, SOME)), st.sampled_from(PROBLEMS))
    def agree(values: dict[str, str], problem: str) -> None:
        values["problem"] = problem
        assert [(name, ours(values)) for name, ours, _ in both] == [(name, jinja(values)) for name, _, jinja in both]

    agree()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲",
        "{{ text }}",
        "{{text}}",
        "{{  text  }}{{ text }}",
        "甲{{ text }}乙{{ number }}",
        "{ text }",
        "{{ text }}\n",
        "}} {{ text }}",
        "%{{ text }}%",
    ],
)
def test_both_ways_agree_on_every_shape_of_template(text: str) -> None:
    values = {"text": "<b>{{ number }}</b>", "number": "8"}
    assert Messages.compile(text)(values) == compile_with_jinja(text)(values)


PIECES = (
    "甲", "%", "{", "\n", "{{ text }}", "{{ text|upper }}", "{# 乙 #}", "{% if text %}", "{% if text == '8' %}", "{%if number=='8'%}",
    "{% if text == '1' and number %}", "{% if number != '8' %}", "{% elif number == '8' %}", "{% elif nosuch %}", "{% else %}",
    "{% else text %}", "{% endif %}", "{%- endif %}", "{% raw %}", "{% endraw %}",
    "{{ none }}", "{{ self }}", "{% if true %}", "{% if not %}", "{% elif none == '8' %}", "\r\n", "\r",
)  # fmt: skip


@example(["{", "{{ text }}"])
@example(["{", "{% if text %}", "{% endif %}"])
@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_both_ways_agree_on_templates_made_at_random(pieces: list[str]) -> None:
    def said(way: Any) -> list[str]:
        try:
            fill = way("".join(pieces))
        except TemplateSyntaxError:
            return ["wrong"]
        found = []
        for text in ("", "1", "8", "{% if text %}"):
            try:
                found.append(fill({"text": text, "number": "8"}))
            except (KeyError, UndefinedError):
                found.append("no such name")
        return found

    assert said(Messages.compile) == said(compile_with_jinja)


def test_no_message_of_the_built_in_packs_needs_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfcheck.messages.compile_with_jinja", lambda text: pytest.fail(text))
    for rule in RULES:
        for language in ("zh", "en"):
            Messages.compile(template(rule, language))


@pytest.mark.parametrize("text", ["{{ nosuch }}", "{{ text.x.y }}", "{% if nosuch %}a{% endif %}"])
def test_a_name_that_was_not_given_is_an_error_in_both_ways(text: str) -> None:
    for fill in (Messages.compile(text), compile_with_jinja(text)):
        with pytest.raises(Exception):
            fill({"text": "甲"})


@pytest.mark.parametrize(
    "text", ["{{ text.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ range(3) }}", "{{ text.__init__.__globals__ }}"]
)
def test_a_message_cannot_reach_into_python(text: str) -> None:
    with pytest.raises(Exception):
        Messages.compile(text)({"text": "甲"})


def rule_saying(text: str) -> Any:
    rule = RULES[0]
    return rule._replace(id="made-up", message=rule.message._replace(zh=text, en=text))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("甲\n 乙", "甲 乙", "甲 乙"), (Decimal("8.00"), "8.00", "8.00"), (Decimal("1E+3"), "1000", "1000"), (3, "3", "3"),
        (FieldNames(("code", "name")), "项目编码、项目名称", "project code, project name"), ("长" * 100, "长" * (LONGEST_VALUE - 1) + "…", "长" * (LONGEST_VALUE - 1) + "…"),
        ("长" * LONGEST_VALUE, "长" * LONGEST_VALUE, "长" * LONGEST_VALUE),
    ],
    ids=["line break", "money", "exponent", "number", "fields", "long", "just long enough"],
)  # fmt: skip
def test_values_are_shown_as_people_write_them(value: object, zh: str, en: str) -> None:
    for language, shown in (("zh", zh), ("en", en)):
        assert Messages(language, words(language).part).render(rule_saying("{{ text }}"), {"text": value}) == shown


def test_quotation_marks_within_quotation_marks_are_inner_ones() -> None:
    rule = rule_saying("“{{ text }}”和{{ other }}")
    said = Messages("zh", words("zh").part).render(rule, {"text": "“百千万”工程", "other": "“甲”、“乙”"})
    assert said == "“‘百千万’工程”和“甲”、“乙”"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.skipif(not CORPUS, reason="the real documents are not beside this checkout (../shared/corpus)")
def test_both_ways_agree_on_all_real_findings(
    read: Any, judged: Any, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [path.read_text(encoding="utf-8") for path in CORPUS]
    by_hand = [finding.message for text in texts for finding in judged(text, language=language).findings]
    monkeypatch.setattr(Messages, "compile", staticmethod(compile_with_jinja))
    assert [finding.message for text in texts for finding in judged(text, language=language).findings] == by_hand
    assert len(by_hand) > 60


def test_a_number_of_thousands_of_digits_is_cut_like_any_text() -> None:
    rule = next(rule for rule in RULES if rule.id == "budget-sum-mismatch")
    values = dict.fromkeys(("total", "sum", "difference"), Decimal("1" * 6000))
    said = Messages("zh", words("zh").part).render(rule, values)
    assert said.count("1" * (LONGEST_VALUE - 1) + "…") == 3 and len(said) < 5 * LONGEST_VALUE


def test_what_a_duty_says_is_quoted_with_a_sign_where_it_is_cut(tmp_path: Path) -> None:
    long = "认真贯彻落实上级各项决策部署切实履行本单位各项职责推动各项工作再上新台阶" * 3
    path = tmp_path / "a.txt"
    text = form().replace("（一）道路养护", f"（一）{long}", 1).replace("绩效指标：养护合格率不低于95%。\n", "", 1)
    path.write_text(text, encoding="utf-8")
    (judgement,) = check(Settings((str(path),), select=("duty-not-quantified",))).judgements
    (finding,) = judgement.findings
    assert f"“（一）{long[: LONGEST_VALUE - 4]}…”" in finding.message
