"""The files a repository starts with: a commented configuration, the hooks, the job of the forge.

They are whole and work as they stand: what is to be installed is this very perfcheck, the places are those of the
repository's own documents. How the same looks with the hooks, the action and the component of a perfcheck repository
on the forge is shown by the files in ``templates/``.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence

from perfcheck.configuration.repository import Seen

FALLBACK_YEAR = 2025
"""Shown in a comment where no document tells a year."""
YEARS = "*20[0-9][0-9]*"
"""All folders with a year in their names, for git and for a shell."""
PLACEHOLDER = (
    "请在这里填写 perfcheck 的来源，例如 {name} @ git+https://代码托管的地址/perfcheck@v{version}，见 docs/ci.md"
)
INSTALLED = "# 版本和来源：装不到的，换成内网的安装源或离线安装包，见 docs/ci.md"


def requirement(version: str, extras: Sequence[str], origin: str | None) -> str:
    """What pip is to install: this version, from where it came, with what the documents need.

    An empty ``origin`` is the index, or folder of wheels, that pip is set to. Where nobody knows whence it came, a
    sentence that says what to fill in: pip refuses it and repeats it.
    """
    name = f"perfcheck[{','.join(extras)}]" if extras else "perfcheck"
    if origin is None:  # the name alone would be anybody's who registers it in an index
        return PLACEHOLDER.format(name=name, version=version)
    return f"{name} @ {origin}" if origin else f"{name}=={version}"


def configuration(seen: Seen, above: Sequence[str]) -> str:
    """``perfcheck.yaml`` for a repository; ``above`` are the configuration files it inherits from."""
    mark = "# " if above else ""  # what they say is not to be undone by a file nobody has thought about yet
    years = f"（看到的文本是 {'、'.join(map(str, sorted(seen.years)))} 年的）" if seen.years else ""
    year = seen.years[0] if seen.years else FALLBACK_YEAR
    inherits = "".join(f"# 上级的配置在 {path}，这里没有写的都用它的\n" for path in above)
    return f"""\
# perfcheck 的配置。每一项都可以不写：没有写的，用上级文件夹里 perfcheck.yaml 写的；再没有，用默认值。
# 全部写法见 docs/configuration.md；现在哪些值生效、各从哪里来：perfcheck config show 文件
{inherits}
# 规则包：自带的有 hebei（河北省）和 national（全国通用），也可以写规则包的文件夹
{mark}pack: {_quoted(pack_for(seen))}

# 到哪一级算不通过：error、warning、note、never
{mark}fail-on: error

# 预算年度：不写就从文本里找{years}
# year: {year}

# 不用的规则或类别（用 perfcheck rules 看全部）
# ignore: [punctuation-half-width]

# 改规则的级别和参数
# rules:
#   basis-vague:
#     level: note
#     with: {{longest: 20}}

{_overrides(seen)}
# 下级文件夹的配置和命令行都不能放宽的规则
# locks:
#   - {{rule: budget-sum-mismatch, reason: 县局要求}}
"""


def pack_for(seen: Seen) -> str:
    """The rule pack of the repository itself, else the one whose layouts its documents have."""
    if len(seen.packs) == 1:
        return seen.packs[0]
    return "national" if seen.layouts and not any(name.startswith("hebei") for name in seen.layouts) else "hebei"


def _overrides(seen: Seen) -> str:
    if not seen.years_of_folders:
        return "# 某些路径、表样、项目的例外\n# overrides:\n#   - paths: [往年/**]\n#     ignore: [basis]\n"
    lines = ["# 这些文件夹里有文本没有写明年度，按文件夹的名字算\n", "overrides:\n"]
    for folder, year in seen.years_of_folders:
        literal = re.sub(r"([*?\[])", r"[\1]", folder)
        lines.append(f"  - paths: [{_quoted(literal + '/**')}]\n    year: {year}\n")
    return "".join(lines)


def hooks(seen: Seen, needed: str) -> str:
    """The entry of ``repos:`` in ``.pre-commit-config.yaml``."""
    install, files = _quoted(needed), _files(seen)
    return f"""\
  - repo: local
    hooks:
      - id: perfcheck
        name: 预算绩效目标文本检查 (perfcheck)
        language: python
        additional_dependencies: [{install}] {INSTALLED}
        entry: perfcheck check --compare no
        args: ["--"] # 要加选项时写在 "--" 前面，文件名跟在它后面
        files: {files}
        exclude: (^|/)~\\$
        require_serial: true
      - id: perfcheck-repository
        name: 预算绩效目标文本互相比较 (perfcheck)
        language: python
        additional_dependencies: [{install}]
        entry: perfcheck check --tracked --compare only
        args: {json.dumps(["--", *_tracked(seen)], ensure_ascii=False)} # 和 git 跟踪的哪些文件比较
        pass_filenames: false
        files: {files}
        exclude: (^|/)~\\$
        require_serial: true
