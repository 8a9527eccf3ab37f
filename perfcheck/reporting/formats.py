"""The table of formats: a template each, or a writer where there is nothing to lay out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.report import Applicability, Report
from perfcheck.rulebook.rule import Rule

PIECE = 50
"""How many bits of a template are put together before they are written."""


class Options(NamedTuple):
    """How to render, beside the report itself."""

    color: bool = False
    quiet: bool = False
    statistics: bool = False
    group: bool = True
    """Put mass defects together, in the formats for people."""
    template: str | None = None
    """The file of the user's own template, for the format ``template``."""
    brief: bool = False
    """In the text for people: what to do and how much there is, without basis and the list of files."""
    show_accepted: bool = False
    """List what does not count, too: what was waived, known to the baseline, or fixed since."""


class Format(NamedTuple):
    """``template`` lays the report out; ``write`` answers what needs no template, else gives None."""

    template: str | None
    about: str
    write: Callable[[Report, Options], str | bytes | Iterator[str] | None] = lambda report, options: None
    binary: bool = False
    """Whether it is a file of its own kind and no text."""
    shows_source: bool = False
    """Whether it shows the documents themselves, which are then kept until it is written."""


def _json(report: Report, options: Options) -> Iterator[str]:
    from perfcheck.reporting.json_report import json_report

    return json_report(report)


def _csv(report: Report, options: Options) -> Iterator[str]:
    from perfcheck.reporting.csv_report import csv_report

    return csv_report(report, options.show_accepted)


def _xlsx(report: Report, options: Options) -> bytes:
    from perfcheck.reporting.xlsx_report import xlsx_report

    return xlsx_report(report, options.show_accepted)


def _docx(report: Report, options: Options) -> bytes:
    from perfcheck.reporting.docx_report import docx_report

    return docx_report(report, options.group, options.show_accepted)


def _github(report: Report, options: Options) -> str:
    from perfcheck.reporting.github_report import github_report

    return github_report(report, options.quiet)


def _gitlab(report: Report, options: Options) -> str:
    from perfcheck.reporting.gitlab_report import gitlab_report

    return gitlab_report(report)


def _jsonl(report: Report, options: Options) -> Iterator[str]:
    from perfcheck.reporting.jsonl_report import jsonl_report

    return jsonl_report(report, options.show_accepted)


def _junit(report: Report, options: Options) -> Iterator[str]:
    from perfcheck.reporting.junit_report import junit_report

    return junit_report(report)


def _rdjsonl(report: Report, options: Options) -> Iterator[str]:
    from perfcheck.reporting.rdjsonl_report import rdjsonl_report

    return rdjsonl_report(report)


def _template(report: Report, options: Options) -> str:
    from perfcheck.reporting.user_template import user_template

    return user_template(options.template)(report)


def _clean(report: Report, options: Options) -> str | None:
    """The one line of a run without findings: Jinja would cost more than the whole check."""
    if report.findings or report.not_checked or report.has_undecided or report.compared or report.accepted:
        return None
    from perfcheck.reporting.words import words

    say = words(report.language).phrase
    scope = say("unit_count", count=report.documents, projects=report.projects, indicators=report.indicators)
    return "" if options.quiet else say("clean", scope=scope) + "\n"


FORMATS: dict[str, Format] = {
    "text": Format("text.j2", "给人看的清单，按位置列出问题、依据和改法", _clean),
    "markdown": Format("markdown.j2", "汇总表加逐份文本的问题表，用于合并请求和任务摘要"),
    "sarif": Format("sarif.json.j2", "SARIF 2.1.0，用于 GitHub 代码扫描等"),
    "json": Format(None, "perfcheck 自己的 JSON，供程序读取", _json),
    "csv": Format(None, "问题清单，Excel 双击可开", _csv),
    "xlsx": Format(None, "问题清单和统计表（需要 perfcheck[report]）", _xlsx, binary=True),
    "docx": Format(None, "审核意见表，按四个维度排列，可打印签字（需要 perfcheck[docx]）", _docx, binary=True),
    "html": Format("report.html.j2", "一个网页，问题标在原表旁边，可筛选，可打印，不用联网", shows_source=True),
    "github": Format(None, "GitHub Actions 的注释，由重到轻；任务摘要另写进 $GITHUB_STEP_SUMMARY", _github),
    "gitlab": Format(None, "GitLab 的 Code Quality 报告", _gitlab),
    "jsonl": Format(None, "一行一处问题的 JSON，供 DuckDB 等查询", _jsonl),
    "junit": Format(None, "JUnit XML，通过、不通过、不适用、未检查都列出", _junit),
    "rdjsonl": Format(None, "reviewdog 的 rdjsonl", _rdjsonl),
    "sarif-split": Format("sarif-split.json.j2", "SARIF，规则的每一大类单独成一次运行，用于五千处以上的问题"),
    "template": Format(None, "自己的 Jinja 模板，用 --template 给出", _template),
}
"""Name -> format. A new one is a template and a line here."""


def make_ready(formats: Iterable[str], language: str) -> None:
    """Load what reports in these formats are laid out with, for whoever has to wait before there is one."""
    templates = [template for name in formats if (template := FORMATS[name].template) is not None]
    if templates:
        from perfcheck.reporting.environment import template as loaded

        for name in templates:
            loaded(name, language)


def render(report: Report, format: str, options: Options | None = None) -> str | bytes:
    """The report in ``format``, as bytes where that is no text."""
    whole = pieces(report, format, options)
    return whole if isinstance(whole, (str, bytes)) else "".join(whole)


def pieces(report: Report, format: str, options: Options | None = None) -> str | bytes | Iterator[str]:
    """The same piece by piece, but for small ones: one of many files is larger than all else of a run."""
    options = options or Options()
    chosen = FORMATS[format]
    written = chosen.write(report, options)
    if isinstance(written, Iterator):
        from perfcheck.reporting.streams import in_chunks

        return in_chunks(written)
    if written is not None:
        return written
    from perfcheck.reporting.environment import template

    assert chosen.template is not None  # a format without a template writes everything itself
    stream = template(chosen.template, report.language).stream(report=report, options=options)
    stream.enable_buffering(PIECE)
    return iter(stream)


def render_applicability(items: Sequence[Applicability], rules: Sequence[Rule], language: str) -> str:
    """Which layout and year files were taken for, and what that switched off, for people."""
    from perfcheck.reporting.environment import template

    titles = {rule.id: rule.title for rule in rules}
    return template("applicability.j2", language).render(items=items, rules=rules, titles=titles)
