"""Several reports of one run, each to its own file; one that cannot be written does not keep back the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from perfcheck.commands import Failure, write
from perfcheck.commands.overwriting import STANDARD_OUTPUT, Inputs
from perfcheck.errors import PerfcheckError, SettingsError, why
from perfcheck.finding import LEVELS
from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.formats import FORMATS, Options, pieces, render
from perfcheck.reporting.report import Report
from perfcheck.reporting.words import words

SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
"""Where GitHub Actions says which file the summary of the job goes into."""


class Output(NamedTuple):
    """A format and the file it goes into; without one, the screen."""

    format: str
    file: str | None


def main_format(given: str | None, template: str | None, reports: Sequence[str]) -> str:
    """The format for the screen or ``--output``: as given, else the template, unless that goes elsewhere."""
    if given:
        return given
    own_file = any(report.startswith("template=") for report in reports)
    return "template" if template and not own_file else "text"


def requested(
    reports: Sequence[str], main: Output, template: str | None, is_asked_for: bool, part: str | None = None
) -> list[Output]:
    """All outputs of a call, those to files first; raises :class:`SettingsError` for what cannot be meant.

    A report may go to the screen, ``-``, in the place of the ``main`` one, unless that ``is_asked_for``. ``part`` is
    another file that is written.
    """
    more = [_output(report) for report in reports]
    outputs = [output for output in (*more, main) if output.file is not None]
    on_screen = [output for output in more if output.file is None]
    if main.file is None and (is_asked_for or not on_screen):
        on_screen.append(main)
    if len(on_screen) > 1:
        named = "、".join(output.format for output in on_screen)
        raise SettingsError(f"屏幕（标准输出）上只能写一份报告，写了几份：{named} / one report for standard output")
    outputs += on_screen
    seen = {os.path.realpath(part)} if part else set()
    for output in outputs:
        if output.file is not None:
            real = os.path.realpath(output.file)
            if real in seen:
                raise SettingsError(f"两份报告不能写进同一个文件：{output.file} / two reports for one file")
            seen.add(real)
    if any(output.format == "template" for output in outputs):
        from perfcheck.reporting.user_template import user_template

        user_template(template)  # what is wrong with it is said before anything is checked
    elif template:
        raise SettingsError("给了 --template，却没有用到它 / --template is given but not used")
    return outputs


def _output(report: str) -> Output:
    name, _, file = report.partition("=")
    if name not in FORMATS:
        raise SettingsError(f"--report 不认识“{name}”这种格式，可用的有：{'、'.join(FORMATS)} / unknown format")
    if not file:
        raise SettingsError(f"--report {name} 要写明文件，例：--report {name}=结果 / a file is needed")
    return to(name, file)


def to(format: str, file: str | None) -> Output:
    """A report in ``format`` to ``file``; ``-`` is standard output, as no file at all is."""
    return Output(format, None if file == STANDARD_OUTPUT else file)


def write_all(report: Report, outputs: Sequence[Output], options: Options) -> None:
    """Write every output; raises :class:`Failure` at the end with what could not be written."""
    documents = Inputs([judgement.path for judgement in report.judgements])
    failures = []
    for output in outputs:
        refused = documents.said_of(output.file)
        if refused:
            failures.append(refused)
            continue
        # colours are for the screen only
        chosen = options if output.file is None else options._replace(color=False)
        try:
            write(pieces(report, output.format, chosen), output.file)
        except (Failure, PerfcheckError) as error:
            failures.append(error.message if isinstance(error, Failure) else str(error))
    if any(output.format == "github" for output in outputs):
        _write_step_summary(report, options, failures)
    if failures:
        raise Failure("；".join(failures))
    if sys.stderr.isatty() and all(output.file is not None for output in outputs):
        _tell_where(report, [output.file for output in outputs if output.file is not None])


def _tell_where(report: Report, files: Sequence[str]) -> None:
    """What was found and where it is written, for somebody who would see nothing at all."""
    say, counts = words(report.language), report.counts
    levels = "  ".join(f"{say.level(level)} {counts[level]}" for level in LEVELS)
    missed = f"  {say.phrase('not_checked')} {len(report.not_checked)}" if report.not_checked else ""
    click.echo(f"perfcheck: {levels}{missed}  → {say.phrase('between_names').join(files)}", err=True)


def _write_step_summary(report: Report, options: Options, failures: list[str]) -> None:
    """Add to the summary of the GitHub Actions step, where there is one."""
    file = os.environ.get(SUMMARY_VARIABLE)
    if not file:
        return
    from perfcheck.reporting.github_report import LARGEST_SUMMARY, step_summary

    markdown = render(report, "markdown", options)
    assert isinstance(markdown, str)
    try:
        taken = os.path.getsize(file) if os.path.exists(file) else 0
        with open(file, "a", encoding="utf-8", errors="replace", newline="\n") as summary:
            summary.write(step_summary(report, markdown, LARGEST_SUMMARY - taken))
    except OSError as error:
        failures.append(f"写不进任务摘要 {file}：{why(error)} / the job summary was not written")