"""


def pre_commit(seen: Seen, needed: str) -> str:
    """A whole ``.pre-commit-config.yaml``."""
    return "# 写好后运行一次 pre-commit install；更多写法见 docs/ci.md\nrepos:\n" + hooks(seen, needed)


def _suffixes(seen: Seen) -> list[str]:
    """Suffixes of the documents there are, and of those anybody may add."""
    return sorted({*seen.suffixes, ".txt", ".docx"})


def _tracked(seen: Seen) -> list[str]:
    """Patterns of git for the documents."""
    suffixes = [f"*{suffix}" for suffix in _suffixes(seen)]
    folders = [re.sub(r"([*?\[\\])", r"\\\1", folder) for folder in seen.folders]
    folders += [YEARS] * seen.by_year
    return [f"{folder}/{suffix}" for folder in folders for suffix in suffixes] or suffixes


def _files(seen: Seen) -> str:
    """A regular expression for the paths of the documents, in single quotes, where YAML leaves backslashes alone."""
    names = [*map(re.escape, seen.folders), *([r"[^/]*20\d\d[^/]*"] * seen.by_year)]
    folders = "|".join(names)
    ending = "|".join(suffix.lstrip(".") for suffix in _suffixes(seen))
    start = f"^{folders}/.*" if len(names) == 1 else f"^({folders})/.*" if folders else ""
    return "'" + f"(?i){start}\\.({ending})$".replace("'", "''") + "'"


def github_workflow(seen: Seen, needed: str) -> str:
    """``.github/workflows/perfcheck.yml``."""
    check = f"perfcheck check --format github --report sarif=perfcheck.sarif -- {_places(seen)}"
    return f"""\
# 改动旁边出注释，任务摘要里有汇总，“Security”页里有全部问题。更多写法见 docs/ci.md
name: perfcheck
on:
  pull_request:
  push:
    branches: [{_quoted(seen.branch)}]
permissions:
  contents: read
  security-events: write # 上传 SARIF
jobs:
  check:
    runs-on: ubuntu-latest
    env:
      PYTHONUTF8: "1"
    steps:
      - uses: actions/checkout@v6
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      {INSTALLED}
      - run: {_quoted(f"pip install {shlex.quote(needed)}")}
      - run: {_quoted(check)}
      - if: always() && hashFiles('perfcheck.sarif') != ''
        continue-on-error: true # 私有仓库没有代码扫描的，传不上去也不要紧
        uses: github/codeql-action/upload-sarif@v4
        with:
          sarif_file: perfcheck.sarif
          category: perfcheck
"""


def gitlab_job(seen: Seen, needed: str) -> str:
    """The job for GitLab, as a file of its own or to be included."""
    reports = "--report gitlab=gl-code-quality-report.json --report junit=perfcheck-junit.xml"
    return f"""\
# 合并请求里显示代码质量和测试报告。目标分支也要跑过一次，合并请求才有得比。更多写法见 docs/ci.md
perfcheck:
  image: python:3.12
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    PYTHONUTF8: "1"
  script:
    {INSTALLED}
    - {_quoted(f"pip install {shlex.quote(needed)}")}
    - {_quoted(f"perfcheck check {reports} -- {_places(seen)}")}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: perfcheck-junit.xml
"""


def _places(seen: Seen) -> str:
    """The folders to check, for a shell."""
    return " ".join([*(f"{shlex.quote(folder)}/" for folder in seen.folders), *([f"{YEARS}/"] * seen.by_year)]) or "."


def _quoted(text: str) -> str:
    """``text`` as a scalar of YAML: JSON's strings are."""
    plain = re.fullmatch(r"[A-Za-z\u4e00-\u9fff][\w./\u4e00-\u9fff-]*", text) and text not in (
        "true",
        "false",
        "null",
        "yes",
        "no",
        "on",
        "off",
    )
    return text if plain else json.dumps(text, ensure_ascii=False)
