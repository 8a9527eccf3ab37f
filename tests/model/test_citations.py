"""Document numbers and titles as they are written in prose."""

from __future__ import annotations

import pytest

from perfcheck.model.citations import NumberReader, titles

BRACKETS = {"〔": "〕", "[": "]", "【": "】", "（": "）", "(": ")"}


@pytest.fixture
def numbers() -> NumberReader:
    return NumberReader(BRACKETS, ["根据", "通知"], ["发", "字", "预"], ["泵站"], ["合同"])


@pytest.mark.parametrize(
    ("text", "written", "office", "year", "serial"),
    [
        ("青政发〔2021〕6号", "青政发〔2021〕6号", "青政发", 2021, "6"),
        ("根据青政发[2021]6号文件", "青政发[2021]6号", "青政发", 2021, "6"),
        ("（青政办发【2021】036号）", "青政办发【2021】036号", "青政办发", 2021, "36"),
        ("青财预2022年41号资金", "青财预2022年41号", "青财预", 2022, "41"),
        ("青财预2022-41号", "青财预2022-41号", "青财预", 2022, "41"),
        ("青政发〔98〕第6号", "青政发〔98〕第6号", "青政发", 1998, "6"),
        ("青政发〔 2021 〕2-1号", "青政发〔 2021 〕2-1号", "青政发", 2021, "2-1"),
        ("青政发\n〔2021〕6号", "青政发\n〔2021〕6号", "青政发", 2021, "6"),
        ("青政发〔2021〕6）", "青政发〔2021〕6", "青政发", 2021, "6"),
        ("青禾县云溪镇人民政府办公室[2021]6号", "[2021]6号", "", 2021, "6"),
    ],
    ids=repr,
)
def test_a_number_is_read_as_it_stands(
    numbers: NumberReader, text: str, written: str, office: str, year: int, serial: str
) -> None:
    (found,) = numbers[text]
    assert text[found.start : found.end] == written
    assert (found.office, found.year, found.serial) == (office, year, serial)
    assert found.written("〔〕") == f"{office}〔{year}〕{serial}号"


@pytest.mark.parametrize(
    "text",
    [
        "2022年8月3号", "国务院令第541号", "某部令2015年第22号", "2022年3号泵站", "青政发2022年3号泵站", "（2022）3号", "〔2021〕6", "[2021]6",
        "（2021）某0639民初12号", "养护合同[2022]3号", "第31号", "〔2021〕", "", "号",
    ],
)  # fmt: skip
def test_other_things_with_numbers_are_no_documents(numbers: NumberReader, text: str) -> None:
    assert numbers[text] == ()


def test_several_numbers_come_one_by_one(numbers: NumberReader) -> None:
    assert [number.serial for number in numbers["青政发〔2021〕6号、青财预[2022]41号"]] == ["6", "41"]


def test_a_long_text_is_read_up_to_a_point(numbers: NumberReader) -> None:
    assert numbers["甲" * 5000 + "青政发〔2021〕6号"] == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《甲办法》和《乙办法》", ["甲办法", "乙办法"]),
        ("《关于印发《甲办法》的通知》", ["关于印发《甲办法》的通知"]),
        ("《关于印发〈甲办法〉的通知》", ["关于印发〈甲办法〉的通知"]),
        ("《没有写完", []),
        ("》《》", []),
    ],
)
def test_titles_are_the_outermost(text: str, found: list[str]) -> None:
    assert [title.text for title in titles(text)] == found
    assert all(text[title.start : title.end] == title.text for title in titles(text))
