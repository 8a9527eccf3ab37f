"""The command that gives a file back with remarks in its margin."""

from __future__ import annotations

import os

import click

from perfcheck.commands import PACK_HELP, Command, Failure, refuse_in_hook
from perfcheck.config import FIRST_YEAR, LAST_YEAR, Settings
from perfcheck.engine import Judgement
from perfcheck.reporting.report import Report

ENDING = ".审核"
"""What is put between name and suffix of a copy with remarks."""


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="写入这个文件（只给一份时） / write to this file")
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="预算年度 / budget year")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="批注的语言 / language  [zh]")
@click.pass_context
def annotate(
    ctx: click.Context, paths: tuple[str, ...], output: str | None, pack: str, year: int | None, lang: str
) -> None:
    """把问题写成批注，另存一份 / Save a copy with the findings as comments in the margin.

    原文件不动；不写 -o 时存为“原名.审核.docx”。

    The file itself is never touched; without -o the copy is NAME.审核.docx beside it.
    """
    from perfcheck.api import check

    if output and len(paths) > 1:
        raise Failure("-o 只能和一份文件一起用 / -o takes one file only")
    for path in paths:
        refuse_in_hook(output or copy_name(path))
    report = check(Settings(paths, pack=pack, year=year, language=lang))
    for judgement in report.judgements:
        _annotate(judgement, output or copy_name(judgement.path), lang)
    ctx.exit(report.exit_status("never"))


def annotate_all(report: Report, folder: str) -> None:
    """A copy with remarks of every file of ``report`` that can carry them, in ``folder``."""
    os.makedirs(folder, exist_ok=True)
    for judgement in report.judgements:
        _annotate(judgement, os.path.join(folder, os.path.basename(judgement.path)), report.language)


def copy_name(path: str) -> str:
    """``文本.docx`` -> ``文本.审核.docx``."""
    base, suffix = os.path.splitext(path)
    return base + ENDING + suffix


def _annotate(judgement: Judgement, target: str, language: str) -> None:
    from perfcheck.annotating import annotate_bytes

    for item in judgement.not_checked:
        click.echo(f"{judgement.path}：未检查 / not checked：{item.reason}", err=True)
    if any(item.rule_id is None for item in judgement.not_checked):
        return
    if os.path.exists(target) and os.path.samefile(judgement.path, target):
        raise Failure(f"{target} 就是原文件；批注只写进副本，请换一个名字 / that is the file itself")
    with open(judgement.path, "rb") as file:
        data = file.read()
    made = annotate_bytes(judgement, data, language)
    try:
        with open(target, "wb") as file:
            file.write(made)
    except OSError as error:
        raise Failure(f"写不进 {target}：{error.strerror or error}") from None
    click.echo(f"{target}：{len(judgement.findings)} 条批注 / comments", err=True)
