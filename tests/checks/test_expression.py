"""Expressions of rules: useful ones work, dangerous ones are refused when the rule is loaded or when it runs."""

from __future__ import annotations

import contextlib
import time
from decimal import Decimal
from types import SimpleNamespace

import pytest

from perfcheck.checks.expression import compile_expression, expression

NODE = SimpleNamespace(
    name="村道养护经费",
    code=None,
    goals=("一", "二"),
    funding=SimpleNamespace(total=SimpleNamespace(number=Decimal("8.00"))),
    number=3,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("node.name == '村道养护经费'", True), ("node.goals | length > 1", True), ("not node.code", True), ("node.code is none", True),
        ("node.funding.total.number * 2 == 16", True), ("node.number in (1, 2)", False), ("node.name | length + 1", 7),
        ("-node.number + 5 - 1 / 2", 1.5), ("'a' if node.code else 'b'", "b"), ("node.goals[0]", "一"), ("node.name and node.goals or 1", ("一", "二")),
        ("node.goals | first", "一"), ("(node.number - 5) | abs", 2), ("document is none", True),
    ],
)  # fmt: skip
def test_an_expression_reads_the_node(text: str, value: object) -> None:
    assert compile_expression(text)(node=NODE, document=None) == value


def test_an_expression_that_holds_reports_nothing_and_one_that_does_not_reports_its_field() -> None:
    holds = expression(lambda field: None, holds="node.number == 3", field="number")  # type: ignore[arg-type, return-value]
    fails = expression(lambda field: None, holds="node.number == 4", field="number")  # type: ignore[arg-type, return-value]
    assert holds(NODE, None) is None
    assert fails(NODE, None).field == "number"


@pytest.mark.parametrize(
    "text",
    [
        "2 ** 9", "9 ** 9 ** 9", "range(10)", "node.name.upper()", "lipsum()", "dict(a=1)", "{'a': 1}",
        "'%s' % 'x'", "7 // 2", "7 % 2", "node.name ~ 'x'", "node.name | replace('a', 'b')", "node | attr('__class__')", "'a' | center(10)",
        "node.goals | map('upper') | list", "node.goals | join", "node.name | format", "[1] | tojson", "node.name[1:2]", "1 +", "{% if x %}", "}} {{ 1",
        "node.name == 'a' }}{% for a in b %}{{", "x" * 401, "'" + "x" * 500 + "'", "caller()", "node.goals | random", "node.a.b(c)", "",
    ],
)  # fmt: skip
def test_what_could_be_costly_or_dangerous_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        compile_expression(text)
    assert str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "'x' * 300000000", "[1] * 300000000", "(1, 2) * 99999999", "node.name * 99999", "node.name + node.name", "1000000000000 * 10 * 10",
        "node._secret", "node.__class__", "node.name.__class__", "cycler", "self.x", "node['__class__'].x", "node.missing == 1", "nothing", "node.name / 2", "1 / 0",
    ],
)  # fmt: skip
def test_what_only_shows_when_it_runs_raises_at_once(text: str) -> None:
    start = time.perf_counter()
    evaluate = compile_expression(text)
    with pytest.raises(Exception):
        bool(evaluate(node=NODE, document=None))
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("depth", [10, 40, 190])
def test_brackets_inside_brackets_cost_nothing_or_are_refused(depth: int) -> None:
    start = time.perf_counter()
    with contextlib.suppress(ValueError):
        compile_expression("(" * depth + "1" + ")" * depth)(node=NODE, document=None)
    assert time.perf_counter() - start < 2


def test_long_sums_stay_within_bounds() -> None:
    assert compile_expression("+".join(["1"] * 150))(node=NODE, document=None) == 150


def test_an_expression_sees_nothing_but_its_node_and_document() -> None:
    for name in ("namespace", "range", "environment", "config", "read"):
        with pytest.raises(Exception):
            bool(compile_expression(name)(node=NODE, document=None))
