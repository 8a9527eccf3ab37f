"""Plain texts: their encoding, byte order mark and line ends stay, and so does every byte no hunk is about."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.reading.encoding import decode
from perfcheck.repairing.draft import Hunk
from perfcheck.repairing.text_file import mend_text

ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8-sig": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "gb18030": (b"", "gb18030"),
}


def encoded(text: str, name: str) -> bytes:
    mark, codec = ENCODINGS[name]
    return mark + text.encode(codec)


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_hunk_is_written_in_the_encoding_and_behind_the_line_ends_of_the_file(name: str, end: str) -> None:
    text = f"一、绩效目标{end}{end}\t青财预[2023]5号𠮷{end}末行"
    data = encoded(text, name)
    start = text.replace(end, "\n").index("[")
    hunks = [Hunk(start, start + 1, "〔"), Hunk(start + 5, start + 6, "〕")]
    assert mend_text(data, decode(data)[1], hunks) == encoded(text.replace("[", "〔").replace("]", "〕"), name)


@given(
    st.lists(st.sampled_from(["甲", "𠮷", "a", "\r\n", "\n", "é", "\t", "\f"]), max_size=30),
    st.sampled_from(sorted(ENCODINGS)),
    st.data(),
)
def test_every_byte_no_hunk_is_about_stays(parts: list[str], name: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(parts)), max_size=6, unique=True)))
    hunks = [(start, end, data.draw(st.text("乙b〔", max_size=3))) for start, end in zip(places[::2], places[1::2])]
    wanted = list(parts)
    for start, end, new in reversed(hunks):
        wanted[start:end] = [new]
    raw = encoded("".join(parts), name)
    encoding = "utf-16" if name.startswith("utf-16") else name
    # a lone line feed behind a lone carriage return would be one line end: the parts have none
    assert mend_text(raw, encoding, [Hunk(*hunk) for hunk in hunks]) == encoded("".join(wanted), name)
