"""Joining the parts: which files are taken, which rules are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.errors import PackError, SettingsError
from perfcheck.rulebook import Pack
from tests.forms import form, project


def test_a_folder_is_walked_in_a_stable_order_without_hidden_and_lock_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "乙.txt",
        "甲/b.TXT",
        "甲/a.txt",
        ".git/x.txt",
        ".a.txt",
        "~$甲.docx",
        "甲/说明.md",
        "甲/表.docx",
        "图.png",
    ):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("x")
    found = [Path(name).as_posix() for name in api.find_files(["."])]
    assert found == ["乙.txt", "甲/a.txt", "甲/b.TXT", "甲/表.docx"]
    assert api.find_files(["."]) == api.find_files(["."])


def test_a_file_named_twice_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("x")
    assert api.find_files(["a.txt", "a.txt"]) == ["a.txt"]


def test_a_file_named_twice_in_two_spellings_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("x")
    assert len(api.find_files(["a.txt", "./a.txt", "."])) == 1


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("x")
    try:
        Path("again").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert len(api.find_files(["."])) == 1


def test_no_path_and_an_empty_folder_are_wrong_calls(tmp_path: Path) -> None:
    (tmp_path / "说明.md").write_text("x")
    for paths in ([], [str(tmp_path)]):
        with pytest.raises(SettingsError):
            api.find_files(paths)


@pytest.mark.parametrize(
    ("word", "prefixes"),
    [
        ("plan", {"plan."}), ("plan.", {"plan."}), ("plan.blank", {"plan.blank"}), ("spending-plan-blank", {"plan.blank"}),
        ("indicator.missing_*", {"indicator.missing_"}), ("value", {"value."}),
    ],
)  # fmt: skip
def test_rules_are_chosen_by_id_category_or_the_beginning_of_one(hebei: Pack, word: str, prefixes: set[str]) -> None:
    chosen = api.chosen_rules(hebei.rules, [word], [])
    assert chosen
    assert all(any(rule.category.startswith(prefix) for prefix in prefixes) for rule in chosen)
    rest = api.chosen_rules(hebei.rules, [], [word])
    assert {rule.id for rule in chosen} | {rule.id for rule in rest} == {rule.id for rule in hebei.rules}
    assert not {rule.id for rule in chosen} & {rule.id for rule in rest}


def test_to_ignore_outweighs_to_select(hebei: Pack) -> None:
    chosen = {rule.id for rule in api.chosen_rules(hebei.rules, ["plan"], ["plan.blank"])}
    assert "spending-plan-blank" not in chosen and "spending-plan-flat" in chosen


@pytest.mark.parametrize("word", ["pla", "no-such-rule", "plan.blan", "value.blank.x", "*x", "spending-plan"])
def test_an_unknown_word_is_a_wrong_call(hebei: Pack, word: str) -> None:
    for select, ignore in (([word], []), ([], [word])):
        with pytest.raises(SettingsError, match="没有规则"):
            api.chosen_rules(hebei.rules, select, ignore)


def test_a_rule_is_found_by_its_id_and_the_nearest_are_named(hebei: Pack) -> None:
    assert api.find_rule(hebei, "budget-format").id == "budget-format"
    with pytest.raises(SettingsError, match="budget-format"):
        api.find_rule(hebei, "budget-formt")


def test_a_choice_that_leaves_no_rule_is_a_wrong_call(hebei: Pack) -> None:
    with pytest.raises(SettingsError):
        api.chosen_rules(hebei.rules, ["plan"], ["plan"])


def test_a_text_that_is_no_form_is_not_checked(tmp_path: Path) -> None:
    for name, text in (
        ("菜谱.txt", "番茄炒蛋\n两个鸡蛋\n"),
        ("表.txt", "\t甲\n\t乙\n"),
        ("公文.txt", "关于绩效目标的通知\n请各单位做好绩效目标填报。\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        report = api.check(Settings((str(tmp_path / name),)))
        assert report.exit_status("never") == 2, name
        assert "不像预算绩效目标文本" in report.not_checked[0].reason


def test_a_broken_pack_stops_the_run_before_any_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        api.check(Settings((str(tmp_path / "missing.txt"),), pack=str(tmp_path / "nopack")))


def test_one_bad_file_does_not_keep_the_next_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0")
    (tmp_path / "b.txt").write_text(form(project(1, goals="")), encoding="utf-8")
    report = api.check(Settings((str(tmp_path),)))
    assert [len(judgement.not_checked) for judgement in report.judgements] == [1, 0]
    assert [finding.rule.id for finding in report.findings] == ["goals-blank"]


def test_parse_gives_a_document_or_the_sentence_why_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7")  # and nothing behind it
    (tmp_path / "b.txt").write_text(form(), encoding="utf-8")
    (first, second) = api.parse([str(tmp_path)], 2021)
    assert isinstance(first[1], str) and "损坏" in first[1]
    assert not isinstance(second[1], str) and second[1].budget_year.year == 2021


def test_progress_is_told_of_every_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(form(), encoding="utf-8")
    seen: list[str] = []

    def progress(paths: object) -> object:
        for path in paths:  # type: ignore[attr-defined]
            seen.append(Path(path).name)
            yield path

    api.check(Settings((str(tmp_path),)), progress)  # type: ignore[arg-type]
    assert seen == ["a.txt", "b.txt"]


def test_tables_whose_rows_ran_together_are_one_plain_sentence_and_not_checked(tmp_path: Path) -> None:
    """An editor that deletes blank lines deletes blank cells, too; nothing said of what is left would be right."""
    text = form(project(1), project(2))
    file = tmp_path / "文本.txt"
    file.write_text("\n".join(line for line in text.split("\n") if line.strip()), encoding="utf-8")
    report = api.check(Settings((str(file),)))
    assert report.exit_status("never") == 2
    assert not report.findings
    assert "连成了一片" in report.not_checked[0].reason
