"""The hook under the real pre-commit: which files it takes, and that a document with errors stops a commit."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

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

LONG_RUN = 1600

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
    pre_commit("validate-manifest", ".pre-commit-hooks.yaml", cwd=CHECKOUT, env=home)
    pre_commit("validate-config", ".pre-commit-config.yaml", cwd=CHECKOUT, env=home)


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


def test_we_run_our_own_hook_on_our_own_samples(tmp_path: Path, home: dict[str, str], flawed: str) -> None:
    repository = copy_checkout(tmp_path / "perfcheck")
    commit_all(repository)
    ours = ("run", "perfcheck", "--all-files")
    assert "Passed" in pre_commit(*ours, cwd=repository, env=home).stdout
    write(repository, "examples/clean.txt", flawed)
    commit_all(repository)
    assert "spending-plan-incomplete" in pre_commit(*ours, cwd=repository, env=home, status=1).stdout
