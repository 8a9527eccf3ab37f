"""Word files as Word and WPS write them: the same form with everything programs put around and into it.

No file by Word or WPS itself is here; these follow the standard and what is known of the two.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.errors import UnreadableSourceError
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.source import Paragraph, Row
from tests import office
from tests.forms import INDICATORS, form, project
from tests.office import cell, deleted, field, inserted, package, paragraph, run

BAD = [INDICATORS[0], ("", "质量指标", "养护合格率", "合格的比例", "≥16全镇16个村全部合格", ""), *INDICATORS[2:]]
TEXT = form(
    project(1, plan=("50%", "45%", "", "80%")), project(2, table=BAD), project(3, goals="1.一件事。\n2.两件事。")
)
PARSER = DocumentParser()
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
Write = Callable[[str], str]
"""Runs for the text of one paragraph."""


def plain(text: str) -> str:
    return run(text)


def document(
    runs: Write = plain,
    *,
    wrap_table: Callable[[str], str] = lambda table: table,
    wrap_row: Callable[[str], str] = lambda row: row,
    wrap_cell: Callable[[str], str] = lambda cell: cell,
    title: Callable[[str], str] | None = None,
    row_properties: str = "",
    wide: str = "gridSpan",
) -> str:
    """The body of the form: tables on a grid with merged cells, everything wrapped as asked."""
    parts: list[str] = []
    rows: list[Row] = []

    def close() -> None:
        if rows:
            parts.append(wrap_table(table(rows)) + "<w:p/>")
            rows.clear()

    def table(rows: list[Row]) -> str:
        width = max(len(row.cells) for row in rows)
        made = []
        for at, row in enumerate(rows):
            cells = []
            for column, text in enumerate(row.cells):
                span = width - column if column == len(row.cells) - 1 else 1
                properties = '<w:tcW w:w="900" w:type="dxa"/>'
                if column == 0 and at and len(row.cells) > 1 and not text:
                    properties += "<w:vMerge/>"
                elif column == 0 and at + 1 < len(rows) and not rows[at + 1].cells[0] and len(rows[at + 1].cells) > 1:
                    properties += '<w:vMerge w:val="restart"/>'
                if span > 1 and wide == "gridSpan":
                    properties += f'<w:gridSpan w:val="{span}"/>'
                elif span > 1:
                    properties += '<w:hMerge w:val="restart"/>'
                cells.append(
                    wrap_cell(cell(*(paragraph(runs(line)) for line in text.split("\n")), properties=properties))
                )
                if wide == "hMerge":
                    cells += [cell(paragraph(), properties="<w:hMerge/>")] * (span - 1)
            made.append(wrap_row(f"<w:tr>{row_properties}{''.join(cells)}</w:tr>"))
        grid = "<w:tblGrid>" + '<w:gridCol w:w="900"/>' * width + "</w:tblGrid>"
        look = (
            '<w:tblPr><w:tblStyle w:val="a7"/><w:tblpPr w:leftFromText="180"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        )
        return f"<w:tbl>{look}{grid}{''.join(made)}</w:tbl>"

    for block in office.blocks_of(TEXT):
        if isinstance(block, Row):
            rows.append(block)
            continue
        close()
        parts.append((title or (lambda text: paragraph(runs(text))))(block.text))
    close()
    return "".join(parts)


def in_crumbs(text: str) -> str:
    """As WPS leaves text behind after it was edited: a run for every two characters, marks of the spelling checker."""
    look = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋"/><w:szCs w:val="21"/><w:lang w:eastAsia="zh-CN"/>'
    crumbs = [run(text[at : at + 2], look) for at in range(0, len(text), 2)]
    return '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="OLE_LINK1"/>' + "<w:proofErr/>".join(
        crumbs
    ).replace("<w:t ", "<w:lastRenderedPageBreak/><w:t ", 1)


def revised(text: str) -> str:
    """Every paragraph typed anew, moved and put into another font by a second author."""
    half = len(text) // 2
    old = "<w:rPrChange w:id='9' w:author='乙'><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    moved = f'<w:moveFromRangeStart w:id="3"/><w:moveFrom w:id="4">{run("挪走的")}</w:moveFrom>'
    arrived = f'<w:moveTo w:id="5">{run(text[half:], old)}</w:moveTo>'
    gone = f"<w:ins w:id='6'>{deleted('插入又删去的')}</w:ins>"
    return inserted(run(text[:half])) + deleted("旧的") + gone + moved + arrived if text else moved


def in_controls(text: str) -> str:
    control = "<w:sdt><w:sdtPr><w:alias w:val='栏目'/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    return control.format(run(text)) if text else ""


def in_fields(text: str) -> str:
    """What a form with fields has: numbers that are sums, references, a form field."""
    return field(" FORMTEXT ", text) if re.fullmatch(r"[\d.]+", text) else run(text) if text else field(" TC 空 ")


def with_symbols(text: str) -> str:
    symbol = '<w:r><w:sym w:font="Symbol" w:char="{}"/></w:r>'
    pieces = re.split("([≥≤])", text)
    return "".join(
        symbol.format({"≥": "F0B3", "≤": "F0A3"}[each]) if each in "≥≤" else run(each) for each in pieces if each
    )


def in_a_box(text: str) -> str:
    """A title in a text box, as Word 2010 and later write it: the drawing and what older programs show."""
    box = f"<w:txbxContent>{paragraph(run(text))}</w:txbxContent>"
    return paragraph(
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing><wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


NUMBERED = {"一、": "1", "二、": "1", "三、": "1"}
HEADINGS = (
    f'<w:numbering xmlns:w="{office.W}"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="1"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles xmlns:w="{office.W}"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>'
    '<w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="10"><w:basedOn w:val="1"/>'
    "</w:style></w:styles>"
)


def numbered(text: str) -> str:
    """A heading whose number is no text but comes from its style."""
    if text[:2] in NUMBERED:
        return paragraph(run(text[2:]), properties='<w:pStyle w:val="10"/>')
    return paragraph(run(text))


def rewritten(body: str, change: Callable[[str], str]) -> bytes:
    """A Word file whose main part is changed as a whole."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(body))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == "word/document.xml" else data)
    return made.getvalue()


CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
CHANGED_ROW = "<w:trPr><w:ins w:id='7' w:author='乙'/><w:trPrChange w:id='8'><w:trPr><w:del w:id='1'/></w:trPr></w:trPrChange></w:trPr>"
LAYOUT = "<w:tbl><w:tr><w:tc><w:tcPr/><w:p/>{}<w:p/></w:tc></w:tr></w:tbl>"
FILES: dict[str, bytes] = {
    "in crumbs": package(document(in_crumbs)),
    "revised": package(document(revised, row_properties=CHANGED_ROW)),
    "old merges across": package(document(wide="hMerge")),
    "controls around text": package(document(in_controls)),
    "controls around rows and cells": package(document(wrap_row=CONTROL.format, wrap_cell=CONTROL.format)),
    "custom XML around rows": package(document(wrap_row="<w:customXml w:element='行'>{}</w:customXml>".format)),
    "fields": package(document(in_fields)),
    "symbols of a font": package(document(with_symbols)),
    "titles in text boxes": package(document(title=in_a_box)),
    "tables in tables of layout": package(document(wrap_table=LAYOUT.format)),
    "numbers by style": package(document(title=numbered), numbering=HEADINGS, styles=STYLES),
    "the strict standard": rewritten(document(), lambda xml: xml.replace(office.W, STRICT)),
    "a background, other namespaces, comments": rewritten(
        document(),
        lambda xml: (
            xml.replace("<w:body>", '<w:background w:color="FFFFFF"/><!-- WPS --><w:body>')
            .replace(
                "<w:document ",
                '<w:document xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14" ',
            )
            .replace("<w:p>", '<w:p w14:paraId="1A2B3C4D" w:rsidR="00A77B3E">')
        ),
    ),
    "another prefix": rewritten(
        document(), lambda xml: re.sub(r"(?<=[</ ])w:(?=\w)", "ns0:", xml).replace("xmlns:w=", "xmlns:ns0=")
    ),
}


def contents(blocks: list[Paragraph | Row]) -> list[object]:
    values = ([block.text] if isinstance(block, Paragraph) else ["row", *block.cells] for block in blocks)
    return [["".join(each.split()) for each in value] for value in values]


@pytest.mark.parametrize("name", FILES)
def test_a_form_is_read_as_its_text_whatever_stands_around_it(name: str) -> None:
    source = read_bytes("文本.docx", FILES[name], PARSER.is_landmark)
    assert contents(source.blocks) == contents(office.blocks_of(TEXT))


@pytest.mark.parametrize("name", FILES)
def test_and_judged_as_its_text(name: str, tmp_path: Path) -> None:
    verdicts = []
    for path, data in ((tmp_path / "a.txt", TEXT.encode()), (tmp_path / "a.docx", FILES[name])):
        path.write_bytes(data)
        (judgement,) = api.check(Settings((str(path),))).judgements
        assert not judgement.not_checked
        verdicts.append(Counter((finding.rule.id, finding.location.steps) for finding in judgement.findings))
    assert verdicts[0] == verdicts[1] and sum(verdicts[0].values()) >= 5


def test_a_line_end_of_the_file_is_a_space_as_word_shows_it() -> None:
    source = read_bytes("a.docx", package(paragraph("<w:r><w:t>养护\n20 公里</w:t></w:r>")), PARSER.is_landmark)
    assert source.text == "养护 20 公里\n"


SYMBOLS = str.maketrans("", "", "≥≤")


@pytest.mark.parametrize("name", [name for name in FILES if name != "the strict standard"])
def test_and_annotated_on_the_right_words_and_given_back_unharmed(name: str, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    from tests.annotating.test_word import all_anchored, body_of, expected

    def bare(text: str) -> str:  # symbols of a font are no text between the marks
        return "".join(text.translate(SYMBOLS).split())

    path = tmp_path / "a.docx"
    path.write_bytes(FILES[name])
    (judgement,) = api.check(Settings((str(path),))).judgements
    made = api.annotated(judgement, FILES[name], "zh")
    assert sorted(map(bare, all_anchored(made))) == sorted(bare(expected(finding)) for finding in judgement.findings)
    assert body_of(api.annotated(judgement._replace(findings=()), made, "zh")) == body_of(FILES[name])


def test_a_file_of_the_strict_standard_cannot_be_annotated_and_that_is_said(tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    path = tmp_path / "a.docx"
    path.write_bytes(FILES["the strict standard"])
    (judgement,) = api.check(Settings((str(path),))).judgements
    with pytest.raises(UnreadableSourceError, match="另存为"):
        api.annotated(judgement, FILES["the strict standard"], "zh")
