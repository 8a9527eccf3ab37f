"""The command line: a table of commands, and what a process does around any of them."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from typing import Any, ClassVar

_collects = gc.isenabled()
gc.disable()  # nothing of what is imported is garbage, and looking for some takes a tenth of the time
try:
    import click

    from perfcheck import __version__, digests, patterns
    from perfcheck.commands import Group, page_option
finally:
    if _collects:
        gc.enable()


class Unheard(Exception):
    """Whoever read our output has gone: what was to be said was not delivered."""


class Main(Group):
    """perfcheck itself."""

    lazy: ClassVar[dict[str, str]] = {
        "init": "perfcheck.commands.init_command:init",
        "config": "perfcheck.commands.config_commands:config",
        "check": "perfcheck.commands.check_command:check",
        "parse": "perfcheck.commands.show_commands:parse",
        "text": "perfcheck.commands.show_commands:text",
        "rules": "perfcheck.commands.rule_commands:rules",
        "explain": "perfcheck.commands.rule_commands:explain",
        "baseline": "perfcheck.commands.baseline_commands:baseline",
        "comment": "perfcheck.commands.comment_command:comment",
        "annotate": "perfcheck.commands.annotate_command:annotate",
        "merge": "perfcheck.commands.merge_command:merge",
        "fix": "perfcheck.commands.fix_command:fix",
    }

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        """As any command; help is printed here, too. Raises :class:`Unheard` and click's errors."""
        with _in_our_words():
            return super().make_context(*given, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """As any command. Raises :class:`Unheard` and click's errors."""
        with _in_our_words():
            return super().invoke(ctx)


@contextlib.contextmanager
def _in_our_words() -> Iterator[None]:
    """Keep from click what it would tell otherwise than we do.

    Where a pipe is closed it ends with 1, which would mean findings, and what is wrong with a call it says in English
    alone.
    """
    try:
        yield
    except BrokenPipeError:
        raise Unheard from None
    except click.UsageError as error:
        from perfcheck.commands.wrong_calls import WrongCall

        raise WrongCall(error) from None


VERSION = page_option(["--version"], "显示版本号 / show the version", lambda ctx: f"perfcheck {__version__}")


@click.group(cls=Main, params=[VERSION], context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """预算绩效目标文本合规检查 / Compliance checker for budget performance-goal documents.

    例 / e.g.  perfcheck check 绩效文本.txt
    """


def run() -> None:
    """The console script: :func:`main`, then out at once.

    Python would first search all it holds for cycles and free it value by value, which for a document of ten
    thousand tables takes as long as checking it; the system takes the memory back anyway.
    """
    # A document is a hundred thousand small values without cycles: looking for cycles among them, as Python does
    # after every 700 new ones by default, takes a third of the time on large documents and finds nothing. Of the
    # start it takes a twentieth.
    gc.set_threshold(1_000_000, 50, 100)
    digests.process_is_ours()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a console in GBK or ASCII cannot show every character; it must not crash
            reconfigure(errors="replace")
    status: int | str | None = 0
    lost = sys.stdout is None  # closed by whoever started us: what we say goes nowhere
    if lost:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 -- for as long as the process lives
    try:
        main()
    except SystemExit as end:
        status = end.code
    except (Unheard, BrokenPipeError):  # the latter where a complaint goes unheard
        status = 2
    except OSError as error:
        from perfcheck.errors import why

        status = 2
        named = f" {error.filename}" if error.filename else ""
        _complain(f"没能读写{named}：{why(error)} / reading or writing failed: {error}")
    except Exception as error:
        # a fault of ours, or of the machine's: the files count as not checked, never as passed or as failed
        status = 2
        _complain(f"没能完成，请把这一行和用的文件报告给维护者 / internal error: {type(error).__name__}: {error}")
    try:
        sys.stdout.flush()
        if sys.stderr is not None:
            sys.stderr.flush()
        if lost:
            raise ValueError("standard output is closed")
    except (OSError, ValueError) as error:  # a full disk, a closed stream
        status = 2
        if not isinstance(error, BrokenPipeError):
            _complain(f"报告没有写完 / the report was not written: {error}")
    patterns.keep()
    os._exit(status if isinstance(status, int) else 0 if status is None else 2)


def _complain(sentence: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"perfcheck: {sentence}\n")
        sys.stderr.flush()
