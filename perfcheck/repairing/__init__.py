"""Mending files: edits of the canonical text brought into the file itself, everything else byte for byte as it was."""

from __future__ import annotations

from perfcheck.repairing.draft import Draft, Hunk, NotMendable
from perfcheck.repairing.text_file import mend_text

__all__ = ["Draft", "Hunk", "NotMendable", "mend_text", "mended"]


def mended(data: bytes, kind: str, hunks: list[Hunk]) -> bytes:
    """The file ``data`` of a ``kind`` as :class:`~perfcheck.source.SourceText` names it, with ``hunks`` put in.

    Raises :class:`NotMendable` for a place that cannot be written to.
    """
    if not hunks:
        return data
    if kind == "docx":
        from perfcheck.repairing.word import mend_docx

        return mend_docx(data, hunks)
    return mend_text(data, kind, hunks)
