"""The CI files: right by their services' own schemas, and running ``.ci/run`` on every Python the package names.

And what ``.ci/run`` compares: the files that ``docs/generate.py`` writes.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.integration.programs import CHECKOUT, environment, python, run, write

GITHUB = CHECKOUT / ".github" / "workflows" / "ci.yml"
GITLAB = CHECKOUT / ".gitlab-ci.yml"
ACTION = CHECKOUT / "action.yml"
TEMPLATE = CHECKOUT / "templates" / "gitlab-ci.yml"
START = CHECKOUT / "templates" / "start"
PAGE = CHECKOUT / "docs" / "ci.md"
EVERYTHING = CHECKOUT / ".ci" / "run"

pytestmark = pytest.mark.integration


def judge(schema: str, path: Path, status: int) -> subprocess.CompletedProcess[str]:
    return run(*python("-m", "check_jsonschema", "--builtin-schema", schema, path), cwd=CHECKOUT, status=status)


@pytest.mark.parametrize(
    ("schema", "path", "word"),
    [
        ("vendor.github-workflows", GITHUB, "runs-on"),
        ("vendor.gitlab-ci", GITLAB, "script"),
        ("vendor.github-actions", ACTION, "using"),
        ("vendor.github-workflows", START / "github-workflow.yml", "runs-on"),
        ("vendor.gitlab-ci", START / "gitlab-ci.yml", "component"),
    ],
    ids=["github", "gitlab", "action", "github start", "gitlab start"],
)
def test_a_ci_file_fits_the_schema_of_its_service_and_a_misspelt_one_does_not(
    schema: str, path: Path, word: str, tmp_path: Path
) -> None:
    judge(schema, path, 0)
    misspelt = tmp_path / path.name
    misspelt.write_text(path.read_text(encoding="utf-8").replace(f"{word}:", f"{word}s:"), encoding="utf-8")
    judge(schema, misspelt, 1)


def supported() -> list[str]:
    """The Python versions named in the package's classifiers."""
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    return re.findall(r'"Programming Language :: Python :: (3\.\d+)"', text)


def test_both_services_run_the_whole_check_on_every_supported_python() -> None:
    assert supported()[0] == "3.10"
    github = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))["jobs"]["check"]
    assert github["strategy"]["matrix"]["python"] == supported()
    assert [step["run"] for step in github["steps"] if "run" in step][-1] == ".ci/run"
    gitlab = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["check"]
    assert gitlab["parallel"]["matrix"] == [{"PYTHON_VERSION": supported()}]
    assert gitlab["script"] == [".ci/run"]


def test_both_halves_of_the_component_fit_gitlabs_schema_and_misspelt_ones_do_not(tmp_path: Path) -> None:
    """The checker takes one document a file; GitLab wants the inputs and the job in one file."""
    halves = TEMPLATE.read_text(encoding="utf-8").split("\n---\n")
    assert len(halves) == 2
    for half, word, wrong in zip(halves, ("type: boolean", "  script:"), ("type: bool", "  scripts:")):
        judge("vendor.gitlab-ci", write(tmp_path, "half.yml", half), 0)
        judge("vendor.gitlab-ci", write(tmp_path, "wrong.yml", half.replace(word, wrong)), 1)


def test_what_a_repository_begins_with_names_inputs_and_hooks_there_are() -> None:
    workflow = yaml.safe_load((START / "github-workflow.yml").read_text(encoding="utf-8"))
    (use,) = (step for step in workflow["jobs"]["check"]["steps"] if "OWNER/perfcheck" in step["uses"])
    assert set(use["with"]) <= set(yaml.safe_load(ACTION.read_text(encoding="utf-8"))["inputs"])
    assert workflow["permissions"]["security-events"] == workflow["permissions"]["pull-requests"] == "write"
    (included,) = yaml.safe_load((START / "gitlab-ci.yml").read_text(encoding="utf-8"))["include"]
    spec = next(yaml.safe_load_all(TEMPLATE.read_text(encoding="utf-8")))["spec"]
    assert set(included["inputs"]) <= set(spec["inputs"])
    assert f"/{TEMPLATE.stem}@" in included["component"]
    _, (job,) = (list(half.values()) for half in yaml.safe_load_all(TEMPLATE.read_text(encoding="utf-8")))
    when = [rule["if"] for rule in job["rules"]]
    assert any("$CI_DEFAULT_BRANCH" in rule for rule in when)  # a merge request is compared with the target's report
    assert any("merge_request_event" in rule for rule in when)
    assert job["artifacts"]["when"] == "always"
    assert job["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"
    assert job["artifacts"]["reports"]["junit"].endswith(".xml")
    (repository,) = yaml.safe_load((START / "pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    hooks = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in hooks]
    assert re.fullmatch(r"v\d+\.\d+\.\d+", repository["rev"])  # a tag: pre-commit warns of what may move
    run(*python("-m", "pre_commit", "validate-config", START / "pre-commit-config.yaml"), cwd=CHECKOUT)


def test_the_page_shows_every_file_whole() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for path in (ACTION, TEMPLATE, CHECKOUT / ".pre-commit-hooks.yaml", *START.iterdir()):
        assert f"```yaml\n{path.read_text(encoding='utf-8')}```\n" in page, path.name


def test_every_sentence_the_page_explains_is_one_that_is_said() -> None:
    said = [path.read_text(encoding="utf-8") for path in (ACTION, TEMPLATE, *(CHECKOUT / "perfcheck").rglob("*.py"))]
    table = PAGE.read_text(encoding="utf-8").partition("## 会看到的话")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) > 8
    for sentence in (text for row in rows for text in re.findall("`([^`]+)`", row)):
        assert any(sentence in text for text in said), sentence


def test_the_workflow_may_only_read_and_names_the_major_version_of_each_action() -> None:
    workflow = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    actions = [step["uses"] for step in workflow["jobs"]["check"]["steps"] if "uses" in step]
    assert actions
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in actions)


def test_the_whole_check_is_an_executable_script_that_begins_with_the_test_command_of_the_readme() -> None:
    assert os.access(EVERYTHING, os.X_OK)
    run("bash", "-n", EVERYTHING, cwd=CHECKOUT)
    text = EVERYTHING.read_text(encoding="utf-8")
    assert "\nset -euo pipefail\n" in text
    assert next(line for line in text.splitlines() if line.startswith("make ")) == "make test"
    assert "make test" in (CHECKOUT / "README.md").read_text(encoding="utf-8")


def written(folder: Path, hash_seed: str) -> dict[str, str]:
    """What ``docs/generate.py`` writes into ``folder``, by relative name."""
    env = environment(PYTHONPATH=str(CHECKOUT), PYTHONHASHSEED=hash_seed)
    run(*python(CHECKOUT / "docs" / "generate.py", folder), cwd=CHECKOUT, env=env)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_generated_files_are_up_to_date_and_the_same_in_every_run(tmp_path: Path) -> None:
    once = written(tmp_path / "once", "1")
    again = written(tmp_path / "again", "2")
    assert [name for name in once if once[name] != again.get(name)] == []
    stale = [name for name in once if (CHECKOUT / name).read_text(encoding="utf-8") != once[name]]
    assert stale == [], "run make docs"
    pages = {f"docs/rules/{page.name}" for page in (CHECKOUT / "docs" / "rules").glob("*.md")}
    assert pages == {name for name in once if name.startswith("docs/rules/")}
