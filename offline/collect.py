"""Collects wheels, packs and documentation in one folder, from which perfcheck installs without any network.

``make offline`` calls it; ``python offline/collect.py --help`` tells the options. It needs pip and a network once.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TOOLS = ("pre-commit", "hatchling", "setuptools", "wheel", "colorama")
"""The hooks, what builds hooks and packs from their sources, and what click needs on Windows (pip, asked elsewhere,
does not know)."""
DOCUMENTS = ("README.md", "CHANGELOG.md", "LICENSE", "THIRD_PARTY.md", "action.yml", ".pre-commit-hooks.yaml")
FOLDERS = {"docs": "docs", "rules": "packs", "templates": "templates", "examples": "examples"}
"""Folder here -> folder there."""
INSTRUCTIONS = "README.md"
SUMS = "SHA256SUMS"


def main() -> None:
    """Collect into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="new or empty folder")
    parser.add_argument("--extras", default="all", help="extras to bring along, such as docx,pdf  [all]")
    parser.add_argument("--package", action="append", default=[], help="a further package or folder, such as a pack")
    parser.add_argument("--platform", action="append", default=[], help="for other machines, such as win_amd64")
    parser.add_argument("--python-version", action="append", default=[], help="for another Python, such as 3.12")
    given = parser.parse_args()
    folder: Path = given.folder
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} 不是空文件夹，请换一个 / is not empty")
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    built = [wheel(source, wheels) for source in (CHECKOUT, *map(Path, given.package)) if source.is_dir()]
    wanted = [f"{built[0]}[{given.extras}]" if given.extras else str(built[0]), *map(str, built[1:]), *TOOLS]
    wanted += [name for name in given.package if not Path(name).is_dir()]
    for platform in given.platform or [None]:
        for version in given.python_version or [None]:
            download(wanted, wheels, platform, version)
    copy_documents(folder)
    write_sums(folder)
    print(f"{folder}：{len(list(wheels.iterdir()))} 个安装包 / wheels, {megabytes(folder)} MB")


def wheel(source: Path, wheels: Path) -> Path:
    """The wheel of a source folder, built from a copy: building leaves things behind."""
    before = set(wheels.iterdir())
    with tempfile.TemporaryDirectory() as scratch:
        names = shutil.ignore_patterns(".git", ".venv", "dist", "build", "__pycache__", ".*_cache")
        copy = shutil.copytree(source, Path(scratch) / "source", ignore=names)
        pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(copy))
    (made,) = set(wheels.iterdir()) - before
    return made


def download(wanted: Sequence[str], wheels: Path, platform: str | None, version: str | None) -> None:
    """Wheels of all that is ``wanted`` and needed, nothing that would have to be compiled there."""
    options = ["--dest", str(wheels), "--find-links", str(wheels), "--only-binary", ":all:"]
    options += ["--platform", platform] if platform else []
    options += ["--python-version", version] if version else []
    pip("download", *options, *wanted)


def pip(*arguments: str) -> None:
    """Run this Python's pip; ends the program when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", arguments[0], "--quiet", *arguments[1:]]
    )
    if done.returncode:
        sys.exit(f"pip {arguments[0]} 没有成功，见上 / failed, see above")


def copy_documents(folder: Path) -> None:
    """Documentation, packs, templates and how to install."""
    left_out = shutil.ignore_patterns("__pycache__", "generate.py", "~$*", "*~", ".DS_Store")
    for here, there in FOLDERS.items():
        shutil.copytree(CHECKOUT / here, folder / there, ignore=left_out)
    (folder / "about").mkdir()
    for name in DOCUMENTS:
        shutil.copyfile(CHECKOUT / name, folder / "about" / name)
    shutil.copyfile(Path(__file__).with_name(INSTRUCTIONS), folder / INSTRUCTIONS)


def write_sums(folder: Path) -> None:
    """What every file's content must be, for ``sha256sum --check``."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def megabytes(folder: Path) -> int:
    """The size of all files."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000)


if __name__ == "__main__":
    main()
