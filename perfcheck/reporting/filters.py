"""Filters of the templates: what a document contains is made harmless for the format it goes into."""

from __future__ import annotations

import json
import os
import unicodedata
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, Literal
from urllib.parse import quote

from perfcheck.finding import Location
from perfcheck.patterns import compiled
from perfcheck.reporting.words import Words
from perfcheck.resources import repository_of
from perfcheck.rulebook.rule import Rule

# Control characters, and those that reorder or hide text on a terminal or a web page.
_UNSAFE = compiled(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_NOT_XML = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = compiled(r"([\\`*_{}\[\]()#+!|~-])")
_LINK = compiled(r"\[([^\]]*)\]\(")
_PLACEHOLDER = compiled(r"\{(\d+)\}")
REFERENCE_ONLY, CUSTOM = "参照", "惯例"


def as_json(value: Any) -> str:
    """``value`` as JSON."""
    if value.__class__ is str:
        return encode_basestring(value)
    return json.dumps(value, ensure_ascii=False)


def harmless(text: str) -> str:
    """``text`` without characters that steer a terminal or reorder what it shows."""
    return _UNSAFE.sub("", text)


def as_plain(text: str) -> str:
    """``text`` on one line and without characters that steer a terminal."""
    return _UNSAFE.sub("", " ".join(text.split()))


def as_xml(text: str) -> str:
    """``text`` without characters XML has no way to write."""
    return _NOT_XML.sub("\ufffd", text)


def as_markdown(text: str) -> str:
    """``text`` as Markdown that shows it literally: no markup, no HTML, no mention, no link, one table cell."""
    text = as_plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", text).replace("@", "&#64;").replace("://", "&#58;//").replace("www.", "www&#46;")


def as_message(text: str) -> str:
    """``text`` as SARIF's plain text message (2.1.0, 3.11): no link, no placeholder."""
    if "[" in text:
        text = _LINK.sub(r"\\[\1\\](", text)
    return _PLACEHOLDER.sub(r"{{\1}}", text) if "{" in text else text


def clip(text: str, columns: int) -> str:
    """The beginning of ``text`` that fits into ``columns`` of a terminal."""
    used = 0
    for index, character in enumerate(text):
        used += _width(character)
        if used > columns:
            return text[:index] + "…"
    return text


def excerpt(location: Location, columns: int) -> tuple[str, str, str]:
    """The line a finding stands on as ``columns`` of a terminal show it: before, the place itself, behind it."""
    start, end = location.focus or (0, len(location.text))
    first = location.text.rfind("\n", 0, start) + 1
    last = location.text.find("\n", start)
    last = len(location.text) if last < 0 else last
    before, text, after = (
        as_plain(part)
        for part in (location.text[first:start], location.text[start : min(end, last)], location.text[end:last])
    )
    text = clip(text, columns)
    room = max(columns - display_width(text), 0)
    kept = ""
    for character in reversed(before):
        if display_width(character + kept) > room * 2 // 3:
            kept = "…" + kept
            break
        kept = character + kept
    return kept, text, clip(after, max(room - display_width(kept), 0)) if after else ""


def focus(location: Location) -> str:
    """The characters a finding is about."""
    return location.text if location.focus is None else location.text[slice(*location.focus)]


def display_width(text: str) -> int:
    """Columns ``text`` takes on a terminal; ideographs take two."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def as_uri(path: str) -> str:
    """A file's URI for SARIF: relative to the repository where it lies in it, percent-encoded UTF-8."""
    return _uri(path, os.getcwd())


def as_path(path: str) -> str:
    """A file's path from the root of the repository, as it is written there; absolute where it lies elsewhere."""
    return _path(path, os.getcwd())


@lru_cache(maxsize=10_000)
def _uri(path: str, here: str) -> str:
    folder, name = os.path.split(path)
    return _folder_uri(folder, here) + quote(os.fsencode(name), safe="")


@lru_cache(maxsize=10_000)
def _path(path: str, here: str) -> str:
    folder, name = os.path.split(path)
    inside, real = _in_repository(folder, here)
    return f"{real}/{name}" if real else name if inside else f"/{name}"


@lru_cache(maxsize=10_000)
def _folder_uri(folder: str, here: str) -> str:
    inside, real = _in_repository(folder, here)
    if inside:
        return quote(os.fsencode(real), safe="/") + "/" if real else ""
    drive = "/" if real[1:2] == ":" else ""  # C:/... on Windows
    return "file://" + drive + quote(os.fsencode(real), safe="/:") + "/"


@lru_cache(maxsize=10_000)
def _in_repository(folder: str, here: str) -> tuple[bool, str]:
    """Whether a folder, seen from the folder ``here``, lies in the repository of that, and its path from its root.

    Else its absolute one; no slash behind.
    """
    real = os.path.realpath(os.path.join(here, folder))
    root = _repository_root(here)
    if real == root:
        return True, ""
    inside = real.startswith(root + os.sep)
    return inside, (real[len(root) + 1 :] if inside else real).replace(os.sep, "/").rstrip("/")


@lru_cache(maxsize=100)
def _repository_root(here: str) -> str:
    start = os.path.realpath(here)
    return repository_of(start) or start


def citation(rule: Rule, words: Words, year: int | Literal["any"] | None = "any") -> str:
    """What a rule rests on in one line, for a document of budget year ``year``: nothing younger is held against it.

    A document that binds only others is called a reference; custom is no document and gets no title marks. Articles
    of one document are named together.
    """
    parts: dict[str, list[str]] = {}
    for item in rule.citation:
        if item.from_year is not None and year != "any" and (year is None or year < item.from_year):
            continue
        text = item.document
        if item.force != CUSTOM:
            text = f"《{text}》" + (words.phrase("citation_number", number=item.number) if item.number else "")
        if item.force == REFERENCE_ONLY:
            text = words.phrase("reference") + text
        article = item.article or ""
        if article and not article.startswith("第"):
            article = words.phrase("citation_part", part=article)
        if not item.verified and item.force != CUSTOM:
            article += words.phrase("unverified" if item.article else "unseen")
        parts.setdefault(text, []).append(article)
    if not parts:
        return words.phrase("the_form")
    return "；".join(text + "、".join(filter(None, articles)) for text, articles in parts.items())
