"""``docs/configuration.md``: every key is in its tables, and its examples say what perfcheck says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfcheck.cli import main
from perfcheck.configuration.form import KEYS, OVERRIDE_KEYS
from tests.configuration.conftest import Configured, Tree
from tests.conftest import ROOT
from tests.forms import form

PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```yaml\n# (\S+\.yaml)\n(.*?)```", PAGE, re.DOTALL))
UNIT = "国家/河北/某县/某镇"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def four(tree: Tree) -> Path:
    """The example of the page, each file with the line that names it."""
    files = {name: f"# {name}\n{text}" for name, text in EXAMPLES.items()}
    return tree({**files, f"{UNIT}/绩效文本.txt": form(), "国家/河北/某县/往年/旧.txt": ""})


def squeezed(text: str) -> set[str]:
    return {re.sub(r"\s+", " ", line).strip() for line in text.splitlines()}


def test_every_key_has_its_line_in_a_table() -> None:
    rows = re.findall(r"^\| (.*?) \|", PAGE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    assert {*KEYS, *OVERRIDE_KEYS} <= named
    assert (
        re.findall(r"^\| `([a-z-]+)` \|", PAGE.partition("## 全部的键")[2].partition("###")[0], re.MULTILINE)[0]
        == "root"
    )


def test_the_example_has_four_levels_and_is_read_without_a_word(four: Path) -> None:
    assert len(EXAMPLES) == 4 and sorted(EXAMPLES, key=len)[-1].startswith(UNIT)
    result = CliRunner().invoke(main, ["check", f"{UNIT}/绩效文本.txt"])
    assert (result.exit_code, result.stderr) == (0, ""), result.output


def test_what_the_page_shows_is_what_is_shown(four: Path) -> None:
    shown, _, refused = blocks("text")[0], None, blocks("text")[1]
    result = CliRunner().invoke(main, ["config", "show", f"{UNIT}/绩效文本.txt"])
    assert squeezed(shown) <= squeezed(result.stdout), squeezed(shown) - squeezed(result.stdout)
    path = four / UNIT / "perfcheck.yaml"
    path.write_text("ignore: [value-not-quantified]\n", encoding="utf-8")
    said = CliRunner().invoke(main, ["check", f"{UNIT}/绩效文本.txt"])
    assert said.exit_code == 2 and refused.strip() in said.stderr


def test_the_section_of_pyproject_is_read(tree: Tree, settle: Configured) -> None:
    (section,) = blocks("toml")
    tree({"pyproject.toml": section, "往年/a.txt": ""})
    run = settle("a.txt")
    assert run.settings.groups[0].fail_on == "warning" and run.warnings == ()


def test_what_is_wrong_is_said_as_the_page_says(tree: Tree) -> None:
    expected = blocks("text")[2]
    tree({"perfcheck.yaml": "pack: hebei\nfail_on: note\n", "a.txt": form()})
    wrong = CliRunner().invoke(main, ["check", "a.txt"]).stderr
    tree({"perfcheck.yaml": "pack: hebei\nignore:\n  - gaols-blank\n"})
    assert squeezed(expected) <= squeezed(wrong + CliRunner().invoke(main, ["check", "a.txt"]).stderr)


def test_the_page_is_found_from_the_front_page() -> None:
    assert "docs/configuration.md" in (ROOT / "README.md").read_text(encoding="utf-8")
