"""The named selections and the fields of what they yield."""

from __future__ import annotations

import pytest

from perfcheck.model.places import locate
from perfcheck.model.selections import FIELDS, SELECTIONS, Nodes, getter
from tests.conftest import Read
from tests.forms import INDICATORS, form, project


@pytest.mark.parametrize("name", sorted(set(SELECTIONS) - {"documents"}))
def test_every_selection_yields_nodes_whose_fields_can_all_be_read_and_found(read: Read, name: str) -> None:
    broken = project(2, table=[*INDICATORS[:2], INDICATORS[2][:4]]) + "\n\n说明：多余的一行。\n"
    document = read(form(project(1), broken, project(3)))
    selection = SELECTIONS[name]
    nodes = list(Nodes(document).of(name))
    assert nodes
    for node in nodes:
        for field in FIELDS[selection.node]:
            if field not in ("fault", "line"):
                getter(selection.node, field)(node)
            assert locate(document, node, field.partition(".")[0]).place.span.line >= 1


def test_indicators_can_be_chosen_by_the_kind_of_their_value(read: Read) -> None:
    nodes = Nodes(read(form()))
    assert len(nodes.of("indicators")) == 12
    assert {node.target.kind for node in nodes.of("indicators", ("percent",))} == {"percent"}
    assert len(nodes.of("indicators", ("percent", "date"))) == 6
    assert list(nodes.of("indicators", ("blank",))) == []


def test_a_field_is_none_where_it_is_missing_and_empty_where_it_is_blank(read: Read) -> None:
    missing = read(form(project(1, leave_out=["goals", "usage"]))).projects[0]
    blank = read(form(project(1, goals="", usage=("", " ")))).projects[0]
    for field in ("goals", "usage"):
        get = getter("project", field)
        assert get(missing) is None
        assert get(blank) is not None and not get(blank)


def test_sections_are_none_without_a_heading_and_empty_without_text(read: Read) -> None:
    text = form()
    get = getter("document", "safeguards")
    assert get(read(text.replace("三、工作保障措施\n", ""))) is None
    assert get(read(text.replace("（一）每季度核对一次支出进度。\n（二）年底公开全部结果。\n", ""))) == ""
