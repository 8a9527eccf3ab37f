"""Old Word files: the same rows as from text, the accepted view of changes, and nothing guessed about cells."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.errors import UnreadableSourceError
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import libreoffice, read_bytes
from perfcheck.source import Paragraph, Row, SourceText
from tests.conftest import CORPUS
from tests.formats import blocks_of, converted, needs_libreoffice, page_docx
from tests.forms import form, project
from tests.office import RELATIONS, TYPES, Traps, cell, deleted, docx, inserted, package, paragraph, run, table
from tests.reading.test_docx import NUMBERING, item

pytest.importorskip("olefile", reason="the extra doc is not installed")
from perfcheck.reading import doc_properties as properties

PARSER = DocumentParser()
TRAPS = Traps(merged=True, hidden=True, fields=True)
THREE = form(project(1), project(2, goals="1.一件事。\n2.两件事。"), project(3))


def read(data: bytes, path: str = "文本.doc") -> SourceText:
    return read_bytes(path, data, PARSER.is_landmark)


def old(data: bytes) -> bytes:
    """A ``.docx`` as an old Word file."""
    return converted(data, "docx", "doc")


def contents(blocks: list[Paragraph | Row]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [each.strip() for each in block.cells] for block in blocks]


@needs_libreoffice
@pytest.mark.parametrize("name", ["文本.doc", "文本.wps", "文本.docx", "文本.txt"])
def test_an_old_word_file_has_the_rows_of_the_text_it_was_made_from(name: str) -> None:
    assert contents(read(old(docx(THREE)), name).blocks) == contents(blocks_of(THREE))


@needs_libreoffice
def test_traps_are_read_as_in_a_new_one() -> None:
    assert contents(read(old(docx(THREE, TRAPS))).blocks) == contents(blocks_of(THREE))


@needs_libreoffice
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_the_real_documents_come_out_of_an_old_word_file_as_they_went_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert contents(read(old(docx(text))).blocks) == contents(blocks_of(text))


@needs_libreoffice
def test_it_reads_what_libreoffice_reads() -> None:
    data = old(page_docx(THREE))
    made = libreoffice.converted(data, "doc", "docx")
    assert made is not None
    assert contents(read(data).blocks) == contents(read(made).blocks)


NEVER_LAST = paragraph(run("尾"))
"""A body may not end with a table."""


@needs_libreoffice
def test_a_table_in_a_cell_follows_the_row_of_that_cell() -> None:
    inner = table(
        [cell(paragraph(run("内"))), cell(paragraph(run("里")))],
        [cell(paragraph(run("下"))), cell(paragraph(run("边")))],
    )
    outer = table(
        [cell(paragraph(run("外")), inner, paragraph(run("后"))), cell(paragraph(run("旁")))],
        [cell(inner, paragraph()), cell(paragraph(run("末")))],
    )
    body = package(paragraph(run("题")) + outer + NEVER_LAST)
    wanted = ["题", ["外\n后", "旁"], ["内", "里"], ["下", "边"], ["", "末"], ["内", "里"], ["下", "边"], "尾"]
    assert contents(read(body, "文本.docx").blocks) == wanted
    source = read(old(body))
    assert contents(source.blocks) == wanted
    places = [
        (row.origins[0].table, row.origins[0].row) for row in source.blocks if isinstance(row, Row) and row.origins
    ]
    assert places == [(1, 1), (2, 1), (2, 2), (1, 2), (3, 1), (3, 2)]


@needs_libreoffice
def test_merged_cells_are_blank_below_and_one_across() -> None:
    def wide(text: str, more: str = "") -> str:
        return cell(paragraph(run(text)), properties=f'<w:tcW w:w="2000" w:type="dxa"/>{more}')

    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    body = table(
        [wide("产出指标", '<w:vMerge w:val="restart"/>'), wide("数量"), wide("甲")],
        [wide("", "<w:vMerge/>"), wide("质量"), wide("乙")],
        [cell(paragraph(run("宽")), properties='<w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/>'), wide("丙")],
    ).replace("<w:tbl>", f"<w:tbl>{grid}")
    wanted = [["产出指标", "数量", "甲"], ["", "质量", "乙"], ["宽", "丙"], "尾"]
    assert contents(read(old(package(body + NEVER_LAST))).blocks) == wanted


@needs_libreoffice
def test_insertions_count_and_deletions_do_not() -> None:
    body = package(table([cell(paragraph(run("18"), deleted("9"), inserted(run(".00"))))]) + NEVER_LAST)
    source = read(old(body))
    assert contents(source.blocks) == [["18.00"], "尾"] and "修订" in source.remarks[0].zh


@needs_libreoffice
def test_automatic_numbers_stand_where_word_shows_them() -> None:
    body = item("总体") + item("甲", 1) + item("乙", 1) + item("分项") + item("丙", 1)
    types = TYPES.replace("</Types>", '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>')  # fmt: skip
    relations = RELATIONS.replace("officeDocument/2006/relationships/officeDocument", "officeDocument/2006/relationships/numbering").replace("word/document.xml", "numbering.xml")  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(body))) as plain, zipfile.ZipFile(stream, "w") as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("word/document.xml", plain.read("word/document.xml"))
        file.writestr("word/numbering.xml", NUMBERING)
        file.writestr("word/_rels/document.xml.rels", relations)
    assert contents(read(old(stream.getvalue())).blocks) == ["一、总体", "1.甲", "2.乙", "二、分项", "1.丙"]


def test_rare_characters_are_whole() -> None:
    from perfcheck.reading.doc import _written

    assert _written(["\ud842", "\udfb7", "\x0b", "浭", "\x1e", "\x1f", "\x01"]) == "𠮷\n浭-"


# ---- structures -------------------------------------------------------------------------------------------------------


def modifier(code: int, operand: bytes) -> bytes:
    return struct.pack("<H", code) + operand


def test_modifiers_of_every_length_are_stepped_over() -> None:
    data = (
        modifier(0x2416, b"\1") + modifier(0x460B, b"\2\0") + modifier(0x6649, b"\1\0\0\0") + modifier(0x9601, b"xyz"[:2])
        + modifier(0xF614, b"abc") + modifier(0xD62B, b"\2\0\1") + modifier(0xC615, b"\2ab")
    )  # fmt: skip
    assert [code for code, _ in properties.modifiers(data)] == [0x2416, 0x460B, 0x6649, 0x9601, 0xF614, 0xD62B, 0xC615]
    assert list(properties.modifiers(data[:2])) == []


def definition(*flags: int) -> bytes:
    inner = bytes([len(flags)]) + b"\0\0" * (len(flags) + 1) + b"".join(struct.pack("<H18x", each) for each in flags)
    return modifier(properties.ROW_DEFINITION, struct.pack("<H", len(inner) + 1) + inner)


def test_a_row_tells_which_of_its_cells_are_merged() -> None:
    made = properties.paragraph(b"\0\0" + definition(0x60, 0x20, 1, 2, 0), [], b"")
    assert made.cells == ((False, False), (False, True), (False, False), (True, False), (False, False))
    more = modifier(properties.MERGE_DOWN, b"\2\0\1") + modifier(properties.MERGE_ACROSS, b"\2\4")
    made = properties.paragraph(b"\0\0" + definition(0, 0, 0, 0) + more, [], b"")
    assert made.cells == ((False, True), (False, False), (False, False), (True, False))


def test_properties_in_the_data_stream_count() -> None:
    far = b"junk" + struct.pack("<H", 3) + modifier(properties.IN_TABLE, b"\1")
    made = properties.paragraph(b"\5\0" + modifier(properties.HUGE, struct.pack("<I", 4)), [], far)
    assert (made.style, made.depth) == (5, 1)
    loop = struct.pack("<H", 6) + modifier(properties.HUGE, struct.pack("<I", 0))
    assert properties.paragraph(b"\0\0" + modifier(properties.HUGE, struct.pack("<I", 0)), [], loop).depth == 0


@given(st.binary(max_size=80), st.binary(max_size=40))
def test_any_bytes_are_stepped_through(data: bytes, far: bytes) -> None:
    with contextlib.suppress(struct.error, IndexError):
        properties.paragraph(data, [], far)


# ---- what cannot be read ----------------------------------------------------------------------------------------------

HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfcheck.reading.libreoffice.shutil.which", lambda name: None)


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSourceError) as caught:
        read(data)
    assert caught.value.en
    return str(caught.value)


@pytest.mark.usefixtures("no_libreoffice")
def test_what_is_cut_or_no_word_file_is_said_in_a_sentence() -> None:
    assert "损坏" in refusal(HEAD + "WordDocument".encode("utf-16-le") + b"x" * 600)
    assert "密码" in refusal(HEAD + "EncryptedPackage".encode("utf-16-le"))
    assert "旧版 Office" in refusal(HEAD + b"PowerPoint")


@needs_libreoffice
def test_a_flag_for_a_password_and_an_old_version_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfcheck.reading.libreoffice.shutil.which", lambda name: None)
    data = bytearray(old(docx(form(project(1)))))
    at = data.find(b"\xec\xa5")
    locked = bytearray(data)
    locked[at + 0x0B] |= 1
    assert "密码" in refusal(bytes(locked))
    data[at : at + 2] = b"\xdc\xa5"
    assert "Word 95" in refusal(bytes(data))


@needs_libreoffice
def test_what_is_not_read_safely_is_read_with_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    from perfcheck.reading import doc

    def fail(*given: object) -> None:
        raise doc.TooOldError

    data = old(docx(THREE))
    monkeypatch.setattr(doc, "DocFile", fail)
    source = read(data)
    assert contents(source.blocks) == contents(blocks_of(THREE)) and source.encoding == "doc"


@cache
def undamaged() -> bytes:
    return old(docx(form(project(1))))


@needs_libreoffice
@given(st.data())
def test_damaged_files_are_read_or_refused_but_never_crash(data: st.DataObject) -> None:
    whole = bytearray(undamaged())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableSourceError), pytest.MonkeyPatch.context() as patch:
        patch.setattr("perfcheck.reading.libreoffice.shutil.which", lambda name: None)
        read(bytes(whole))
