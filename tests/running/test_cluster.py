"""A run on a dask cluster: what one process says, whatever happens to workers and documents."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from perfcheck import api
from perfcheck.cli import main
from perfcheck.config import Settings
from perfcheck.errors import SettingsError
from perfcheck.reporting import render
from perfcheck.running import cluster
from tests.conftest import ROOT
from tests.forms import code, form, project


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """A real cluster of two workers on this machine."""
    distributed = pytest.importorskip("distributed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with distributed.LocalCluster(
            2, threads_per_worker=1, dashboard_address=None, silence_logs=50, host="127.0.0.1"
        ) as made:
            yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "CHUNK", 4)
    for number in range(16):
        text = form(project(1, plan=("50%", "45%", "", "80%")), project(2, project_code=code(90)))
        Path(f"{number:02d}.txt").write_text(text.replace("某镇", f"某{number}镇"), encoding="utf-8")
    Path("坏.txt").write_bytes(b"\0\0")
    return tmp_path


def said(report: api.Report) -> str:
    return str(render(report, "sarif")) + str(render(report, "json"))


def test_a_cluster_says_what_one_process_says(folder: Path, scheduler: Any) -> None:
    made = api.check(Settings((".",), cluster=scheduler.scheduler_address))
    assert said(made) == said(api.check(Settings((".",)))) and len(made.findings) > 16


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_worker_that_is_killed_takes_nothing_along(folder: Path, scheduler: Any) -> None:
    from distributed import Client

    def progress(paths: Sequence[str]) -> Iterator[str]:
        for number, path in enumerate(paths):
            if number == 8:
                with Client(scheduler, set_as_default=False) as client:
                    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
            yield path

    made = api.check(Settings((".",), cluster=scheduler.scheduler_address), progress)
    assert said(made) == said(api.check(Settings((".",))))


def test_a_document_that_takes_too_long_is_not_checked_and_the_others_are(folder: Path, scheduler: Any) -> None:
    Path("07.txt").write_text(form(project(1)) + "\n\n" + project(2) * 40_000, encoding="utf-8")
    made = api.check(Settings((".",), cluster=scheduler.scheduler_address, timeout=2.0))
    os.remove("07.txt")
    assert sorted(Path(item.path).name for item in made.not_checked) == ["07.txt", "坏.txt"]
    plain = api.check(Settings((".",)))
    assert len(made.findings) == len(plain.findings) and made.exit_status("never") == 2


def test_a_pack_the_workers_do_not_have_is_refused(folder: Path, scheduler: Any) -> None:
    here = api.make_checker(Settings(("00.txt",)), compare=False)
    here.pack = api.open_pack("national")
    with pytest.raises(SettingsError, match="规则包"):
        list(cluster.outcomes(Settings(("00.txt",), cluster=scheduler.scheduler_address), here, ["00.txt"], None))


def test_a_cluster_that_is_not_there_is_said_plainly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(SettingsError, match="连不上集群"):
        api.check(Settings((".",), cluster="tcp://127.0.0.1:1"))


def test_without_the_extra_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = CliRunner().invoke(main, ["check", ".", "--cluster", "local"])
    assert result.exit_code == 2 and "perfcheck[cluster]" in result.output


def test_an_address_that_is_none_is_refused(folder: Path) -> None:
    result = CliRunner().invoke(main, ["check", ".", "--cluster", "文本"])
    assert result.exit_code == 2 and "tcp://" in result.output


def test_a_fault_of_ours_on_a_worker_ends_the_run_and_is_no_document_s(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = cluster.subprocess.run

    def broken(command: list[str], **how: Any) -> Any:
        return real([sys.executable, "-c", "raise LookupError('gone')"], **how)

    monkeypatch.setattr(cluster.subprocess, "run", broken)
    said, found = cluster.check_chunk('{"limit": 1}', ["00.txt"])
    assert "LookupError: gone" in said and "Traceback" not in said and not found


def test_a_task_names_its_own_files_alone(folder: Path) -> None:
    from perfcheck.config import FileGroup

    groups = (FileGroup(("a", "b"), "hebei", None, "error", None), FileGroup(("c",), "hebei", None, "error", None))
    tasks = cluster._Tasks(
        None, {"settings": {}}, api.make_checker(Settings(("a",)), False), Settings((), groups=groups)
    )
    said = tasks._job_for(["b"])
    assert '"b"' in said and '"a"' not in said and '"c"' not in said
