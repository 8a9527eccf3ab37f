"""Clean documents in the layout of each form year: what the invented data become in the hands of a careful clerk."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from tests.accuracy.form import Form

HERE = Path(__file__).parent
SEED = 20240101
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FREE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DUES = ("3月底", "6月底", "10月底", "12月底")
HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
COLUMNS = ("class1", "class2", "name", "description", "value", "basis")
CLASSES = {
    "数量": ("产出", "数量"),
    "质量": ("产出", "质量"),
    "时效": ("产出", "时效"),
    "成本": ("产出", "成本"),
    "经济": ("效益", "经济效益"),
    "社会": ("效益", "社会效益"),
    "生态": ("效益", "生态效益"),
    "持续": ("效益", "可持续影响"),
    "满意": ("满意度", "服务对象满意度"),
}
NUMERALS = "一二三四五六七八九十"


class Layout(NamedTuple):
    """What differs from year to year; see the table of variations of the form."""

    one_line: bool = False
    heading_mark: str = ""
    table_mark: str = "bookmark"
    numbered: bool = True
    after_parts: tuple[str, ...] = ()
    fiscal: str = "其中：财政资金"
    other: str = ""
    plan: str = "{:g}%"
    goal_mark: str = "{}."
    before_header: tuple[str, ...] = ("", "")
    between: tuple[str, ...] = ("", "", "")
    duties: str = "pairs"
    benefit: str = "效益"
    cost: str = "产出"
    code: str = "P"


LAYOUTS = {
    "hebei-2019": Layout(
        one_line=True, numbered=False, after_parts=("",) * 8, plan="{:.2f}", goal_mark="{}、", duties="prose",
        before_header=("", "", " "), between=("",) * 4, benefit="效果", cost="", code="dotted"),
    "hebei-2020": Layout(
        heading_mark="TC", table_mark="TC", plan="{:.2f}", goal_mark="{}、", duties="目标", benefit="效果", cost="", code="dashed"),
    "hebei-2021": Layout(heading_mark="TC", table_mark="TC", other="0", plan="{:.2f}%", duties="plain", code="free"),
    "hebei-2022": Layout(
        heading_mark="bookmark", after_parts=("",), fiscal="其中：财政    资金",
        before_header=("", "", ""), between=("",) * 4),
    "hebei-2023": Layout(
        heading_mark="bookmark", after_parts=(" ",), fiscal="其中：财政    资金", other=" ", duties="named",
        before_header=("", "", " "), between=("", "", "", " ")),
    "national-101": Layout(heading_mark="bookmark", after_parts=("",), cost="成本"),
}  # fmt: skip


@cache
def _data(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def projects() -> dict[str, dict[str, Any]]:
    """All invented projects by their key."""
    return {key: found for path in sorted((HERE / "projects").glob("*.yaml"))
            for key, found in _data(f"projects/{path.name}").items()}  # fmt: skip


def clean_forms(layout: str | None = None) -> list[Form]:
    """The clean documents of one layout or of all, three townships each; to be copied before they are changed."""
    return [_form(name, number) for name in LAYOUTS if layout in (None, name) for number in range(3)]


@cache
def _form(layout: str, number: int) -> Form:
    data = _data("townships.yaml")
    towns = data[layout]["towns"]
    year = int(data[layout]["year"])
    group = data["groups"][(number + list(LAYOUTS).index(layout)) % 3]
    place = {**towns[number], "year": str(year), "prev": str(year - 1), "before": str(year - 2)}
    figures = {key: {**place, **{name: str(value) for name, value in projects()[key]["figures"][number].items()}}
               for key in group}  # fmt: skip
    form = Form(layout, place, figures)
    rules = LAYOUTS[layout]
    random = Random(SEED + 10 * list(LAYOUTS).index(layout) + number)
    _part_one(form, rules, number)
    for position, key in enumerate(group, 1):
        _table(form, rules, key, position, random)
    return form


def _part_one(form: Form, rules: Layout, number: int) -> None:
    prose = _data("prose.yaml")
    if rules.one_line:
        form.line("第一部分#", "第一部分 部门整体绩效目标", before=" ")
    else:
        form.line("第一部分#", "第一部分", before=" ")
        form.line("整体#", "部门整体绩效目标", rules.after_parts)
    summaries = "，".join(projects()[key]["summary"].format(**figures) for key, figures in form.figures.items())
    text = prose["opening"][number].format(**form.place) + summaries + prose["closing"][number]
    _heading(form, rules, "总体#", "一、", "总体绩效目标")
    form.line("总体", text)
    _heading(form, rules, "分项#", "二、", "分项绩效目标")
    for index, (key, figures) in enumerate(form.figures.items(), 1):
        name, goal, indicators = (part.format(**figures) for part in projects()[key]["duty"])
        _duty(form, rules, index, name, goal, indicators, projects()[key]["summary"].format(**figures))
    _heading(form, rules, "保障#", "三、", "工作保障措施")
    for index, sentence in enumerate(prose["safeguards"][number], 1):
        form.line(f"保障{index}", f"（{NUMERALS[index - 1]}）{sentence.format(**form.place)}")
    form.parts[-1].gap = ("",) * 3
    form.line("第二部分#", "第二部分", rules.after_parts)
    form.line("项目#", "预算项目绩效目标", rules.after_parts)


def _heading(form: Form, rules: Layout, address: str, number: str, text: str) -> None:
    before = "[bookmark: _Toc_2_2_000000000{}]".format("一二三".index(number[0]) + 1)
    form.line(
        address,
        number + text,
        before=before if rules.heading_mark == "bookmark" else "",
        after=f" TC {text} \\f A \\l 1 " if rules.heading_mark == "TC" else "",
    )


def _duty(form: Form, rules: Layout, index: int, name: str, goal: str, indicators: str, summary: str) -> None:
    address, numeral = f"分项{index}", f"（{NUMERALS[index - 1]}）"
    sentence = f"{goal}，{indicators.replace('；', '，')}"
    if rules.duties == "prose":
        form.line(address, f"{numeral}{name}。{sentence}。")
    elif rules.duties == "目标":
        form.line(address, f"目标{index}：{sentence}。", ("",))
    elif rules.duties == "plain":
        form.line(address, f"{index}.{sentence}{'；' if index < 8 else '。'}", ("",))
    else:
        named = rules.duties == "named"
        form.line(f"{address}/name", f"{numeral}{name}：{goal}。" if named else numeral + name)
        form.line(f"{address}/goal", f"绩效目标：{'年内' + summary if named else goal}。")
        form.line(f"{address}/indicator", f"绩效指标：{indicators}。")


def _table(form: Form, rules: Layout, key: str, position: int, random: Random) -> None:
    project, figures = projects()[key], form.figures[key]
    name = project["name"]
    number = (
        f"{position}{'、' if rules.table_mark == 'TC' and rules.plan == '{:.2f}' else '.'}" if rules.numbered else ""
    )
    mark = f"[bookmark: _Toc_4_4_{position + 3:010d}]" + (" " * 7 if not rules.numbered else "")
    form.line(
        f"{key}/title",
        f"{number}{name}绩效目标表",
        before=mark if rules.table_mark == "bookmark" else "",
        after=f" TC {position}、{name}绩效目标表 \\f C \\l 1 " if rules.table_mark == "TC" else "",
    )
    unit = form.place["unit"] + form.place["county"] + form.place["town"] + form.place["suffix"]
    form.row((f"{key}/unit", unit), (f"{key}/money_unit", "单位：万元"))
    _labelled(form, key, ("code", "项目编码", _code(form, rules, position, random)), ("name", "项目名称", name))
    form.row(
        (f"{key}/funding#", "预算规模及资金用途"),
        (f"{key}/budget#", "预算数"), (f"{key}/budget", figures["budget"]),
        (f"{key}/fiscal#", rules.fiscal), (f"{key}/fiscal", figures.get("fiscal", figures["budget"])),
        (f"{key}/other#", "其他资金"), (f"{key}/other", figures.get("other", rules.other)),
    )  # fmt: skip
    form.row((f"{key}/usage#", ""), (f"{key}/usage", project["usage"].format(**figures)))
    dues = [(f"{key}/due{index}", due) for index, due in enumerate(DUES, 1)]
    form.row((f"{key}/plan#", "资金支出计划（%）"), *dues)
    plan = [(f"{key}/plan{index}", rules.plan.format(value)) for index, value in enumerate(project["plan"], 1)]
    form.row((f"{key}/plan#2", ""), *plan)
    goals = [f"{rules.goal_mark.format(n)}{goal.format(**figures)}" for n, goal in enumerate(project["goals"], 1)]
    form.row((f"{key}/goals#", "绩效目标"), (f"{key}/goals", "\n".join(goals)), gap=rules.before_header)
    form.row(*((f"{key}/header{index}", label) for index, label in enumerate(HEADER, 1)))
    _indicators(form, rules, key)
    form.parts[-1].gap = rules.between


def _labelled(form: Form, key: str, *fields: tuple[str, str, str]) -> None:
    cells = [((f"{key}/{name}#", label), (f"{key}/{name}", text)) for name, label, text in fields]
    form.row(*(cell for pair in cells for cell in pair))


def _indicators(form: Form, rules: Layout, key: str) -> None:
    counts: dict[str, int] = {}
    last = None
    rows = [row for row in projects()[key]["rows"] if row[0] != "成本" or rules.cost]
    if rules.cost == "成本":
        rows.sort(key=lambda row: row[0] != "成本")
    for short, *texts in rows:
        category, subcategory = CLASSES[short]
        if short == "成本":
            category, subcategory = rules.cost, "经济成本" if rules.cost == "成本" else "成本"
        category = rules.benefit if category == "效益" else category
        counts[short] = counts.get(short, 0) + 1
        address = f"{key}/{short}{counts[short] if counts[short] > 1 else ''}"
        carried = "" if category == last else f"{category}指标"
        last = category
        values = [carried, f"{subcategory}指标", *(text.format(**form.figures[key]) for text in texts)]
        form.row(*((f"{address}/{column}", value) for column, value in zip(COLUMNS, values)))


def _code(form: Form, rules: Layout, position: int, random: Random) -> str:
    tail = "".join(random.choices(FREE, k=4))
    if rules.code == "dotted":
        return f"{form.place['unit'][:3]}-4.{position:02d}-JXN-{tail}"
    if rules.code == "dashed":
        return f"{form.place['unit'][:3]}-{random.randint(1, 9):02d}{position:02d}-{random.choice('JY')}BN-{tail}"
    head = form.place["region"] + form.place["year"][2:]
    if rules.code == "free":
        return head + random.choice(FREE[:10]) + "".join(random.choices(FREE, k=12))
    return with_check_character(f"{head}P{random.randint(100, 999):06d}{position:05d}")


def with_check_character(body: str) -> str:
    """A code of the third generation, its twenty characters completed by the one that proves them."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + ALPHABET[(30 - total) % 31]
