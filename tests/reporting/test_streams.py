"""Reports in pieces are what they would be in one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from perfcheck.reporting.streams import CHUNK, in_chunks, indented, json_lines, json_pieces

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4), max_leaves=20
)


def as_streams(value: Any) -> Any:
    """``value`` with an iterator for each array that stands in an array or object that is written in pieces."""
    if isinstance(value, list):
        return iter([as_streams(item) for item in value])
    if isinstance(value, dict) and any(isinstance(item, list) for item in value.values()):
        return {key: as_streams(item) for key, item in value.items()}
    return value


@given(VALUES)
def test_json_in_pieces_is_what_json_writes(value: Any) -> None:
    wanted = json.dumps(value, ensure_ascii=False, indent=2)
    assert indented(value) == wanted
    assert "".join(json_pieces(as_streams(value))) == wanted


@given(st.lists(st.dictionaries(st.text(), VALUES, min_size=1, max_size=3), max_size=4))
def test_a_stream_of_documents_is_laid_out_as_a_list_of_them(documents: list[dict[str, Any]]) -> None:
    whole = {"summary": {"documents": len(documents)}, "documents": documents}
    stream = {**whole, "documents": iter(documents)}
    assert "".join(json_pieces(stream)) == json.dumps(whole, ensure_ascii=False, indent=2)


def test_an_array_is_made_while_it_is_read() -> None:
    made = []

    def items() -> Iterator[int]:
        for number in range(3):
            made.append(number)
            yield number

    pieces = json_pieces({"items": items()})
    for piece in pieces:
        if "1" in piece:
            break
    assert made == [0, 1]


@given(st.lists(st.text()))
def test_lines_of_json_are_read_one_by_one(items: list[str]) -> None:
    assert [json.loads(line) for line in json_lines(items)] == items
    assert all(line.endswith("\n") for line in json_lines(items))


@given(st.lists(st.integers(0, CHUNK // 2), max_size=12))
def test_chunks_are_large_and_lose_nothing(sizes: list[int]) -> None:
    pieces = [chr(65 + at) * size for at, size in enumerate(sizes)]
    chunks = list(in_chunks(pieces))
    assert "".join(chunks) == "".join(pieces)
    assert all(len(chunk) >= CHUNK for chunk in chunks[:-1])
