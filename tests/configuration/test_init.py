"""``perfcheck init``: what it writes fits the repository, is right by the tools that read it, and harms no file."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from perfcheck.cli import main
from tests.configuration.conftest import Tree
from tests.forms import PART_ONE, form

CONFIG, HOOKS = "perfcheck.yaml", ".pre-commit-config.yaml"
WORKFLOW, GITLAB, INCLUDED = ".github/workflows/perfcheck.yml", ".gitlab-ci.yml", ".gitlab/perfcheck.yml"
YEARLESS = (
    form(part_one=PART_ONE.replace("2023年", "今年"))
    .replace("2023年11月30日前", "11月底前")
    .replace("13099923P", "130999P")
)
Repository = Callable[..., Path]


@pytest.fixture
def repository(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A git repository with one document and other files, kept at ``remote``."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def repository(remote: str = "", documents: dict[str, str] | None = None, **more: str) -> Path:
        root = tree({**({"绩效文本/某镇.txt": form()} if documents is None else documents), **more})
        subprocess.run(["git", "init", "-q", "-b", "main", "."], check=True)
        if remote:
            subprocess.run(["git", "remote", "add", "origin", remote], check=True)
        return root

    return repository


def init(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["init", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def loaded(root: Path, name: str) -> Any:
    return yaml.safe_load((root / name).read_text(encoding="utf-8"))


def everything(root: Path) -> dict[str, bytes]:
    """All files but git's own."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git/" not in str(path)
    }


def judged_by_schema(schema: str, path: Path) -> Result:
    checker = pytest.importorskip("check_jsonschema")
    return CliRunner().invoke(checker.main, ["--builtin-schema", schema, str(path)])


GITHUB_REMOTE, GITLAB_REMOTE = "https://github.com/xian/wenben.git", "git@gitlab.xian.example:yusuan/wenben.git"


# ---- what is written fits those who read it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remote", "name", "schema", "misspelt"),
    [(GITHUB_REMOTE, WORKFLOW, "vendor.github-workflows", ("runs-on", "run-on")), (GITLAB_REMOTE, GITLAB, "vendor.gitlab-ci", ("script:", "scripts:"))],
    ids=["github", "gitlab"],
)  # fmt: skip
def test_the_job_is_for_the_forge_of_the_remote_and_fits_its_schema(
    repository: Repository, remote: str, name: str, schema: str, misspelt: tuple[str, str]
) -> None:
    root = repository(remote)
    assert init().exit_code == 0
    assert sorted(everything(root)) == sorted([CONFIG, HOOKS, name, "绩效文本/某镇.txt"])
    right = judged_by_schema(schema, root / name)
    assert right.exit_code == 0, right.output
    (root / name).write_text((root / name).read_text(encoding="utf-8").replace(*misspelt), encoding="utf-8")
    assert judged_by_schema(schema, root / name).exit_code == 1


AWKWARD = ["绩效 文本", "it's 预算", "a&b;c", "(旧)文本+1", "-草稿", "[甲]", "$HOME", "文本：一"]


@pytest.mark.parametrize("folder", AWKWARD)
def test_folders_with_awkward_names_are_quoted_in_all_files(repository: Repository, folder: str) -> None:
    root = repository(GITHUB_REMOTE, {f"{folder}/某镇.txt": form()})
    init()
    init("--ci", "gitlab")
    for hook in loaded(root, HOOKS)["repos"][0]["hooks"]:
        assert re.search(hook["files"], f"{folder}/某镇.docx") and not re.search(hook["files"], "说明/读我.txt")
    steps = loaded(root, WORKFLOW)["jobs"]["check"]["steps"]
    script = loaded(root, GITLAB)["perfcheck"]["script"]
    for line in (next(step["run"] for step in steps if "perfcheck check" in step.get("run", "")), script[-1]):
        words = shlex.split(line)
        assert words[:2] == ["perfcheck", "check"] and words[-2:] == ["--", f"{folder}/"]
        options = [word.replace("perfcheck", "x") if word.startswith("--") else word for word in words[2:]]
        assert CliRunner().invoke(main, ["check", *options]).exit_code == 0


