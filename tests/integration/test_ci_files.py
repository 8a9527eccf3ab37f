"""The CI files: right by their services' own schemas, and running ``.ci/run`` on every Python the package names.

And what ``.ci/run`` compares: the files that ``docs/generate.py`` writes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.integration.programs import CHECKOUT, environment, python, run

GITHUB = CHECKOUT / ".github" / "workflows" / "ci.yml"
GITLAB = CHECKOUT / ".gitlab-ci.yml"
EXAMPLES = CHECKOUT / "examples" / "ci"
EVERYTHING = CHECKOUT / ".ci" / "run"

pytestmark = pytest.mark.integration


def judge(schema: str, path: Path, status: int) -> subprocess.CompletedProcess[str]:
    return run(*python("-m", "check_jsonschema", "--builtin-schema", schema, path), cwd=CHECKOUT, status=status)


@pytest.mark.parametrize(
    ("schema", "path", "word"),
    [
        ("vendor.github-workflows", GITHUB, "runs-on"),
        ("vendor.gitlab-ci", GITLAB, "script"),
        ("vendor.github-workflows", EXAMPLES / "github-workflow.yml", "runs-on"),
        ("vendor.gitlab-ci", EXAMPLES / "gitlab-ci.yml", "script"),
    ],
    ids=["github", "gitlab", "github example", "gitlab example"],
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
    assert [step["run"] for step in github["steps"] if "run" in step] == [".ci/run"]
    gitlab = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["check"]
    assert gitlab["parallel"]["matrix"] == [{"PYTHON_VERSION": supported()}]
    assert gitlab["script"] == [".ci/run"]


def test_the_examples_use_options_and_formats_there_are(tmp_path: Path) -> None:
    """Each of their calls of perfcheck, as it stands there, but on a document of ours."""
    (tmp_path / "绩效文本").mkdir()
    shutil.copyfile(CHECKOUT / "examples" / "clean.txt", tmp_path / "绩效文本" / "clean.txt")
    steps = yaml.safe_load((EXAMPLES / "github-workflow.yml").read_text(encoding="utf-8"))["jobs"]["check"]["steps"]
    gitlab = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text(encoding="utf-8"))["perfcheck"]
    lines = [step["run"] for step in steps if "perfcheck check" in step.get("run", "")] + gitlab["script"]
    assert len(lines) == 2
    for line in lines:
        run(*python("-m", *line.split()), cwd=tmp_path, env=environment(PYTHONPATH=str(CHECKOUT)))
    uploads = [step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", "")]
    promised = [*uploads, *gitlab["artifacts"]["paths"], *gitlab["artifacts"]["reports"].values()]
    assert len(promised) == 4 and all((tmp_path / name).is_file() for name in promised)


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
