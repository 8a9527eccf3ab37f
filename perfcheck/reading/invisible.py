"""Characters nobody sees and nobody means: marks of zero width that come along when text is copied from a page.

They are dropped from all kinds of files alike: ``36.50`` with one of them in it is the number it looks like. Of a plain
text it is remembered where they stood, so that places can be told as an editor counts them.
"""

from __future__ import annotations

from perfcheck.patterns import compiled

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_ANY = compiled(f"[{INVISIBLE}]")
_DROP = dict.fromkeys(map(ord, INVISIBLE))


def has_invisible(text: str) -> bool:
    """Whether there is any such character in ``text``."""
    return not text.isascii() and _ANY.search(text) is not None


def visible(text: str) -> str:
    """``text`` without them."""
    return text.translate(_DROP) if has_invisible(text) else text


def columns_of(text: str) -> dict[int, tuple[int, ...]]:
    """Line -> the columns, both from 1, at which they stand; lines without any are not named."""
    return {
        number: tuple(column for column, character in enumerate(line, 1) if character in INVISIBLE)
        for number, line in enumerate(text.split("\n"), 1)
        if has_invisible(line)
    }
