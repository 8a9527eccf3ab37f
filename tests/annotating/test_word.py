"""Comments in Word files: on the right cell, replaced by a second run, and nothing else changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest

pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")

from docx import Document
from docx.oxml.ns import qn

from perfcheck import api
from perfcheck.api import annotated
from perfcheck.config import Settings
from perfcheck.engine import Judgement
from perfcheck.errors import NoMarginError
from perfcheck.finding import Finding, Location
from perfcheck.source import Origin
from tests.conftest import CORPUS
from tests.forms import INDICATORS, form, project
from tests.office import Traps, docx

BAD = [INDICATORS[0], ("", "质量指标", "养护合格率", "合格的比例", "≥16全镇16个村全部合格", ""), *INDICATORS[2:]]
FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2, table=BAD))
ALL = Traps(merged=True, changes=True, hidden=True, fields=True, controls=True)
Checked = Callable[..., Judgement]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    def checked(data: bytes, name: str = "a.docx") -> Judgement:
        (tmp_path / name).write_bytes(data)
        return api.check(Settings((str(tmp_path / name),))).judgements[0]

    return checked


def anchored(data: bytes) -> dict[str, str]:
    """The text between the marks of each comment, by the comment's text."""
    document = Document(BytesIO(data))
    texts = {str(comment.comment_id): comment.text for comment in document.comments}
    open_ones: set[str] = set()
    found = dict.fromkeys(texts, "")
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_ones.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            open_ones.remove(element.get(qn("w:id")))
        elif element.tag == qn("w:t") and element.getparent().find(qn("w:rPr") + "/" + qn("w:vanish")) is None:
            for each in open_ones:
                found[each] += element.text or ""
        elif element.tag == qn("w:p") and open_ones:
            for each in open_ones:
                found[each] += "\n"
    assert not open_ones
    return {texts[each]: text for each, text in found.items()}


def expected(finding: Finding) -> str:
    location = finding.location
    return location.text[slice(*location.focus)] if location.focus else location.text


@pytest.mark.parametrize("traps", [Traps(), ALL], ids=["plain", "all traps"])
def test_every_finding_is_a_comment_on_its_cell(checked: Checked, traps: Traps) -> None:
    data = docx(FLAWED, traps)
    judgement = checked(data)
    found = anchored(annotated(judgement, data, "zh"))
    assert len(found) == len({finding.message + finding.rule.id for finding in judgement.findings}) >= 5
    for finding in judgement.findings:
        (text,) = (text for comment, text in found.items() if finding.message in comment and finding.rule.id in comment)
        assert text.split() == expected(finding).split()


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_on_the_real_documents_every_comment_is_on_the_right_cell(checked: Checked, path: Path) -> None:
    data = docx(path.read_text(encoding="utf-8"), ALL)
    judgement = checked(data)
    made = annotated(judgement, data, "zh")
    document = Document(BytesIO(made))
    assert len(list(document.comments)) == len(judgement.findings)
    texts = sorted("".join(text.split()) for text in all_anchored(made))
    wanted = sorted("".join(expected(finding).split()) for finding in judgement.findings)
    assert texts == wanted


