"""Our SARIF under Microsoft's own validator, with its rules for SARIF and for GitHub code scanning."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.integration.npm import npm_program
from tests.integration.programs import CHECKOUT, environment, python, run, write
from tests.reporting.crowds import crowd
from tests.reporting.samples import sample_pack

PACKAGE = "@microsoft/sarif-multitool"
VERSION = "5.7.0"
PLATFORM = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, sys.platform)
PROGRAM = Path("node_modules", f"{PACKAGE}-{PLATFORM}", "Sarif.Multitool" + (".exe" if os.name == "nt" else ""))
CORPUS = CHECKOUT.parent / "shared" / "corpus"

Validate = Callable[[Path], list[dict[str, Any]]]

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def validate() -> Validate:
    return validator()


def validator() -> Validate:
    """A function from a SARIF file to what the validator found in it."""
    # The program itself: the wrapper hands the semicolon to a shell.
    program = npm_program(PACKAGE, VERSION, PROGRAM)
    env = environment(DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")

    def judge(sarif: Path) -> list[dict[str, Any]]:
        # It ends with 0 whatever it finds; only its own log tells.
        log = sarif.with_suffix(".validation.json")
        command = ("validate", sarif, "--output", log, "--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite")
        command += ("--max-file-size-in-kb", "100000", "--level", "Error")  # larger files it passes over
        try:
            run(program, *command, cwd=sarif.parent, env=env, status=None)
        except OSError as error:
            pytest.skip(f"the SARIF validator does not run on this machine: {error}")
        (validation,) = json.loads(log.read_text(encoding="utf-8-sig"))["runs"]
        assert validation["invocations"][0]["executionSuccessful"], validation["invocations"]
        results: list[dict[str, Any]] = validation.get("results", [])
        return results

    return judge


def errors(results: list[dict[str, Any]]) -> list[str]:
    """The results of level error, in a line each."""
    return [f"{result['ruleId']}: {result['message']}" for result in results if result.get("level") == "error"]


def sarif_of(folder: Path, *arguments: str | Path, status: int = 0) -> Path:
    target = folder / "perfcheck.sarif"
    command = ("-m", "perfcheck", "check", "--format", "sarif", "--output", target, *arguments)
    run(*python(*command), cwd=folder, env=environment(PYTHONPATH=str(CHECKOUT)), status=status)
    return target


def test_a_report_with_findings_has_no_error(validate: Validate, tmp_path: Path, flawed: str) -> None:
    write(tmp_path, "2025年/绩效目标 文本.txt", flawed)
    shutil.copyfile(CHECKOUT / "examples" / "flawed.txt", tmp_path / "flawed.txt")
    sarif = sarif_of(tmp_path, ".", status=1)
    (reported,) = json.loads(sarif.read_text(encoding="utf-8"))["runs"]
    assert len(reported["results"]) > 1
    assert errors(validate(sarif)) == []


def test_a_report_without_findings_has_no_error(validate: Validate, tmp_path: Path, clean: str) -> None:
    write(tmp_path, "clean.txt", clean)
    assert errors(validate(sarif_of(tmp_path, "clean.txt", status=0))) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_on_files_that_were_not_checked_has_no_error(
    validate: Validate, tmp_path: Path, flawed: str, language: str
) -> None:
    write(tmp_path, "二稿 100%.txt", flawed)
    (tmp_path / "坏.txt").write_bytes(b"\x00\x01")
    given = ("二稿 100%.txt", "坏.txt", "没有这个文件.txt")
    assert errors(validate(sarif_of(tmp_path, *given, "--lang", language, status=2))) == []


@pytest.mark.parametrize(("count", "format"), [(1, "sarif"), (1, "sarif-split"), (500, "sarif"), (500, "sarif-split")])
def test_a_report_of_any_size_has_no_error(validate: Validate, tmp_path: Path, count: int, format: str) -> None:
    write(tmp_path, "很多.txt", crowd(count))
    sarif = sarif_of(tmp_path, "很多.txt", "--format", format, "--pack", sample_pack(tmp_path), "--fail-on", "never")
    found = sum(len(run["results"]) for run in json.loads(sarif.read_text(encoding="utf-8"))["runs"])
    assert found == count
    assert errors(validate(sarif)) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real documents is not here")
def test_the_report_on_real_documents_has_no_error(validate: Validate, tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    assert errors(validate(sarif_of(tmp_path, "corpus", status=1))) == []


def test_the_validator_would_find_an_error_if_there_were_one(validate: Validate, tmp_path: Path, flawed: str) -> None:
    write(tmp_path, "flawed.txt", flawed)
    sarif = sarif_of(tmp_path, "flawed.txt", status=1)
    broken = json.loads(sarif.read_text(encoding="utf-8"))
    for result in broken["runs"][0]["results"]:
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "C:\\文本\\flawed.txt"
        result["ruleIndex"] = 9999
    sarif.write_text(json.dumps(broken), encoding="utf-8")
    assert errors(validate(sarif))
