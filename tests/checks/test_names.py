"""What endings and units show, and how names are bared."""

from __future__ import annotations

import pytest

from perfcheck import memories
from perfcheck.checks.names import EndingFinder, UnitKinds, bare_name


@pytest.mark.parametrize(
    ("name", "bare"),
    [("完好率%", "完好率"), ("参训人数（人）", "参训人数"), ("参训 人数(全年)", "参训人数"), ("（试点）参训人数", "（试点）参训人数"), ("完工时间：", "完工时间"), (None, ""), ("", "")],
)  # fmt: skip
def test_hints_and_points_are_no_part_of_a_name(name: str | None, bare: str) -> None:
    assert bare_name(name) == bare


def test_the_longest_ending_counts() -> None:
    finder = EndingFinder({"次数": "times", "人次数": "people", "频率": "", "率": "rate"})
    assert finder["培训次数"] == ("次数", "times")
    assert finder["培训人次数（次）"] == ("人次数", "people")
    assert finder["巡查频率"] == ("频率", "")
    assert finder["次"] is None and finder[""] is None


def test_what_was_found_is_forgotten_when_it_becomes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST", 2)
    finder = EndingFinder({"率": "rate"})
    assert [finder[f"第{number}率"] for number in range(9)] == [("率", "rate")] * 9
    assert len(finder) <= 3


def test_a_unit_has_the_sort_of_what_it_is_a_multiple_of() -> None:
    kind_of = UnitKinds({"length": ["米", "千米"], "area": ["亩"], "people": ["人"]}, ["千", "万", "余", "多"])
    assert [kind_of[unit] for unit in ("米", "千米", "万亩", "余人", "万余人", "瓦", "千瓦", "")] == [
        "length", "length", "area", "people", "people", "", "", "",
    ]  # fmt: skip
