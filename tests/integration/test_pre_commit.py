"""The hook under the real pre-commit: which files it takes, and that a document with errors stops a commit."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.forms import code, form, project
from tests.integration.programs import CHECKOUT, commit_all, copy_checkout, environment, python, run, write

AWKWARD = (
    "绩效目标 文本.txt",
    "2025年/青柳县（汇总）/预算 绩效.TXT",
    "-草稿.txt",
    "--format.txt",
    "-o.txt",
    'it\'s $HOME & "二稿";.Txt',
    "~文本.txt",
)
"""Names of documents that must be checked."""

NOT_DOCUMENTS = ("~$效目标 文本.txt", "2025年/~$绩效.TXT", "说明.md", "文本.txt.bak", "txt")
"""Names of files that must not reach the hook."""

TWIN = form(project(7, number="1.", unit=("600002某县另镇人民政府", "单位：万元"), project_code=code(2)))
"""Another unit's document, right by itself, with a project code that ``form()`` has too."""

RULE = re.compile(r"\[([a-z]+(?:-[a-z]+)+)\]$", re.MULTILINE)
"""The rule at the end of a finding's line."""

LONG_RUN = 3000

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which pre-commit keeps its things to itself."""
    return environment(PRE_COMMIT_HOME=str(tmp_path_factory.mktemp("pre-commit-home")), PRE_COMMIT_COLOR="never")


@pytest.fixture
def scratch(tmp_path: Path, hook_repository: Path) -> Path:
    """A user's repository whose configuration names our hook at a commit."""
    revision = run("git", "rev-parse", "HEAD", cwd=hook_repository).stdout.strip()
    write(
        tmp_path,
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: '{hook_repository}'\n    rev: {revision}\n    hooks:\n      - id: perfcheck\n",
    )
    commit_all(tmp_path)
    return tmp_path


@pytest.fixture
def both_hooks(scratch: Path) -> Path:
    """The same with both our hooks."""
    configuration = scratch / ".pre-commit-config.yaml"
    given = configuration.read_text(encoding="utf-8")
    write(scratch, configuration.name, given + "      - id: perfcheck-repository\n")
    return scratch


def pre_commit(
    *arguments: str | Path, cwd: Path, env: dict[str, str], status: int = 0
) -> subprocess.CompletedProcess[str]:
    return run(*python("-m", "pre_commit", *arguments), cwd=cwd, env=env, status=status)


def run_hook(repository: Path, env: dict[str, str], status: int = 0) -> str:
    """Run the hook on all committed files; returns what pre-commit showed."""
    commit_all(repository)
    return pre_commit("run", "--all-files", cwd=repository, env=env, status=status).stdout


def counted(shown: str) -> int:
    """How many documents perfcheck says it looked at, over all its batches."""
    return sum(int(count) for count in re.findall(r"检查了 (\d+) 份文本", shown))


def test_the_manifest_and_our_own_configuration_are_valid(home: dict[str, str]) -> None:
    for valid in (
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", ".pre-commit-config.yaml", "templates/start/pre-commit-config.yaml"),
    ):
        assert pre_commit(*valid, cwd=CHECKOUT, env=home).stdout == ""  # not even a warning of old names of stages


