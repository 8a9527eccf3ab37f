"""Several processes and the cache: the same bytes out as from one process without either, whatever happens to them."""

from __future__ import annotations

import os
import pickle
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfcheck import api
from perfcheck.cli import main
from perfcheck.config import Settings
from perfcheck.errors import SettingsError
from perfcheck.reporting import render
from perfcheck.reporting.formats import FORMATS
from perfcheck.running import judgement_codec, over_files, processes, result_cache, workers
from perfcheck.running.packed import StoredFindings
from perfcheck.running.processes import processes_for
from tests.forms import INDICATORS, code, form, project
from tests.office import docx

BAD = [INDICATORS[0], ("", "质量指标", "养护合格率", "合格的比例", "≥16全镇16个村全部合格", ""), *INDICATORS[2:]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        text = form(project(1, plan=("50%", "45%", "", "80%")), project(2, project_code=code(90), table=BAD))
        Path(f"{number:02d}.txt").write_text(text.replace("某镇", f"某{number}镇"), encoding="utf-8")
    Path("坏.txt").write_bytes(b"\0\0")
    Path("文.docx").write_bytes(docx(form()))
    return tmp_path


def report(**options: object) -> str:
    made = api.check(Settings((".",), **options))  # type: ignore[arg-type]
    return str(render(made, "sarif")) + str(render(made, "json"))


@pytest.mark.parametrize("jobs", ["2", "3", "auto"])
def test_any_number_of_processes_says_the_same(folder: Path, jobs: str) -> None:
    assert report(jobs=jobs) == report()


def test_the_same_bytes_for_any_hash_seed(folder: Path) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "perfcheck", "check", ".", "--format", "json", "--jobs", jobs],
            capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed, jobs in (("1", "1"), ("2", "2"))
    }  # fmt: skip
    assert len(outputs) == 1 and len(next(iter(outputs))) > 1000


def test_what_is_cached_comes_back_as_it_was(folder: Path) -> None:
    plain = report()
    assert report(cache_folder="c") == plain
    assert report(cache_folder="c") == plain == report(cache_folder="c", jobs="2")
    entries = [entry for entry in Path("c").iterdir() if not entry.name.endswith(".facts")]
    assert len(entries) == 13  # the unreadable file is tried again each time


def test_documents_that_share_something_are_not_read_again_to_say_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = report(cache_folder="c")
    assert "code-in-two-documents" in plain
    seen = []
    real = api.Checker.document
    monkeypatch.setattr(api.Checker, "document", lambda self, path: seen.append(path) or real(self, path))
    assert report(cache_folder="c") == plain
    assert [os.path.basename(path) for path in seen] == ["坏.txt"]


