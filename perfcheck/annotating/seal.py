"""Copies carry a seal over all they hold: a copy whose seal is whole is as we wrote it, by nobody added to.

The seal is a digest at the very end: of a package (a zip file) its comment, of a PDF file a last line that is a
comment. Any program that saves the file anew, or adds to it, breaks it.
"""

from __future__ import annotations

from perfcheck.digests import blake2b

BEGINS = b"%perfcheck-seal "
LENGTH = len(BEGINS) + 32 + 1
END_OF_DIRECTORY = b"PK\x05\x06"
TO_COMMENT = 22
"""Bytes of the end of a directory before its comment, the last two of which are the length of that (APPNOTE 4.3.16)."""


def sealed(data: bytes) -> bytes:
    """``data`` with its seal."""
    seal = BEGINS + blake2b(data, digest_size=16).hexdigest().encode() + b"\n"
    if data[-TO_COMMENT:].startswith(END_OF_DIRECTORY):
        return data[:-2] + LENGTH.to_bytes(2, "little") + seal
    return data + seal


def is_untouched(data: bytes) -> bool:
    """Whether ``data`` is as it was sealed."""
    content = data[:-LENGTH]
    if content[-TO_COMMENT:].startswith(END_OF_DIRECTORY):
        content = content[:-2] + b"\0\0"
    return sealed(content) == data
