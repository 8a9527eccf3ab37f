"""The page about accuracy, and the lists a rule writer looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfcheck.finding import LEVELS, Finding
from tests.accuracy import typos, unseen
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
- 这张表是样本内的：规则是对照这些埋入的缺陷写、改的，所以查出率偏高；没见过的文本能查出多少，看后面一节。
  The table is in-sample: rules were mended until they found these plants. For documents not seen before see the section after.
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
    lines += ["", UNSEEN, *unseen.table(), "", TYPOS, *typos.table()]
    return "\n".join(lines) + "\n"


TYPOS = """\
## 打错的字 Mistyped characters

`python benchmarks/accuracy.py --typos` 只算这一节，加 `--missed` 列出没查出的，加 `--extra` 列出误报。两个人不看规则和词表，
各写了 260 句预算文本里常见的话，每句有一个词打错一个字（六成同音，一成近音，两成形近，一成是同音的别的词），又各写了 300 句没有错、
但尽是生僻的地名、专名、行话的话。写成时旧的规则只查出第一组的 48 句（18 %）。`word-unlikely` 的做法和门槛是照这两组定的，
词表不是从它们来的，所以这是样本内的数，偏高。错字本身是另一个词的（市长、权力、征收），不看意思认不出来。

Two people who had seen neither rules nor word lists wrote 260 sentences each with one character mistyped, and 300 sound ones full of
rare names and terms. When they were written the rules found 48 (18 %) of the first set. How `word-unlikely` works, and its
thresholds, were settled by these sets, its words were not, so the figures are in-sample.
"""
UNSEEN = """\
## 没见过的文本 Documents not seen before

`python benchmarks/accuracy.py --unseen` 只算这一节，加 `--missed` 列出漏报的。另有 73 份文本（水利、教育、民政、市场监管、卫健、
文旅、自然资源、交通、林业、住建、统计、应急、人社、残联、妇联、档案、气象、疾控、检察、融媒体、生态环境、学校和乡镇街道，2019—2023 各年表样和 101 号文表样），写的时候不看规则和词表，再照缺陷目录埋入缺陷。每组都先数，
后看漏了哪些；看过之后照着改过规则，所以“现在”一列已是样本内的，只有“看漏报之前”一列是对没见过的文本的估计。
read、first-round、second-round、held-out、third-round、fourth-round、fifth-round、sixth-round、seventh-round、eighth-round、ninth-round、ninth-again、ninth-weak、tenth-round、tenth-again 依次数、依次改，每一组数的时候规则已经照前面几组改过，没有照它改过。
**独立的数是 106 处中查出 91 处（85.8 %）**；后写的两组 54 处中 45 处（83.3 %）、
41 处中 32 处（78.0 %），专挑了不常见的说法；再后写的六份文本，头四份，
每一类缺陷都照一般填法埋，115 处中 98 处（85.2 %），改过之后换一种说法再埋一遍，118 处中 100 处（84.7 %）；末两份 83 处中 65 处
（78.3 %），一张表里埋了几处，有几处互相遮住了；再后写的八份（两份不埋缺陷），
常见的类别多埋、少见的少埋，多用一般填法，137 处中 122 处（89.1 %），其中 4 处是以相近的类别报的；接着写的九份（三份不埋缺陷，
题目有河道清淤、秸秆禁烧、集市改造、幼儿园、电子政务、老旧小区等），75 个类别的 135 处中 118 处（87.4 %），其中 1 处是以相近的类别报的；
最后写的九份（题目有养老助餐、防贫保险、林长制巡护、动物防疫、档案、妇联、气象等），其中六份埋 77 个类别的缺陷，166 处中 147 处（88.6 %）；
照它改过之后，在另外三份里埋 70 处，查出 60 处（85.7 %）；再专挑漏得多的几类（错别字、描述错位、单位不符、空泛的说法等）埋 68 处，
只查出 37 处（54.4 %），其中随手换一个同音字、形近字的错别字，24 处只查出 8 处；后两次埋的人改过规则，不算没看规则。又写了九份乡镇日常项目的文本
（其中一份县农业农村局，三份不埋缺陷，看之前错误、警告都是 0），六份里按一般写法埋 75 个类别的缺陷，187 处中 162 处（86.6 %，连相近的类别 165 处），其中错别字 16 处只
查出 8 处；照它改过之后，由改的人在另外三份里埋 81 处，查出 66 处（81.5 %），错别字 9 处只查出 3 处，之后又补了错别字的规则。这些文本和缺陷也是自拟的，作者和规则的
作者读的是同一份缺陷目录；真实文本、别的审核人员的看法，都可能更低。

