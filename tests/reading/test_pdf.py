"""Printed files: the rows as before printing, page breaks mended, what repeats dropped, and a scan is no pass."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfcheck.errors import UnreadableSourceError
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.source import Paragraph, Row, SourceText
from tests import office
from tests.conftest import CORPUS
from tests.formats import blocks_of, converted, needs_libreoffice, pdf
from tests.forms import form, project

pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")
from perfcheck.reading.pdf_lines import joined, lines_of, text_of

PARSER = DocumentParser()
LONG = "1、" + "管好用好经费，及时养护道路，让群众出行更加方便。" * 9 + "\n2、按时完工。"
FIVE = form(*(project(serial, goals=LONG) for serial in range(1, 6)))


def read(data: bytes, path: str = "文本.pdf") -> SourceText:
    return read_bytes(path, data, PARSER.is_landmark)


def contents(blocks: list[Paragraph | Row]) -> list[object]:
    """What stands on the page: white space at line ends cannot be seen there."""
    return [
        "".join(block.text.split()) if isinstance(block, Paragraph) else ["".join(each.split()) for each in block.cells]
        for block in blocks
    ]


@needs_libreoffice
@pytest.mark.parametrize("size", [18, 21, 24])
def test_a_printed_document_has_the_rows_of_the_text_it_was_made_from(size: int) -> None:
    source = read(pdf(FIVE, size=size))
    assert contents(source.blocks) == contents(blocks_of(FIVE))
    pages = [block.origin.page if isinstance(block, Paragraph) else block.origins[0].page for block in source.blocks]  # type: ignore[union-attr, index]
    assert pages[0] == 1 and pages[-1] > 2 and pages == sorted(pages)  # type: ignore[operator]


@needs_libreoffice
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_the_real_documents_come_out_of_print_with_all_their_cells(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wanted, got = (
        [row for row in contents(blocks) if isinstance(row, list)]
        for blocks in (blocks_of(text), read(pdf(text)).blocks)
    )
    assert got == wanted


def printed(body: str) -> list[object]:
    return contents(read(converted(office.package(body), "docx", "pdf")).blocks)


@needs_libreoffice
def test_running_heads_and_page_numbers_are_set_aside() -> None:
    body = "".join(
        office.paragraph(office.run("某县某镇绩效文本")) + office.paragraph(office.run(f"第{chr(0x4E00 + number)}段，各不相同。"))
        + office.paragraph(office.run(f"- {number} -"), properties="") + office.paragraph('<w:r><w:br w:type="page"/></w:r>')
        for number in range(1, 6)
    )  # fmt: skip
    source = read(converted(office.package(body), "docx", "pdf"))
    assert contents(source.blocks) == [f"第{chr(0x4E00 + number)}段，各不相同。" for number in range(1, 6)]
    assert {each.kind for each in source.residue} == {"page number", "running head"}


@needs_libreoffice
def test_a_password_is_said_in_a_sentence() -> None:
    options = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    data = converted(office.docx(form()), "docx", f"pdf:writer_pdf_Export:{options}")
    with pytest.raises(UnreadableSourceError, match="密码"):
        read(data)


def scan() -> bytes:
    """A page with nothing on it but an image."""
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x00\nendstream"
    content = b"<</Length 27>>stream\nq 500 0 0 700 50 50 cm /I Do Q\nendstream"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
        image,
        content,
    ]
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (scan(), "扫描件"),
        (scan().replace(b"/I Do", b"     "), "扫描件"),
        (b"%PDF-1.4\n", "损坏"),
        (scan()[:200], "损坏"),
    ],
    ids=["a scan", "blank pages", "nothing in it", "cut"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read(data)
    assert caught.value.en and (said in str(caught.value) or "空的" in str(caught.value))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_files_are_read_or_refused_but_never_crash(data: st.DataObject) -> None:
    whole = bytearray(scan())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(5, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableSourceError):
        read(bytes(whole))


# ---- lines ------------------------------------------------------------------------------------------------------------


def set_in_type(text: str, width: float) -> list[dict[str, object]]:
    """Characters of ``text`` set as an office program does, in a column of ``width``; blank lines part paragraphs."""
    placed: list[dict[str, object]] = []
    top = 0.0
    for paragraph in text.split("\n"):
        left = 0.0
        words = [
            "".join(group)
            for latin, part in itertools.groupby(paragraph, lambda each: "!" <= each <= "~")
            for group in ([list(part)] if latin else [[each] for each in part])
        ]
        for word in words:
            room = sum(5.0 if each < "\x7f" else 10.0 for each in word)
            if left and left + room > width:
                left, top = 0.0, top + 14
            for each in word:
                wide = 5.0 if each < "\x7f" else 10.0
                if left + wide > width:
                    left, top = 0.0, top + 14
                placed.append(
                    {"text": each, "x0": left, "x1": left + wide, "top": top, "bottom": top + 10, "size": 10.0}
                )
                left += wide
        top += 14
    return placed


@pytest.mark.parametrize("width", [62.0, 100.0, 207.0])
@pytest.mark.parametrize(
    "text",
    ["全镇村道常年平整畅通", "≥6000元/公里", "1305292023P00584011066Q", "2023年11月30日前完成", "甲", "短\n也短"],
)
def test_lines_are_put_together_as_they_were_typed(text: str, width: float) -> None:
    assert text_of(lines_of(set_in_type(text, width)), width).replace("\n", "") == text.replace("\n", "")


@given(st.text(alphabet="村道养护经费1.5%≥", min_size=1, max_size=60), st.sampled_from([42.0, 61.0, 88.0, 150.0]))
def test_no_number_falls_apart_at_a_line_end(text: str, width: float) -> None:
    assert text_of(lines_of(set_in_type(text, width)), width) == text


def test_latin_words_keep_their_distance() -> None:
    assert joined("5G", "network", False) == "5G network" and joined("130529", "23P", True) == "13052923P"
