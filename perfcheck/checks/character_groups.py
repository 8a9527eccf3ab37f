"""Characters that sound alike, and words of two characters: looked up in one text, not in tables."""

from __future__ import annotations


class Groups:
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


class Pairs:
    """Words of two characters in one text: asked for few of them, they need no table of their own."""

    def __init__(self, words: list[str]) -> None:
        self._text = f" {' '.join(words)} "

    def __contains__(self, pair: str) -> bool:
        text, at = self._text, -1
        while (at := text.find(" " + pair[0], at + 1)) >= 0:
            if text.find(pair[1], at + 2, text.find(" ", at + 2)) >= 0:
                return True
        return False
