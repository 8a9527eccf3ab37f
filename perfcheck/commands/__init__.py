"""What all commands share: plain sentences for wrong calls, commands loaded when asked for, output to a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

import click

if TYPE_CHECKING:
    from perfcheck.running.files import LeftOut

PACK_HELP = "规则包的名字或文件夹 / rule pack, by name or folder  [hebei]"


HOOK_VARIABLE = "PRE_COMMIT"
"""Set where pre-commit runs us: many may run in a row and somebody waits, so we are brief, and write nothing."""


INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


class Context(click.Context):
    """What a command is called with."""

    def make_formatter(self) -> click.HelpFormatter:
        """What writes the help."""
        from perfcheck.commands.help_pages import HelpFormatter

        return HelpFormatter(width=self.terminal_width, max_width=self.max_content_width)


def page_option(names: list[str], text: str, page: Callable[[click.Context], str]) -> click.Option:
    """An option that prints a ``page`` and ends the command; ``text`` is its own help."""

    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(page(ctx), color=ctx.color)
            ctx.exit()

    return click.Option(names, is_flag=True, is_eager=True, expose_value=False, help=text, callback=show)


class Helping(click.Command):
    """A command with help in both languages.

    click has its own option for it translated at every start, by looking for files.
    """

    context_class = Context
    _helping: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``; the same at every call, for click compares."""
        if self._helping is None:
            names = [*self.get_help_option_names(ctx)]
            self._helping = page_option(names, "显示这段说明 / show this page", click.Context.get_help)
        return self._helping

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As any command; what is wrong with ``args`` is told of this one, which click forgets now and then."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Command(Helping):
    """A command whose wrong calls and broken packs end with status 2 and one plain sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what is wrong with call, pack or files is said in one sentence."""
        from perfcheck.errors import PerfcheckError

        try:
            return super().invoke(ctx)
        except PerfcheckError as error:
            raise Failure(str(error)) from None
        except KeyboardInterrupt:  # for click that is an exit status of 1, which would mean findings
            click.echo("\nperfcheck: 中断了，没有做完 / interrupted", err=True)
            ctx.exit(INTERRUPTED)


class Failure(click.ClickException):
    """Ends a command with status 2 and one sentence."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say it on standard error."""
        click.echo(f"perfcheck: {self.message}", file=sys.stderr)


class NoCommand(click.UsageError):
    """A group has no command called ``name``."""

    def __init__(self, name: str, message: str, ctx: click.Context) -> None:
        super().__init__(message, ctx)
        self.name = name


class Group(Helping, click.Group):
    """A group whose commands may live in other modules: ``lazy`` maps their names to ``module:function``."""

    command_class = Command
    group_class = type
    lazy: ClassVar[dict[str, str]] = {}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As any command; without any ``args`` it says what there is, and fails, for nothing was checked."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is named first; raises :class:`NoCommand`, whatever the version of click."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchOption:
            raise
        except click.UsageError as error:
            raise NoCommand(args[0], error.format_message(), ctx) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, loaded or not."""
        return sorted((*super().list_commands(ctx), *self.lazy))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module imported now if it has one of its own."""
        if cmd_name in self.lazy:
            module, _, function = self.lazy[cmd_name].partition(":")
            command: click.Command = getattr(import_module(module), function)
            return command
        return super().get_command(ctx, cmd_name)


def tell(left_out: LeftOut, language: str = "zh") -> None:
    """Say on standard error what folders held and was not checked, which is no fault."""
    for sentence in left_out.sentences(language):
        click.echo(f"perfcheck: {sentence}", err=True)


def refuse_in_hook(target: str) -> None:
    """End the command where a hook would write ``target`` into the work tree, which would change what is committed."""
    if HOOK_VARIABLE not in os.environ:
        return
    here, there = os.path.realpath("."), os.path.realpath(target)
    if there == here or there.startswith(here + os.sep):
        raise Failure(
            f"提交钩子里不能往仓库里写批注副本（{target}）；请在提交以外运行，或写到仓库外的文件夹 / "
            "a hook must not write copies into the work tree"
        )


def write(text: str | bytes | Iterator[str], output: str | None) -> None:
    """Print ``text`` or its pieces, or write them to the file ``output``; bytes are no text and not for a terminal.

    ``-`` is standard output, too.
    """
    if output is None or output == "-":
        if isinstance(text, bytes):
            if sys.stdout.isatty():
                raise Failure("这种格式是文件，不能显示在屏幕上，请加 --output 文件名 / add --output FILE")
            sys.stdout.buffer.write(text)
            return
        for piece in (text,) if isinstance(text, str) else text:
            click.echo(piece, nl=False)
        return
    try:
        if isinstance(text, bytes):
            with open(output, "wb") as binary:
                binary.write(text)
            return
        with open(output, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines((text,) if isinstance(text, str) else text)
    except OSError as error:
        from perfcheck.errors import why

        raise Failure(f"写不进 {output}：{why(error)} / cannot be written") from None
