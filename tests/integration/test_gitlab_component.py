"""The component for GitLab, run by gitlab-ci-local in a repository of documents."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.forge import forge
from tests.integration.npm import npm_program
from tests.integration.programs import CHECKOUT, commit_all, environment, run, write
from tests.reporting.receivers import CODE_QUALITY

VERSION = "4.60.1"
PROGRAM = Path("node_modules", "gitlab-ci-local", "src", "index.js")
SECONDS = 240
DOCUMENTS = "绩效 文本"

pytestmark = pytest.mark.integration
Pipeline = Callable[..., str]


@pytest.fixture(scope="module")
def gitlab_ci_local() -> tuple[str, Path]:
    """Node, and the program."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed here, and gitlab-ci-local runs on it")
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed here, and gitlab-ci-local copies the repository by it")
    program = npm_program("gitlab-ci-local", VERSION, PROGRAM)
    # Its regular expressions come from a library that is compiled on installation, which npm may not do here.
    engine = program.parents[2] / "re2" / "re2.js"
    if not (engine.parent / "build").is_dir():
        engine.write_text("module.exports = RegExp;\n", encoding="utf-8")
    return node, program


@pytest.fixture
def pipeline(gitlab_ci_local: tuple[str, Path], wheel: Path, tmp_path: Path) -> Pipeline:
    """Run the pipeline of a repository that includes the component; gives the log."""

    def pipeline(inputs: dict[str, Any], status: int, **variables: str) -> str:
        shutil.copytree(CHECKOUT / "templates", tmp_path / "templates", dirs_exist_ok=True)
        begun = yaml.safe_load((CHECKOUT / "templates/start/gitlab-ci.yml").read_text(encoding="utf-8"))
        (included,) = begun["include"]
        given = {**included["inputs"], "paths": f"{DOCUMENTS}/\n", "package": str(wheel), **inputs}
        local = {"include": [{"local": "templates/gitlab-ci.yml", "inputs": given}]}
        write(tmp_path, ".gitlab-ci.yml", yaml.safe_dump(local, allow_unicode=True))
        commit_all(tmp_path)
        run("git", "remote", "remove", "origin", cwd=tmp_path, status=None)
        run("git", "remote", "add", "origin", "git@gitlab.example:county/documents.git", cwd=tmp_path)
        node, program = gitlab_ci_local
        command = [node, str(program), "--force-shell-executor", "--no-color", "--home", str(tmp_path / ".home")]
        for name, value in variables.items():
            command += ["--variable", f"{name}={value}"]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment(no_proxy=os.environ.get("no_proxy", "") + ",127.0.0.1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == status, done.stdout
        return done.stdout

    return pipeline


def test_findings_fail_the_job_and_all_its_reports_are_there(
    pipeline: Pipeline, tmp_path: Path, clean: str, flawed: str
) -> None:
    import jsonschema

    etree = pytest.importorskip("lxml.etree")
    write(tmp_path, f"{DOCUMENTS}/-甲.txt", flawed)
    write(tmp_path, f"{DOCUMENTS}/乙.txt", clean)
    with forge() as service:
        log = pipeline({"comment": True}, 1, **service.gitlab())
        assert "不通过：有 error 或更重的问题" in log
        assert "写了一条评论" in log and "-甲" in service.bodies[0]
    items = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(CODE_QUALITY).validate(items)
    assert {item["location"]["path"] for item in items} == {f"{DOCUMENTS}/-甲.txt"}
    assert etree.parse(str(tmp_path / "perfcheck-junit.xml")).findall(".//failure")
    with open(tmp_path / "perfcheck.csv", encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(items) + 1
    kept = tmp_path / ".gitlab-ci-local" / "artifacts" / "perfcheck"
    assert {path.name for path in kept.iterdir()} >= {"perfcheck.csv", "perfcheck.html", "perfcheck.md"}


def test_a_clean_repository_passes_with_other_inputs(pipeline: Pipeline, tmp_path: Path, clean: str) -> None:
    write(tmp_path, f"{DOCUMENTS}/甲.txt", clean)
    inputs = {"job": "绩效检查", "pack": "national", "fail-on": "note", "options": "--quiet\n--year=2023\n"}
    assert "通过 / passed" in pipeline(inputs, 0)
    assert json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8")) == []


def test_what_could_not_be_checked_fails_the_job(pipeline: Pipeline, tmp_path: Path, clean: str) -> None:
    write(tmp_path, f"{DOCUMENTS}/甲.txt", clean)
    write(tmp_path, f"{DOCUMENTS}/坏.txt", "\0")
    assert "没有查完" in pipeline({"fail-on": "never"}, 1)  # gitlab-ci-local ends with 1 for any failed job
    (item,) = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert item["severity"] == "blocker"


def test_a_value_that_is_none_of_the_options_is_refused_before_anything_runs(
    pipeline: Pipeline, tmp_path: Path, clean: str
) -> None:
    write(tmp_path, f"{DOCUMENTS}/甲.txt", clean)
    assert "fail-on" in pipeline({"fail-on": "fatal"}, 1)
