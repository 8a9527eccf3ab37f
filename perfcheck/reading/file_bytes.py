"""The bytes of a document: of regular files and of what is piped in, within a limit; nothing is read for ever."""

from __future__ import annotations

import os
import stat
from typing import IO

from perfcheck.errors import UnreadableSourceError, why

LARGEST = 200_000_000
"""Bytes a document may have; ten thousand tables as text have 13 million."""
STEP = 1 << 20
PIPES = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Names of what a shell has opened for us, such as ``<(command)``: somebody writes into it, or it ends at once."""


def bytes_of(path: str) -> bytes:
    """The bytes of the file at ``path``; raises :class:`UnreadableSourceError` with a sentence for the user."""
    try:
        if is_special(path) and not path.startswith(PIPES):
            raise UnreadableSourceError(
                "这不是普通文件（是管道、设备之类），没有读它；要检查别的程序的输出，请用“-”。",
                'This is no regular file but a pipe, device or the like; use "-" for what another program writes.',
            )
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise _too_large()
            return file.read() if size else bytes_from(file)
    except FileNotFoundError:
        raise UnreadableSourceError(
            "找不到这个文件，请核对路径和文件名。", "There is no such file; check path and name."
        ) from None
    except IsADirectoryError:
        raise UnreadableSourceError("这是文件夹，不是文件。", "This is a folder, not a file.") from None
    except PermissionError:
        raise UnreadableSourceError("没有读取这个文件的权限。", "There is no permission to read this file.") from None
    except OSError as error:
        raise UnreadableSourceError(
            f"文件打不开：{why(error)}。", f"The file cannot be opened: {error.strerror or error}."
        ) from None


def bytes_from(stream: IO[bytes]) -> bytes:
    """All that comes out of ``stream``; raises :class:`UnreadableSourceError` where that is too much."""
    pieces = []
    size = 0
    while piece := stream.read(STEP):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise _too_large()
    return b"".join(pieces)


def is_special(path: str) -> bool:
    """Whether something is there that is neither a regular file nor a folder: a pipe, a device, a socket."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _too_large() -> UnreadableSourceError:
    return UnreadableSourceError(
        f"超过 {LARGEST // 1_000_000} MB，不像一份绩效文本，没有检查。如确是，请拆成几份。",
        f"It has more than {LARGEST // 1_000_000} MB, which no such document has; split it if it is one.",
    )
