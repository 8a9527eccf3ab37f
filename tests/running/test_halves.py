"""A handful of files checked by this process and one it forks: the same bytes out, whatever becomes of the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.reporting import render
from perfcheck.running import halves, processes
from perfcheck.running.checker import Checker
from perfcheck.running.processes import in_halves
from tests.forms import code, form, project
from tests.office import docx

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
FILES = 6


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    for number in range(FILES - 1):
        text = form(project(1, plan=("50%", "45%", "", "80%")), project(2, project_code=code(90 + number)))
        Path(f"{number}.txt").write_text(text.replace("某镇", f"某{number}镇" * (number + 1)), encoding="utf-8")
    Path("文.docx").write_bytes(docx(form()))
    return tmp_path


def report(**options: object) -> str:
    made = api.check(Settings((".",), **options))  # type: ignore[arg-type]
    return str(render(made, "json"))


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were forked."""
    real, made = os.fork, []

    def fork() -> int:
        made.append(real())
        return made[-1]

    monkeypatch.setattr(os, "fork", fork)
    return made


def test_two_say_what_one_says(folder: Path, forks: list[int]) -> None:
    alone = report()
    assert not forks
    assert report(jobs="auto") == alone
    assert len(forks) == 1
    with pytest.raises(ChildProcessError):  # it was waited for: none stays behind
        os.waitpid(forks[0], os.WNOHANG)


def test_each_has_its_half(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = []
    real = Checker.check
    monkeypatch.setattr(Checker, "check", lambda self, path: here.append(path) or real(self, path))
    report(jobs="auto")
    assert 1 < len(here) < FILES - 1


def test_what_the_other_does_not_send_is_done_here(
    folder: Path, forks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, me, real = report(), os.getpid(), Checker.check
    sent = []

    def check(self: Checker, path: str) -> object:
        if os.getpid() != me:
            if sent:
                os.kill(os.getpid(), signal.SIGKILL)
            sent.append(path)
        return real(self, path)

    monkeypatch.setattr(Checker, "check", check)
    assert report(jobs="auto") == alone
    assert len(forks) == 1


def test_an_outcome_cut_off_half_way_is_none(folder: Path, forks: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    alone = report()
    real = halves.pack

    class Longer(bytes):
        def __len__(self) -> int:  # says more than it sends
            return super().__len__() + 1

    monkeypatch.setattr(halves, "pack", lambda *given: Longer(real(*given)))
    assert report(jobs="auto") == alone
    assert len(forks) == 1


def test_without_another_process_all_is_done_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise OSError(11, "Resource temporarily unavailable")

    alone = report()
    monkeypatch.setattr(os, "fork", refused)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert report(jobs="auto") == alone
    if before:
        assert len(os.listdir("/proc/self/fd")) == before


def test_outcomes_larger_than_a_pipe_holds_arrive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(FILES - 1):
        bad = [project(each, plan=(f"{each}%", "45%", "", f"{number}0%")) for each in range(1, 90)]
        Path(f"{number}.txt").write_text(form(*bad), encoding="utf-8")
    monkeypatch.setattr("perfcheck.running.packed.WORTH_COMPRESSING", 1 << 40)
    assert report(jobs="auto", select=("plan",)) == report(select=("plan",))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_takes_the_other_along(folder: Path, how: signal.Signals) -> None:
    script = (
        "import os, sys, time\n"
        "from perfcheck.running import processes\n"
        "from perfcheck.running.checker import Checker\n"
        "processes._cores = lambda: 2\n"
        "real, done = Checker.check, []\n"
        "def check(self, path):\n"
        "    done.append(path)\n"
        "    if len(done) == 1:\n"  # before there is another process
        "        return real(self, path)\n"
        "    os.write(1, f'{os.getpid()}\\n'.encode())\n"
        "    time.sleep(60)\n"
        "Checker.check = check\n"
        "from perfcheck.cli import main\n"
        "main(['check', '.'])\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert run.stdout is not None
    both = {int(run.stdout.readline()), int(run.stdout.readline())}
    assert run.pid in both and len(both) == 2
    run.send_signal(how)
    assert run.wait(timeout=10) != 0
    run.stdout.close()
    (other,) = both - {run.pid}
    for _ in range(100):
        if not _lives(other):
            return
        time.sleep(0.05)
    raise AssertionError("the other process is still there")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_children_that_nobody_waits_for_are_none_to_stumble_over(folder: Path, forks: list[int]) -> None:
    alone = report()
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert report(jobs="auto") == alone
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert len(forks) == 1


def test_only_a_handful_is_done_in_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    assert [files for files in range(30) if in_halves("auto", files)] == list(range(4, 12))
    assert not in_halves("1", 6) and not in_halves("2", 6)
    monkeypatch.setattr(processes, "_cores", lambda: 1)
    assert not in_halves("auto", 6)
