"""The review form as a Word file: what reviewers sign, with the grade as a proposal."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from perfcheck.errors import MissingExtraError
from perfcheck.reporting import Report, render
from perfcheck.reporting.formats import Options
from perfcheck.reporting.review import review_of
from perfcheck.rulebook import Pack
from tests.forms import INDICATORS, form, project

docx = pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")

NO_BASIS = [(*row[:-1], "") for row in INDICATORS]
FALLING = ("50%", "45%", "75%", "100%")


def words_of(data: str | bytes) -> list[str]:
    """The text of a Word file, paragraphs and rows of tables in their order."""
    assert isinstance(data, bytes)
    document = docx.Document(io.BytesIO(data))
    found = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            found += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            found.append(block.text)
    return [line for line in found if line]


def parts_of(data: str | bytes) -> dict[str, bytes]:
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_form_has_the_four_dimensions_each_with_its_findings(report: Callable[..., Report]) -> None:
    made = report({"a.txt": form(project(1, plan=FALLING, goals=""), project(2))})
    lines = words_of(render(made, "docx"))
    headings = [line for line in lines if re.match("[一二三四五]、", line)]
    assert headings == ["一、完整性", "二、相关性", "三、适当性", "四、可行性"]
    complete = lines[lines.index("一、完整性") : lines.index("二、相关性")]
    assert any("[goals-blank]" in line and "项目 1“村道养护经费”" in line for line in complete)
    feasible = lines[lines.index("四、可行性") :]
    assert any("[spending-plan-decreasing]" in line and "6月底" in line for line in feasible)
    assert lines[lines.index("三、适当性") + 1] == "没有发现问题"


def test_a_row_says_level_place_problem_basis_and_remedy(report: Callable[..., Report]) -> None:
    made = report({"a.txt": form(project(1, plan=FALLING), project(2))})
    (finding,) = (each for each in made.findings if each.rule.id == "spending-plan-decreasing")
    (line,) = (line for line in words_of(render(made, "docx")) if "[spending-plan-decreasing]" in line)
    cells = line.split(" | ")
    assert cells[1] == "错误" and "资金支出计划 · 6月底" in cells[2] and "“45%”" in cells[2]
    assert (
        cells[3].startswith(finding.message)
        and cells[4] == "河北省部门预算绩效文本表样"
        and cells[5] == finding.rule.remedy.zh
    )


def test_a_mass_defect_stands_once_with_its_number(report: Callable[..., Report]) -> None:
    made = report({"a.txt": form(project(1, table=NO_BASIS), project(2))})
    blank = [finding for finding in made.findings if finding.rule.id == "basis-blank"]
    assert len(blank) == len(NO_BASIS)
    lines = [line for line in words_of(render(made, "docx")) if "[basis-blank]" in line]
    assert len(lines) == 1 and f"共 {len(NO_BASIS)} 处" in lines[0]
    single = [line for line in words_of(render(made, "docx", Options(group=False))) if "[basis-blank]" in line]
    assert len(single) == len(NO_BASIS)


def test_very_many_places_are_counted_and_some_named(report: Callable[..., Report]) -> None:
    rows = [
        ("", "数量指标", f"第{number}段长度", f"第{number}段养护的长度", f"≥{number}公里", "") for number in range(60)
    ]
    made = report({"a.txt": form(project(1, table=[*INDICATORS, *rows]), project(2))})
    (line,) = (line for line in words_of(render(made, "docx")) if "[basis-blank]" in line)
    assert "共 60 处" in line and line.count("第 ") < 30 and "其余位置见问题清单" in line


def test_the_grade_is_a_proposal_and_says_so(report: Callable[..., Report]) -> None:
    text = "\n".join(words_of(render(report({"a.txt": form(project(1, plan=FALLING), project(2))}), "docx")))
    assert "建议等级：中（参考得分 95 分）" in text and "退回修改" in text
    assert "不是审核结论" in text and "未经核对" in text and "自拟" in text
    for line in ("审核人（签字）", "复核人（签字）", "日期", "□ 优　□ 良　□ 中　□ 差", "某县某镇人民政府", "2023"):
        assert line in text


def test_a_clean_document_is_proposed_the_best_grade(report: Callable[..., Report]) -> None:
    assert "建议等级：优（参考得分 100 分）" in "\n".join(words_of(render(report({"a.txt": form()}), "docx")))


def test_what_was_not_checked_gets_no_grade(report: Callable[..., Report]) -> None:
    made = report({"坏.txt": b"\0\0", "a.txt": form()})
    lines = words_of(render(made, "docx"))
    assert sum("审核意见表" in line for line in lines) == 2
    first = "\n".join(lines[: len(lines) - lines[::-1].index("预算绩效目标审核意见表")])
    assert "未检查：" in first and "不提建议等级" in first and "参考得分 " not in first


def test_kinds_of_problem_cost_points_not_places(report: Callable[..., Report], hebei: Pack) -> None:
    made = report({"a.txt": form(project(1, table=NO_BASIS), project(2))})
    review = review_of(made.judgements[0], made)
    (rule,) = {finding.rule.id: finding.rule for finding in made.findings}.values()
    assert hebei.review_form is not None
    assert review.score == 100 - hebei.review_form.deductions[rule.level]


def test_a_pack_without_dimensions_has_one_list_and_no_grade(sample: Callable[..., Report]) -> None:
    text = "\n".join(words_of(render(sample(), "docx")))
    assert "建议等级" not in text and "审核维度" not in text and "plan-falling" in text


def test_a_category_of_no_dimension_is_not_lost(report: Callable[..., Report], hebei: Pack, pack: str) -> None:
    made = report({"a.txt": form(project(1, plan=FALLING), project(2))}, pack=pack)
    review_form = hebei.review_form
    assert review_form is not None
    few = review_form._replace(dimensions=review_form.dimensions[:2])
    text = "\n".join(words_of(render(made._replace(review_form=few), "docx")))
    assert "三、未归入维度的问题" in text and "plan-falling" in text


def test_several_documents_each_begin_a_page_numbered_from_one(report: Callable[..., Report]) -> None:
    data = render(report({name: form() for name in ("a.txt", "b.txt", "c.txt")}), "docx")
    assert isinstance(data, bytes)
    sections = docx.Document(io.BytesIO(data)).sections
    assert len(sections) == 3
    assert all(section.page_width.cm == pytest.approx(21, abs=0.01) for section in sections)
    assert all(section.page_height.cm == pytest.approx(29.7, abs=0.01) for section in sections)
    assert parts_of(data)["word/document.xml"].count(b'w:pgNumType w:start="1"') == 3


def test_it_is_set_in_chinese_type_and_ruled(report: Callable[..., Report]) -> None:
    parts = parts_of(render(report({"a.txt": form(project(1, goals=""))}), "docx"))
    styles = parts["word/styles.xml"].decode()
    for style, font in (("Normal", "宋体"), ("Title", "黑体"), ("Heading1", "黑体")):
        (own,) = re.findall(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', styles, re.DOTALL)
        (fonts,) = re.findall("<w:rFonts[^>]*>", own)
        assert f'w:eastAsia="{font}"' in fonts and "Theme" not in fonts
    body = parts["word/document.xml"].decode()
    assert body.count("<w:tbl>") == body.count('<w:tblStyle w:val="TableGrid"/>') >= 4
    assert "w:tblHeader" in body and not re.search(r"</w:tbl>\s*<w:tbl>", body)


def test_it_holds_no_macro_and_reaches_out_to_nothing(report: Callable[..., Report]) -> None:
    parts = parts_of(render(report({"a.txt": form(project(1, goals=""))}), "docx"))
    assert not [name for name in parts if "vba" in name.lower() or "embed" in name or "activeX" in name]
    assert not [name for name, data in parts.items() if b"TargetMode" in data]
    fields = re.findall(rb'w:instr="([^"]*)"', b"".join(parts.values()))
    assert set(fields) == {b"PAGE"}


@pytest.mark.parametrize(
    "harm", ["<w:p/>&amp;", "a\x01b\x0b\ufffe\uffff", "\ud800", "]]>", "\u202e倒", "甲\r乙\x85丙"], ids=ascii
)
def test_any_text_can_be_written(report: Callable[..., Report], harm: str) -> None:
    made = report({"a.txt": form(project(1, goals="", plan=FALLING), project(2))})
    judgement = made.judgements[0]
    found = [
        finding._replace(message=harm, location=finding.location._replace(text=harm, focus=None))
        for finding in judgement.findings
    ]
    odd = judgement._replace(findings=tuple(found), unit=harm, path=f"{harm}.txt")
    text = "\n".join(words_of(render(made._replace(judgements=(odd,)), "docx")))
    assert "审核意见表" in text and "\u202e" not in text and "\x01" not in text


def test_in_english_too(report: Callable[..., Report]) -> None:
    text = "\n".join(
        words_of(render(report({"a.txt": form(project(1, plan=FALLING), project(2))}, language="en"), "docx"))
    )
    assert "4. Feasibility" in text and "Proposed grade: Fair" in text and "no decision" in text


def test_without_python_docx_it_says_what_to_install(
    report: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = report({"a.txt": form()})
    absent: dict[str, Any] = {name: None for name in list(sys.modules) if name == "docx" or name.startswith("docx.")}
    for name, module in {**absent, "docx": None}.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "perfcheck.reporting.docx_page", raising=False)
    with pytest.raises(MissingExtraError, match=r"perfcheck\[docx\]"):
        render(made, "docx")
