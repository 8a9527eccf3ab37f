"""Jinja's sandbox, for templates that are not ours; those of the reports do without."""

from __future__ import annotations

from jinja2.sandbox import ImmutableSandboxedEnvironment

import perfcheck.jinja  # noqa: F401 -- without OpenSSL

__all__ = ["ImmutableSandboxedEnvironment"]
