"""The action for GitHub: its steps run one after another, as the runner does, in a repository of documents."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.forge import Forge, forge
from tests.integration.programs import CHECKOUT, environment, python, run, write
from tests.integration.test_pre_commit import county_pack

EXPRESSION = re.compile(
    r"\$\{\{ (?:inputs\.([a-z-]+)|steps\.check\.outputs\.([a-z-]+)|github\.(action_path|token)) \}\}"
)
ACTION: dict[str, Any] = yaml.safe_load((CHECKOUT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK, COMMENT, RESULT = "安装", "检查", "评论", "结果"

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed here"),
]


class Job(NamedTuple):
    """What a job left behind."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


Act = Callable[..., Job]


def step(name: str) -> dict[str, Any]:
    """The step whose name begins so."""
    (found,) = (step for step in ACTION["runs"]["steps"] if step["name"].startswith(name))
    return dict(found)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The environment of the step that installs, made once: by the step itself, from the built wheel."""
    temp = tmp_path_factory.mktemp("runner")
    wheels = tmp_path_factory.mktemp("wheels")
    shutil.copy(wheel, wheels)
    run(*python("-m", "pip", "wheel", "--quiet", "--wheel-dir", wheels, wheel, "hatchling"), cwd=temp)
    pack = county_pack(tmp_path_factory.mktemp("pack"))
    given = {"extras": "", "packages": f"\n{pack}\n", "wheels": str(wheels)}
    path = temp / "path"
    env = environment(RUNNER_TEMP=str(temp), GITHUB_PATH=str(path), **filled(step(INSTALL)["env"], given, {}))
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
    run("bash", "-eo", "pipefail", "-c", step(INSTALL)["run"], cwd=temp, env=env)
    return Path(path.read_text(encoding="utf-8").strip())


def filled(values: dict[str, str], inputs: dict[str, str], outputs: dict[str, str]) -> dict[str, str]:
    """``values`` with the expressions GitHub would have put in."""

    def value(match: re.Match[str]) -> str:
        if match[1]:
            default = str(ACTION["inputs"][match[1]].get("default", ""))
            return inputs.get(match[1], EXPRESSION.sub(value, default))
        return outputs.get(match[2], "") if match[2] else {"action_path": str(CHECKOUT), "token": "let-me-in"}[match[3]]

    return {name: EXPRESSION.sub(value, text) for name, text in values.items()}


@pytest.fixture
def act(programs: Path, tmp_path: Path) -> Act:
    """Run all steps of the action but those that are other actions, in a repository with some documents."""
    repository = tmp_path / "仓库"
    write(repository, ".git/HEAD", "ref: refs/heads/main\n")

    def act(documents: dict[str, str], inputs: dict[str, str], service: dict[str, str] | None = None) -> Job:
        for name, text in documents.items():
            write(repository, name, text)
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        env = environment(RUNNER_TEMP=str(tmp_path), **{name: str(file) for name, file in files.items()})
        env.update(service or {}, PATH=f"{programs}:{env['PATH']}")
        log, status, outputs = "", 0, {}
        for name in (CHECK, COMMENT, RESULT):
            if name == COMMENT and (inputs.get("comment") != "true" or "summary-file" not in outputs):
                continue
            this = step(name)
            done = run(
                "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", this["run"],
                cwd=repository, env={**env, **filled(this["env"], inputs, outputs)}, status=None,
            )  # fmt: skip
            log, status = log + done.stdout, done.returncode
            outputs = dict(
                line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").split("\n")[:-1]
            )
        return Job(status, log, outputs, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"))

    return act


def test_a_clean_repository_passes_and_has_its_reports(act: Act, clean: str) -> None:
    job = act({"绩效 文本/-甲.txt": clean}, {"paths": "绩效 文本/\n\n绩效 文本/-甲.txt\n"})
    assert job.status == 0, job.log
    assert "通过 / passed" in job.log
    assert job.outputs["status"] == "0"
    assert json.loads(Path(job.outputs["sarif-file"]).read_text(encoding="utf-8"))["runs"][0]["results"] == []
    assert Path(job.outputs["summary-file"]).read_text(encoding="utf-8").strip()
    assert job.summary.strip()


def test_findings_are_annotated_and_fail_the_last_step_only(act: Act, flawed: str) -> None:
    job = act({"-甲.txt": flawed}, {"paths": "-甲.txt"})
    assert job.status == 1
    assert "::error file=-甲.txt,line=" in job.log
    assert "不通过：有 error 或更重的问题" in job.log
    assert job.outputs["status"] == "1" and Path(job.outputs["sarif-file"]).is_file()
    assert "spending" in job.summary or "支出" in job.summary


def test_what_was_not_checked_is_no_pass_even_when_nothing_can_fail(act: Act, clean: str) -> None:
    job = act({"甲.txt": clean, "坏.txt": "\0"}, {"fail-on": "never"})
    assert job.status == 2
    assert "没有查完" in job.log
    assert Path(job.outputs["sarif-file"]).is_file()


def test_a_wrong_option_ends_in_a_sentence_and_leaves_no_old_report(act: Act, clean: str) -> None:
    act({"甲.txt": clean}, {})
    job = act({}, {"options": "--year=1066"})
    assert job.status == 2
    assert "没有查完" in job.log and "Traceback" not in job.log
    assert job.outputs == {"status": "2"}


def test_options_pack_and_level_reach_perfcheck(act: Act, clean: str) -> None:
    job = act({"甲.txt": clean}, {"pack": "wo-xian", "options": "--lang=en\n--select=plan-in-halves\n"})
    assert job.status == 1
    assert "title=The first part is less than half [plan-in-halves]" in job.log
    assert act({}, {"pack": "wo-xian", "fail-on": "never"}).status == 0


def test_what_is_written_in_an_input_is_no_command(act: Act, clean: str, tmp_path: Path) -> None:
    evil = "$(touch evil)`touch evil`;touch evil\n"
    job = act({"甲.txt": clean}, {"paths": evil, "options": "", "pack": "hebei"})
    assert job.status == 2
    assert not (tmp_path / "仓库" / "evil").exists()


def test_the_comment_is_written_once_changed_and_put_right(act: Act, clean: str, flawed: str, tmp_path: Path) -> None:
    with forge() as service:
        given = {"comment": "true"}
        assert act({"甲.txt": flawed}, given, proxyless(service, tmp_path)).status == 1
        (first,) = service.bodies
        assert "甲.txt" in first
        assert act({"甲.txt": flawed + flawed}, given, proxyless(service, tmp_path)).status == 1
        assert act({"甲.txt": clean}, given, proxyless(service, tmp_path)).status == 0
        (last,) = service.bodies
        assert last != first


def test_a_comment_that_is_refused_changes_no_verdict(act: Act, flawed: str, clean: str, tmp_path: Path) -> None:
    with forge() as service:
        inputs = {"comment": "true", "token": "wrong"}
        job = act({"甲.txt": flawed}, inputs, proxyless(service, tmp_path))
        assert job.status == 1 and "::warning title=perfcheck::评论没有写成" in job.log
        assert act({"甲.txt": clean}, inputs, proxyless(service, tmp_path)).status == 0


def proxyless(service: Forge, folder: Path) -> dict[str, str]:
    """The environment of a job on GitHub, our service reached directly."""
    return {**service.github(folder), "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


def test_no_input_is_put_into_a_script_and_every_action_is_pinned_to_a_major_version() -> None:
    for each in ACTION["runs"]["steps"]:
        assert "${{" not in each.get("run", "")
        assert re.fullmatch(r"[a-z-]+/[a-z/-]+@v\d+", each.get("uses", "actions/x@v1"))
    upload, comment = step("上传"), step(COMMENT)
    assert "fork != true" in upload["if"] and "fork != true" in comment["if"]
    assert ACTION["runs"]["steps"][-1] == step(RESULT)  # the gate comes after the uploads
