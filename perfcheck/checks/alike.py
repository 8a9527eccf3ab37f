"""Characters that sound or look alike, in groups."""

from __future__ import annotations


class Alike:
    """Groups of characters by any of them, looked up in their joined text: a start asks for few of them."""

    def __init__(self, groups: list[str]) -> None:
        self._joined = "\n" + "\n".join(groups) + "\n"
        self._others: dict[str, str] = {}

    def __getitem__(self, letter: str) -> str:
        """The others of all groups of ``letter``, each once."""
        others = self._others.get(letter)
        if others is None:
            found, joined, at = "", self._joined, self._joined.find(letter)
            while at >= 0:
                end = joined.index("\n", at)
                found += joined[joined.rindex("\n", 0, at) + 1 : end]
                at = joined.find(letter, end)
            others = self._others[letter] = "".join(dict.fromkeys(found.replace(letter, "")))
        return others
