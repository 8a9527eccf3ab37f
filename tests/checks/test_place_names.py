"""A unit speaks of itself as what it is and by its own name."""

from __future__ import annotations

import pytest

from perfcheck.checks.place_names import own_place
from tests.conftest import Check, rule_ids
from tests.forms import PART_ONE, form, project

LEVELS = ("乡", "镇", "街道", "办事处")
ABOVE = ("省", "市", "县", "区", "旗")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("青禾县云溪镇人民政府", ("云溪", "镇")),
        ("青禾县云溪镇人民政府本级", ("云溪", "镇")),
        ("某市大河湾乡人民政府", ("大河湾", "乡")),
        ("青禾区云溪街道办事处", ("云溪", "街道")),
        ("青禾县城关办事处", ("城关", "办事处")),
        ("云溪镇社区服务中心", ("云溪", "镇")),
        ("镇平县城关镇人民政府", ("城关", "镇")),
        ("青禾县民政局", ("", "")),
        ("青禾县乡镇企业局", ("", "")),
        ("青禾县乡村振兴局", ("", "")),
        ("", ""),
    ],
)
def test_a_township_is_told_by_its_name(name: str, place: tuple[str, str]) -> None:
    assert own_place(name, LEVELS, ABOVE) == (place or ("", ""))


def document(unit: str, usage: str) -> str:
    table = project(1, unit=(f"600001{unit}", "单位：万元"), usage=("", usage))
    return form(table, part_one=PART_ONE.replace("全镇", "辖区"))


@pytest.mark.parametrize(
    ("unit", "usage", "found"),
    [
        ("青禾县白石乡人民政府", "用于我镇敬老院取暖。", True),
        ("青禾县白石乡人民政府", "用于全镇村道养护，镇政府统一组织。", True),
        ("青禾县白石乡人民政府", "用于支持镇域企业发展。", True),
        ("青禾县白石乡人民政府", "用于加强办事处值班值守。", True),
        ("青禾县白石乡人民政府", "用于我乡敬老院取暖。", False),
        ("青禾县白石乡人民政府", "用于小城镇建设、城镇低保和集镇保洁。", False),
        ("青禾县白石乡人民政府", "用于健全镇村医疗网络，建设安全镇村。", False),
        ("青禾县白石乡人民政府", "用于与云溪镇政府联合巡查。", False),
        ("青禾县白石乡人民政府", "用于学习“我镇我爱”活动经验。", False),
        ("青禾县白石乡人民政府", "用于各乡镇、办事处交流。", False),
        ("青禾县云溪镇人民政府", "用于本乡图书室开放。", True),
        ("青禾县云溪镇人民政府", "用于返乡人员培训、送戏下乡和乡道修补，健全乡村治理。", False),
        ("青禾县云溪街道办事处", "用于我镇消防水源维护。", True),
        ("青禾县云溪街道办事处", "用于办事处值班和本街道巡查。", False),
    ],
)
def test_only_words_for_the_unit_itself_count(check: Check, unit: str, usage: str, found: bool) -> None:
    assert set(rule_ids(check(document(unit, usage)))) == ({"own-level-wrong"} if found else set())


@pytest.mark.parametrize(
    ("unit", "usage", "found"),
    [
        ("青禾县水务局", "用于我镇消防水源维护。", True),
        ("青禾县水务局本级", "用于青禾区水务局机关取暖。", True),
        ("青禾县水务局", "用于镇水务局机关取暖。", True),
        ("青禾县水务局", "用于青禾县水务局和各乡镇水务站取暖。", False),
        ("青禾县水务局", "用于配合市水务局普查。", False),
        ("水务局", "用于我镇消防水源维护。", False),
    ],
)
def test_an_office_speaks_neither_as_a_town_nor_by_another_name(
    check: Check, unit: str, usage: str, found: bool
) -> None:
    assert set(rule_ids(check(document(unit, usage)))) == ({"office-misnamed"} if found else set())


@pytest.mark.parametrize(
    ("unit", "usage", "found"),
    [
        ("青禾县马营镇人民政府", "用于提升马家营镇形象。", True),
        ("青禾县马家营镇人民政府", "用于提升马营镇形象。", True),
        ("青禾县李清坡镇人民政府", "用于提升李青坡镇形象。", True),
        ("青禾县云溪镇人民政府", "用于与云山镇互查互学、联合巡逻。", False),
        ("青禾县白河镇人民政府", "用于与白和镇互查互学、联合巡逻。", False),
        ("青禾县马营镇人民政府", "用于提升大马家营镇形象。", False),
        ("青禾县马营镇人民政府", "用于提升马家营村形象。", False),
    ],
)
def test_another_spelling_of_the_unit_s_name_is_found(check: Check, unit: str, usage: str, found: bool) -> None:
    assert rule_ids(check(document(unit, usage))) == (["own-name-variant"] if found else [])
