"""What is wrong with a call or a file beside the documents is said in words, never in those of Python or the system."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.calls import Run, caller, write
from tests.forms import form

RAW = re.compile(r"Errno|codec|None|Traceback|No such file|Permission denied|internal")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls in a folder of one clean document and files of many kinds beside it."""
    monkeypatch.chdir(tmp_path)
    write("v.txt", form())
    write("国标", "规定：".encode("gbk"))
    write("旧/v.txt", form())
    write("旧/perfcheck.yaml", "pack: hebei # 配置\n".encode("gbk"))
    write("旧2/v.txt", form())
    write("旧2/pyproject.toml", "[tool.perfcheck]\nyear = 2023 # 年\n".encode("gbk"))
    write("包/pack.yaml", "name: ours\nextends: hebei # 继承\n".encode("gbk"))
    return caller()


CALLS = {
    "a configuration in GBK": (["check", "旧"], "旧/perfcheck.yaml", "UTF-8"),
    "a pyproject.toml in GBK": (["check", "旧2"], "旧2/pyproject.toml", "UTF-8"),
    "a pack in GBK": (["check", "v.txt", "--pack", "包"], "包/pack.yaml", "UTF-8"),
    "waivers in GBK": (["check", "v.txt", "--waivers", "国标"], "国标", "UTF-8"),
    "a template in GBK": (["check", "v.txt", "--template", "国标"], "国标", "UTF-8"),
    "a baseline in GBK": (["check", "v.txt", "--baseline", "国标"], "国标", "UTF-8"),
    "no waivers": (["check", "v.txt", "--waivers", "none.yaml"], "none.yaml", "没有这个文件"),
    "no template": (["check", "v.txt", "--template", "none.j2"], "none.j2", "没有这个文件"),
    "no baseline": (["check", "v.txt", "--baseline", "none.json"], "none.json", "找不到"),
    "no summary": (["comment", "none.md"], "none.md", "没有这个文件"),
    "no document to mend": (["fix", "none.txt"], "none.txt", "找不到这个文件"),
    "no document to annotate": (["annotate", "none.docx"], "none.docx", "找不到这个文件"),
    "no document": (["check", "none.docx"], "none.docx", "找不到这个文件"),
    "no folder for a report": (["check", "v.txt", "-o", "no/such"], "no/such", "没有这个文件或文件夹"),
    "no folder for a mended file": (["fix", "v.txt", "-o", "no/such"], "no/such", "没有这个文件或文件夹"),
    "no folder for a part": (["check", "v.txt", "--shard", "1/1", "--part", "no/such"], "no/such", "没有这个文件或"),
    "remarks in standard input": (["annotate", "-"], "标准输入", "文件名"),
}


@pytest.mark.parametrize("case", CALLS)
def test_it_names_the_file_and_says_what_is_wrong(case: str, run: Run) -> None:
    call, *said = CALLS[case]
    result = run(*call)
    told = result.stderr + result.stdout
    assert result.exit_code == 2 and [word for word in said if word not in told] == [], told
    assert not RAW.search(told)


def test_configurations_that_differ_in_what_one_of_them_does_not_say(run: Run) -> None:
    write("甲/v.txt", form())
    write("乙/v.txt", form())
    write("甲/perfcheck.yaml", "cache-dir: c\n")
    write("乙/perfcheck.yaml", "pack: hebei\n")
    result = run("check", "甲", "乙", "--select", "value-malformed")
    assert "不一样：甲/perfcheck.yaml:1；这次都不用" in result.stderr and not RAW.search(result.stderr)
