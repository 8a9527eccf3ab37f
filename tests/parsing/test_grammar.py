"""The grammars: LALR without conflicts, and the generated parser is theirs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfcheck.parsing import generate
from perfcheck.resources import grammar_folder

lark = pytest.importorskip("lark")


@pytest.fixture
def log() -> Iterator[list[str]]:
    """What Lark says while it builds a parser; conflicts it settles by itself are said at DEBUG only."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    from lark.utils import logger

    listener, level = Listener(), logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.DEBUG)
    yield said
    logger.removeHandler(listener)
    logger.setLevel(level)


def conflicts(said: list[str]) -> list[str]:
    return [
        message
        for message in said
        if ("conflict" in message.lower() and "shift/reduce" in message.lower()) or "reduce/reduce" in message.lower()
    ]


def build(name: str, starts: list[str], **options: Any) -> Any:
    return lark.Lark.open(
        str(Path(grammar_folder(), name)), parser="lalr", start=starts, maybe_placeholders=False, debug=True, **options
    )


def test_the_grammar_of_the_form_has_no_conflict(log: list[str]) -> None:
    build("document.lark", ["start", "labelled_row", "unit_cells"], lexer="contextual")
    assert conflicts(log) == []


def test_the_grammar_of_values_has_no_conflict(log: list[str]) -> None:
    build("target.lark", ["target", "amount"], lexer="basic")
    assert conflicts(log) == []


def test_a_conflict_would_be_seen(log: list[str]) -> None:
    lark.Lark('start: "if" start | "if" start "else" start | "x"', parser="lalr", debug=True)
    assert conflicts(log)


@pytest.mark.parametrize("make", [generate.document_grammar, generate.target_grammar], ids=["form", "values"])
def test_the_parser_is_generated_with_the_same_settings(make: Any) -> None:
    made = make()
    assert made.options.parser == "lalr"
    assert made.options.start in (["start", "labelled_row", "unit_cells"], ["target", "amount"])


def test_the_generated_parser_is_fresh() -> None:
    text = generate.RUNTIME.read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    assert version is not None
    if version.group(1) != lark.__version__:
        pytest.skip(f"generated with Lark {version.group(1)}, installed is {lark.__version__}")
    for path, fresh in generate.generated().items():
        assert path.read_text(encoding="utf-8") == fresh, "run python -m perfcheck.parsing.generate"


def test_the_grammars_open_with_a_sample_of_their_text() -> None:
    for name in ("document.lark", "target.lark"):
        text = Path(grammar_folder(), name).read_text(encoding="utf-8")
        head = text.partition("start:" if name.startswith("document") else "target:")[0]
        assert len([line for line in head.split("\n") if line.startswith("//     ")]) >= 4


def test_what_both_grammars_use_stands_in_one_place() -> None:
    common = set(
        re.findall(r"^([A-Z_]+):", Path(grammar_folder(), "common.lark").read_text(encoding="utf-8"), re.MULTILINE)
    )
    for name in ("document.lark", "target.lark"):
        text = Path(grammar_folder(), name).read_text(encoding="utf-8")
        assert not common & set(re.findall(r"^([A-Z_]+)[.:]", text, re.MULTILINE))


LABELS = re.compile(r'^(?:([A-Z_]+_LABEL):|\s+\|) ((?:"[^"]+"(?: \| )?)+)', re.MULTILINE)


def test_no_label_stands_for_two_things() -> None:
    text = Path(grammar_folder(), "document.lark").read_text(encoding="utf-8")
    seen: dict[str, str] = {}
    label = ""
    for name, words in LABELS.findall(text):
        label = name or label
        for word in re.findall(r'"([^"]+)"', words):
            assert seen.setdefault(word, label) == label, word
    assert len(seen) > 80
