"""Relevance: goals and indicators that belong to other projects than the one they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from perfcheck.checks.content_words import ContentWords, Projects, content_words
from perfcheck.checks.phrases import rows_with_text_in
from perfcheck.checks.presence import Judge, Read, not_empty, screened
from perfcheck.checks.wording import bare_words, unnumbered
from perfcheck.finding import Fact
from perfcheck.memories import Memory, Remembered
from perfcheck.model.passages import cell_text

MOST_NAMED = 2
"""Projects a message names that have the same text."""
LONGEST_NAME = 20
"""Characters of each of them."""

Topic = tuple[str, str]
"""A topic and the word a text speaks of it with; both empty for none."""


class TopicFinder(Memory[str, Topic]):
    """The first topic a text speaks of; remembers texts, for the same names come again and again."""

    def __init__(self, topics: dict[str, list[str]]) -> None:
        super().__init__()
        self._words = [(topic, word) for topic, words in topics.items() for word in words]

    def find(self, text: str) -> Topic:
        """The first topic of ``text``."""
        return next((pair for pair in self._words if pair[1] in text), ("", ""))


def topic_fits(
    read: Read,
    *,
    fields: list[str],
    topics: dict[str, list[str]],
    homes: dict[str, list[str]],
    generic_words: list[str],
    kinds: dict[str, list[str]],
    elsewhere: int = 0,
    misfits: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    any_home: list[str] = [],  # noqa: B006 -- never changed
    alone: bool = False,
) -> Judge:
    """Indicators of one of ``topics`` stand in projects that have to do with it.

    A project has to do with a topic when its name, usage or own goals have one of the words ``homes`` gives for it, one
    of ``any_home``, which may have to do with any, or a content word of the indicator. Only those are reported whose
    name recurs in at least ``elsewhere`` projects for other purposes; where ``misfits`` are given, only in projects
    whose name has one of the topic's; with ``alone``, only where no other indicator of the table speaks of the topic.
    """
    not_empty("fields", fields)
    known_topics(topics, homes, "homes")
    known_topics(misfits or topics, topics, "topics")
    readers = [(field, read(field)) for field in fields]
    topic_in = TopicFinder(topics)
    words = content_words(generic_words, kinds)

    has_topic = Remembered[str, Any](lambda text: topic_in[text][0])

    def on_topic(nodes: Sequence[Any]) -> Sequence[Any]:
        return rows_with_text_in(has_topic, nodes, *fields)

    def judge(node: Any, document: Any) -> Fact | None:
        field, text = next((field, text) for field, get in readers if topic_in[text := get(node) or ""][0])
        topic, word = topic_in[text]
        project = document.projects[node.project]
        if misfits and not _any_in(misfits.get(topic, ()), project.name or ""):
            return None
        if alone and any(
            topic_in[each][0] == topic
            for other in project.indicators
            if other is not node
            for each in (other.name or "", other.description or "")
        ):
            return None
        projects = words.projects_of(document)
        if _at_home(project, (*homes[topic], *any_home), text, projects, words):
            return None
        others = projects.elsewhere("name", node.name or "", project.position)
        if len(others) < elsewhere:
            return None
        values = {"text": text.strip(), "word": word, "project": _inner(project.name), **_named(others)}
        return Fact(field, values, _rows(others, node.name or ""))

    return screened(judge, on_topic)


def goals_fit(
    read: Read,
    *,
    topics: dict[str, list[str]],
    homes: dict[str, list[str]],
    generic_words: list[str],
    kinds: dict[str, list[str]],
    elsewhere: int,
    fewest_words: int = 0,
) -> Judge:
    """The goals of a project are not all word for word those of others, without a word about the project itself.

    Each line must recur in at least ``elsewhere`` projects for other purposes and share no content word with the
    name and usage. A line of one of ``topics`` fits projects whose name or usage has one of its ``homes``;
    goals on no topic at all are judged only where ``fewest_words`` is given, and when they have as many content words.
    """
    known_topics(topics, homes, "homes")
    topic_in = TopicFinder(topics)
    words = content_words(generic_words, kinds)

    def repeated(nodes: Sequence[Any]) -> list[Any]:
        counts = Counter(bare_words[node.goals[0]] for node in nodes if node.goals)
        return [node for node in nodes if node.goals and counts[bare_words[node.goals[0]]] > elsewhere]

    def judge(node: Any, document: Any) -> Fact | None:
        lines = [line for line in node.goals if line.strip()]
        projects = words.projects_of(document)
        on_topic = any(topic_in[line][0] for line in lines)
        if not on_topic and not 0 < fewest_words <= sum(len(words[line]) for line in lines):
            return None
        for line in lines:
            topic, _ = topic_in[line]
            if len(projects.elsewhere("goals", line, node.position)) < elsewhere:
                return None
            if _at_home(node, homes[topic] if topic else (), line, projects, words):
                return None
        others = projects.elsewhere("goals", lines[0], node.position)
        values = {"text": unnumbered(lines[0]), "project": _inner(node.name), **_named(others)}
        return Fact("goals", values, tuple(((other, "goals"), "same") for other in others))

    return screened(judge, repeated)


def goals_share_words(
    read: Read, *, generic_words: list[str], any_goal: list[str], kinds: dict[str, list[str]], fewest_words: int
) -> Judge:
    """The goals of a project have a content word in common with its name, usage or indicators.

    Words of ``any_goal`` count as little as ``generic_words``; goals with less than ``fewest_words`` of content, and
    projects whose name and usage have less, are left alone.
    """
    words = content_words(generic_words, kinds)
    goal_words = content_words([*generic_words, *any_goal])

    def judge(node: Any, document: Any) -> Fact | None:
        lines = [line for line in node.goals if line.strip()]
        content = frozenset().union(*(goal_words[line] for line in lines))
        purpose = words.projects_of(document).purposes[node.position]
        if min(len(content), len(purpose)) < fewest_words or not cell_text(node, "usage"):
            return None
        if not content.isdisjoint(purpose) or any(
            not content.isdisjoint(words[text])
            for row in node.indicators
            for text in (row.name or "", row.description or "")
        ):
            return None
        return Fact("goals", {"text": unnumbered(lines[0]), "project": _inner(node.name)})

    return screened(judge, lambda nodes: [node for node in nodes if node.goals and node.indicators])


def goal_lines_fit(
    read: Read,
    *,
    topics: dict[str, list[str]],
    homes: dict[str, list[str]],
    generic_words: list[str],
    kinds: dict[str, list[str]],
    elsewhere: int = 0,
    any_home: list[str] = [],  # noqa: B006 -- never changed
    alone: bool = False,
) -> Judge:
    """No line of the goals speaks of one of ``topics`` in a project without one of its ``homes``, or of ``any_home``.

    Reports lines that recur in at least ``elsewhere`` projects for other purposes; with ``alone``, only where neither
    another line nor an indicator of the table speaks of the topic or has a content word of the line.
    """
    known_topics(topics, homes, "homes")
    topic_in = TopicFinder(topics)
    words = content_words(generic_words, kinds)

    def on_topic(nodes: Sequence[Any]) -> list[Any]:
        return [node for node in nodes if any(topic_in[line][0] for line in node.goals)]

    def judge(node: Any, document: Any) -> list[Fact]:
        projects = words.projects_of(document)
        facts = []
        cell = cell_text(node, "goals")
        begin = 0
        for line in node.goals:
            begin = max(cell.find(line, begin), begin)
            topic, word = topic_in[line]
            if not topic:
                continue
            if alone:
                about = frozenset(words[line])
                rest = (*(each for each in node.goals if each is not line), *_said_of(node.indicators))
                if any(topic_in[each][0] == topic or not about.isdisjoint(words[each]) for each in rest):
                    continue
                own = f"{node.name or ''}\n{cell_text(node, 'usage')}"
                if not projects.purposes[node.position] or _any_in((*homes[topic], *any_home), own):
                    continue
                if not about.isdisjoint(words[own]):
                    continue
            elif _at_home(node, (*homes[topic], *any_home), line, projects, words):
                continue
            others = projects.elsewhere("goals", line, node.position)
            if len(others) >= elsewhere:
                values = {"text": unnumbered(line), "word": word, "project": _inner(node.name), **_named(others)}
                related = tuple(((other, "goals"), "same") for other in others)
                facts.append(Fact("goals", values, related, span=(begin, begin + len(line))))
        return facts

    return screened(judge, on_topic)


def known_topics(topics: dict[str, list[str]], others: dict[str, list[str]], option: str) -> None:
    """Raise ``ValueError`` for a topic ``others`` does not have: nothing would be right for it, or nothing wrong."""
    for topic in topics:
        if topic not in others:
            raise ValueError(f"{option} 里没有“{topic}”这个主题")


def _any_in(words: Sequence[str], text: str) -> bool:
    return any(map(text.__contains__, words))


def _at_home(project: Any, homes: Sequence[str], text: str, projects: Projects, words: ContentWords) -> bool:
    """Whether the project itself speaks of what ``text`` is about, or nobody can tell what the project is for."""
    purpose = projects.purposes[project.position]
    if not purpose:
        return True
    own = projects.own_words(project.position)
    return _any_in(homes, own) or not (purpose | words[own]).isdisjoint(words[text])


def _said_of(indicators: Sequence[Any]) -> Iterator[str]:
    """Names, descriptions and bases of ``indicators``."""
    for indicator in indicators:
        yield from filter(None, (indicator.name, indicator.description, indicator.basis))


def _inner(name: str | None) -> str:
    """A name as it stands between quotation marks."""
    return (name or "").translate({ord("“"): "‘", ord("”"): "’"})


def _named(others: Sequence[Any]) -> dict[str, Any]:
    names = [_inner(other.name)[:LONGEST_NAME] for other in others]
    return {"others": "、".join(f"“{name}”" for name in names[:MOST_NAMED])}


def _rows(others: Sequence[Any], name: str) -> tuple[tuple[Any, str], ...]:
    """The rows of other projects with the same name."""
    wanted = bare_words[name]
    rows = (next(row for row in other.indicators if bare_words[row.name or ""] == wanted) for other in others)
    return tuple(((row, "name"), "same") for row in rows)
