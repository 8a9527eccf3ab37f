"""Messages of rules: Jinja templates filled with what a check found.

Most messages only name values, ``{{ text }}``, or choose between sentences by one, ``{% if problem == 'over' %}``.
Those are filled here by the same rules Jinja has; anything more goes to Jinja. So a run without a template keeps
Jinja's import, more than four bare Python starts (``benchmarks/start_up.py``), and a message costs a sixth
(``benchmarks/messages.py``); tests hold both ways against each other, on all rules and on templates made at random.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from perfcheck.finding import FieldNames, cut_to
from perfcheck.patterns import compiled
from perfcheck.rulebook.rule import Rule

_NAME = compiled(r"(?<!\{)\{\{\s*([a-z_]+)\s*\}\}")
_QUOTED_NAME = compiled(r"“\{\{\s*([a-z_]+)\s*\}\}”")
_TAG = compiled(r"(?<!\{)\{%\s*(if|elif|else|endif)\b\s*(.*?)\s*%\}")
_CONDITION = compiled(r"([a-z_]+)(?:\s*==\s*'([^'\\]*)')?")
_INNER_QUOTES = str.maketrans("“”", "‘’")
JINJAS_OWN = frozenset(("true", "false", "none", "not", "and", "or", "in", "is", "if", "else", "self", "loop"))
"""What would be no name of a value for Jinja."""
LONGEST_VALUE = 60
"""Characters of the document quoted in a message; long cells are cut, the place says where to look."""
Fill = Callable[[Mapping[str, str]], str]
"""A template as a function of its values; ``KeyError`` or Jinja's error for a name that is not given."""
Test = Callable[[Mapping[str, str]], bool]


class Messages:
    """Fills messages in one language; ``words`` names the parts of the form in it."""

    def __init__(self, language: str, words: Callable[[str], str]) -> None:
        self._language = language
        self._words = words
        self._compiled: dict[str, tuple[Fill, Iterable[str] | None, frozenset[str]]] = {}
        """Rule id -> its message, the values it names (not known of one with choices) and those it quotes."""

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
    def compile(template: str) -> Fill:
        """``template`` as a function of its values."""
        return _with_choices(template) or compile_with_jinja(template)

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
    if "{{" in rest or "{%" in rest or "{#" in rest or "\r" in rest:
        return True
    return not JINJAS_OWN.isdisjoint(_NAME.findall(template))


def _with_choices(template: str) -> Fill | None:
    """``template`` if it has nothing but names and choices between sentences; else None."""
    parts: list[Fill] = []
    open_choices: list[tuple[list[Fill], list[tuple[Test, list[Fill]]]]] = []
    """What comes before each choice that is not at its end yet, and its sentences so far."""
    first, *rest = _TAG.split(template)
    for tag, condition, text in (("", "", first), *zip(rest[::3], rest[1::3], rest[2::3])):
        if tag == "if":
            open_choices.append((parts, []))
        elif tag and (not open_choices or (tag != "endif" and open_choices[-1][1][-1][0] is _always)):
            return None  # Jinja says what is wrong
        if tag == "endif":
            parts, choices = open_choices.pop()
            parts.append(_chosen(choices))
        elif tag:
            test = _always if tag == "else" else _test(condition)
            if test is None:
                return None
            parts = []
            open_choices[-1][1].append((test, parts))
        if _is_more_than_names(text) or (condition and tag in ("else", "endif")):
            return None
        if text:
            parts.append(_with_names(text))
    if open_choices:
        return None
    return parts[0] if len(parts) == 1 else lambda values: "".join([part(values) for part in parts])


def _with_names(text: str) -> Fill:
    names = _NAME.findall(text)
    form = _NAME.sub("%s", text.replace("%", "%%"))
    return lambda values: form % tuple(map(values.__getitem__, names))


def _chosen(choices: list[tuple[Test, list[Fill]]]) -> Fill:
    def fill(values: Mapping[str, str]) -> str:
        found = next((parts for test, parts in choices if test(values)), ())
        return "".join([part(values) for part in found])

    return fill


def _always(values: Mapping[str, str]) -> bool:
    return True


def _test(condition: str) -> Test | None:
    """``name``, which must not be empty, or ``name == 'text'``, or several of these with ``and`` between them."""
    found = [_CONDITION.fullmatch(part.strip()) for part in condition.split(" and ")]
    wanted = [match.groups() for match in found if match]
    if len(wanted) < len(found) or any(name in JINJAS_OWN for name, _ in wanted):
        return None
    return lambda values: all(values[name] == text if text is not None else values[name] for name, text in wanted)


def compile_with_jinja(template: str) -> Fill:
    """``template`` through Jinja's sandbox; a name that is not given is an error."""
    from perfcheck.jinja import StrictUndefined
    from perfcheck.jinja_sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    environment.globals.clear()
    render = environment.from_string(template).render
    return lambda values: render(values)
