"""Highlights in PDF files: on the words that were found wrong, replaced by a second run, nothing else changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from perfcheck import api
from perfcheck.api import annotated
from perfcheck.config import Settings
from perfcheck.engine import Judgement
from perfcheck.errors import UnreadableSourceError
from perfcheck.finding import Finding
from perfcheck.reading.own_files import is_own_copy
from tests.conftest import CORPUS
from tests.formats import needs_libreoffice, pdf
from tests.forms import INDICATORS, form, project

pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed (extra pdf)")
pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed (extra report)")

BAD = [INDICATORS[0], ("", "质量指标", "养护合格率", "合格的比例", "≥16全镇16个村全部合格", ""), *INDICATORS[2:]]
FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2, table=BAD))
Checked = Callable[[bytes], Judgement]
pytestmark = needs_libreoffice


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    def checked(data: bytes) -> Judgement:
        (tmp_path / "a.pdf").write_bytes(data)
        return api.check(Settings((str(tmp_path / "a.pdf"),))).judgements[0]

    return checked


def highlights(data: bytes) -> list[tuple[int, Any]]:
    """The highlights of a file with their pages, counted from 1."""
    return [
        (number, annotation.get_object())
        for number, page in enumerate(pypdf.PdfReader(BytesIO(data)).pages, 1)
        for annotation in page.get("/Annots", ())
        if annotation.get_object()["/Subtype"] == "/Highlight"
    ]


def seen_under(data: bytes) -> list[tuple[str, str]]:
    """The note of each highlight and the words under it, as another program sees them; one over two pages is one."""
    found: dict[str, tuple[str, str]] = {}
    with pdfplumber.open(BytesIO(data)) as file:
        for number, annotation in highlights(data):
            page = file.pages[number - 1]
            values = list(map(float, annotation["/QuadPoints"]))
            words = []
            for at in range(0, len(values), 8):
                across, upward = values[at : at + 8 : 2], values[at + 1 : at + 8 : 2]
                words += [
                    (round(float(page.height) - max(upward)), each["x0"], each["text"])
                    for each in page.chars
                    if min(across) <= (each["x0"] + each["x1"]) / 2 <= max(across)
                    and min(upward) <= (each["y0"] + each["y1"]) / 2 <= max(upward)
                ]
            name, text = str(annotation["/NM"]), "".join("".join(text.split()) for *_, text in sorted(words))
            found[name] = annotation["/Contents"], found.get(name, ("", ""))[1] + text
    return sorted(found.values())


def expected(finding: Finding) -> str:
    """The words a finding is about; for a space the letters around it."""
    location = finding.location
    start, end = location.focus or (0, len(location.text))
    words = "".join(location.text[start:end].split())
    return words or (location.text[:start].rstrip()[-1:] + location.text[end:].lstrip()[:1])


def test_every_finding_is_a_highlight_on_its_words(checked: Checked) -> None:
    data = pdf(FLAWED)
    judgement = checked(data)
    found = seen_under(annotated(judgement, data, "zh"))
    assert len(found) == len(judgement.findings) >= 5
    for finding in judgement.findings:
        texts = [text for note, text in found if finding.message in note and finding.rule.id in note]
        assert expected(finding) in texts, (finding.message, texts)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_on_the_real_documents_every_highlight_is_on_the_right_words(checked: Checked, path: Path) -> None:
    data = pdf(path.read_text(encoding="utf-8"))
    judgement = checked(data)
    found = Counter(text for _, text in seen_under(annotated(judgement, data, "zh")))
    wanted = Counter(map(expected, judgement.findings))
    assert found == wanted


def test_a_note_says_level_message_basis_and_remedy_and_whose_it_is(checked: Checked) -> None:
    data = pdf(FLAWED)
    for language, words in (("zh", ("错误：", "依据：", "改法：")), ("en", ("Error", "Basis: ", "Remedy: "))):
        notes = [each for _, each in highlights(annotated(checked(data), data, language))]
        (note,) = (each for each in notes if "spending-plan-incomplete" in each["/Contents"])
        assert all(word.lower() in note["/Contents"].lower() for word in words), note["/Contents"]
        assert note["/T"] == "perfcheck"


def test_the_file_itself_is_in_the_copy_byte_for_byte(checked: Checked) -> None:
    data = pdf(FLAWED)
    judgement = checked(data)
    copies = [annotated(each, data, "zh") for each in (judgement, judgement._replace(findings=()))]
    assert all(copy.startswith(data) and is_own_copy(copy) for copy in copies)
    assert not is_own_copy(data)
    assert len(pypdf.PdfReader(BytesIO(copies[1])).pages) == len(pypdf.PdfReader(BytesIO(data)).pages)


def test_a_second_run_replaces_its_own_highlights_and_keeps_those_of_people(checked: Checked) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(FLAWED)))
    from pypdf.annotations import Text

    note = Text(rect=(50, 50, 80, 80), text="请再核对", title_bar="王会计")
    writer.add_annotation(0, note)
    stream = BytesIO()
    writer.write(stream)
    data = stream.getvalue()
    once = annotated(checked(data), data, "zh")
    twice = annotated(checked(once), once, "zh")
    for made in (once, twice):
        assert len(highlights(made)) == len(checked(data).findings)
        notes = [each.get_object() for each in pypdf.PdfReader(BytesIO(made)).pages[0]["/Annots"]]
        assert [each["/Contents"] for each in notes if each["/Subtype"] == "/Text"] == ["请再核对"]
    assert seen_under(once) == seen_under(twice)
    assert highlights(annotated(checked(data)._replace(findings=()), twice, "zh")) == []


def moved(data: bytes, turn: int, right: float = 0, up: float = 0) -> tuple[bytes, Any]:
    """``data`` with the same look but its pages stored turned and moved, and how they were."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    for page in writer.pages:
        _, _, width, height = map(float, page.mediabox)
        change = {
            0: pypdf.Transformation(),
            90: pypdf.Transformation((0, 1, -1, 0, height, 0)),
            180: pypdf.Transformation((-1, 0, 0, -1, width, height)),
            270: pypdf.Transformation((0, -1, 1, 0, 0, width)),
        }[turn].translate(right, up)
        page.add_transformation(change)
        across, upward = (height, width) if turn in (90, 270) else (width, height)
        box = (right, up, right + across, up + upward)
        page.mediabox = page.cropbox = pypdf.generic.RectangleObject(box)
        page.rotate(turn)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue(), change


