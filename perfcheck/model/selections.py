"""Named selections: the parts of a document a rule can speak of, each named once for all rules.

A selection yields *nodes*. What kind of node it yields tells which fields a rule may name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from perfcheck.model.document import Document, Project
from perfcheck.model.passages import passages, with_numbers, written_texts
from perfcheck.named_tuples import NamedTuple


class Rows(list[Any]):
    """Indicators, whose columns can be looked through all at once."""

    def __init__(self, rows: Iterable[Any]) -> None:
        super().__init__(rows)
        self._columns: dict[str, list[str]] = {}
        self._texts: dict[str, frozenset[str]] = {}

    def column(self, field: str) -> list[str]:
        """The texts of a field, row by row; empty where there is none."""
        found = self._columns.get(field)
        if found is None:
            found = self._columns[field] = [text or "" for text in map(attrgetter(field), self)]
        return found

    def texts(self, field: str) -> frozenset[str]:
        """The distinct texts of a field."""
        found = self._texts.get(field)
        if found is None:
            found = self._texts[field] = frozenset(self.column(field))
        return found

    def with_text_in(self, wanted: Mapping[str, Any], *fields: str) -> list[Any]:
        """The rows of which ``wanted`` has something to say to the text of one of ``fields``."""
        hits = set(chain.from_iterable([filter(wanted.__getitem__, self.texts(field)) for field in fields]))
        if not hits:
            return []
        if len(fields) == 1:
            return [row for row, text in zip(self, self.column(fields[0])) if text in hits]
        columns = zip(*map(self.column, fields))
        return [row for row, texts in zip(self, columns) if not hits.isdisjoint(texts)]


class Selection(NamedTuple):
    """Which nodes of a document, and of what kind they are."""

    node: str
    nodes: Callable[[Document], Sequence[Any]]
    about: str


def _projects_where(test: Callable[[Project], object]) -> Callable[[Document], Sequence[Project]]:
    return lambda document: [project for project in document.projects if test(project)]


def _asides(document: Document) -> list[Any]:
    return [aside for project in document.projects for aside in project.asides]


def _table_faults(document: Document) -> list[Any]:
    """The first fault of each table, and faults outside tables."""
    seen: set[int | None] = set()
    found = []
    for fault in document.faults:
        if fault.kind == "repeated_title":
            continue  # nothing is lost by it
        if fault.project is None or fault.project not in seen:
            seen.add(fault.project)
            found.append(fault)
    return found


SELECTIONS: dict[str, Selection] = {
    "document": Selection("document", lambda document: (document,), "整份文本"),
    "documents": Selection("documents", lambda document: (), "一次检查的所有文本，互相比较"),
    "projects": Selection("project", lambda document: document.projects, "每张项目表"),
    "funded_projects": Selection(
        "project", _projects_where(lambda project: project.funding is not None), "有预算数一行的项目表"
    ),
    "planned_projects": Selection(
        "project",
        _projects_where(lambda project: project.spending_plan and project.spending_plan.texts),
        "有资金支出计划的项目表",
    ),
    "percent_plans": Selection(
        "project",
        _projects_where(
            lambda project: project.spending_plan and project.spending_plan.texts and not project.spending_plan.amounts
        ),
        "资金支出计划按百分比填写的项目表",
    ),
    "indicator_tables": Selection(
        "project", _projects_where(lambda project: project.indicators), "有绩效指标行的项目表"
    ),
    "indicators": Selection(
        "indicator",
        lambda document: Rows(chain.from_iterable([project.indicators for project in document.projects])),
        "每一行绩效指标",
    ),
    "faults": Selection("fault", _table_faults, "语法读不通的地方（每张表一处）"),
    "numbered_prose": Selection(
        "prose",
        lambda document: (found,) if (found := with_numbers(document)) else (),
        "所有写了数字的文字（不含依据），合起来看",
    ),
    "passages": Selection("passage", passages, "所有成段的文字：第一部分各段，各表的用途、目标、指标名称、描述和依据"),
    "written_texts": Selection("passage", written_texts, "所有成段的文字，以及项目名称和指标值"),
    "asides": Selection("line", _asides, "项目表之间、表内不属于表样的文字"),
}

FIELDS: dict[str, frozenset[str]] = {
    "document": frozenset(
        "part_one part_two overall_goal duty_goals safeguards projects unit.code unit.name budget_year.year".split()
    ),
    "project": frozenset(
        "title number code name unit unit.code unit.name money_unit funding total fiscal other funding.total "
        "funding.fiscal funding.other usage spending_plan plan_values goals indicators header".split()
    ),
    "indicator": frozenset(
        "category subcategory name description target target.text target.kind target.number target.unit basis".split()
    ),
    "fault": frozenset(("fault",)),
    "line": frozenset(("line",)),
    "documents": frozenset(),
    "passage": frozenset(("text", "part")),
    "prose": frozenset(),
}
"""Kind of node -> fields a rule may name; a field that is not here is refused when the rule is loaded."""


def targets_by_kind(document: Document) -> dict[str, list[Any]]:
    """Indicators of a document by the kind of their target."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for project in document.projects:
        for indicator in project.indicators:
            found[indicator.target.kind].append(indicator)
    return found


