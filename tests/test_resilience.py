"""A line lost anywhere harms its own table only: no traceback, every rule still runs, the other tables are judged alike."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from time import process_time
from typing import Any

import pytest

from perfcheck.engine import Judgement, judge
from perfcheck.finding import Finding
from perfcheck.messages import Messages
from perfcheck.model.document import Document
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.reporting.words import words
from perfcheck.rulebook import Pack
from perfcheck.source import Paragraph
from tests.conftest import CORPUS, EXHAUSTIVE
from tests.forms import HEADER, INDICATORS, code, form, indicators, line_of, project

RENDER = Messages("zh", words("zh").part).render
ONCE_A_DOCUMENT = {"spending-plan-behind"}
"""One finding that counts tables; it stands at the first of them and changes with each."""
COMPARING = {
    "indicator.template_copy", "indicator.irrelevant", "goal.irrelevant", "basis.typo", "arithmetic.count_inconsistent"
}  # fmt: skip
"""Rules that hold tables against each other: what they say of one follows from what stands in the others."""


class Deletions:
    """A text with each of its lines deleted in turn, and what is then said of tables the line was not in."""

    def __init__(self, parser: DocumentParser, pack: Pack, text: str) -> None:
        self._parser = parser
        self._rules = pack.rules
        self.lines = text.split("\n")
        document, judgement = self._judge(self.lines)
        assert judgement.not_checked == ()
        self._tables = [_line(project.anchors["title"]) for project in document.projects]
        self._before = [(_at(finding), finding.rule.id, finding.message) for finding in _counted(judgement)]

    def _judge(self, lines: list[str]) -> tuple[Document, Judgement]:
        document = self._parser.parse(read_bytes("文本.txt", "\n".join(lines).encode(), self._parser.is_landmark))
        return document, judge(document, self._rules, RENDER)

    def harm(self, step: int = 1) -> Iterator[tuple[int, str]]:
        """Line number and difference, for each line whose loss does harm elsewhere."""
        for number in range(1, len(self.lines) + 1, step):
            problem = self._without(number)
            if problem:
                yield number, problem

    def _without(self, number: int) -> str:
        """What goes wrong when line ``number`` is missing; nothing, mostly."""
        table = bisect_right(self._tables, number) - 1
        first = self._tables[table] if table >= 0 else 0
        behind = self._tables[table + 1] if table + 1 < len(self._tables) else 1_000_000
        try:
            _, judgement = self._judge(self.lines[: number - 1] + self.lines[number:])
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        if judgement.not_checked:
            return str(judgement.not_checked)
        expected = Counter(
            (line - (line > number), *rest) for line, *rest in self._before if not first <= line < behind
        )
        after = [(_at(finding), finding.rule.id, finding.message) for finding in _counted(judgement)]
        found = Counter(each for each in after if not first <= each[0] < behind - 1)
        if found != expected:
            return f"lost {list((expected - found).elements())[:3]}, new {list((found - expected).elements())[:3]}"
        return ""


def _line(anchor: Any) -> int:
    return int(anchor.line if isinstance(anchor, Paragraph) else anchor[0].line)


def _at(finding: Finding) -> int:
    return finding.location.place.span.line


def _counted(judgement: Judgement) -> list[Finding]:
    return [
        finding
        for finding in judgement.findings
        if finding.rule.id not in ONCE_A_DOCUMENT and finding.rule.category not in COMPARING
    ]


# ---- invented documents, every line -----------------------------------------------------------------------------------

BAD_ROWS = (
    ("产出指标", "数量指标", "养护里程", "养护的长度", "≥12", "养护计划"),
    ("", "质量指标", "养护合格率", "合格的比例", "≥95项目合格", ""),
    ("", "成本指标", "养护成本", "每公里成本", "≥60元", "上年决算"),
    ("效益指标", "社会效益指标", "受益率", "受益的村民", "≥3000%", "统计年报"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "表示满意的村民", "≤90%", "问卷调查"),
)
LONG_ROWS = tuple((*row[:5], "某发〔2022〕3号\n\n《某县养护办法》") for row in INDICATORS)


def bad(serial: int, **options: Any) -> str:
    """A table with a fault of nearly every kind that does not concern other tables."""
    funding = ("预算规模及资金用途", "预算数", "9.00", "其中：财政资金", "8.00", "其他资金", "")
    given = {"funding": funding, "plan": ("30%", "20%", "", "80%"), "table": BAD_ROWS, **options}
    return project(serial, **given)


def three(**options: Any) -> str:
    return form(*(bad(serial, **options) for serial in (1, 2, 3)))


INVENTED = {
    "nothing to report": form(project(1), project(2), project(3)),
    "faults everywhere": three(),
    "clean and faulty tables in turn": form(project(1), bad(2), project(3), bad(4), project(5)),
    "one table": form(bad(1)),
    "tables without numbers": three(number=""),
    "one blank line between tables": form(project(1), bad(2), project(3), between="\n"),
    "tables only": form(bad(1), bad(2), bad(3), part_one="标题\n", part_two=""),
    "no unit rows": three(leave_out=["unit"]),
    "no usage": three(leave_out=["usage"]),
    "no money": three(leave_out=["funding", "usage"]),
    "no plans": three(leave_out=["dues", "plan"]),
    "no goals": three(leave_out=["goals"]),
    "no header": three(leave_out=["header"]),
    "forty rows and two": form(project(1, table=indicators(40)), bad(2), project(3, table=indicators(2))),
    "cells over several lines": form(
        *(
            project(
                serial, goals="1.第一条目标。\n2.第二条目标。\n\n3.第三条目标。", usage=("", "用于维护。\n\n含材料费。"),
                table=LONG_ROWS if serial != 2 else BAD_ROWS,
            )
            for serial in (1, 2, 3)
        )
    ),
    "residue": form(
        *(
            "[bookmark: _Toc1]" + bad(serial).replace("绩效目标表\n", "绩效目标表 TC 1、某项目绩效目标表 \\f C \\l 1 \n", 1) + "\n\n— 1 —\n"
            for serial in (1, 2, 3)
        )
    ),
    "blank lines behind the goals": form(*(bad(serial).replace("\n\n\t一级指标", "\n\n\n \n\t一级指标") for serial in (1, 2, 3))),
    "first level on every row": form(*(project(serial, table=[(row[0] or "产出指标", *row[1:]) for row in INDICATORS]) for serial in (1, 2, 3))),
    "a column for weights": form(
        *(project(serial, header=(*HEADER[:5], "权重", HEADER[5]), table=[(*row[:5], "10", row[5]) for row in INDICATORS]) for serial in (1, 2, 3))
    ),
    "no code rows": three(leave_out=["identity"]),
    "no titles": form(*(bad(serial).partition("\n")[2] for serial in (1, 2, 3))),
    "no blank line between tables": form(project(1), bad(2), project(3), between=""),
    "two tables": form(),
    "a label behind other text": form(*(bad(serial).replace("\t资金支出计划（%）\n", "\t本年\n\t资金支出计划（%）\n", 1) for serial in (1, 2, 3))),
}  # fmt: skip


@pytest.mark.parametrize("name", INVENTED)
def test_deleting_any_line_of_an_invented_document_harms_its_own_table_only(
    parser: DocumentParser, hebei: Pack, name: str
) -> None:
    assert list(Deletions(parser, hebei, INVENTED[name]).harm(1 if EXHAUSTIVE else 2)) == []


@pytest.mark.parametrize("name", INVENTED)
def test_the_invented_documents_are_faulty_enough_to_show_harm(parser: DocumentParser, hebei: Pack, name: str) -> None:
    found = Deletions(parser, hebei, INVENTED[name])
    assert len(found.lines) > 80
    if "bad" in name or "faults" in name:
        assert len(found._before) > 20


def test_the_measure_itself_sees_harm(parser: DocumentParser, hebei: Pack) -> None:
    """Two tables of one code: without the first code the second is no repetition, which is harm by this measure."""
    text = form(project(1), project(2, project_code=code(1)), project(3))
    assert line_of(text, code(1)) in dict(Deletions(parser, hebei, text).harm())


# ---- real documents -----------------------------------------------------------------------------------------------------

EVERY = 1 if EXHAUSTIVE else 9
"""Of the real documents' lines every ninth is deleted; PERFCHECK_EXHAUSTIVE=1 deletes each, in some minutes."""

