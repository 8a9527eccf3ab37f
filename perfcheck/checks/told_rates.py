"""Rates that prose tells: 满意度达到190%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from perfcheck.checks.phrases import hits_in
from perfcheck.checks.presence import Judge, Read, not_empty
from perfcheck.checks.quantities import clause_around, word_in
from perfcheck.patterns import compiled

SIGNS = "%％"


def rates_in_prose(
    read: Read, *, over: Decimal, rates: list[str], links: list[str], unless_words: list[str], in_parts: list[str]
) -> Judge:
    """No text of one of ``in_parts`` says of one of ``rates``, right behind it, that it is more than ``over`` percent.

    ``links`` may stand between, one after the other. With one of ``unless_words`` in front of it in its clause it is
    another rate: 毛入学率.
    """
    not_empty("rates", rates)
    get = read("text")

    @cache
    def search() -> re.Pattern[str]:
        names, between = ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (rates, links))
        return compiled(rf"({names})(?:{between})*\s?(\d{{3,}}(?:\.\d+)?)\s?[{SIGNS}]")

    def find(text: str) -> Iterator[tuple[dict[str, str], tuple[int, int]]]:
        if "%" not in text and "％" not in text:
            return
        for found in search().finditer(text):
            start, _ = clause_around(text, *found.span())
            if Decimal(found.group(2)) > over and not word_in(text[start : found.start()], unless_words):
                yield {"text": found.group(), "word": found.group(1)}, found.span()

    return hits_in("text", get, find, SIGNS, in_parts)
