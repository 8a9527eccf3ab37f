"""The same bytes out, however a run is done: with configuration files, a baseline, waivers and what can be mended."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from perfcheck.cli import main
from perfcheck.running import cluster, over_files
from tests.conftest import ROOT
from tests.forms import INDICATORS, code, form, project
from tests.office import docx

FORMATS = ("sarif", "json", "text", "gitlab")
OVER = [*INDICATORS[:1], (*INDICATORS[1][:4], "≥120%", INDICATORS[1][5]), *INDICATORS[2:]]
MENDABLE = [*INDICATORS[:1], (*INDICATORS[1][:4], "≥９５%", INDICATORS[1][5]), *INDICATORS[2:]]
CONFIGURATION = """\
baseline: 旧问题.json
waivers: 豁免.yaml
rules: {spending-plan-decreasing: {level: warning}}
overrides: [{paths: [文本/乙/**], ignore: [sentence-repeated]}]
"""
BELOW = "year: 2031\nrules: {value-over-100: {level: note}}\n"
WAIVERS = """\
schema: perfcheck-waivers-1
waivers:
  - rule: value-over-100
    scope: {path: 文本/甲/02.txt}
    reason: 上年结转
    approver: 预算股 王某
    expiry: 2099-12-31
  - rule: spending-plan-over-100
    scope: {path: 文本/甲/*}
    reason: 没有用到
    approver: 预算股 王某
    expiry: 2099-12-31
"""
SHOWN = ("--show-accepted",)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders with a configuration each; old faults, some of them mended since or in a file that is gone."""
    folder = tmp_path_factory.mktemp("bytes")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("PERFCHECK_CACHE", str(tmp_path_factory.mktemp("prepared")))
        for name in ("文本/甲", "文本/乙"):
            os.makedirs(name)
        for number in range(10):
            tables = (project(1, plan=("50%", "45%", "", "80%")), project(2, project_code=code(90), table=OVER))
            text = form(*tables).replace("某镇", f"某{number}镇")
            Path("文本", "甲乙"[number % 2], f"{number:02d}.txt").write_text(text, encoding="utf-8")
        Path("文本/乙/没了.txt").write_text(form(project(1, plan=("50%", "45%", "", "80%"))), encoding="utf-8")
        Path("文本/乙/文.docx").write_bytes(docx(form(project(1, table=MENDABLE))))
        assert run("baseline", "create", "文本", "--baseline", "旧问题.json")[0] == 0
        os.remove("文本/乙/没了.txt")
        Path("文本/甲/00.txt").write_text(form(), encoding="utf-8")  # all mended
        Path("文本/甲/新.txt").write_text(form(project(3, table=MENDABLE), project(4, table=OVER)), encoding="utf-8")
        Path("文本/坏.txt").write_bytes(b"\0\0")
        Path("perfcheck.yaml").write_text(CONFIGURATION, encoding="utf-8")
        Path("文本/乙/perfcheck.yaml").write_text(BELOW, encoding="utf-8")
        Path("豁免.yaml").write_text(WAIVERS, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def there(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def reports(folder: Path, *call: str) -> tuple[int, dict[str, bytes]]:
    """The exit status of a call and the bytes of all its reports."""
    folder.mkdir(parents=True, exist_ok=True)
    status, _ = run(*call, *SHOWN, *(f"--report={name}={folder / name}" for name in FORMATS))
    return status, {name: (folder / name).read_bytes() for name in FORMATS}


@pytest.fixture(scope="module")
def plain(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, bytes]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        return reports(tmp_path_factory.mktemp("plain"), "check", "文本")


Plain = tuple[int, dict[str, bytes]]


def test_all_that_could_differ_is_there(plain: Plain) -> None:
    status, said = plain
    json, sarif = said["json"].decode(), said["sarif"].decode()
    assert status == 2  # one file cannot be read
    for rule in ("value-over-100", "spending-plan-decreasing", "code-in-two-documents", "waiver-unused"):
        assert rule in json, rule
    for standing in ("unchanged", "new", "absent"):
        assert f'"baselineState": "{standing}"' in sarif, standing
    assert '"suppressions"' in sarif and '"level": "note"' in sarif and "可自动修改" in said["text"].decode()


@pytest.mark.parametrize("jobs", ["2", "3", "auto"])
def test_any_number_of_processes(plain: Plain, tmp_path: Path, jobs: str) -> None:
    assert reports(tmp_path, "check", "文本", "--jobs", jobs) == plain


def test_a_time_limit_nobody_reaches(plain: Plain, tmp_path: Path) -> None:
    assert reports(tmp_path, "check", "文本", "--timeout", "60") == plain


def test_findings_kept_in_a_file(plain: Plain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_files, "MANY_FINDINGS", 3)
    assert reports(tmp_path, "check", "文本") == plain


def test_any_order_of_files(plain: Plain, tmp_path: Path) -> None:
    names = [str(path) for path in sorted(Path("文本").rglob("*.*")) if path.suffix in (".txt", ".docx")]
    ordered = reports(tmp_path, "check", *names)
    for seed in (1, 2):
        random.Random(seed).shuffle(names)
        assert reports(tmp_path, "check", *names, "--jobs", str(seed)) == ordered


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_any_hash_seed(plain: Plain, tmp_path: Path, seed: str) -> None:
    call = [sys.executable, "-m", "perfcheck", "check", "文本", *SHOWN]
    call += [f"--report={name}={tmp_path / name}" for name in FORMATS]
    done = subprocess.run(
        call, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.returncode == plain[0], done.stderr.decode()
    for name in FORMATS:
        assert (tmp_path / name).read_text(encoding="utf-8").split("\n") == plain[1][name].decode().split("\n"), name


def test_the_cache_cold_warm_and_in_several_processes(plain: Plain, tmp_path: Path) -> None:
    for jobs in ("1", "1", "2"):
        assert reports(tmp_path, "check", "文本", "--cache-dir", str(tmp_path / "c"), "--jobs", jobs) == plain


@pytest.mark.parametrize("parts", [3, 14])
def test_parts_put_together(plain: Plain, tmp_path: Path, parts: int) -> None:
    files = [str(tmp_path / f"{number}.part") for number in range(1, parts + 1)]
    for number, file in enumerate(files, 1):
        run("check", "文本", "--shard", f"{number}/{parts}", "--part", file)
    assert reports(tmp_path, "merge", *reversed(files)) == plain


def test_a_cluster(plain: Plain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: Any) -> None:
    monkeypatch.setattr(cluster, "CHUNK", 3)
    assert reports(tmp_path, "check", "文本", "--cluster", workers.scheduler_address) == plain


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="perfcheck[cluster] is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
            yield made
