"""What is wrong with a call of the command line, in plain words; click says it in English alone."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from perfcheck.commands import NoCommand
from perfcheck.commands.path_types import PathName


class WrongCall(click.ClickException):
    """A wrong call: ends with status 2 and says what is wrong and where the help is."""

    exit_code = 2

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_sentence(error))
        self._command = error.ctx.command_path if error.ctx else "perfcheck"

    def show(self, file: object = None) -> None:
        """Say it on standard error."""
        click.echo(f"perfcheck: {self.message}\n用法 / usage:  {self._command} --help", err=True)


def _sentence(error: click.UsageError) -> str:
    """What is wrong, in Chinese and in click's words."""
    if isinstance(error, click.NoSuchOption):
        said = f"没有选项 {error.option_name}{_meant(error.possibilities)}"
    elif isinstance(error, NoCommand):
        said = _no_command(error)
    elif isinstance(error, click.MissingParameter):
        said = f"缺少 {_name(error)}"
    elif isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, PathName):
        return f"{_name(error)}：{error.message}"  # which has both
    elif isinstance(error, click.BadParameter):
        said = f"{_name(error)} {_wanted(error)}"
    elif isinstance(error, click.BadOptionUsage):
        wants_none = "not take a value" in error.message  # of which click has no class
        said = f"选项 {error.option_name} 后面{'不写值' if wants_none else '要写一个值'}"
    elif "unexpected extra" in error.message:
        said = f"多写了 {error.message.partition('(')[2].rstrip(')')}"
    elif error.message.startswith("Missing command"):
        said = "没有写命令"
    else:
        said = "命令写得不对"
    return f"{said} / {error.format_message()}"


def _wanted(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        number = "整数" if isinstance(kind, click.IntRange) else "数"
        limits = f"大于 {kind.min} " if kind.max is None else f" {kind.min} 到 {kind.max} 之间"
        return f"应是{limits}的{number}"
    return "的值不对"


def _no_command(error: NoCommand) -> str:
    """A file is nearly always one to be checked; else a command like the wrong one may be meant."""
    is_first_word = error.ctx is None or error.ctx.parent is None
    if is_first_word and (os.path.exists(error.name) or os.path.splitext(error.name)[1]):
        return f"要检查 {error.name}，请写 perfcheck check {error.name}"
    from difflib import get_close_matches

    known = error.ctx.command.list_commands(error.ctx) if error.ctx else []  # type: ignore[attr-defined]
    return f"没有命令 {error.name}{_meant(get_close_matches(error.name, known))}"


def _meant(close: Sequence[str] | None) -> str:
    return f"，是不是 {'、'.join(close)}？" if close else ""


def _name(error: click.BadParameter) -> str:
    """What the wrong or missing value is for, as it is written: ``--year``, ``PATHS``."""
    if error.param is None:
        return "参数"
    return max(error.param.opts, key=len) if isinstance(error.param, click.Option) else error.param.human_readable_name
