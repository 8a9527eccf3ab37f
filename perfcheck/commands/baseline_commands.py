"""``perfcheck baseline``: old faults are written down once, so that only new ones count from then on."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from perfcheck.commands import PACK_HELP, Failure, Group, tell, write
from perfcheck.commands.configuration_options import config_options, with_configuration
from perfcheck.commands.path_types import FILE, PATH
from perfcheck.config import FIRST_YEAR, LAST_YEAR, FailOn, Settings

if TYPE_CHECKING:
    from perfcheck.accepted.known_faults import Baseline
    from perfcheck.accepted.rounds import Round

DEFAULT = "perfcheck-baseline.json"


@click.group(cls=Group)
def baseline() -> None:
    """旧问题的基线：只有新问题才计入结果 / Known faults, so that only new ones count.

    例 / e.g.  perfcheck baseline create 文本/   然后 / then   perfcheck check 文本/ --baseline perfcheck-baseline.json
    """


OPTIONS = (
    click.argument("paths", nargs=-1, required=True, type=PATH),
    click.option("--baseline", "file", type=FILE, metavar="FILE",
                 help=f"基线文件，不写用配置里的 / the file, else as configured  [{DEFAULT}]"),
    click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP),
    click.option("--select", multiple=True, metavar="ID", help="只用这些规则或类别 / only these rules or categories"),
    click.option("--ignore", multiple=True, metavar="ID", help="不用这些规则或类别 / without these"),
    click.option("--waivers", type=FILE, metavar="FILE", help="豁免文件，豁免的不记 / waivers"),
    click.option("--no-waivers", is_flag=True, help="豁免一律不认 / no waiver counts"),
    click.option("--today", hidden=True, metavar="DAY", help="豁免按这一天算 / the day waivers are held against"),
    click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="预算年度 / budget year"),
    click.option("--jobs", "-j", default="auto", metavar="N", help="同时用几个进程 / processes  [auto]"),
)  # fmt: skip


def _command(function: Callable[..., None]) -> Any:
    """``function`` as a command with the options all of them take."""
    for option in reversed(OPTIONS):
        function = option(function)
    function = config_options(function)
    return baseline.command(name=function.__name__.strip("_"))(function)


@_command
@click.option("--force", is_flag=True, help="已有基线也重建 / replace a baseline that is there")
def create(file: str | None, force: bool, **given: Any) -> None:
    """记下现有的全部问题 / Write down all faults there are.

    豁免的问题不记。退出码：0 已写，2 有文件未能检查（其余的已写）。
    """
    from perfcheck.accepted.known_faults import Baseline

    settings, file = _settings(file, given)
    if os.path.exists(file) and not force:
        raise Failure(f"已有 {file}；更新用 perfcheck baseline update，重建加 --force / there is one already")
    made, unread = _run(Baseline(""), file, settings)
    _keep(file, made.updated)
    _end(f"{file}：记下 {made.updated.faults} 处旧问题 / known faults", unread)


@_command
def update(file: str | None, **given: Any) -> None:
    """记入新问题，去掉已改的 / Take new faults in and fixed ones out.

    没有检查到的文件和规则，原来记的都保留。
    """
    from perfcheck.accepted.baseline_file import read_baseline

    settings, file = _settings(file, given)
    made, unread = _run(read_baseline(file), file, settings)
    _keep(file, made.updated)
    counts = _counts(made)
    _end(
        f"{file}：新增 {counts['new']} 处，已改 {counts['fixed']} 处，未改 {counts['unchanged']} 处，"
        f"现有 {made.updated.faults} 处{_gone(made)} / "
        f"{counts['new']} new, {counts['fixed']} fixed, {counts['unchanged']} unchanged",
        unread,
    )


@_command
def prune(file: str | None, **given: Any) -> None:
    """只去掉已改的，不记入新的 / Only take fixed faults out.

    没有检查到的文件和规则，原来记的都保留。
    """
    from perfcheck.accepted.baseline_file import read_baseline

    settings, file = _settings(file, given)
    before = read_baseline(file)
    made, unread = _run(before, file, settings)
    _keep(file, made.pruned)
    left = made.pruned.faults
    _end(f"{file}：去掉 {before.faults - left} 处，留下 {left} 处{_gone(made)} / removed, kept", unread)


@_command
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="note",
    help="新问题到哪一级算不符 / lowest level of new findings that fails  [note]",
)
@click.option("--exact", is_flag=True, help="有已改而没有去掉的，也算不符 / fixed faults still listed fail, too")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="报告的语言 / language of the report  [zh]")
def check(file: str | None, fail_on: FailOn, exact: bool, lang: str, **given: Any) -> None:
    """看基线与文本是否相符，不改写 / See whether baseline and documents agree; nothing is written.

    退出码：0 没有新问题，1 有新问题（加 --exact 时，有已改的、文本已不在的也算），2 有文件未能检查。
    """
    from perfcheck.accepted.baseline_file import read_baseline
    from perfcheck.api import judge_files, report
    from perfcheck.reporting.formats import Options, render
    from perfcheck.running.settling import round_of

    settings, file = _settings(file, given, fail_on, lang)
    before = read_baseline(file)
    judgements, pack = judge_files(settings)
    made = report(settings._replace(baseline=file), judgements, pack)
    gone = round_of(judgements, settings, pack, before, file).gone
    write(render(made, "text", Options(quiet=False, show_accepted=True)), None)
    stale = made.rounds["fixed"] + sum(fault.times for document in gone for fault in document.faults)
    if stale or gone:
        which = f"（{len(gone)} 份文本已不在）" if gone else ""
        click.echo(
            f"有 {stale} 处已改{which}，用 perfcheck baseline prune 去掉 / fixed faults to prune: {stale}", err=True
        )
    status = made.exit_status(fail_on)
    click.get_current_context().exit(1 if status == 0 and exact and (stale or gone) else status)


def _settings(
    file: str | None, given: dict[str, Any], fail_on: FailOn = "error", lang: str = "zh"
) -> tuple[Settings, str]:
    """The settings of the run, without a baseline, and the baseline: as given, as configured, or the default."""
    from perfcheck.commands.check_command import jobs, split

    settings = Settings(
        given["paths"],
        fail_on=fail_on,
        language=lang,
        pack=given["pack"],
        select=split(given["select"]),
        ignore=split(given["ignore"]),
        year=given["year"],
        jobs=jobs(given["jobs"]),
        waivers=given["waivers"],
        no_waivers=given["no_waivers"],
        today=given["today"],
    )
    settings, _reports, inputs = with_configuration(click.get_current_context(), settings._replace(baseline=None))
    file = file or settings.baseline or DEFAULT
    inputs.add_settled(None, settings.waivers)
    inputs.refuse(file)
    return settings._replace(baseline=None), file


def _run(before: Baseline, file: str, settings: Settings) -> tuple[Round, int]:
    """The run beside the baseline ``before``, and how many things could not be checked."""
    from perfcheck.api import judge_files
    from perfcheck.running.files import LeftOut
    from perfcheck.running.settling import round_of

    left_out = LeftOut()
    judgements, pack = judge_files(settings, left_out=left_out)
    tell(left_out)
    made = round_of(judgements, settings, pack, before, file)
    failed = [item for judgement in made.judgements for item in judgement.not_checked]
    for item in failed:
        rule = f"[{item.rule_id}] " if item.rule_id else ""
        click.echo(f"{item.path}：未检查 / not checked：{rule}{item.reason}", err=True)
    return made, len(failed)


def _keep(file: str, content: Baseline) -> None:
    from perfcheck.accepted.baseline_file import write_baseline

    write_baseline(file, content)


def _counts(made: Round) -> dict[str, int]:
    findings = [one for judgement in made.judgements for one in judgement.findings if one.waiver is None]
    unchanged = sum(finding.state == "unchanged" for finding in findings)
    fixed = sum(fault.times for judgement in made.judgements for fault in judgement.fixed)
    return {"new": len(findings) - unchanged, "unchanged": unchanged, "fixed": fixed}


def _gone(made: Round) -> str:
    return f"，去掉 {len(made.gone)} 份已不在的文本" if made.gone else ""


def _end(sentence: str, unread: int) -> None:
    if unread:
        sentence += f"；{unread} 项未能检查，原来记的保留 / {unread} not checked"
    click.echo(sentence)
    click.get_current_context().exit(2 if unread else 0)
