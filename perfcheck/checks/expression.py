"""A Jinja expression over a node, in a sandbox with bounded cost: for the rare rule that no check fits."""

from __future__ import annotations

from typing import Any

from perfcheck.checks.presence import Judge, Read
from perfcheck.finding import Fact

LONGEST = 400
"""Characters an expression may have."""
DEEPEST = 30
"""Brackets an expression may have: Jinja's parser calls itself for each."""
LARGEST = 10**12
"""Numbers beyond this are refused in arithmetic; together with LONGEST it bounds what one evaluation can cost."""
ALLOWED = frozenset(
    "Template Output Name Const TemplateData List Tuple Getattr Getitem Compare Operand And Or Not Add Sub Mul Div "
    "Neg Filter Test CondExpr".split()
)
FILTERS = frozenset("length abs int float trim lower upper default sum first last".split())


def expression(read: Read, *, holds: str, field: str) -> Judge:
    """``holds`` is true of the node, which it knows as ``node`` and its document as ``document``."""
    evaluate = compile_expression(holds)

    def judge(node: Any, document: Any) -> Fact | None:
        if evaluate(node=node, document=document):
            return None
        return Fact(field, {"holds": holds})

    return judge


def compile_expression(text: str) -> Any:
    """The expression as a function of its names; raises ``ValueError`` with the reason where it is not allowed."""
    from perfcheck.jinja import StrictUndefined, TemplateSyntaxError, nodes
    from perfcheck.jinja_sandbox import ImmutableSandboxedEnvironment

    class Bounded(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("+", "-", "*", "/"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            for operand in (left, right):
                if isinstance(operand, (str, list, tuple)) or abs(operand) > LARGEST:
                    raise ValueError("表达式只能对不太大的数做加减乘除")
            return super().call_binop(context, operator, left, right)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return not attr.startswith("_") and not callable(value)

    if len(text) > LONGEST:
        raise ValueError(f"表达式超过 {LONGEST} 个字符")
    if sum(map(text.count, "([{")) > DEEPEST or text.count("not") > DEEPEST:
        raise ValueError(f"表达式里的括号超过 {DEEPEST} 个")
    environment = Bounded(undefined=StrictUndefined)
    environment.globals.clear()
    try:
        tree = environment.parse("{{ " + text + " }}")
    except TemplateSyntaxError as error:
        raise ValueError(f"表达式写法有误：{error.message}") from None
    for node in tree.find_all(nodes.Node):
        if type(node).__name__ not in ALLOWED:
            raise ValueError(f"表达式里不能用 {type(node).__name__}")
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise ValueError(f"表达式里不能用过滤器 {node.name}")
    return environment.compile_expression(text, undefined_to_none=False)
