"""What can go wrong for reasons other than the document's content.

Each error carries one plain sentence for the user; the command line prints it and never a traceback.
"""

from __future__ import annotations

import errno


class PerfcheckError(Exception):
    """Base of all errors perfcheck raises on purpose; ``str(error)`` is a sentence for the user."""


class UnreadableSourceError(PerfcheckError):
    """A document could not be read, so it was not checked; the reason in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.en = en

    def in_language(self, language: str) -> str:
        """The reason in ``zh`` or ``en``."""
        return self.en if language == "en" else str(self)


class OwnReportError(UnreadableSourceError):
    """A file is a report perfcheck wrote: in a folder it is left out, by its own name it is refused."""


class PackError(PerfcheckError):
    """A rule pack is broken: says file, line, excerpt and a right example."""


class SettingsError(PerfcheckError):
    """The call itself was wrong: an unknown rule id, an impossible year, no input."""


class NoMarginError(PerfcheckError):
    """A kind of file that cannot carry remarks at all."""


class MissingExtraError(PerfcheckError):
    """Something needs a package that is not installed; says which extra brings it."""

    def __init__(self, extra: str, what_zh: str, what_en: str) -> None:
        line = f"pip install 'perfcheck[{extra}]'"
        super().__init__(f"{what_zh}需要另外安装：{line} / {what_en} needs: {line}")


def why(error: OSError | UnicodeError) -> str:
    """Why a file could not be read or written, in words a person knows; the system's own where there are none."""
    if isinstance(error, UnicodeError):
        return "不是 UTF-8 编码，请另存为 UTF-8"
    return _WHY.get(error.errno or 0) or error.strerror or str(error)


_WHY = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EACCES: "没有权限，或正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "文件名太长",
}
