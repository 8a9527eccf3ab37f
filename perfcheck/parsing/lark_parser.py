"""The two Lark parsers, taken from the generated module with our lexer and builders put in."""

from __future__ import annotations

from typing import Any

from perfcheck.parsing import _standalone
from perfcheck.parsing.row_lexer import RowLexer

# Lark looks up what to do for a rule by the rule, whose own hash and comparison are Python functions. Every rule of a
# parser is one object in all of its tables, so its identity tells the same.
_standalone.Rule.__hash__ = object.__hash__  # type: ignore[method-assign]
_standalone.Rule.__eq__ = object.__eq__  # type: ignore[method-assign]

UnexpectedToken = _standalone.UnexpectedToken
UnexpectedInput = _standalone.UnexpectedInput


class Branch:
    """What Lark builds for a rule no builder method handles: just its children, cheaper than Lark's own tree."""

    __slots__ = ("children",)

    def __init__(self, data: str, children: list[Any], meta: Any = None) -> None:
        self.children = children


def document_parser(builder: Any) -> Any:
    """Lark over ``document.lark``: blocks in, whatever ``builder`` makes of them out.

    Lark's generated module takes a lexer class only under the name of the one it would have used itself.
    """
    return _standalone.Lark._load_from_dict(
        _standalone.DOCUMENT_DATA,
        _standalone.DOCUMENT_MEMO,
        transformer=builder,
        tree_class=Branch,
        _plugins={"ContextualLexer": RowLexer},
    )


def target_parser(builder: Any) -> Any:
    """Lark over ``target.lark``: the text of one value or amount in."""
    return _standalone.Lark._load_from_dict(
        _standalone.TARGET_DATA, _standalone.TARGET_MEMO, transformer=builder, tree_class=Branch
    )
