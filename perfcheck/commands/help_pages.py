"""The pages ``--help`` shows, with headings in both languages."""

from __future__ import annotations

import click

HEADINGS = {"Options": "选项 / Options", "Commands": "命令 / Commands", "Positional arguments": "参数 / Arguments"}


class HelpFormatter(click.HelpFormatter):
    """What writes such a page."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, "用法 / Usage: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The line above a list."""
        super().write_heading(HEADINGS.get(heading, heading))
