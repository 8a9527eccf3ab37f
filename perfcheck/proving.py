"""Rules prove themselves: their files are right in form, their cases come out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from perfcheck.api import VOCABULARY, part_in
from perfcheck.comparison import Comparison
from perfcheck.engine import judge, with_findings
from perfcheck.errors import PackError
from perfcheck.messages import Messages
from perfcheck.model.document import Document
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.rulebook import Pack, Rule, load_pack
from perfcheck.rulebook.cases import Case, Failure, Judge, Mend, cases_of, run_cases
from perfcheck.rulebook.mutation import mutants
from perfcheck.rulebook.pack_folder import rule_files, word_list_files, word_lists_of
from perfcheck.rulebook.rule_file import read_rule


def test_pack(pack: Pack) -> tuple[int, list[Failure], list[str]]:
    """Run the cases of a pack: how many, which failed, which rules have too few."""
    return run_cases(pack, _judge_with(pack), _mend_with(pack))


def mutate_pack(pack: Pack, chosen: Sequence[Rule]) -> tuple[int, list[tuple[str, str]]]:
    """Break each number and comparison of the ``chosen`` rules: how often, and what no case noticed.

    The id of the rule comes with what was broken.
    """
    judge_text = _judge_with(pack)
    count = 0
    survivors = []
    for rule in chosen:
        cases = cases_of(rule)
        for words, broken in mutants(rule, _with_options):
            count += 1
            if all(_lines(judge_text, case, broken) == case.lines for case in cases):
                survivors.append((rule.id, words))
    return count, survivors


def _lines(judge_text: Judge, case: Case, rule: Rule) -> tuple[int, ...]:
    try:
        said = judge_text(case.text, case.year, [rule], case.beside)
    except PackError:  # a broken rule may well raise; that is noticed
        return (-1,)
    return tuple(line for _, line in said)


def _with_options(rule: Rule, options: Mapping[str, Any]) -> Rule:
    """``rule`` with other options; raises ``ValueError`` where its check refuses them."""
    node = VOCABULARY.selections[rule.select]
    judge = VOCABULARY.checks[rule.check](lambda field: VOCABULARY.getter(node, field), **options)
    return rule._replace(options=options, judge=judge, screen=getattr(judge, "screen", None))


def _judge_with(pack: Pack) -> Judge:
    parser = DocumentParser()
    render = Messages("zh", part_in("zh")).render

    @lru_cache(maxsize=500)
    def document_of(name: str, text: str, year: int | None) -> Document:
        return parser.parse(read_bytes(name, text.encode(), parser.is_landmark), year)

    def judge_text(text: str, year: int | None, rules: list[Rule], beside: tuple[str, ...]) -> list[tuple[str, int]]:
        documents = {
            f"{number}.txt": document_of(f"{number}.txt", given, year) for number, given in enumerate((text, *beside))
        }
        judgement = judge(documents["0.txt"], rules, render, pack.layouts)
        comparison = Comparison(rules)
        for path, document in documents.items():
            comparison.add(path, document)
        found, failed = comparison.findings(documents.__getitem__, render)
        judgement = with_findings(judgement, found.get("0.txt", ()), failed)
        if judgement.not_checked:
            item = judgement.not_checked[0]
            raise PackError(f"规则 {item.rule_id} 在用例上出错：{item.reason}")
        return [(finding.rule.id, finding.location.place.span.line) for finding in judgement.findings]

    return judge_text


def _mend_with(pack: Pack) -> Mend:
    from perfcheck.running.repairs import Mender

    def mend_text(text: str, year: int | None, rule: Rule) -> tuple[str, int]:
        alone = pack._replace(rules=(rule,))
        mender = Mender(alone, part_in("zh"), chosen=(rule.id,), unsafe=True, year=year)
        mending = mender.mend("0.txt", text.encode())
        left = mender.mend("0.txt", mending.data)
        return mending.data.decode(), len(left.done) + len(left.dropped)

    return mend_text


def validate_rules(paths: Sequence[str]) -> tuple[int, int, list[str]]:
    """Check rule files, and all of a folder: how many, how many files of words, a text for each broken file."""
    problems: list[str] = []
    count = lists_there = 0
    for path in paths:
        is_folder = os.path.isdir(path)
        folder = path if is_folder else os.path.dirname(path)
        files = rule_files(path) if is_folder else [path]
        count += len(files)
        lists_there += len(word_list_files(path)) if is_folder else 0
        broken = len(problems)
        name = os.path.basename(os.path.abspath(folder))
        try:
            lists = word_lists_of(folder)
        except PackError as error:
            problems.append(str(error))
            continue
        for file in files:
            try:
                read_rule(file, name, VOCABULARY, lists)
            except PackError as error:
                problems.append(str(error))
        if is_folder and len(problems) == broken:
            try:
                load_pack(path, VOCABULARY)  # what only shows when all is put together
            except PackError as error:
                problems.append(str(error))
    return count, lists_there, problems
