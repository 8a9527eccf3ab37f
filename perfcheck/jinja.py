"""What perfcheck uses of Jinja, imported here alone: without OpenSSL, which Jinja's import would load for nothing."""

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
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

__all__ = [
    "Environment",
    "FileSystemBytecodeCache",
    "FileSystemLoader",
    "ImmutableSandboxedEnvironment",
    "Markup",
    "StrictUndefined",
    "Template",
    "TemplateError",
    "TemplateSyntaxError",
    "nodes",
]
