"""Check name, as rules write it -> check function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfcheck.checks import (
    across,
    classes,
    codes,
from perfcheck.checks import (
    copies,
    descriptions,
    echoes,
)
    headings,
    money,
    plans,
    presence,
<<<<<<< HEAD
    repetition,
    sameness,
    targets,
=======
    relevance,
    sameness,
    targets,
    tasks,
>>>>>>> 8bb8523 (Relevance: goals and indicators that belong to other projects, descriptions of other measures, tasks nobody measures)
    texts,
)
from perfcheck.checks.expression import expression

CHECKS: dict[str, Callable[..., Any]] = {
    "adds_nothing": echoes.adds_nothing,
    "amount_format": money.amount_format,
    "blank_installments": plans.blank_installments,
    "check_character": codes.check_character,
    "class_of": classes.class_of,
    "copied_section": repetition.copied_section,
    "copied_tables": copies.copied_tables,
    "deadline_year": targets.deadline_year,
    "describes_measure": descriptions.describes_measure,
    "describes_own_row": descriptions.describes_own_row,
    "direction": targets.direction,
    "echo": echoes.echo,
    "equal_texts": texts.equal_texts,
    "expression": expression,
    "fault": headings.fault,
    "filled": presence.filled,
    "flat": plans.flat,
    "goal_lines_fit": relevance.goal_lines_fit,
    "goals_fit": relevance.goals_fit,
    "has_class": classes.has_class,
    "in_amounts": plans.in_amounts,
    "inline_numbering": headings.inline_numbering,
    "last_installment": plans.last_installment,
    "length": texts.length,
    "monotonic": plans.monotonic,
    "names_its_class": echoes.names_its_class,
    "near_copy": echoes.near_copy,
    "numbering": headings.numbering,
    "one_of": presence.one_of,
    "pattern": texts.pattern,
    "present": presence.present,
    "range": plans.value_range,
    "region": codes.region,
    "repeated_heading": headings.repeated_heading,
    "repeated_rows": copies.repeated_rows,
    "repeated_sentence": repetition.repeated_sentence,
    "same_everywhere": sameness.same_everywhere,
    "schedule": plans.schedule,
    "shared": across.shared,
    "stray_text": headings.stray_text,
    "sum": money.parts_sum,
    "target_limit": targets.target_limit,
    "target_form": targets.target_form,
    "tasks_measured": tasks.tasks_measured,
    "topic_fits": relevance.topic_fits,
    "unique": sameness.unique,
    "unit_names": across.unit_names,
    "unit_present": targets.unit_present,
    "unit_spelling": targets.unit_spelling,
}
"""Every check a rule can name. A new one is a function in its family's module and one line here."""
