"""Check name, as rules write it -> check function, whose module is imported when a rule asks for it.

A run by a handful of rules needs a handful of the modules, and their import would be most of its start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

Check = Callable[..., Any]
WHERE = {
    "adds_nothing": "echoes.adds_nothing",
    "amount_format": "money.amount_format",
    "amounts_end": "plans.amounts_end",
    "bare_value": "misplaced_values.bare_value",
    "basis_year": "years.basis_year",
    "blank_installments": "plans.blank_installments",
    "brackets": "characters.brackets",
    "broken_row": "headings.broken_row",
    "check_character": "codes.check_character",
    "citations_agree": "citations.citations_agree",
    "cited_year": "citations.cited_year",
    "class_of": "classes.class_of",
    "class_signs": "signs.class_signs",
    "code_department": "codes.code_department",
    "code_year": "codes.code_year",
    "comparator_present": "rates.comparator_present",
    "confusions": "phrases.confusions",
    "copied_lines": "copied_lines.copied_lines",
    "copied_section": "repetition.copied_section",
    "copied_tables": "copies.copied_tables",
    "counted_tasks_measured": "tasks.counted_tasks_measured",
    "counts_in_targets": "promised_counts.counts_in_targets",
    "dates": "dates.dates",
    "deadline_year": "targets.deadline_year",
    "department_counts": "department_counts.department_counts",
    "describes_measure": "descriptions.describes_measure",
    "describes_own_row": "descriptions.describes_own_row",
    "direction": "targets.direction",
    "doubled": "spelling.doubled",
    "echo": "echoes.echo",
    "empty_value": "empty_words.empty_value",
    "equal_texts": "texts.equal_texts",
    "expression": "expression.expression",
    "fault": "headings.fault",
    "filled": "presence.filled",
    "flat": "plans.flat",
    "goal_lines_fit": "relevance.goal_lines_fit",
    "goals_fit": "relevance.goals_fit",
    "goals_share_words": "relevance.goals_share_words",
    "has_class": "class_presence.has_class",
    "heading_numbers": "item_numbers.heading_numbers",
    "in_amounts": "plans.in_amounts",
    "in_fractions": "plan_fractions.in_fractions",
    "input_only": "goals.input_only",
    "item_numbers": "item_numbers.item_numbers",
    "joined_twice": "phrases.joined_twice",
    "last_installment": "plans.last_installment",
    "length": "texts.length",
    "listed_prices": "named_prices.listed_prices",
    "long_term": "empty_words.long_term",
    "lowest_target": "rates.lowest_target",
    "made_of": "empty_words.made_of",
    "missing_object": "goals.missing_object",
    "misspelled": "spelling.misspelled",
    "mistyped": "mistyping.mistyped",
    "monotonic": "plans.monotonic",
    "named_year": "years.named_year",
    "names_its_class": "echoes.names_its_class",
    "near_copy": "echoes.near_copy",
    "number_fixed": "rates.number_fixed",
    "number_format": "citations.number_format",
    "numbering": "headings.numbering",
    "one_of": "presence.one_of",
    "one_title": "bases.one_title",
    "own_county": "superiors.own_county",
    "own_level": "place_names.own_level",
    "own_name": "place_names.own_name",
    "own_office": "office_names.own_office",
    "parts_within_budget": "usage_parts.parts_within_budget",
    "pattern": "texts.pattern",
    "percent_signs": "plan_fractions.percent_signs",
    "placeholder": "misplaced_values.placeholder",
    "places_as_in_usage": "table_counts.places_as_in_usage",
    "plan_columns": "plans.plan_columns",
    "planned_at_deadline": "timing.planned_at_deadline",
    "planned_year": "years.planned_year",
    "present": "presence.present",
    "price_as_told": "named_prices.price_as_told",
    "prose_is_budget": "totals.prose_is_budget",
    "prose_price": "prose_prices.prose_price",
    "quantified": "goals.quantified",
    "range": "plans.value_range",
    "rates_in_prose": "told_rates.rates_in_prose",
    "region": "codes.region",
    "regular_payment": "timing.regular_payment",
    "repeated_counts": "counts.repeated_counts",
    "repeated_heading": "headings.repeated_heading",
    "repeated_rows": "copies.repeated_rows",
    "repeated_sentence": "repetition.repeated_sentence",
    "same_everywhere": "sameness.same_everywhere",
    "same_under_other_names": "copies.same_under_other_names",
    "schedule": "plans.schedule",
    "shared": "across.shared",
    "similar_phrases": "phrases.similar_phrases",
    "slipped_counts": "slipped_counts.slipped_counts",
    "sourceless": "bases.sourceless",
    "spaces": "characters.spaces",
    "stated_products": "stated_products.stated_products",
    "stray_text": "headings.stray_text",
    "sum": "money.parts_sum",
    "surveyed": "bases.surveyed",
    "taken_from": "echoes.taken_from",
    "target_form": "targets.target_form",
    "target_limit": "targets.target_limit",
    "tasks_measured": "tasks.tasks_measured",
    "topic_fits": "relevance.topic_fits",
    "topic_of_name_said": "tasks.topic_of_name_said",
    "total_counts": "counts.total_counts",
    "unfinished": "goals.unfinished",
    "unique": "sameness.unique",
    "unit_cost": "unit_costs.unit_cost",
    "unit_names": "across.unit_names",
    "unit_of_class": "units.unit_of_class",
    "unit_of_name": "units.unit_of_name",
    "unit_present": "units.unit_present",
    "unit_spelling": "units.unit_spelling",
    "units_as_promised": "promised_units.units_as_promised",
    "vague_clauses": "goals.vague_clauses",
    "vague_deadline": "empty_words.vague_deadline",
    "value_is_budget": "totals.value_is_budget",
    "value_repeats_budget": "totals.value_repeats_budget",
    "values_of_class": "class_values.values_of_class",
    "wrong_width": "characters.wrong_width",
}
"""Every check a rule can name. A new one is a function in its family's module and one line here."""


class Checks(Mapping[str, Check]):
    """The checks by name."""

    def __getitem__(self, name: str) -> Check:
        module, function = WHERE[name].split(".")
        check: Check = getattr(import_module(f"perfcheck.checks.{module}"), function)
        return check

    def __contains__(self, name: object) -> bool:
        return name in WHERE

    def __iter__(self) -> Iterator[str]:
        return iter(WHERE)

    def __len__(self) -> int:
        return len(WHERE)


CHECKS = Checks()
