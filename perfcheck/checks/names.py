"""Third-level names: what their endings and words show, remembered name by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfcheck.memories import Memory

_TAIL = "%％。；;，,、：:."


def bare_name(text: str | None) -> str:
    """A name without white space, what follows an opening bracket and a percent sign or point at its end."""
    if not text:
        return ""
    bare = "".join(text.split())
    for opening in "（(":
        before = bare.partition(opening)[0]
        bare = before or bare
    return bare.rstrip(_TAIL)


class EndingFinder(Memory[str, "tuple[str, str] | None"]):
    """Name -> the longest ending of ``endings`` it has and what that ending stands for; None where it has none."""

    def __init__(self, endings: Mapping[str, str]) -> None:
        super().__init__()
        self._endings = endings
        self._lengths = sorted({len(ending) for ending in endings}, reverse=True)

    def find(self, name: str) -> tuple[str, str] | None:
        """The ending of ``name`` and what it says."""
        bare = bare_name(name)
        found = None
        for length in self._lengths:
            ending = bare[-length:]
            if ending in self._endings:
                found = ending, self._endings[ending]
                break
        return found


class UnitKinds(dict[str, str]):
    """Unit -> its sort, empty for an unknown one; 万亩 and 余人 are of the sort of 亩 and 人."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], magnitudes: Sequence[str]) -> None:
        super().__init__((unit, kind) for kind, units in kinds.items() for unit in units)
        self._magnitudes = frozenset(magnitudes)

    def __missing__(self, unit: str) -> str:
        rest = unit.lower()
        while rest and rest not in self.keys() and rest[0] in self._magnitudes:
            rest = rest[1:]
        return self.get(rest, "")
