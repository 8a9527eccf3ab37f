"""Digests from Python itself: BLAKE2, by which fingerprints and caches are named, and ``hashlib`` without OpenSSL.

``hashlib`` has the same functions, but loads OpenSSL first, which takes a third of a bare Python start and 3.5 MiB
(``benchmarks/start_up.py``).
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b
    except ImportError:  # a Python that keeps it elsewhere
        from hashlib import blake2b

__all__ = ["blake2b", "hashlib_alone", "process_is_ours"]

_ours = False


def process_is_ours() -> None:
    """Say that nobody but perfcheck uses ``hashlib`` in this process, as in the command line and not in a library."""
    global _ours
    _ours = True


@contextlib.contextmanager
def hashlib_alone() -> Iterator[None]:
    """Have ``hashlib``, if it is first imported now, do without OpenSSL, as it does where there is none.

    For importing Jinja (``jinja.py``), which names its compiled templates by SHA-1. What OpenSSL alone has, such as
    ``hashlib.scrypt``, is missing afterwards; so only in a process that is ours. A Python that has no functions of its
    own takes OpenSSL's.
    """
    if not _ours or "hashlib" in sys.modules or not _python_has_its_own():
        yield
        return
    sys.modules["_hashlib"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["_hashlib"]


def _python_has_its_own() -> bool:
    sha2 = ("_sha2",) if sys.version_info >= (3, 12) else ("_sha256", "_sha512")
    try:
        for name in ("_md5", "_sha1", *sha2, "_sha3", "_blake2"):  # a Python may be built without them
            import_module(name)
    except ImportError:
        return False
    return True
