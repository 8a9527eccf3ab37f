"""``perfcheck config show``: what is in force for a file and where it was written; ``perfcheck config schema``."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from perfcheck.cli import main
from tests.configuration.conftest import Tree
from tests.forms import form, project

UNIT = os.path.join("省", "县", "单位")
FOUR = {
    "perfcheck.yaml": "pack: national\nfail-on: warning\nlocks:\n  - {rule: budget-sum-mismatch, reason: 全国统一要求}\n",
    "省/perfcheck.yaml": "pack: hebei\nlanguage: zh\nrules:\n  basis-vague: {level: error, with: {longest: 20}}\n",
    "省/县/perfcheck.yaml": "ignore: [punctuation-half-width]\noverrides:\n  - {paths: ['2021年/**'], ignore: [goals-blank]}\n"
    "  - {projects: [村道养护经费], rules: {value-blank: {level: warning}}}\nreports: {sarif: 结果.sarif}\n",
    "省/县/单位/perfcheck.yaml": "year: 2023\njobs: auto\noverrides:\n  - {paths: ['*.txt'], year: 2022}\n",
    "省/县/单位/a.txt": form(project(1), project(2)),
}
Show = Callable[..., Result]


@pytest.fixture
def show(tree: Tree) -> Show:
    """``perfcheck config show`` in a tree of four levels, with other files in it."""

    def show(*arguments: str, **more: str) -> Result:
        tree({**FOUR, **more})
        return CliRunner().invoke(main, ["config", "show", *arguments])

    return show


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_every_value_is_shown_with_the_file_and_line_it_comes_from(show: Show) -> None:
    said = told(show(f"{UNIT}/a.txt", "--format", "json"))
    assert said["configuration"] == [os.path.join(*name.split("/")) for name in FOUR if name.endswith(".yaml")]
    province, county, unit = (
        os.path.join(folder, "perfcheck.yaml") for folder in ("省", "省/县".replace("/", os.sep), UNIT)
    )
    assert said["settings"]["pack"] == {"value": "hebei", "source": f"{province}:1"}
    assert said["settings"]["fail-on"] == {"value": "warning", "source": "perfcheck.yaml:2"}
    assert said["settings"]["year"] == {"value": 2022, "source": f"{unit}:4"}  # of the override, which beats line 1
    assert said["settings"]["jobs"] == {"value": "auto", "source": f"{unit}:2"}
    assert said["settings"]["cache-dir"] == {"value": None, "source": None}
    assert said["reports"]["sarif"] == {"value": os.path.join("省", "县", "结果.sarif"), "source": f"{county}:5"}
    vague = said["rules"]["basis-vague"]
    assert (vague["level"], vague["level_source"], vague["level_of_pack"]) == ("error", f"{province}:4", "note")
    assert vague["options"]["longest"] == {"value": "20", "source": f"{province}:4", "default": "30"}
    assert said["rules"]["punctuation-half-width"]["on"] is False
    assert said["rules"]["punctuation-half-width"]["source"] == f"{county}:1"
    assert [lock["source"] for lock in said["locks"]] == ["perfcheck.yaml:4"]


def test_overrides_say_whether_they_fit_this_document(show: Show) -> None:
    past, projects, year = told(show(f"{UNIT}/a.txt", "--format", "json"))["overrides"]
    assert (past["applies"], past["changes"]) == (False, {"ignore": ["goals-blank"]})
    assert (projects["applies"], projects["fitting_projects"]) == (True, ["村道养护经费"])
    assert (year["applies"], year["changes"]) == (True, {"year": 2022})


def test_without_the_document_nobody_knows_whether_its_projects_fit(show: Show) -> None:
    result = show(f"{UNIT}/没有.txt", "--format", "json")
    assert [each["applies"] for each in told(result)["overrides"]] == [False, None, True]
    assert "没有.txt" in result.stderr


def test_what_is_shown_is_what_a_check_uses(show: Show) -> None:
    """Each rule that is on for the file is one its check runs, and no other."""
    said = told(show(f"{UNIT}/a.txt", "--format", "json"))
    checked = CliRunner().invoke(main, ["check", f"{UNIT}/a.txt", "--format", "sarif"])
    rules = {rule["id"] for rule in json.loads(checked.stdout)["runs"][0]["tool"]["driver"]["rules"]}
    assert rules == {rule_id for rule_id, rule in said["rules"].items() if rule["on"]}


def test_people_get_the_same_with_rules_that_differ_from_the_pack_only(show: Show) -> None:
    text = show(f"{UNIT}/a.txt").stdout
    lines = [re.sub(r"\s+", " ", line).strip() for line in text.replace(os.sep, "/").splitlines()]
    assert "fail-on: warning perfcheck.yaml:2" in lines
    assert "basis-vague: level note → error 省/perfcheck.yaml:4" in lines
    assert "basis-vague: longest 30 → 20 省/perfcheck.yaml:4" in lines
    assert "关 / off: punctuation-half-width 省/县/perfcheck.yaml:1" in lines
    assert (
        "projects: 村道养护经费 → rules: {value-blank: {level: warning}} 适用于 村道养护经费 / applies 省/县/perfcheck.yaml:4"
        in lines
    )
    assert "budget-sum-mismatch ≥ error perfcheck.yaml:4 全国统一要求" in lines
    assert "value-blank:" not in text.partition("例外")[0]


def test_many_rules_that_are_off_take_one_line(tree: Tree) -> None:
    tree({"perfcheck.yaml": "select: [goals-blank]\n"})
    text = CliRunner().invoke(main, ["config", "show"]).stdout
    assert len([line for line in text.splitlines() if "关 / off" in line]) == 1 and "等 " in text


def test_a_pattern_of_projects_that_fits_none_of_a_document_is_said(tree: Tree) -> None:
    tree({"perfcheck.yaml": "overrides:\n  - {projects: [没有这个项目], ignore: [goal]}\n", "a.txt": form()})
    result = CliRunner().invoke(main, ["config", "show", "a.txt"])
    assert result.exit_code == 0
    assert "perfcheck.yaml:2" in result.stderr and "没有这个项目" in result.stderr


def test_a_file_that_cannot_be_read_still_has_a_configuration(tree: Tree) -> None:
    tree({"perfcheck.yaml": "overrides:\n  - {layouts: [hebei-2022], ignore: [goal]}\n", "a.pdf": "not a PDF"})
    result = CliRunner().invoke(main, ["config", "show", "a.pdf", "--format", "json"])
    assert told(result)["overrides"][0]["applies"] is None and "读不出来" in result.stderr


def test_without_configuration_files_all_values_are_defaults(tree: Tree) -> None:
    tree({"a.txt": form()})
    said = told(CliRunner().invoke(main, ["config", "show", "a.txt", "--format", "json"]))
    assert said["configuration"] == []
    assert {value["source"] for value in said["settings"].values()} == {None}
    assert "没有配置文件" in CliRunner().invoke(main, ["config", "show", "a.txt"]).stdout


@pytest.mark.parametrize("arguments", [["--isolated"], ["--config", "别.yaml"]])
def test_other_sources_can_be_shown(tree: Tree, arguments: list[str]) -> None:
    tree({"perfcheck.yaml": "year: 2024\n", "别.yaml": "year: 2021\n"})
    said = told(CliRunner().invoke(main, ["config", "show", "--format", "json", *arguments]))
    assert said["settings"]["year"]["value"] == (None if arguments == ["--isolated"] else 2021)


@pytest.mark.parametrize("arguments", [["show"], ["show", "--format", "json"], ["schema"]])
def test_a_wrong_file_is_said_with_its_line_and_ends_with_2(tree: Tree, arguments: list[str]) -> None:
    tree({"perfcheck.yaml": "\nfail_on: note\n"})
    result = CliRunner().invoke(main, ["config", *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "perfcheck.yaml:2" in result.stderr and "fail-on" in result.stderr


def test_two_sources_exclude_each_other(tree: Tree) -> None:
    tree({"perfcheck.yaml": "year: 2024\n"})
    result = CliRunner().invoke(main, ["config", "show", "--config", "perfcheck.yaml", "--isolated"])
    assert result.exit_code == 2 and "--isolated" in result.stderr


# ---- the schema ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def accepts() -> Callable[[str], bool]:
    """Whether the schema that is printed accepts a configuration."""
    jsonschema = pytest.importorskip("jsonschema")
    yaml = pytest.importorskip("yaml")
    schema = json.loads(CliRunner().invoke(main, ["config", "schema", "--isolated"]).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    return lambda text: bool(validator.is_valid(yaml.safe_load(text)))


@pytest.mark.parametrize("name", [name for name in FOUR if name.endswith(".yaml")])
def test_the_schema_accepts_what_is_right(accepts: Callable[[str], bool], name: str) -> None:
    assert accepts(FOUR[name])


@pytest.mark.parametrize(
    "text",
    [
        "sellect: [goals]\n", "fail-on: warn\n", "year: 24\n", "jobs: 0\n", "select: goals\n", "rules: {value-blank: {level: fatal}}\n",
        "rules: {value-blank: {}}\n", "rules: {basis-vague: {with: {longset: 3}}}\n", "overrides: [{ignore: [goal]}]\n", "locks: [{level: note}]\n",
        "reports: {sarief: a}\n", "root: perhaps\n",
    ],
)  # fmt: skip
def test_the_schema_refuses_what_is_wrong(accepts: Callable[[str], bool], text: str) -> None:
    assert not accepts(text)


def test_the_schema_in_the_documentation_is_fresh() -> None:
    """``make docs`` writes it anew."""
    from perfcheck import api
    from perfcheck.configuration.schema import config_schema
    from perfcheck.reporting.formats import FORMATS
    from tests.conftest import ROOT

    path = Path(ROOT, "docs", "schemas", "config.schema.json")
    assert json.loads(path.read_text(encoding="utf-8")) == config_schema(
        api.open_pack("hebei"), api.VOCABULARY, FORMATS
    )
