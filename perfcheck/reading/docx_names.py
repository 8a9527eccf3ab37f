"""Names of WordprocessingML, in the transitional namespace that Word writes and the strict one of the standard."""

from __future__ import annotations

from xml.etree.ElementTree import Element

TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def name_of(element: Element) -> str:
    """The local name of an element of WordprocessingML; of other vocabularies the whole."""
    tag = element.tag
    if not isinstance(tag, str):  # a comment, which lxml keeps
        return ""
    if tag.startswith(TRANSITIONAL):
        return tag[len(TRANSITIONAL) :]
    if tag.startswith(STRICT):
        return tag[len(STRICT) :]
    return tag


def child_of(parent: Element, name: str) -> Element | None:
    """The first child called ``name``."""
    return next((child for child in parent if name_of(child) == name), None)


def attribute_of(element: Element, name: str) -> str | None:
    """An attribute of WordprocessingML by its local name."""
    found = element.get(TRANSITIONAL + name)
    return found if found is not None else element.get(STRICT + name)
