"""``perfcheck comment``: one comment on a merge request, changed and never repeated, on GitHub and GitLab alike."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfcheck.cli import main
from tests.conftest import ROOT
from tests.forge import TOKEN, Forge, forge

MARK = "<!-- perfcheck: check -->\n"
VARIABLES = (
    "GITHUB_ACTIONS", "GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_EVENT_PATH", "GITHUB_TOKEN", "GH_TOKEN",
    "GITHUB_RUN_ID", "GITHUB_SERVER_URL", "GITLAB_CI", "CI_API_V4_URL", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID",
    "GITLAB_TOKEN", "CI_JOB_URL", "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
)  # fmt: skip
Comment = Callable[..., Result]


@pytest.fixture(autouse=True)
def nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own and none of the variables of a real job."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def service() -> Iterator[Forge]:
    with forge() as running:
        yield running


@pytest.fixture(params=["github", "gitlab"])
def comment(request: pytest.FixtureRequest, service: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Comment:
    """Write a summary and call the command, as a job on either service does."""
    given = service.github(tmp_path) if request.param == "github" else service.gitlab()
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return called


def called(text: str, *options: str, status: int = 0) -> Result:
    Path("摘要.md").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["comment", "摘要.md", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == status, result.output
    return result


def test_the_comment_is_written_once_and_changed_from_then_on(comment: Comment, service: Forge) -> None:
    service.add("很好")
    assert "写了一条评论" in comment("3 处问题\n").output
    assert "改了原来的评论" in comment("1 处问题\n").output
    assert "没有变化" in comment("1 处问题\n").output
    assert len(service.bodies) == 2
    assert service.bodies[0] == "很好"
    assert service.bodies[1].startswith(MARK + "1 处问题\n")
    assert "/5" in service.bodies[1]  # where the job is


def test_it_is_found_among_hundreds(comment: Comment, service: Forge) -> None:
    for number in range(230):
        service.add(f"第 {number} 条")
    comment("一\n")
    comment("二\n")
    assert len(service.bodies) == 231
    assert "二" in service.bodies[-1]


def test_several_of_different_names_live_side_by_side(comment: Comment, service: Forge) -> None:
    comment("甲\n", "--name", "县级")
    comment("乙\n", "--name", "市级")
    comment("丙\n", "--name", "县级")
    assert [body.splitlines()[1] for body in service.bodies] == ["丙", "乙"]


def test_when_all_is_well_nothing_new_is_written_but_an_old_comment_is_put_right(
    comment: Comment, service: Forge
) -> None:
    assert "不另写" in comment("没有问题\n", "--only-change").output
    assert service.bodies == []
    comment("3 处问题\n")
    comment("没有问题\n", "--only-change")
    assert len(service.bodies) == 1 and "没有问题" in service.bodies[0]


def test_what_others_quote_is_left_alone(comment: Comment, service: Forge) -> None:
    service.add(MARK + "别人抄的")
    service.add(f"> {MARK}> 引用")
    comment("一\n")
    comment("二\n")
    assert service.bodies[0] == MARK + "别人抄的"
    assert len(service.bodies) == 3 and "二" in service.bodies[2]


def test_a_long_summary_is_cut_at_a_line_and_says_so(comment: Comment, service: Forge) -> None:
    comment("“很长的一行”\n" * 100_000)
    (body,) = service.bodies
    assert "行没有列出" in body
    shown = body.count("“很长的一行”\n")
    assert shown > 1000 and f"还有 {100_000 - shown} 行" in body


def test_a_refusal_is_told_with_what_to_do_and_without_the_token(
    comment: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_TOKEN", "GITLAB_TOKEN"):
        monkeypatch.setenv(name, "wrong-token")
    said = comment("一\n", status=2).output
    assert "403" in said and ("pull-requests: write" in said or "GITLAB_TOKEN" in said)
    assert "wrong-token" not in said and TOKEN not in said


def test_without_a_token_it_says_which_one(comment: Comment, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "GITLAB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert "_TOKEN" in comment("一\n", status=2).output


def test_a_service_that_is_not_there_is_told_in_a_sentence(comment: Comment, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_API_URL", "CI_API_V4_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert "连不上" in comment("一\n", status=2).output
    monkeypatch.setenv("GITHUB_API_URL", "file:///etc")
    monkeypatch.setenv("CI_API_V4_URL", "")
    assert "接口地址" in comment("一\n", status=2).output


def test_a_run_without_a_merge_request_has_no_comment_to_write(
    service: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in service.github(tmp_path, pull_request=False).items():
        monkeypatch.setenv(name, value)
    assert "不属于合并请求" in called("一\n").output
    monkeypatch.delenv("GITHUB_ACTIONS")
    monkeypatch.setenv("GITLAB_CI", "true")
    assert "不属于合并请求" in called("一\n").output
    assert service.calls == []


def test_outside_of_any_job_and_with_wrong_files_or_names_it_says_so() -> None:
    assert "流水线" in called("一\n", status=2).output
    assert CliRunner().invoke(main, ["comment", "没有.md"]).exit_code == 2
    assert "--name" in called("一\n", "--name", "-->", status=2).output


def test_no_other_command_loads_what_talks_to_a_network() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from perfcheck.cli import main; "
        "CliRunner().invoke(main, ['check', 'examples/flawed.txt', '--format', 'github']); "
        "print([name for name in ('urllib.request', 'http.client', 'socket', 'perfcheck.commenting') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
