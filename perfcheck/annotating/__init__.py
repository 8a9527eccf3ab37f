"""Remarks in the margin: findings written back into a copy of the file they were found in."""

from __future__ import annotations

from perfcheck.annotating.remarks import remark_texts
from perfcheck.engine import Judgement
from perfcheck.errors import SettingsError
from perfcheck.reading.reader import kind_of

__all__ = ["annotate_bytes"]


def annotate_bytes(judgement: Judgement, data: bytes, language: str) -> bytes:
    """A copy of the file ``data``, that ``judgement`` is about, with its findings as remarks.

    Raises :class:`SettingsError` for kinds of files that have no margin, and what the writer of the kind raises.
    """
    kind = kind_of(data)
    remarks = remark_texts(judgement, language)
    if kind == "docx":
        from perfcheck.annotating.word import annotate_docx

        return annotate_docx(data, remarks)
    if kind == "xlsx":
        from perfcheck.annotating.excel import annotate_xlsx

        return annotate_xlsx(data, remarks)
    raise SettingsError(
        f"{judgement.path}：只有 .docx 和 .xlsx 能写批注；其他文件请用 check 看清单 / "
        "only .docx and .xlsx files can carry comments"
    )
