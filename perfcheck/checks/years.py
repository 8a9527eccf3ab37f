"""Years in prose and names against the budget year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from perfcheck.checks.presence import Judge, Read, known_word, not_empty, screened
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text
from perfcheck.patterns import compiled

LONGEST_READ = 2000
CENTURY = "20"
SHORTEST_OWN_NAME = 3
"""Characters of the unit's name in front of a year that may be left of it: 教育局."""
_ENDS = "。；;！!\n"
_LINE_STARTS = frozenset("\n.、．)）")
_STARTS = frozenset("。；;！!？?，,：:、（(“\n \u3000）)．.")


@cache
def _mentions() -> re.Pattern[str]:
    """A year by itself: not one end of a span of years, nor a part of a longer number."""
    return compiled(r"(?<![\d\-—–~～－/〔\[【(（])(20\d\d)\s?年(?:度|末|底)?(?![\d\s]*号)(?!\s*[\-—–~～－])")


@cache
def _month_behind() -> re.Pattern[str]:
    return compiled(r"\d{1,2}月(?:份|底|末|\d{1,2}日)?")


@cache
def _counts() -> re.Pattern[str]:
    return compiled(r"\d[\u4e00-\u9fff]{1,2}")


@cache
def _versions() -> re.Pattern[str]:
    """A year an edition is called by: 2031年版, 2031版."""
    return compiled(r"(?<![\d.\-—–~～－/])(20\d\d)\s?年?版")


@cache
def _issued() -> re.Pattern[str]:
    """A year something was issued in, in brackets behind its title: （2031年印发）, (2031年修订)."""
    return compiled(r"(?<=[（(])(20\d\d)\s?年(?![^）)]*版)(?=[\d月日 ]*[\u4e00-\u9fff]{0,6}[）)])")


def _years(text: str) -> Iterator[re.Match[str]]:
    return _mentions().finditer(text[:LONGEST_READ])


