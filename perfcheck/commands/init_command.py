"""``perfcheck init``: a commented configuration, the hooks and the job for the repository somebody stands in."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from perfcheck import __version__
from perfcheck.commands import Command, Failure
from perfcheck.commands.path_types import FOLDER_THERE
from perfcheck.errors import why
from perfcheck.named_tuples import NamedTuple

if TYPE_CHECKING:
    from perfcheck.configuration.repository import Seen
    from perfcheck.model.document import Document

CONFIG, HOOKS = "perfcheck.yaml", ".pre-commit-config.yaml"
GITHUB, GITLAB, GITLAB_INCLUDED = ".github/workflows/perfcheck.yml", ".gitlab-ci.yml", ".gitlab/perfcheck.yml"
INCLUDE = f"include:\n  - local: {GITLAB_INCLUDED}\n"
MOST_NAMED = 5


class Plan(NamedTuple):
    """What to do with one file: write ``text`` into it, and what to say of it."""

    name: str
    text: str | None
    words: str


@click.command(cls=Command)
@click.argument("folder", type=FOLDER_THERE, default=".")
@click.option("--dry-run", is_flag=True, help="只说会写什么，不写 / say what would be written, and write nothing")
@click.option(
    "--force",
    is_flag=True,
    help="已有的 perfcheck 配置和任务也重写，原来的存成 .bak / replace what is perfcheck's own, keeping it as .bak",
)
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab", "none"]),
    help="写哪家的任务文件，不写就看 git 的远程地址 / whose CI file, else told by git's remotes",
)
def init(folder: str, dry_run: bool, force: bool, ci: str | None) -> None:
    """为所在的仓库写好配置、提交钩子和 CI 任务 / Write configuration, hooks and CI job for this repository.

    看得到的都不问：规则包、文本在哪些文件夹、年度、代码托管在哪里。已有的文件不改写，只说明要加什么。

    Nothing is asked that can be seen. Files that are there stay as they are; what to add to them is said.
    """
    seen = _seen(folder)
    _say(seen)
    for plan in _plans(seen, ci, force):
        if plan.text is not None and not dry_run:
            _write(os.path.join(seen.root, plan.name), plan.text)
        click.echo(f"{plan.name}：{plan.words}")
        if dry_run and plan.text is not None:
            click.echo("".join(f"  | {line}\n" for line in plan.text.splitlines()), nl=False)
    if dry_run:
        click.echo("以上都没有写 / nothing was written")


def _seen(folder: str) -> Seen:
    from perfcheck.api import open_pack, read_document
    from perfcheck.configuration.repository import look
    from perfcheck.errors import SettingsError, UnreadableSourceError
    from perfcheck.model.form_layout import recognise
    from perfcheck.parsing.document_parser import DocumentParser
    from perfcheck.running.checker import is_other_text
    from perfcheck.running.files import find_files

    parser = DocumentParser()
    layouts = open_pack("hebei").layouts

    def read(path: str) -> Document | None:
        try:
            document = read_document(path, parser)
        except UnreadableSourceError:
            return None
        return None if is_other_text(document) else document

    def find(root: str) -> list[str]:
        try:
            return find_files([root])
        except SettingsError:  # nothing there yet
            return []

    return look(folder, find, read, lambda document: sorted(recognise(document, layouts).ids))


def _say(seen: Seen) -> None:
    folders = [*seen.folders, *(["*20??*"] * seen.by_year)]
    where = "、".join(f"{folder}/" for folder in folders) or "不限文件夹 / any folder"
    forge = {"github": "GitHub", "gitlab": "GitLab"}.get(
        seen.forge or "", "看不出是 GitHub 还是 GitLab / unknown forge"
    )
    click.echo(f"看到 {seen.documents} 份绩效文本（{where}），{forge} / documents seen")
    if not seen.is_repository:
        click.echo("这里不是 git 仓库，提交钩子要等 git init 之后才有用 / not a git repository")
    if seen.others:
        named = "、".join(seen.others[:MOST_NAMED]) + (
            f" 等 {len(seen.others)} 份" if len(seen.others) > MOST_NAMED else ""
        )
        click.echo(
            f"注意：{named} 不是绩效文本，和绩效文本放在一起会算作没能检查，请移到别的文件夹 / no documents", err=True
        )


def _plans(seen: Seen, ci: str | None, force: bool) -> list[Plan]:
    from perfcheck.configuration.starter import requirement

    origin = _origin()
    if origin is None:
        click.echo(
            "注意：看不出 perfcheck 是从哪里安装的，请在钩子和任务里填写；没填的，安装时会停下来说明 / "
            "fill in where perfcheck is installed from",
            err=True,
        )
    needed = requirement(__version__, seen.extras, origin)
    plans = [_configuration(seen, force), _hooks(seen, needed)]
    forge = ci or seen.forge
    if forge == "github":
        plans.append(_github(seen, needed, force))
    elif forge == "gitlab":
        plans.extend(_gitlab(seen, needed, force))
    elif forge is None:
        plans.append(Plan("CI", None, "没有写；要写请加 --ci github 或 --ci gitlab / none, see --ci"))
    return plans


def _configuration(seen: Seen, force: bool) -> Plan:
    from perfcheck.configuration.starter import configuration
    from perfcheck.rulebook.locks import shown
    from perfcheck.running.config_files import Finder, in_folder

    there = in_folder(seen.root)
    if there is not None and os.path.basename(there) != CONFIG:
        return Plan(os.path.basename(there), None, "已有配置，没有动 / kept")
    above = [shown(path) for path in Finder().in_and_above(os.path.dirname(seen.root))]
    return _own(seen, CONFIG, configuration(seen, above), "配置 / configuration", force)


def _own(seen: Seen, name: str, text: str, words: str, force: bool) -> Plan:
    """A file that is perfcheck's alone."""
    if not os.path.lexists(os.path.join(seen.root, name)):
        return Plan(name, text, words)
    if force:
        kept = os.path.relpath(_bak(os.path.join(seen.root, name)), seen.root).replace(os.sep, "/")
        return Plan(name, text, f"{words}；原来的存成 {kept} / replaced, the old one kept as {kept}")
    return Plan(name, None, "已有，没有动；要重写请加 --force / kept, see --force")