其中 8 份选自另写的 45 份没有缺陷的文本，专查误报，不埋缺陷：头 30 份看之前有 11 份被报了错误或警告（错误 2、警告 12），改过之后再写的
15 份里有 7 份（错误 0、警告 8），几乎都是误报，已照着改了。另有 4 份选自后来再写的 31 份乡镇街道文本：头 20 份看之前有
8 份被报了警告（14 条，其中 5 条确是文本写错），改过之后再写的 11 份里有 6 份（错误 1、警告 5，都是误报），也照着改了。又写了 44 份县直部门的，取 4 份：头 24 份里有 7 份（错误 3、警告 10，其中 4 条
确是写得不妥），改过之后的 10 份里有 3 份（错误 2、警告 1，都是误报），再改之后的 10 份里有 1 份（警告 1）。最后写了 40 份
最常见的（村级组织、环卫、维稳、征兵、救助、道路、文化站之类，一半照语言模型的口吻写），取 4 份：头 24 份里有 9 份（警告 16，其中 14 条
是只写“持续提升”一类空话的指标值，报得对），改过之后的 16 份没有错误、警告，
但写这 16 份（4 份里有 2 份选自其中）时已看过规则，也有意不再写这类空话，不算独立的数。

Seventy-three more documents of other departments and every layout were written without a look at rules or word lists, then given defects after
the catalogue. Each group was counted before anybody looked at what was missed, and rules were mended by it afterwards, so "now" is
in-sample and only the column before it is an estimate for documents not seen. They were counted, and rules mended, in the order read,
first-round, second-round, held-out, third-round, fourth-round, fifth-round, sixth-round, seventh-round, eighth-round, ninth-round, ninth-again, ninth-weak, tenth-round, tenth-again. **The independent figure is that of held-out, 91 of 106 (85.8 %)**; the rounds written
later, with uncommon wording on purpose, had 45 of 54 (83.3 %) and 32 of 41 (78.0 %). Four new
documents with every category planted as clerks commit it had 98 of 115 (85.2 %) and, mended and planted once more in other words,
100 of 118 (84.7 %); two more, with so many defects in a table that some hid others, 65 of 83 (78.3 %); eight more, two of them left clean and the others given
more of the common categories than of the rare ones, mostly in common wording, 122 of 137 (89.1 %), 4 of these found under a neighbouring category; another nine,
three of them left clean, on subjects such as dredging, markets, kindergartens and old estates, with defects of 75 categories, 118 of 135 (87.4 %), 1 of these under a neighbouring category;
the latest nine, on subjects such as meals for the old, insurance against poverty, forest wardens, archives and women's federations, 147 of 166 (88.6 %) with
77 categories in six of them, then, mended, 60 of 70 (85.7 %) in the other three, and 37 of 68 (54.4 %) where only the kinds missed most were planted: of
24 misspellings, a character each taken for one that sounds or looks alike, 8 were found; whoever planted these last two had mended rules before. Nine more on everyday
projects of townships and of a county bureau, three of them left clean (no error, no warning before anybody looked), had 162 of 187 (86.6 %; 165 with neighbouring
categories), 8 of 16 misspellings among them, with 75 categories in six of them; mended, and planted by whoever mended, the other three had 66 of 81 (81.5 %), 3 of 9
misspellings, and those rules were mended once more. These documents are invented, too, after the same
catalogue; real ones may do worse.

Eight of them are taken from 45 clean ones written to look for false alarms alone: of the first 30, 11 had an error or a
warning before anybody looked (2 errors, 12 warnings), of 15 written after mending 7 (no error, 8 warnings), nearly all
of them false, and mended since. Four are taken from 31 of townships and towns written later: of the first 20, 8 had a
warning (14, 5 of them real slips of the text), of 11 written after mending 6 (1 error, 5 warnings, all of them false),
mended as well. Four more are taken from 44 of offices and units of counties: of the first 24, 7 had an
error or a warning (3 errors, 10 warnings, 4 of these just), of 10 written after mending 3 (2 errors, 1 warning, all
false), and of 10 written after mending again 1 (1 warning). The last four are taken from 40 of the commonest sort, half of
them in the even wording of a language model: of the first 24, 9 had a warning (16, 14 of them just: values that say no
more than “continuously improved”), of 16 written after mending none; but whoever wrote these 16, two of the four among
them, had read rules by then and kept from such values, so this is no independent figure.
"""


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
