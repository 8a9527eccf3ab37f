"""Lines of one cell that stand in another word for word: goals that are the words of the usage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.checks.texts import fold
from perfcheck.checks.wording import bare_words, unnumbered, whole
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text


def copied_lines(
    read: Read, *, field: str, other: str, openings: list[str], endings: list[str], shortest: int
) -> Judge:
    """No line of ``field``, ``openings`` in front and ``endings`` behind left out, stands word for word in ``other``.

    Lines of less than ``shortest`` characters name a matter, as both texts must. ``field`` is a cell of a project.
    """
    if shortest < 1:
        raise ValueError("shortest 应大于 0")
    get_other = read(other)
    bare = bare_words
    opens, ends = (tuple(sorted(map(fold, words), key=len, reverse=True)) for words in (openings, endings))

    def core(line: str) -> str:
        text = bare[line]
        while text.startswith(opens):
            text = text[len(next(word for word in opens if text.startswith(word))) :]
        while text.endswith(ends):
            text = text[: -len(next(word for word in ends if text.endswith(word)))]
        return text

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        others = bare[whole(get_other(node))]
        if len(others) < shortest:
            return
        begin = 0
        for line in cell_text(node, field).split("\n"):
            if len(line) >= shortest and len(words := core(line)) >= shortest and words in others:
                span = (begin, begin + len(line))
                yield Fact(field, {"text": unnumbered(line)}, (((node, other), "other"),), span=span)
            begin += len(line) + 1

    return judge
