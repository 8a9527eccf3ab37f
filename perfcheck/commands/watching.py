"""``perfcheck check --watch``: the same call again whenever a document, or the pack, is saved."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import click

from perfcheck.commands import Failure
from perfcheck.errors import MissingExtraError, PerfcheckError
from perfcheck.reading import SUFFIXES
from perfcheck.reading.reader import FOREIGN_SUFFIXES
from perfcheck.running.config_files import NAMES
from perfcheck.running.ending import ended_in_order, interrupts_noted

KINDS = (*SUFFIXES, *FOREIGN_SUFFIXES)
SETTLING = 400
"""Milliseconds without another change before it checks again: an office program saves in several steps."""
LOOKING = 1000
"""Milliseconds between two looks at the files beside the documents."""
DECISIVE = ("config", "baseline", "waivers", "template")
"""Options whose files say how documents are checked or what counts."""


def watch(context: click.Context) -> NoReturn:
    """Run the command of ``context`` now and after each change until it is interrupted; ends with its last status."""
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise MissingExtraError("watch", "边改边查", "Watching files") from None
    call = {**context.params, "watch": False}
    if "-" in call["paths"]:
        raise Failure("--watch 不能和标准输入一起用 / not with standard input")
    reports, decisive = _configured(call)
    beside = Beside(decisive)
    watched = Watched(call["paths"], call["pack"], _written(call) + reports)
    if call["shard"]:
        raise Failure("--watch 不能和 --shard 一起用 / not both --watch and --shard")
    with ended_in_order() as ended, interrupts_noted() as interrupts, _cache(call):
        status = 2
        try:
            status = _once(context, call)
            for changed in changes(
                *watched.folders, watch_filter=None, step=SETTLING, debounce=4 * SETTLING,
                rust_timeout=LOOKING, yield_on_timeout=True,
            ):  # fmt: skip
                if ended or interrupts:
                    break
                names = watched.relevant(path for _, path in changed)
                changed_beside = beside.changed()
                if changed_beside:  # they may name other files by now
                    reports, decisive = _configured(call)
                    beside.look_at(decisive)
                    watched.leave_out(_written(call) + reports)
                names += [name for name in changed_beside if name not in names]
                if names:
                    said = "、".join(os.path.basename(name) for name in names)
                    click.echo(f"\n── {time.strftime('%H:%M:%S')}  {said} ──\n", err=True)
                    status = _once(context, call)
        except KeyboardInterrupt:
            pass
    context.exit(ended[0] if ended else status)


class Beside:
    """Files that say how to check, wherever they lie: looked at by name, for a folder far above may hold anything."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = sorted(set(map(os.path.realpath, files)))
        self._stamps = self._now()

    def _now(self) -> dict[str, Any]:
        return {file: _stamp(file) for file in self._files}

    def look_at(self, files: Iterable[str]) -> None:
        """Look at these from now on; those looked at before are held against what they were."""
        self._files = sorted(set(map(os.path.realpath, files)))
        self._stamps = {**self._now(), **{file: stamp for file, stamp in self._stamps.items() if file in self._files}}

    def changed(self) -> list[str]:
        """Those that are not as they were when this was asked last."""
        before, self._stamps = self._stamps, self._now()
        return [file for file in self._files if self._stamps[file] != before[file]]


def _stamp(file: str) -> tuple[int, int] | None:
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


class Watched:
    """The files of a call: which changes concern it, and which folders have to be watched for them."""

    def __init__(self, paths: Sequence[str], pack: str, written: Iterable[str]) -> None:
        if not paths:
            raise Failure("没有指定要检查的文件或文件夹。例：perfcheck check --watch 绩效文本.docx / nothing to watch")
        self._folders = [os.path.realpath(path) for path in paths if os.path.isdir(path)]
        self._files = {os.path.realpath(path) for path in paths if not os.path.isdir(path)}
        self._pack = os.path.realpath(pack) if os.path.isdir(pack) else None
        self.leave_out(written)

    def leave_out(self, written: Iterable[str]) -> None:
        """Take these for the files the call writes."""
        self._written = {os.path.realpath(path) for path in written}

    @property
    def folders(self) -> list[str]:
        """Folders, not files: saving puts another file in the place of the old one."""
        around = {os.path.dirname(file) for file in self._files}
        return sorted(folder for folder in {*self._folders, *around, self._pack or ""} if os.path.isdir(folder))

    def relevant(self, changed: Iterable[str]) -> list[str]:
        """Those of the ``changed`` files that concern the call: no temporary ones, none that it writes itself."""
        return sorted({name for name in map(os.path.realpath, changed) if self._concerns(name)})

    def _concerns(self, name: str) -> bool:
        if name in self._written:
            return False
        if self._pack is not None and _inside(name, self._pack) and name.endswith(".yaml"):
            return True
        if name in self._files:
            return True
        base = os.path.basename(name)
        if base in NAMES:  # of configuration files
            return any(_inside(name, folder) for folder in self._folders)
        if base.startswith(("~", ".")) or not base.lower().endswith(KINDS):
            return False
        return any(_inside(name, folder) for folder in self._folders)


def _inside(name: str, folder: str) -> bool:
    """Whether a file is below ``folder``, in no hidden folder there."""
    if not name.startswith(os.path.join(folder, "")):
        return False
    between = os.path.relpath(os.path.dirname(name), folder).split(os.sep)
    return not any(part.startswith(".") and part != "." for part in between)


def _once(context: click.Context, call: dict[str, Any]) -> int:
    """The status of one run; what goes wrong is said and the next change awaited."""
    callback = context.command.callback
    assert callback is not None  # a command has one
    try:
        callback(**call)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
    except PerfcheckError as error:
        click.echo(f"perfcheck: {error}", err=True)
    finally:
        sys.stdout.flush()
    return 2


def _written(call: dict[str, Any]) -> list[str]:
    """The files the call writes."""
    files = [report.partition("=")[2] for report in call["reports"]]
    return [file for file in (call["output"], *files) if file]


def _configured(call: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The files that configuration files have reports written into, and those that say how to check.

    These are the configuration files themselves and what they name; what is wrong with them a check says.
    """
    from perfcheck.api import VOCABULARY
    from perfcheck.commands.configuration_options import sources_of
    from perfcheck.config import Settings
    from perfcheck.configuration.chain import Chains
    from perfcheck.configuration.run_settings import configured
    from perfcheck.reporting.formats import FORMATS
    from perfcheck.running.files import find_files

    sources = sources_of(call)
    chains = Chains(tuple(FORMATS))
    reports: tuple[str, ...] = ()
    decisive = [call[name] for name in DECISIVE if call.get(name)]
    try:
        found = sources.above(find_files(call["paths"], call["tracked"]))
        decisive += {file for files in found.values() for file in files}
        for files in set(found.values()):
            chains.of(files)
        settings, reports, *_ = configured(Settings(call["paths"]), found, {}, sources, VOCABULARY)
        decisive += [file for file in (settings.baseline, settings.waivers) if file]
    except PerfcheckError:
        pass
    decisive += chains.asked_for
    return [report.partition("=")[2] for report in reports], decisive


def _cache(call: dict[str, Any]) -> Any:
    """What was found before is kept as long as it watches, so that only what was saved is read again."""
    from contextlib import nullcontext
    from tempfile import TemporaryDirectory

    if call["cache_dir"] or call["no_cache"]:
        return nullcontext()
    folder = TemporaryDirectory(prefix="perfcheck-", ignore_cleanup_errors=True)
    call["cache_dir"] = folder.name
    return folder
