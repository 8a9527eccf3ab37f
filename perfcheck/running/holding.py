"""What is locked for the files of a run, by its pack or by configuration files, and what that forbids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from perfcheck.config import STANDARD_INPUT, FailOn, FileGroup, Held, Settings
from perfcheck.errors import SettingsError
from perfcheck.finding import Finding
from perfcheck.rulebook import Pack
from perfcheck.rulebook.locks import Lock, is_laxer
from perfcheck.rulebook.rule import is_named

FAIL_ON = "fail-on"


def held_by(locks: Iterable[Lock]) -> tuple[Held, ...]:
    """What ``locks`` hold, one by one."""
    return tuple(Held(subject, level, str(lock)) for lock in locks for subject, level in sorted(lock.levels.items()))


def lock_of(settings: Settings, pack: Pack) -> Callable[[str, Finding], str | None]:
    """Tells the lock that keeps a finding in a file from being accepted; None where there is none."""
    by_path = {path: {each.subject: each.lock for each in held} for path, held in _by_path(settings).items()}
    others = by_path.get(STANDARD_INPUT) or {each.subject: each.lock for each in _of_pack(settings, pack)}

    def of(path: str, finding: Finding) -> str | None:
        if any(is_named(word, finding.rule) for word in settings.locked):
            return ""
        return by_path.get(path, others).get(finding.rule.id)

    return of


def fail_on_of(settings: Settings, paths: Sequence[str]) -> Mapping[str, str]:
    """The lowest level that fails each of the files ``paths``, as configuration files have it."""
    by_path: dict[str, str] = {path: group.fail_on for group in settings.groups for path in group.paths}
    if STANDARD_INPUT in by_path:  # which has another name by now
        by_path = {**dict.fromkeys(paths, by_path[STANDARD_INPUT]), **by_path}
    return {path: by_path[path] for path in paths if path in by_path}


def as_wanted(
    groups: Sequence[FileGroup], pack: str | None = None, fail_on: FailOn | None = None, **_: Any
) -> tuple[FileGroup, ...]:
    """``groups`` of a run that is put together, with another place of their pack, or another level that fails.

    Raises :class:`SettingsError` where less would fail than a lock allows, or ``pack`` stands for several.
    """
    for each in (each for group in groups for each in group.held if each.subject == FAIL_ON):
        if fail_on is not None and is_laxer(fail_on, each.level):
            raise SettingsError(f"命令行 --fail-on {fail_on}：放宽了 fail-on，但已锁定（{each.lock}） / locked")
    names = sorted({group.pack for group in groups})
    if pack is not None and len(names) > 1:
        raise SettingsError(f"各份文本用的规则包不同（{'、'.join(names)}），--pack 说不清 / several packs")
    return tuple(group._replace(pack=pack or group.pack, fail_on=fail_on or group.fail_on) for group in groups)


def _by_path(settings: Settings) -> dict[str, tuple[Held, ...]]:
    return {path: group.held for group in settings.groups for path in group.paths}


def _of_pack(settings: Settings, pack: Pack) -> tuple[Held, ...]:
    """What the pack itself holds, where configuration files do not say it."""
    return () if settings.groups else held_by(pack.locks)
