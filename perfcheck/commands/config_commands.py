"""Commands about configuration files: what is in force for a file, and the schema for editors."""

from __future__ import annotations

import json
import os
from typing import Any

import click

from perfcheck.commands import PACK_HELP, Group, write
from perfcheck.commands.configuration_options import config_options, pack_here, sources_of
from perfcheck.commands.path_types import PATH


@click.group(cls=Group)
def config() -> None:
    """看配置文件 / Look at configuration files."""


@config.command()
@click.argument("file", type=PATH, default=".")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="输出格式 / format  [text]"
)
@config_options
@click.pass_context
def show(ctx: click.Context, /, file: str, format_: str, **given: Any) -> None:
    """显示检查 FILE 时用的设置，各从哪里来 / Show what is in force for FILE and where each value comes from.

    FILE 可以是文本，也可以是文件夹；不写就是当前文件夹。
    """
    from perfcheck.api import VOCABULARY, read_document
    from perfcheck.configuration.run_settings import configuration_of
    from perfcheck.configuration.showing import as_text, told
    from perfcheck.errors import UnreadableSourceError
    from perfcheck.parsing.document_parser import DocumentParser

    inside = os.path.join(file, "-") if os.path.isdir(file) else file
    found = configuration_of(inside, {}, sources_of(given), VOCABULARY)
    if not os.path.exists(file):
        click.echo(f"没有“{file}”这个文件，按它的路径显示 / no such file, shown by its path", err=True)
    document = None
    if any(override.is_inside for override in found.selection.overrides) and os.path.isfile(file):
        try:
            document = read_document(file, DocumentParser())
        except UnreadableSourceError as error:
            click.echo(f"{file}：读不出来，按表样和项目的例外没法判断 / not read：{error}", err=True)
    said = told(found, inside, document, VOCABULARY) | {"file": file}
    for override in said["overrides"]:
        if override["projects"] and document is not None and not override["fitting_projects"]:
            patterns = "、".join(override["projects"])
            click.echo(f"{override['source']}：这份文本里没有项目对得上“{patterns}” / matches no project", err=True)
    write(as_text(said) if format_ == "text" else json.dumps(said, ensure_ascii=False, indent=2) + "\n", None)


@config.command()
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@config_options
@click.pass_context
def schema(ctx: click.Context, /, pack: str, **_: Any) -> None:
    """输出 perfcheck.yaml 的 JSON Schema，给编辑器用 / Print the JSON Schema of perfcheck.yaml.

    例 / e.g.  perfcheck config schema > perfcheck.schema.json
    """
    from perfcheck.api import VOCABULARY, open_pack
    from perfcheck.configuration.schema import config_schema
    from perfcheck.reporting.formats import FORMATS

    made = config_schema(open_pack(pack_here(ctx, pack)), VOCABULARY, FORMATS)
    write(json.dumps(made, ensure_ascii=False, indent=2) + "\n", None)
