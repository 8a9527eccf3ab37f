"""Goals as sentences: whether they are finished, measurable, and about more than the money that goes in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from perfcheck.checks.phrases import LONGEST_TEXT, Hit, hits_in, nodes_with
from perfcheck.checks.presence import Judge, Read, known_word, not_empty, say_nothing, screened
from perfcheck.checks.quantities import without_end
from perfcheck.finding import Fact
from perfcheck.model.passages import cell_text, part_one
from perfcheck.patterns import compiled

STOPS = "。.；;！!"
CLAUSE_ENDS = "，,。；;、：:！!\n"
PHRASE_ENDS = CLAUSE_ENDS.replace("、", "")
LONGEST_PAYMENT = 8
LONGEST_OBJECT = 10
"""Characters behind a verb in which its object is looked for at the end of a text."""


def unfinished(
    read: Read,
    *,
    in_parts: list[str],
    signs: list[str],
    words: list[str],
    unless_words: list[str],
    verbs: list[str],
    no_objects: list[str],
    object_verbs: list[str] = [],  # noqa: B006 -- never changed
    open_ends: list[str] = [],  # noqa: B006 -- never changed
    whole_with: list[str] = [],  # noqa: B006 -- never changed
    people_of: list[str] = [],  # noqa: B006 -- never changed
    lone_verbs: list[str] = [],  # noqa: B006 -- never changed
    lone_adverbs: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A text of one of ``in_parts`` does not break off: at one of ``signs``, at one of ``words``, or without an object.

    ``unless_words`` end like one of the words but are whole; a clause that begins one of ``verbs`` and ends in one of
    ``no_objects``, in activities that verb cannot have, lacks the thing it was to name. So does a clause without a stop
    that has one of ``object_verbs``, no word that lets it be ``whole_with`` it, and ends in one of ``open_ends``; what
    stands behind one of ``people_of``, or is one of several such, are the people or things that do so: 奖励保护得力的.
    So does a last clause that is nothing but one of ``lone_verbs`` behind one of ``lone_adverbs`` or more.
    """
    not_empty("in_parts", in_parts)
    get = read("text")
    wanted = frozenset(in_parts)
    end_signs, end_words, whole_words, activities = map(tuple, (signs, words, unless_words, no_objects))
    dangling = tuple(open_ends)
    lone = tuple(lone_verbs)

    def lacks_object(clause: str) -> bool:
        """Whether a clause is adverbs and a verb that wants an object."""
        verb = max((word for word in lone if clause.endswith(word)), key=len, default="")
        rest = clause[: len(clause) - len(verb)] if verb else ""
        while rest:
            adverb = max((word for word in lone_adverbs if rest.startswith(word)), key=len, default="")
            if not adverb:
                return False
            rest = rest[len(adverb) :]
        return bool(verb) and clause != verb

    def find(text: str) -> Iterable[Hit]:
        whole = text.rstrip()
        if whole.endswith(end_signs):
            yield _ending(whole, 1)
            return
        bare = whole.rstrip(STOPS)
        if bare.endswith(end_words) and not bare.endswith(whole_words):
            length = max(len(word) for word in end_words if bare.endswith(word))
            yield _ending(bare, length)
        elif bare.endswith(activities):
            start = max(bare.rfind(sign) for sign in CLAUSE_ENDS) + 1
            at = max(bare.rfind(verb, start) for verb in verbs) if verbs else -1
            if at >= 0 and len(bare) - at <= LONGEST_OBJECT:
                yield {"problem": "object", "text": bare[at:]}, (at, len(bare))
        elif bare.endswith(lone) and lacks_object(clause := bare[max(map(bare.rfind, CLAUSE_ENDS)) + 1 :]):
            yield {"problem": "object", "text": clause}, (len(bare) - len(clause), len(bare))
        elif dangling and whole.endswith(dangling):
            start = max(whole.rfind(sign) for sign in CLAUSE_ENDS) + 1
            clause = whole[start:]
            phrase = whole[max(whole.rfind(sign) for sign in PHRASE_ENDS) + 1 :]
            several = any(end + "、" in phrase for end in open_ends)
            if several or any(word in phrase for word in people_of):
                return
            if any(verb in clause for verb in object_verbs) and not any(word in clause for word in whole_with):
                yield {"problem": "object", "text": clause[-12:]}, (len(whole) - len(clause[-12:]), len(whole))

    return hits_in("text", lambda node: get(node) if node.part in wanted else "", find, parts=in_parts)


