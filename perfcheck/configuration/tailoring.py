"""How a configuration shapes the judging of documents: a value any process can make a pack and a judge from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from perfcheck.config import FileGroup, Held
from perfcheck.configuration.selection import Named, Override, RuleState, Selection, Setting, states
from perfcheck.engine import Judgement, Render, judge
from perfcheck.finding import Finding, Level, Location, NotChecked
from perfcheck.model.document import Document, Project
from perfcheck.model.form_layout import recognise
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook import Pack, Rule, load_pack
from perfcheck.rulebook.contents import Contents
from perfcheck.rulebook.pack import packs_together
from perfcheck.rulebook.rule import RuleName
from perfcheck.rulebook.rule_form import Vocabulary

Wanted = Callable[[Sequence[Rule]], "tuple[Rule, ...]"]
NO_RULE = "按配置里的例外，这里一条规则也不剩，没有检查。 / exceptions leave no rule"
Fits = tuple[int, ...]
"""Numbers of the overrides that fit a document or a project."""


class Tailoring(NamedTuple):
    """What is said of rules for some documents."""

    selection: Selection
    applied: Fits
    """The overrides whose paths fit, or that name no paths."""

    @property
    def inside(self) -> Fits:
        """Those of them that only the document itself can tell to fit: by its layout or its projects."""
        return tuple(number for number in self.applied if self.selection.overrides[number].is_inside)


def revived(groups: Sequence[Any]) -> tuple[FileGroup, ...]:
    """Groups of files from what JSON made of them: the same values, as plain tuples."""
    return tuple(
        FileGroup(
            paths, pack, year, fail_on, Tailoring(_selection(*said), applied), tuple(Held(*each) for each in held)
        )
        for paths, pack, year, fail_on, (said, applied), held in groups
    )


def _selection(select: Any, extend_select: Any, ignore: Any, settings: Any, overrides: Any) -> Selection:
    every = tuple(map(_override, overrides))
    return Selection(_named(select), _named(extend_select), _named(ignore), _settings(settings), every)


def _named(items: Any) -> tuple[Named, ...]:
    return tuple(Named(*item) for item in items)


def _settings(items: Any) -> tuple[Setting, ...]:
    return tuple(
        Setting(selector, option, _thawed(value), level, where, rank)
        for selector, option, value, level, where, rank in items
    )


def _thawed(value: Any) -> Any:
    """Lists of an option as lists again."""
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value


def _override(item: Any) -> Override:
    given = Override(*item)
    return given._replace(
        select=None if given.select is None else _named(given.select),
        extend_select=_named(given.extend_select),
        ignore=_named(given.ignore),
        settings=_settings(given.settings),
    )


class TailoredRules:
    """The rules of a pack as a tailoring has them, one set for each combination of overrides that comes up."""

    def __init__(self, group: FileGroup, vocabulary: Vocabulary, wanted: Wanted = tuple) -> None:
        """``wanted`` leaves out rules this run has no use for."""
        tailoring, pack = group.tailoring, group.pack
        assert tailoring is not None
        self._wanted = wanted
        self._year = group.year
        self._name = pack
        self._vocabulary = vocabulary
        self._selection = tailoring.selection
        self._contents: Contents = packs_together(pack, vocabulary)
        contents = self._contents.rules
        self._names = [RuleName(rule_id, source.content["category"]) for rule_id, source in contents.items()]
        self._low = {rule_id for rule_id, source in contents.items() if source.content["confidence"] == "low"}
        self._inside = tailoring.inside
        self._outside = tuple(number for number in tailoring.applied if number not in self._inside)
        self._packs: dict[Fits, Pack] = {}
        self._some: dict[Fits, bool] = {}

    def digest(self) -> str:
        """The same where all documents are judged the same."""
        overrides = [(number, self._selection.overrides[number]) for number in self._inside]
        scopes = [(override.layouts, override.projects) for _, override in overrides]
        alone = [self.pack((*self._outside, number)) for number, _ in overrides]
        said = [(scope, pack.digest(), [rule.id for rule in pack.rules]) for scope, pack in zip(scopes, alone)]
        own = self.pack(self._outside)
        return repr((own.digest(), [rule.id for rule in own.rules], said, self._year))

    def states(self, applied: Fits) -> Mapping[str, RuleState]:
        """Rule id -> its state where ``applied`` fit."""
        return states(self._selection, self._names, self._low, applied)

    def pack(self, applied: Fits) -> Pack:
        """The pack with the rules that are on where ``applied`` fit, as they are changed there."""
        if applied not in self._packs:
            now = self.states(applied)
            changes = {rule_id: state.change for rule_id, state in now.items() if state.on and state.change}
            pack = load_pack(
                self._name,
                self._vocabulary,
                lambda names: [name for name in names if now[name.id].on],
                changes,
                self._contents,
            )
            self._packs[applied] = pack._replace(rules=self._wanted(pack.rules))
        return self._packs[applied]

    @property
    def outside(self) -> Fits:
        """What fits whatever a document says."""
        return self._outside

    def every_pack(self) -> Pack:
        """The pack with every rule that is on for some part of some document."""
        pack = self.pack(self._outside)
        known = {rule.id for rule in pack.rules}
        more = []
        for number in self._inside:
            for rule in self.pack(tuple(sorted((*self._outside, number)))).rules:
                if rule.id not in known:
                    known.add(rule.id)
                    more.append(rule)
        if not more:
            return pack
        order = {rule_id: place for place, rule_id in enumerate(self._contents.rules)}
        return pack._replace(rules=tuple(sorted((*pack.rules, *more), key=lambda rule: order[rule.id])))

    def fitting(self, document: Document) -> tuple[Fits, dict[int, Fits]]:
        """What fits a whole document, and what fits each of its projects, by position, where that is more."""
        if not self._inside:
            return self._outside, {}
        layouts: frozenset[str] = frozenset()
        if any(self._selection.overrides[number].layouts for number in self._inside):
            layouts = recognise(document, self.pack(self._outside).layouts).ids
        whole = list(self._outside)
        projects: dict[int, list[int]] = {}
        for number in self._inside:
            override = self._selection.overrides[number]
            if override.layouts and not _all_match(layouts, override.layouts):
                continue
            if not override.projects:
                whole.append(number)
                continue
            for project in document.projects:
                if _is_meant(project, override.projects):
                    projects.setdefault(project.position, []).append(number)
        fits = tuple(sorted(whole))
        return fits, {position: tuple(sorted((*fits, *numbers))) for position, numbers in projects.items()}

    def judge(self, document: Document, render: Render) -> Judgement:
        """What the rules say of ``document``, for each project those that are for it."""
        whole, projects = self.fitting(document)
        pack = self.pack(whole)
        judgement = judge(document, pack.rules, render, pack.layouts)
        if not all(map(self._checks_something, {whole, *projects.values()})):
            unchecked = NotChecked(document.source.path, NO_RULE)  # exceptions that each leave some rule on
            judgement = judgement._replace(not_checked=(*judgement.not_checked, unchecked))
        if not projects:
            return judgement
        findings = [each for each in judgement.findings if position_of(each.location) not in projects]
        failed, none_decided = list(judgement.not_checked), judgement.none_decided
        for fits in dict.fromkeys(projects.values()):
            own = self.pack(fits)
            said = judge(document, own.rules, render, own.layouts)
            findings.extend(each for each in said.findings if projects.get(position_of(each.location)) == fits)
            failed.extend(item for item in said.not_checked if item not in failed)
            none_decided = none_decided and said.none_decided
        findings.sort(key=_order)
        counted = tuple(_counted_anew(findings))
        return judgement._replace(findings=counted, not_checked=tuple(failed), none_decided=none_decided)

    def _checks_something(self, applied: Fits) -> bool:
        """Whether any rule is left where ``applied`` fit; others, such as ``--compare``, may leave out more."""
        if applied not in self._some:
            self._some[applied] = any(state.on for state in self.states(applied).values())
        return self._some[applied]

    def level_of(self, document: Document, location: Location, rule: Rule) -> Level | None:
        """How grave what ``rule`` says of a place is; None where the rule is off, or is another one there."""
        whole, projects = self.fitting(document)
        own = self.pack(projects.get(position_of(location), whole))
        for each in own.rules:
            if each.id == rule.id:
                return each.level if each.options == rule.options else None
        return None


def _all_match(ids: frozenset[str], patterns: Sequence[str]) -> bool:
    """Layouts that cannot be told apart must agree."""
    return bool(ids) and all(any(fnmatchcase(name, pattern) for pattern in patterns) for name in ids)


def _is_meant(project: Project, patterns: Sequence[str]) -> bool:
    said = ["".join(words.split()) for words in (project.code, project.name) if words]
    return any(fnmatchcase(each, "".join(pattern.split())) for each in said for pattern in patterns)


def position_of(location: Location) -> int:
    """The position of the project a place is in, from 0; -1 outside of all."""
    for step in location.steps:
        if step.kind == "project" and step.number:
            return int(step.number) - 1
    return -1


def _counted_anew(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings from several sets of rules with the counts at the end of their fingerprints put right."""
    seen: dict[str, int] = {}
    for finding in findings:
        digest = finding.fingerprint.rpartition(":")[0]
        seen[digest] = seen.get(digest, 0) + 1
        yield finding._replace(fingerprint=f"{digest}:{seen[digest]}")


def _order(finding: Finding) -> tuple[int, int, str]:
    span = finding.location.place.span
    return (span.line, span.column, finding.rule.id)
