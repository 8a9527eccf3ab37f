"""The commands that show what perfcheck reads: ``parse`` the model, ``text`` the canonical text."""

from __future__ import annotations

import click

from perfcheck.commands import Command, tell, write
from perfcheck.commands.path_types import FILE, PATH
from perfcheck.config import FIRST_YEAR, LAST_YEAR


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--format", "format_", type=click.Choice(["json", "tree"]), default="tree", help="输出格式 / output format  [tree]"
)
@click.option("--output", "-o", type=FILE, help="写入文件 / write to a file")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="预算年度 / budget year")
@click.pass_context
def parse(ctx: click.Context, paths: tuple[str, ...], format_: str, output: str | None, year: int | None) -> None:
    """显示从文本里读到的内容 / Show what was read from the documents."""
    from perfcheck.api import parse as run
    from perfcheck.commands.overwriting import STANDARD_OUTPUT, Inputs
    from perfcheck.reporting.model_output import documents_json, documents_tree
    from perfcheck.running.files import LeftOut, find_files

    Inputs(find_files(paths)).refuse(None if output == STANDARD_OUTPUT else output)
    unread = []
    documents = []
    left_out = LeftOut()
    for path, document in run(paths, year, left_out=left_out):
        if isinstance(document, str):
            unread.append((path, document))
        else:
            documents.append(document)
    write(documents_json(documents) if format_ == "json" else documents_tree(documents), output)
    tell(left_out)
    for path, reason in unread:
        click.echo(f"{path}：未读 / not read：{reason}", err=True)
    ctx.exit(2 if unread else 0)


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.pass_context
def text(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """显示文件的文字，如检查时所见 / Show the text of files as it is checked.

    给 git diff 用：git config diff.perfcheck.textconv "perfcheck text"，并在 .gitattributes 写 *.docx diff=perfcheck
    """
    from perfcheck.api import texts
    from perfcheck.running.files import LeftOut

    unread = False
    left_out = LeftOut()
    for path, content, reason in texts(paths, left_out):
        if reason:
            unread = True
            click.echo(f"{path}：未读 / not read：{reason}", err=True)
        else:
            write(content, None)
    tell(left_out)
    ctx.exit(2 if unread else 0)
