"""Word files: the same rows as from text, the accepted view of changes, and safe to open whatever they hold."""

from __future__ import annotations

import contextlib
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck.errors import UnreadableSourceError
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.source import Paragraph, Row, SourceText
from tests.conftest import CORPUS
from tests.forms import form, project
from tests.office import (
    RELATIONS,
    TYPES,
    Traps,
    blocks_of,
    cell,
    deleted,
    docx,
    field,
    inserted,
    package,
    paragraph,
    run,
    table,
)

PARSER = DocumentParser()
ALL_TRAPS = Traps(merged=True, changes=True, hidden=True, fields=True, controls=True)


def read(data: bytes, path: str = "文本.docx") -> SourceText:
    return read_bytes(path, data, PARSER.is_landmark)


def contents(blocks: list[Paragraph | Row]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [each.strip() for each in block.cells] for block in blocks]


def rows(source: SourceText) -> list[list[str]]:
    return [block.cells for block in source.blocks if isinstance(block, Row)]


def paragraphs(source: SourceText) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def refusal(data: bytes, path: str = "文本.docx") -> str:
    with pytest.raises(UnreadableSourceError) as caught:
        read(data, path)
    assert caught.value.en
    return str(caught.value)


@pytest.mark.parametrize("traps", [Traps(), Traps(merged=False), ALL_TRAPS], ids=["merged", "plain", "all traps"])
def test_a_word_file_has_the_rows_of_the_text_it_was_made_from(traps: Traps) -> None:
    text = form(project(1), project(2, goals="1.一件事。\n2.两件事。"), project(3))
    assert contents(read(docx(text, traps)).blocks) == contents(blocks_of(text))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_the_real_documents_come_out_of_word_as_they_went_in(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for traps in (Traps(), ALL_TRAPS):
        assert contents(read(docx(text, traps)).blocks) == contents(blocks_of(text))


def test_the_canonical_text_reads_like_a_text_file() -> None:
    source = read(docx(form()))
    again = read_bytes("a.txt", source.text.encode(), PARSER.is_landmark)
    assert contents(again.blocks) == contents(source.blocks)
    assert [block.line for block in again.blocks] == [block.line for block in source.blocks]


def test_insertions_count_and_deletions_do_not_and_the_user_is_told() -> None:
    source = read(package(table([cell(paragraph(run("18"), deleted("9"), inserted(run(".00"))))])))
    assert rows(source) == [["18.00"]]
    assert "修订" in source.remarks[0].zh
    assert read(package(table([cell(paragraph(run("18.00")))]))).remarks == ()


def test_a_deleted_row_is_gone() -> None:
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell(paragraph(run('旧')))}</w:tr>"
    source = read(package(table([cell(paragraph(run("新")))]).replace("</w:tbl>", gone + "</w:tbl>")))
    assert rows(source) == [["新"]] and source.remarks


def test_hidden_text_and_codes_of_fields_are_not_read_and_results_are() -> None:
    hidden, shown = run("暗", "<w:vanish/>"), run("明", '<w:vanish w:val="0"/>')
    source = read(package(paragraph(hidden, shown, field(" PAGE ", "7"), field(" TC 甲 "))))
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == ["明7"]


def test_merged_cells_are_blank_below_and_one_across() -> None:
    top = cell(paragraph(run("产出指标")), properties='<w:vMerge w:val="restart"/>')
    below = cell(paragraph(run("藏")), properties="<w:vMerge/>")
    wide = cell(paragraph(run("宽")), properties='<w:gridSpan w:val="2"/>')
    left = cell(paragraph(run("左")), properties='<w:hMerge w:val="restart"/>')
    right = cell(paragraph(run("右")), properties="<w:hMerge/>")
    assert rows(read(package(table([top, wide], [below, wide], [left, right])))) == [
        ["产出指标", "宽"],
        ["", "宽"],
        ["左"],
    ]


def test_a_table_in_a_cell_follows_the_row_of_that_cell() -> None:
    inner = table([cell(paragraph(run("内")))])
    outer = table([cell(paragraph(run("外")), inner), cell(paragraph(run("旁")))], [cell(inner)])
    assert rows(read(package(outer))) == [["外", "旁"], ["内"], ["内"]]


