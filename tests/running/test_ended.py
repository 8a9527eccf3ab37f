"""A run that is ended from outside leaves no process behind and claims no result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.forms import form

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")


def children(number: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def is_there(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("sign", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 128 + signal.SIGTERM)], ids=["Ctrl-C", "terminate"]
)
def test_no_process_is_left_and_the_status_is_neither_clean_nor_findings(
    tmp_path: Path, sign: signal.Signals, status: int
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(form(), encoding="utf-8")
    reading, writing = os.pipe()  # nobody ever writes into it: its process hangs
    running = subprocess.Popen(
        [sys.executable, "-m", "perfcheck", "check", str(tmp_path), f"/dev/fd/{reading}", "--jobs", "2"],
        pass_fds=[reading],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        end = time.monotonic() + 20
        while len(started := children(running.pid)) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.3)
        running.send_signal(sign)
        _, said = running.communicate(timeout=10)
    finally:
        running.kill()
        os.close(reading), os.close(writing)
    assert len(started) == 2 and running.returncode == status
    assert "Traceback" not in said.decode() and (sign is not signal.SIGINT or "中断了" in said.decode())
    end = time.monotonic() + 5
    while any(map(is_there, started)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_there, started))
