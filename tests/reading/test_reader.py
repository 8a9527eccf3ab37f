"""The door into reading: which file is taken, and what is said of one that is not."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.errors import UnreadableSourceError
from perfcheck.reading import read_bytes, read_file
from perfcheck.reading.reader import FOREIGN, FOREIGN_SUFFIXES, KINDS, Kind
from tests.forms import form
from tests.office import docx


def no_landmark(line: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0", "ole"), (b"{\\rtf", "rtf")],
    ids=["zip", "ole", "rtf"],
)
def test_a_foreign_file_is_known_by_its_first_bytes_whatever_its_name(head: bytes, kind: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read_bytes("绩效文本.txt", head + b"\0\x01\x02", no_landmark)
    assert FOREIGN[kind][0] in str(caught.value) and FOREIGN[kind][1] in caught.value.en
    assert "另存为" in str(caught.value)


@pytest.mark.parametrize("suffix", [*FOREIGN_SUFFIXES, ".DOCX", ".Pdf"])
def test_a_suffix_without_a_reader_is_named_as_such(suffix: str) -> None:
    with pytest.raises(UnreadableSourceError, match=suffix.lower().replace(".", r"\.")):
        read_bytes("文本" + suffix, "第一部分".encode(), no_landmark)


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "没有后缀", "a.md", "<stdin>"])
def test_other_names_are_read_as_text(name: str) -> None:
    assert read_bytes(name, "第一部分".encode(), no_landmark).path == name


@given(st.one_of(st.binary(max_size=200), st.text(max_size=60).map(lambda text: text.encode("utf-16"))))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    refusal, text = "", "某"
    try:
        text = read_bytes("a.txt", data, no_landmark).text
    except UnreadableSourceError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert text.strip()
    assert "\0" not in text


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="找不到"):
        read_file(str(tmp_path / "没有.txt"), no_landmark)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses to open a folder with another error")
def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="文件夹"):
        read_file(str(tmp_path), no_landmark)


def test_a_file_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    file = tmp_path / "文本 一.txt"
    file.write_bytes("第一部分\r\n".encode("gb18030"))
    source = read_file(str(file), no_landmark)
    assert (source.text, source.encoding, source.path) == ("第一部分\n", "gb18030", str(file))


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.extra], ids=lambda kind: kind.zh)
def test_a_reader_whose_packages_are_missing_names_its_extra(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str, data: bytes, is_landmark: object) -> None:
        raise ModuleNotFoundError("No module named 'absent'", name="absent")

    module, _, function = kind.reader.partition(":")
    monkeypatch.setattr(importlib.import_module(module), function, fail)
    key = next(key for key, value in KINDS.items() if value is kind)
    monkeypatch.setattr("perfcheck.reading.reader.kind_of", lambda data, suffix: key)
    with pytest.raises(UnreadableSourceError) as caught:
        read_bytes("文本", b"", no_landmark)
    assert f'pip install "perfcheck[{kind.extra}]"' in str(caught.value)
    assert f'pip install "perfcheck[{kind.extra}]"' in caught.value.en


def test_no_library_of_a_reader_is_imported_for_a_text() -> None:
    code = (
        "import sys; from perfcheck import api; from perfcheck.reading import read_bytes;"
        "read_bytes('a.txt', '第一部分'.encode(), lambda line: False);"
        "print(sorted({'python_calamine', 'pdfplumber', 'olefile', 'html', 'xml', 'zipfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LIBRARIES = {"zipfile", "lxml", "docx", "olefile", "python_calamine", "pdfplumber", "pypdf", "openpyxl", "xlsxwriter"}
OF_OURS = ("perfcheck.reading.", "perfcheck.annotating")
READ_FOR_A_TEXT = {"canonical", "encoding", "file_bytes", "invisible", "plain_text", "reader", "residue"}


def imported_by(*arguments: str) -> set[str]:
    """Modules a run of the command line imports, as Python itself reports them."""
    command = [sys.executable, "-X", "importtime", "-m", "perfcheck", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    lines = (line for line in done.stderr.split("\n") if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def test_a_check_of_a_text_imports_no_reader_but_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(form(), encoding="utf-8")
    names = imported_by("check", str(path))
    assert not {name.partition(".")[0] for name in names} & LIBRARIES
    readers = {name.removeprefix("perfcheck.reading.") for name in names if name.startswith(OF_OURS)}
    assert readers <= READ_FOR_A_TEXT


def test_a_check_of_a_word_file_imports_no_package_that_is_not_of_the_core(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(form()))
    names = {name.partition(".")[0] for name in imported_by("check", str(path))}
    assert names & LIBRARIES == {"zipfile"}
