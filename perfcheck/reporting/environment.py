"""The Jinja environment of the report templates; imported only when a template renders."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template

from perfcheck import __version__
from perfcheck.engine import Judgement
from perfcheck.reporting import filters
from perfcheck.reporting.grouping import grouped
from perfcheck.reporting.report import Report, count_levels
from perfcheck.reporting.sarif_results import sarif_results
from perfcheck.reporting.words import words
from perfcheck.resources import cache_folder, templates_folder


@cache
def template(name: str, language: str) -> Template:
    """The template ``name`` with filters and words of ``language``."""
    cache = cache_folder()
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        bytecode_cache=FileSystemBytecodeCache(cache, "template-%s.cache") if cache else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # no format here is HTML; each has a filter of its own for what a document contains
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
        results=lambda report: sarif_results(report, say),
        where=lambda location: say.where(location.place),
        mark=lambda location: f"{location.place.span.line:5d}" if location.place.origin is None else " " * 5,
        place=lambda location: say.place(location.steps),
        part=say.part,
        levelname=say.level,
        said=lambda text: text.in_language(language),
        counted=count_levels,
    )
    environment.globals.update(say=say.phrase, version=__version__, language=language)
    return environment.get_template(name)
