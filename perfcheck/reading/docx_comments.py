"""Comments (批注) that waive findings: those whose text begins as a marker does, with the place they are anchored at.

All other comments are no part of the document and are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from perfcheck.reading.docx_names import attribute_of, name_of
from perfcheck.reading.package import Package
from perfcheck.reading.residue import MARKER
from perfcheck.source import Origin, Paragraph, Residue, Row

OPENINGS = (MARKER, f"[{MARKER}", f"【{MARKER}")
ANCHORS = ("commentRangeStart", "commentReference")


class MarkedComments:
    """The comments that are markers, and where their anchors were seen on the walk."""

    def __init__(self, package: Package, folder: str) -> None:
        self.words: dict[str, str] = {}
        """Id of a comment -> its text."""
        self._places: dict[str, Origin] = {}
        name = f"{folder}/comments.xml"
        if name not in package.names:
            return
        for comment in package.xml(name):
            identity = attribute_of(comment, "id")
            text = "".join(inner.text or "" for inner in comment.iter() if name_of(inner) == "t").strip()
            if identity is not None and text.startswith(OPENINGS):
                self.words[identity] = " ".join(text.split())

    def note(self, place: Origin, paragraphs: Sequence[Element]) -> None:
        """Look for anchors in the paragraphs that stand at ``place``."""
        for paragraph in paragraphs:
            for inner in paragraph.iter():
                if name_of(inner) in ANCHORS:
                    identity = attribute_of(inner, "id")
                    if identity in self.words:
                        self._places.setdefault(identity, place)

    def residue(self, blocks: Sequence[Paragraph | Row]) -> list[Residue]:
        """The markers on the lines their anchors have come to stand on; on line 1 where that was dropped."""
        if not self.words:
            return []
        lines: dict[Origin, int] = {}
        for block in blocks:
            if isinstance(block, Row):
                for index, origin in enumerate(block.origins or ()):
                    lines.setdefault(origin, block.cell_line(index))
            elif block.origin is not None:
                lines.setdefault(block.origin, block.line)
        return [
            Residue("marker", words, lines.get(self._places.get(identity, Origin()), 1))
            for identity, words in self.words.items()
        ]
