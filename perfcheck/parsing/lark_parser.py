"""The two Lark parsers, taken from the generated module with our lexer and builders put in."""

from __future__ import annotations

import re
from runpy import run_module
from typing import Any

from perfcheck.parsing import _standalone
from perfcheck.parsing.row_lexer import RowLexer
from perfcheck.patterns import compiled

# Lark looks up what to do for a rule by the rule, whose own hash and comparison are Python functions. Every rule of a
# parser is one object in all of its tables, so its identity tells the same.
_standalone.Rule.__hash__ = object.__hash__  # type: ignore[method-assign]
_standalone.Rule.__eq__ = object.__eq__  # type: ignore[method-assign]


def _one_of_each(kind: Any) -> Any:
    """How values of ``kind`` are read from a table: each once, for the rules have hundreds of symbols in common."""
    read = kind.deserialize
    known: dict[tuple[Any, ...], Any] = {}

    def deserialize(data: Any, memo: Any) -> Any:
        found = known.get(key := tuple(data.values()))
        if found is None:
            found = known[key] = read(data, memo)
        return found

    return deserialize


for _kind in (_standalone.Terminal, _standalone.NonTerminal, _standalone.RuleOptions):
    _kind.deserialize = _one_of_each(_kind)  # type: ignore[method-assign]


class ParseTable(_standalone.IntParseTable):
    """Lark's table of what to do, read from one number for each step: a state to go to, or below zero a rule."""

    @classmethod
    def deserialize(cls, data: Any, memo: Any) -> Any:
        """The table of ``data``, whose rules ``memo`` has by number; a step taken in many places is one value."""
        steps = {state: (_standalone.Shift, state) for state in data["states"]}
        steps |= {~number: (_standalone.Reduce, rule) for number, rule in memo.items()}
        tokens = data["tokens"]
        states = {
            state: {tokens[token]: steps[step] for token, step in actions.items()}
            for state, actions in data["states"].items()
        }
        return cls(states, data["start_states"], data["end_states"])


_standalone.IntParseTable = ParseTable  # type: ignore[misc]


class Lark(_standalone.Lark):
    """Lark's generated class, with patterns that are kept from one start to the next."""

    def _deserialize_lexer_conf(self, data: Any, memo: Any, options: Any) -> Any:
        found: Any = super()._deserialize_lexer_conf(data, memo, options)
        found.re_module = Patterns
        return found


class Patterns:
    """What Lark uses of the module ``re``."""

    compile = staticmethod(compiled)
    error = re.error


UnexpectedToken = _standalone.UnexpectedToken
UnexpectedInput = _standalone.UnexpectedInput


class Branch:
    """What Lark builds for a rule no builder method handles: just its children, cheaper than Lark's own tree."""

    __slots__ = ("children",)

    def __init__(self, data: str, children: list[Any], meta: Any = None) -> None:
        self.children = children


def tables(grammar: str) -> tuple[Any, Any]:
    """What Lark makes a parser of, run and not imported: Lark keeps none of it, and a module would stay, a megabyte."""
    module = run_module(f"perfcheck.parsing._{grammar}_tables")
    return module["DATA"], module["MEMO"]


def document_parser(builder: Any) -> Any:
    """Lark over ``document.lark``: blocks in, whatever ``builder`` makes of them out.

    Lark's generated module takes a lexer class only under the name of the one it would have used itself.
    """
    return Lark._load_from_dict(  # type: ignore[no-untyped-call]
        *tables("document"),
        transformer=builder,
        tree_class=Branch,
        _plugins={"ContextualLexer": RowLexer},
    )


def target_parser(builder: Any) -> Any:
    """Lark over ``target.lark``: the text of one value or amount in."""
    return Lark._load_from_dict(  # type: ignore[no-untyped-call]
        *tables("target"), transformer=builder, tree_class=Branch
    )
