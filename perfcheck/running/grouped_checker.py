"""Files of one run with several configurations: a checker for each, and all of them as one.

What documents of different configurations have in common is found all the same: every document leaves the traces that
any of the configurations asks for, and is reported where its own does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from perfcheck.comparison import SELECTION, Comparison, Facts
from perfcheck.finding import Finding
from perfcheck.model.document import Document
from perfcheck.rulebook import Pack, Rule
from perfcheck.running.checker import STANDARD_INPUT, Checker, Outcome


class GroupedChecker(Checker):
    """Several checkers, each for files of its own, that answer as one does."""

    def __init__(self, groups: Sequence[tuple[Checker, Sequence[str]]], compare: bool) -> None:
        # not made as a single checker is: all that concerns one document its own checker does
        self._of = {path: checker for checker, paths in groups for path in paths}
        checkers = [checker for checker, _ in groups]
        first = checkers[0]
        self.language = first.language
        self.render = first.render
        self.keep_source = first.keep_source
        self.keep_facts = first.keep_facts
        self.pack = _all_rules([checker.pack for checker in checkers])
        self._rules = {rule.id: rule for rule in self.pack.rules}
        self.comparison = None
        if compare:
            self.comparison = Comparison(_rules_of_comparison(checkers))
            for checker in checkers:
                checker.comparison = self.comparison

    def of(self, path: str) -> Checker:
        """The checker of one file; what was read from standard input has another name by then."""
        return self._of.get(path) or self._of[STANDARD_INPUT]

    def check(self, path: str) -> Outcome:
        """Judge one file by its own configuration."""
        outcome = self.of(path).check(path)
        findings = tuple(map(self._named, outcome.judgement.findings))
        return outcome._replace(judgement=outcome.judgement._replace(findings=findings))

    def facts(self, path: str) -> Facts:
        """What comparing needs of a file, read again; raises :class:`UnreadableSourceError`."""
        return self.of(path).facts(path)

    def pack_of(self, path: str) -> Pack:
        """The pack a file is judged by."""
        return self.of(path).pack

    def basis_of(self, path: str) -> str:
        """What decides on the outcome of a file beside the file itself."""
        return self.of(path).basis_of(path)

    def outcomes(self, paths: Iterable[str]) -> Iterator[Outcome]:
        """The outcome of each file."""
        return map(self.check, paths)

    def document(self, path: str) -> Document:
        """The document in a file; raises :class:`UnreadableSourceError`."""
        return self.of(path).document(path)

    def _named(self, finding: Finding) -> Finding:
        """``finding`` of the rule as the report lists it; how grave it is the finding says itself."""
        return finding._replace(rule=self._rules[finding.rule.id])


def _all_rules(packs: Sequence[Pack]) -> Pack:
    rules: dict[str, Rule] = {}
    for pack in packs:
        for rule in pack.rules:
            rules.setdefault(rule.id, rule)
    names = list(dict.fromkeys(pack.name for pack in packs))
    return packs[0]._replace(name="、".join(names), rules=tuple(rules.values()))


def _rules_of_comparison(checkers: Sequence[Checker]) -> list[Rule]:
    """Every rule of comparison any of them has, once with each set of options."""
    found: list[Rule] = []
    seen: list[tuple[str, Mapping[str, Any]]] = []
    for checker in checkers:
        for rule in checker.pack.rules:
            if rule.select == SELECTION and (rule.id, rule.options) not in seen:
                seen.append((rule.id, rule.options))
                found.append(rule)
    return found
