"""What ``perfcheck parse`` prints: the model as JSON (``perfcheck-document-1``) or as a tree for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from perfcheck.finding import cut_to
from perfcheck.model.document import Document, Indicator, Project, Section
from perfcheck.model.places import place_of_line
from perfcheck.reporting.filters import harmless
from perfcheck.reporting.words import words
from perfcheck.source import Paragraph

SCHEMA = "perfcheck-document-1"


def documents_json(documents: Sequence[Document]) -> str:
    """Numbers as text, absent things as null; the schema is ``docs/schemas/document.schema.json``."""
    content = {"schema": SCHEMA, "documents": [_document(document) for document in documents]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _document(document: Document) -> dict[str, Any]:
    department = document.department
    return {
        "path": document.source.path,
        "budget_year": document.budget_year.year,
        "unit": document.unit._asdict(),
        "department": {
            "overall_goal": _prose(department.overall_goal),
            "duty_goals": [
                {"name": duty.name, "goal": duty.goal, "indicator": duty.indicator} for duty in department.duty_goals
            ],
            "safeguards": _prose(department.safeguards),
        },
        "projects": [_project(project) for project in document.projects],
    }


def _prose(section: Section) -> str | None:
    return section.text


def _project(project: Project) -> dict[str, Any]:
    funding = project.funding
    plan = project.spending_plan
    return {
        "number": project.number,
        "title": project.title or None,
        "line": _line(project),
        "code": project.code or None,
        "name": project.name or None,
        "unit": "".join(part for part in project.unit if part) or None,
        "money_unit": project.money_unit or None,
        "funding": {
            part: None if funding is None or (amount := getattr(funding, part)) is None else _number(amount.number)
            for part in ("total", "fiscal", "other")
        },
        "usage": project.usage or None,
        "spending_plan": [
            {
                "due": item.due,
                "text": item.text,
                "percent": _number(item.percent),
                "amount": _number(item.amount),
            }
            for item in (plan.installments if plan else ())
        ],
        "goals": list(project.goals),
        "indicators": [_indicator(indicator) for indicator in project.indicators],
    }


def _line(project: Project) -> int:
    """The line of the code row; of the title where the table has none."""
    for field in ("code", "name"):
        anchor = project.anchors.get(field)
        if anchor is not None and not isinstance(anchor, Paragraph):
            return anchor[0].line
    title = project.anchors["title"]
    return title.line if isinstance(title, Paragraph) else title[0].line


def _indicator(indicator: Indicator) -> dict[str, Any]:
    target = indicator.target
    return {
        "line": indicator.row.first_filled_line,
        "category": indicator.category or None,
        "subcategory": indicator.subcategory or None,
        "name": indicator.name or None,
        "description": indicator.description or None,
        "target": {
            "text": target.text,
            "kind": target.kind,
            "comparator": target.comparator.value if target.comparator else None,
            "number": _number(target.number),
            "unit": target.unit,
        },
        "basis": indicator.basis or None,
    }


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def documents_tree(documents: Sequence[Document]) -> str:
    """The same for people, indented."""
    lines = (line for document in documents for line in _tree(_document(document), document))
    return "\n".join(harmless(line.replace("\n", " ")) for line in lines) + "\n"


def _tree(content: dict[str, Any], document: Document) -> Iterator[str]:
    where = words("zh").where
    yield content["path"]
    yield f"  预算年度 budget year  {content['budget_year'] or '?'}"
    for mention in document.budget_year.evidence[:5]:
        yield f"    {mention.source}  {where(place_of_line(document, mention.line))}  {mention.text}"
    yield f"  单位 unit  {content['unit']['code'] or ''} {content['unit']['name'] or '?'}"
    department = content["department"]
    yield f"  总体绩效目标  {_short(department['overall_goal'])}"
    yield f"  分项绩效目标  {len(department['duty_goals'])}"
    for duty in department["duty_goals"]:
        yield f"    {_short(duty['name'] or duty['goal'])}"
    yield f"  工作保障措施  {_short(department['safeguards'])}"
    for project in content["projects"]:
        funding = project["funding"]
        name = project["name"] or project["title"] or "?"
        place = where(place_of_line(document, project["line"]))
        yield f"  {project['number'] or '-'} {name}  [{project['code'] or '?'}]  {place}"
        parts = f"{funding['total']} = {funding['fiscal']} + {funding['other'] or 0}"
        yield f"    预算数 {parts} {project['money_unit'] or ''}"
        plan = "  ".join(f"{item['due']} {item['text'] or '（空）'}" for item in project["spending_plan"])
        yield f"    支出计划  {plan}"
        for goal in project["goals"]:
            yield f"    目标  {_short(goal)}"
        for indicator in project["indicators"]:
            target = indicator["target"]
            read = " ".join(part for part in (target["comparator"], target["number"], target["unit"]) if part)
            yield (
                f"    {indicator['category']} / {indicator['subcategory']} / {indicator['name']}"
                f"：{target['text']}  → {target['kind']} {read}".rstrip()
            )


def _short(text: str | None) -> str:
    if not text:
        return "（无）"
    text = " ".join(text.split())
    return cut_to(40, text)