def test_pre_commit_takes_the_hooks(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    validate = pytest.importorskip("pre_commit.clientlib")
    root = repository(GITHUB_REMOTE)
    init()
    validate.load_config(str(root / HOOKS))


def test_the_commands_of_the_hooks_run_as_they_stand(repository: Repository) -> None:
    root = repository()
    init()
    subprocess.run(["git", "add", "."], check=True)
    for hook in loaded(root, HOOKS)["repos"][0]["hooks"]:
        words = [
            *hook["entry"].split(),
            *hook["args"],
            *(["绩效文本/某镇.txt"] if hook.get("pass_filenames", True) else []),
        ]
        result = CliRunner().invoke(main, words[1:])
        assert (result.exit_code, result.stderr) == (0, ""), result.output


@pytest.mark.parametrize(
    "documents",
    [
        {"绩效文本/某镇.txt": form()}, {}, {"2023年/某镇.txt": form(), "2024年/某镇.txt": form()}, {"文本/2022年/某镇.txt": YEARLESS},
        {"文本/[旧]2022年*/某镇.txt": YEARLESS}, {"某镇.txt": form()},
    ],
    ids=["folder", "nothing", "years", "yearless", "yearless awkward", "top"],
)  # fmt: skip
def test_the_configuration_is_read_without_a_word(repository: Repository, documents: dict[str, str]) -> None:
    root = repository(documents=documents, **{"别处/又一份.txt": form()})
    init()
    checked = CliRunner().invoke(main, ["check", *(documents or ["别处/又一份.txt"])])
    assert checked.stderr == "" and checked.exit_code in (0, 1), checked.output
    commented = (root / CONFIG).read_text(encoding="utf-8")
    assert commented.count("#") > 10 and "perfcheck config show" in commented


def test_every_comment_of_the_configuration_is_right_once_it_is_no_comment(repository: Repository) -> None:
    root = repository()
    init()
    text = (root / CONFIG).read_text(encoding="utf-8")
    lines = [
        line[2:] if re.match(r"# (?:(?:year|ignore|rules|overrides|locks):| +)", line) else line
        for line in text.splitlines()
    ]
    (root / CONFIG).write_text("\n".join(lines), encoding="utf-8")
    assert set(loaded(root, CONFIG)) == {"pack", "fail-on", "year", "ignore", "rules", "overrides", "locks"}
    (root / "往年").mkdir()
    (root / "往年" / "a.txt").touch()
    result = CliRunner().invoke(main, ["check", "绩效文本"])
    assert result.stderr == "" and result.exit_code in (0, 1)


# ---- what can be seen is not asked ------------------------------------------------------------------------------------------


def test_years_in_names_of_folders_stand_for_documents_that_tell_none(repository: Repository) -> None:
    root = repository(
        documents={
            "文本/2022年/甲.txt": YEARLESS,
            "文本/2021年/乙.txt": YEARLESS,
            "文本/2021年/丙.txt": form(),
            "文本/新/丁.txt": form(),
        }
    )
    init()
    # of the folder 2021年 one document says 2023: its name cannot speak for all of them
    assert loaded(root, CONFIG)["overrides"] == [{"paths": ["文本/2022年/**"], "year": 2022}]


def test_folders_by_year_at_the_top_do_not_shut_out_next_year(repository: Repository) -> None:
    root = repository(documents={"2023年/甲.txt": form()})
    init("--ci", "gitlab")
    script = loaded(root, GITLAB)["perfcheck"]["script"][-1]
    (root / "2024年").mkdir()
    (root / "2024年" / "乙.txt").write_text(form(), encoding="utf-8")
    (root / "README.txt").write_text("说明\n", encoding="utf-8")
    command = script.replace("perfcheck check", f"{shlex.quote(sys.executable)} -m perfcheck check --compare no", 1)
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "2 份文本" in done.stdout, done.stdout + done.stderr
    hooks = loaded(root, HOOKS)["repos"][0]["hooks"]
    for hook in hooks:
        assert re.search(hook["files"], "2024年/甲.txt") and re.search(hook["files"], "2023年/下级/甲.docx")
        assert not re.search(hook["files"], "README.txt") and not re.search(hook["files"], "说明/2023年.txt")
    subprocess.run(["git", "add", "."], check=True)
    compared = CliRunner().invoke(main, [*hooks[1]["entry"].split()[1:], *hooks[1]["args"]])
    assert "README.txt" not in compared.output and "没有" not in compared.stderr


def test_folders_by_year_beside_another_one(repository: Repository) -> None:
    root = repository(documents={"2023年/甲.txt": form(), "绩效文本/乙.txt": form()})
    init("--ci", "gitlab")
    assert loaded(root, GITLAB)["perfcheck"]["script"][-1].endswith("-- '绩效文本'/ *20[0-9][0-9]*/")
    pattern = loaded(root, HOOKS)["repos"][0]["hooks"][0]["files"]
    assert [bool(re.search(pattern, name)) for name in ("2030年/a.txt", "绩效文本/a.txt", "a.txt", "别的/a.txt")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_documents_at_the_top_itself_may_lie_anywhere(repository: Repository) -> None:
    root = repository(documents={"2023年/甲.txt": form(), "乙.txt": form()})
    init("--ci", "gitlab")
    assert loaded(root, GITLAB)["perfcheck"]["script"][-1].endswith("-- .")


def test_a_rule_pack_of_the_repository_is_used(repository: Repository) -> None:
    root = repository(**{"规则/我县/pack.yaml": "name: wo-xian\nextends: hebei\n"})
    init()
    assert loaded(root, CONFIG)["pack"] == "规则/我县"
    assert CliRunner().invoke(main, ["check", "绩效文本"]).exit_code == 0


def test_documents_of_no_known_layout_of_hebei_are_checked_by_the_national_rules() -> None:
    from perfcheck.configuration.repository import Seen
    from perfcheck.configuration.starter import pack_for

    def seen(*layouts: str, packs: tuple[str, ...] = ()) -> Seen:
        return Seen("/", True, None, "main", 1, (), (), (".txt",), (), (), layouts, packs)

    assert [pack_for(seen(*each)) for each in ((), ("national-2020",), ("hebei-2021", "national-2020"))] == [
        "hebei",
        "national",
        "hebei",
    ]
    assert pack_for(seen(packs=("甲", "乙"))) == "hebei"


def test_readers_that_the_documents_need_are_installed_too(repository: Repository) -> None:
    root = repository(GITHUB_REMOTE, **{"绩效文本/旧.doc": "?", "绩效文本/表.XLSX": "?"})
    init()
    text = (root / WORKFLOW).read_text(encoding="utf-8")
    assert "perfcheck[doc,xlsx]" in text
    hook = loaded(root, HOOKS)["repos"][0]["hooks"][0]
    assert "[doc,xlsx]" in hook["additional_dependencies"][0] and re.search(hook["files"], "绩效文本/新.xlsx")


def test_the_branch_that_is_pushed_to_is_the_one_there_is(repository: Repository) -> None:
    root = repository(GITHUB_REMOTE)
    subprocess.run(["git", "checkout", "-q", "-b", "主线"], check=True)
    init()
    assert loaded(root, WORKFLOW)[True]["push"]["branches"] == ["主线"]


@pytest.mark.parametrize(("name", "written"), [(".gitlab-ci.yml", INCLUDED), (".github/CODEOWNERS", WORKFLOW)])
def test_without_a_known_remote_the_files_there_are_tell_the_forge(
    repository: Repository, name: str, written: str
) -> None:
    root = repository("https://git.xian.example/wenben.git", **{name: "test:\n  script: [make]\n"})
    init()
    assert (root / written).is_file()


def test_where_nothing_tells_the_forge_the_option_does(repository: Repository) -> None:
    root = repository()
    assert "--ci github" in init().output
    assert sorted(everything(root)) == sorted([CONFIG, HOOKS, "绩效文本/某镇.txt"])
    init("--ci", "github")
    assert (root / WORKFLOW).is_file()


def test_it_writes_to_the_top_of_the_repository_from_anywhere_in_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository()
    monkeypatch.chdir(root / "绩效文本")
    init()
    assert (root / CONFIG).is_file() and not (root / "绩效文本" / CONFIG).exists()


def test_outside_of_a_repository_it_says_so(tree: Tree) -> None:
    root = tree({"某镇.txt": form()})
    assert "git init" in init().output and (root / CONFIG).is_file()


def test_texts_that_are_no_documents_are_pointed_out(repository: Repository) -> None:
    repository(**{"绩效文本/说明.txt": "这里放绩效文本。", "其他/清单.txt": "甲"})
    assert "绩效文本/说明.txt" in init().stderr and "清单" not in init().stderr


def test_a_configuration_above_is_inherited_and_not_undone(tree: Tree) -> None:
    root = tree(
        {"perfcheck.yaml": "pack: national\nfail-on: note\nlocks: [{fail-on: note}]\n", "县/文本/某镇.txt": form()}
    )
    subprocess.run(["git", "init", "-q", "县"], check=True)
    init("县")
    assert loaded(root, "县/perfcheck.yaml") is None  # comments alone
    assert "perfcheck.yaml" in (root / "县" / CONFIG).read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["config", "show", "县/文本/某镇.txt"])
    assert result.exit_code == 0 and "national" in result.stdout


# ---- nothing of anybody's is harmed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("remote", [GITHUB_REMOTE, GITLAB_REMOTE], ids=["github", "gitlab"])
def test_a_second_time_changes_nothing(repository: Repository, remote: str) -> None:
    root = repository(remote)
    init()
    before = everything(root)
    result = init()
    assert everything(root) == before and result.output.count("没有动") == 3


PERSONS = {
    CONFIG: "year: 2024\n", HOOKS: "repos:\n- repo: local\n  hooks: []\n", WORKFLOW: "name: mine\n", GITLAB: "test:\n  script: [make]\n",
    INCLUDED: "mine: {script: [make]}\n",
}  # fmt: skip


@pytest.mark.parametrize("remote", [GITHUB_REMOTE, GITLAB_REMOTE], ids=["github", "gitlab"])
def test_files_that_are_there_stay_byte_for_byte_and_what_to_add_is_said(repository: Repository, remote: str) -> None:
    root = repository(remote, **PERSONS)
    before = everything(root)
    result = init()
    assert everything(root) == before
    for name in (CONFIG, HOOKS, *([WORKFLOW] if remote == GITHUB_REMOTE else [GITLAB, INCLUDED])):
        assert f"{name}：已有" in result.output
    assert "repo: local" in result.output and ("local: .gitlab/perfcheck.yml" in result.output) == (
        remote == GITLAB_REMOTE
    )


def test_what_is_to_be_added_to_hooks_and_jobs_is_right_where_it_is_added(repository: Repository) -> None:
    root = repository(GITLAB_REMOTE, **{HOOKS: "repos:\n", GITLAB: PERSONS[GITLAB]})
    said = init().output
    more = said.partition("add below repos:\n")[2].partition(f"\n{INCLUDED}")[0]
    (hooks,) = yaml.safe_load("repos:\n" + more)["repos"]
    assert [hook["id"] for hook in hooks["hooks"]] == ["perfcheck", "perfcheck-repository"]
    assert judged_by_schema("vendor.gitlab-ci", root / INCLUDED).exit_code == 0
    include = said.partition("kept, add:\n")[2]
    (root / GITLAB).write_text(PERSONS[GITLAB] + include, encoding="utf-8")
    assert judged_by_schema("vendor.gitlab-ci", root / GITLAB).exit_code == 0
    assert "include" not in init().output.partition(f"{GITLAB}：")[2]


def test_force_replaces_what_is_perfchecks_own_keeps_the_old_and_never_touches_shared_files(
    repository: Repository,
) -> None:
    root = repository(GITHUB_REMOTE, **PERSONS)
    init("--force")
    assert (
        loaded(root, CONFIG)["pack"] == "hebei"
        and (root / f"{CONFIG}.bak").read_text(encoding="utf-8") == PERSONS[CONFIG]
    )
    assert (
        loaded(root, WORKFLOW)["name"] == "perfcheck"
        and (root / f"{WORKFLOW}.bak").read_text(encoding="utf-8") == PERSONS[WORKFLOW]
    )
    assert (root / HOOKS).read_text(encoding="utf-8") == PERSONS[HOOKS]


def test_forced_again_it_keeps_what_it_kept_before(repository: Repository) -> None:
    root = repository(GITHUB_REMOTE, **PERSONS)
    init("--force")
    (root / CONFIG).write_text("year: 2024\n", encoding="utf-8")
    assert f"{CONFIG}.bak-2" in init("--force").output
    assert (root / f"{CONFIG}.bak").read_text(encoding="utf-8") == PERSONS[CONFIG]
    assert (root / f"{CONFIG}.bak-2").read_text(encoding="utf-8") == "year: 2024\n"


def test_a_section_of_pyproject_counts_as_a_configuration(repository: Repository) -> None:
    root = repository(**{"pyproject.toml": "[tool.perfcheck]\nyear = 2024\n"})
    assert "pyproject.toml：已有" in init().output and not (root / CONFIG).exists()


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_dry_run_shows_all_and_writes_nothing(repository: Repository, force: list[str]) -> None:
    root = repository(GITHUB_REMOTE, **({CONFIG: "year: 2024\n"} if force else {}))
    before = everything(root)
    result = init("--dry-run", *force)
    assert everything(root) == before
    assert "  | pack: hebei" in result.output and "  | repos:" in result.output and "  |   check:" in result.output


def test_a_folder_that_cannot_be_written_is_one_sentence(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(GITHUB_REMOTE)
    (root / ".github").write_text("a file in the way")
    result = init()
    assert result.exit_code == 2 and "写不进" in result.stderr and "Traceback" not in result.output


UNKNOWN = (
    "请在这里填写 perfcheck 的来源，例如 perfcheck @ git+https://代码托管的地址/perfcheck@v{version}，见 docs/ci.md"
)


def test_a_source_nobody_knows_stops_the_installation_with_a_sentence() -> None:
    """The bare name would be whatever somebody has registered in the index."""
    command = [sys.executable, "-m", "pip", "install", "--no-index", "--dry-run", UNKNOWN.format(version="0.1.0")]
    env = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", env=env)
    if "No module named pip" in done.stderr:
        pytest.skip("pip is not installed here")
    assert done.returncode != 0 and "请在这里填写 perfcheck 的来源" in done.stderr


@pytest.mark.parametrize(
    ("direct_url", "remote", "needed"),
    [
        (None, "", "perfcheck=={version}"),
        ("not JSON", "", UNKNOWN),
        ('{"url": "https://h.example/p.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}', "", "perfcheck @ git+https://h.example/p.git@abc"),
        ('{"url": "https://h.example/p.whl", "archive_info": {}}', "", UNKNOWN),
        ('{"url": "file://{folder}", "dir_info": {}}', "https://h.example/p.git", "perfcheck @ git+https://h.example/p.git@{commit}"),
        ('{"url": "file://{folder}", "dir_info": {}}', "https://me:secret@h.example/p.git", "perfcheck @ git+https://h.example/p.git@{commit}"),
        ('{"url": "file://{folder}", "dir_info": {}}', "git@h.example:a/p.git", "perfcheck @ git+ssh://git@h.example/a/p.git@{commit}"),
        ('{"url": "file://{folder}", "dir_info": {}}', "/srv/p.git", UNKNOWN),
        ('{"url": "file://{folder}", "dir_info": {}}', "", UNKNOWN),
    ],
)  # fmt: skip
def test_what_pip_installs_is_this_perfcheck_from_where_it_came(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, direct_url: str | None, remote: str, needed: str
) -> None:
    from importlib import metadata

    from perfcheck import __version__

    root = repository(remote)
    author = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid"]
    subprocess.run(["git", *author, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()

    class Installed:
        def read_text(self, name: str) -> str | None:
            return direct_url and direct_url.replace("{folder}", str(root))

    monkeypatch.setattr(metadata, "distribution", lambda name: Installed())
    init("--ci", "none")
    (hook, _) = loaded(root, HOOKS)["repos"][0]["hooks"]
    assert hook["additional_dependencies"] == [needed.format(version=__version__, commit=commit)]
