"""Wrong calls of the command line and its help: in Chinese, with the English behind."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from perfcheck.cli import main
from perfcheck.commands.wrong_calls import WrongCall


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("arguments", "said", "help_of"),
    [
        (["check", "--jbos", "2", "x"], "没有选项 --jbos，是不是 --jobs？", "main check"),
        (["check", "--qqqqqq", "x"], "没有选项 --qqqqqq / ", "main check"),
        (["chek"], "没有命令 chek，是不是 check？", "main"),
        (["baseline", "updat"], "没有命令 updat，是不是 update？", "main baseline"),
        (["text"], "缺少 PATHS", "main text"),
        (["check", "--format", "word", "x"], "--format 只能是 text、markdown、", "main check"),
        (["check", "--year", "3", "x"], "--year 应是 2010 到 2049 之间的整数", "main check"),
        (["check", "--year", "去年", "x"], "--year 应是 2010 到 2049 之间的整数", "main check"),
        (["check", "--timeout", "0", "x"], "--timeout 应是大于 0 的数", "main check"),
        (["check", "--year"], "选项 --year 后面要写一个值", "main check"),
        (["check", "--quiet=1", "x"], "选项 --quiet 后面不写值", "main check"),
        (["rules", "mutate", "--rule"], "选项 --rule 后面要写一个值", "main rules mutate"),
        (["explain", "a", "b"], "多写了 b / ", "main explain"),
        (["config", "show", "a", "b", "c"], "多写了 b c / ", "main config show"),
        (["--"], "没有写命令", "main"),
        (["rules", "规则.yaml"], "没有命令 规则.yaml / ", "main rules"),
        (["文本.txt"], "要检查 文本.txt，请写 perfcheck check 文本.txt", "main"),
        (["merge", "没有.part"], "PARTS：找不到“没有.part”，请核对路径 / not found", "main merge"),
        (["check", "--config", "没有.yaml", "x"], "--config：找不到“没有.yaml”", "main check"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_told_in_plain_words_and_ends_with_2(arguments: list[str], said: str, help_of: str) -> None:
    done = call(*arguments)
    first, second = done.output.splitlines()
    assert done.exit_code == 2
    assert first.startswith(f"perfcheck: {said}")
    assert second.rstrip() == f"用法 / usage:  {help_of} --help"


def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "文本.txt"
    file.write_text("", encoding="utf-8")
    folder = call("check", "-o", str(tmp_path), str(file))
    assert (folder.exit_code, "--output：" in folder.output, "是文件夹，这里要写文件" in folder.output) == (
        2,
        True,
        True,
    )
    assert "是文件，这里要写文件夹" in call("check", "--annotate", str(file), str(file)).output


def test_whatever_else_click_finds_wrong_is_said_in_its_words() -> None:
    error = WrongCall(click.BadParameter("odd"))
    assert error.exit_code == 2 and error.message == "参数 的值不对 / Invalid value: odd"


def all_commands(command: click.Command, context: click.Context) -> list[tuple[str, ...]]:
    """The ways to all commands below ``command``."""
    if not isinstance(command, click.Group):
        return [()]
    below = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
    return [(), *((name, *rest) for name, one in below if one for rest in all_commands(one, context))]


@pytest.mark.parametrize("way", all_commands(main, click.Context(main)), ids=" ".join)
def test_every_command_and_option_has_help_in_both_languages(way: tuple[str, ...]) -> None:
    done = call(*way, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"用法 / Usage: {' '.join(('main', *way))} ")
    options = done.stdout.partition("选项 / Options:\n")[2].partition("\n\n")[0]
    for entry in re.split(r"\n(?=  -)", options):
        text = " ".join(entry.split())
        assert re.search("[\u4e00-\u9fff].*[/／].*[a-z]", text), text


@pytest.mark.parametrize("group", [[], ["baseline"], ["config"]], ids=" ".join)
def test_a_group_without_a_command_tells_them_and_fails(group: list[str]) -> None:
    done = call(*group)
    assert (done.exit_code, "命令 / Commands" in done.output) == (2, True)


def test_the_group_of_rules_lists_them_by_itself() -> None:
    done = call("rules")
    assert done.exit_code == 0 and "value-over-100" in done.output


def test_shells_complete_names_of_files() -> None:
    environment = {"_MAIN_COMPLETE": "bash_complete", "COMP_WORDS": "main check -o a", "COMP_CWORD": "3"}
    assert CliRunner().invoke(main, [], env=environment, prog_name="main").stdout == "file,a\n"
