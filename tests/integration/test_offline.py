"""The folder for machines without a network: collected once, then used with every way out closed."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.integration.programs import CHECKOUT, commit_all, copy_checkout, environment, python, run, write
from tests.integration.test_pre_commit import TWIN, county_pack

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform == "win32", reason="the commands for Linux are run"),
]
NOWHERE = "http://127.0.0.1:9"
BLOCK = re.compile(r"```(sh|powershell|yaml)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collected folder, with a county's pack, moved to where nobody knows it."""
    checkout = copy_checkout(tmp_path_factory.mktemp("source") / "perfcheck")
    pack = county_pack(tmp_path_factory.mktemp("pack"))
    collected = tmp_path_factory.mktemp("collected") / "offline"
    command = python(checkout / "offline" / "collect.py", collected, "--extras", "docx", "--package", pack)
    run(*command, cwd=collected.parent)
    moved = tmp_path_factory.mktemp("U 盘") / "离线 安装"
    shutil.move(collected, moved)
    shutil.rmtree(checkout)
    return moved


def cut_off(**more: str) -> dict[str, str]:
    """An environment from which no network is reached, and no cache of pip's helps."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE)
    kept = {name: value for name, value in environment().items() if not name.startswith("PIP_")}
    nothing = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": NOWHERE,
        "PIP_NO_CACHE_DIR": "1",
        "no_proxy": "",
        "NO_PROXY": "",
    }
    return {**kept, **proxies, **nothing, **more}


def blocks(kind: str) -> list[str]:
    page = (CHECKOUT / "offline" / "README.md").read_text(encoding="utf-8")
    return [text for name, text in BLOCK.findall(page) if name == kind]


@pytest.fixture(scope="module")
def installed_offline(folder: Path) -> Path:
    """The programs that the instructions install, word for word."""
    for commands in blocks("sh"):
        run("sh", "-eu", "-c", commands, cwd=folder, env=cut_off())
    return folder / "perfcheck" / "bin"


def test_the_instructions_install_a_perfcheck_that_works_and_everything_else_is_there(
    folder: Path, installed_offline: Path
) -> None:
    run(installed_offline / "perfcheck", "check", "examples/flawed.txt", cwd=folder, env=cut_off(), status=1)
    for name in ("docs/ci.md", "packs/hebei/pack.yaml", "templates/gitlab-ci.yml", "about/LICENSE"):
        assert (folder / name).is_file(), name
    pip = (installed_offline / "python", "-m", "pip", "install", "--quiet", "--no-index", "--find-links", "wheels")
    run(*pip, "perfcheck[docx]", "wo-xian-rules", cwd=folder, env=cut_off())
    check = (installed_offline / "perfcheck", "check", "--pack", "wo-xian", "examples/clean.txt", "--quiet")
    run(*check, "--format", "docx", "--output", "a.docx", cwd=folder, env=cut_off(), status=1)


def test_a_changed_file_is_noticed(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy", ignore=shutil.ignore_patterns("perfcheck", "a.docx"))
    with open(copy / "packs" / "hebei" / "pack.yaml", "a", encoding="utf-8") as file:
        file.write("# changed\n")
    (check,) = (text for text in blocks("sh") if "sha256sum" in text)
    assert "packs/hebei/pack.yaml" in run("sh", "-c", check, cwd=copy, env=cut_off(), status=1).stdout


def test_nothing_collected_has_to_be_compiled(folder: Path) -> None:
    assert {path.suffix for path in (folder / "wheels").iterdir()} == {".whl"}


@pytest.mark.parametrize("way", ["system", "python"])
def test_the_hooks_run_without_a_network(
    folder: Path, installed_offline: Path, tmp_path: Path, clean: str, way: str
) -> None:
    pip = (installed_offline / "python", "-m", "pip", "install", "--quiet", "--no-index", "--find-links", "wheels")
    run(*pip, "pre-commit", cwd=folder, env=cut_off())
    (text,) = blocks("yaml")
    configuration = yaml.safe_load(text)
    if way == "python":
        for hook in configuration["repos"][0]["hooks"]:
            hook.update(language="python", additional_dependencies=["perfcheck"])
    write(tmp_path, ".pre-commit-config.yaml", yaml.safe_dump(configuration, allow_unicode=True))
    write(tmp_path, "绩效文本/-甲.txt", clean)
    write(tmp_path, "别处.txt", "\0")
    commit_all(tmp_path)
    env = cut_off(PRE_COMMIT_HOME=str(tmp_path.parent / f"home-{way}"), PRE_COMMIT_COLOR="never")
    if way == "python":
        env.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=(folder / "wheels").as_uri())
    env["PATH"] = f"{installed_offline}:{env['PATH']}" if way == "system" else env["PATH"]
    hooks = (installed_offline / "python", "-m", "pre_commit", "run", "--all-files")
    assert run(*hooks, cwd=tmp_path, env=env).stdout.count("Passed") == 2
    write(tmp_path, "绩效文本/乙.txt", TWIN)
    commit_all(tmp_path)
    assert "code-in-two-documents" in run(*hooks, cwd=tmp_path, env=env, status=1).stdout


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "x", "x")
    done = run(*python(CHECKOUT / "offline" / "collect.py", tmp_path), cwd=tmp_path, status=1)
    assert "不是空文件夹" in done.stdout
    assert os.listdir(tmp_path) == ["x"]