@pytest.mark.parametrize(("turn", "right", "up"), [(0, 100, 200), (90, 0, 0), (180, 30, 0), (270, 0, 50)])
def test_a_page_that_is_stored_turned_or_moved_is_marked_where_its_words_are(
    checked: Checked, turn: int, right: float, up: float
) -> None:
    straight = pdf(FLAWED)
    data, change = moved(straight, turn, right, up)
    wanted, got = (highlights(annotated(checked(each), each, "zh")) for each in (straight, data))
    assert len(wanted) == len(got)
    for (_, one), (_, two) in zip(wanted, got):
        values, there = list(map(float, one["/QuadPoints"])), list(map(float, two["/QuadPoints"]))
        for at in range(0, len(values), 2):
            assert change.apply_on(tuple(values[at : at + 2])) == pytest.approx(tuple(there[at : at + 2]), abs=0.5)


def test_a_file_that_must_not_be_changed_is_refused_in_a_sentence(checked: Checked) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(FLAWED)))
    writer.encrypt(user_password="", owner_password="x", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    data = stream.getvalue()
    with pytest.raises(UnreadableSourceError, match="限制"):
        annotated(checked(data), data, "zh")


def test_equal_input_gives_equal_output(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    data = pdf(FLAWED)
    judgement = checked(data)
    assert annotated(judgement, data, "zh") == annotated(judgement, data, "zh")
