"""Files that are broken, locked, loaded or lying, of every kind: a plain sentence, status 2, at once, never a pass."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfcheck.cli import main
from perfcheck.reading import file_bytes
from tests import formats, office
from tests.formats import converted, needs_libreoffice
from tests.forms import form, project

FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LONGEST = 5.0
"""Seconds a refusal may take, most of which is the start."""


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """An office package with its parts changed, and with more of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return made.getvalue()


def with_entities(name: str, content: bytes) -> bytes:
    if not name.endswith(("document.xml", "workbook.xml", "styles.xml")):
        return content
    head, mark, rest = content.partition(b"?>")
    lines = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    return head + mark + f'<!DOCTYPE x [<!ENTITY e0 "a">{lines}]>'.encode() + rest


def unchanged(name: str, content: bytes) -> bytes:
    return content


def lying(data: bytes, part: str) -> bytes:
    """A package with a part of 200 million characters whose directory says that it is small."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b" " * 200_000_000 if name == part else old.read(name))
    return made.getvalue().replace(struct.pack("<I", 200_000_000), struct.pack("<I", 5_000))


ENCRYPTED = COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
DOCX, XLSX, HTML = office.docx(FLAWED), formats.xlsx(FLAWED), formats.html(FLAWED)
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a Word file with a password": ("a.docx", ENCRYPTED, "密码"),
    "a workbook with a password": ("a.xlsx", ENCRYPTED, "密码"),
    "a Word file cut off": ("a.docx", DOCX[: len(DOCX) // 2], "损坏"),
    "a workbook cut off": ("a.xlsx", XLSX[: len(XLSX) // 2], "损坏"),
    "an old Word file cut off": ("a.doc", COMPOUND + "WordDocument".encode("utf-16-le") + b"\0" * 500, "损坏"),
    "an old workbook cut off": ("a.xls", COMPOUND + "Workbook\0".encode("utf-16-le") + b"\0" * 500, "损坏"),
    "a page of print cut off": ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type", "损坏"),
    **{
        f"nothing, called .{kind}": (f"a.{kind}", b"", "空的")
        for kind in ("docx", "doc", "wps", "xlsx", "xls", "et", "pdf", "html", "txt")
    },
    "a text called .docx": ("a.docx", FLAWED.encode(), "内容却不是"),
    "a text called .pdf": ("a.pdf", FLAWED.encode(), "内容却不是"),
    "a picture called .docx": ("a.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "内容却不是"),
    "a packed folder called .docx": ("a.docx", b"PK\x05\x06" + b"\0" * 18, "内容却不是"),
    "entities in a Word file": ("a.docx", repacked(DOCX, with_entities), "损坏"),
    "entities in a workbook": ("a.xlsx", repacked(XLSX, with_entities), "损坏"),
    "a bomb in a Word file": (
        "a.docx",
        repacked(DOCX, lambda name, old: b" " * 60_000_000 if "document" in name else old),
        "大得不正常",
    ),
    "a bomb in a workbook": (
        "a.xlsx",
        repacked(XLSX, lambda name, old: b" " * 60_000_000 if "sheet1" in name else old),
        "大得不正常",
    ),
    "a bomb that lies in a Word file": ("a.docx", lying(DOCX, "word/document.xml"), "损坏"),
    "a bomb that lies in a workbook": ("a.xlsx", lying(XLSX, "xl/worksheets/sheet1.xml"), "损坏"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_not_checked_and_a_sentence_says_why(name: str, tmp_path: Path) -> None:
    for package in ("python_calamine", "pdfplumber", "olefile"):
        pytest.importorskip(package)
    file, data, said = HOSTILE[name]
    (tmp_path / file).write_bytes(data)
    started = time.perf_counter()
    result = CliRunner().invoke(main, ["check", str(tmp_path / file), "--format", "text"])
    assert time.perf_counter() - started < LONGEST
    assert result.exit_code == 2 and said in result.output, result.output
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output and "internal" not in result.output


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_lying_bomb_is_not_given_to_the_libraries_that_annotate(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("docx"), pytest.importorskip("openpyxl"), pytest.importorskip("python_calamine")
    from perfcheck import api
    from perfcheck.config import Settings
    from perfcheck.errors import UnreadableSourceError

    whole = DOCX if kind == "docx" else XLSX
    path = tmp_path / f"a.{kind}"
    path.write_bytes(whole)
    (judgement,) = api.check(Settings((str(path),))).judgements
    bomb = lying(repacked(whole, unchanged, **{"media/image1.png": b"x"}), "media/image1.png")
    with pytest.raises(UnreadableSourceError, match="损坏"):
        api.annotated(judgement, bomb, "zh")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("a.docx", lambda: repacked(DOCX, unchanged, **{"word/vbaProject.bin": b"x"}), id="docx"),
        pytest.param("a.xlsm", lambda: repacked(XLSX, unchanged, **{"xl/vbaProject.bin": b"x"}), id="xlsm"),
    ],
)
def test_macros_are_mentioned_and_the_text_is_checked(name: str, write: Callable[[], bytes], tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    (tmp_path / name).write_bytes(write())
    result = CliRunner().invoke(main, ["check", str(tmp_path / name)])
    assert result.exit_code == 1 and "宏" in result.output and "spending-plan" in result.output


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("a.doc", lambda: DOCX, id="a new file under an old name"),
        pytest.param("a.txt", lambda: DOCX, id="a Word file under a text's name"),
        pytest.param("a.pdf", lambda: HTML, id="a page under a PDF's name"),
        pytest.param("a.xls", lambda: HTML, id="a page under a workbook's name"),
        pytest.param("a.docx", lambda: XLSX, id="a workbook under a Word file's name"),
        pytest.param(
            "a.docx", lambda: converted(DOCX, "docx", "doc"), id="an old file under a new name", marks=needs_libreoffice
        ),
        pytest.param("a.wps", lambda: converted(DOCX, "docx", "doc"), id="WPS", marks=needs_libreoffice),
    ],
)
def test_the_content_decides_what_a_file_is(name: str, write: Callable[[], bytes], tmp_path: Path) -> None:
    pytest.importorskip("python_calamine"), pytest.importorskip("olefile")
    (tmp_path / name).write_bytes(write())
    result = CliRunner().invoke(main, ["check", str(tmp_path / name)])
    assert result.exit_code == 1 and "spending-plan" in result.output, result.output


def test_lock_files_are_passed_over_even_when_named(tmp_path: Path) -> None:
    lock, whole = tmp_path / "~$a.docx", tmp_path / "a.docx"
    lock.write_bytes(b"\x05user" + b" " * 157)
    whole.write_bytes(office.docx(form()))
    assert CliRunner().invoke(main, ["check", str(lock), str(whole)]).exit_code == 0
    alone = CliRunner().invoke(main, ["check", str(lock)])
    assert alone.exit_code == 2 and "临时文件" in alone.output


posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")


@posix
@pytest.mark.parametrize("command", ["check", "fix", "annotate", "parse", "text"])
@pytest.mark.parametrize("name", ["管道.txt", "/dev/zero", "无尽.txt"])
def test_what_never_ends_is_not_read(name: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("管道.txt")  # nobody ever writes into it
    os.symlink("/dev/zero", "无尽.txt")
    result = CliRunner().invoke(main, [command, name])
    assert result.exit_code == 2 and "不是普通文件" in result.stderr + result.stdout, result.output


@posix
def test_in_a_folder_pipes_are_no_documents(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    os.symlink("/dev/zero", tmp_path / "无尽.docx")
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == 2  # nothing to check is no pass
    (tmp_path / "a.txt").write_text(form(), encoding="utf-8")
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == 0
    os.symlink(tmp_path / "没有.txt", tmp_path / "断.txt")  # may well be meant to be one
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == 2


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="needs what a shell makes of <(command)")
def test_what_a_shell_pipes_in_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, FLAWED.encode())
    os.close(writing)
    result = CliRunner().invoke(main, ["check", f"/dev/fd/{reading}"])
    os.close(reading)
    assert result.exit_code == 1 and "spending-plan" in result.output


@pytest.mark.parametrize("cache", [(), ("--cache-dir", "cache")], ids=["", "with a cache"])
def test_a_giant_is_not_read(cache: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open("a.txt", "wb") as file:
        file.truncate(file_bytes.LARGEST + 1)
    result = CliRunner().invoke(main, ["check", "a.txt", *cache])
    assert result.exit_code == 2 and "超过 200 MB" in result.output


@pytest.mark.parametrize("command", ["check", "fix"])
def test_standard_input_has_the_same_limit(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_bytes, "LARGEST", len(FLAWED.encode()))
    assert CliRunner().invoke(main, [command, "-"], input=FLAWED.encode()).exit_code == (command == "check")
    result = CliRunner().invoke(main, [command, "-"], input=FLAWED.encode() + b"\n")
    assert result.exit_code == 2 and "超过" in result.stdout + result.stderr
