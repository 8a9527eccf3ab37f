"""Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030, and nothing guessed beyond that."""

from __future__ import annotations

import codecs

from perfcheck.errors import UnreadableSourceError

SAVE_AS_UTF8 = "请用记事本或 WPS 打开，核对文字无误后另存为“UTF-8”编码。"
OPEN_AND_SAVE = "Open it in an editor, see that the text is right and save it as UTF-8."
CERTAIN_UTF8 = 8
"""Chinese characters read as UTF-8 before a broken byte that make a file a damaged UTF-8 one, not GB18030."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; raises :class:`UnreadableSourceError`."""
    if data.startswith(codecs.BOM_UTF8):
        text, encoding = _decode_as(data[3:], "utf-8"), "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, encoding = _decode_as(data, "utf-16"), "utf-16"
    elif b"\0" in data:
        raise _with_nul()
    else:
        text, encoding = _decode_unmarked(data)
    if "\0" in text:
        raise _with_nul()
    if not text or text.isspace():
        raise empty()
    return text, encoding


def empty() -> UnreadableSourceError:
    """The error for a file with nothing in it."""
    return UnreadableSourceError("文件是空的，没有可检查的内容。", "The file is empty; there is nothing to check.")


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            f"文件标明是 {encoding.upper()} 编码，但第 {error.start + 1} 字节处已损坏，读不出文字。{SAVE_AS_UTF8}",
            f"The file says it is {encoding.upper()} but is damaged at byte {error.start + 1}. {OPEN_AND_SAVE}",
        ) from None


def _decode_unmarked(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        if sum(character >= "\u2e80" for character in good) >= CERTAIN_UTF8:
            raise UnreadableSourceError(
                f"文件是 UTF-8 编码，但第 {error.start + 1} 字节处已损坏，读不出文字。{SAVE_AS_UTF8}",
                f"The file is UTF-8 but damaged at byte {error.start + 1}. {OPEN_AND_SAVE}",
            ) from None
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            f"认不出文件的文字编码（不是 UTF-8、UTF-16 或 GB18030，第 {error.start + 1} 字节处读不下去）。"
            f"{SAVE_AS_UTF8}",
            f"The encoding is unknown (not UTF-8, UTF-16 or GB18030; unreadable from byte {error.start + 1}). "
            f"{OPEN_AND_SAVE}",
        ) from None


def _with_nul() -> UnreadableSourceError:
    return UnreadableSourceError(
        f"文件里有空字符（NUL），不是正常的文本文件。{SAVE_AS_UTF8}",
        f"The file has NUL characters, which no text has. {OPEN_AND_SAVE}",
    )
