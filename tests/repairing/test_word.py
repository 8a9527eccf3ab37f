"""Word files: accepting our changes gives the mended text, rejecting them what was there, and no other byte differs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, canonicalize, fromstring, tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfcheck.finding import Edit
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.repairing import NotMendable, mended
from perfcheck.repairing.draft import Draft, Hunk
from tests.formats import converted, needs_libreoffice
from tests.forms import form, project
from tests.office import RELATIONS, Traps, W, cell, deleted, docx, field, inserted, package, paragraph, run, table
from tests.repairing.test_draft import span_of

PARSER = DocumentParser()
ALL = Traps(merged=True, changes=True, hidden=True, fields=True, controls=True)
BOLD = "<w:b/>"
GREEN = '<w:color w:val="00FF00"/>'


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return file.read(name)


def text_of(data: bytes) -> str:
    return read_bytes("a.docx", data, PARSER.is_landmark).text


def changed(data: bytes, *pairs: tuple[str, str]) -> bytes:
    """``data`` with texts of its canonical text replaced, each of which stands there once."""
    draft = Draft(text_of(data))
    for old, new in pairs:
        assert draft.text.count(old) == 1, old
        start, end = draft.text.index(old), draft.text.index(old) + len(old)
        draft = draft.edited([Edit(span_of(draft.text, start, end), old, new)])
    return mended(data, "docx", draft.hunks())


def with_ours(xml: bytes, accept: bool) -> Element:
    """The part with the changes by perfcheck accepted or rejected."""
    root = fromstring(xml)
    kept, dropped = ("ins", "del") if accept else ("del", "ins")

    def walk(parent: Element) -> None:
        children = []
        for child in list(parent):
            walk(child)
            ours = child.get(f"{{{W}}}author") == "perfcheck"
            if ours and child.tag == f"{{{W}}}{dropped}":
                continue
            children += list(child) if ours and child.tag == f"{{{W}}}{kept}" else [child]
        parent[:] = children
        if parent.get(f"{{{W}}}author") == "perfcheck" and not accept:
            for deleted_text in parent.iter(f"{{{W}}}delText"):
                deleted_text.tag = f"{{{W}}}t"

    walk(root)
    return root


def letters(element: Element, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every character with how it looks and what it stands in, however runs are cut."""
    name = element.tag.rpartition("}")[2]
    if name == "r":
        properties = element.find(f"{{{W}}}rPr")
        look = "" if properties is None else canonicalize(tostring(properties, encoding="unicode"))
        for child in element:
            kind = child.tag.rpartition("}")[2]
            if kind in ("t", "delText"):
                yield from ((letter, kind, look, *above) for letter in child.text or "")
            elif kind != "rPr":
                yield (canonicalize(tostring(child, encoding="unicode")), look, *above)
        return
    inside = (*above, f"{name} {element.get(f'{{{W}}}author') or ''}")
    if name not in ("ins", "del"):
        yield inside
    for child in element:
        yield from letters(child, inside)


def same_when_rejected(before: bytes, after: bytes) -> bool:
    return list(letters(with_ours(part(after), accept=False))) == list(letters(fromstring(part(before))))


