"""What perfcheck uses of Jinja, whose import would load OpenSSL for nothing.

It is imported here and in ``jinja_sandbox.py`` alone.
"""

from __future__ import annotations

from perfcheck.digests import hashlib_alone

with hashlib_alone():
    from jinja2 import (
        Environment,
        FileSystemBytecodeCache,
        FileSystemLoader,
        StrictUndefined,
        Template,
        TemplateError,
        TemplateSyntaxError,
        nodes,
    )
    from markupsafe import Markup

__all__ = [
    "Environment",
    "FileSystemBytecodeCache",
    "FileSystemLoader",
    "Markup",
    "StrictUndefined",
    "Template",
    "TemplateError",
    "TemplateSyntaxError",
    "nodes",
]