def test_the_order_in_which_files_are_named_changes_nothing(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    outputs = {
        CliRunner().invoke(main, ["check", "--format", "json", "--jobs", jobs, *paths]).output
        for paths, jobs in ((names, "1"), (names[::-1], "1"), ((*names[5:], *names[:5]), "3"))
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("format", [name for name in FORMATS if not FORMATS[name].binary and name != "template"])
def test_a_run_of_many_findings_says_what_it_would_say_of_few(
    folder: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    def said(made: api.Report) -> str:
        return re.sub(r'timestamp="[^"]+"', "", str(render(made, format)))  # JUnit wants to know when

    plain = said(api.check(Settings((".",), format=format)))
    monkeypatch.setattr(over_files, "MANY_FINDINGS", 2)  # from then on they are kept in a file
    for options in ({}, {"jobs": "2"}, {"cache_folder": "c"}, {"cache_folder": "c"}):
        made = api.check(Settings((".",), format=format, **options))  # type: ignore[arg-type]
        assert any(isinstance(judgement.findings, StoredFindings) for judgement in made.judgements)
        assert said(made) == plain


def test_only_changed_files_are_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report(cache_folder="c")
    seen = []
    real = api.Checker.check
    monkeypatch.setattr(api.Checker, "check", lambda self, path: seen.append(path) or real(self, path))
    Path("03.txt").write_text(form(), encoding="utf-8")
    report(cache_folder="c")
    assert sorted(os.path.basename(path) for path in seen) == ["03.txt", "坏.txt"]


@pytest.mark.parametrize("damage", [b"", b"\x80", pickle.dumps(os.getcwd), b"\x80\x05]\x94."])
def test_a_damaged_cache_is_as_good_as_none(folder: Path, damage: bytes) -> None:
    plain = report(cache_folder="c")
    report(cache_folder="c")
    for entry in Path("c").iterdir():
        entry.write_bytes(damage)
    assert report(cache_folder="c") == plain


def test_entries_of_another_version_are_not_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = report(cache_folder="c")
    monkeypatch.setattr(result_cache, "__version__", "0.0.1")
    before = len(os.listdir("c"))
    assert report(cache_folder="c") == plain
    assert len(os.listdir("c")) == 2 * before  # beside the others, each under a name of its own


def test_a_file_that_changes_while_it_is_checked_is_not_kept_under_what_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = Path("03.txt").read_text(encoding="utf-8"), form()
    real = api.Checker.check

    def check(self: api.Checker, path: str) -> object:
        if path.endswith("03.txt"):
            Path("03.txt").write_text(new, encoding="utf-8")
        return real(self, path)

    with monkeypatch.context() as patch:
        patch.setattr(api.Checker, "check", check)
        report(cache_folder="c")
    Path("03.txt").write_text(old, encoding="utf-8")
    assert report(cache_folder="c") == report()


@pytest.mark.parametrize("blocked", ["a file", "below a file"])
def test_a_cache_that_cannot_be_is_said_and_done_without(folder: Path, blocked: str) -> None:
    Path("文件").touch()
    name = "文件" if blocked == "a file" else "文件/下级"
    plain = CliRunner().invoke(main, ["check", ".", "--format", "json"])
    result = CliRunner().invoke(main, ["check", ".", "--format", "json", "--cache-dir", name])
    assert result.stdout == plain.stdout and result.exit_code == plain.exit_code
    assert f"缓存文件夹 {name} 用不了" in result.stderr and "Traceback" not in result.stderr
    with pytest.raises(SettingsError, match="缓存文件夹"):
        report(cache_folder=name)


def test_a_cache_that_cannot_be_written_is_simply_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(result_cache.os, "replace", full)
    assert report(cache_folder="c") == report()
    assert not os.listdir("c")


@pytest.mark.parametrize("options", [{"year": 2020}, {"language": "en"}, {"select": ("plan",)}, {"pack": "national"}])
def test_other_options_have_entries_of_their_own(folder: Path, options: dict[str, object]) -> None:
    report(cache_folder="c")
    assert report(cache_folder="c", **options) == report(**options)


def test_a_renamed_file_is_known_and_reported_under_its_new_name(folder: Path) -> None:
    report(cache_folder="c")
    os.rename("03.txt", "新.txt")
    made = report(cache_folder="c")
    assert "新.txt" in made and "03.txt" not in made


def test_an_entry_that_would_run_something_is_refused() -> None:
    with pytest.raises(pickle.UnpicklingError):
        judgement_codec.decode(pickle.dumps(os.system), {})


def kill(self: object, path: str) -> object:
    if path.endswith("05.txt"):
        os.kill(os.getpid(), signal.SIGKILL)  # as the system does when memory runs out
    return REAL(self, path)


REAL = api.Checker.check


@pytest.mark.skipif(sys.platform == "win32", reason="the patched checker reaches other processes by forking only")
def test_a_process_that_dies_takes_no_other_file_along(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.Checker, "check", kill)
    made = api.check(Settings((".",), jobs="2"))
    lost = [item.path for item in made.not_checked if "意外结束" in item.reason]
    assert [os.path.basename(path) for path in lost] == ["05.txt"]
    assert made.exit_status("never") == 2
    found = {os.path.basename(judgement.path): bool(judgement.findings) for judgement in made.judgements}
    assert not found.pop("05.txt") and all(found[f"{number:02d}.txt"] for number in range(12) if number != 5)


def test_a_machine_without_another_process_to_give_checks_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    alone = api.check(Settings((".",)))
    monkeypatch.setattr(workers, "_Worker", refused)
    assert render(api.check(Settings((".",), jobs="2")), "json") == render(alone, "json")
    with pytest.raises(SettingsError, match="--timeout"):
        api.check(Settings((".",), jobs="2", timeout=9.0))


def test_few_files_start_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= processes_for("auto", 100_000) <= (os.cpu_count() or 1)
    monkeypatch.setattr(processes, "_cores", lambda: 8)
    assert processes_for("auto", 10) == 1
    assert processes_for("8", 3) == 3
    assert processes_for("auto", 100_000) == 8


@pytest.mark.parametrize(
    ("limit", "granted"), [("max 100000\n", None), ("150000 100000\n", 2), ("50000 100000\n", 1), ("nonsense", None)]
)
def test_a_container_may_be_granted_less_than_its_machine_has(tmp_path: Path, limit: str, granted: int | None) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(limit, encoding="ascii")
    assert processes._granted(str(file)) == granted
    assert processes._granted(str(tmp_path / "none")) is None
