"""Pages about rules: the list, and one page a rule, for the terminal and for ``docs/rules/``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perfcheck.reporting.filters import citation
from perfcheck.reporting.words import words
from perfcheck.rulebook.cases import Case, cases_of
from perfcheck.rulebook.pack import Pack
from perfcheck.rulebook.rule import Rule

SHOWN_CASES = 2
LONGEST_EXAMPLE = 8


def rule_list(pack: Pack, language: str) -> str:
    """All rules of a pack, a line each, by category."""
    say = words(language)
    lines = [
        f"{pack.title.in_language(language)}（{pack.name}）" if language == "zh" else f"{pack.title.en} ({pack.name})",
        "",
    ]
    width = max(len(rule.id) for rule in pack.rules)
    for rule in sorted(pack.rules, key=lambda rule: (rule.category, rule.id)):
        lines.append(
            f"  {rule.id:{width}}  {say.level(rule.level)}  {rule.category:32}  {rule.title.in_language(language)}"
            + _mark(rule, language)
        )
    return "\n".join([*lines, "", f"{len(pack.rules)} 条规则" if language == "zh" else f"{len(pack.rules)} rules", ""])


def _mark(rule: Rule, language: str) -> str:
    """What stands behind the title of a rule whose findings can be mended."""
    if rule.fix is None:
        return ""
    word = words(language).phrase("fixable" if rule.fix.safe else "fixable_unsafe")
    return f"（{word}）" if language == "zh" else f" ({word})"


def rule_page(rule: Rule, language: str) -> str:
    """One rule as Markdown: what, why, on what basis, examples from its cases, what to do."""
    return "\n".join(_page(rule, language)) + "\n"


def _page(rule: Rule, language: str) -> Iterator[str]:
    say = words(language)
    zh = language == "zh"
    yield f"# {rule.title.in_language(language)}"
    yield ""
    yield f"`{rule.id}` · {say.level(rule.level)} · `{rule.category}` · " + (
        f"规则包 {rule.pack}" if zh else f"pack {rule.pack}"
    )
    yield ""
    yield rule.why.in_language(language)
    yield ""
    yield ("## 适用" if zh else "## Applies to")
    yield ""
    yield _years(rule, zh)
    yield ""
    yield ("## 依据" if zh else "## Basis")
    yield ""
    for item in rule.citation:
        one = rule._replace(citation=(item,))
        verified = (
            ("内容已核" if item.verified else "未核") if zh else ("verified" if item.verified else "not verified")
        )
        yield f"- {citation(one, say)}（{item.force}，{verified}）"
    yield ""
    yield ("## 改法" if zh else "## Remedy")
    yield ""
    yield rule.remedy.in_language(language)
    if rule.fix is not None:
        yield ""
        yield _how_to_fix(rule, zh)
    cases = cases_of(rule)
    for heading, chosen in (
        ("会报的例子" if zh else "Reported", [case for case in cases if case.lines]),
        ("不会报的例子" if zh else "Not reported", [case for case in cases if not case.lines]),
    ):
        if chosen:
            yield ""
            yield f"## {heading}"
            for case in chosen[:SHOWN_CASES]:
                yield ""
                yield f"- {case.shows.in_language(language)}"
                yield from _example(case)


def _how_to_fix(rule: Rule, zh: bool) -> str:
    assert rule.fix is not None
    command = f"`perfcheck fix {'' if rule.fix.safe else '--unsafe '}--select {rule.id} {'文件名' if zh else 'FILE'}`"
    if not rule.fix.safe:
        return f"可自动修改，要人判断：{command}" if zh else f"Can be mended where a person agrees: {command}"
    if not rule.fix.doubtful:
        return f"可自动修改：{command}" if zh else f"Can be mended: {command}"
    if zh:
        return f"可自动修改：{command}；有疑问的地方不改，看过之后可加 `--unsafe`"
    return f"Can be mended: {command}; where it is doubtful only with `--unsafe`"


def _years(rule: Rule, zh: bool) -> str:
    if rule.years is None:
        return "各年度" if zh else "Any budget year"
    first, last = rule.years
    if first is None and last is None:
        return "预算年度已知的文本；年度不明时不判断" if zh else "Documents whose budget year is known"
    span = f"{first or ''}—{last or ''}"
    return f"预算年度 {span}；年度不明时不判断" if zh else f"Budget years {span}; not judged when the year is unknown"


def _example(case: Case) -> Iterator[str]:
    """What the case changes in its base text, or the line concerned of a text of its own."""
    lines = [line for _, new in case.changes for line in new.strip("\n").split("\n")]
    if not case.changes and case.lines:
        lines = [case.text.split("\n")[case.lines[0] - 1]]
    shown = [line.replace("\t", "    ") for line in lines if line.strip()][:LONGEST_EXAMPLE]
    if shown:
        yield ""
        yield "  ```text"
        yield from (f"  {line}" for line in shown)
        yield "  ```"


def write_pages(pack: Pack, folder: Path) -> dict[Path, str]:
    """File -> content of the whole documentation of a pack's rules."""
    pages = {folder / f"{rule.id}.md": rule_page(rule, "zh") for rule in pack.rules}
    index = ["# 规则", "", "由规则文件生成：`make docs`。", "", "| 规则 | 级别 | 类别 | 说明 |", "|---|---|---|---|"]
    say = words("zh")
    for rule in sorted(pack.rules, key=lambda rule: (rule.category, rule.id)):
        title = rule.title.zh + _mark(rule, "zh")
        index.append(f"| [{rule.id}]({rule.id}.md) | {say.level(rule.level)} | `{rule.category}` | {title} |")
    pages[folder / "README.md"] = "\n".join(index) + "\n"
    return pages
