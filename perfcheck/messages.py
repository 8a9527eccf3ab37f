"""Messages of rules: Jinja templates filled with what a check found.

Most messages only name values, ``{{ text }}``. Those are filled here by the same rule Jinja has (``str`` of the
value); anything more goes to Jinja. So a run without a template keeps Jinja's import, more than four bare Python
starts (``benchmarks/start_up.py``), and a message costs a sixth (``benchmarks/messages.py``); a
test holds both ways against each other on all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from perfcheck.finding import FieldNames, cut_to
from perfcheck.patterns import compiled
from perfcheck.rulebook.rule import Rule

_NAME = compiled(r"\{\{\s*([a-z_]+)\s*\}\}")
_QUOTED_NAME = compiled(r"“\{\{\s*([a-z_]+)\s*\}\}”")
_INNER_QUOTES = str.maketrans("“”", "‘’")
LONGEST_VALUE = 60
"""Characters of the document quoted in a message; long cells are cut, the place says where to look."""


class Messages:
    """Fills messages in one language; ``words`` names the parts of the form in it."""

    def __init__(self, language: str, words: Callable[[str], str]) -> None:
        self._language = language
        self._words = words
        self._compiled: dict[str, tuple[Callable[[Mapping[str, str]], str], Iterable[str] | None, frozenset[str]]] = {}
        """Rule id -> its message, the values it names (not known of one that goes to Jinja) and those it quotes."""

    def render(self, rule: Rule, values: Mapping[str, Any]) -> str:
        """The message of ``rule`` with ``values``; raises ``KeyError`` or Jinja's error for a name not given."""
        compiled = self._compiled.get(rule.id)
        if compiled is None:
            template = rule.message.in_language(self._language)
            wanted = None if _is_more_than_names(template) else _NAME.findall(template)
            compiled = self._compiled[rule.id] = self.compile(template), wanted, _quoted(template)
        fill, names, quoted = compiled
        shown = {name: self._shown(values[name]) for name in (values if names is None else names)}
        for name in quoted:
            if "“" in shown.get(name, ""):
                shown[name] = shown[name].translate(_INNER_QUOTES)
        return fill(shown)

    @staticmethod
    def compile(template: str) -> Callable[[Mapping[str, str]], str]:
        """``template`` as a function of its values."""
        if _is_more_than_names(template):
            return compile_with_jinja(template)
        names = _NAME.findall(template)
        form = _NAME.sub("%s", template.replace("%", "%%"))
        return lambda values: form % tuple(map(values.__getitem__, names))

    def _shown(self, value: Any) -> str:
        if value.__class__ is str:
            if len(value) <= LONGEST_VALUE and "\n" not in value:
                return value
            return cut_to(LONGEST_VALUE, value if "\n" not in value else " ".join(value.split()))
        if value.__class__ is FieldNames:
            return ("、" if self._language == "zh" else ", ").join(self._words(name) for name in value)
        if value.__class__ is Decimal:
            return cut_to(LONGEST_VALUE, f"{value:f}")
        return str(value)


def _quoted(template: str) -> frozenset[str]:
    """The values ``template`` puts between quotation marks; those within them are inner ones."""
    return frozenset(_QUOTED_NAME.findall(template))


def _is_more_than_names(template: str) -> bool:
    rest = _NAME.sub("", template)
    return "{{" in rest or "{%" in rest or "{#" in rest


def compile_with_jinja(template: str) -> Callable[[Mapping[str, str]], str]:
    """``template`` through Jinja's sandbox; a name that is not given is an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    environment.globals.clear()
    render = environment.from_string(template).render
    return lambda values: render(values)
