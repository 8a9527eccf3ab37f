"""A user's own Jinja template, in a sandbox: it sees plain values, no file, no other template, no environment.

What it gets is the content of the JSON report (``docs/schemas/report.schema.json``) and the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfcheck.errors import SettingsError, why
from perfcheck.finding import LEVELS
from perfcheck.jinja import StrictUndefined, TemplateError, TemplateSyntaxError
from perfcheck.jinja_sandbox import ImmutableSandboxedEnvironment
from perfcheck.reporting import filters
from perfcheck.reporting.json_report import report_content
from perfcheck.reporting.report import Report
from perfcheck.reporting.words import words

MARKUP = (".html", ".htm", ".xml")
"""Endings, before a final ``.j2``, of templates in which ``<`` and ``&`` of a document are escaped by themselves."""
GREATEST_PRODUCT = 1_000_000
"""Characters or items ``*`` may make; a template cannot fill the memory by a slip."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, without powers and with bounded products."""

    intercepted_binops = frozenset(("**", "*"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """``left * right`` where that is no giant."""
        if operator == "**":
            raise SettingsError("模板里不能用“**” / “**” is not allowed in a template")
        for count, thing in ((left, right), (right, left)):
            if isinstance(count, int) and hasattr(thing, "__len__") and count * len(thing) > GREATEST_PRODUCT:
                raise SettingsError("模板里的“*”得出的结果太大 / “*” makes too much in a template")
        return left * right


def user_template(path: str | None) -> Callable[[Report], str]:
    """What renders a report by the template in the file ``path``; raises :class:`SettingsError` for a bad one."""
    if path is None:
        raise SettingsError("template 这种格式要用 --template 给出模板文件 / the format template needs --template FILE")
    try:
        with open(path, encoding="utf-8-sig") as file:
            source = file.read()
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"读不了模板 {path}：{why(error)} / the template cannot be read") from None
    environment = Sandbox(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=path.lower().removesuffix(".j2").endswith(MARKUP),
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    environment.filters.update(json=filters.as_json, markdown=filters.as_markdown, plain=filters.as_plain)
    try:
        compiled = environment.from_string(source)
    except TemplateSyntaxError as error:
        raise SettingsError(f"模板 {path} 第 {error.lineno} 行写错了：{error.message} / syntax error") from None

    def render(report: Report) -> str:
        say = words(report.language)
        rules = {
            rule.id: {
                "id": rule.id,
                "title": rule.title.in_language(report.language),
                "category": rule.category,
                "level": rule.level,
                "confidence": rule.confidence,
                "why": rule.why.in_language(report.language),
                "remedy": rule.remedy.in_language(report.language),
                "basis": filters.citation(rule, say),
            }
            for rule in report.rules
        }
        levels = {level: say.level(level) for level in LEVELS}
        try:
            return compiled.render(report_content(report), rules=rules, level_names=levels)
        except SettingsError:
            raise
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RuntimeError) as error:
            raise SettingsError(f"模板 {path} 没能用上：{error} / the template failed") from None

    return render
