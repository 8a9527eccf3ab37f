"""LibreOffice, where it is installed, for files that are not read safely without it. It is never required."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

LONGEST = 120
"""Seconds a conversion may take."""


def converted(data: bytes, suffix: str, to: str) -> bytes | None:
    """A file named ``.suffix`` as LibreOffice saves it as ``.to``; None where it is not installed or fails.

    Each call has a profile of its own, because two programs with one profile fail silently.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"file.{suffix}")
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", to, "--outdir", os.path.join(folder, "out"), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
            return Path(folder, "out", f"file.{to}").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None
