"""What a configuration changes of a rule, and how the changed rule is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from perfcheck.errors import PackError
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.contents import Source
from perfcheck.rulebook.options import OptionError
from perfcheck.rulebook.rule import Rule
from perfcheck.rulebook.rule_file import build_rule
from perfcheck.rulebook.rule_form import Vocabulary, check_fields, selection_of
from perfcheck.rulebook.word_lists import WordLists


class RuleChange(NamedTuple):
    """Another level, other options; ``places`` says where each option was written: name -> file and line."""

    level: str | None
    options: Mapping[str, Any]
    places: Mapping[str, str]

    def of(self, source: Source) -> Source:
        """``source`` with the change put in."""
        content = dict(source.content)
        if self.level is not None:
            content["level"] = self.level
        if self.options:
            content["with"] = {**(content.get("with") or {}), **self.options}
        return source._replace(content=content)


def build_changed(source: Source, change: RuleChange, lists: WordLists, vocabulary: Vocabulary) -> Rule:
    """The changed rule; raises :class:`PackError` that says where the wrong option was written."""
    content = change.of(source).content
    for wrong in check_fields(content, vocabulary.fields[vocabulary.selections[selection_of(content["select"])[0]]]):
        name = str(wrong.path[-1])
        if name in change.places:  # a field that is not there would silently judge nothing
            raise PackError(f"{change.places[name]}：规则 {content['id']} 的参数不对：{wrong.message}")
    try:
        return build_rule(content, source.path, source.pack, vocabulary, lists)
    except OptionError as error:
        name = str(error.path[0]) if error.path else ""
        problem, example = str(error), error.example
    except (ValueError, re.error) as error:
        name, problem, example = "", str(error), ""
    places = [change.places[name]] if name in change.places else list(dict.fromkeys(change.places.values()))
    text = f"{'、'.join(places)}：规则 {content['id']} 的参数不对：{problem}"
    raise PackError(text + (f"\n    例如：{example}" if example else ""))