def test_a_wrong_type_tag_in_the_manifest_would_be_noticed(tmp_path: Path, home: dict[str, str]) -> None:
    manifest = (CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    write(tmp_path, "wrong.yaml", manifest + "  types: [docx]\n")
    assert "docx" in pre_commit("validate-manifest", "wrong.yaml", cwd=tmp_path, env=home, status=1).stdout


def test_the_hooks_are_what_users_rely_on() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert list(hooks) == ["perfcheck", "perfcheck-repository"]  # published names are kept for ever
    for hook in hooks.values():
        assert hook["language"] == "python" and hook["require_serial"] is True
        assert hook["args"][0] == "--"  # what users replace; flags that must stay are in the entry
        assert {"types", "types_or", "language_version", "always_run", "additional_dependencies"}.isdisjoint(hook)
        taken = [name for name in (*AWKWARD, "甲.DOCX") if re.search(hook["files"], name)]
        assert len(taken) == len(AWKWARD) + 1 and not any(re.search(hook["exclude"], name) for name in taken)
        for name in NOT_DOCUMENTS:
            assert not re.search(hook["files"], name) or re.search(hook["exclude"], name)
    assert "pass_filenames" not in hooks["perfcheck"]
    assert hooks["perfcheck-repository"]["pass_filenames"] is False


def test_the_mending_hook_stops_the_commit_once_and_lets_the_mended_file_pass(
    tmp_path: Path, hook_repository: Path, home: dict[str, str], clean: str
) -> None:
    name = "绩效目标 文本.txt"
    write(tmp_path, name, clean.replace("2.乡道", "3.乡道"))
    commit_all(tmp_path)
    mend = ("try-repo", hook_repository, "perfcheck-fix", "--all-files")
    shown = pre_commit(*mend, cwd=tmp_path, env=home, status=1).stdout
    assert "files were modified by this hook" in shown
    assert (tmp_path / name).read_text(encoding="utf-8") == clean
    commit_all(tmp_path)
    pre_commit(*mend, cwd=tmp_path, env=home)


def test_try_repo_fails_on_a_bad_document_and_passes_once_it_is_mended(
    tmp_path: Path, hook_repository: Path, home: dict[str, str], clean: str, flawed: str
) -> None:
    write(tmp_path, "绩效目标 文本.txt", flawed)
    commit_all(tmp_path)
    try_repo = ("try-repo", hook_repository, "perfcheck", "--all-files")
    shown = pre_commit(*try_repo, cwd=tmp_path, env=home, status=1).stdout
    assert "spending-plan-incomplete" in shown
    assert "绩效目标 文本.txt" in shown
    write(tmp_path, "绩效目标 文本.txt", clean)
    commit_all(tmp_path)
    assert "Passed" in pre_commit(*try_repo, cwd=tmp_path, env=home).stdout


def test_try_repo_of_the_second_hook_takes_a_hook_repository_with_changes(
    tmp_path: Path, hook_repository: Path, home: dict[str, str], clean: str
) -> None:
    changed = tmp_path / "perfcheck"
    shutil.copytree(hook_repository, changed)
    manifest = (changed / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    write(changed, ".pre-commit-hooks.yaml", manifest.replace("文本互相比较", "文本互相比较（改过）"))
    documents = tmp_path / "文本"
    write(documents, "甲.txt", clean)
    write(documents, "乙.txt", TWIN)
    commit_all(documents)
    try_repo = ("try-repo", changed, "perfcheck-repository", "--all-files")
    shown = pre_commit(*try_repo, cwd=documents, env=home, status=1).stdout
    assert "文本互相比较（改过）" in shown and "uncommitted" in shown
    assert "code-in-two-documents" in shown


def test_documents_with_awkward_names_are_all_checked(
    scratch: Path, home: dict[str, str], clean: str, flawed: str
) -> None:
    for name in AWKWARD:
        write(scratch, name, flawed)
    write(scratch, "通过.txt", clean)
    shown = run_hook(scratch, home, status=1)
    assert counted(shown) == len(AWKWARD) + 1
    assert [name for name in AWKWARD if name not in shown] == []
    assert "通过.txt" not in shown
    for name in AWKWARD:
        write(scratch, name, clean)
    assert "Passed" in run_hook(scratch, {**home, "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert not (scratch / ".txt").exists()  # where "-o.txt" would write, were it an option


def test_lock_files_and_other_files_never_reach_the_hook(scratch: Path, home: dict[str, str]) -> None:
    for name in NOT_DOCUMENTS:
        write(scratch, name, "no document\0")
    assert "(no files to check)Skipped" in run_hook(scratch, home)


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02 not a text", "只是一封信。\n".encode(), b""], ids=["binary", "letter", "empty"]
)
def test_a_file_that_cannot_be_judged_is_no_pass(scratch: Path, home: dict[str, str], content: bytes) -> None:
    (scratch / "文本.txt").write_bytes(content)
    shown = run_hook(scratch, home, status=1)
    assert "exit code: 2" in shown
    assert "文本.txt" in shown


def test_a_commit_is_refused_until_the_document_is_right(
    scratch: Path, home: dict[str, str], clean: str, flawed: str
) -> None:
    pre_commit("install", cwd=scratch, env=home)
    commit = ("git", "commit", "--quiet", "--message", "绩效文本")
    write(scratch, "绩效文本.txt", flawed)
    run("git", "add", ".", cwd=scratch)
    assert "spending-plan-incomplete" in run(*commit, cwd=scratch, env=home, status=1).stdout
    write(scratch, "绩效文本.txt", clean)
    assert run(*commit, cwd=scratch, env=home, status=1)  # what counts is what is staged
    run("git", "add", ".", cwd=scratch)
    run(*commit, cwd=scratch, env=home)


def test_a_great_many_documents_go_through_in_batches_and_none_is_lost(
    scratch: Path, home: dict[str, str], clean: str, flawed: str
) -> None:
    for number in range(LONG_RUN):
        folder = f"{number % 40:02}号乡镇人民政府报送的部门预算绩效目标文本"
        write(scratch, f"{folder}/第{number:04}份部门预算绩效目标文本.txt", clean)
    write(scratch, "最后一份.txt", flawed)
    shown = run_hook(scratch, home, status=1)
    assert counted(shown) == LONG_RUN + 1
    assert len(re.findall("检查了", shown)) > 1
    assert "最后一份.txt" in shown


def test_the_second_hook_holds_a_new_document_against_those_that_are_there(
    both_hooks: Path, home: dict[str, str], clean: str
) -> None:
    for name in (*AWKWARD, *NOT_DOCUMENTS):
        write(both_hooks, name, clean if name in AWKWARD else "no document\0")
    assert run_hook(both_hooks, home).count("Passed") == 2
    write(both_hooks, "没有暂存.txt", TWIN)
    write(both_hooks, "新 的.TXT", TWIN)
    run("git", "add", "新 的.TXT", cwd=both_hooks)
    shown = pre_commit("run", cwd=both_hooks, env=home, status=1).stdout
    alone, _, both = shown.partition("预算绩效目标文本互相比较")
    assert "Passed" in alone and "code-in-two-documents" not in alone
    assert "code-in-two-documents" in both
    assert counted(both) == len(AWKWARD) + 1
    assert "新 的.TXT" in both and "-草稿.txt" in both and "没有暂存" not in both


def test_what_one_hook_reports_the_other_does_not(both_hooks: Path, home: dict[str, str], flawed: str) -> None:
    write(both_hooks, "甲.txt", flawed)
    write(both_hooks, "乙.txt", TWIN)
    alone, _, both = run_hook(both_hooks, home, status=1).partition("预算绩效目标文本互相比较")
    assert "spending-plan-incomplete" in RULE.findall(alone)
    assert set(RULE.findall(both)) == {"code-in-two-documents", "table-in-two-documents"}
    assert set(RULE.findall(alone)).isdisjoint(RULE.findall(both))


def test_the_second_hook_is_quiet_while_no_document_is_in_the_commit(
    both_hooks: Path, home: dict[str, str], clean: str
) -> None:
    write(both_hooks, "甲.txt", clean)
    write(both_hooks, "乙.txt", TWIN)
    commit_all(both_hooks)
    write(both_hooks, "说明.md", "#\n")
    run("git", "add", ".", cwd=both_hooks)
    assert pre_commit("run", cwd=both_hooks, env=home).stdout.count("Skipped") == 2


def test_a_pack_of_ones_own_comes_as_an_additional_dependency(
    scratch: Path, tmp_path_factory: pytest.TempPathFactory, home: dict[str, str], clean: str
) -> None:
    package = county_pack(tmp_path_factory.mktemp("pack"))
    configuration = (scratch / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    more = f"        additional_dependencies: ['{package}']\n        args: [--pack, wo-xian, '--']\n"
    write(scratch, ".pre-commit-config.yaml", configuration + more)
    write(scratch, "-甲.txt", clean)
    shown = run_hook(scratch, home, status=1)
    assert set(RULE.findall(shown)) == {"plan-in-halves"}
    write(scratch, "-甲.txt", form(project(1, plan=("50%", "50%", "50%", "100%"))))
    assert "spending-plan" not in run_hook(scratch, home)


def county_pack(folder: Path) -> Path:
    """A package of a county whose only rule is that half is spent by March; it brings the pack by an entry point."""
    write(
        folder,
        "pyproject.toml",
        """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "wo-xian-rules"
version = "1"
[project.entry-points."perfcheck.packs"]
wo-xian = "wo_xian:folder"
[tool.hatch.build.targets.wheel]
packages = ["wo_xian"]
""",
    )
    write(
        folder, "wo_xian/__init__.py", "from pathlib import Path\n\n\ndef folder():\n    return Path(__file__).parent\n"
    )
    write(folder, "wo_xian/pack.yaml", "name: wo-xian\ntitle: {zh: 我县, en: Ours}\n")
    write(
        folder,
        "wo_xian/plan-in-halves.yaml",
        """\
id: plan-in-halves
title: {zh: 首期不到一半, en: The first part is less than half}
category: plan.first
level: error
confidence: high
since: 0.1.0
citation: [{document: 我县自己的规定, force: 惯例, verified: true}]
select: percent_plans
check: range
with: {at_least: 50, at_most: 100}
message: {zh: "{{ due }} {{ text }}，不到一半", en: "{{ due }} has {{ text }}"}
why: {zh: 我县要求上半年用完一半。, en: Our county wants it so.}
remedy: {zh: 从 50% 填起。, en: Begin with 50%.}
""",
    )
    return folder


def test_we_run_our_own_hook_on_our_own_samples(tmp_path: Path, home: dict[str, str], flawed: str) -> None:
    repository = copy_checkout(tmp_path / "perfcheck")
    commit_all(repository)
    ours = ("run", "perfcheck", "--all-files")
    assert "Passed" in pre_commit(*ours, cwd=repository, env=home).stdout
    write(repository, "examples/clean.txt", flawed)
    commit_all(repository)
    assert "spending-plan-incomplete" in pre_commit(*ours, cwd=repository, env=home, status=1).stdout