def test_a_text_box_is_read_behind_its_paragraph_and_once() -> None:
    words = f"<w:txbxContent>{paragraph(run('框里'))}</w:txbxContent>"
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{words}</w:drawing></mc:Choice><mc:Fallback><w:pict>{words}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    source = read(package(paragraph(run("前"), f"<w:r>{box}</w:r>") + paragraph(run("后"))))
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == ["前", "框里", "后"]


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def item(text: str, level: int = 0) -> str:
    return paragraph(run(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>')


def test_automatic_numbers_stand_where_word_shows_them() -> None:
    body = item("总体") + item("甲", 1) + item("乙", 1) + item("分项") + item("丙", 1)
    source = read(package(body, numbering=NUMBERING))
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == [
        "一、总体", "1.甲", "2.乙", "二、分项", "1.丙",
    ]  # fmt: skip


def styled(text: str, style: str) -> str:
    return paragraph(run(text), properties=f'<w:pStyle w:val="{style}"/>')


def test_a_number_may_come_from_the_style_a_style_is_based_on() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a1"><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:basedOn w:val="a1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="b"/></w:style></w:styles>'
    )
    body = styled("甲", "a1") + styled("乙", "a2") + styled("丙", "1") + styled("丁", "a3") + styled("戊", "b")
    source = read(package(body, numbering=NUMBERING, styles=styles))
    assert paragraphs(source) == ["一、甲", "1.乙", "二、丙", "丁", "戊"]


def test_lists_of_one_kind_count_on_unless_one_says_that_it_begins_anew() -> None:
    more = (
        '<w:num w:numId="6"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )
    body = "".join(
        item(text).replace('Id w:val="5"', f'Id w:val="{number}"') for text, number in zip("甲乙丙丁", "5677")
    )
    source = read(package(body, numbering=NUMBERING.replace("</w:numbering>", more)))
    assert paragraphs(source) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_control_that_nobody_filled_in_is_blank() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    shown, filled = run("单击此处输入文字。"), run("18.00")
    blank = cell(paragraph(control.format("<w:showingPlcHdr/>", shown)))
    given = cell(paragraph(control.format('<w:showingPlcHdr w:val="0"/>', filled)))
    assert rows(read(package(table([blank, given])))) == [["", "18.00"]]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    first = paragraph(run("≥"), properties="<w:rPr><w:del w:id='1'/></w:rPr>")
    assert rows(read(package(table([cell(first, paragraph(run("95%")))])))) == [["≥95%"]]


def test_a_cell_that_was_deleted_is_gone() -> None:
    gone = cell(paragraph(run("旧")), properties='<w:cellDel w:id="1"/>')
    source = read(package(table([cell(paragraph(run("新"))), gone])))
    assert rows(source) == [["新"]] and source.remarks


def test_a_broken_field_does_not_swallow_what_follows() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    assert paragraphs(read(package(paragraph(run("前"), begun) + paragraph(run("后"))))) == ["前", "后"]


def test_words_with_their_reading_above_and_formulas_are_read() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('lán')}</w:rt><w:rubyBase>{run('浭阳')}</w:rubyBase></w:ruby></w:r>"
    formula = (
        '<m:oMathPara xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMath><m:r><m:t>a=b</m:t>'
        "</m:r></m:oMath></m:oMathPara>"
    )
    assert paragraphs(read(package(paragraph(ruby, formula)))) == ["浭阳a=b"]


def test_footnotes_are_set_aside() -> None:
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="1">{paragraph(run("注一"))}</w:footnote></w:footnotes>'
    )
    source = read(package(paragraph(run("正文")), footnotes=note))
    assert "注一" not in source.text and ("footnote", "注一") in [(each.kind, each.text) for each in source.residue]


def test_every_cell_knows_its_table_row_and_cell() -> None:
    body = paragraph(run("题")) + table(
        [cell(paragraph(run("甲"))), cell(paragraph(run("乙")))], [cell(paragraph(run("丙")))]
    )
    title, first, second = read(package(body)).blocks
    assert title.origin.paragraph == 1  # type: ignore[union-attr]
    assert [(each.table, each.row, each.cell) for each in first.origins] == [(1, 1, 1), (1, 1, 2)]  # type: ignore[union-attr]
    assert [(each.table, each.row, each.cell) for each in second.origins] == [(1, 2, 1)]  # type: ignore[union-attr]


def zipped(**parts: str | bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, **parts}.items():
            file.writestr(name, content)
    return stream.getvalue()


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx(form())[:1500], "损坏"),
        (docx(form())[:-400] + b"word/document", "损坏"),
        (zipped(**{"word/document.xml": BOMB}), "损坏"),
        (zipped(**{"word/document.xml": BOMB.encode("utf-16")}), "损坏"),
        (zipped(**{"word/document.xml": BOMB.replace("1.0", '1.0" encoding="gb2312')}), "损坏"),
        (zipped(**{"word/document.xml": "<a>"}), "损坏"),
        (package("<w:ins>" * 5000 + "</w:ins>" * 5000), "损坏"),
        (zipped(**{"word/document.xml": "x" * 40_000_000}), "大得不正常"),
        (package(""), "空的"),
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
    ids=[
        "cut",
        "without its end",
        "entities",
        "entities in UTF-16",
        "another encoding",
        "not closed",
        "depth",
        "a bomb",
        "no text",
        "no bytes",
        "a password",
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_the_content_decides_and_not_the_name() -> None:
    assert read(docx(form()), "文本.txt").encoding == "docx"
    assert "内容却不是" in refusal("第一部分".encode(), "文本.docx")
    assert "压缩包" in refusal(zipped(**{"other.xml": "<a/>"}), "文本.txt")


def test_macros_are_mentioned_and_never_run() -> None:
    parts = {"word/document.xml": zipfile.ZipFile(BytesIO(docx(form()))).read("word/document.xml")}
    source = read(zipped(**parts, **{"word/vbaProject.bin": b"macro"}))
    assert "宏" in source.remarks[0].zh


@given(st.data())
def test_damaged_files_are_read_or_refused_but_never_crash(data: st.DataObject) -> None:
    whole = bytearray(docx(form(project(1))))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableSourceError):
        read(bytes(whole))


CELLS = st.text(alphabet="甲乙丙 1.%≥\n", max_size=8).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_table_comes_back_as_it_was_written(written: list[list[str]]) -> None:
    made = table(*([cell(*(paragraph(run(line)) for line in text.split("\n"))) for text in row] for row in written))
    assert rows(read(package(paragraph(run("题")) + made))) == written
