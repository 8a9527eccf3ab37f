"""Rules prove themselves: their files are right in form, their cases come out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfcheck.api import VOCABULARY, part_in
from perfcheck.comparison import Comparison
from perfcheck.engine import judge, with_findings
from perfcheck.errors import PackError
from perfcheck.messages import Messages
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.rulebook import Pack, Rule, load_pack
from perfcheck.rulebook.cases import Failure, run_cases
from perfcheck.rulebook.pack_folder import rule_files, word_lists_of
from perfcheck.rulebook.rule_file import read_rule


def test_pack(pack: Pack) -> tuple[int, list[Failure], list[str]]:
    """Run the cases of a pack: how many, which failed, which rules have none."""
    parser = DocumentParser()
    render = Messages("zh", part_in("zh")).render

    def judge_text(text: str, year: int | None, rules: Sequence[Rule], beside: Sequence[str]) -> list[tuple[str, int]]:
        documents = {
            f"{number}.txt": parser.parse(read_bytes(f"{number}.txt", given.encode(), parser.is_landmark), year)
            for number, given in enumerate((text, *beside))
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

    return run_cases(pack, judge_text)


def validate_rules(paths: Sequence[str]) -> tuple[int, list[str]]:
    """Check rule files, and all of a folder: how many, and what is wrong, a text for each broken file."""
    problems: list[str] = []
    count = 0
    for path in map(Path, paths):
        folder = path if path.is_dir() else path.parent
        files = rule_files(path) if path.is_dir() else [path]
        count += len(files)
        broken = len(problems)
        try:
            lists = word_lists_of(folder)
        except PackError as error:
            problems.append(str(error))
            continue
        for file in files:
            try:
                read_rule(file, folder.name, VOCABULARY, lists)
            except PackError as error:
                problems.append(str(error))
        if path.is_dir() and len(problems) == broken:
            try:
                load_pack(str(path), VOCABULARY)  # what only shows when all is put together
            except PackError as error:
                problems.append(str(error))
    return count, problems
