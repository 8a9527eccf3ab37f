"""A real dask cluster, one of whose workers is killed half-way, says what one process says."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.integration


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_killed_worker_changes_no_byte_of_the_reports() -> None:
    pytest.importorskip("distributed", reason="perfcheck[cluster] is not installed")
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "cluster.py"), "240"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0 and "the same bytes: sarif, json, text" in done.stdout, done.stdout + done.stderr