def _hooks(seen: Seen, needed: str) -> Plan:
    from perfcheck.configuration.starter import hooks, pre_commit

    there = _content(seen, HOOKS)
    if there is None:
        words = "提交钩子，接着运行 pre-commit install / hooks, now run pre-commit install"
        return Plan(HOOKS, pre_commit(seen, needed), words)
    if "perfcheck" in there:
        return Plan(HOOKS, None, "已有 perfcheck，没有动 / kept")
    return Plan(
        HOOKS, None, "已有，没有动；请在 repos: 下面加上 / kept, add below repos:\n" + hooks(seen, needed).rstrip()
    )


def _github(seen: Seen, needed: str, force: bool) -> Plan:
    from perfcheck.configuration.starter import github_workflow

    return _own(seen, GITHUB, github_workflow(seen, needed), "GitHub 的任务 / workflow", force)


def _gitlab(seen: Seen, needed: str, force: bool) -> Sequence[Plan]:
    from perfcheck.configuration.starter import gitlab_job

    job = gitlab_job(seen, needed)
    there = _content(seen, GITLAB)
    if there is None:
        return [Plan(GITLAB, job, "GitLab 的任务 / job")]
    if "perfcheck" in there and GITLAB_INCLUDED not in there:
        return [Plan(GITLAB, None, "已有 perfcheck，没有动 / kept")]
    own = _own(seen, GITLAB_INCLUDED, job, "GitLab 的任务 / job", force)
    if GITLAB_INCLUDED in there:
        return [own, Plan(GITLAB, None, "已有 perfcheck，没有动 / kept")]
    if any(line.startswith("include:") for line in there.splitlines()):
        more = "请在 include: 下面加上 / kept, add below include:\n" + INCLUDE.partition("\n")[2]
    else:
        more = "请加上 / kept, add:\n" + INCLUDE
    return [own, Plan(GITLAB, None, f"已有，没有动；{more.rstrip()}")]


def _content(seen: Seen, name: str) -> str | None:
    """What a file of the repository says; None where there is none."""
    path = os.path.join(seen.root, name)
    if not os.path.lexists(path):
        return None
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError as error:
        raise Failure(f"读不了 {path}：{why(error)} / cannot be read") from None


def _origin() -> str | None:
    """Where this perfcheck was installed from: an address others can install from, too, or empty for by its name.

    None where neither is known: a copy of the sources, or one that has no address.
    """
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    from perfcheck.configuration.repository import address_of

    try:
        record = distribution("perfcheck").read_text("direct_url.json")
        if record is None:  # from an index or a folder of wheels, where others find it, too (PEP 610)
            return ""
        said = json.loads(record)
    except (PackageNotFoundError, ValueError):
        return None
    url, version = said.get("url", ""), said.get("vcs_info")
    if url.startswith("file:"):  # a checkout: its remote is where others have it from
        return address_of(url2pathname(urlsplit(url).path))
    return f"{version['vcs']}+{url}@{version['commit_id']}" if version else None


def _bak(path: str) -> str:
    """The first name, ``.bak`` or ``.bak-2`` and so on, under which there is nothing yet."""
    name, number = path + ".bak", 1
    while os.path.lexists(name):
        number += 1
        name = f"{path}.bak-{number}"
    return name


def _write(path: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path):
            os.replace(path, _bak(path))
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise Failure(f"写不进 {path}：{why(error)} / cannot be written") from None