def accepted(data: bytes) -> str:
    """The canonical text once our changes are accepted by somebody else's program."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            is_main = info.filename == "word/document.xml"
            new.writestr(info, tostring(with_ours(part(data), accept=True)) if is_main else old.read(info))
    return text_of(made.getvalue())


SIMPLE = package(
    paragraph(run("第一部分")) + paragraph(run("依据青财预[2023]5", BOLD), run("号文件 ，办理。", GREEN)),
    styles=f'<w:styles xmlns:w="{W}"/>',
    comments="<!-- 别动 -->",
)


def test_a_change_is_tracked_by_perfcheck_with_a_date_and_the_look_of_its_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    xml = part(changed(SIMPLE, ("[", "〔"))).decode()
    who = 'w:author="perfcheck" w:date="2023-11-14T22:13:20Z"'
    look = f"<w:r><w:rPr>{BOLD}</w:rPr>"
    assert (
        f'{look}<w:t xml:space="preserve">依据青财预</w:t></w:r>'
        f'<w:del w:id="1" {who}>{look}<w:delText xml:space="preserve">[</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {who}>{look}<w:t xml:space="preserve">〔</w:t></w:r></w:ins>'
        f'{look}<w:t xml:space="preserve">2023]5</w:t></w:r>'
    ) in xml


def test_nothing_but_the_run_concerned_differs_in_a_single_byte() -> None:
    made = changed(SIMPLE, ("[", "〔"))
    before, after = part(SIMPLE), part(made)
    touched = run("依据青财预[2023]5", BOLD).encode()
    head, _, tail = before.partition(touched)
    assert after.startswith(head)
    assert after.endswith(tail)
    with zipfile.ZipFile(BytesIO(SIMPLE)) as old, zipfile.ZipFile(BytesIO(made)) as new:
        assert [info.filename for info in old.infolist()] == [info.filename for info in new.infolist()]
        assert [info.date_time for info in old.infolist()] == [info.date_time for info in new.infolist()]
        for name in old.namelist():
            assert name == "word/document.xml" or old.read(name) == new.read(name)


def test_what_was_odd_in_the_main_part_stays_odd() -> None:
    body = "<w:p w:rsidR='00&gt;A' ><w:pPr/><!-- > --><w:r\n w:rsidR=\"1\" ><w:t>甲&#x20;乙&amp;丙</w:t ></w:r ><w:proofErr/></w:p >"
    data = package(body)
    after = part(changed(data, (" ", "")))
    for odd in (b"<w:p w:rsidR='00&gt;A' >", b"<!-- > -->", ">乙&amp;丙<".encode(), b"<w:proofErr/></w:p >"):
        assert odd in after
    assert text_of(changed(data, (" ", ""))) == "甲乙&丙\n"


@pytest.mark.parametrize(
    "pairs",
    [
        [("[", "〔"), ("]", "〕")],
        [("5号", "5号令")],  # over two runs
        [(" ", "")],
        [("[2023]5号文件 ，", "〔2023〕5号文件，")],
        [("依据", "根据"), ("办理。", "")],
    ],
)
def test_accepting_gives_the_mended_text_and_rejecting_the_old_one(pairs: list[tuple[str, str]]) -> None:
    made = changed(SIMPLE, *pairs)
    wanted = text_of(SIMPLE)
    for old, new in pairs:
        wanted = wanted.replace(old, new)
    assert text_of(made) == wanted  # as a reader sees it who accepts all changes
    assert accepted(made) == wanted
    assert same_when_rejected(SIMPLE, made)


def test_text_inside_an_insertion_of_somebody_else_is_changed_beside_it() -> None:
    data = package(paragraph(run("甲"), inserted(run("乙 丙", BOLD) + run("丁")), deleted("戊"), run("己")))
    made = changed(data, ("乙 丙丁", "乙、丙丁"))
    assert text_of(made) == "甲乙、丙丁己\n"
    assert same_when_rejected(data, made)
    root = fromstring(part(made))
    for insertion in root.iter(f"{{{W}}}ins"):
        assert insertion.find(f"{{{W}}}ins") is None
    theirs = [each for each in root.iter(f"{{{W}}}ins") if each.get(f"{{{W}}}author") == "甲"]
    assert "".join(text.text or "" for each in theirs for text in each.iter(f"{{{W}}}t")) == "乙丙丁"
    identities = [each.get(f"{{{W}}}id") for each in root.iter() if each.tag in (f"{{{W}}}ins", f"{{{W}}}del")]
    assert len(identities) == len(set(identities))


def test_a_second_change_to_what_we_inserted_is_a_change_beside_it_too() -> None:
    once = changed(SIMPLE, ("文件", "通知要求"))
    twice = changed(once, ("通知", "文件"))
    assert text_of(twice) == text_of(SIMPLE).replace("文件", "文件要求")
    assert same_when_rejected(SIMPLE, twice)


def test_cells_merged_nested_or_in_several_paragraphs_are_changed_in_their_own_run() -> None:
    inner = table([cell(paragraph(run("内 层")))])
    body = table(
        [
            cell(paragraph(run("一 格")), properties='<w:vMerge w:val="restart"/>'),
            cell(paragraph(run("首段")), paragraph(), paragraph(run("\t末 段\n换 行"))),
        ],
        [cell(paragraph(run("藏 着")), properties="<w:vMerge/>"), cell(paragraph(run("外")), inner)],
    )
    data = package(body)
    made = changed(data, ("一 格", "一格"), ("末 段", "末段"), ("换 行", "换行"), ("内 层", "内层"))
    text = text_of(made)
    assert all(words in text for words in ("一格", "末段", "换行", "内层"))
    assert "藏 着".encode() in part(made)
    assert same_when_rejected(data, made)


@pytest.mark.parametrize(
    ("body", "old"),
    [
        (paragraph(run("甲\n乙")), "\n"),
        (paragraph("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t></w:r>"), "-"),
        (paragraph('<w:r><w:sym w:char="2265"/></w:r>'), "≥"),
        (paragraph(f'<w:moveTo w:id="9" w:author="甲"><w:smartTag>{run("甲乙")}</w:smartTag></w:moveTo>'), "乙"),
        (paragraph('<m:oMath xmlns:m="math"><m:t>甲乙</m:t></m:oMath>'), "乙"),
    ],
)
def test_what_is_no_plain_text_is_not_changed_but_refused(body: str, old: str) -> None:
    data = package(body)
    start = text_of(data).index(old)
    with pytest.raises(NotMendable, match=" / "):
        mended(data, "docx", [Hunk(start, start + len(old), "丙")])


def test_an_automatic_number_is_refused() -> None:
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    data = package(paragraph(run("清运垃圾"), properties=properties), numbering=numbering)
    assert text_of(data).startswith("3.")
    with pytest.raises(NotMendable):
        mended(data, "docx", [Hunk(0, 1, "1")])


def test_the_result_of_a_field_may_change_and_its_code_stays() -> None:
    data = package(paragraph(run("见"), field(" REF 甲 乙 ", "甲 乙"), run("。")))
    made = changed(data, (" ", ""))
    assert text_of(made) == "见甲乙。\n"
    assert b" REF " in part(made)
    assert same_when_rejected(data, made)


def test_a_main_part_in_another_encoding_is_refused_with_the_remedy() -> None:
    body = f'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{W}"><w:body>{paragraph(run("甲 乙"))}</w:body></w:document>'
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("word/document.xml", body.encode("utf-16"))
    with pytest.raises(NotMendable, match="另存"):
        mended(stream.getvalue(), "docx", [Hunk(1, 2, "")])


@settings(max_examples=8)
@given(st.data(), st.sampled_from([ALL, Traps()]))
def test_any_change_of_any_texts_is_accepted_as_meant_and_rejected_without_a_trace(
    data: st.DataObject, traps: Traps
) -> None:
    document = docx(form(project(1)), traps)
    draft = Draft(text_of(document))
    lines = [(number, line) for number, line in enumerate(draft.text.split("\n"), 1) if len(line.strip()) > 3]
    chosen = data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=6, unique=True))
    edits = []
    for number, line in chosen:
        start = data.draw(st.integers(1, len(line) - 1))
        end = data.draw(st.integers(start, len(line)))
        span = (number, start + 1, number, end + 1)
        edits.append(Edit(span, line[start:end], data.draw(st.text("甲〔5，<&", min_size=1, max_size=3))))  # type: ignore[arg-type]
    draft = draft.edited(edits)
    made = mended(document, "docx", draft.hunks())
    assert text_of(made) == draft.text
    assert accepted(made) == draft.text
    assert same_when_rejected(document, made)


@needs_libreoffice
def test_the_file_opens_in_libreoffice_and_reads_there_as_mended() -> None:
    document = docx(form(project(1, usage=("", "用于村道 养护，依据青财预[2023]5号。"))), ALL)
    made = changed(document, ("道 养", "道养"), ("[2023]", "〔2023〕"))
    saved = converted(made, "docx", "docx")
    assert "用于村道养护，依据青财预〔2023〕5号。" in re.sub(r"\s", "", text_of(saved))
    assert b'w:author="perfcheck"' in part(saved)
