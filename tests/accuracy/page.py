"""The page about accuracy, and the lists a rule writer looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfcheck.finding import LEVELS, Finding
from tests.accuracy.form import Form
from tests.accuracy.layouts import LAYOUTS, clean_forms
from tests.accuracy.measure import Outcome, Tally

HEAD = """\
# 准确率

`python benchmarks/accuracy.py --write` 生成本页。How many planted defects are found, and what is said of clean text;
`python benchmarks/accuracy.py --write` makes this page.

文本全部自拟：每种表样 3 个虚构乡镇、各 8 个用途不同的项目，先写成没有缺陷的样子，再按缺陷目录（不是按规则）
每次埋入一处缺陷，交给 `hebei` 规则包检查。报告的类别相同、所指的行正确（整表、整份文本的缺陷：所在的表、部分正确）才算查出。
“多报”是错误、警告级的结果中，原来没有、类别不同、又不能归因于这处缺陷的条数。

- 埋入 planted：埋入的缺陷数 · 查出 found · 漏报 missed · 多报 extra
- 自拟的文本和缺陷只说明规则对这些写法是否有效，不等于对真实文本的准确率。
  These are invented texts: the figures tell how the rules do on them, not on every real document.
"""


def page(tallies: Sequence[Tally], clean: Sequence[tuple[Form, Finding]]) -> str:
    """The whole of ``docs/accuracy.md``."""
    planted, found, extra = (sum(column) for column in zip(*((each[1], each[2], each[3]) for each in tallies)))
    lines = [
        HEAD,
        "## 埋入的缺陷 Planted defects",
        "",
        "| 类别 category | 埋入 | 查出 | 漏报 | 多报 |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [f"| {each.category} | {each.planted} | {each.found} | {each.missed} | {each.extra} |" for each in tallies]
    lines += [f"| **合计 total** | **{planted}** | **{found}** | **{planted - found}** | **{extra}** |", ""]
    lines += ["## 没有缺陷的文本 Clean documents", ""]
    lines += ["| 表样 layout | 文本 | 项目 | 错误 error | 警告 warning | 提示 note |", "|---|---:|---:|---:|---:|---:|"]
    for layout in LAYOUTS:
        levels = Counter(finding.level for form, finding in clean if form.layout == layout)
        counts = " | ".join(str(levels[level]) for level in LEVELS)
        forms = clean_forms(layout)
        lines.append(f"| {layout} | {len(forms)} | {sum(len(form.figures) for form in forms)} | {counts} |")
    said = Counter((finding.rule.id, finding.level) for _, finding in clean)
    if said:
        lines += ["", "所报规则 rules that spoke："]
        lines += ["", *(f"- `{rule}`（{level}）：{count}" for (rule, level), count in said.most_common())]
    return "\n".join(lines) + "\n"


def missed(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Every plant that was not found, with its edits."""
    for planted, found, elsewhere, _ in outcomes:
        if not found:
            mark = "（别处报了）" if elsewhere else ""
            edits = "; ".join(" ".join(map(str, edit)) for edit in planted.plant.edits)
            yield f"{planted.plant.name} {planted.clean.layout} {planted.clean.place['town']}{mark}: {edits}"


def extra(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Every grave finding besides the one that was asked for."""
    for planted, _, _, findings in outcomes:
        for finding in findings:
            line = finding.location.place.span.line
            yield f"{planted.plant.name} {planted.clean.layout}: {finding.rule.id} {line}: {finding.message}"


def clean(findings: Sequence[tuple[Form, Finding]]) -> Iterator[str]:
    """Every finding on clean text, the gravest first, the same message once."""
    said = Counter((LEVELS.index(each.level), each.rule.id, each.message, each.location.text) for _, each in findings)
    for (level, rule, message, text), count in sorted(said.items()):
        yield f"{LEVELS[level]} {rule} ×{count}: {message} | {text[:60]}"
