"""Remarks in the margin: findings written back into a copy of the file they were found in."""

from __future__ import annotations

from collections.abc import Callable

from perfcheck.annotating.remarks import remark_texts
from perfcheck.annotating.seal import is_untouched, sealed
from perfcheck.engine import Judgement
from perfcheck.errors import NoMarginError
from perfcheck.reading.reader import kind_of

__all__ = ["annotate_bytes", "is_untouched", "suffix_of_copy"]

CONVERTED = {"doc": ".docx", "xls": ".xlsx"}
"""Old kinds of files, and the kind their copy is of."""


def suffix_of_copy(data: bytes, suffix: str) -> str:
    """How the name of a copy of the file ``data``, called ``suffix``, ends."""
    return CONVERTED.get(kind_of(data, suffix.lower()) or "", suffix)


def annotate_bytes(judgement: Judgement, data: bytes, language: str, is_landmark: Callable[[str], bool]) -> bytes:
    """A copy of the file ``data``, that ``judgement`` is about, with its findings as remarks.

    ``is_landmark`` is what the file was read with. Raises :class:`NoMarginError` for kinds of files without a margin,
    and what the writer of the kind raises.
    """
    kind = kind_of(data, judgement.path[judgement.path.rfind(".") :].lower())
    remarks = remark_texts(judgement, language)
    if kind in CONVERTED:
        from perfcheck.annotating.converted import as_new_kind

        data, remarks = as_new_kind(kind, data, remarks, is_landmark)
        kind = CONVERTED[kind][1:]
    if kind == "docx":
        from perfcheck.annotating.word import annotate_docx

        return sealed(annotate_docx(data, remarks))
    if kind == "xlsx":
        from perfcheck.annotating.excel import annotate_xlsx

        return sealed(annotate_xlsx(data, remarks))
    if kind == "pdf":
        from perfcheck.annotating.pdf import annotate_pdf

        return sealed(annotate_pdf(data, remarks, is_landmark))
    raise NoMarginError(
        f"{judgement.path}：纯文本和网页没有地方写批注；请用 check --format html 看标在原表旁边的问题 / "
        "texts and web pages have no margin; --format html shows the findings beside the tables"
    )
