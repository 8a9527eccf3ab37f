"""``perfcheck fix``: what has one right answer is mended, and nothing else."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from perfcheck import api
from perfcheck.cli import main
from perfcheck.errors import UnreadableSourceError
from perfcheck.running.repairs import Mender, Mending
from tests.conftest import CORPUS
from tests.formats import html, xlsx
from tests.forms import form, project
from tests.office import docx

Run = Callable[..., Result]

FLAWS = {
    "document-number-format": ("年度养护计划", "青财预[2023]5号"),
    "space-inside": ("全镇范围内", "全镇范围 内"),
    "punctuation-half-width": ("平整畅通。", "平整,畅通。"),
    "digits-full-width": ("维护12处", "维护１２处"),
    "value-percent-in-words": ("≥95%", "≥95百分比"),
    "spending-plan-sign-mixed": ("\t50%\n", "\t50\n"),
    "bracket-unpaired": ("（二）年底", "(二）年底"),
    "date-with-slashes": ("2023年11月30日前", "2023/11/30前"),
    "table-number-sequence": ("2.乡道", "3.乡道"),
    "section-number-sequence": ("（二）年底", "（三）年底"),
}
"""Rule -> what is replaced in a clean form to make its flaw, the first time it stands there."""
UNSAFE = {
    "wrong-word": ("常年平整", "及时更新通迅录，常年平整"),
    "punctuation-doubled": ("平整畅通。", "平整畅通。。"),
    "upper-bound-reversed": ("≤6000元/公里", "≥6000元/公里"),
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        result = runner.invoke(main, ["fix", *arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture(scope="module")
def mender() -> Mender:
    return make_mender()


@pytest.fixture(scope="module")
def bold() -> Mender:
    return make_mender(unsafe=True)


def make_mender(unsafe: bool = False) -> Mender:
    pack = api.open_pack("hebei")
    return Mender(pack, api.part_in("zh"), chosen=[rule.id for rule in pack.rules], unsafe=unsafe)


def flawed(*rules: str) -> str:
    text = form()
    for rule in rules:
        right, wrong = {**FLAWS, **UNSAFE}[rule]
        assert right in text, rule
        text = text.replace(right, wrong, 1)
    return text


def ids(mending: Mending) -> list[str]:
    return [finding.rule.id for finding in mending.done]


# ---- what is mended --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", FLAWS)
def test_what_has_one_right_answer_is_mended_as_it_was(mender: Mender, rule: str) -> None:
    text = flawed(rule)
    mending = mender.mend("a.txt", text.encode())
    assert set(ids(mending)) == {rule}
    wanted = form()
    if rule == "document-number-format":
        wanted = wanted.replace("年度养护计划", "青财预〔2023〕5号", 1)
    if rule == "punctuation-half-width":
        wanted = wanted.replace("平整畅通。", "平整，畅通。", 1)
    assert mending.data.decode() == wanted


@pytest.mark.parametrize("rule", UNSAFE)
def test_what_needs_judgement_is_left_until_a_person_says_so(mender: Mender, bold: Mender, rule: str) -> None:
    data = flawed(rule).encode()
    left = mender.mend("a.txt", data)
    assert left.data == data
    assert [finding.rule.id for finding in left.left] == [rule]
    assert ids(bold.mend("a.txt", data)) == [rule]


def test_a_list_that_does_not_begin_with_one_is_left_to_a_person(mender: Mender, bold: Mender) -> None:
    data = form(project(1, goals="2、全年维护12处。")).encode()
    assert mender.mend("a.txt", data).data == data
    assert "\t1、全年维护12处。" in bold.mend("a.txt", data).data.decode()


def test_a_line_that_lost_its_number_gets_it_once_a_person_says_so(mender: Mender, bold: Mender) -> None:
    goals = "1.全年维护12处，方便群众。\n亮灯率保持在97%以上。\n3.及时抢修路灯。"
    text = form().replace("1.全年维护12处，方便群众。", goals, 1)
    assert mender.mend("a.txt", text.encode()).data.decode() == text
    assert bold.mend("a.txt", text.encode()).data.decode() == text.replace("\n亮灯率", "\n2.亮灯率")


def test_nothing_of_part_one_is_renumbered_where_a_section_has_no_heading(mender: Mender) -> None:
    text = form().replace("三、工作保障措施\n", "").replace("（二）灌溉", "（三）灌溉")
    assert mender.mend("a.txt", text.encode()).data.decode() == text


def test_spaces_that_may_part_items_are_left_to_a_person(mender: Mender) -> None:
    data = form(project(1, usage=("", "用于村道 乡道 林道维护。"))).encode()
    mending = mender.mend("a.txt", data)
    assert mending.data == data
    assert {finding.rule.id for finding in mending.left} == {"space-inside"}


def test_all_numbers_of_a_list_are_mended_at_once(mender: Mender) -> None:
    text = form(*(project(serial, number=f"{max(serial, 2)}.") for serial in range(1, 5)))
    assert mender.mend("a.txt", text.encode()).data == text.encode()  # the first has no 1: a person is to look
    text = form(*(project(serial, number=f"{serial + (serial > 2)}.") for serial in range(1, 6)))
    mending = mender.mend("a.txt", text.encode())
    assert ids(mending) == ["table-number-sequence"]
    assert mending.data.decode() == form(*(project(serial) for serial in range(1, 6)))


def test_decimals_of_the_plan_follow_the_other_periods(mender: Mender) -> None:
    text = form(project(1, plan=("25", "50.5", "75.00%", "100.00%")))
    assert "\t25.00%\n\t50.50%\n\t75.00%\n\t100.00%" in mender.mend("a.txt", text.encode()).data.decode()


def test_a_plan_of_bare_numbers_or_of_amounts_stays(mender: Mender) -> None:
    for plan in (("25", "50", "75", "100"), ("2.00", "4.00", "6.00", "8.00")):
        data = form(project(1, plan=plan)).encode()
        assert mender.mend("a.txt", data).data == data


# ---- what is not touched ---------------------------------------------------------------------------------------------


SOME = st.sets(st.sampled_from(sorted({**FLAWS, **UNSAFE})), min_size=1)


@settings(max_examples=12)
@given(SOME, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.sampled_from(["\n", "\r\n"]))
def test_a_mended_file_has_no_such_finding_stays_as_it_is_and_only_such_lines_have_changed(
    bold: Mender, rules: set[str], encoding: str, end: str
) -> None:
    order = [rule for rule in {**FLAWS, **UNSAFE} if rule in rules]
    if {"bracket-unpaired", "section-number-sequence"} <= rules:
        order.remove("section-number-sequence")  # both change the same number
    if {"punctuation-half-width", "punctuation-doubled"} <= rules:
        order.remove("punctuation-half-width")
    text = flawed(*order)
    data = text.replace("\n", end).encode(encoding)
    mending = bold.mend("a.txt", data)
    assert set(ids(mending)) == set(order)
    assert not mending.dropped
    before, after = data.decode(encoding).split(end), mending.data.decode(encoding).split(end)
    assert len(before) == len(after)
    assert mending.data == end.join(after).encode(encoding)
    whole = form().split("\n")
    assert all(new == old or old != right for old, new, right in zip(before, after, whole))
    again = bold.mend("a.txt", mending.data)
    assert again.data == mending.data
    assert again.done == ()


def test_the_byte_order_mark_stays(mender: Mender) -> None:
    for mark, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")):
        mending = mender.mend("a.txt", mark + flawed("space-inside").encode(encoding))
        assert mending.data == mark + form().encode(encoding)


def test_bookmarks_page_numbers_and_blank_lines_stay(mender: Mender) -> None:
    text = flawed("space-inside", "table-number-sequence")
    text = text.replace("3.乡道", "[bookmark: _Toc_1_0000000002]3.乡道").replace("第二部分", "— 1 —\n\n \n第二部分")
    wanted = text.replace("]3.乡道", "]2.乡道").replace("范围 内", "范围内")
    assert mender.mend("a.txt", text.encode()).data.decode() == wanted


def test_a_cell_of_several_lines_keeps_its_lines(mender: Mender) -> None:
    goals = "1.全年维护１２处，方便群众。\n2.依据青财预[2023]5号\n\n完成 养护。"
    text = form(project(1, goals=goals))
    wanted = text.replace("１２", "12").replace("[2023]", "〔2023〕").replace("完成 养护", "完成养护")
    assert mender.mend("a.txt", text.encode()).data.decode() == wanted


def test_what_would_make_another_finding_is_left_out_and_said(mender: Mender) -> None:
    name = "青财预2022年5号养护经费"
    data = form(project(1, name=name), project(2)).encode()
    mending = mender.mend("a.txt", data)
    assert mending.data == data
    (dropped,) = mending.dropped
    assert dropped.finding.rule.id == "document-number-format"
    assert "title-name-mismatch" in dropped.reason


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_real_documents_are_mended_once_and_for_all(path: Path, bold: Mender, mender: Mender) -> None:
    for each in (mender, bold):
        mending = each.mend(path.name, path.read_bytes())
        assert each.mend(path.name, mending.data).data == mending.data


# ---- the command -----------------------------------------------------------------------------------------------------


def test_a_file_is_mended_in_its_place_and_a_second_run_finds_nothing(run: Run) -> None:
    Path("一份 文本.txt").write_bytes(flawed("space-inside").encode())
    first = run("一份 文本.txt")
    assert first.exit_code == 0
    assert "已改" in first.stderr
    assert Path("一份 文本.txt").read_text(encoding="utf-8") == form()
    assert "没有要改的" in run("一份 文本.txt").stderr


def test_a_diff_is_shown_and_nothing_written(run: Run) -> None:
    Path("a.txt").write_bytes(flawed("space-inside").encode())
    result = run("a.txt", "--diff")
    assert result.exit_code == 1
    assert "-\t用于全镇范围 内的日常维护。\n+\t用于全镇范围内的日常维护。\n" in result.stdout
    assert result.stdout.startswith("--- a.txt\n+++ a.txt\n@@")
    assert Path("a.txt").read_text(encoding="utf-8") == flawed("space-inside")


def test_a_diff_of_a_sound_file_is_empty(run: Run) -> None:
    Path("a.txt").write_bytes(form().encode())
    result = run("a.txt", "--diff")
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_result_may_be_written_elsewhere(run: Run) -> None:
    Path("a.txt").write_bytes(flawed("space-inside").encode())
    assert run("a.txt", "-o", "b.txt").exit_code == 0
    assert Path("a.txt").read_text(encoding="utf-8") == flawed("space-inside")
    assert Path("b.txt").read_text(encoding="utf-8") == form()
    assert run("a.txt", "b.txt", "-o", "c.txt").exit_code == 2


def test_standard_input_goes_to_standard_output(run: Run) -> None:
    result = run("-", stdin=flawed("space-inside").encode())
    assert result.exit_code == 0
    assert result.stdout_bytes.decode() == form()


def test_only_the_chosen_rules_are_mended(run: Run) -> None:
    for arguments in (("--select", "space-inside"), ("--ignore", "structure,text.fullwidth_or_spacing,text.typo")):
        Path("a.txt").write_bytes(flawed("space-inside", "document-number-format").encode())
        assert run("a.txt", *arguments).exit_code == 0
        left = Path("a.txt").read_text(encoding="utf-8")
        assert ("[2023]" in left) == (arguments[0] == "--select")
        assert ("范围 内" in left) == (arguments[0] == "--ignore")


def test_rules_that_mend_nothing_cannot_be_chosen_alone(run: Run) -> None:
    Path("a.txt").write_bytes(form().encode())
    result = run("a.txt", "--select", "goals-blank")
    assert result.exit_code == 2
    assert "可自动修改" in result.stderr


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", html(form())),
        ("a.xlsx", xlsx(form())),
        ("a.pdf", b"%PDF-1.7"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")),
        ("a.rtf", b"{\\rtf1}"),
    ],
)
def test_other_kinds_of_files_are_to_be_saved_as_docx_first(run: Run, name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    result = run(name)
    assert result.exit_code == 2
    assert "另存为 .docx" in result.stderr
    assert Path(name).read_bytes() == data


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", "购物清单：鸡蛋".encode(), b"PK\x03\x04 no zip"])
def test_what_cannot_be_read_is_not_mended(run: Run, data: bytes) -> None:
    Path("a.txt").write_bytes(data)
    result = run("a.txt")
    assert result.exit_code == 2
    assert "没有修改" in result.stderr
    assert Path("a.txt").read_bytes() == data


def test_one_file_that_cannot_be_read_does_not_keep_the_others_from_being_mended(run: Run) -> None:
    Path("a.txt").write_bytes(b"")
    Path("b.txt").write_bytes(flawed("space-inside").encode())
    assert run("a.txt", "b.txt", "nowhere.txt").exit_code == 2
    assert Path("b.txt").read_text(encoding="utf-8") == form()


def test_a_file_that_cannot_be_read_is_refused_by_the_mender(mender: Mender) -> None:
    with pytest.raises(UnreadableSourceError, match="不像"):
        mender.mend("a.txt", "购物清单：鸡蛋".encode())


def test_a_word_file_and_its_text_are_mended_alike(mender: Mender) -> None:
    text = flawed(*(rule for rule in FLAWS if rule != "bracket-unpaired"))
    mending = mender.mend("a.docx", docx(text))
    assert sorted(ids(mending)) == sorted(ids(mender.mend("a.txt", text.encode())))
    assert not mending.dropped


# ---- what somebody waived ----------------------------------------------------------------------------------------------


def marked(*rules: str) -> str:
    """A text with the flaws of ``rules``, that of the section's number waived in its own line."""
    text = flawed(*rules, "section-number-sequence")
    line = "（三）年底公开全部结果。"
    return text.replace(line, f"{line}[perfcheck:忽略 section-number-sequence 理由：沿用编号]")


