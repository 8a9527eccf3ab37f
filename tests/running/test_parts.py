"""Parts of a run put together: the bytes of one run over all files, or a sentence why not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfcheck.cli import main
from tests.forms import code, form, project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven documents that share codes, one broken file, checked in three parts."""
    folder = tmp_path_factory.mktemp("parts")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("文本").mkdir()
        for number in range(7):
            text = form(project(1, plan=("50%", "45%", "", "80%")), project(2, project_code=code(90)))
            Path(f"文本/{number}.txt").write_text(text.replace("某镇", f"某{number}镇"), encoding="utf-8")
        Path("文本/坏.txt").write_bytes(b"\0\0")
        for number in (1, 2, 3):
            run("check", "文本", "--shard", f"{number}/3", "--part", f"{number}.part", "--format", "json")
    return folder


@pytest.fixture(autouse=True)
def there(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("format", ["json", "sarif", "text", "jsonl", "gitlab", "markdown"])
def test_merged_parts_say_what_one_run_says(format: str) -> None:
    plain = run("check", "文本", "--format", format)
    merged = run("merge", "3.part", "1.part", "2.part", "--format", format)
    assert merged.output == plain.output and len(plain.output) > 300
    assert merged.exit_code == plain.exit_code == 2
    if format == "json":
        assert "code-in-two-documents" in plain.output


def test_the_documents_need_not_be_there_when_parts_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run("check", "文本", "--format", "json").output
    for number in (1, 2, 3):
        shutil.copy(f"{number}.part", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run("merge", "1.part", "2.part", "3.part", "--format", "json").output == plain


def test_a_part_reports_its_own_files_and_leaves_comparing_to_the_merge() -> None:
    said = json.loads(run("check", "文本", "--shard", "2/3", "--part", "x.part", "--format", "json").output)
    assert [each["path"] for each in said["documents"]] == ["文本/1.txt", "文本/4.txt", "文本/坏.txt"]
    assert not any(found["rule"] == "code-in-two-documents" for each in said["documents"] for found in each["findings"])


def test_parts_from_the_cache_and_other_processes_are_the_same() -> None:
    plain = Path("1.part").read_bytes()
    for _ in range(2):
        run("check", "文本", "--shard", "1/3", "--part", "x.part", "--cache-dir", "c", "--jobs", "2")
        assert (
            run("merge", "x.part", "2.part", "3.part", "--format", "json").output
            == run("merge", "1.part", "2.part", "3.part", "--format", "json").output
        )
    assert plain


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("1.part", "3.part"), "缺少这几部分，不能合并：2/3"),
        (("1.part",), "2/3、3/3"),
        (("1.part", "2.part", "3.part", "2.part"), "是同一部分 2/3"),
    ],
)
def test_missing_and_repeated_parts_are_named(parts: tuple[str, ...], said: str) -> None:
    result = run("merge", *parts)
    assert result.exit_code == 2 and said in result.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--year", "2020"), "选项不同"),
        (("--ignore", "plan."), "规则不同"),
        (("--pack", "national"), "规则包不同"),
        (("--lang", "en"), "选项不同"),
    ],
)
def test_parts_checked_in_other_ways_are_refused(options: tuple[str, ...], said: str) -> None:
    run("check", "文本", "--shard", "2/3", "--part", "other.part", *options)
    result = run("merge", "1.part", "other.part", "3.part")
    assert result.exit_code == 2 and said in result.output


def test_parts_of_other_files_or_of_another_division_are_refused() -> None:
    run("check", "文本/1.txt", "文本/2.txt", "文本/3.txt", "--shard", "2/3", "--part", "few.part")
    assert "检查的文件不同" in run("merge", "1.part", "few.part", "3.part").output
    run("check", "文本", "--shard", "2/4", "--part", "four.part")
    assert "2/4" in run("merge", "1.part", "four.part").output


def test_parts_of_another_version_are_refused() -> None:
    for number in (1, 2, 3):
        line, rest = Path(f"{number}.part").read_bytes().split(b"\n", 1)
        header = json.loads(line)
        header["version"] = "0.0.1"
        old = json.dumps(header).encode() + b"\n"
        from zlib import crc32

        Path(f"old{number}.part").write_bytes(old + rest[:-4] + crc32(old + rest[:-8]).to_bytes(4, "big"))
    result = run("merge", "old1.part", "old2.part", "old3.part")
    assert result.exit_code == 2 and "0.0.1" in result.output
    assert "不是同一版" in run("merge", "1.part", "old2.part", "old3.part").output


@pytest.mark.parametrize("at", [0, 1, 100, 5000, -9, -3, -1])
@pytest.mark.parametrize("how", ["cut", "changed"])
def test_a_damaged_part_is_refused(at: int, how: str) -> None:
    data = bytearray(Path("2.part").read_bytes())
    if how == "cut":
        del data[at:]
    else:
        data[at] ^= 255
    Path("bad.part").write_bytes(data)
    result = run("merge", "1.part", "bad.part", "3.part")
    assert result.exit_code == 2 and "bad.part" in result.output


def test_what_is_no_part_is_refused() -> None:
    Path("no.part").write_text("{}\n", encoding="utf-8")
    assert "不是 perfcheck check --shard 写出的结果" in run("merge", "no.part").output
    assert "html" in run("merge", "1.part", "2.part", "3.part", "--format", "html").output


@pytest.mark.parametrize("wrong", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_a_shard_that_is_none_is_refused(wrong: str) -> None:
    result = run("check", "文本", f"--shard={wrong}")
    assert result.exit_code == 2 and "3/8" in result.output
    assert run("check", "文本", "--part", "x.part").exit_code == 2


def test_more_parts_than_files_leave_some_empty() -> None:
    status = [
        run("check", "文本/1.txt", "文本/2.txt", "--shard", f"{number}/3", "--part", f"f{number}.part").exit_code
        for number in range(1, 4)
    ]
    assert status == [1, 1, 0]
    plain = run("check", "文本/1.txt", "文本/2.txt", "--format", "json").output
    assert run("merge", "f1.part", "f2.part", "f3.part", "--format", "json").output == plain


def test_what_counts_is_settled_when_parts_are_merged_as_the_check_was_told() -> None:
    first = json.loads(Path("1.part").read_bytes().split(b"\n", 1)[0])
    assert run("baseline", "create", "文本", "--baseline", "旧.json").exit_code == 2  # one file cannot be read
    for number in (1, 2, 3):
        run("check", "文本", "--shard", f"{number}/3", "--part", f"b{number}.part", "--baseline", "旧.json")
    plain = run("check", "文本", "--baseline", "旧.json", "--format", "json")
    parts = ("b1.part", "b2.part", "b3.part")
    assert run("merge", *parts, "--format", "json").output == plain.output and '"unchanged"' in plain.output
    without = run("check", "文本", "--format", "json").output
    assert run("merge", *parts, "--no-baseline", "--format", "json").output == without
    merged = run("merge", "1.part", "2.part", "3.part", "--baseline", "旧.json", "--format", "json")
    assert merged.output == plain.output and first["accepting"]["baseline"] is None
    assert "基线或豁免文件不同" in run("merge", "b1.part", "2.part", "b3.part").output
