"""Reader for ``.docx``: the document as a reader sees it who accepted all changes.

Format: ISO/IEC 29500-1 (WordprocessingML). Insertions and moves-to are kept, deletions and hidden text dropped; of
fields the cached result stays; content controls and the like are looked through. A cell merged with the one above it
is an empty text, as in text extracted from Word. Rows of a table inside a cell follow the row of that cell.
"""

from __future__ import annotations

from collections.abc import Callable

from perfcheck.errors import UnreadableSourceError
from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.docx_comments import MarkedComments
from perfcheck.reading.docx_names import attribute_of, name_of
from perfcheck.reading.docx_numbering import Numbering
from perfcheck.reading.docx_walker import Walker
from perfcheck.reading.own_files import refuse_own_package
from perfcheck.reading.package import Package, damaged
from perfcheck.source import Remark, SourceText

CHANGED = Remark(
    "文件里有未接受的修订；检查的是接受全部修订之后的样子（保留插入的、去掉删除的）。",
    "The file has unaccepted changes; it was checked as if all of them were accepted.",
)
MACROS = Remark(
    "文件带有宏；perfcheck 只读文字，不运行宏。", "The file carries macros; only its text was read, nothing was run."
)


def read_docx(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Read one Word file; raises :class:`UnreadableSourceError`."""
    package = Package(data)
    refuse_own_package(package)
    main = main_part(package)
    root = package.xml(main)
    folder = main.rpartition("/")[0]
    numbering = Numbering.of(package, folder)
    walker = Walker(numbering)
    body = next((part for part in root if name_of(part) == "body"), None)
    if body is None:
        raise UnreadableSourceError("文件里没有正文。", "The file has no body.")
    comments = MarkedComments(package, folder)
    if comments.words:
        walker.comments = comments
    try:
        walker.blocks(body)
    except RecursionError:  # containers in containers in containers, as no program writes them
        raise damaged() from None
    _set_notes_aside(package, folder, walker.text)
    source = walker.text.source(path, "docx", _remarks(walker, package))
    source.residue.extend(comments.residue(source.blocks))
    if not source.blocks:
        raise UnreadableSourceError("文件是空的，没有可检查的内容。", "The file is empty; there is nothing to check.")
    return source


def main_part(package: Package) -> str:
    """The name of the part that holds the document."""
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                name = relation.get("Target", "").lstrip("/")
                if name in package.names:
                    return name
    return "word/document.xml"


def _remarks(walker: Walker, package: Package) -> list[Remark]:
    remarks = []
    if walker.changed:
        remarks.append(CHANGED)
    if any(name.endswith("vbaProject.bin") for name in package.names):
        remarks.append(MACROS)
    return remarks


def _set_notes_aside(package: Package, folder: str, text: CanonicalText) -> None:
    """Footnotes and endnotes are no part of the form; what they say is recorded."""
    for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote")):
        name = f"{folder}/{part}.xml"
        if name in package.names:
            for note in package.xml(name):
                if attribute_of(note, "type") is None:
                    words = "".join(inner.text or "" for inner in note.iter() if name_of(inner) == "t").strip()
                    if words:
                        text.set_aside(kind, words)