def body_of(data: bytes) -> str:
    """The main part of a Word file, brought to one form."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return canonicalize(file.read("word/document.xml"))


def expected_of(path: Path) -> list[str]:
    """What the findings of a file are about, white space aside."""
    (judgement,) = api.check(Settings((str(path),))).judgements
    return sorted("".join(expected(finding).split()) for finding in judgement.findings)


def all_anchored(data: bytes) -> list[str]:
    """The text between the marks of each comment, as it is when all changes are accepted."""
    document = Document(BytesIO(data))
    open_ones: dict[str, str] = {}
    done = []
    gone = {each for moved in document.element.body.iter(qn("w:moveFrom")) for each in moved.iter(qn("w:t"))}
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_ones[element.get(qn("w:id"))] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            done.append(open_ones.pop(element.get(qn("w:id"))))
        elif (
            element.tag == qn("w:t")
            and element not in gone
            and element.getparent().find(qn("w:rPr") + "/" + qn("w:vanish")) is None
        ):
            open_ones = {each: text + (element.text or "") for each, text in open_ones.items()}
    return done


def test_a_comment_says_level_message_basis_and_remedy(checked: Checked) -> None:
    data = docx(FLAWED)
    for language, words in (("zh", ("错误：", "依据：", "改法：")), ("en", ("error: ", "basis: ", "remedy: "))):
        judgement = checked(data)
        (text,) = (
            each for each in anchored(annotated(judgement, data, language)) if "spending-plan-incomplete" in each
        )
        assert all(word.lower() in text.lower() for word in words), text


def test_a_second_run_replaces_its_own_comments_and_keeps_those_of_people(checked: Checked) -> None:
    document = Document(BytesIO(docx(FLAWED)))
    document.add_comment(document.paragraphs[0].runs, "请再核对", "王会计", "王")
    stream = BytesIO()
    document.save(stream)
    data = stream.getvalue()
    judgement = checked(data)
    once = annotated(judgement, data, "zh")
    twice = annotated(checked(once), once, "zh")
    for made in (once, twice):
        authors = [comment.author for comment in Document(BytesIO(made)).comments]
        assert authors.count("perfcheck") == len(judgement.findings) and authors.count("王会计") == 1
    assert sorted(all_anchored(once)) == sorted(all_anchored(twice))


@pytest.mark.parametrize("traps", [Traps(), ALL], ids=["plain", "all traps"])
def test_without_our_comments_the_file_is_what_it_was(checked: Checked, traps: Traps) -> None:
    data = docx(FLAWED, traps)
    judgement = checked(data)
    made = annotated(judgement, data, "zh")
    again = annotated(judgement._replace(findings=()), made, "zh")
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(BytesIO(again)) as new:
        assert canonicalize(old.read("word/document.xml")) == canonicalize(new.read("word/document.xml"))


def test_other_parts_stay_byte_for_byte(checked: Checked) -> None:
    document = Document()
    for line in ("第一部分", "部门整体绩效目标", "第二部分", "预算项目绩效目标"):
        document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    data = stream.getvalue()
    made = annotated(checked(data), data, "zh")
    changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/comments.xml"}
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(BytesIO(made)) as new:
        assert set(new.namelist()) == set(old.namelist()) | {"word/comments.xml"}
        for name in set(old.namelist()) - changed:
            assert old.read(name) == new.read(name), name


def test_a_phrase_inside_an_insertion_is_anchored_to_the_character(checked: Checked) -> None:
    data = docx(FLAWED, Traps(changes=True))
    judgement = checked(data)
    finding = next(each for each in judgement.findings if each.rule.id == "value-malformed")
    at = finding.location.text.index("个村")
    location: Location = finding.location._replace(focus=(at, at + 2))
    made = annotated(judgement._replace(findings=(finding._replace(location=location),)), data, "zh")
    assert list(anchored(made).values()) == ["个村"]
    again = annotated(judgement._replace(findings=()), made, "zh")
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(BytesIO(again)) as new:
        assert canonicalize(old.read("word/document.xml")) == canonicalize(new.read("word/document.xml"))


def test_equal_input_gives_equal_output(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    data = docx(FLAWED)
    judgement = checked(data)
    assert annotated(judgement, data, "zh") == annotated(judgement, data, "zh")


def test_a_text_file_has_no_margin(checked: Checked) -> None:
    judgement = checked(FLAWED.encode(), "a.txt")
    with pytest.raises(NoMarginError, match="html"):
        annotated(judgement, FLAWED.encode(), "zh")


def test_a_place_that_is_nowhere_gets_the_nearest_paragraph(checked: Checked) -> None:
    data = docx(FLAWED)
    judgement = checked(data)
    finding = judgement.findings[0]
    lost = finding.location._replace(place=finding.location.place._replace(origin=Origin(table=99, row=1, cell=1)))
    made = annotated(judgement._replace(findings=(finding._replace(location=lost),)), data, "zh")
    assert len(all_anchored(made)) == 1