def _ending(text: str, length: int) -> Hit:
    """The last words of ``text``, to show, and its last ``length`` characters, to point at."""
    return {"problem": "ending", "text": text[-12:]}, (len(text) - length, len(text))


def missing_object(read: Read, *, words: dict[str, list[str]], longest: int) -> Judge:
    """A sentence with one of the verbs ``words`` also has one of the objects that verb calls for.

    Sentences of more than ``longest`` characters are left alone: there one verb governs another's objects.
    """
    not_empty("words", list(words))
    get = read("text")

    def find(text: str) -> Iterator[Hit]:
        for verb, objects in words.items():
            if verb not in text:
                continue
            for sentence in compiled(r"[^。；;！!\n]+").finditer(text):
                phrase = sentence.group()
                at = phrase.find(verb)
                if at < 0 or len(phrase) > longest or any(map(phrase.__contains__, objects)):
                    continue
                start = sentence.start() + at
                yield {"text": verb, "wanted": "、".join(objects[:2])}, (start, start + len(verb))

    return screened(hits_in("text", get, find), lambda nodes: nodes_with(words, nodes, get))


def quantified(
    read: Read,
    *,
    of: str,
    measures: list[str],
    standards: list[str],
    unless_words: list[str],
    nothing: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """The goals of a project, each of the ``duties``, or the ``overall`` goal name a number, a date or a standard.

    Numbers in words count before one of ``measures``; the numbers of items, of documents and within ``unless_words``
    (set phrases) do not. ``standards`` are words such as 全覆盖. Goals that are but ``nothing`` are
    another check's matter.
    """
    known_word(of, "goals", "duties", "overall")
    no_goal = frozenset(nothing)
    measured = "[一二两三四五六七八九十百千万]+(?:" + "|".join(map(re.escape, measures)) + ")" if measures else "(?!)"

    def has_figure(text: str) -> bool:
        if any(map(text.__contains__, standards)):
            return True
        for word in unless_words:
            if word in text:
                text = text.replace(word, "，")
        text = compiled(_NO_FIGURES).sub("，", text)
        return compiled(r"\d").search(text) is not None or compiled(measured).search(text) is not None

    def judge_project(node: Any, document: Any) -> Fact | None:
        text = "\n".join(node.goals)[:LONGEST_TEXT]
        if not text or say_nothing(node.goals, no_goal):
            return None
        return None if has_figure(text) else Fact("goals", {"count": len(node.goals)})

    def judge_duties(node: Any, document: Any) -> list[Fact]:
        facts = []
        for duty in document.department.duty_goals:
            text = "\n".join(filter(None, (duty.name, duty.goal, duty.indicator)))[:LONGEST_TEXT]
            if text and not has_figure(text):
                facts.append(Fact("duty_goal", {"text": f"{duty.number or ''}{duty.name or text}"}, node=duty))
        return facts

    def judge_overall(node: Any, document: Any) -> Fact | None:
        said = [passage for passage in part_one(document) if passage.part == "overall_goal"]
        if not said or has_figure("\n".join(passage.text for passage in said)[:LONGEST_TEXT]):
            return None
        return Fact(said[0].part, node=said[0])

    return {"goals": judge_project, "duties": judge_duties, "overall": judge_overall}[of]


def vague_clauses(
    read: Read, *, in_parts: list[str], leads: list[str], degrees: list[str], about: list[str], figures: list[str]
) -> Judge:
    """No clause of a line that begins with one of ``leads`` (绩效指标) says how much in a word of ``degrees`` alone.

    A clause with a digit or one of ``figures`` says it, unless it has one of the words ``about``, which take it back.
    """
    not_empty("leads", leads)
    not_empty("degrees", degrees)
    get = read("text")
    begins = tuple(leads)

    def find(text: str) -> Iterator[Hit]:
        if not text.startswith(begins):
            return
        for found in compiled(r"[^，,。；;！!\n]+").finditer(text):
            clause = found.group()
            word = next((word for word in about if word in clause), "")
            if not word and not any(map(str.isdigit, clause)) and not any(map(clause.__contains__, figures)):
                word = next((word for word in degrees if word in clause), "")
            if word:
                said = clause.rpartition("：")[2].strip()
                end = found.start() + len(clause.rstrip())
                yield {"text": said, "word": word}, (end - len(said), end)

    return hits_in("text", lambda node: get(node) if node.part in in_parts else "", find, parts=in_parts)


_NO_FIGURES = (
    r"(?:^|(?<=[\s；;。：:，,]))[（(]?\d{1,2}[、．.)）](?!\d)"  # numbers of items
    r"|[\[［〔【（(]\s*(?:19|20)\d\d\s*[\]］〕】）)]\s*\d*(?:-\d+)?"  # years and numbers of documents
    r"|目标\s*\d{1,2}(?=[：:])"
)


_AMOUNT_BEHIND = r"(?:达到|为|不低于|≥|>=)?\s*\d[\d.]*\s*(?:[万亿]?元|%|％)$"


def input_only(
    read: Read,
    *,
    money: list[str],
    ends: list[str],
    verbs: list[str],
    unless_words: list[str],
    not_outcomes: list[str] = [],  # noqa: B006 -- never changed
    joining: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """No goal of a project is about nothing but money: every clause of it provides ``money``, and that is all.

    A clause does that when it ends in one of ``ends`` behind a word for money, or begins with one of ``verbs`` and ends
    in money; one with any of ``unless_words`` outside the words that are ``not_outcomes`` names what comes of it.
    Amounts and percentages at the end of a clause do not count. In one that begins with a verb and has only ``ends``,
    verbs and amounts behind the money such words in front say what the money is called, but beside ``joining`` words:
    保障机关运转经费4万元及时拨付到位.
    """
    not_empty("money", money)
    monies, endings, openers = tuple(money), tuple(ends), tuple(verbs)
    paid = endings + openers

    def names_money(clause: str) -> bool:
        """Whether a clause has a name for money between a verb and how it is paid, and no more."""
        before, rest = "", clause
        while before != rest:
            before, rest = rest, compiled(_AMOUNT_BEHIND).sub("", without_end(rest, paid))
        return rest != clause and rest.endswith(monies) and not any(map(rest.__contains__, joining))

    def provides(clause: str) -> bool:
        if joining and clause.startswith(openers) and names_money(clause):
            return True
        clause = compiled(_AMOUNT_BEHIND).sub("", clause)
        rest = clause
        for word in not_outcomes:
            if word in rest:
                rest = rest.replace(word, "，")
        if any(map(rest.__contains__, unless_words)):
            return False
        if clause.endswith(endings):
            return any(map(clause.__contains__, monies))
        return clause.startswith(openers) and clause.endswith(monies)

    def pays(clause: str) -> bool:
        """Whether a clause behind one about money only says that it is paid: 及时足额拨付."""
        return len(clause) <= LONGEST_PAYMENT and clause.endswith(endings)

    def find(text: str) -> Iterator[Hit]:
        if not any(map(text.__contains__, monies)):
            return
        start = 0
        for line in text.split("\n"):
            lead = compiled(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[、．.)）]|[①-⑳])?\s*").match(line)
            begin = lead.end() if lead else 0
            goal = line[begin:].strip().rstrip(STOPS)
            clauses = [clause for clause in re.split("[，,。；;]", goal) if clause]
            if clauses and provides(clauses[0]) and all(provides(one) or pays(one) for one in clauses[1:]):
                yield {"text": goal}, (start + begin, start + begin + len(goal))
            start += len(line) + 1

    return hits_in("goals", lambda project: cell_text(project, "goals"), find)
