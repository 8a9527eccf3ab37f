"""--watch: checks again when a document is saved, and only then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from perfcheck.cli import main
from perfcheck.commands.watching import Watched
from tests.conftest import ROOT
from tests.forms import form, project

FLAWED = form(project(1, plan=("50%", "45%", "", "80%")))


def test_what_concerns_a_folder_and_what_does_not(tmp_path: Path) -> None:
    (tmp_path / "文本" / ".缓存").mkdir(parents=True)
    watched = Watched((str(tmp_path / "文本"),), "hebei", [str(tmp_path / "文本" / "报告.txt")])
    folder = os.path.realpath(tmp_path / "文本")
    given = [
        f"{folder}/{name}"
        for name in (
            "甲.docx", "乙.TXT", "下级/丙.xlsx", "~$甲.docx", "~WRD0001.tmp", "~甲.docx", ".~lock.甲.docx#", ".x.txt",
            ".缓存/a.txt", "报告.txt", "图.png", "甲.docx.1234",
        )
    ]  # fmt: skip
    found = [os.path.relpath(name, folder) for name in watched.relevant([*given, str(tmp_path / "别处.txt")])]
    assert sorted(found) == sorted(["甲.docx", "乙.TXT", os.path.join("下级", "丙.xlsx")])


def test_a_single_file_is_watched_through_its_folder_and_a_pack_of_ones_own_too(tmp_path: Path) -> None:
    (tmp_path / "包").mkdir()
    file = tmp_path / "甲.docx"
    file.touch()
    watched = Watched((str(file),), str(tmp_path / "包"), [])
    real = os.path.realpath(tmp_path)
    assert watched.folders == sorted([real, os.path.join(real, "包")])
    changed = [f"{real}/甲.docx", f"{real}/乙.docx", f"{real}/包/a.yaml", f"{real}/包/a.txt"]
    assert watched.relevant(changed) == sorted([f"{real}/甲.docx", f"{real}/包/a.yaml"])


@pytest.mark.parametrize(
    ("call", "said"),
    [(["-"], "标准输入"), (["a.txt", "--shard", "1/2"], "--shard"), ([], "没有指定")],
)
def test_what_cannot_be_watched_is_refused(call: list[str], said: str) -> None:
    pytest.importorskip("watchfiles")
    result = CliRunner().invoke(main, ["check", "--watch", *call])
    assert result.exit_code == 2 and said in result.output


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = CliRunner().invoke(main, ["check", ".", "--watch"])
    assert result.exit_code == 2 and "perfcheck[watch]" in result.output


def wait_for(file: Path, text: str, times: int, stream: IO[str] | None = None) -> str:
    for _ in range(200):
        said = file.read_text(encoding="utf-8")
        if said.count(text) >= times:
            return said
        time.sleep(0.05)
    raise AssertionError(file.read_text(encoding="utf-8"))


@pytest.mark.skipif(sys.platform == "win32", reason="is interrupted in another way there")
def test_saving_a_document_checks_it_again_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    folder = tmp_path / "文本"
    folder.mkdir()
    (folder / "甲.txt").write_text(form(), encoding="utf-8")
    out = tmp_path / "out"
    with open(out, "wb") as stream:
        running = subprocess.Popen(
            [sys.executable, "-m", "perfcheck", "check", str(folder), "--watch"],
            stdout=stream, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    try:
        wait_for(out, "检查了 1 份", 1)
        time.sleep(0.3)  # it begins to watch
        (folder / "~$甲.txt").write_text("锁", encoding="utf-8")
        saved = folder / "~WRD0001.tmp"
        saved.write_text(FLAWED, encoding="utf-8")
        os.replace(saved, folder / "甲.txt")  # as Word saves
        wait_for(out, "spending-plan-decreasing", 1)
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 1
    finally:
        running.kill()
        running.wait()
