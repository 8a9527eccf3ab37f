"""Where grammar, rule packs and templates lie: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def grammar_folder() -> Path:
    """The folder of the ``.lark`` files."""
    return _folder("grammar")


def packs_folder() -> Path:
    """The folder of the built-in rule packs and their JSON Schema."""
    return _folder("rules")


def templates_folder() -> Path:
    """The folder of the report templates."""
    return _PACKAGE / "reporting" / "templates"
