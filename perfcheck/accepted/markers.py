"""Waivers written into a document: ``[perfcheck:忽略 规则编号 理由：……]`` in the text, or such a comment in Word.

In a cell or behind a paragraph a marker speaks of that cell or paragraph, on a line of its own of what comes next.
The reader sets it aside, so that the form reads as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from perfcheck.accepted.own_rules import EXPIRED, MALFORMED, REFUSED, UNUSED, about_waiver
from perfcheck.accepted.waived import Marker, Waived
from perfcheck.accepted.waiver_file import Malformed, day, rule_names
from perfcheck.accepted.waiving import Law, locked
from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.patterns import compiled
from perfcheck.rulebook.rule import Rule, is_named
from perfcheck.source import Paragraph, Row, SourceText

KIND = "marker"
"""Of the residue the reader makes of a marker."""
EXAMPLE = "[perfcheck:忽略 规则编号 理由：为什么]"
_OPENING = compiled(r"[\[【]?\s*perfcheck\s*[:：]\s*(?:忽略|ignore)(?![a-z])[\s:：]*")
_LABEL = compiled(r"[\s，,；;]*(理由|批准|期限|reason|approver|expiry)\s*[:：]\s*")
_ENGLISH = {"理由": "reason", "批准": "approver", "期限": "expiry"}


def markers_of(source: SourceText) -> tuple[Marker, ...]:
    """The markers in a document with the lines they speak of."""
    lines = source.text.split("\n")
    return tuple(
        Marker(item.text, item.line, *_lines_of(source.blocks, lines, item.line))
        for item in source.residue
        if item.kind == KIND
    )


def _lines_of(blocks: Sequence[Paragraph | Row], lines: Sequence[str], line: int) -> tuple[int, int]:
    """The first and last line that a marker on ``line`` speaks of; 0, 0 where nothing follows it."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    alone = not text.startswith("\t") and not re.sub(r"[\[【]perfcheck[^\]】]*[\]】]?", "", text).strip()
    for block in blocks:
        last = block.line if isinstance(block, Paragraph) else block.cell_line(len(block.cells)) - 1
        if last < line + alone:
            continue
        if isinstance(block, Paragraph) or line < block.line:
            return (block.line, last) if alone or block.line <= line else (0, 0)
        for index in range(len(block.cells)):
            end = block.cell_line(index + 1) - 1
            if end >= line + alone:
                return block.cell_line(index), end
    return 0, 0


def with_markers(judgement: Judgement, law: Law) -> tuple[Judgement, list[Finding]]:
    """``judgement`` with its markers noted in its findings, and what is to be said of the markers."""
    seen: dict[str, int] = {}
    told: list[Finding] = []
    findings = list(judgement.findings)
    unable = {item.rule_id for item in judgement.not_checked} | {item.rule_id for item in judgement.not_applicable}
    ran = {rule.id for rule in law.scope.rules} - unable
    for marker in judgement.markers:

        def tell(rule: Rule, message: str, name: str = "", marker: Marker = marker) -> None:
            line = max(marker.line, 1)
            told.append(about_waiver(rule, message, judgement.path, line, marker.words, name, seen))

        try:
            rules, waived = _read(marker.words, law)
        except Malformed as problem:
            tell(MALFORMED, f"{problem}；应写作 {EXAMPLE}，现在这个标记无效")
            continue
        name = "、".join(rules)
        if waived.expiry is not None and date.fromisoformat(waived.expiry) < law.today:
            tell(EXPIRED, f"“{name}”的豁免到 {waived.expiry} 为止，已经过期（{waived.reason}）", name)
            continue
        hits = list(_hits(findings, marker, rules))
        for index in hits:
            lock = law.lock_of(judgement.path, findings[index])
            if lock is not None:
                tell(REFUSED, f"{locked(findings[index].rule.id, lock)}，这个标记对它无效", name)
            elif findings[index].waiver is None:
                findings[index] = findings[index]._replace(waiver=waived)
        named = {rule.id for rule in law.known if any(is_named(word, rule) for word in rules)}
        if not hits and named <= ran:
            tell(UNUSED, f"“{name}”的豁免没有用到：标记所在的地方没有这种问题", name)
    return judgement._replace(findings=tuple(findings)), told


def _hits(findings: Sequence[Finding], marker: Marker, rules: Sequence[str]) -> Iterator[int]:
    for index, finding in enumerate(findings):
        line = finding.location.place.span.line
        if marker.first <= line <= marker.last and any(is_named(word, finding.rule) for word in rules):
            yield index


def _read(words: str, law: Law) -> tuple[tuple[str, ...], Waived]:
    """The rules a marker names and what it says; raises :class:`Malformed`."""
    opening = _OPENING.match(words)
    if opening is None:
        raise Malformed(f"看不懂标记“{words[:40]}”")
    head, *labelled = _LABEL.split(words[opening.end() :].rstrip("]】 \t"))
    names = [name for name in re.split(r"[\s、，,；;]+", head) if name]
    if not names:
        raise Malformed("标记没有写规则编号")
    given: dict[str, str] = {}
    for label, value in zip(labelled[::2], labelled[1::2]):
        key = _ENGLISH.get(label, label)
        if key in given:
            raise Malformed(f"标记里“{label}”写了两次")
        given[key] = value.strip()
    if not given.get("reason"):
        raise Malformed("标记没有写理由")
    expiry = day(given["expiry"]).isoformat() if given.get("expiry") else None
    return rule_names(names, law.known), Waived("inSource", given["reason"], given.get("approver") or None, expiry)
