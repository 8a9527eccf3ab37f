"""``hashlib`` without OpenSSL: in a process of our own, and in no other."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forms import form
from tests.test_house import MODULES


def says(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_report_through_jinja_loads_no_openssl(tmp_path: Path) -> None:
    pytest.importorskip("_sha1", reason="this Python has no digests but OpenSSL's")
    path = tmp_path / "文本.txt"
    path.write_text(form(), encoding="utf-8")
    code = (
        "import os, sys; from perfcheck.cli import run\n"
        "os._exit = lambda status: print(status, [name in sys.modules for name in ('jinja2', '_hashlib')])\n"
        f"sys.argv = ['perfcheck', 'check', '--format', 'sarif', '-o', {str(tmp_path / 'out')!r}, {str(path)!r}]; run()"
    )
    assert says(code) == "0 [True, False]"


def test_who_uses_perfcheck_as_a_library_keeps_the_whole_of_hashlib() -> None:
    code = "import perfcheck.api, perfcheck.reporting.environment, hashlib; print(hasattr(hashlib, 'pbkdf2_hmac'))"
    assert says(code) == says("import hashlib; print(hasattr(hashlib, 'pbkdf2_hmac'))")


def test_what_was_imported_before_stays_and_others_may_import_openssl_afterwards() -> None:
    start = "import sys; from perfcheck import digests; digests.process_is_ours()\n"
    import_it = "with digests.hashlib_alone(): import hashlib\n"
    assert says(f"import hashlib; had = hashlib.sha1\n{start}{import_it}print(hashlib.sha1 is had)") == "True"
    assert (
        says(f"{start}{import_it}print('_hashlib' in sys.modules, hashlib.sha1(b'').hexdigest()[:4])") == "False da39"
    )


def test_a_python_without_digests_of_its_own_takes_openssls() -> None:
    code = (
        "import sys; sys.modules['_sha1'] = None; from perfcheck import digests; digests.process_is_ours()\n"
        "with digests.hashlib_alone(): import hashlib\n"
        "print(hashlib.sha1(b'').hexdigest()[:4])"
    )
    assert says(code) == "da39"


def test_jinja_is_imported_in_two_places_alone() -> None:
    importing = {path.name for path in MODULES if re.search(r"^\s*(from|import) jinja2", path.read_text("utf-8"), re.M)}
    assert importing == {"jinja.py", "jinja_sandbox.py"}
