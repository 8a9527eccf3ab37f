"""Cases of rules: texts a rule must find something in, and texts it must pass over.

They travel with the pack as ``cases/<id>.yaml``. A case is a whole text, or a few replacements in a text of the same
folder (``base: clean`` means ``cases/clean.txt``)::

    base: clean
    found:
      - shows: {zh: 6月底比3月底少, en: June below March}
        replace: [{from: "<tab>25%<newline><tab>50%", to: "<tab>50%<newline><tab>25%"}]
        lines: [31]
    silent:
      - shows: {zh: 相等不算减少, en: Standing still is not falling}
        replace: [...]

Rules about several documents name the others under ``beside``, each a ``text`` or a ``base`` with replacements.

A found case of a rule with a ``fix`` says under ``fixed`` what becomes of its text: the whole text, or replacements in
it, none for a text that is left as it is::

        fixed: [{from: "<tab>50%<newline><tab>25%", to: "<tab>25%<newline><tab>50%"}]
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from perfcheck.errors import PackError
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.pack import Pack
from perfcheck.rulebook.rule import Rule, Text

Judge = Callable[[str, "int | None", list[Rule], "tuple[str, ...]"], list[tuple[str, int]]]
"""Takes a text, a budget year, rules and the texts beside it; gives the rule id and line of each finding."""
Mend = Callable[[str, "int | None", Rule], "tuple[str, int]"]
"""Takes a text, a budget year and a rule; gives the text mended by it, and how many findings of the rule are left."""
CASE_KEYS = frozenset(("shows", "text", "base", "replace", "lines", "year", "beside", "fixed"))
BESIDE_KEYS = frozenset(("text", "base", "replace"))
FEWEST_OF_A_KIND = 2
"""Found and silent cases each that a rule needs: one alone proves little more than itself."""


class Case(NamedTuple):
    """One text and what a rule must say of it: findings on ``lines``, none for a silent case."""

    rule_id: str
    shows: Text
    text: str
    lines: tuple[int, ...]
    year: int | None
    changes: tuple[tuple[str, str], ...]
    beside: tuple[str, ...] = ()
    """Texts checked in the same run."""
    fixed: str | None = None
    """What becomes of the text when it is mended; None where the case does not say."""


class Failure(NamedTuple):
    """A case that did not come out as written."""

    rule_id: str
    shows: str
    expected: tuple[int, ...]
    found: tuple[int, ...]
    mended: str = ""
    """What is wrong with the mended text; empty where the findings themselves came out otherwise."""


def cases_of(rule: Rule) -> list[Case]:
    """The cases of one rule, silent ones with no lines; raises :class:`PackError` for a broken case file."""
    path = Path(rule.path).parent / "cases" / f"{rule.id}.yaml"
    if not path.is_file():
        return []
    from perfcheck.rulebook.yaml_file import read_checked

    content, _ = read_checked(str(path))
    if not isinstance(content, dict) or set(content) - {"base", "found", "silent"}:
        raise PackError(f"{path}：用例文件只有 base、found、silent 三个键")
    return [
        _case(item, kind, content.get("base"), rule, path)
        for kind in ("found", "silent")
        for item in content.get(kind) or []
    ]


def run_cases(pack: Pack, judge: Judge, mend: Mend) -> tuple[int, list[Failure], list[str]]:
    """Judge all cases of ``pack``: how many there were, which failed, which rules have too few of them.

    A rule with a fix has too few where no case shows a text mended.
    """
    failures: list[Failure] = []
    thin: list[str] = []
    count = 0
    for rule in pack.rules:
        cases = cases_of(rule)
        found_cases = sum(bool(case.lines) for case in cases)
        proves_fix = rule.fix is None or any(case.fixed not in (None, case.text) for case in cases)
        if min(found_cases, len(cases) - found_cases) < FEWEST_OF_A_KIND or not proves_fix:
            thin.append(rule.id)
        for case in cases:
            count += 1
            found = tuple(
                line for rule_id, line in judge(case.text, case.year, [rule], case.beside) if rule_id == rule.id
            )
            if found != case.lines:
                failures.append(Failure(rule.id, case.shows.zh, case.lines, found))
            if case.fixed is not None:
                failures += _wrongly_mended(case, rule, mend)
    return count, failures, thin


def _wrongly_mended(case: Case, rule: Rule, mend: Mend) -> list[Failure]:
    """A text mended has what the case says, and nothing more for the rule to find."""
    mended, left = mend(case.text, case.year, rule)
    if mended != case.fixed:
        pairs = zip(mended.split("\n"), (case.fixed or "").split("\n"))
        got, wanted = next(((one, other) for one, other in pairs if one != other), (mended, case.fixed))
        return [Failure(rule.id, case.shows.zh, case.lines, (), f"改成了“{got}”，应为“{wanted}”")]
    if left and case.fixed != case.text:
        return [Failure(rule.id, case.shows.zh, case.lines, (), f"改了之后还有 {left} 处问题")]
    return []


def _case(item: Any, kind: str, base: str | None, rule: Rule, path: Path) -> Case:
    if not _well_formed(item):
        raise PackError(
            f"{path}：每个用例写 shows（zh、en），再写 text，或写 replace（每项有 from 和 to）；"
            "found 的用例还要写 lines（行号）"
        )
    text, changes = _text(item, base, path, item["shows"]["zh"])
    beside = tuple(_text(other, base, path, item["shows"]["zh"])[0] for other in item.get("beside") or ())
    lines = tuple(int(line) for line in item.get("lines") or [])
    if (kind == "found") != bool(lines):
        raise PackError(f"{path}：found 的用例要写 lines，silent 的不写（{item['shows']['zh']}）")
    year = int(item["year"]) if item.get("year") else None
    fixed = item.get("fixed")
    if isinstance(fixed, list):
        fixed = _replaced(text, _changes(fixed), path, item["shows"]["zh"])
    return Case(rule.id, Text(item["shows"]["zh"], item["shows"]["en"]), text, lines, year, changes, beside, fixed)


def _text(item: Any, base: str | None, path: Path, shows: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of a case, or of one beside it, and the replacements it was made by."""
    changes = _changes(item.get("replace") or [])
    text = item.get("text")
    if text is None:
        text = _base(item.get("base") or base, path)
    return _replaced(text, changes, path, shows), changes