KNOWN = {"002": {2, 55}}
"""Lines whose loss is known to do harm: the heading of a section whose clause comes again in a table with another number,
and the label of a code, in a document of two tables (see "two tables" above)."""


@pytest.mark.skipif(not CORPUS, reason="the real documents are not beside this checkout (../shared/corpus)")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:3])
def test_deleting_any_line_of_a_real_document_harms_its_own_table_only(
    parser: DocumentParser, hebei: Pack, path: Any
) -> None:
    harm = Deletions(parser, hebei, path.read_text(encoding="utf-8")).harm(EVERY)
    assert [each for each in harm if each[0] not in KNOWN.get(path.name[:3], ())] == []


# ---- texts out to take for ever -------------------------------------------------------------------------------------------

ENDLESS = {
    "paragraphs parted by two blank lines, then a cell": "第一部分\n\t甲\n" + "某句话\n\n\n" * 2000 + "\t乙\n",
    "bookmarks that never end": "第一部分\n" + "[bookmark:" * 5000,
    "switches of a field that never end": "第一部分\n甲 TC " + "\\a " * 5000 + "!",
    "lines of one cell": form(project(1, goals="甲\n\n" * 10_000 + "乙")),
    "one long line": "第一部分\n" + "某" * 1_000_000,
    "one long value": form(project(1, table=[(*INDICATORS[0][:4], "≥" + "1" * 50_000 + "甲" * 5000, "甲")])),
    "brackets": "第一部分\n" + "（" * 100_000 + "\n二、分项绩效目标\n" + "（ " * 20_000,
    "rows without end": "1.甲绩效目标表\n" + "\t甲\n" * 20_000,
    "rows that ran together without end": form(project(1, table=[("甲",) * 12_000])),
    "blank lines": "第一部分\n" + "\n \n" * 20_000 + "\t甲",
}  # fmt: skip


