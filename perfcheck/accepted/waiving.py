"""Waivers put to a run: which findings they take off the count, and what is to be said of the waivers themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from perfcheck.accepted.own_rules import EXPIRED, MALFORMED, REFUSED, UNUSED, about_waiver
from perfcheck.accepted.pairing import Folder, is_unread
from perfcheck.accepted.reaching import is_for, may_be_for, root_of
from perfcheck.accepted.rounds import Scope
from perfcheck.accepted.waiver_file import Waiver, read_waivers
from perfcheck.comparison import SELECTION
from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import Rule, RuleName, is_named

LockOf = Callable[[str, Finding], "str | None"]
"""The lock that keeps a finding in a file from being accepted, in a sentence; None where there is none."""


class Law(NamedTuple):
    """What waivers are held against."""

    scope: Scope
    known: Sequence[RuleName]
    """All rules of the pack, those not chosen for this run, too."""
    today: date
    lock_of: LockOf


class _Use:
    """What became of one waiver."""

    def __init__(self) -> None:
        self.used = False
        self.refused: tuple[str, str] | None = None
        """The rule and its lock."""


def with_waivers(judgements: Sequence[Judgement], file: str, law: Law) -> tuple[list[Judgement], Judgement | None]:
    """``judgements`` with the waivers of ``file`` noted in their findings, and what is wrong with that file.

    Raises :class:`~perfcheck.errors.SettingsError` where it is no file of waivers.
    """
    waivers, flaws, lines = read_waivers(file, law.known)
    folder = Folder(file)
    expired = [waiver for waiver in waivers if date.fromisoformat(waiver.waived.expiry or "") < law.today]
    holding = {waiver: _Use() for waiver in waivers if waiver not in expired}
    done = [_waived(judgement, holding, folder.name(judgement.path), law.lock_of) for judgement in judgements]
    seen: dict[str, int] = {}

    def about(rule: Rule, message: str, line: int, name: str) -> Finding:
        text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        return about_waiver(rule, message, file, line, text, name, seen)

    found = [about(MALFORMED, f"{flaw.message}；这条豁免无效", flaw.line, flaw.name) for flaw in flaws]
    for waiver in expired:
        message = f"“{_name(waiver)}”的豁免到 {waiver.waived.expiry} 为止，已经过期（{waiver.waived.reason}）"
        found.append(about(EXPIRED, message, waiver.line, _name(waiver)))
    for waiver, use in holding.items():
        if use.refused:
            message = f"{locked(*use.refused)}，这条豁免对它无效"
            found.append(about(REFUSED, message, waiver.line, _name(waiver)))
        elif not use.used and _was_looked_for(waiver, done, folder, law):
            message = f"“{_name(waiver)}”的豁免没有用到：它所指的地方没有这种问题"
            found.append(about(UNUSED, message, waiver.line, _name(waiver)))
    if not found:
        return done, None
    found.sort(key=lambda finding: finding.location.place.span)
    return done, Judgement(file, tuple(found), (), (), 0, 0, None, is_document=False)


def _waived(judgement: Judgement, waivers: dict[Waiver, _Use], name: str, lock_of: LockOf) -> Judgement:
    near = [waiver for waiver in waivers if may_be_for(waiver.reach, judgement, name)]
    if not near:
        return judgement
    findings = []
    for finding in judgement.findings:
        for waiver in near:
            if not any(is_named(word, finding.rule) for word in waiver.rules):
                continue
            if not is_for(waiver.reach, finding, judgement, name):
                continue
            use = waivers[waiver]
            use.used = True
            lock = lock_of(judgement.path, finding)
            if lock is not None:
                use.refused = finding.rule.id, lock
            elif finding.waiver is None:
                finding = finding._replace(waiver=waiver.waived)
        findings.append(finding)
    return judgement._replace(findings=tuple(findings))


def locked(rule_id: str, lock: str) -> str:
    """That a rule is locked, and where, where that is known."""
    return f"规则 {rule_id} 已锁定" + (f"（{lock}）" if lock else "")


def _name(waiver: Waiver) -> str:
    return "、".join(waiver.rules)


def _was_looked_for(waiver: Waiver, judgements: Sequence[Judgement], folder: Folder, law: Law) -> bool:
    """Whether all that a waiver may be for was checked, so that finding nothing means that there is nothing."""
    named = [rule for rule in law.known if any(is_named(word, rule) for word in waiver.rules)]
    ran = {rule.id: rule for rule in law.scope.rules}
    if any(rule.id not in ran for rule in named):
        return False
    if len(judgements) < 2 and any(ran[rule.id].select == SELECTION for rule in named):
        return False
    root = root_of(waiver.reach)
    near = [one for one in judgements if may_be_for(waiver.reach, one, folder.name(one.path))]
    here = root == waiver.reach.path and any(folder.name(one.path) == root for one in near)
    if not here and not folder.covers(law.scope.folders, root):
        return False
    unable = {item.rule_id for one in near for item in one.not_checked}
    unable |= {item.rule_id for one in near for item in one.not_applicable if item.reason.endswith("-unknown")}
    return not any(map(is_unread, near)) and unable.isdisjoint(rule.id for rule in named)
