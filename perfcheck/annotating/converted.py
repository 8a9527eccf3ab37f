"""Remarks for old kinds of files: LibreOffice, where it is installed, makes the new kind, which takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from perfcheck.annotating.remarks import RemarkText
from perfcheck.errors import UnreadableSourceError
from perfcheck.finding import Finding
from perfcheck.reading.libreoffice import converted
from perfcheck.reading.reader import read_bytes
from perfcheck.source import Origin, Paragraph, SourceText

NEW = {"doc": "docx", "xls": "xlsx"}


def as_new_kind(
    kind: str, data: bytes, remarks: Sequence[RemarkText], is_landmark: Callable[[str], bool]
) -> tuple[bytes, list[RemarkText]]:
    """The old file ``data`` as one of the new kind, and ``remarks`` with the places they have in that.

    Raises :class:`UnreadableSourceError` where LibreOffice is not installed or cannot convert the file.
    """
    new = NEW[kind]
    made = converted(data, kind, new)
    if made is None:
        raise UnreadableSourceError(
            f"旧版文件（.{kind}）写不了批注：要先转成 .{new}，而这台电脑上没有 LibreOffice，或它没能转换。"
            f"请在 Word、Excel 或 WPS 中另存为 .{new} 后再试；不写批注的检查照常。",
            f"An old file (.{kind}) takes no comments, and LibreOffice, which could convert it, is not installed or "
            f"failed; save it as .{new} and try again.",
        )
    moved = _moved(read_bytes(f"a.{kind}", data, is_landmark), read_bytes(f"a.{new}", made, is_landmark))
    return made, [remark._replace(finding=_at_new_place(remark.finding, moved)) for remark in remarks]


def _moved(old: SourceText, new: SourceText) -> dict[Origin, Origin]:
    """Where each place of the old file is in the new one."""
    before, after = (
        [(block.text,) if isinstance(block, Paragraph) else tuple(block.cells) for block in source.blocks]
        for source in (old, new)
    )
    moved: dict[Origin, Origin] = {}
    for tag, start, end, there, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            continue
        for one, two in zip(old.blocks[start:end], new.blocks[there:]):
            if isinstance(one, Paragraph) or isinstance(two, Paragraph):
                pairs = [(getattr(one, "origin", None), getattr(two, "origin", None))]
            else:
                pairs = list(zip(one.origins or (), two.origins or ()))
            moved.update((a, b) for a, b in pairs if a is not None and b is not None)
    return moved


def _at_new_place(finding: Finding, moved: dict[Origin, Origin]) -> Finding:
    place = finding.location.place
    if place.origin is None:
        return finding
    origin = moved.get(place.origin, place.origin)
    return finding._replace(location=finding.location._replace(place=place._replace(origin=origin)))
