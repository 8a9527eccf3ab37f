"""``perfcheck merge``: puts together what the jobs of a matrix found."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
from click.core import ParameterSource

from perfcheck.commands import Command, tell
from perfcheck.commands.check_command import check
from perfcheck.commands.overwriting import Inputs
from perfcheck.commands.path_types import FILE_THERE

SHARED = (
    "format_", "output", "reports", "template", "fail_on", "quiet", "statistics", "no_group",
    "baseline", "no_baseline", "waivers", "no_waivers", "today", "show_accepted",
)  # fmt: skip
"""Options it shares with ``check``: what the report looks like."""


@click.command(cls=Command)
@click.argument("parts", nargs=-1, required=True, type=FILE_THERE)
@click.option("--pack", metavar="NAME", help="规则包现在的位置，须与检查时相同 / where the pack lies by now")
def merge(parts: tuple[str, ...], format_: str | None, output: str | None, fail_on: str, **given: Any) -> None:
    """合并 check --shard 的各份结果，互相比较，写出报告 / Put parts of a run together and report.

    例 / e.g.  perfcheck merge part-*.perfcheck --report sarif=结果.sarif
    """
    from perfcheck.api import merge as run
    from perfcheck.commands.outputs import main_format, requested, to, write_all
    from perfcheck.reporting.formats import Options
    from perfcheck.running.files import LeftOut
    from perfcheck.running.parts import accepted_by

    is_asked_for = format_ is not None
    format_ = main_format(format_, given["template"], given["reports"])
    main = to(format_, output)
    outputs = requested(given["reports"], main, given["template"], is_asked_for or format_ == "template")
    how: dict[str, Any] = {"format": format_, "more_formats": tuple(other.format for other in outputs)}
    if given["no_baseline"]:
        how["baseline"] = None
    # where nothing is said of them they are those of the check
    how |= {name: given[name] for name in ("pack", "baseline", "waivers", "no_waivers", "today") if given[name]}
    ctx = click.get_current_context()
    if ctx.get_parameter_source("fail_on") is not ParameterSource.DEFAULT:
        how["fail_on"] = fail_on
    inputs = Inputs()
    inputs.add("要合并的结果 / a part to merge", parts)
    inputs.add_settled(given["baseline"], given["waivers"], given["template"])
    inputs.refuse(*(other.file for other in outputs))
    left_out = LeftOut()
    report = run(parts, left_out, **how)
    tell(left_out, report.language)
    inputs = Inputs()
    inputs.add_settled(*accepted_by(parts[0]))
    inputs.refuse(*(other.file for other in outputs))
    color = main.file is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    write_all(
        report,
        outputs,
        Options(
            color,
            given["quiet"],
            given["statistics"],
            not given["no_group"],
            given["template"],
            show_accepted=given["show_accepted"],
        ),
    )
    ctx.exit(report.exit_status(fail_on, report.fail_on_of))


merge.params.extend(option for option in check.params if option.name in SHARED)
