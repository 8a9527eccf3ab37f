"""``perfcheck comment``: a report as the one comment on a merge request, for jobs on GitHub and GitLab."""

from __future__ import annotations

import os

import click

from perfcheck.commands import Command, Failure
from perfcheck.commands.path_types import FILE
from perfcheck.errors import why

DONE = {
    "written": "写了一条评论 / a comment was written",
    "changed": "改了原来的评论 / the comment was changed",
    "same": "评论没有变化 / the comment says so already",
    "none": "原来没有评论，不另写 / there was no comment to change",
}


@click.command(cls=Command)
@click.argument("summary", type=FILE)
@click.option("--name", default="check", metavar="NAME", help="同一个合并请求里有几条时，各取一个名字 / which one")
@click.option("--only-change", is_flag=True, help="只改原来的，没有就不写 / change one that is there, write no new one")
def comment(summary: str, name: str, only_change: bool) -> None:
    """在流水线里把摘要写成合并请求的评论，以后改同一条 / Keep one comment on the merge request of a job.

    SUMMARY 是 check --report markdown=SUMMARY 写的文件。除此以外 perfcheck 不连网。

    退出码：0 写好了，或不是合并请求；2 没有写成。

    SUMMARY is what check --report markdown=SUMMARY wrote. Nothing else in perfcheck uses the network.
    """
    from perfcheck.commenting import place_of, write_comment

    if not name.replace("-", "").replace("_", "").isalnum():
        raise Failure("--name 只能有文字、数字、“-”和“_” / letters, digits, - and _ only")
    try:
        with open(summary, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError as error:
        raise Failure(f"读不了 {summary}：{why(error)} / the summary cannot be read") from None
    place = place_of(os.environ)
    if place is None:
        click.echo("这次运行不属于合并请求，没有评论可写 / no merge request, no comment")
        return
    click.echo(DONE[write_comment(place, text, name, only_change)])
