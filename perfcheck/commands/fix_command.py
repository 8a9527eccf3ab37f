"""``perfcheck fix``: mends what has one right answer, in the file itself or shown as a diff."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from perfcheck.commands import PACK_HELP, Command, Failure, tell, write
from perfcheck.commands.configuration_options import config_options, with_configuration
from perfcheck.commands.overwriting import STANDARD_OUTPUT
from perfcheck.commands.path_types import FILE, PATH
from perfcheck.config import FIRST_YEAR, LAST_YEAR, STANDARD_INPUT, Settings
from perfcheck.errors import why

if TYPE_CHECKING:
    from perfcheck.engine import Judgement
    from perfcheck.errors import UnreadableSourceError
    from perfcheck.rulebook import Pack
    from perfcheck.running.repairs import Mender, Mending


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--diff", is_flag=True, help="只显示会怎么改，不写文件 / show what would change, write nothing")
@click.option("--unsafe", is_flag=True, help="需要人判断的也改 / also what a person should judge")
@click.option("--select", multiple=True, metavar="ID", help="只改这些规则或类别的问题 / only these rules or categories")
@click.option("--ignore", multiple=True, metavar="ID", help="不改这些规则或类别的问题 / not these rules or categories")
@click.option("--output", "-o", type=FILE, help="写入这个文件，原文件不动 / write to this file")
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="预算年度 / budget year")
@click.option("--waivers", type=FILE, metavar="FILE", help="豁免了的不改 / what is waived stays")
@click.option("--no-waivers", is_flag=True, help="豁免一律不认，文本里的标记也不认 / no waiver or marker counts")
@config_options
@click.pass_context
def fix(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    diff: bool,
    unsafe: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output: str | None,
    pack: str,
    year: int | None,
    waivers: str | None,
    no_waivers: bool,
    **_: Any,
) -> None:
    """改正只有一种改法的问题 / Mend what has one right answer.

    改 .txt 和 .docx；.docx 里写成修订，由人接受或拒绝。“-”表示标准输入，结果写到屏幕。
    退出码：0 没有要改的，或已改好；1 用 --diff 时有要改的；2 有文件没能处理或用法有误。

    Word files get tracked changes. Exit status: 0 nothing left to mend, 1 with --diff when something
    would change, 2 something could not be mended or the call was wrong.
    """
    from perfcheck.errors import OwnReportError
    from perfcheck.running.files import LeftOut, find_files

    left_out = LeftOut()
    files = find_files(paths, left_out=left_out)
    if output and len(files) > 1:
        raise Failure("-o 只能和一份文件一起用 / -o takes one file only")
    settings = Settings(paths, pack=pack, year=year, waivers=waivers, no_waivers=no_waivers)
    settings, _reports, inputs = with_configuration(ctx, settings)
    inputs.add_settled(settings.baseline, settings.waivers)
    inputs.refuse(None if output == STANDARD_OUTPUT else output)
    mender_of = _menders(settings, _split(select), _split(ignore), unsafe)
    failed = changed = False
    for path in files:
        try:
            mending = _mend(mender_of(path), path)
        except OwnReportError as error:
            if not left_out.leaves(path, paths):
                _refuse(path, error)
                failed = True
            continue
        if mending is None:
            failed = True
            continue
        changed = changed or bool(mending.done)
        try:
            if diff:
                write("".join(_difference(mending)), output)
            elif output == STANDARD_OUTPUT or (path == STANDARD_INPUT and not output):
                sys.stdout.buffer.write(mending.data)
            elif output or mending.done:
                _save(mending.data, output or path)
        except Failure as failure:  # the others are mended all the same
            click.echo(f"{path}：没有修改 / not mended：{failure.message}", err=True)
            failed = True
            continue
        _say(mending, diff)
    tell(left_out)
    ctx.exit(2 if failed else 1 if diff and changed else 0)


def _menders(
    settings: Settings, select: tuple[str, ...], ignore: tuple[str, ...], unsafe: bool
) -> Callable[[str], Mender]:
    """Gives the mender of each file: by the rules its configuration has on, of those the chosen ones."""
    from perfcheck.api import VOCABULARY, chosen_rules, open_pack, part_in
    from perfcheck.running.repairs import Mender

    mendable = False

    def chosen(pack: Pack) -> tuple[str, ...]:
        nonlocal mendable
        names = {name.id for name in chosen_rules(pack.known, select, ignore)}
        mendable = mendable or any(rule.fix is not None and rule.id in names for rule in pack.rules)
        return tuple(names)

    words = part_in("zh")
    by_path: dict[str, Mender] = {}
    for group in settings.groups:
        from perfcheck.configuration.tailoring import TailoredRules

        rules = TailoredRules(group, VOCABULARY)
        ids = chosen(rules.every_pack())
        every = rules.every_pack()
        made = Mender(
            every,
            words,
            chosen=ids,
            unsafe=unsafe,
            year=group.year,
            judge_by=rules.judge,
            accept=_accepting(settings, every),
        )
        by_path.update(dict.fromkeys(group.paths, made))
    if not settings.groups:
        pack = open_pack(settings.pack)
        ids, accept = chosen(pack), _accepting(settings, pack)
        alone = Mender(pack, words, chosen=ids, unsafe=unsafe, year=settings.year, accept=accept)
    if not mendable:
        raise Failure(
            "所选的规则都不能自动修改；perfcheck rules 里注明“可自动修改”的才能 / none of these rules can be mended"
        )
    return by_path.__getitem__ if by_path else lambda path: alone


def _accepting(settings: Settings, pack: Pack) -> Callable[[Judgement], Judgement] | None:
    """Sets aside what of a judgement is waived; what a baseline knows is a fault like others and is mended."""
    if settings.no_waivers:
        return None
    settings = settings._replace(baseline=None)

    def accept(judgement: Judgement) -> Judgement:
        if settings.waivers is None and not judgement.markers:
            return judgement
        from perfcheck.running.settling import settled

        return settled((judgement,), settings, pack)[0][0]

    return accept


def _mend(mender: Mender, path: str) -> Mending | None:
    """What became of the file; None where it could not be mended, which is said."""
    from perfcheck.errors import OwnReportError, UnreadableSourceError
    from perfcheck.reading.file_bytes import bytes_of
    from perfcheck.running.read_files import standard_input

    try:
        if path == STANDARD_INPUT:
            return mender.mend("<stdin>", standard_input())
        return mender.mend(path, bytes_of(path))
    except OwnReportError:
        raise
    except UnreadableSourceError as error:
        _refuse(path, error)
    return None


def _refuse(path: str, error: UnreadableSourceError) -> None:
    click.echo(f"{path}：没有修改 / not mended：{error} / {error.en}", err=True)


def _say(mending: Mending, diff: bool) -> None:
    """One line for what was mended, and one for each thing that was not."""
    path = mending.path
    if mending.done:
        counts = Counter(finding.rule.id for finding in mending.done)
        rules = "、".join(f"{rule_id} {count}" for rule_id, count in sorted(counts.items()))
        word = "可改 / would mend" if diff else "已改 / mended"
        click.echo(f"{path}：{word} {len(mending.done)}（{rules}）", err=True)
    else:
        click.echo(f"{path}：没有要改的 / nothing to mend", err=True)
    for finding, reason in mending.dropped:
        line = finding.location.place.span.line
        click.echo(f"{path}：第 {line} 行没有改 / not mended, line {line}  [{finding.rule.id}]：{reason}", err=True)
    if mending.waived:
        count = len(mending.waived)
        click.echo(f"{path}：另有 {count} 处已豁免，没有改（--no-waivers 才改） / {count} waived, left alone", err=True)
    if mending.left:
        click.echo(
            f"{path}：另有 {len(mending.left)} 处要人判断，看过之后可加 --unsafe 修改 / "
            f"{len(mending.left)} more with --unsafe",
            err=True,
        )


def _difference(mending: Mending) -> Iterator[str]:
    """A unified diff: of a plain text as it stands in the file, of a Word file of its canonical text."""
    from difflib import unified_diff

    if not mending.done:
        return
    before, after = mending.before, mending.after
    for line in unified_diff(_lines(before), _lines(after), mending.path, mending.path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """The lines of ``text``, parted by line feeds alone, with their ends."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _save(data: bytes, path: str) -> None:
    """Put ``data`` in the place of the file at ``path``, all of it or nothing."""
    target = os.path.realpath(path)
    unfinished = f"{target}.{os.getpid()}.tmp"
    try:
        with open(unfinished, "wb") as file:
            file.write(data)
        if os.path.exists(target):
            import shutil

            shutil.copymode(target, unfinished)
        os.replace(unfinished, target)
    except OSError as error:
        if os.path.exists(unfinished):
            os.remove(unfinished)
        raise Failure(f"写不进 {path}：{why(error)} / cannot be written") from None


def _split(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for given in words for word in given.split(",") if word.strip())