def planned_year(
    read: Read,
    *,
    inside: list[str],
    plans: list[str],
    reports: list[str],
    carried: list[str],
    before: list[str],
    behind: list[str],
    deeds: list[str] = [],  # noqa: B006 -- never changed
    times: list[str] = [],  # noqa: B006 -- never changed
    accounts: list[str] = [],  # noqa: B006 -- never changed
    opens_inside: list[str] = [],  # noqa: B006 -- never changed
    deeds_inside: list[str] = [],  # noqa: B006 -- never changed
    purposes: list[str] = [],  # noqa: B006 -- never changed
    firm: list[str] = [],  # noqa: B006 -- never changed
    done: list[str] = [],  # noqa: B006 -- never changed
    still: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A sentence that begins with a year and tells plans is of the budget year.

    It is judged ``inside`` these parts only, if it has one of ``plans`` and none of ``reports`` (words of what is
    past), if the passage names the budget year nowhere (a line that tells a deed right behind its year is judged by
    itself) and nothing in its table is said to be ``carried`` over. A
    year is no statement's where one of ``before`` stands in front of it or one of ``behind`` follows. In the parts
    ``deeds_inside``, which tell nothing but plans, one of ``deeds`` right behind the year, or behind one of the
    ``times`` of a year, is a plan, too; in those of ``opens_inside`` a year that opens the passage is that of all its
    sentences. One of the ``purposes`` (用于) that opens a passage of ``deeds_inside`` in front of the year makes it the
    year of the money; one of the ``firm`` words of plans (将) right behind an earlier year that begins a sentence makes
    it wrong beside the budget year, too, and so does a deed of an earlier year in the sentence of ``opens_inside`` that
    the budget year opens, unless one of the words ``still`` behind it tells what becomes of it now. A deed with one of
    the words ``done`` (了, 的) behind it is no plan. The year after the budget year is right beside one of ``accounts``
    (what is done when the year is over).
    """
    not_empty("inside", inside)
    moments, verbs, planned_parts = tuple(sorted(times, key=len, reverse=True)), tuple(deeds), frozenset(deeds_inside)

    past, now = tuple(done), tuple(still)

    def behind_deed(sentence: str) -> str | None:
        """What stands behind the deed that ``sentence`` begins with; None where it begins with none."""
        rest = sentence.lstrip(" ，,")
        month = _month_behind().match(rest)
        rest = rest[month.end() :] if month else rest
        moment = next((word for word in moments if rest.startswith(word)), "")
        verb = next((word for word in verbs if rest.startswith(word, len(moment))), "")
        behind_verb = rest[len(moment) + len(verb) :]
        return None if not verb or behind_verb.startswith(past) else behind_verb

    def is_done(sentence: str) -> bool:
        """Whether ``sentence`` begins with no deed, or with one done by now: 2022年安装路灯860盏，本年全部纳入维护."""
        rest = behind_deed(sentence)
        return rest is None or _has_one(rest, now) or any(rest.startswith(past, at) for at in _behind_counts(rest))

    certain = tuple(firm)
    leads, follows, for_what = tuple(before), tuple(behind), frozenset(purposes)
    opening_parts = frozenset(opens_inside)

    def judge(node: Any, document: Any) -> list[Fact]:
        text, year = node.text, document.budget_year.year
        found = [match for match in _years(text) if int(match.group(1)) != year]
        named = f"{year}" in text
        opened = named and node.part in opening_parts and _opens_with(text, f"{year}年", document.unit.name or "")
        if not found or (named and not opened and node.part not in planned_parts and not _has_one(text, certain)):
            return []
        if node.project is not None and _is_carried(document.projects[node.project], carried):
            return []
        facts = []
        for match in found:
            start, end = match.span()
            sentence = _sentence(text, end)
            own = _names_unit(text[:start], document.unit.name or "")
            meant = node.part in planned_parts and text[:start].strip() in for_what
            if meant and not named and not _has_one(text, reports) and not sentence.startswith(moments):
                facts.append(Fact("text", {"text": match.group(1), "year": year}, span=(start, end)))
                continue
            if start and text[start - 1] not in _STARTS and not own:
                continue
            if text[:start].rstrip().endswith(leads):
                continue
            deed = node.part in planned_parts and behind_deed(sentence) is not None
            if sentence.startswith(follows) and not deed:
                continue
            if int(match.group(1)) == year + 1 and _has_one(sentence, accounts):
                continue
            opens = node.part in opening_parts and (own or not text[:start].strip()) and _has_one(text, plans)
            at_start = not start or text[start - 1] in _LINE_STARTS
            firmly = int(match.group(1)) < year and text[start - 1 : start] in _ENDS and sentence.startswith(certain)
            inside_opening = opened and int(match.group(1)) < year and _is_first_sentence(text[:start])
            if inside_opening and not is_done(sentence) and not _has_one(sentence, reports):
                facts.append(Fact("text", {"text": match.group(1), "year": year}, span=(start, end)))
                continue
            if named and not firmly and not (deed and at_start and f"{year}" not in _line(text, start)):
                continue
            if (deed or opens or _has_one(sentence, plans)) and not _has_one(sentence, reports):
                facts.append(Fact("text", {"text": match.group(1), "year": year}, span=(start, end)))
        return facts

    wanted = frozenset(inside)
    return screened(judge, lambda nodes: [node for node in nodes if CENTURY in node.text and node.part in wanted])


def _names_unit(lead: str, name: str) -> bool:
    """Whether ``lead`` is nothing but the unit's name, or an end of it: 青禾县教育局 in front of 2031年."""
    lead = lead.strip()
    return len(lead) >= SHORTEST_OWN_NAME and lead in name


def _opens_with(text: str, year: str, unit: str) -> bool:
    """Whether ``text`` begins with ``year``, the unit's name in front of it or not, and names it only there."""
    lead, found, rest = text.partition(year)
    return bool(found) and year not in rest and (not lead.strip() or _names_unit(lead, unit))


def _is_first_sentence(before: str) -> bool:
    """Whether no sentence is over in ``before``, and a clause is."""
    return before.rstrip().endswith(("，", ",")) and not any(map(before.__contains__, _ENDS))


def _sentence(text: str, start: int) -> str:
    """The rest of the sentence from ``start`` on."""
    end = min((at for at in (text.find(mark, start) for mark in _ENDS) if at >= 0), default=len(text))
    return text[start:end]


def _behind_counts(text: str) -> Iterator[int]:
    """Where numbers with a measure word of one ideograph or two are over: behind 12公里 of 12公里的路段."""
    for found in _counts().finditer(text):
        yield from range(found.start() + 2, found.end() + 1)


def _line(text: str, at: int) -> str:
    """The line that ``at`` is in."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]


def _is_carried(project: Any, carried: Sequence[str]) -> bool:
    """Whether the table says somewhere that its money or its work comes from an earlier year."""
    texts = (project.name or "", cell_text(project, "usage"), cell_text(project, "goals"))
    return any(_has_one(text, carried) for text in texts)


def _has_one(text: str, words: Sequence[str]) -> bool:
    return any(map(text.__contains__, words))


def named_year(
    read: Read, *, side: str, carried: list[str], before: list[str], behind: list[str], names: list[str]
) -> Judge:
    """The name of a project names no year ``side`` (earlier, later) of the budget year without a reason.

    The reasons are words for what is ``carried`` over in its name, usage or goals, and ``names`` of what has its year
    for good. Years with one of ``before`` in front or ``behind`` them are no year of the project's.
    """
    known_word(side, "earlier", "later")
    leads, follows = tuple(before), tuple(behind)

    def judge(node: Any, document: Any) -> Fact | None:
        text, year = cell_text(node, "name"), document.budget_year.year
        found = list(_years(text))
        named = {int(match.group(1)) for match in found}
        if not found or year in named or f"{year}" in text:
            return None
        match = found[0]
        start, end = match.span()
        wrong = int(match.group(1))
        if (wrong > year) != (side == "later") or _has_one(text, names):
            return None
        if text[:start].endswith(leads) or text.startswith(follows, end) or _is_carried(node, carried):
            return None
        return Fact("name", {"text": match.group(), "year": year, "name": node.name}, span=(start, end))

    return screened(judge, lambda nodes: [node for node in nodes if node.name and CENTURY in node.name])


def basis_year(read: Read, *, before: list[str], behind: list[str]) -> Judge:
    """No plan, standard or figure that a basis names by its year is of a year after the budget year."""
    leads, follows = tuple(before), tuple(behind)

    def named(text: str) -> Iterator[re.Match[str]]:
        for match in _years(text):
            if not text[: match.start()].rstrip().endswith(leads) and not text.startswith(follows, match.end()):
                yield match
        if "版" in text:
            yield from _versions().finditer(text[:LONGEST_READ])
        if "（20" in text or "(20" in text:
            yield from _issued().finditer(text[:LONGEST_READ])

    def judge(node: Any, document: Any) -> list[Fact]:
        text, year = node.text, document.budget_year.year
        return [
            Fact("text", {"text": match.group(), "named": match.group(1), "year": year}, span=match.span())
            for match in named(text)
            if int(match.group(1)) > year
        ]

    return screened(judge, lambda nodes: [node for node in nodes if node.part == "basis" and CENTURY in node.text])
