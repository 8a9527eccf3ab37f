"""The digest fingerprints and caches are named by: BLAKE2, from Python itself.

``hashlib`` has the same function, but loads OpenSSL first, which takes a third of a bare Python start and 3 MiB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b
    except ImportError:  # a Python that keeps it elsewhere
        from hashlib import blake2b

__all__ = ["blake2b"]
