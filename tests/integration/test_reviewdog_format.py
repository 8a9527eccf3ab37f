"""Our lines for reviewdog under a validator of its format that others made; it takes them as one document."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.integration.npm import npm_program
from tests.integration.programs import CHECKOUT, environment, python, run, write
from tests.reporting.crowds import crowd
from tests.reporting.samples import sample_pack

PACKAGE = "@umbrelladocs/rdformat-validator"
VERSION = "1.0.1"
PROGRAM = Path("node_modules", PACKAGE, "bin", "rdformat-validator.js")

pytestmark = pytest.mark.integration


def judged(lines: Path, status: int) -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed here")
    program = npm_program(PACKAGE, VERSION, PROGRAM)
    diagnostics = [json.loads(line) for line in lines.read_text(encoding="utf-8").split("\n")[:-1]]
    whole = write(lines.parent, "whole.json", json.dumps({"source": {"name": "all"}, "diagnostics": diagnostics}))
    command = (node, program, "--strict", "--no-extra-fields", whole.name)
    return run(*command, cwd=lines.parent, status=status).stdout


@pytest.mark.parametrize("count", [0, 1, 500])
def test_reports_of_any_size_are_valid(tmp_path: Path, count: int) -> None:
    write(tmp_path, "很多.txt", crowd(count))
    (tmp_path / "坏.txt").write_bytes(b"\0")
    given = ("很多.txt", "坏.txt", "--pack", sample_pack(tmp_path), "--report", "rdjsonl=out.rdjsonl", "--quiet")
    run(*python("-m", "perfcheck", "check", *given), cwd=tmp_path, env=environment(PYTHONPATH=str(CHECKOUT)), status=2)
    lines = tmp_path / "out.rdjsonl"
    assert lines.read_text(encoding="utf-8").count("\n") == count + 1
    judged(lines, 0)


def test_the_validator_would_find_an_error_if_there_were_one(tmp_path: Path) -> None:
    judged(write(tmp_path, "bad.rdjsonl", '{"message": 1, "location": {"range": {"start": {"line": 0}}}}\n'), 1)