def test_what_a_marker_in_the_text_waives_is_not_mended_and_that_is_said(run: Run, tmp_path: Path) -> None:
    Path("a.txt").write_text(marked("space-inside"), encoding="utf-8")
    result = run("a.txt")
    assert result.exit_code == 0
    assert Path("a.txt").read_text(encoding="utf-8") == marked()
    assert "1 处已豁免，没有改" in result.stderr and "section-number-sequence" not in result.stderr
    assert run("a.txt", "--diff").exit_code == 0
    assert run("a.txt", "--no-waivers").exit_code == 0
    assert "（二）年底公开全部结果。[perfcheck" in Path("a.txt").read_text(encoding="utf-8")


WAIVERS = """\
schema: perfcheck-waivers-1
waivers:
  - {rule: section-number-sequence, scope: {path: a.txt}, reason: 沿用编号, approver: 预算股 王某, expiry: 2099-12-31}
"""


@pytest.mark.parametrize("by_configuration", [True, False], ids=["perfcheck.yaml", "--waivers"])
def test_what_a_file_of_waivers_waives_is_not_mended(run: Run, by_configuration: bool) -> None:
    Path("waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    if by_configuration:
        Path("perfcheck.yaml").write_text("waivers: waivers.yaml\n", encoding="utf-8")
    options = () if by_configuration else ("--waivers", "waivers.yaml")
    Path("a.txt").write_text(flawed("space-inside", "section-number-sequence"), encoding="utf-8")
    assert "1 处已豁免" in run("a.txt", *options).stderr
    assert Path("a.txt").read_text(encoding="utf-8") == flawed("section-number-sequence")
    assert run("a.txt", "--no-waivers", *options).exit_code == 0
    assert Path("a.txt").read_text(encoding="utf-8") == form()


def test_a_waiver_that_has_run_out_or_is_for_another_place_keeps_nothing_from_being_mended(run: Run) -> None:
    Path("waivers.yaml").write_text(WAIVERS.replace("2099", "2020"), encoding="utf-8")
    Path("a.txt").write_text(flawed("section-number-sequence"), encoding="utf-8")
    assert "豁免" not in run("a.txt", "--waivers", "waivers.yaml").stderr
    assert Path("a.txt").read_text(encoding="utf-8") == form()