@pytest.mark.parametrize("name", ENDLESS)
def test_no_text_takes_longer_than_its_length_allows(parser: DocumentParser, hebei: Pack, name: str) -> None:
    text = ENDLESS[name]
    start = process_time()
    document = parser.parse(read_bytes("文本.txt", text.encode(), parser.is_landmark))
    judge(document, hebei.rules, RENDER)
    assert process_time() - start < 2  # a text of this length takes some hundredths, one that grows by squares minutes


# ---- other damage, to the form as a whole -------------------------------------------------------------------------------


def damaged(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The lines with every kind of damage done at every place."""
    for at, line in enumerate(lines):
        before, after = lines[:at], lines[at + 1 :]
        yield f"line {at + 1} twice", [*before, line, line, *after]
        yield f"tab of line {at + 1} lost", [*before, line.lstrip("\t"), *after]
        yield f"tab before line {at + 1}", [*before, "\t" + line, *after]
        yield f"line {at + 1} blank", [*before, "", *after]
        yield f"blank line before line {at + 1}", [*before, "", line, *after]
        yield f"blank cell before line {at + 1}", [*before, "\t", line, *after]
        yield f"lines {at + 1} and {at + 2} joined", [*before, line + "".join(after[:1]), *after[1:]]
        yield f"stray text before line {at + 1}", [*before, "某句不相干的话", line, *after]
        yield f"two lines lost from line {at + 1}", [*before, *after[1:]]
        yield f"five lines lost from line {at + 1}", [*before, *after[4:]]
        yield f"nothing behind line {at + 1}", [*before, line]
        yield f"nothing before line {at + 1}", [line, *after]


@pytest.mark.parametrize(
    "rules_too",
    [
        pytest.param(False, id="no traceback"),
        pytest.param(True, id="no rule fails"),
    ],
)  # fmt: skip
def test_no_damage_of_a_line_or_two_stops_the_check(parser: DocumentParser, hebei: Pack, rules_too: bool) -> None:
    failures = []
    for name, lines in damaged(form(project(1), bad(2)).split("\n")):
        try:
            document = parser.parse(read_bytes("文本.txt", "\n".join(["某文本", *lines]).encode(), parser.is_landmark))
            not_checked = judge(document, hebei.rules, RENDER).not_checked if rules_too else ()
        except Exception as error:
            not_checked = (error,)  # type: ignore[assignment]
        if not_checked:
            failures.append((name, not_checked))
    assert failures == []
