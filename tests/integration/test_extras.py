"""Each extra installs alone and does its work alone; the core needs four small packages and reads Word without more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import formats, office
from tests.formats import converted, needs_libreoffice
from tests.integration.programs import make_venv, run, write

pytestmark = pytest.mark.integration

CORE = {"perfcheck", "click", "jinja2", "lark", "markupsafe", "pyyaml"}
"""MarkupSafe comes with Jinja2."""
TOOLS = {"pip", "setuptools", "wheel"}
LONGEST = 300
"""Seconds; an installation asks a registry."""


class Extra(NamedTuple):
    """An extra: the packages it may bring, a file to make of a text, and the call that needs it."""

    brings: set[str]
    suffix: str
    write: Callable[[str], bytes]
    call: tuple[str, ...]
    status: int


EXTRAS = {
    "doc": Extra({"olefile"}, "doc", lambda text: converted(office.docx(text), "docx", "doc"), ("check",), 1),
    "docx": Extra(
        {"python-docx", "lxml", "typing-extensions"}, "docx", office.docx, ("annotate", "-o", "批注.docx"), 0
    ),
    "pdf": Extra(
        {
            "pdfplumber",
            "pdfminer-six",
            "pillow",
            "pypdfium2",
            "cryptography",
            "cffi",
            "pycparser",
            "charset-normalizer",
        },
        "pdf",
        formats.pdf,
        ("check",),
        1,
    ),
    "report": Extra(
        {"openpyxl", "et-xmlfile", "xlsxwriter", "pypdf", "typing-extensions"},
        "docx",
        office.docx,
        ("check", "--format", "xlsx", "-o", "清单.xlsx"),
        1,
    ),
    "xlsx": Extra({"python-calamine", "olefile", "packaging"}, "xlsx", formats.xlsx, ("check",), 1),
}
MADE_BY_LIBREOFFICE = ("doc", "pdf")


def installed_packages(programs: Path) -> set[str]:
    pip = (programs / "python", "-m", "pip", "--disable-pip-version-check", "list", "--format", "json")
    listed = json.loads(run(*pip, cwd=programs).stdout)
    return {each["name"].lower().replace("_", "-").replace(".", "-") for each in listed} - TOOLS


def test_the_core_is_a_handful_of_packages_and_reads_text_word_and_pages(
    installed: Path, flawed: str, tmp_path: Path
) -> None:
    assert installed_packages(installed) == CORE
    for name, data in {"a.txt": flawed.encode(), "a.docx": office.docx(flawed), "a.html": formats.html(flawed)}.items():
        (tmp_path / name).write_bytes(data)
        assert "spending-plan-incomplete" in run(installed / "perfcheck", "check", name, cwd=tmp_path, status=1).stdout


def test_what_needs_an_extra_names_it(installed: Path, flawed: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(office.docx(flawed))
    (tmp_path / "a.xlsx").write_bytes(formats.xlsx(flawed))
    for call, extra in {
        ("annotate", "a.docx"): "docx",
        ("check", "a.docx", "--format", "docx", "-o", "b.docx"): "docx",
        ("check", "a.docx", "--format", "xlsx", "-o", "b.xlsx"): "report",
        ("check", "a.xlsx"): "xlsx",
    }.items():
        said = run(installed / "perfcheck", *call, cwd=tmp_path, status=2).stdout
        assert f"perfcheck[{extra}]" in said and "Traceback" not in said, call


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=needs_libreoffice if each in MADE_BY_LIBREOFFICE else ()) for each in EXTRAS]
)
def test_an_extra_installs_alone_and_works_alone(name: str, wheel: Path, flawed: str, tmp_path: Path) -> None:
    extra = EXTRAS[name]
    programs = make_venv(tmp_path / "venv", f"{wheel}[{name}]", timeout=LONGEST)
    brought = installed_packages(programs) - CORE
    assert brought <= extra.brings
    assert brought, "it brings nothing"
    (tmp_path / f"文本.{extra.suffix}").write_bytes(extra.write(flawed))
    command, *options = extra.call
    done = run(programs / "perfcheck", command, f"文本.{extra.suffix}", *options, cwd=tmp_path, status=extra.status)
    made = [path for path in tmp_path.glob("*.*") if path.stem in ("批注", "清单")]
    assert made if "-o" in options else "spending-plan-incomplete" in done.stdout
    # a text is checked as before, whatever else is installed
    write(tmp_path, "文本.txt", flawed)
    assert "spending-plan-incomplete" in run(programs / "perfcheck", "check", "文本.txt", cwd=tmp_path, status=1).stdout
