"""Commands about rules: list, explain, validate, test."""

from __future__ import annotations

from typing import Any

import click

from perfcheck.commands import PACK_HELP, Command, Failure, Group, write
from perfcheck.commands.configuration_options import config_options, pack_here
from perfcheck.commands.path_types import PATH_THERE


@click.group(cls=Group, invoke_without_command=True)
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language  [zh]")
@config_options
@click.pass_context
def rules(ctx: click.Context, /, pack: str, lang: str, **_: Any) -> None:
    """列出规则 / List the rules."""
    if ctx.invoked_subcommand is not None:
        return
    from perfcheck.api import open_pack
    from perfcheck.reporting.rule_pages import rule_list

    write(rule_list(_checked(open_pack, _checked(pack_here, ctx, pack)), lang), None)


@rules.command()
@click.argument("pack", default="hebei")
@click.pass_context
def test(ctx: click.Context, pack: str) -> None:
    """运行规则包的用例 / Run the cases of a pack."""
    from perfcheck.api import open_pack
    from perfcheck.proving import test_pack
    from perfcheck.rulebook.cases import FEWEST_OF_A_KIND as FEWEST

    count, failures, thin = test_pack(open_pack(pack))
    for failure in failures:
        click.echo(
            f"{failure.rule_id}：{failure.shows}：{failure.mended}"
            if failure.mended
            else f"{failure.rule_id}：{failure.shows}：应在第 {list(failure.expected)} 行，实际 {list(failure.found)}"
        )
    for rule_id in thin:
        click.echo(f"{rule_id}：found 用例和 silent 用例至少要各有 {FEWEST} 个；有 fix 的规则要有写明 fixed 的用例")
    click.echo(f"{count} 个用例，{len(failures)} 个不符 / {count} cases, {len(failures)} failed")
    ctx.exit(1 if failures or thin else 0)


@rules.command()
@click.argument("pack", default="hebei")
@click.option("--rule", "chosen", multiple=True, metavar="ID", help="只试这些规则 / these rules only")
@click.pass_context
def mutate(ctx: click.Context, pack: str, chosen: tuple[str, ...]) -> None:
    """改坏规则里的数和比较，看用例能否发现 / Break numbers and comparisons of rules; cases must notice."""
    from perfcheck.api import find_rule, open_pack
    from perfcheck.proving import mutate_pack

    opened = open_pack(pack)
    count, survivors = mutate_pack(opened, [find_rule(opened, name) for name in chosen] or opened.rules)
    for rule_id, words in survivors:
        click.echo(f"{rule_id}：{words}：没有用例发现 / no case noticed")
    click.echo(f"改坏 {count} 处，{len(survivors)} 处没有发现 / {count} broken, {len(survivors)} unnoticed")
    ctx.exit(1 if survivors else 0)


@rules.command()
@click.argument("paths", nargs=-1, required=True, type=PATH_THERE)
@click.pass_context
def validate(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """检查规则文件的写法 / Check rule files or folders of them."""
    from perfcheck.proving import validate_rules

    count, lists, problems = validate_rules(paths)
    for problem in problems:
        click.echo(problem)
    zh, en = (f"，词表 {lists} 个", f", {lists} word lists") if lists else ("", "")
    click.echo(f"{count} 个规则文件{zh}，{len(problems)} 个有误 / {count} files{en}, {len(problems)} broken")
    ctx.exit(2 if problems or not count + lists else 0)


@click.command(cls=Command)
@click.argument("rule_id", metavar="ID")
@click.option("--pack", default="hebei", metavar="NAME", help=PACK_HELP)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language  [zh]")
@config_options
@click.pass_context
def explain(ctx: click.Context, /, rule_id: str, pack: str, lang: str, **_: Any) -> None:
    """说明一条规则：目的、依据、例子、改法 / Explain one rule."""
    from perfcheck.api import find_rule, open_pack
    from perfcheck.reporting.rule_pages import rule_page

    write(rule_page(find_rule(open_pack(pack_here(ctx, pack)), rule_id), lang), None)


def _checked(function: Any, *arguments: Any) -> Any:
    """Call ``function`` from a group, whose own errors no command catches."""
    from perfcheck.errors import PerfcheckError

    try:
        return function(*arguments)
    except PerfcheckError as error:
        raise Failure(str(error)) from None
