"""Configuration files: where they are found, what may stand in them, and what is said of those that are wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from perfcheck.cli import main
from perfcheck.errors import PerfcheckError, SettingsError
from tests.configuration.conftest import Configured, Tree
from tests.forms import form, project


def said(settle: Configured, *paths: str, **options: Any) -> str:
    with pytest.raises(PerfcheckError) as caught:
        settle(*paths, **options)
    return str(caught.value)


# ---- where they are found ------------------------------------------------------------------------------------------------


def test_without_a_file_nothing_changes_and_nothing_is_imported(tree: Tree) -> None:
    tree({"县/镇/文本.txt": form()})
    code = (
        "import os, sys; sys.argv = ['perfcheck', 'check', os.path.join('县', '镇', '文本.txt')]\n"
        "import perfcheck.cli as cli\ntry:\n    cli.main()\nexcept SystemExit as end:\n    print(end.code)\n"
        "print([name for name in sys.modules if name.startswith(('perfcheck.configuration', 'tomllib', 'tomli', 'difflib'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip().splitlines()[-2:] == ["0", "[]"], done.stderr


@pytest.mark.parametrize("name", ["perfcheck.yaml", "perfcheck.yml"])
def test_a_file_is_found_upwards_from_the_document_not_from_the_current_folder(
    tree: Tree, settle: Configured, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({f"县/{name}": "year: 2024\n", "县/镇/村/文本.txt": "", "别处/a": ""})
    monkeypatch.chdir(root / "别处")
    assert settle("../县/镇/村/文本.txt").settings.groups[0].year == 2024


def test_standard_input_is_configured_by_the_current_folder(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "year: 2024\n"})
    assert settle("-").settings.groups[0].year == 2024


def test_a_section_of_pyproject_is_as_good(tree: Tree, settle: Configured) -> None:
    tree({"pyproject.toml": '[tool.other]\na = 1\n[tool.perfcheck]\nyear = 2024\nfail-on = "note"\n[tool.perfcheck.rules.basis-vague]\n'
          'level = "note"\nwith.longest = 7\n[[tool.perfcheck.overrides]]\npaths = ["往年/**"]\nignore = ["basis"]\n'})  # fmt: skip
    group = settle("文本.txt").settings.groups[0]
    assert (group.year, group.fail_on) == (2024, "note")
    assert group.tailoring is not None
    wheres = [setting.where for setting in group.tailoring.selection.settings]
    assert wheres == ["pyproject.toml:7", "pyproject.toml:8"]
    assert group.tailoring.selection.overrides[0].where == "pyproject.toml:9"


def test_python_3_10_reads_pyproject_with_tomli(
    tree: Tree, settle: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = pytest.importorskip("tomllib" if sys.version_info >= (3, 11) else "tomli")
    monkeypatch.setitem(sys.modules, "tomllib", None)
    monkeypatch.setitem(sys.modules, "tomli", reader)
    tree({"pyproject.toml": "[tool.perfcheck]\nyear = 2024\n"})
    assert settle("文本.txt").settings.groups[0].year == 2024


def test_tomli_is_required_where_python_has_no_reader_of_its_own() -> None:
    from tests.conftest import ROOT

    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r"^  \"tomli>=\S+ python_version < '3\.11'\"", text, re.MULTILINE)


def test_a_pyproject_of_others_is_passed_over(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "year: 2024\n", "县/pyproject.toml": "[tool.ruff]\nbroken = [\n"})
    assert settle("县/文本.txt").settings.groups[0].year == 2024


def test_in_one_folder_the_yaml_file_wins(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "year: 2024\n", "pyproject.toml": "[tool.perfcheck]\nyear = 2023\n"})
    assert settle("文本.txt").settings.groups[0].year == 2024


def test_root_ends_the_search(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "year: 2024\nfail-on: note\n", "县/perfcheck.yaml": "root: true\nfail-on: warning\n"})
    group = settle("县/文本.txt").settings.groups[0]
    assert (group.year, group.fail_on) == (None, "warning")


def test_root_does_not_hide_locks_of_the_same_repository(tree: Tree, settle: Configured) -> None:
    root = tree({"perfcheck.yaml": "locks: [value-blank]\n", "县/perfcheck.yaml": "root: true\n"})
    settle("县/文本.txt")  # no repository: whatever stands above is somebody else's
    (root / ".git").mkdir()
    words = said(settle, "县/文本.txt")
    assert "县/perfcheck.yaml:1" in words and "perfcheck.yaml:1" in words and "root" in words


@pytest.mark.parametrize("arguments", [("--isolated",), ("--config", "别.yaml")])
def test_no_option_leaves_out_locks_of_the_same_repository(tree: Tree, arguments: tuple[str, ...]) -> None:
    root = tree(
        {"perfcheck.yaml": "fail-on: never\n", "别.yaml": "fail-on: error\n", "县/a.txt": form(project(1, goals=""))}
    )
    check = ("check", "县/a.txt", *arguments)
    assert CliRunner().invoke(main, check).exit_code == 1
    tree({"perfcheck.yaml": "fail-on: never\nlocks: [value-blank]\n"})
    assert CliRunner().invoke(main, check).exit_code == 1  # no repository: whatever stands above is somebody else's
    (root / ".git").mkdir()
    result = CliRunner().invoke(main, check)
    assert result.exit_code == 2 and "perfcheck.yaml:2" in result.stderr and arguments[0] in result.stderr
    tree({"别.yaml": "extends: perfcheck.yaml\nfail-on: error\n"})
    if arguments[0] == "--config":
        assert CliRunner().invoke(main, check).exit_code == 1  # what it extends is not left out


def test_a_given_file_is_used_alone_and_isolated_uses_none(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "year: 2024\n", "别.yaml": "fail-on: note\n"})
    group = settle("文本.txt", file="别.yaml").settings.groups[0]
    assert (group.year, group.fail_on) == (None, "note")
    assert settle("文本.txt", isolated=True).settings.groups == ()


def test_options_of_the_command_line_beat_files(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "year: 2024\nfail-on: note\nlanguage: en\njobs: 3\npack: national\nignore: [goal]\n"})
    run = settle(
        "a.txt", year=2022, fail_on="never", language="zh", jobs="1", pack="hebei", select=("goals-blank",)
    ).settings
    group = run.groups[0]
    assert (group.year, group.fail_on, group.pack, run.language, run.jobs) == (2022, "never", "hebei", "zh", "1")
    assert group.tailoring is not None
    assert [named.word for named in group.tailoring.selection.select] == ["goals-blank"]


def test_paths_in_a_file_start_from_its_folder(tree: Tree, settle: Configured) -> None:
    tree(
        {
            "县/perfcheck.yaml": "cache-dir: .cache\nbaseline: ../旧.json\nwaivers: 豁免.yaml\nreports: {sarif: 出/结果.sarif}\n"
        }
    )
    run = settle("县/a.txt")
    assert run.settings.cache_folder == os.path.join("县", ".cache")
    assert (run.settings.baseline, run.settings.waivers) == ("旧.json", os.path.join("县", "豁免.yaml"))
    assert run.reports == ("sarif=" + os.path.join("县", "出", "结果.sarif"),)


OUTSIDE = (
    "reports: {markdown: ../../出/evil.md}\n",
    "cache-dir: ../../缓存\n",
    "reports: {json: @/a.json}\n",
    "cache-dir: @\n",
)


@pytest.mark.parametrize("line", OUTSIDE)
@pytest.mark.parametrize("repository", [True, False], ids=["git", "no git"])
def test_a_file_found_beside_documents_writes_nothing_outside_of_its_repository(
    tree: Tree, settle: Configured, tmp_path_factory: pytest.TempPathFactory, line: str, repository: bool
) -> None:
    elsewhere = tmp_path_factory.mktemp("别处")
    tree({"仓库/文本/perfcheck.yaml": "year: 2023\n" + line.replace("@", elsewhere.as_posix())})
    if repository:
        tree({"仓库/.git/HEAD": ""})
    with pytest.raises(SettingsError, match=r"perfcheck\.yaml:2.*仓库"):
        settle("仓库/文本/a.txt")
    assert settle("仓库/文本/a.txt", file="仓库/文本/perfcheck.yaml")


@pytest.mark.parametrize("line", ["reports: {text: .git/config}", "cache-dir: ../.git/hooks"])
def test_nor_among_the_files_of_git_itself(tree: Tree, settle: Configured, line: str) -> None:
    where = "仓库" if line.startswith("reports") else "仓库/文本"
    tree({"仓库/.git/config": "", f"{where}/perfcheck.yaml": line + "\n"})
    with pytest.raises(SettingsError, match="git 自己的文件"):
        settle("仓库/文本/a.txt")


def test_inside_the_repository_and_from_the_command_line_anything_goes(
    tree: Tree, settle: Configured, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = str(tmp_path_factory.mktemp("别处"))
    tree(
        {
            "仓库/.git/HEAD": "",
            "仓库/共用.yaml": "cache-dir: .缓存\n",
            "仓库/文本/perfcheck.yaml": "extends: ../共用.yaml\nreports: {json: ../出/a.json}\n",
        }
    )
    assert settle("仓库/文本/a.txt").settings.cache_folder == os.path.join("仓库", ".缓存")
    tree({"仓库/文本/perfcheck.yaml": f"cache-dir: {elsewhere}\n"})
    given = settle("仓库/文本/a.txt", cache_dir="别处", cache_folder="别处")
    assert given.settings.cache_folder == "别处"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_that_leads_out_of_the_repository_is_no_way_around(
    tree: Tree, settle: Configured, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tree({"仓库/.git/HEAD": "", "仓库/perfcheck.yaml": "reports: {markdown: 出/a.md}\n"})
    (root / "仓库" / "出").symlink_to(tmp_path_factory.mktemp("别处"))
    with pytest.raises(SettingsError, match="仓库"):
        settle("仓库/a.txt")


@pytest.mark.parametrize("nothing", ["~", "null", "''"])
def test_a_value_can_be_taken_back(tree: Tree, settle: Configured, nothing: str) -> None:
    tree(
        {
            "perfcheck.yaml": "year: 2024\ncache-dir: c\n",
            "县/perfcheck.yaml": f"year: {nothing}\ncache-dir: {nothing}\n",
        }
    )
    run = settle("县/a.txt").settings
    assert run.groups[0].year is None and run.cache_folder is None


# ---- what extends what -----------------------------------------------------------------------------------------------------


def test_a_file_extends_others_and_packs_in_their_order(tree: Tree, settle: Configured) -> None:
    tree({
        "公用/一.yaml": "fail-on: note\nlanguage: en\n", "公用/二.yaml": "fail-on: warning\n",
        "perfcheck.yaml": "extends: [公用/一.yaml, 公用/二.yaml, national]\n",
    })  # fmt: skip
    run = settle("a.txt").settings
    assert (run.groups[0].fail_on, run.language, run.groups[0].pack) == ("warning", "en", "national")


def test_what_is_found_above_and_extended_as_well_counts_once_and_first(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "fail-on: note\n", "县/perfcheck.yaml": "extends: ../perfcheck.yaml\nfail-on: warning\n"})
    assert settle("县/a.txt").settings.groups[0].fail_on == "warning"


def test_files_that_extend_each_other_are_refused(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "extends: 二.yaml\n", "二.yaml": "extends: 三.yaml\n", "三.yaml": "extends: 二.yaml\n"})
    assert "二.yaml → 三.yaml → 二.yaml" in said(settle, "a.txt")


# ---- what is wrong is named with file, line and what was probably meant ------------------------------------------------------

WRONG = [
    ("sellect: [goals]\n", 1, "select"), ("severity: {}\n", 1, "rules"), ("fail_on: note\n", 1, "fail-on"), ("fail-on: warn\n", 1, "warning"),
    ("language: cn\n", 1, "zh"), ("year: 24\n", 1, "2010"), ("year: 2024年\n", 1, "2010"), ("jobs: 0\n", 1, "auto"), ("jobs: many\n", 1, "auto"),
    ("format: exel\n", 1, "text"), ("select: goals\n", 1, "列表"), ("\nignore: [gaols-blank]\n", 2, "goals-blank"), ("select:\n  - stray-text\n  - value.blnk\n", 3, "value"),
    ("ignore: ['zzz-*']\n", 1, "zzz"), ("rules: {value-blnak: {level: note}}\n", 1, "value-blank"), ("rules:\n  value-blank: {level: fatal}\n", 2, "error"),
    ("rules:\n  value-blank:\n    level: off\n", 3, "ignore"), ("rules:\n  value-blank:\n    livel: note\n", 3, "level"), ("rules:\n  value-blank: {}\n", 2, "level"),
    ("rules:\n  basis-vague:\n    with:\n      longset: 3\n", 4, "longest"), ("rules:\n  basis-vague:\n    with: {longest: -3}\n", 3, "小于 0"),
    ("rules:\n  basis-vague:\n    with: {longest: 很长}\n", 3, "整数"), ("rules:\n  basis-copies-indicator:\n    with: {share: 120}\n", 3, "0 到 100"),
    ("rules:\n  basis-copies-indicator:\n    with: {field: bsis}\n", 3, "bsis"), ("rules:\n  basis-vague:\n    with: {words: $no-such-list}\n", 3, "no-such-list"),
    ("rules:\n  value:\n    with: {longest: 3}\n", 3, "编号"), ("rules:\n  basis-unsourced: {level: error}\n", 2, "把握不大"),
    ("overrides: {}\n", 1, "列表"), ("overrides:\n  - ignore: [goal]\n", 2, "范围"), ("overrides:\n  - paths: [a]\n", 2, "改什么"),
    ("overrides:\n  - paths: []\n    ignore: [goal]\n", 2, "空"), ("overrides:\n  - layouts: [hebei-2022x]\n    ignore: [goal]\n", 2, "hebei-202"),
    ("overrides:\n  - projects: [a]\n    year: 2024\n", 3, "paths"), ("overrides:\n  - paths: [a]\n    fail-on: note\n", 3, "不认识"),
    ("locks: value-blank\n", 1, "列表"), ("locks: [value-blnk]\n", 1, "value-blank"), ("locks:\n  - {rule: value-blank, level: x}\n", 2, "级别"),
    ("pack: henan\n", None, "henan"), ("pack: hebei\npacks: [hebei]\n", 2, "只写一个"), ("extends: no.yaml\n", 1, "不存在"), ("extends: {}\n", 1, "extends"),
    ("packs: []\n", 1, "空"), ("extends: ''\n", 1, "extends"), ("extends: ~\n", 1, "extends"), ("extends: ['']\n", 1, "extends"),
    ("reports: [sarif]\n", 1, "格式"), ("reports: {sarief: a}\n", 1, "sarif"), ("root: yes\n", 1, "true"), ("- a\n", 1, "键"), ("a: [\n", None, "YAML"),
    ("year: 2024\nyear: 2025\n", 2, "两次"), ("ignore: [value]\nlocks: [value-blank]\n", 2, "extend-select"), ("fail-on: never\nlocks: [{fail-on: error}]\n", 2, "never"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "word"), WRONG, ids=[repr(text)[:50] for text, _, _ in WRONG])
def test_what_is_wrong_is_named_with_its_line_and_a_remedy(
    tree: Tree, settle: Configured, text: str, line: int | None, word: str
) -> None:
    tree({"县/perfcheck.yaml": text})
    words = said(settle, "县/a.txt")
    assert word in words
    if line is not None:
        assert f"县{os.sep}perfcheck.yaml:{line}" in words


@pytest.mark.parametrize(
    ("option", "word", "meant"),
    [("select", "gaols-blank", "goals-blank"), ("ignore", "valeu", "value"), ("select", "zzz-*", "zzz")],
)
def test_a_misspelt_selector_of_the_command_line_is_named_beside_a_file(
    tree: Tree, settle: Configured, option: str, word: str, meant: str
) -> None:
    tree({"perfcheck.yaml": "year: 2024\n"})
    words = said(settle, "a.txt", **{option: (word,)})
    assert f"命令行 --{option} {word}" in words and meant in words


def test_everything_that_is_wrong_is_said_at_once(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "sellect: [a]\nyear: 24\nfail-on: x\n"})
    words = said(settle, "a.txt")
    assert all(f"perfcheck.yaml:{line}" in words for line in (1, 2, 3))


@pytest.mark.parametrize(
    "text",
    [
        "[tool.perfcheck]\nyear = \n",
        "[tool.perfcheck]\nsellect = []\n",
        "[tool.perfcheck.rules.value-blank]\nlevel = 3\n",
    ],
)
def test_a_wrong_pyproject_is_named(tree: Tree, settle: Configured, text: str) -> None:
    tree({"pyproject.toml": text})
    assert "pyproject.toml" in said(settle, "a.txt")


def test_a_pattern_of_paths_that_matches_nothing_is_a_warning(tree: Tree, settle: Configured) -> None:
    tree(
        {
            "perfcheck.yaml": "overrides:\n  - {paths: ['2021年/**'], ignore: [goal]}\n  - {paths: ['在/*.txt'], ignore: [goal]}\n",
            "在/b.txt": "",
        }
    )
    warnings = settle("a.txt").warnings
    assert len(warnings) == 1 and "perfcheck.yaml:2" in warnings[0] and "2021年/**" in warnings[0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ignore: ['*']\n", 1), ("overrides:\n  - {paths: ['**'], ignore: ['*']}\n", 2), ("overrides:\n  - {paths: [a.txt], select: []}\n", 2),
        ("overrides:\n  - {projects: ['*'], ignore: ['*']}\n", 2), ("overrides:\n  - {layouts: ['hebei-*'], ignore: ['*']}\n", 2),
        ("overrides:\n  - {paths: ['*'], select: [goal]}\n  - {paths: [a.txt], ignore: [goal]}\n", 3),
    ],
)  # fmt: skip
def test_no_rule_left_is_refused(tree: Tree, settle: Configured, text: str, line: int) -> None:
    """What nothing checks must not pass."""
    tree({"perfcheck.yaml": text})
    words = said(settle, "a.txt")
    assert "一条规则也不剩" in words and f"perfcheck.yaml:{line}" in words


def test_a_folder_of_the_name_of_a_pack_that_is_built_in_changes_nothing(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "pack: hebei\n", "hebei/a.txt": ""})
    assert settle("hebei/a.txt").settings.groups[0].pack == "hebei"
    tree({"perfcheck.yaml": "pack: ./hebei\n", "hebei/pack.yaml": "name: ours\nextends: national\n"})
    assert settle("hebei/a.txt").settings.groups[0].pack == os.path.join(".", "hebei")


def test_a_pack_can_be_taken_back(tree: Tree, settle: Configured) -> None:
    tree({"perfcheck.yaml": "pack: national\n", "县/perfcheck.yaml": "pack: ~\n"})
    assert [group.pack for group in settle("a.txt", "县/a.txt").settings.groups] == ["national", "hebei"]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.txt", "县/镇/a.txt", True), ("*.txt", "a.docx", False), ("2021年/**", "2021年/县/a.txt", True), ("2021年/**", "县/2021年/a.txt", False),
        ("**/2021年/**", "县/2021年/a.txt", True), ("**/2021年/**", "2021年/a.txt", True), ("2021年", "县/2021年/a.txt", True), ("县/镇", "县/镇/深/a.txt", True),
        ("县/*.txt", "县/镇/a.txt", False), ("县/*/a.txt", "县/镇/a.txt", True), ("县/?镇/a.txt", "县/东镇/a.txt", True), ("[甲乙]镇/*", "乙镇/a.txt", True),
        ("[!甲乙]镇/*", "乙镇/a.txt", False), ("./县/a.txt", "县/a.txt", True), ("/县/a.txt", "县/a.txt", True), ("a.txt", "../a.txt", False), ("[z-a]", "[z-a]", True),
        ("（一）*/a+b.txt", "（一）县/a+b.txt", True),
    ],
)  # fmt: skip
def test_patterns_of_paths_are_those_of_gitignore(tmp_path: Path, pattern: str, path: str, fits: bool) -> None:
    from perfcheck.configuration.globs import matches

    assert matches(pattern, str(tmp_path), os.path.normpath(tmp_path / path)) is fits


Run = Callable[..., Any]


def test_a_wrong_file_ends_a_check_with_2_and_no_traceback(tree: Tree) -> None:
    tree({"perfcheck.yaml": "sellect: [a]\n", "a.txt": form(project(1))})
    done = subprocess.run(
        [sys.executable, "-m", "perfcheck", "check", "a.txt"], capture_output=True, text=True, check=False
    )
    assert (
        done.returncode == 2
        and "perfcheck.yaml:1" in done.stderr
        and "Traceback" not in done.stderr
        and done.stdout == ""
    )
