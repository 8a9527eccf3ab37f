"""The command that gives a file back with remarks in its margin."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from perfcheck.annotating import is_untouched, suffix_of_copy
from perfcheck.commands import PACK_HELP, Command, Failure, refuse_in_hook, tell
from perfcheck.commands.configuration_options import config_options, with_configuration
from perfcheck.commands.overwriting import Inputs
from perfcheck.commands.path_types import FILE, PATH
from perfcheck.config import FIRST_YEAR, LAST_YEAR, STANDARD_INPUT, Settings
from perfcheck.engine import Judgement
from perfcheck.errors import NoMarginError, PerfcheckError, UnreadableSourceError, why
from perfcheck.reading.file_bytes import bytes_of
from perfcheck.reading.own_files import is_own_copy
from perfcheck.reading.reader import COPY_ENDING
from perfcheck.reporting.report import Report


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--output", "-o", type=FILE, help="写入这个文件（只给一份时） / write to this file")
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="预算年度 / budget year")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="批注的语言 / language  [zh]")
@config_options
@click.pass_context
def annotate(
    ctx: click.Context, /, paths: tuple[str, ...], output: str | None, pack: str, year: int | None, lang: str, **_: Any
) -> None:
    """把问题写成批注，另存一份 / Save a copy with the findings as comments in the margin.

    Word、Excel 写成批注，PDF 写成高亮和附注；旧的 .doc、.xls 要装有 LibreOffice，副本是 .docx、.xlsx
    （旁边已有同名 .docx 的，存为“原名.审核.doc.docx”）。
    原文件不动；不写 -o 时存为“原名.审核.docx”。再运行就换成新的；有人批注或改过的不动，另存为“原名.审核-2.docx”。

    Comments in Word and Excel files, highlights with notes in PDF; old files are converted by LibreOffice. The file
    itself is never touched; without -o the copy is NAME.审核.docx beside it, or
    NAME.审核-2.docx where somebody has written into that.
    """
    from perfcheck.api import check
    from perfcheck.running.files import LeftOut

    if STANDARD_INPUT in paths:
        raise Failure("批注写进文件的副本里，标准输入没有文件；请给出文件名 / annotate needs files, not standard input")
    if output and len(paths) > 1:
        raise Failure("-o 只能和一份文件一起用 / -o takes one file only")
    for path in paths:
        refuse_in_hook(output or copy_name(path))
    settings, _reports, inputs = with_configuration(ctx, Settings(paths, pack=pack, year=year, language=lang))
    inputs.add_settled(settings.baseline, settings.waivers)
    left_out = LeftOut()
    report = check(settings, left_out=left_out)
    tell(left_out, settings.language)
    failed = False
    for judgement in report.judgements:
        failed = not _annotate(judgement, output, settings.language, inputs) or failed
    ctx.exit(2 if failed else report.exit_status("never"))


def annotate_all(report: Report, folder: str, inputs: Inputs) -> bool:
    """A copy with remarks of every file of ``report`` that can carry them, in ``folder``; tells whether all went well.

    Files from several folders keep the folders they have in common ground, so that none is written over another, and
    none of ``inputs`` is written over.
    """
    top = _common_folder([judgement.path for judgement in report.judgements])
    well = True
    for judgement in report.judgements:
        inside = os.path.relpath(os.path.abspath(judgement.path), top)
        well = _annotate(judgement, os.path.join(folder, inside), report.language, inputs, in_folder=True) and well
    return well


def _common_folder(paths: Sequence[str]) -> str:
    """The folder all of ``paths`` lie in; the root of the disk where there is no other."""
    folders = [os.path.dirname(os.path.abspath(path)) for path in paths]
    try:
        return os.path.commonpath(folders)
    except ValueError:  # several disks, or no file
        return os.path.abspath(os.sep)


def copy_name(path: str) -> str:
    """``文本.docx`` -> ``文本.审核.docx``."""
    base, suffix = os.path.splitext(path)
    return base + COPY_ENDING + suffix


def _free(target: str, inputs: Inputs) -> str:
    """``target``, or the first of its numbers under which there is nothing but a copy of ours nobody has touched."""
    base, suffix = os.path.splitext(target)
    name, number = target, 1
    while os.path.lexists(name) and (not _is_ours(name) or inputs.said_of(name)):
        number += 1
        name = f"{base}-{number}{suffix}"
    return name


def _is_ours(name: str) -> bool:
    try:
        return is_untouched(bytes_of(name))
    except UnreadableSourceError:  # whatever it is, it is none of our copies
        return False


def _is_written_into(name: str) -> bool:
    """Whether a copy of ours is there that somebody has written into since: that is kept whoever names it."""
    try:
        data = bytes_of(name)
    except UnreadableSourceError:
        return False
    return is_own_copy(data) and not is_untouched(data)


def _of_new_kind(target: str, path: str, suffix: str) -> str:
    """``target`` with the suffix of the copy, where old files are given back as new ones."""
    base, old = os.path.splitext(target)
    if old.lower() != os.path.splitext(path)[1].lower() or old == suffix:
        return target
    return (target if os.path.exists(os.path.splitext(path)[0] + suffix) else base) + suffix


def _annotate(judgement: Judgement, target: str | None, language: str, inputs: Inputs, in_folder: bool = False) -> bool:
    """Write the copy of one file to ``target``, beside it for None; tells whether that went well.

    ``in_folder`` it goes with copies of others under its own name, and files that have no margin are passed over.
    """
    from perfcheck.api import annotated

    is_explicit = target is not None and not in_folder
    for item in judgement.not_checked:
        click.echo(f"{judgement.path}：未检查 / not checked：{item.reason}", err=True)
    if any(item.rule_id is None for item in judgement.not_checked):
        return True  # its own status says so
    try:
        data = bytes_of(judgement.path)
        copy_suffix = suffix_of_copy(data, os.path.splitext(judgement.path)[1])
        wanted = _of_new_kind(target or copy_name(judgement.path), judgement.path, copy_suffix)
        refused = inputs.said_of(wanted)
        if refused:
            click.echo(f"{judgement.path}：没有写批注，{refused}", err=True)
            return False
        target = wanted if is_explicit and not _is_written_into(wanted) else _free(wanted, inputs)
        made = annotated(judgement, data, language)
    except NoMarginError as error:
        click.echo(str(error), err=True)
        return in_folder
    except UnreadableSourceError as error:
        click.echo(f"{judgement.path}：{error} / {error.en}", err=True)
        return False
    except PerfcheckError as error:
        click.echo(f"{judgement.path}：{error}", err=True)
        return False
    try:
        os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
        with open(target, "wb") as file:
            file.write(made)
    except OSError as error:
        click.echo(f"{judgement.path}：写不进 {target}：{why(error)} / cannot be written", err=True)
        return False
    if target != wanted:
        click.echo(
            f"{wanted}：有人批注或改过（或不是 perfcheck 写的），没有盖掉，另存为 {target} / touched by others, kept",
            err=True,
        )
    click.echo(f"{target}：{len(judgement.findings)} 条批注 / comments", err=True)
    return True
