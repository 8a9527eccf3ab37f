"""Parts of a run: each job of a matrix checks every eighth file, and a last one puts their results together.

A part is a file: a line of JSON that says what was checked and how, then the outcome of each file, then a check sum.
It carries all that comparing needs, so that the documents themselves need not be there when parts are put together.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any
from zlib import crc32

from perfcheck import __version__
from perfcheck.comparison import Facts
from perfcheck.config import Settings
from perfcheck.digests import blake2b
from perfcheck.errors import SettingsError, why
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook import Pack
from perfcheck.rulebook.rule import Rule
from perfcheck.running.checker import Outcome
from perfcheck.running.files import named_by_hand
from perfcheck.running.judgement_codec import decode
from perfcheck.running.packed import pack, unpack
from perfcheck.running.settling import folders_of

FORMAT = "perfcheck-part-2"
LONGEST_HEADER = 100_000_000
HOW = frozenset(
    "paths format output fail_on quiet statistics color more_formats jobs timeout cache_folder "
    "cluster shard part baseline waivers no_waivers locked today tracked folders".split()
)
"""Settings that do not decide on what is found."""
ACCEPTING = ("baseline", "waivers", "no_waivers")
"""Settings that say what of it counts: not for a part, but when all are put together."""


class Shard(NamedTuple):
    """One of ``of`` parts, counted from 1."""

    number: int
    of: int

    def files(self, paths: Sequence[str]) -> list[str]:
        """Its files: every ``of``-th, so that neighbours of like size go to different parts."""
        return list(paths[self.number - 1 :: self.of])


def decisive(settings: Settings) -> dict[str, Any]:
    """The settings that decide on what is found, as JSON has them."""
    chosen = {name: value for name, value in settings._asdict().items() if name not in HOW}
    content: dict[str, Any] = json.loads(json.dumps(chosen, default=str))
    return content


def revived(content: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`decisive` gave, as settings have it."""
    said = {name: frozen(value) for name, value in content.items()}
    if said.get("groups"):
        from perfcheck.configuration.tailoring import revived as revived_groups

        said["groups"] = revived_groups(said["groups"])
    return said


