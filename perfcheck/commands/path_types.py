"""Names of files and folders on the command line, and what is wrong with one, in plain words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    Type = click.ParamType[Any]
else:
    Type = click.ParamType  # which older versions do not take a type for


class PathName(Type):
    """A name as it was written; one of the wrong kind, or of nothing where there must be something, is refused.

    click's own type asks for a translation of its name whenever one is made, which for all of ours took a hundredth of
    a start, and says what is wrong in English alone.
    """

    def __init__(self, name: str = "path", exists: bool = False) -> None:
        self.name = name
        self._exists = exists

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` itself."""
        if self._exists and not os.path.exists(value):
            self.fail(f"找不到“{value}”，请核对路径 / not found", param, ctx)
        if self.name == "file" and os.path.isdir(value):
            self.fail(f"“{value}”是文件夹，这里要写文件 / is a folder, not a file", param, ctx)
        if self.name == "directory" and os.path.isfile(value):
            self.fail(f"“{value}”是文件，这里要写文件夹 / is a file, not a folder", param, ctx)
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Names of files or folders, which the shell knows best."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="dir" if self.name == "directory" else "file")]


PATH = PathName()
FILE = PathName("file")
FOLDER = PathName("directory")
PATH_THERE = PathName(exists=True)
FILE_THERE = PathName("file", exists=True)
FOLDER_THERE = PathName("directory", exists=True)
