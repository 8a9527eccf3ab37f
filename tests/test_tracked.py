"""A repository as a whole: the files git tracks, held against each other and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfcheck.cli import main
from perfcheck.reporting import Report
from tests.forms import code, form, project
from tests.office import docx

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")

OTHER = ("600002某县另镇人民政府", "单位：万元")
TWIN = form(project(7, number="1.", unit=OTHER, project_code=code(2)))
"""Another unit's document with a project code of ``form()``."""
FAULTY = form(project(1, goals=""))
Run = Callable[..., Result]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository to stand in."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    subprocess.run(("git", "init", "--quiet"), check=True)
    return tmp_path


def put(files: dict[str, str | bytes], add: bool = True) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    if add:
        subprocess.run(("git", "add", "--force", "--", *files), check=True)


def check(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", "--tracked", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_tracked_documents_are_compared_and_their_own_faults_are_left_to_the_run_over_each(repository: Path) -> None:
    put({"甲.txt": form(project(1, goals=""), project(2)), "2025年/乙 稿.TXT": TWIN})
    both, alone = check("--compare", "only").output, check("--compare", "no").output
    assert "code-in-two-documents" in both and "code-in-two-documents" not in alone
    assert "goals-blank" in alone and "goals-blank" not in both
    assert "检查了 2 份文本" in both and "检查了 2 份文本" in alone


def test_no_finding_is_reported_by_both_hooks_and_none_by_neither(
    report: Callable[..., Report], repository: Path
) -> None:
    texts = {"甲.txt": form(project(1, goals=""), project(2)), "乙.txt": TWIN}
    found = {
        mode: {(f.path, f.rule.id, f.fingerprint) for f in report(texts, compare=mode).findings}
        for mode in ("yes", "no", "only")
    }
    assert found["no"] and found["only"]
    assert found["no"].isdisjoint(found["only"])
    assert found["no"] | found["only"] == found["yes"]


def test_untracked_deleted_hidden_and_lock_files_are_not_looked_at(repository: Path) -> None:
    put({"甲.txt": form(), "~$甲.txt": b"\0", ".旧/乙.txt": b"\0", "删了.txt": form(), "说明.md": "#"})
    put({"没加.txt": b"\0"}, add=False)
    Path("删了.txt").unlink()
    result = check()
    assert result.exit_code == 0, result.output
    assert "检查了 1 份文本" in result.output


def test_patterns_are_gits_and_do_not_mind_upper_case(repository: Path) -> None:
    put({"文本/甲.TXT": form(), "文本/-乙.txt": form(project(1)), "别处/丙.txt": b"\0", "a[1].html": b"\0"})
    for patterns in (("文本",), ("文本/*.txt",), ("文本/甲.TXT", "文本/-乙.txt"), ("*甲.*", "*-乙*")):
        assert "检查了 2 份文本" in check("--", *patterns).output, patterns


def test_a_text_that_is_no_document_is_named_but_stops_no_comparison(repository: Path) -> None:
    put({"甲.txt": form(), "乙.txt": TWIN, "requirements.txt": "click\n"})
    result = check("--compare", "only", "--fail-on", "never")
    assert result.exit_code == 0
    assert "没有拿来比较" in result.output
    assert check("--fail-on", "never").exit_code == 2  # the run over each file says it is none


def test_a_file_that_cannot_be_read_was_not_compared_and_is_no_pass(repository: Path) -> None:
    put({"甲.txt": form(), "坏.txt": b"\0\1"})
    result = check("--compare", "only")
    assert result.exit_code == 2
    assert "坏.txt" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("没有.txt",), "没有这个文件"),
        (("*.docx",), "git add"),
        ((), "git add"),
        (("-",), "标准输入"),
        (("--compare", "only", "--select", "plan."), "一条规则也不剩"),
    ],
)
def test_a_call_that_would_look_at_nothing_is_refused(repository: Path, arguments: tuple[str, ...], said: str) -> None:
    if "--select" in arguments:
        put({"甲.txt": form()})
    result = check(*arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_copies_with_remarks_are_left_out_though_git_tracks_them(repository: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    put({"文/甲.docx": docx(form())}, add=False)
    assert CliRunner().invoke(main, ["annotate", "文/甲.docx"]).exit_code == 0
    subprocess.run(["git", "add", "."], check=True)
    result = check()
    assert "1 份文本" in result.stdout and "甲.审核.docx" in result.stderr


def test_outside_of_a_repository_it_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = check()
    assert result.exit_code == 2
    assert "git 仓库" in result.output


def test_without_git_it_is_said_in_a_sentence(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = check()
    assert result.exit_code == 2
    assert "要用 git" in result.output


def test_in_a_hook_the_text_says_what_to_do_in_few_lines(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put({"甲.txt": FAULTY, "乙.txt": form()})
    whole = check().output
    monkeypatch.setenv("PRE_COMMIT", "1")
    brief = check().output
    assert "依据：" in whole and "依据：" not in brief
    assert "改法：" in brief
    assert "检查了 2 份文本" in brief
    assert len(brief.splitlines()) < len(whole.splitlines())


@pytest.mark.parametrize("command", [("check", "--annotate", "批注"), ("annotate",)])
def test_in_a_hook_no_copy_is_written_into_the_work_tree(
    repository: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    from tests.office import docx

    put({"甲.docx": docx(form())})
    monkeypatch.setenv("PRE_COMMIT", "1")
    result = CliRunner().invoke(main, [*command, "甲.docx"])
    assert result.exit_code == 2
    assert "提交钩子" in result.output
    assert sorted(os.listdir()) == [".git", "甲.docx"]
