"""指标值确定依据: whether a value comes from somewhere, or from a wish, a need or a survey that cannot tell it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from perfcheck.checks.content_words import content_words
from perfcheck.checks.phrases import rows_with_text_in
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import cell_text


def _of_bases(judge: Callable[[str], str]) -> Remembered[str, str]:
    """What ``judge`` says of a text without white space: a document has few different bases in very many rows."""
    return Remembered(lambda text: judge("".join(text.split())) if text else "")


def sourceless(
    read: Read,
    *,
    sources: list[str],
    source_endings: list[str],
    surveys: dict[str, list[str]],
    longest: int,
    words: list[str] = [],  # noqa: B006 -- never changed
    openings: list[str] = [],  # noqa: B006 -- never changed
    endings: list[str] = [],  # noqa: B006 -- never changed
    hollow_marks: list[str] = [],  # noqa: B006 -- never changed
    hollow_pieces: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """The basis has none of ``sources``, no figure, no survey and no source's ending, and shows to be none itself.

    It does by one of ``words`` in it, by one of ``openings`` or ``endings``, or, where none of these are given, by
    naming nothing at all. One with ``hollow_marks``, put together of nothing but these and ``hollow_pieces``, names no
    source whatever it calls it: 相关文件规定. Texts of more than ``longest`` characters may name a source in words of
    their own and are left alone.
    """
    not_empty("sources", sources)
    source_ends, begins, ends = tuple(source_endings), tuple(openings), tuple(endings)
    marks = bool(words or openings or endings)

    pieces = sorted((*hollow_marks, *hollow_pieces), key=len, reverse=True)

    def is_hollow(text: str) -> bool:
        for piece in pieces:
            text = text.replace(piece, "")
        return not text

    def empty_word(text: str) -> str:
        if len(text) <= longest and any(map(text.__contains__, hollow_marks)) and is_hollow(text):
            return text
        if len(text) > longest or _has_source(text, sources, source_ends) or any(map(text.__contains__, surveys)):
            return ""
        if not marks or text.startswith(begins) or text.endswith(ends):
            return text
        return next((word for word in words if word in text), "")

    found = _of_bases(empty_word)

    def judge(node: Any, document: Any) -> Fact | None:
        return Fact("basis", {"text": node.basis, "word": found[node.basis]})

    return screened(judge, lambda nodes: rows_with_text_in(found, nodes, "basis"))


def surveyed(read: Read, *, surveys: dict[str, list[str]], sources: list[str], source_endings: list[str]) -> Judge:
    """A basis that is a survey belongs to an indicator such a survey can tell something of.

    ``surveys`` has for each word for a survey the words that indicators it suits have in their class, name or
    description.
    """
    not_empty("surveys", list(surveys))
    source_ends = tuple(source_endings)

    def survey(text: str) -> str:
        if _has_source(text, sources, source_ends):
            return ""
        return next((word for word in surveys if word in text), "")

    found = _of_bases(survey)

    def judge(node: Any, document: Any) -> Fact | None:
        word = found[node.basis]
        about = (node.category, node.subcategory, node.name, node.description)
        if any(suited in text for text in about if text for suited in surveys[word]):
            return None
        return Fact("basis", {"text": node.basis, "word": word, "name": node.name or node.subcategory or ""})

    return screened(judge, lambda nodes: rows_with_text_in(found, nodes, "basis"))


def one_title(
    read: Read, *, titles: list[str], fewest: int, generic_words: list[str], kinds: dict[str, list[str]]
) -> Judge:
    """Not every row of a table, of ``fewest`` or more, is based on one document about other things.

    Such a document has one of ``titles`` within its 《》 and shares no content word, ``generic_words`` aside, with
    name, usage or goals of the project, nor with any of its indicators.
    """
    not_empty("titles", titles)
    words = content_words(generic_words, kinds)
    remote = Remembered[str, str](lambda title: title if any(map(title.__contains__, titles)) else "")

    def title_of(rows: Sequence[Any]) -> str:
        basis = rows[0].basis or ""
        title = remote[basis.partition("《")[2].partition("》")[0]]
        return title if title and all(row.basis == basis for row in rows) else ""

    def based_on_one(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if len(node.indicators) >= fewest and title_of(node.indicators)]

    def judge(node: Any, document: Any) -> Fact | None:
        rows = node.indicators
        title = title_of(rows)
        about = words[title] - words[node.unit.name or ""]
        said = (node.name or "", cell_text(node, "usage"), *node.goals)
        measured = (text for row in rows for text in (row.name, row.description) if text)
        if not all(about.isdisjoint(words[text]) for text in chain(said, measured)):
            return None
        related = tuple(((row, "basis"), "same") for row in rows[1:])
        return Fact("basis", {"text": title, "count": len(rows)}, related, rows[0])

    return screened(judge, based_on_one)


def _has_source(text: str, sources: Sequence[str], endings: tuple[str, ...]) -> bool:
    """Whether ``text`` has a word for a source, the ending of one, or a figure."""
    return text.endswith(endings) or any(map(str.isdigit, text)) or any(map(text.__contains__, sources))
