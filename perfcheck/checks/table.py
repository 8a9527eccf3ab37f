"""Check name, as rules write it -> check function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfcheck.checks import across, classes, codes, headings, money, plans, presence, sameness, targets, texts
from perfcheck.checks.expression import expression

CHECKS: dict[str, Callable[..., Any]] = {
    "amount_format": money.amount_format,
    "blank_installments": plans.blank_installments,
    "check_character": codes.check_character,
    "class_of": classes.class_of,
    "deadline_year": targets.deadline_year,
    "direction": targets.direction,
    "equal_texts": texts.equal_texts,
    "expression": expression,
    "fault": headings.fault,
    "filled": presence.filled,
    "flat": plans.flat,
    "has_class": classes.has_class,
    "in_amounts": plans.in_amounts,
    "inline_numbering": headings.inline_numbering,
    "last_installment": plans.last_installment,
    "length": texts.length,
    "monotonic": plans.monotonic,
    "numbering": headings.numbering,
    "one_of": presence.one_of,
    "pattern": texts.pattern,
    "present": presence.present,
    "range": plans.value_range,
    "region": codes.region,
    "repeated_heading": headings.repeated_heading,
    "same_everywhere": sameness.same_everywhere,
    "schedule": plans.schedule,
    "shared": across.shared,
    "stray_text": headings.stray_text,
    "sum": money.parts_sum,
    "target_limit": targets.target_limit,
    "target_form": targets.target_form,
    "unique": sameness.unique,
    "unit_names": across.unit_names,
    "unit_present": targets.unit_present,
    "unit_spelling": targets.unit_spelling,
}
"""Every check a rule can name. A new one is a function in its family's module and one line here."""
