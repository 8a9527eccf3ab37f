"""The one gate before anything is written: no file a command reads is taken the place of by one it writes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from perfcheck.commands import Failure
from perfcheck.config import STANDARD_INPUT

STANDARD_OUTPUT = "-"
Names = Iterable["str | None"]


class Inputs:
    """The files a command reads, by what each is for it."""

    def __init__(self, documents: Names = (), configurations: Names = ()) -> None:
        self._kinds: list[tuple[str, Names]] = []
        self._by_identity: dict[tuple[int, int], tuple[str, str]] | None = None
        self.add("读进来的文本 / a document that is read", documents)
        self.add("配置文件 / a configuration file", configurations)

    def controls(self) -> Inputs:
        """These without the documents that are files: of those in folders some turn out to be reports of ours."""
        (what, documents), *rest = self._kinds
        others = Inputs()
        others._kinds = [(what, [name for name in documents if name == STANDARD_INPUT]), *rest]
        return others

    def add(self, what: str, names: Names) -> None:
        """Take ``names`` in as ``what``; None among them is no file."""
        self._kinds.append((what, names))
        self._by_identity = None

    def add_settled(self, baseline: str | None, waivers: str | None, template: str | None = None) -> None:
        """The files that say what counts and how it is shown."""
        self.add("基线 / the baseline", [baseline])
        self.add("豁免文件 / the file of waivers", [waivers])
        self.add("模板 / the template", [template])

    def add_packs(self, packs: Iterable[str]) -> None:
        """The files of rule packs that lie in folders of one's own."""
        for pack in sorted(filter(os.path.isdir, packs)):
            self.add("规则包里的文件 / a file of the rule pack", PackFiles(pack))

    def refuse(self, *targets: str | None) -> None:
        """Raise :class:`Failure` where one of ``targets`` is one of these files, whatever it is called there."""
        for target in targets:
            said = self.said_of(target)
            if said:
                raise Failure(said)

    def said_of(self, target: str | None) -> str:
        """Why ``target`` must not be written, in a sentence; nothing where it may, or is no file."""
        if target == STANDARD_OUTPUT:
            return "这里要写文件名，不能写“-”（标准输出） / a file is needed, not standard output"
        there = None if target is None else _identity(target)
        if there is None:
            return ""
        if self._by_identity is None:  # asked for seldom: mostly there is no such file yet
            self._by_identity = {}
            for what, names in self._kinds:
                for name in names:
                    own = None if name is None else _identity(name)
                    if own is not None:
                        self._by_identity.setdefault(own, (what, name or ""))
        what, name = self._by_identity.get(there, ("", ""))
        if not what:
            return ""
        other = "" if name == target else f"（{name}）"
        zh, _, en = what.partition(" / ")
        return f"{target} 是{zh}{other}，不能盖掉它，请换一个文件名 / is {en}, choose another name"


class PackFiles:
    """The files of a rule pack in a folder, looked for when they are asked for: seldom."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __iter__(self) -> Iterator[str]:
        for root, _, names in os.walk(self._folder):
            yield from (os.path.join(root, name) for name in names if name.endswith(".yaml"))


def _identity(name: str) -> tuple[int, int] | None:
    """What tells a file from all others, by links and in folders of whatever spelling, too; None for no plain file."""
    try:
        status = os.fstat(0) if name == STANDARD_INPUT else os.stat(name)  # a shell may have opened a file for us
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None
