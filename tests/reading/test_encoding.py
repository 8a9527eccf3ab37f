"""Bytes to text: what is read, and what is refused with a sentence for the user."""

from __future__ import annotations

import codecs

import pytest

from perfcheck.errors import UnreadableSourceError
from perfcheck.reading import read_bytes
from perfcheck.reading.encoding import decode

TEXT = "第一部分\n部门整体绩效目标：养护里程≥12公里\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.replace("≥", "").encode("gbk"), "gb18030"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16 little endian", "utf-16 big endian", "gb18030", "gbk"],
)
def test_a_text_reads_the_same_in_every_encoding(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert text.replace("≥", "") == TEXT.replace("≥", "")
    assert found == encoding


def test_rare_ideographs_of_names_survive_gb18030() -> None:
    text, encoding = decode("村民𠮷某、㐱某\n".encode("gb18030"))
    assert (text, encoding) == ("村民𠮷某、㐱某\n", "gb18030")


def test_ascii_is_utf_8() -> None:
    assert decode(b"plain\n") == ("plain\n", "utf-8")


def test_a_mark_is_not_part_of_the_text() -> None:
    for data in (codecs.BOM_UTF8 + "第一部分".encode(), codecs.BOM_UTF16_LE + "第一部分".encode("utf-16-le")):
        assert decode(data)[0] == "第一部分"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空的"),
        (b" \r\n\t\n", "空的"),
        (codecs.BOM_UTF8, "空的"),
        (codecs.BOM_UTF16_LE, "空的"),
        ("一\0二".encode(), "NUL"),
        (TEXT.encode("utf-16-le"), "NUL"),
        (codecs.BOM_UTF8 + "一\0二".encode(), "NUL"),
        (codecs.BOM_UTF16_BE + "一\0二".encode("utf-16-be"), "NUL"),
        (codecs.BOM_UTF8 + TEXT.encode()[:-5] + b"\xff\n", "损坏"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1], "损坏"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "损坏"),
        (TEXT.encode()[:30] + b"\xff\xff" + TEXT.encode()[30:], "损坏"),
        (TEXT.encode()[:-3], "损坏"),
        (b"\x80\x81\xff\xff", "认不出"),
    ],
    ids=[
        "empty", "white space only", "a mark only", "a utf-16 mark only", "NUL in utf-8", "utf-16 without a mark",
        "NUL behind a mark", "NUL in utf-16", "damaged behind a mark", "utf-16 cut off", "half a surrogate pair",
        "damaged in the middle", "cut off in the last character", "no text at all",
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_one_plain_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableSourceError, match=sentence) as caught:
        decode(data)
    message = str(caught.value)
    assert "\n" not in message
    assert not any(word in message for word in ("codec", "Traceback", "Error", "0x"))


def test_a_damaged_utf_8_file_is_not_taken_for_gb18030() -> None:
    damaged = TEXT.encode()[:-2]
    with pytest.raises(UnreadableSourceError, match="UTF-8"):
        decode(damaged)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_of_every_system_give_the_same_blocks(ending: str) -> None:
    text = "第一部分\n\n\t甲\n\t乙\n\n\t丙\n续行\n\t丁\n"
    source = read_bytes("a.txt", text.replace("\n", ending).encode(), lambda line: False)
    assert [repr(block) for block in source.blocks] == [
        repr(block) for block in read_bytes("a.txt", text.encode(), lambda line: False).blocks
    ]
    assert "\r" not in source.text


def test_line_ends_may_be_mixed_in_one_file() -> None:
    source = read_bytes("a.txt", "甲\r\n乙\r丙\n丁".encode(), lambda line: False)
    assert [(block.text, block.line) for block in source.blocks] == [("甲", 1), ("乙", 2), ("丙", 3), ("丁", 4)]  # type: ignore[union-attr]


def test_page_and_line_breaks_of_word_do_not_move_columns_or_lines() -> None:
    source = read_bytes("a.txt", "甲\n\f第二部分\n乙\v丙\n".encode(), lambda line: False)
    assert [(block.text, block.line, block.column) for block in source.blocks] == [  # type: ignore[union-attr]
        ("甲", 1, 1), ("第二部分", 2, 2), ("乙 丙", 3, 1)
    ]  # fmt: skip
