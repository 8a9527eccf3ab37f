"""Project codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import mul
from typing import Any

from perfcheck.checks.presence import Judge, Read, known_word
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text
from perfcheck.patterns import compiled

MODULUS = 31
LONGEST_CODE = 40
FEW_CODES = 3
CENTURY = 2000


def check_character(read: Read, *, codes: str, alphabet: str) -> Judge:
    """The last character of codes of the form ``codes`` follows from the others.

    With weights 3^(i-1) mod 31 from the left and each character's index in ``alphabet``, the check character is
    the one with index (30 - s) mod 31, s being the weighted sum mod 31: GB 32100-2015 but for one. It is a rule
    found on documents, not published (regulations.md section 6); so a document of three or more such
    codes, most of which fail it, is taken to use codes made otherwise, and is not judged.
    """
    form = compiled(codes)
    value_of = {character: value for value, character in enumerate(alphabet)}

    weights = [pow(3, place, MODULUS) for place in range(LONGEST_CODE)]

    def expected(code: str) -> str | None:
        try:
            total = sum(map(mul, map(value_of.__getitem__, code[:-1]), weights))
        except KeyError:
            return None
        return alphabet[(MODULUS - 1 - total) % MODULUS]

    def judge(node: Any, document: Any) -> list[Fact]:
        facts = []
        judged = 0
        for project in document.projects:
            code = project.code
            if not code or not form.fullmatch(code):
                continue
            right = expected(code)
            if right is None:
                continue
            judged += 1
            if code[-1] != right:
                facts.append(Fact("code", {"text": code, "last": code[-1], "expected": right}, node=project))
        return facts if judged < FEW_CODES or 2 * len(facts) <= judged else []

    return judge


def region(read: Read, *, codes: str, regions: dict[str, str], kinds: str, no_county: list[str]) -> Judge:
    """The region code that opens a project code is that of the county in the unit's name, and the same in all tables.

    ``codes`` is the form of codes that carry a region, ``regions`` names the counties perfcheck knows, ``kinds`` are
    the last characters of a county's name, ``no_county`` words that end like one and are none.
    """
    other_word_in = compiled("|".join(map(re.escape, no_county)) or "(?!)").search
    form = compiled(codes)
    county = compiled(f"(?:^|[省市])([\\u4e00-\\u9fff]{{1,4}}?)[{kinds}]")

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        with_region = [project for project in document.projects if project.code and form.fullmatch(project.code)]
        if not with_region:
            return
        prefixes = Counter(project.code[:6] for project in with_region)
        if len(prefixes) == 1 and regions.keys().isdisjoint(prefixes):
            return
        usual = prefixes.most_common()[0][0]  # with a number it would import heapq
        for project in with_region:
            prefix = project.code[:6]
            if prefix != usual and prefixes[usual] * 2 > len(with_region):
                yield Fact("code", {"problem": "differs", "text": prefix, "expected": usual}, node=project)
                continue
            known = regions.get(prefix)
            name = project.unit.name or ""
            named = county.match(name)
            if (
                known
                and named
                and named.group(1) != known
                and known not in name
                and not other_word_in(name[: named.end()])
            ):
                values = {"problem": "other", "text": prefix, "expected": known, "unit": name}
                yield Fact("code", values, (((project, "unit"), "unit"),), project)

    return judge


def code_year(read: Read, *, codes: str, side: str, carried: list[str] = []) -> Judge:  # noqa: B006 -- never changed
    """The year in a code, group 1 of ``codes``, is not ``side`` (earlier, later) of the budget year.

    An earlier year is a project carried over: one whose name, usage or goals have one of the words ``carried`` explains
    itself, and where half of the codes are earlier the document has another way of giving them.
    """
    known_word(side, "earlier", "later")
    form = compiled(codes)
    if form.groups != 1:
        raise ValueError("codes 里要有一个括号，括住编码里的年份")

    def judge(node: Any, document: Any) -> Iterator[Fact]:
        year = document.budget_year.year
        dated = [
            (project, CENTURY + int(match.group(1)))
            for project in document.projects
            if project.code and (match := form.fullmatch(project.code))
        ]
        wrong = [(project, named) for project, named in dated if (named > year if side == "later" else named < year)]
        if side == "earlier" and 2 * len(wrong) >= len(dated):
            return
        for project, named in wrong:
            texts = (project.name or "", cell_text(project, "usage"), cell_text(project, "goals"))
            if not any(word in text for text in texts for word in carried):
                span = form.fullmatch(project.code).span(1)  # type: ignore[union-attr]  # it matched above
                values = {"text": project.code, "named": named, "year": year}
                yield Fact("code", values, node=project, span=span)

    return judge


def code_department(read: Read, *, codes: str) -> Judge:
    """The department in a code, group 1 of ``codes``, opens the code of the unit.

    As with check characters: a document of three or more such codes, most of which have another department, has
    codes made otherwise and is not judged.
    """
    form = compiled(codes)
    if form.groups != 1:
        raise ValueError("codes 里要有一个括号，括住编码里的部门码")

    def judge(node: Any, document: Any) -> list[Fact]:
        facts = []
        judged = 0
        for project in document.projects:
            match = form.fullmatch(project.code) if project.code and project.unit.code else None
            if match is None:
                continue
            judged += 1
            if not project.unit.code.startswith(match.group(1)):
                values = {"text": project.code, "named": match.group(1), "unit": project.unit.code}
                facts.append(Fact("code", values, (((project, "unit"), "unit"),), project, match.span(1)))
        return facts if judged < FEW_CODES or 2 * len(facts) <= judged else []

    return judge
