"""The command line: options become one typed value, everything else happens below."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import Any

import click

from perfcheck import __version__
from perfcheck.config import FIRST_YEAR, LAST_YEAR

PACK_HELP = "规则包的名字或文件夹 / rule pack, by name or folder  [hebei]"


class _Command(click.Command):
    """A command whose wrong calls and broken packs end with status 2 and one plain sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        from perfcheck.errors import PerfcheckError

        try:
            return super().invoke(ctx)
        except PerfcheckError as error:
            raise _Failure(str(error)) from None


class _Failure(click.ClickException):
    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"perfcheck: {self.message}", file=sys.stderr)


class _Group(click.Group):
    command_class = _Command
    group_class = type


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="perfcheck", message="%(prog)s %(version)s")
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
    gc.set_threshold(200_000, 50, 100)
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
    except BrokenPipeError:  # whoever read our output has gone
        status = 2
    except OSError as error:
        status = 2
        _complain(f"没能读写 / reading or writing failed: {error}")
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
    os._exit(status if isinstance(status, int) else 0 if status is None else 2)


def _complain(sentence: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"perfcheck: {sentence}\n")
        sys.stderr.flush()


@main.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "sarif", "json"]),
    default="text",
    help="输出格式 / output format  [text]",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="写入文件，不写到屏幕 / write to a file")
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
@click.option("--statistics", is_flag=True, help="按规则统计 / count by rule")
def check(paths: tuple[str, ...], format_: str, output: str | None, fail_on: str, **given: Any) -> None:
    """检查文件或文件夹 / Check files or folders.

    “-”表示标准输入。退出码：0 通过，1 有问题，2 有文件未能检查或用法有误。

    "-" is standard input. Exit status: 0 clean, 1 findings, 2 something could not be checked.
    """
    from perfcheck.api import check as run
    from perfcheck.config import Settings
    from perfcheck.reporting.formats import Options, render

    settings = Settings(
        paths,
        pack=given["pack"],
        format=format_,
        output=output,
        fail_on=fail_on,  # type: ignore[arg-type]
        select=_split(given["select"]),
        ignore=_split(given["ignore"]),
        year=given["year"],
        language=given["lang"],
        quiet=given["quiet"],
        statistics=given["statistics"],
        color=output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ,
    )
    report = run(settings, _progress)
    _write(render(report, format_, Options(settings.color, settings.quiet, settings.statistics)), output)
    click.get_current_context().exit(report.exit_status(fail_on))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format", "format_", type=click.Choice(["json", "tree"]), default="tree", help="输出格式 / output format  [tree]"
)
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="写入文件 / write to a file")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="预算年度 / budget year")
@click.pass_context
def parse(ctx: click.Context, paths: tuple[str, ...], format_: str, output: str | None, year: int | None) -> None:
    """显示从文本里读到的内容 / Show what was read from the documents."""
    from perfcheck.api import parse as run
    from perfcheck.reporting.model_output import documents_json, documents_tree

    unread = []
    documents = []
    for path, document in run(paths, year):
        if isinstance(document, str):
            unread.append((path, document))
        else:
            documents.append(document)
    _write(documents_json(documents) if format_ == "json" else documents_tree(documents), output)
    for path, reason in unread:
        click.echo(f"{path}：未读 / not read：{reason}", err=True)
    ctx.exit(2 if unread else 0)


def _split(words: tuple[str, ...]) -> tuple[str, ...]:
    """Options given several times or with commas."""
    return tuple(word.strip() for given in words for word in given.split(",") if word.strip())


def _progress(paths: Any) -> Any:
    """A progress bar on standard error for long runs on a terminal."""
    if len(paths) < 50 or not sys.stderr.isatty():
        yield from paths
        return
    with click.progressbar(paths, file=sys.stderr, label="检查") as bar:
        yield from bar


def _write(text: str, output: str | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with open(output, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _Failure(f"写不进 {output}：{error.strerror or error}") from None


@main.group(invoke_without_command=True)
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language  [zh]")
@click.pass_context
def rules(ctx: click.Context, pack: str, lang: str) -> None:
    """列出规则 / List the rules."""
    if ctx.invoked_subcommand is not None:
        return
    from perfcheck.api import open_pack
    from perfcheck.reporting.rule_pages import rule_list

    _write(rule_list(_checked(open_pack, pack), lang), None)


@rules.command()
@click.argument("pack", default="hebei")
@click.pass_context
def test(ctx: click.Context, pack: str) -> None:
    """运行规则包的用例 / Run the cases of a pack."""
    from perfcheck.api import open_pack, test_pack

    count, failures, thin = test_pack(open_pack(pack))
    for failure in failures:
        click.echo(
            f"{failure.rule_id}：{failure.shows}：应在第 {list(failure.expected)} 行，实际 {list(failure.found)}"
        )
    for rule_id in thin:
        click.echo(f"{rule_id}：至少要有一个 found 用例和一个 silent 用例")
    click.echo(f"{count} 个用例，{len(failures)} 个不符 / {count} cases, {len(failures)} failed")
    ctx.exit(1 if failures or thin else 0)


@rules.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True))
@click.pass_context
def validate(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """检查规则文件的写法 / Check rule files or folders of them."""
    from perfcheck.api import validate_rules

    count, problems = validate_rules(paths)
    for problem in problems:
        click.echo(problem)
    click.echo(f"{count} 个规则文件，{len(problems)} 个有误 / {count} files, {len(problems)} broken")
    ctx.exit(2 if problems or not count else 0)


@main.command()
@click.argument("rule_id", metavar="ID")
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language  [zh]")
def explain(rule_id: str, pack: str, lang: str) -> None:
    """说明一条规则：目的、依据、例子、改法 / Explain one rule."""
    from perfcheck.api import find_rule, open_pack
    from perfcheck.reporting.rule_pages import rule_page

    _write(rule_page(find_rule(open_pack(pack), rule_id), lang), None)


def _checked(function: Any, *arguments: Any) -> Any:
    """Call ``function`` from a group, whose own errors no command catches."""
    from perfcheck.errors import PerfcheckError

    try:
        return function(*arguments)
    except PerfcheckError as error:
        raise _Failure(str(error)) from None