class PartWriter:
    """Writes a part while its outcomes pass; it appears under its name when it is complete."""

    def __init__(self, file: str, settings: Settings, pack: Pack, shard: Shard, paths: Sequence[str]) -> None:
        self._file = file
        self._rules = {rule.id: rule for rule in pack.rules}
        listed = blake2b("\n".join(paths).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        self._header = {
            "format": FORMAT,
            "version": __version__,
            "shard": list(shard),
            "files": len(paths),
            "list": listed,
            "pack": pack.digest(),
            "rules": [rule.id for rule in pack.rules],
            "settings": decisive(settings),
            "accepting": {name: getattr(settings, name) for name in ACCEPTING},
            "folders": list(folders_of(settings)),
            "named": list(filter(named_by_hand(settings.paths, settings.tracked), paths)),
        }

    def passing(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """``outcomes``, noted as they pass; raises :class:`SettingsError` where the part cannot be written."""
        unfinished = f"{self._file}.{os.getpid()}"
        try:
            with open(unfinished, "wb") as file:
                check = _put(file, json.dumps(self._header).encode() + b"\n", 0)
                for outcome in outcomes:
                    data = pack(outcome, self._rules)
                    check = _put(file, len(data).to_bytes(4, "big") + data, check)
                    yield outcome
                file.write(b"\0\0\0\0" + check.to_bytes(4, "big"))
            os.replace(unfinished, self._file)
        except OSError as error:
            raise SettingsError(f"写不进 {self._file}：{why(error)} / the part was not written") from None
        finally:
            with contextlib.suppress(OSError):
                os.remove(unfinished)


def _put(file: IO[bytes], data: bytes, check: int) -> int:
    file.write(data)
    return crc32(data, check)


class Part:
    """A part as it was written; raises :class:`SettingsError` for a file that is none or not whole."""

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            self._stream = open(name, "rb")  # noqa: SIM115 -- read again when documents are compared
            self._read_header()
        except OSError as error:
            raise SettingsError(f"读不了 {name}：{why(error)} / cannot be read") from None

    def _read_header(self) -> None:
        line = self._stream.readline(LONGEST_HEADER)
        try:
            header = json.loads(line)
            known = header.get("format") == FORMAT
        except (ValueError, AttributeError):
            known = False
        if not known:
            raise SettingsError(f"{self.name} 不是 perfcheck check --shard 写出的结果 / is no part of a run")
        self.header: Mapping[str, Any] = header
        self.places: list[tuple[int, int]] = []
        check = crc32(line)
        while True:
            size = self._stream.read(4)
            if size == b"\0\0\0\0":
                break
            data = self._stream.read(int.from_bytes(size, "big"))
            if len(size) < 4 or len(data) < int.from_bytes(size, "big"):
                raise SettingsError(f"{self.name} 不完整，请重新检查这一部分 / is cut off")
            self.places.append((self._stream.tell() - len(data), len(data)))
            check = crc32(size + data, check)
        if self._stream.read(5) != check.to_bytes(4, "big"):
            raise SettingsError(f"{self.name} 已损坏，请重新检查这一部分 / is damaged")

    @property
    def shard(self) -> Shard:
        """Which part it is."""
        return Shard(*self.header["shard"])

    def outcome(self, index: int, rules: Mapping[str, Rule]) -> Outcome:
        """The outcome of one of its files."""
        at, size = self.places[index]
        self._stream.seek(at)
        try:
            return unpack(self._stream.read(size), rules)
        except Exception as error:  # made by somebody else: pickle raises anything
            raise SettingsError(f"{self.name} 已损坏：{type(error).__name__} / is damaged") from None


def accepted_by(part: str) -> tuple[str | None, str | None]:
    """The files of the baseline and of the waivers a part was checked with; raises :class:`SettingsError`."""
    settled = Part(part).header["accepting"]
    return settled["baseline"], settled["waivers"]


class Parts:
    """All parts of a run; raises :class:`SettingsError` unless they are all there, once, and of one run."""

    def __init__(self, names: Sequence[str]) -> None:
        self._parts = sorted((Part(name) for name in names), key=lambda part: part.shard)
        first = self._parts[0]
        for part in self._parts[1:]:
            self._agree(first, part)
        numbers = [part.shard.number for part in self._parts]
        for one, other in zip(self._parts, self._parts[1:]):
            if one.shard == other.shard:
                raise SettingsError(f"{one.name} 和 {other.name} 是同一部分 {_said(one)} / the same part twice")
        missing = sorted(set(range(1, first.shard.of + 1)) - set(numbers))
        if missing:
            listed = "、".join(f"{number}/{first.shard.of}" for number in missing)
            raise SettingsError(f"缺少这几部分，不能合并：{listed} / parts are missing")
        held = sum(len(part.places) for part in self._parts)
        if held != self.files:
            raise SettingsError(f"应有 {self.files} 份文本，各部分里有 {held} 份，请重新检查 / documents are missing")
        self.header = first.header
        self._where: dict[str, tuple[Part, int]] = {}

    @property
    def files(self) -> int:
        """How many files the run has."""
        files: int = self._parts[0].header["files"]
        return files

    def _agree(self, one: Part, other: Part) -> None:
        for key, what in DISAGREEMENTS.items():
            if one.header.get(key) != other.header.get(key):
                raise SettingsError(f"{one.name} 和 {other.name} 不能合并：{what}")
        if one.shard.of != other.shard.of:
            raise SettingsError(
                f"{one.name} 是 {_said(one)}，{other.name} 是 {_said(other)}，不能合并 / split in other ways"
            )

    def settings(self, **how: Any) -> Settings:
        """How the run was asked for, and ``how`` its report is wanted; raises :class:`SettingsError`."""
        said = revived(self.header["settings"]) | {"folders": frozen(self.header["folders"])}
        return Settings((), **{**said, **self.header["accepting"], **how})

    def named_by_hand(self) -> Callable[[str], bool]:
        """Tells which files somebody named; the others were found in folders."""
        return frozenset(self.header.get("named", ())).__contains__

    def fit(self, pack: Pack) -> None:
        """Raise :class:`SettingsError` unless the parts were made with ``pack``, by this version."""
        if self.header["version"] != __version__:
            made = self.header["version"]
            raise SettingsError(f"各部分是 perfcheck {made} 检查的，这里是 {__version__} / made by another version")
        if self.header["pack"] != pack.digest() or self.header["rules"] != [rule.id for rule in pack.rules]:
            raise SettingsError(f"各部分用的规则包和这里的“{pack.name}”不同 / made with another rule pack")

    def outcomes(self, rules: Mapping[str, Rule]) -> Iterator[Outcome]:
        """The outcomes of all files in the order of the run."""
        for index in range(self.files):
            part = self._parts[index % len(self._parts)]
            outcome = part.outcome(index // len(self._parts), rules)
            self._where[outcome.judgement.path] = part, index // len(self._parts)
            yield outcome

    def facts(self, path: str, rules: Mapping[str, Rule]) -> Facts:
        """What comparing needs of a file."""
        part, index = self._where[path]
        outcome = part.outcome(index, rules)
        facts = decode(outcome.facts, rules) if outcome.facts else None
        if not isinstance(facts, Facts):
            raise SettingsError(f"{part.name} 已损坏，请重新检查这一部分 / is damaged")
        return facts


DISAGREEMENTS = {
    "version": "不是同一版 perfcheck 检查的 / other versions of perfcheck",
    "pack": "用的规则包不同 / other rule packs",
    "rules": "用的规则不同 / other rules",
    "settings": "检查时的选项不同 / other options",
    "accepting": "基线或豁免文件不同 / other baselines or waivers",
    "files": "检查的文件不同 / other files",
    "list": "检查的文件不同 / other files",
    "folders": "检查的文件夹不同 / other folders",
}


def _said(part: Part) -> str:
    return f"{part.shard.number}/{part.shard.of}"


def frozen(value: Any) -> Any:
    """``value`` from JSON as settings have it: tuples for lists."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value
