"""One configuration, however a run is made: in several processes, in parts, from the cache, by other commands."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfcheck import api
from perfcheck.cli import main
from tests.configuration.conftest import Configured, Tree
from tests.forms import INDICATORS, NAMES, code, form, project
from tests.office import docx

SHORT_BASIS = [(*row[:5], "根据工作需要") for row in INDICATORS]
TEXT = form(
    project(1, plan=("50%", "45%", "", "80%")), project(2, goals="", project_code=code(90)), project(3, table=SHORT_BASIS), project(4, goals="")
)  # fmt: skip
CONFIGURATION = {
    "perfcheck.yaml": "fail-on: warning\nrules:\n  goals-blank: {level: warning}\n",
    "甲/perfcheck.yaml": "overrides:\n"
    f"  - {{projects: [{NAMES[3]}], ignore: [goals-blank]}}\n"
    "  - {paths: [旧/**], ignore: [spending-plan-decreasing], year: 2022}\n"
    "  - {layouts: ['hebei-*'], rules: {basis-vague: {level: error, with: {longest: 20}}}}\n",
    "乙/perfcheck.yaml": "language: zh\nignore: [goals-blank, code-in-two-documents]\n",
}
DOCUMENTS = {
    f"{folder}/{number}.txt": TEXT.replace("某镇", f"某{number}镇")
    for folder in ("甲", "甲/旧", "乙")
    for number in (1, 2)
}
FOLDERS = ["甲", "乙"]
Folder = Callable[..., Path]


@pytest.fixture
def folder(tree: Tree) -> Path:
    """Three folders of documents under two levels of configuration."""
    return tree({**CONFIGURATION, **DOCUMENTS})


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def found(result: Result) -> set[tuple[str, str, str]]:
    """File, rule and level of all findings of a report in JSON."""
    documents = json.loads(result.stdout)["documents"]
    return {(one["path"], each["rule"], each["level"]) for one in documents for each in one["findings"]}


def plain() -> Result:
    return run("check", *FOLDERS, "--format", "json")


def test_the_configuration_of_this_tree_makes_a_difference(folder: Path) -> None:
    """What the other tests compare with is not what a run without configuration says."""
    ours = found(plain())
    assert {level for path, rule, level in ours if rule == "goals-blank"} == {"warning"}
    assert {path.split("/")[0] for path, rule, _ in ours if rule == "goals-blank"} == {"甲"}
    assert {path for path, rule, _ in ours if rule == "spending-plan-decreasing"} == {
        "甲/1.txt",
        "甲/2.txt",
        "乙/1.txt",
        "乙/2.txt",
    }
    assert found(run("check", *FOLDERS, "--format", "json", "--isolated")) != ours


def test_of_two_projects_with_one_fault_an_override_is_for_the_one_it_names(folder: Path) -> None:
    (document,) = (one for one in json.loads(plain().stdout)["documents"] if one["path"] == "甲/1.txt")
    assert [each["place"].count("乡道") for each in document["findings"] if each["rule"] == "goals-blank"] == [1]


WAYS: dict[str, tuple[str, ...]] = {
    "two processes": ("--jobs", "2"),
    "two processes with a limit": ("--jobs", "2", "--timeout", "60"),
    "statistics": ("--statistics",),
    "statistics in two processes": ("--statistics", "--jobs", "2"),
    "an empty cache": ("--cache-dir", ".cache"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_checking_says_the_same(folder: Path, way: str) -> None:
    expected, result = plain(), run("check", *FOLDERS, "--format", "json", *WAYS[way])
    assert result.exit_code == expected.exit_code == 1
    assert found(result) == found(expected) and ("--statistics" in WAYS[way] or result.stdout == expected.stdout)


def test_the_time_of_tailored_rules_is_told(folder: Path) -> None:
    said = run("check", *FOLDERS, "--statistics").stderr
    assert "读取 utf-8，6 份" in said and "最慢的规则" in said


def test_parts_put_together_say_the_same(folder: Path) -> None:
    expected = plain()
    for number in ("1", "2", "3"):
        run("check", *FOLDERS, "--shard", f"{number}/3", "--part", f"{number}.part")
    for name in CONFIGURATION:  # what is merged may be merged elsewhere
        (folder / name).unlink()
    merged = run("merge", "1.part", "2.part", "3.part", "--format", "json")
    assert (merged.stdout, merged.exit_code) == (expected.stdout, expected.exit_code)


def test_parts_may_be_checked_and_put_together_in_different_places(
    folder: Path, tree: Tree, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(
        {
            "包/pack.yaml": "name: bao\nextends: hebei\n",
            "甲/perfcheck.yaml": "pack: ../包\n" + CONFIGURATION["甲/perfcheck.yaml"],
        }
    )
    expected = plain()
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for number in ("1", "2"):
        place = shutil.copytree(folder, elsewhere / "跑" / number)
        monkeypatch.chdir(place)
        run("check", *FOLDERS, "--shard", f"{number}/2", "--part", str(elsewhere / f"{number}.part"))
    monkeypatch.chdir(elsewhere / "跑" / "1")
    assert (
        run("merge", *(str(elsewhere / f"{number}.part") for number in (1, 2)), "--format", "json").stdout
        == expected.stdout
    )


def test_a_pack_may_have_moved_when_parts_are_put_together(tree: Tree) -> None:
    root = tree(
        {
            "包/pack.yaml": "name: bao\nextends: hebei\n",
            "perfcheck.yaml": "pack: 包\n",
            "a.txt": form(project(1, goals="")),
        }
    )
    expected = run("check", "a.txt", "--format", "json")
    run("check", "a.txt", "--shard", "1/1", "--part", "1.part")
    (root / "包").rename(root / "规则")
    assert run("merge", "1.part").exit_code == 2
    assert run("merge", "1.part", "--pack", "规则", "--format", "json").stdout == expected.stdout


def test_one_place_cannot_stand_for_several_packs(tree: Tree) -> None:
    tree(
        {
            "a.txt": form(),
            "perfcheck.yaml": "pack: national\n",
            "县/a.txt": form(),
            "县/perfcheck.yaml": "pack: hebei\n",
        }
    )
    run("check", "a.txt", "县", "--shard", "1/1", "--part", "1.part")
    assert run("merge", "1.part").exit_code == 0
    refused = run("merge", "1.part", "--pack", "hebei")
    assert refused.exit_code == 2 and "hebei、national" in refused.stderr


def test_parts_checked_with_other_configurations_do_not_fit_together(folder: Path) -> None:
    run("check", *FOLDERS, "--shard", "1/2", "--part", "1.part")
    (folder / "perfcheck.yaml").write_text("rules: {goals-blank: {level: note}}\n", encoding="utf-8")
    run("check", *FOLDERS, "--shard", "2/2", "--part", "2.part")
    merged = run("merge", "1.part", "2.part")
    assert merged.exit_code == 2 and "不能合并" in merged.stderr


def test_settings_reach_other_processes_whole(folder: Path, settle: Configured) -> None:
    """As a cluster is sent them."""
    settings = settle(*DOCUMENTS).settings
    again = pickle.loads(pickle.dumps(settings))
    assert again == settings and len(settings.groups) == 3
    said = [[(each.fingerprint, each.level) for each in api.check(one).findings] for one in (again, settings)]
    assert said[0] == said[1] != []


def test_a_configuration_that_says_what_is_so_anyway_changes_nothing(tree: Tree) -> None:
    tree({"perfcheck.yaml": "pack: hebei\nfail-on: error\nrules: {goals-blank: {level: error}}\n", **DOCUMENTS})
    for format in ("json", "text", "sarif", "markdown"):
        ours, others = (run("check", "甲", "乙", "--format", format, *more) for more in ((), ("--isolated",)))
        assert ours.stdout == others.stdout and ours.exit_code == others.exit_code


def test_exceptions_that_together_leave_no_rule_are_no_pass(tree: Tree) -> None:
    exceptions = f"  - {{projects: [{NAMES[0]}], select: [goal]}}\n  - {{layouts: ['hebei-*'], ignore: [goal]}}\n"
    tree({"甲.txt": form(), "perfcheck.yaml": f"overrides:\n{exceptions}"})
    result = run("check", "甲.txt")
    assert result.exit_code == 2 and "一条规则也不剩" in result.stdout
    assert run("check", "甲.txt", "--isolated").exit_code == 0


# ---- the cache ---------------------------------------------------------------------------------------------------------------

CHANGES = {
    "a level": ("perfcheck.yaml", "level: warning", "level: note"),
    "a threshold": ("甲/perfcheck.yaml", "longest: 20", "longest: 2"),
    "ignore": ("乙/perfcheck.yaml", "goals-blank, ", ""),
    "a project": ("甲/perfcheck.yaml", NAMES[3], NAMES[1]),
    "a layout": ("甲/perfcheck.yaml", "'hebei-*'", "national-2021"),
    "a path": ("甲/perfcheck.yaml", "旧/**", "'1.txt'"),
    "a year by path": ("甲/perfcheck.yaml", "year: 2022", "year: 2017"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_configuration_is_not_answered_from_the_cache_of_the_old_one(folder: Path, change: str) -> None:
    cached = ("check", *FOLDERS, "--format", "json", "--cache-dir", ".cache")
    before = run(*cached)
    assert run(*cached).stdout == before.stdout
    name, old, new = CHANGES[change]
    text = (folder / name).read_text(encoding="utf-8")
    if change == "a layout":
        new = next(each for each in api.open_pack("hebei").contents.layouts if not each.startswith("hebei"))  # type: ignore[union-attr]
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    expected = plain()
    assert run(*cached).stdout == expected.stdout != before.stdout


def test_the_cache_may_be_configured(folder: Path, tree: Tree) -> None:
    tree({"perfcheck.yaml": CONFIGURATION["perfcheck.yaml"] + "cache-dir: .cache\n"})
    first = plain()
    entries = list((folder / ".cache").iterdir())
    assert entries and plain().stdout == first.stdout and sorted((folder / ".cache").iterdir()) == sorted(entries)
    assert run("check", *FOLDERS, "--format", "json", "--no-cache").stdout == first.stdout


# ---- other commands ----------------------------------------------------------------------------------------------------------

MENDABLE = form().replace("平整畅通。", "平整,畅通。", 1).replace("维护12处", "维护１２处", 1)


def test_fix_leaves_what_the_configuration_turns_off(tree: Tree) -> None:
    root = tree({"甲.txt": MENDABLE, "乙/甲.txt": MENDABLE, "乙/perfcheck.yaml": "ignore: [punctuation-half-width]\n"})
    result = run("fix", ".")
    assert result.exit_code == 0, result.output
    assert "平整,畅通" not in (root / "甲.txt").read_text(encoding="utf-8")
    kept = (root / "乙" / "甲.txt").read_text(encoding="utf-8")
    assert "平整,畅通" in kept and "维护12处" in kept
    assert "nothing to mend" in run("fix", "--diff", "乙").stderr
    assert "punctuation-half-width" in run("fix", "--diff", "乙", "--isolated").stderr


def test_fix_may_choose_less_than_what_is_locked(tree: Tree) -> None:
    """Choosing what to mend weakens no check."""
    tree({"甲.txt": MENDABLE, "perfcheck.yaml": "locks: [value-blank]\n"})
    assert run("fix", "--select", "punctuation-half-width", "甲.txt").exit_code == 0


def test_fix_names_a_wrong_configuration(tree: Tree) -> None:
    tree({"甲.txt": MENDABLE, "perfcheck.yaml": "sellect: [a]\n"})
    result = run("fix", "甲.txt")
    assert (
        result.exit_code == 2
        and "perfcheck.yaml:1" in result.stderr
        and "平整,畅通" in Path("甲.txt").read_text(encoding="utf-8")
    )


def test_annotate_writes_what_a_check_says_in_the_configured_language(tree: Tree) -> None:
    reader = pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    text = form(project(1, goals=""), project(2, plan=("50%", "45%", "", "80%")))
    root = tree({"perfcheck.yaml": "language: en\nignore: [plan]\n", "甲.txt": text})
    (root / "甲.docx").write_bytes(docx(text))
    assert run("annotate", "甲.docx", "-o", "批注.docx").exit_code == 0
    (comment,) = (each.text for each in reader.Document(str(root / "批注.docx")).comments)
    assert "goals-blank" in comment and "spending" not in comment and "The goal" in comment


def test_what_applies_is_explained_for_each_file_as_configured(folder: Path) -> None:
    said = run("check", *FOLDERS, "--explain-applicability").stdout
    old, new = said.index("甲/旧/1.txt"), said.index("甲/1.txt")
    assert "2022" in said[old : old + 200] and "2023" in said[new : new + 200]


def test_a_baseline_holds_what_a_check_finds_and_stands_where_it_is_configured(folder: Path, tree: Tree) -> None:
    tree({"perfcheck.yaml": CONFIGURATION["perfcheck.yaml"] + "baseline: 旧问题.json\n"})
    assert run("baseline", "create", *FOLDERS).exit_code == 0 and (folder / "旧问题.json").is_file()
    assert found(run("check", *FOLDERS, "--format", "json")) == set()
    (folder / "乙" / "perfcheck.yaml").write_text("fail-on: note\n", encoding="utf-8")
    assert run("baseline", "check", *FOLDERS).exit_code == 1  # what was not looked for before is new
    assert run("baseline", "update", *FOLDERS).exit_code == 0
    assert found(run("check", *FOLDERS, "--format", "json")) == set()


def test_watching_heeds_the_configuration_each_time(folder: Path) -> None:
    from perfcheck.commands.watching import Watched

    watched = Watched(FOLDERS, "hebei", ())
    assert watched.relevant([str(folder / "甲" / "perfcheck.yaml")]) != []


def test_files_that_fail_at_other_levels_each_fail_at_their_own(tree: Tree) -> None:
    warning = form(project(1, table=[*INDICATORS, ("", "服务对象满意度指标", "附加", "附加", "≥12", "甲")]))
    tree(
        {
            "甲/a.txt": warning,
            "甲/perfcheck.yaml": "fail-on: error\n",
            "乙/a.txt": form(),
            "乙/perfcheck.yaml": "fail-on: note\n",
        }
    )
    assert run("check", "甲", "乙").exit_code == 0
    Path("乙/a.txt").write_text(warning, encoding="utf-8")
    assert run("check", "甲", "乙").exit_code == 1
    assert run("check", "甲", "乙", "--fail-on", "never").exit_code == 0


def test_a_report_that_is_configured_is_written_unless_others_are_asked_for(tree: Tree) -> None:
    root = tree({"甲/a.txt": form(), "perfcheck.yaml": "format: json\nreports: {markdown: 出.md}\n"})
    assert json.loads(run("check", "甲").stdout) and (root / "出.md").is_file()
    (root / "出.md").unlink()
    run("check", "甲", "--report", "csv=出.csv", "--format", "text")
    assert (root / "出.csv").is_file() and not (root / "出.md").exists()


def test_standard_input_fails_at_the_level_of_the_current_folder(tree: Tree) -> None:
    tree({"perfcheck.yaml": "fail-on: never\n"})
    result = CliRunner().invoke(main, ["check", "-"], input=form(project(1, goals="")).encode())
    assert result.exit_code == 0 and "goals-blank" in result.stdout


def test_a_hook_of_git_heeds_the_configuration_of_the_repository(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "add", "."], check=True)
    result = run("check", "--tracked", "--compare", "no", "--format", "json")
    assert {rule for _, rule, _ in found(result)} == {
        rule for _, rule, _ in found(run("check", *FOLDERS, "--compare", "no", "--format", "json"))
    }


def test_where_some_documents_are_not_compared_the_others_are(folder: Path, tree: Tree) -> None:
    tree({"乙/perfcheck.yaml": "select: [goals-blank]\n"})
    result = run("check", *FOLDERS, "--compare", "only", "--format", "json")
    assert result.exit_code in (0, 1) and {path.split("/")[0] for path, _, _ in found(result)} == {"甲"}
    tree({"perfcheck.yaml": "select: [goals-blank]\n"})
    (folder / "甲" / "perfcheck.yaml").unlink()
    refused = run("check", *FOLDERS, "--compare", "only")
    assert refused.exit_code == 2 and "一条规则也不剩" in refused.stderr


# ---- what is locked is accepted by no other means, either ----------------------------------------------------------------------

LOCK = "locks: [{rule: goals-blank, level: error, reason: 县局要求}]\n"
WAIVER = "schema: perfcheck-waivers-1\nwaivers:\n  - rule: goals-blank\n    scope: {path: 镇/a.txt}\n    reason: 历史原因\n    approver: 张三\n    expiry: '2999-12-31'\n"


def test_a_rule_a_file_locks_cannot_be_waived(tree: Tree) -> None:
    tree({"镇/a.txt": form(project(1, goals="")), "豁免.yaml": WAIVER, "镇/perfcheck.yaml": "waivers: ../豁免.yaml\n"})
    assert "goals-blank" not in {rule for _, rule, _ in found(run("check", "镇", "--format", "json"))}
    tree({"perfcheck.yaml": LOCK})
    result = run("check", "镇", "--format", "json")
    assert {"goals-blank", "waiver-refused"} <= {rule for _, rule, _ in found(result)} and result.exit_code == 1
    assert "perfcheck.yaml:1" in result.stdout and "县局要求" in result.stdout


def test_a_rule_a_file_locks_is_not_left_to_a_baseline(tree: Tree) -> None:
    tree({"镇/a.txt": form(project(1, goals="")), "别/a.txt": form(project(1, goals="")), "镇/perfcheck.yaml": LOCK})
    run("baseline", "create", "镇", "别")
    result = run("check", "镇", "别", "--baseline", "perfcheck-baseline.json", "--format", "json")
    # beside it lies a folder where nothing is locked
    assert {path for path, rule, _ in found(result) if rule == "goals-blank"} == {"镇/a.txt"} and result.exit_code == 1


def test_merging_cannot_loosen_what_is_locked(tree: Tree) -> None:
    tree({"镇/a.txt": form(project(1, goals="")), "perfcheck.yaml": "locks: [{fail-on: error, reason: 县局要求}]\n"})
    run("check", "镇", "--shard", "1/1", "--part", "1.part")
    refused = run("merge", "1.part", "--fail-on", "never")
    assert refused.exit_code == 2 and "县局要求" in refused.stderr
    assert run("merge", "1.part", "--fail-on", "note").exit_code == run("merge", "1.part").exit_code == 1


def test_rules_about_waivers_may_be_ignored_as_on_the_command_line(tree: Tree) -> None:
    waiver = WAIVER.replace("goals-blank", "stray-text")
    tree({"镇/a.txt": form(), "豁免.yaml": waiver, "perfcheck.yaml": "waivers: 豁免.yaml\n"})
    assert {rule for _, rule, _ in found(run("check", "镇", "--format", "json"))} == {"waiver-unused"}
    tree({"perfcheck.yaml": "waivers: 豁免.yaml\nignore: [waiver-unused]\n"})
    assert found(run("check", "镇", "--format", "json")) == set()
