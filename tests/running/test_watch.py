"""--watch: checks again when a document is saved, and only then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from perfcheck.cli import main
from perfcheck.commands import watching
from perfcheck.commands.watching import Beside, Watched, _configured
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


def test_files_that_say_how_to_check_are_those_that_configuration_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "县" / "乡").mkdir(parents=True)
    (tmp_path / "县" / "乡" / "a.txt").write_text(form(), encoding="utf-8")
    files = {
        "共用.yaml": "fail-on: warning\n",
        "perfcheck.yaml": "extends: 共用.yaml\nbaseline: 旧.json\nreports: {csv: 表.csv}\n",
        "县/perfcheck.yaml": "waivers: 豁免.yaml\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call = {"paths": ("县",), "tracked": False, "config": None, "isolated": False}
    reports, decisive = _configured(call)
    assert [os.path.basename(report) for report in reports] == ["表.csv"]
    named = {os.path.relpath(os.path.realpath(file), os.path.realpath(tmp_path)) for file in decisive}
    assert named >= {"perfcheck.yaml", "共用.yaml", os.path.join("县", "perfcheck.yaml")}
    assert "旧.json" in named and os.path.join("县", "豁免.yaml") in named


def test_a_file_beside_the_documents_has_changed_once(tmp_path: Path) -> None:
    here, later = tmp_path / "here.yaml", tmp_path / "later.yaml"
    here.write_text("a")
    beside = Beside([str(here), str(later)])
    assert beside.changed() == []
    here.write_text("ab")
    later.write_text("c")
    assert beside.changed() == [os.path.realpath(here), os.path.realpath(later)]
    assert beside.changed() == []
    here.unlink()
    assert beside.changed() == [os.path.realpath(here)]
    more = tmp_path / "more.yaml"
    beside.look_at([str(later), str(more)])
    assert beside.changed() == []
    more.write_text("d")
    later.write_text("ce")
    assert beside.changed() == [os.path.realpath(later), os.path.realpath(more)]


@pytest.mark.skipif(sys.platform == "win32", reason="is ended in another way there")
@pytest.mark.parametrize(("sign", "status"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 0)])
def test_whatever_ends_it_nothing_is_left_behind(tmp_path: Path, sign: str, status: int) -> None:
    pytest.importorskip("watchfiles")
    (tmp_path / "甲.txt").write_text(form(), encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    with open(tmp_path / "out", "wb") as stream:
        running = subprocess.Popen(
            [sys.executable, "-m", "perfcheck", "check", "甲.txt", "--watch"], cwd=tmp_path, stdout=stream, stderr=stream,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")},
        )  # fmt: skip
    try:
        wait_for(tmp_path / "out", "检查了 1 份", 1)
        assert list((tmp_path / "tmp").iterdir())
        time.sleep(0.3)  # it begins to watch
        running.send_signal(getattr(signal, sign))
        assert running.wait(10) == status
    finally:
        running.kill()
        running.wait()
    assert not list((tmp_path / "tmp").iterdir())
    assert "Traceback" not in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_while_python_tidies_up_ends_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watchfiles = pytest.importorskip("watchfiles")
    rounds = []

    class Gone:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    def check_once(*_: object) -> int:
        rounds.append(Gone())
        rounds.clear()  # what is raised now is lost
        return 0

    def looks(*_: object, **__: object) -> Iterator[set[object]]:
        for number in range(3):
            assert number == 0, "it looks on"
            yield set()

    monkeypatch.setattr(watching, "_once", check_once)
    monkeypatch.setattr(watchfiles, "watch", looks)
    (tmp_path / "甲.txt").write_text(form(), encoding="utf-8")
    assert CliRunner().invoke(main, ["check", "--watch", str(tmp_path)]).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="is interrupted in another way there")
def test_saving_a_document_checks_it_again_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    folder = tmp_path / "文本"
    folder.mkdir()
    (folder / "甲.txt").write_text(form(), encoding="utf-8")
    (tmp_path / "perfcheck.yaml").write_text("fail-on: error\n", encoding="utf-8")
    out, errors = tmp_path / "out", tmp_path / "errors"
    with open(out, "wb") as stream, open(errors, "wb") as error_stream:
        running = subprocess.Popen(
            [sys.executable, "-m", "perfcheck", "check", str(folder), "--watch"],
            stdout=stream, stderr=error_stream, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    try:
        wait_for(out, "检查了 1 份", 1)
        time.sleep(0.3)  # it begins to watch
        (folder / "~$甲.txt").write_text("锁", encoding="utf-8")
        saved = folder / "~WRD0001.tmp"
        saved.write_text(FLAWED, encoding="utf-8")
        os.replace(saved, folder / "甲.txt")  # as Word saves
        wait_for(out, "spending-plan-decreasing", 1)
        (tmp_path / "perfcheck.yaml").write_text("extends: 共用.yaml\n", encoding="utf-8")
        wait_for(errors, "共用.yaml", 1)
        (tmp_path / "共用.yaml").write_text("ignore: [spending-plan-decreasing]\n", encoding="utf-8")
        said = wait_for(out, "检查了 1 份", 3)
        assert "spending-plan-decreasing" not in said[said.rindex("甲.txt") :]
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 1
    finally:
        running.kill()
        running.wait()