class Nodes:
    """The selections of one document, each made when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._made: dict[tuple[str, tuple[str, ...]], Sequence[Any]] = {}
        self._by_kind: dict[str, list[Any]] | None = None

    def of(self, selection: str, kinds: tuple[str, ...] = ()) -> Sequence[Any]:
        """The nodes of a selection; of indicators only those whose target is of one of ``kinds``, if any are given."""
        made = self._made.get((selection, kinds))
        if made is None:
            made = self._made[selection, kinds] = self._make(selection, kinds)
        return made

    def _make(self, selection: str, kinds: tuple[str, ...]) -> Sequence[Any]:
        if not kinds:
            return SELECTIONS[selection].nodes(self.document)
        if self._by_kind is None:
            self._by_kind = targets_by_kind(self.document)
        by_kind = self._by_kind
        return Rows(chain.from_iterable([by_kind.get(kind, ()) for kind in kinds]))


_GETTERS: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("document", "part_one"): lambda document: document.department.headings or None,
    ("document", "part_two"): lambda document: document.project_headings or None,
    ("document", "overall_goal"): lambda document: _section(document.department.overall_goal),
    ("document", "duty_goals"): lambda document: _section(document.department.duty_section),
    ("document", "safeguards"): lambda document: _section(document.department.safeguards),
    ("document", "projects"): lambda document: document.projects or None,
    ("project", "total"): lambda project: _amount_text(project, "total"),
    ("project", "fiscal"): lambda project: _amount_text(project, "fiscal"),
    ("project", "other"): lambda project: _amount_text(project, "other"),
    ("project", "unit"): lambda project: project.anchors.get("unit"),
    ("project", "unit.code"): lambda project: project.unit.code or ("" if "unit" in project.anchors else None),
    ("project", "unit.name"): lambda project: project.unit.name or ("" if "unit" in project.anchors else None),
    ("project", "money_unit"): lambda project: (
        project.money_unit or ("" if "unit" in project.anchors and project.funding else None)
    ),
    ("project", "spending_plan"): lambda project: project.anchors.get("spending_plan"),
    ("project", "plan_values"): lambda project: project.anchors.get(
        "plan_values", project.spending_plan is None or None
    ),
    ("project", "goals"): lambda project: project.goals if "goals" in project.anchors else None,
    ("project", "header"): lambda project: project.anchors.get("header"),
    ("project", "indicators"): lambda project: project.indicators or None,
}


def getter(node: str, field: str) -> Callable[[Any], Any]:
    """How to read ``field`` of a kind of node: None for a part that is missing, empty for one left blank."""
    return _GETTERS.get((node, field)) or attrgetter(field)


def _section(section: Any) -> str | None:
    """The prose of a section: None without its heading, empty where nothing is written under it."""
    return (section.text or "") if section.headings else None


def _amount_text(project: Project, part: str) -> str | None:
    amount = None if project.funding is None else getattr(project.funding, part)
    return None if amount is None else amount.text
