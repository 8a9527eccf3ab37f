"""Pages about rules are made from the rule files."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfcheck.api import open_pack
from perfcheck.reporting.rule_pages import rule_list, rule_page, write_pages
from perfcheck.rulebook import Pack
from tests.conftest import ROOT


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_in_the_list(hebei: Pack, language: str) -> None:
    text = rule_list(hebei, language)
    assert all(f" {rule.id} " in text for rule in hebei.rules)
    assert str(len(hebei.rules)) in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_says_what_why_on_what_basis_and_what_to_do(hebei: Pack, language: str) -> None:
    for rule in hebei.rules:
        page = rule_page(rule, language)
        assert page.startswith(f"# {rule.title.in_language(language)}\n")
        assert rule.why.in_language(language) in page and rule.remedy.in_language(language) in page
        assert rule.category in page and rule.id in page
        assert all(item.document in page for item in rule.citation)


def test_a_page_says_whether_the_text_was_seen(pack: str) -> None:
    pages = {rule.id: rule_page(rule, "zh") for rule in open_pack(pack).rules}
    assert "内容已核" in pages["plan-falling"]
    assert "未核" in pages["basis-empty"]


def test_the_pages_in_the_documentation_are_fresh(hebei: Pack) -> None:
    folder = ROOT / "docs" / "rules"
    if not folder.is_dir():
        pytest.skip("the documentation of the rules is not in this checkout")
    pages = write_pages(hebei, folder)
    stale = [
        path.name for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run make docs"
    assert {path.name for path in folder.glob("*.md")} == {Path(path).name for path in pages}
