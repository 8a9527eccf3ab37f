"""The page: the document as it is with its findings beside the cells, and nothing a document holds becomes markup."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfcheck import __version__, api
from perfcheck.config import Settings
from perfcheck.model.places import _cell as place_of_cell
from perfcheck.model.places import narrowed
from perfcheck.reporting import Report, render
from perfcheck.reporting.filters import focus, harmless
from perfcheck.reporting.marked_text import marked_text
from perfcheck.source import Row, SourceText
from tests.forms import INDICATORS, form, project
from tests.office import docx

VOID = {"meta", "col", "br", "input", "link", "img"}


class Page(HTMLParser):
    """What a page is made of; refuses elements that are not closed in their order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), (tag, attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            classes = (dict(attrs).get("class") or "").split()
            kind = next((name for name in ("text", "note", "ref") if name in classes), None)
            self._open.append((tag, kind))
            if kind:
                self.texts.setdefault(kind, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        kinds = [kind for _, kind in self._open if kind]
        if kinds:
            self.texts[kinds[-1]][-1] += data

    def all(self, **wanted: str) -> list[dict[str, str | None]]:
        """Attributes of the elements that have the ``wanted`` ones."""
        return [
            attributes
            for _, attributes in self.elements
            if all(value in (attributes.get(name.rstrip("_")) or "").split() for name, value in wanted.items())
        ]


def rendered(made: Report) -> str:
    text = render(made, "html")
    assert isinstance(text, str)
    return text


def on(report: Callable[..., Report], texts: dict[str, str | bytes], **options: Any) -> Report:
    return report(texts, format="html", **options)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_the_sample(
    report: Callable[..., Report], sample: Callable[..., Report], snapshot: Callable[[str, str], None], language: str
) -> None:
    text = rendered(sample(language=language, format="html"))
    assert Page(text).elements[0] == ("html", {"lang": "zh-CN" if language == "zh" else "en"})
    text = re.sub("(?s)(<(style|script)>).*?(</)", r"\1…\3", text)  # files of their own, which a browser tests
    text = re.sub("'sha256-.*?'", "'sha256-…'", text)
    snapshot(f"report.{language}.html", text.replace(__version__, "VERSION"))


def test_the_document_stands_there_cell_by_cell(report: Callable[..., Report]) -> None:
    text = form(project(1, goals="", plan=("50%", "45%", "", "80%")), project(2))
    made = on(report, {"a.txt": text})
    source = made.judgements[0].source
    assert source is not None
    cells = [cell for block in source.blocks for cell in (block.cells if isinstance(block, Row) else [block.text])]
    assert Page(rendered(made)).texts["text"] == cells


def test_every_finding_stands_there_once_with_a_way_to_its_cell_and_back(report: Callable[..., Report]) -> None:
    texts: dict[str, str | bytes] = {
        "a.txt": form(project(1, goals="", plan=("50%", "45%", "", "80%"))),
        "b.txt": form(project(1)),
    }
    made = on(report, texts)
    page = Page(rendered(made))
    notes = page.all(class_="note")
    assert len(notes) == len(made.findings) > 3
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {(attributes["href"] or "")[1:] for _, attributes in page.elements if "href" in attributes}
    assert targets <= set(ids) and {note["id"] for note in notes} <= targets
    about = {name for attributes in page.all() for name in (attributes.get("data-notes") or "").split()}
    assert about == {note["id"] for note in notes}


def test_a_finding_stands_in_the_row_of_its_cell(report: Callable[..., Report]) -> None:
    made = on(report, {"a.txt": form(project(1, plan=("50%", "45%", "75%", "100%")), project(2))})
    (row,) = re.findall(
        r'<tr class="line">(?:(?!</tr>).)*data-rule="spending-plan-decreasing".*?</tr>', rendered(made), re.DOTALL
    )
    assert re.search(r'<td class="text error" data-notes="d1n1">45%<a class="ref"', row)


def test_the_very_phrase_is_marked(report: Callable[..., Report]) -> None:
    made = on(
        report,
        {"a.txt": form(project(1, goals="1.全年维护到位，\n方便群众。\n2.完成 2023年13月40日 的事。"), project(2))},
    )
    narrow = [finding for finding in made.findings if finding.location.focus]
    assert narrow
    marked = re.findall(r"<mark [^>]*>(.*?)</mark>", rendered(made), re.DOTALL)
    assert [html.unescape(text) for text in marked] == [focus(finding.location) for finding in narrow]


@given(
    st.text("甲乙 \n。", min_size=1, max_size=30).filter(str.strip),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_marks_are_where_the_places_say(judged: Callable[..., Any], cell: str, start: int, end: int) -> None:
    judgement = judged(form(project(1, plan=("50%", "45%", "75%", "100%")), project(2)))
    finding = judgement.findings[0]
    row = Row(["左", cell, "右\n右"], 7)
    location = place_of_cell(row, 1, finding.location.steps)
    start, end = sorted((min(start, len(location.text)), min(end, len(location.text))))
    finding = finding._replace(location=narrowed(location, start, end))
    source = SourceText("a.txt", "", [row], [], "utf-8")
    (part,), nowhere = marked_text(judgement._replace(findings=(finding,), source=source))
    assert nowhere == []
    (line,) = part.lines
    assert ["".join(piece.text for piece in each.pieces) for each in line.cells] == row.cells
    assert [len(each.refs) for each in line.cells] == [0, 1, 0]
    marked = "".join(piece.text for piece in line.cells[1].pieces if piece.notes)
    assert marked == location.text[start:end] and bool(line.cells[1].notes) == (start == end)


def test_phrases_that_overlap_are_cut_where_they_begin_and_end(report: Callable[..., Report]) -> None:
    made = on(report, {"a.txt": form(project(1, plan=("50%", "45%", "75%", "100%")), project(2))})
    judgement = made.judgements[0]
    first = judgement.findings[0]
    both = [first._replace(location=narrowed(first.location, *span)) for span in ((0, 2), (1, 3))]
    parts, _ = marked_text(judgement._replace(findings=tuple(both)))
    (cell,) = (cell for part in parts for line in part.lines for cell in line.cells if cell.refs)
    assert [(piece.text, [note.number for note in piece.notes]) for piece in cell.pieces] == [
        ("4", [1]), ("5", [1, 2]), ("%", [2]),
    ]  # fmt: skip


def test_the_columns_of_a_table_take_all_of_its_width(report: Callable[..., Report]) -> None:
    parts, _ = marked_text(on(report, {"a.txt": form(project(1, goals="长" * 500))}).judgements[0])
    assert {sum(part.widths) for part in parts} == {0, 100}
    assert all(min(part.widths, default=1) >= 1 for part in parts)


def test_a_word_file_is_shown_like_a_text(report: Callable[..., Report]) -> None:
    text = form(project(1, plan=("50%", "45%", "75%", "100%")), project(2))
    as_text, as_word = (Page(rendered(on(report, each))) for each in ({"a.txt": text}, {"a.docx": docx(text)}))
    assert as_word.texts["text"] == as_text.texts["text"]
    assert any("第 1 个表格" in note for note in as_word.texts["note"])


HARM = [
    "<script>alert(1)</script>", '"onmouseover="alert(1)', "'><img src=x onerror=alert(1)>", "&lt;b&gt; & &amp;", "</td></table></style>",
    "{{ 7*7 }}{% raw %}", "<!--", "]]>", "javascript:alert(1)", "\u202e倒\u200b", "</mark></p></main><script>", "甲\n<script>\n乙",
]  # fmt: skip


def nasty(harm: str) -> str:
    """A document with ``harm`` in every cell that may hold anything, and much to find."""
    table = [
        INDICATORS[0],
        (harm, harm, harm, harm, f"≥{harm}", harm),
        ("", "质量指标", harm, harm, harm, ""),
        *INDICATORS[2:],
    ]
    nasty = project(
        1, title=f"1.{harm}绩效目标表".replace("\n", " "), name=harm, unit=(f"600001{harm}", f"单位：{harm}"), project_code=harm,
        funding=("预算规模及资金用途", "预算数", harm, "其中：财政资金", harm, "其他资金", harm), usage=("", harm),
        plan=(harm, harm, harm, harm), goals=harm, table=table,
    )  # fmt: skip
    line = harm.replace("\n", " ")
    return (
        form(nasty, project(2))
        .replace("（一）道路养护", f"（一）{line}")
        .replace("第一部分\n", f"{line}\n第一部分\n", 1)
    )


@pytest.mark.parametrize("harm", HARM, ids=ascii)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_cannot_add_markup(report: Callable[..., Report], harm: str, language: str) -> None:
    made = on(report, {f"{harm[:40].replace('/', '')}.txt".replace("\n", ""): nasty(harm)}, language=language)
    plain = on(report, {"a.txt": nasty("普通的文字")}, language=language)
    assert len(made.findings) >= 3
    text = rendered(made)
    page, other = Page(text), Page(rendered(plain))
    known = {(tag, name) for tag, attributes in other.elements for name in attributes} | {
        ("mark", "class"),
        ("mark", "data-notes"),
        ("th", "data-notes"),
        ("p", "data-notes"),
        ("h4", "data-notes"),
    }
    assert {(tag, name) for tag, attributes in page.elements for name in attributes} <= known
    assert [tag for tag, _ in page.elements].count("script") == 1 == text.count("</script>")
    assert all(
        value.startswith("#")
        for tag, attributes in page.elements
        for name, value in attributes.items()
        if name in ("href", "src") and value
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\u200b\u202e]", text)
    assert any(harmless(harm) in cell for cell in page.texts["text"])


def test_the_page_needs_nothing_from_outside_and_lets_nothing_else_run(report: Callable[..., Report]) -> None:
    text = rendered(on(report, {"a.txt": form(project(1, goals=""))}))
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"link", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "svg"}
    assert not re.search(r"https?:|//\w|@import|url\(", re.sub("'sha256-.*?'", "", text))
    assert not [
        name
        for _, attributes in page.elements
        for name in attributes
        if name.startswith("on") or name in ("style", "src")
    ]
    (policy,) = (attributes["content"] or "" for _, attributes in page.elements if "http-equiv" in attributes)
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_what_was_not_checked_is_named(report: Callable[..., Report]) -> None:
    page = rendered(on(report, {"坏<b>.txt": b"\0\0", "a.txt": form()}))
    assert re.search(r'<p class="unchecked"><strong>未检查</strong> .+</p>', page)
    assert "坏&lt;b&gt;.txt" in page and "<b>" not in page
    assert page.count('<section class="document"') == 2


def test_a_clean_document_has_no_filter(report: Callable[..., Report]) -> None:
    page = rendered(on(report, {"a.txt": form()}))
    assert "没有发现问题" in page and 'id="controls"' not in page and "<script" not in page


def test_levels_are_told_by_words_and_shapes_beside_colours(report: Callable[..., Report]) -> None:
    text = rendered(on(report, {"a.txt": form(project(1, plan=("50%", "45%", "75%", "100%")), project(2))}))
    assert '<strong class="level">错误</strong>' in text
    borders = [
        re.search(rf"\.note\.{level} {{ border-left: 5px (\w+)", text) for level in ("error", "warning", "note-level")
    ]
    assert len({found[1] for found in borders if found}) == 3


def test_on_paper_each_rule_tells_its_basis_and_remedy_once(report: Callable[..., Report]) -> None:
    blank = [(*row[:-1], "") for row in INDICATORS]
    made = on(report, {"a.txt": form(project(1, table=blank), project(2))})
    (legend,) = re.findall('<table class="counts legend">.*?</table>', rendered(made), re.DOTALL)
    assert legend.count("<code>basis-blank</code>") == 1 and len(made.findings) == len(blank)


def test_documents_are_kept_only_where_the_format_shows_them(report: Callable[..., Report]) -> None:
    texts: dict[str, str | bytes] = {"a.txt": form(project(1, goals="")), "坏.txt": b"\0\0"}
    assert [judgement.source is None for judgement in on(report, texts).judgements] == [False, True]
    for format in ("text", "json", "docx"):
        made = api.check(Settings(tuple(texts), format=format))
        assert [judgement.source for judgement in made.judgements] == [None, None]
