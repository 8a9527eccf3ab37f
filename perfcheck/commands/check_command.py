"""``perfcheck check``: its options become one :class:`Settings`, everything else happens below."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from perfcheck.commands import HOOK_VARIABLE, PACK_HELP, Command, Failure, refuse_in_hook, tell, write
from perfcheck.commands.configuration_options import config_options, with_configuration
from perfcheck.commands.path_types import FILE, FOLDER, PATH
from perfcheck.commands.scale_options import scale_options, scale_settings, without_unusable_cache
from perfcheck.config import FIRST_YEAR, LAST_YEAR


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--format",
    "format_",
    type=click.Choice(
        [
            "text", "markdown", "sarif", "json", "csv", "xlsx", "docx", "html",
            "github", "gitlab", "jsonl", "junit", "rdjsonl", "sarif-split", "template",
        ]
    ),
    help="输出格式 / output format  [text]",
)  # fmt: skip
@click.option("--output", "-o", type=FILE, help="写入文件，不写到屏幕 / write to a file")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="另写一份报告，可写多次 / one more report, e.g. sarif=out.sarif",
)
@click.option(
    "--template",
    type=FILE,
    metavar="FILE",
    help="自己的 Jinja 模板 / a template of your own",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    help="到哪一级算不通过 / lowest level that fails  [error]",
)
@click.option(
    "--select", multiple=True, metavar="ID", help="只用这些规则或类别，可写多次 / only these rules or categories"
)
@click.option(
    "--ignore", multiple=True, metavar="ID", help="不用这些规则或类别，可写多次 / without these rules or categories"
)
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option(
    "--year",
    type=click.IntRange(FIRST_YEAR, LAST_YEAR),
    help="预算年度，不写则从文本里找 / budget year, else found in the text",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="报告的语言 / language of the report  [zh]")
@click.option("--quiet", "-q", is_flag=True, help="只列问题，不列依据、改法和汇总 / findings only")
@click.option("--statistics", is_flag=True, help="按规则统计；屏幕上另列用时 / count by rule; say what took time")
@click.option(
    "--annotate",
    type=FOLDER,
    metavar="DIR",
    help="把问题写成批注，存成副本放进 DIR / put copies with comments into DIR",
)
@click.option(
    "--baseline",
    type=FILE,
    metavar="FILE",
    help="已知的旧问题，只有新问题计入结果 / known faults; only new findings count",
)
@click.option("--no-baseline", is_flag=True, help="不用 --baseline / as if without --baseline")
@click.option(
    "--waivers",
    type=FILE,
    metavar="FILE",
    help="批准了的豁免，写明理由、批准人、期限 / approved waivers with reason, approver and expiry",
)
@click.option("--no-waivers", is_flag=True, help="豁免一律不认，文本里的标记也不认 / no waiver or marker counts")
@click.option("--today", hidden=True, metavar="DAY", help="豁免按这一天算 / the day waivers are held against")
@click.option("--show-accepted", is_flag=True, help="未改、已豁免、已改的也列出 / list what does not count, too")
@click.option("--jobs", "-j", default="auto", metavar="N", help="同时用几个进程 / processes  [auto]")
@click.option(
    "--cache-dir",
    type=PATH,
    metavar="DIR",
    help="查过的结果存在 DIR，没有改动的文件下次不再查 / keep outcomes in DIR",
)
@click.option("--no-cache", is_flag=True, help="不用 --cache-dir / as if without --cache-dir")
@click.option(
    "--compare",
    type=click.Choice(["yes", "no", "only"]),
    default="yes",
    help="几份文本是否互相比较，only 只比较 / hold documents against each other, or only that  [yes]",
)
@click.option(
    "--tracked",
    is_flag=True,
    help="只看 git 跟踪的文件，PATHS 是 git 的通配写法 / files git tracks; PATHS are git's patterns",
)
@config_options
@scale_options
@click.option("--no-group", is_flag=True, help="同样的问题逐处列出，不合并 / every place by itself")
@click.option(
    "--explain-applicability",
    is_flag=True,
    help="只说明按哪年、哪种表样检查，凭什么，因此不用哪些规则 / say which year and layout, on what evidence, and stop",
)
def check(paths: tuple[str, ...], format_: str | None, output: str | None, fail_on: str, **given: Any) -> None:
    """检查文件或文件夹 / Check files or folders.

    “-”表示标准输入。退出码：0 通过，1 有问题，2 有文件未能检查或用法有误。

    "-" is standard input. Exit status: 0 clean, 1 findings, 2 something could not be checked.
    """
    if given["watch"]:
        from perfcheck.commands.watching import watch

        watch(click.get_current_context())
    from perfcheck.api import check as run
    from perfcheck.commands.outputs import main_format, requested, to, write_all
    from perfcheck.config import Settings
    from perfcheck.reporting.formats import Options
    from perfcheck.running.files import LeftOut

    is_asked_for = format_ is not None
    format_ = main_format(format_, given["template"], given["reports"])
    is_asked_for = is_asked_for or format_ == "template"
    output = to(format_, output).file
    settings = Settings(
        tuple(sorted(paths)),  # the report is the same in whatever order a shell or hook names the files
        pack=given["pack"],
        format=format_,
        output=output,
        fail_on=fail_on,  # type: ignore[arg-type]
        select=split(given["select"]),
        ignore=split(given["ignore"]),
        year=given["year"],
        language=given["lang"],
        quiet=given["quiet"],
        statistics=given["statistics"],
        jobs=jobs(given["jobs"]),
        baseline=None if given["no_baseline"] else given["baseline"],
        waivers=given["waivers"],
        no_waivers=given["no_waivers"],
        today=given["today"],
        cache_folder=None if given["no_cache"] else given["cache_dir"],
        tracked=given["tracked"],
        compare=given["compare"],
        color=output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        **scale_settings(given),
    )
    if given["tracked"] and "-" in paths:
        raise Failure("--tracked 不能和标准输入一起用 / not with standard input")
    settings, reports, inputs = with_configuration(click.get_current_context(), settings)
    settings = without_unusable_cache(settings)
    main = to(settings.format, output)
    outputs = requested(given["reports"] or reports, main, given["template"], is_asked_for, settings.part)
    settings = settings._replace(more_formats=tuple(other.format for other in outputs))
    inputs.add_settled(settings.baseline, settings.waivers, given["template"])
    inputs.controls().refuse(*(other.file for other in outputs))
    inputs.refuse(settings.part)
    left_out = LeftOut(copies=given["annotate"])
    if given["explain_applicability"]:
        from perfcheck.api import explain_applicability
        from perfcheck.reporting.formats import render_applicability

        inputs.refuse(output)
        pack, items = explain_applicability(settings, left_out)
        tell(left_out, settings.language)
        write(render_applicability(items, pack.rules, settings.language), output)
        click.get_current_context().exit(2 if any(item.unread for item in items) else 0)
    if given["annotate"]:
        refuse_in_hook(given["annotate"])
    timing = None
    if settings.statistics:
        from perfcheck.running.timing import Timing

        timing = Timing()
    report = run(settings, _progress, timing, left_out)
    tell(left_out, settings.language)
    options = Options(
        settings.color,
        settings.quiet,
        settings.statistics,
        not given["no_group"],
        given["template"],
        brief=HOOK_VARIABLE in os.environ,
        show_accepted=given["show_accepted"],
    )
    write_all(report, outputs, options)
    if given["annotate"]:
        from perfcheck.commands.annotate_command import annotate_all

        if not annotate_all(report, given["annotate"], inputs):
            click.get_current_context().exit(2)
    if timing is not None:  # beside the report, which is the same each time
        click.echo(timing.table(settings.language), err=True, nl=False)
    empty_part = settings.shard is not None and not report.judgements  # more parts than files: the others have them
    status = report.exit_status(settings.fail_on, report.fail_on_of)
    click.get_current_context().exit(0 if empty_part else status)


def split(words: tuple[str, ...]) -> tuple[str, ...]:
    """Options given several times or with commas."""
    return tuple(word.strip() for given in words for word in given.split(",") if word.strip())


def jobs(text: str) -> str:
    """``text`` as a number of processes, or ``auto``."""
    if text != "auto" and not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise Failure(f"--jobs 写进程数（1 以上）或 auto，写的是“{text}” / --jobs takes a number or auto")
    return text


def _progress(paths: Any) -> Any:
    """A progress bar on standard error for long runs on a terminal."""
    if len(paths) < 50 or not sys.stderr.isatty():
        yield from paths
        return
    with click.progressbar(paths, file=sys.stderr, label="检查") as bar:
        yield from bar
