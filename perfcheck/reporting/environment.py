"""The Jinja environment of the report templates; imported only when a template renders."""

from __future__ import annotations

import os
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from perfcheck import __version__
from perfcheck.engine import Judgement
from perfcheck.finding import LEVELS, Finding
from perfcheck.jinja import Environment, FileSystemBytecodeCache, FileSystemLoader, Markup, StrictUndefined, Template
from perfcheck.reporting import filters
from perfcheck.reporting.grouping import grouped
from perfcheck.reporting.marked_text import marked_text
from perfcheck.reporting.report import Report, count_levels
from perfcheck.reporting.second_look import accepted_lines, state_mark, state_word, summary
from perfcheck.reporting.words import Words, words
from perfcheck.resources import cache_folder, templates_folder
from perfcheck.rulebook.rule import Rule


@cache
def template(name: str, language: str) -> Template:
    """The template ``name`` with filters and words of ``language``."""
    cache = cache_folder()
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        bytecode_cache=FileSystemBytecodeCache(cache, f"template-{language}-%s.cache") if cache else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=_is_html,  # the other formats have filters of their own for what a document contains
    )
    say = words(language)

    def undecided(report: Report, judgement: Judgement) -> str:
        """What could not be judged of a document, in a sentence for each reason, and what else to know of it."""
        mark = "、" if language == "zh" else "; "
        remarks = [remark.in_language(language) for remark in judgement.remarks]
        return " ".join(
            [
                *remarks,
                *(
                    say.phrase(reason, rules=mark.join(report.titles(rules, language)))
                    for reason, rules in judgement.undecided.items()
                ),
            ]
        )

    environment.filters.update(
        json=filters.as_json,
        markdown=filters.as_markdown,
        plain=filters.as_plain,
        message=filters.as_message,
        uri=filters.as_uri,
        width=filters.display_width,
        clip=filters.clip,
        excerpt=filters.excerpt,
        citation=lambda rule, year="any": filters.citation(rule, say, year),
        grouped=grouped,
        focus=filters.focus,
        steps=lambda steps: say.place(tuple(steps)),
        undecided=undecided,
        where=lambda location: say.where(location.place),
        at=say.where,
        mark=lambda location: f"{location.place.span.line:5d}" if location.place.origin is None else " " * 5,
        place=lambda location: say.place(location.steps),
        part=say.part,
        levelname=say.level,
        said=lambda text: text.in_language(language),
        counted=count_levels,
        byrule=_by_rule,
        marked_text=marked_text,
        stateword=lambda finding: state_word(finding, say),
        statemark=lambda finding: state_mark(finding, say),
        setaside=lambda judgement, report: list(accepted_lines(judgement, report, say)),
        roundtold=lambda report: summary(report, say),
        worst=lambda notes: min((note.finding.level for note in notes), key=LEVELS.index),
        levelclass=lambda level: "note-level" if level == "note" else level,
        shown=filters.harmless,
        asset=lambda name: Markup(_asset(name)),
        digest=_digest,
        artifacts=lambda report: _sarif().artifacts(report),
        limits=lambda run: run.limits(say),
        sarif_results=lambda run, artifacts: _sarif_results(run, artifacts, say),
        sarif_runs=lambda report, split, fixed: _sarif().runs(report, split, fixed),
    )
    environment.globals.update(say=say.phrase, version=__version__, language=language)
    return environment.get_template(name)


def _is_html(name: str | None) -> bool:
    return name is not None and name.endswith(".html.j2")


def _by_rule(findings: Sequence[Finding]) -> list[tuple[Rule, int]]:
    """Rules that found something and how often, the gravest and most frequent first."""
    counts = Counter(finding.rule.id for finding in findings)
    rules = {finding.rule.id: finding.rule for finding in findings}
    ordered = sorted(rules.values(), key=lambda rule: (LEVELS.index(rule.level), -counts[rule.id], rule.id))
    return [(rule, counts[rule.id]) for rule in ordered]


@cache
def _asset(name: str) -> str:
    """A style sheet or script that a page carries inside."""
    with open(os.path.join(templates_folder(), name), encoding="utf-8") as file:
        return file.read()


def _digest(name: str) -> str:
    """The digest by which a page allows its own style sheet or script and no other."""
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(_asset(name).encode()).digest()).decode()


def _sarif_results(run: Any, artifacts: Any, say: Words) -> Iterator[str]:
    """Likewise what writes its results."""
    from perfcheck.reporting.sarif_results import in_batches, sarif_results

    return in_batches(sarif_results(run, artifacts, say))


def _sarif() -> Any:
    """What only SARIF needs, loaded for it only."""
    from perfcheck.reporting import sarif_runs

    return sarif_runs
