"""Names of WordprocessingML, in the transitional namespace that Word writes and the strict one of the standard."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


class _Names(dict[Any, str]):
    """Tag -> name; a document has a hundred thousand elements and a few dozen tags."""

    def __missing__(self, tag: Any) -> str:
        name = tag if isinstance(tag, str) else ""  # a comment, which lxml keeps
        for namespace in (TRANSITIONAL, STRICT):
            name = name.removeprefix(namespace)
        if len(self) < MOST_NAMES:
            self[tag] = name
        return name


MOST_NAMES = 1000
"""Tags that are remembered: a hostile document may have as many as elements."""
NAMES = _Names()
"""The local names of elements of WordprocessingML by their tags; of other vocabularies the whole."""


def name_of(element: Element) -> str:
    """The local name of an element of WordprocessingML; of other vocabularies the whole."""
    return NAMES[element.tag]


def child_of(parent: Element, name: str) -> Element | None:
    """The first child called ``name``."""
    for child in parent:
        if NAMES[child.tag] == name:
            return child
    return None


def attribute_of(element: Element, name: str) -> str | None:
    """An attribute of WordprocessingML by its local name."""
    found = element.get(TRANSITIONAL + name)
    return found if found is not None else element.get(STRICT + name)
