"""The engine: rules over a document, one stable order, a rule that fails is said and stops nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from perfcheck.api import VOCABULARY
from perfcheck.engine import Judgement, judge
from perfcheck.finding import Fact, Finding, Unclear
from perfcheck.messages import Messages
from perfcheck.model.document import Document
from perfcheck.reporting.report import Report
from perfcheck.reporting.words import words
from perfcheck.rulebook import Pack, Rule
from tests.conftest import Read
from tests.forms import INDICATORS, code, form, project

RENDER = Messages("zh", words("zh").part).render
BAD = [INDICATORS[0], ("", "质量指标", "养护合格率", "合格的比例", "≥95项目合格", ""), *INDICATORS[2:]]


def faulty() -> str:
    return form(
        *(
            project(serial, plan=("50%", "45%", "75%", "80%"), table=BAD, goals="" if serial == 2 else "1.维护到位。")
            for serial in (1, 2, 3)
        )
    )


def judged_by(document: Document, *rules: Rule) -> Judgement:
    return judge(document, rules, RENDER)


def failing(rule: Rule, error: Exception) -> Rule:
    def judge(node: Any, document: Any) -> Any:
        raise error

    return rule._replace(id="failing-rule", judge=judge, screen=None)


@pytest.mark.parametrize(
    "error",
    [ValueError("boom"), KeyError("x"), ZeroDivisionError(), RecursionError(), MemoryError()],
    ids=lambda error: type(error).__name__,
)
def test_a_rule_that_raises_is_not_checked_and_the_others_go_on(read: Read, hebei: Pack, error: Exception) -> None:
    document = read(faulty())
    before = judge(document, hebei.rules, RENDER)
    rules = [*hebei.rules[:10], failing(hebei.rules[0], error), *hebei.rules[10:]]
    after = judge(document, rules, RENDER)
    assert after.findings == before.findings != ()
    assert [(item.rule_id, item.path) for item in after.not_checked] == [("failing-rule", "文本.txt")]
    assert type(error).__name__ in after.not_checked[0].reason


def test_a_rule_that_raises_halfway_through_its_facts_is_not_checked(read: Read, hebei: Pack) -> None:
    def judge(node: Any, document: Any) -> Any:
        yield Fact("title", {}, node=document.projects[0])
        raise ValueError("boom")

    rule = next(rule for rule in hebei.rules if rule.id == "code-repeated")
    assert {item.rule_id for item in judged_by(read(form()), rule._replace(judge=judge, screen=None)).not_checked} == {
        "code-repeated"
    }


@pytest.mark.parametrize(
    "fact",
    [Fact("no-such-field"), Fact("title", {}, (((object(), "x"), "y"),)), Fact("title", {"nothing": 1})],
    ids=["field", "related", "value"],
)
def test_a_finding_that_cannot_be_placed_or_said_is_not_checked(read: Read, hebei: Pack, fact: Fact) -> None:
    rule = next(rule for rule in hebei.rules if rule.id == "title-name-mismatch")
    judgement = judged_by(read(form()), rule._replace(judge=lambda node, document: fact, screen=None))
    assert {item.rule_id for item in judgement.not_checked} == {"title-name-mismatch"}
    assert judgement.findings == ()


def test_what_a_rule_cannot_judge_is_counted_and_no_finding(read: Read, hebei: Pack) -> None:
    document = read(faulty())
    answers = iter([Unclear("unit"), [Unclear(), Fact("title")], None])
    rule = hebei.rules[0]._replace(
        id="unsure", select="projects", judge=lambda node, document: next(answers), screen=None, years=None, layouts=()
    )
    rule = rule._replace(message=rule.message._replace(zh="甲"))
    judgement = judged_by(document, rule)
    assert judgement.unclear == (("unsure", 2),)
    assert len(judgement.findings) == 1 and judgement.not_checked == ()


def test_a_run_in_which_a_rule_failed_ends_with_2_whatever_else_was_found(read: Read, hebei: Pack) -> None:
    for text in (form(), faulty()):
        judgement = judge(read(text), [*hebei.rules, failing(hebei.rules[0], ValueError())], RENDER)
        report = Report((judgement,), hebei.rules, "hebei", "zh")
        assert [report.exit_status(level) for level in ("error", "warning", "note", "never")] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("level", "status"),
    [("error", {"error": 1, "warning": 1, "note": 1, "never": 0}), ("warning", {"error": 0, "warning": 1, "note": 1, "never": 0}),
     ("note", {"error": 0, "warning": 0, "note": 1, "never": 0})],
)  # fmt: skip
def test_the_level_that_fails_is_a_matter_of_choice(
    read: Read, hebei: Pack, level: Any, status: dict[str, int]
) -> None:
    rule = next(rule for rule in hebei.rules if rule.id == "goals-blank")._replace(level=level)
    report = Report((judged_by(read(faulty()), rule),), (rule,), "hebei", "zh")
    assert {name: report.exit_status(name) for name in status} == status


def test_no_document_at_all_is_no_pass(hebei: Pack) -> None:
    assert Report((), hebei.rules, "hebei", "zh").exit_status("never") == 2


def key(finding: Finding) -> tuple[Any, ...]:
    return (finding.rule.id, finding.message, finding.location, finding.fingerprint)


def test_findings_come_in_the_order_of_the_document_whatever_the_order_of_rules(read: Read, hebei: Pack) -> None:
    document = read(faulty())
    findings = judge(document, hebei.rules, RENDER).findings
    places = [
        (finding.location.place.span.line, finding.location.place.span.column, finding.rule.id) for finding in findings
    ]
    assert places == sorted(places)
    assert list(map(key, judge(document, hebei.rules[::-1], RENDER).findings)) == list(map(key, findings))


def test_judging_twice_says_the_same(read: Read, hebei: Pack) -> None:
    assert list(map(key, judge(read(faulty()), hebei.rules, RENDER).findings)) == list(
        map(key, judge(read(faulty()), hebei.rules, RENDER).findings)
    )


def test_one_document_leaves_no_trace_in_the_next(read: Read, judged: Callable[..., Judgement]) -> None:
    clean, bad = form(), faulty()
    alone = [list(map(key, judged(text).findings)) for text in (clean, bad)]
    mixed = [list(map(key, judged(text).findings)) for text in (bad, "第一部分\n", clean, bad, clean)]
    assert [mixed[2], mixed[3], mixed[4]] == [alone[0], alone[1], alone[0]]
    first = read(clean)
    read(bad)
    assert [project.code for project in first.projects] == [code(1), code(2)]


# ---- fingerprints ---------------------------------------------------------------------------------------------------------


def prints(judged: Callable[..., Judgement], text: str, path: str = "文本.txt") -> Counter[tuple[str, str]]:
    return Counter((finding.rule.id, finding.fingerprint) for finding in judged(text, path=path).findings)


def test_fingerprints_are_unique_in_a_document(judged: Callable[..., Judgement]) -> None:
    text = form(*(project(1, plan=("", "", "", ""), table=[*BAD, BAD[1], BAD[1]]) for _ in range(4)))
    found = prints(judged, text)
    assert len(found) > 20
    assert set(found.values()) == {1}


def test_fingerprints_survive_inserted_lines(judged: Callable[..., Judgement]) -> None:
    text = faulty()
    moved = "\n\n\n" + text.replace("第二部分\n", "\n\n\n第二部分\n\n\n").replace("\n\n\n2.", "\n\n\n\n\n2.").replace(
        "\t一级指标", "\n \n\t一级指标"
    )
    assert prints(judged, moved) == prints(judged, text)


def test_fingerprints_survive_reordered_projects(judged: Callable[..., Judgement]) -> None:
    first, second, third = (
        project(serial, number="", plan=("50%", "45%", "75%", "80%"), table=BAD) for serial in (1, 2, 3)
    )
    moving = {"spending-plan-behind"}  # one finding for the document, at whichever project comes first
    there, back = (prints(judged, form(*tables)) for tables in ((first, second, third), (third, first, second)))
    assert {each for each in there if each[0] not in moving} == {each for each in back if each[0] not in moving}


def test_fingerprints_survive_another_name_of_the_file(judged: Callable[..., Judgement]) -> None:
    assert prints(judged, faulty(), "别的 名字.txt") == prints(judged, faulty())


def test_fingerprints_survive_another_language(judged: Callable[..., Judgement]) -> None:
    zh, en = (judged(faulty(), language=language).findings for language in ("zh", "en"))
    assert [finding.fingerprint for finding in zh] == [finding.fingerprint for finding in en]
    assert [finding.message for finding in zh] != [finding.message for finding in en]


def test_a_fault_that_was_repaired_takes_only_its_own_fingerprint_along(judged: Callable[..., Judgement]) -> None:
    before, after = prints(judged, faulty()), prints(judged, faulty().replace("≥95项目合格", "≥95%", 1))
    assert [rule for rule, _ in (before - after)] == ["value-malformed"]
    assert not after - before


def test_the_vocabulary_names_every_kind_of_node_once() -> None:
    assert set(VOCABULARY.selections.values()) == set(VOCABULARY.fields)
