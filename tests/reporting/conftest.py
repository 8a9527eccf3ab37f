"""Reports on invented documents, rendered in any format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfcheck import __version__
from perfcheck.reporting import Report, filters, render
from perfcheck.reporting.formats import Options
from tests.reporting.samples import CLEAN, FLAWED, sample_pack

Rendered = Callable[..., str]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path) -> None:
    """The empty folder of each test is a repository of its own."""
    (tmp_path / ".git").mkdir()
    for name in ("_repository_root", "_in_repository", "_folder_uri", "_path", "_uri"):
        getattr(getattr(filters, name, None), "cache_clear", lambda: None)()


@pytest.fixture
def pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    return sample_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def sample(report: Callable[..., Report], pack: str) -> Callable[..., Report]:
    """A report on a flawed, a clean and an unreadable document by the pack of :mod:`tests.reporting.samples`."""

    def sample(**options: Any) -> Report:
        texts = {"有问题 的.txt": FLAWED, "clean.txt": CLEAN, "坏.txt": b"\0\0"}
        return report(texts, **{"pack": pack, **options})

    return sample


@pytest.fixture
def rendered(sample: Callable[..., Report]) -> Rendered:
    """That report as text, the version taken out."""

    def rendered(
        format: str, language: str = "zh", *, color: bool = False, quiet: bool = False, statistics: bool = False
    ) -> str:
        text = render(sample(language=language), format, Options(color, quiet, statistics))
        return re.sub(re.escape(__version__), "VERSION", text)

    return rendered
