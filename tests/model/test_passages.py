"""Passages: the prose of a document piece by piece, each knowing its place to the character."""

from __future__ import annotations

from perfcheck.model.passages import passages, written_texts
from perfcheck.model.places import locate, narrowed
from tests.conftest import Read
from tests.forms import form, line_of, project


def test_prose_comes_in_reading_order_with_its_part(read: Read) -> None:
    found = passages(read(form(project(1))))
    parts = [passage.part for passage in found]
    assert parts[0] == "overall_goal"
    assert list(dict.fromkeys(parts)) == [
        "overall_goal", "duty_goals", "safeguards", "usage", "goals", "name", "description", "basis",
    ]  # fmt: skip
    assert all(passage.text == passage.text.strip() for passage in found)


def test_labels_values_and_blank_cells_are_no_prose(read: Read) -> None:
    texts = [passage.text for passage in passages(read(form(project(1, usage=("", " ")))))]
    assert "资金用途" not in texts and "" not in texts and "≥12公里" not in texts


def test_a_few_characters_of_a_cell_have_a_place_of_their_own(read: Read) -> None:
    text = form(project(1, goals="1.全年养护村道。\n2.方便沿线群众。"))
    document = read(text)
    goals = next(passage for passage in passages(document) if passage.part == "goals")
    start = goals.text.index("沿线")
    location = narrowed(locate(document, goals, "text"), start, start + 2)
    line = line_of(text, "2.方便沿线群众。")
    assert location.place.span == (line, 5, line, 7)
    assert location.focus == (start, start + 2) and location.text == goals.text


def test_characters_of_the_first_line_are_counted_behind_the_tab(read: Read) -> None:
    text = form(project(1, goals="1.全年养护村道。"))
    document = read(text)
    goals = next(passage for passage in passages(document) if passage.part == "goals")
    location = narrowed(locate(document, goals, "text"), 2, 4)
    line = line_of(text, "1.全年养护村道。")
    assert location.place.span == (line, 4, line, 6)
    assert text.split("\n")[line - 1][3:5] == "全年"


def test_written_texts_are_prose_names_and_values(read: Read) -> None:
    document = read(form(project(1)))
    prose, texts = passages(document), written_texts(document)
    assert texts[: len(prose)] == prose
    assert [(each.part, each.text) for each in texts[len(prose) :]][:2] == [
        ("name", "村道养护经费"),
        ("target", "≥12公里"),
    ]
    for each in texts:
        assert locate(document, each, "text").text == each.text


def test_only_the_passages_whose_text_is_wanted(read: Read) -> None:
    prose = passages(read(form(project(1), project(2))))
    wanted = {text: "养护" in text for text in prose.texts}
    assert prose.with_text_in(wanted) == [each for each in prose if "养护" in each.text]


def test_prose_is_made_once_for_a_document_and_anew_for_the_next(read: Read) -> None:
    one, other = read(form(project(1))), read(form(project(1, goals="1.另一个目标，改造水渠两段。")))
    prose = passages(one)
    assert passages(one) is prose and len(prose) < len(written_texts(one))
    assert passages(other) != prose and passages(one) == prose


def test_the_text_behind_a_heading_in_its_line_is_prose_of_that_section(read: Read) -> None:
    text = form(project(1)).replace("一、总体绩效目标\n", "一、总体绩效目标：办成几件实事。\n")
    first = passages(read(text))[0]
    assert (first.part, first.text) == ("overall_goal", "办成几件实事。")


def test_prose_is_searched_as_one(read: Read) -> None:
    prose = passages(read(form(project(1), project(2))))
    assert prose.whole.count("用于全镇范围内的日常维护。") == 1
    assert "镇" in prose.letters and "鳖" not in prose.letters