def _changes(replace: Any) -> tuple[tuple[str, str], ...]:
    return tuple((change["from"], change["to"]) for change in replace)


def _replaced(text: str, changes: tuple[tuple[str, str], ...], path: Path, shows: str) -> str:
    for old, new in changes:
        if text.count(old) != 1:
            raise PackError(f"{path}：“{shows}”里要替换的文字应恰好出现一次，实际 {text.count(old)} 次：{old!r}")
        text = text.replace(old, new)
    return text


def _well_formed(item: Any) -> bool:
    if not isinstance(item, dict) or set(item) - CASE_KEYS:
        return False
    shows, numbers, beside = item.get("shows"), item.get("lines") or [], item.get("beside") or []
    return (
        isinstance(shows, dict)
        and set(shows) == {"zh", "en"}
        and _changes_well_formed(item)
        and isinstance(beside, list)
        and all(isinstance(other, dict) and not set(other) - BESIDE_KEYS for other in beside)
        and all(_changes_well_formed(other) for other in beside)
        and isinstance(numbers, list)
        and all(isinstance(number, str) and number.isdecimal() for number in (*numbers, item.get("year") or "0"))
    )


def _changes_well_formed(item: Any) -> bool:
    fixed = item.get("fixed") or []
    return all(
        isinstance(changes, list)
        and all(isinstance(change, dict) and set(change) == {"from", "to"} for change in changes)
        for changes in (item.get("replace") or [], [] if isinstance(fixed, str) else fixed)
    )


def _base(name: str | None, path: Path) -> str:
    file = path.parent / f"{name}.txt"
    if name is None or not file.is_file():
        raise PackError(f"{path}：找不到作为底稿的 {name}.txt")
    return file.read_text(encoding="utf-8")
