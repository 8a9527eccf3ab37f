"""Packs: a folder of rules, possibly on top of another pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from perfcheck.digests import blake2b
from perfcheck.errors import PackError
from perfcheck.model.form_layout import FormLayout
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.contents import Contents
from perfcheck.rulebook.layout_file import build_layout
from perfcheck.rulebook.pack_folder import read_contents
from perfcheck.rulebook.review_form import ReviewForm, build_review_form
from perfcheck.rulebook.rule import NEARBY, Rule, RuleName, Text
from perfcheck.rulebook.rule_form import Vocabulary

if TYPE_CHECKING:
    from perfcheck.rulebook.locks import Lock
    from perfcheck.rulebook.rule_change import RuleChange

Choose = Callable[[list[RuleName]], Iterable[RuleName]]


class Pack(NamedTuple):
    """A named set of rules, those of the packs it extends first."""

    name: str
    title: Text
    folder: str
    extends: str | None
    rules: tuple[Rule, ...]
    layouts: tuple[FormLayout, ...]
    review_form: ReviewForm | None = None
    contents: Contents | None = None
    """What is written in it; None where it was let go of."""
    known: tuple[RuleName, ...] = ()
    """All its rules, whether they were chosen or not."""
    locks: tuple[Lock, ...] = ()

    def light(self) -> Pack:
        """The same without what is written in it, which is all there is of it once more and only a digest asks for."""
        return self._replace(contents=None)

    def digest(self) -> str:
        """The same for packs in which every rule, word and layout is the same."""
        assert self.contents is not None  # it was not let go of
        rules = [source.content for source in self.contents.rules.values()]
        written = repr((rules, self.contents.word_lists, self.contents.layouts))
        return blake2b(written.encode(), digest_size=16).hexdigest()


def load_pack(
    name: str,
    vocabulary: Vocabulary,
    choose: Choose | None = None,
    changes: Mapping[str, RuleChange] | None = None,
    contents: Contents | None = None,
) -> Pack:
    """The pack called ``name``, or in the folder ``name``; raises :class:`PackError` with file, line and excerpt.

    Several, with commas between them, are taken together. ``choose`` picks some of the rules by id and category; the
    others are not even made. ``changes`` are those of a configuration, by rule id. ``contents`` are the pack's, where
    they have been read before.
    """
    contents = contents or packs_together(name, vocabulary)
    names = [RuleName(source.content["id"], source.content["category"]) for source in contents.rules.values()]
    _check_names(contents, names)
    chosen = None if choose is None else {rule.id for rule in choose(names)}
    sources = {rule_id: item for rule_id, item in contents.rules.items() if chosen is None or rule_id in chosen}
    if changes:
        from perfcheck.rulebook.rule_change import build_changed

        made = {
            key: build_changed(sources[key], changes[key], contents.word_lists, vocabulary)
            for key in sources
            if key in changes
        }
        # what is told of the pack from now on, its digest above all, is told of the changed rules
        changed = {key: changes[key].of(source) for key, source in sources.items() if key in changes}
        contents = contents._replace(rules={**contents.rules, **changed})
    else:
        made = {}
    rules = tuple(
        made.get(rule_id) or source.build(contents.word_lists, vocabulary) for rule_id, source in sources.items()
    )
    title = contents.about.get("title") or {}
    own_name = contents.about["name"]
    named = Text(title.get("zh", own_name), title.get("en", own_name))
    return Pack(
        own_name,
        named,
        contents.folder,
        contents.about.get("extends") or None,
        rules,
        tuple(map(build_layout, contents.layouts.values())),
        build_review_form(contents.word_lists),
        contents,
        tuple(names),
        contents.locks,
    )


def packs_together(name: str, vocabulary: Vocabulary) -> Contents:
    """The contents of the pack ``name``, or of all ``first,second``; raises :class:`PackError`."""
    if "," not in name:
        contents = read_contents(name, vocabulary)
        if contents.idle:
            from perfcheck.rulebook.idle_lists import refuse_idle

            refuse_idle(contents.idle)
        return contents
    from perfcheck.rulebook.joined_packs import read_joined

    return read_joined([part.strip() for part in name.split(",") if part.strip()], vocabulary)


def _check_names(contents: Contents, names: list[RuleName]) -> None:
    """A rule that gives way to one that is not there, or is for a layout that is not, would quietly do nothing."""
    known = {name for rule in names for name in rule}
    for source in contents.rules.values():
        ways = source.content.get("gives_way_to") or ()
        dead = [name for name in ways if name.removeprefix(NEARBY[0]).removeprefix(NEARBY[1]) not in known]
        if dead:
            raise PackError(f"{source.path}：gives_way_to 里的规则或类别不存在：{'、'.join(dead)}")
        layouts = (source.content.get("applies_to") or {}).get("layouts") or ()
        dead = [name for name in layouts if name not in contents.layouts]
        if dead:
            raise PackError(
                f"{source.path}：applies_to 里的表样不存在：{'、'.join(dead)}（可用：{'、'.join(contents.layouts)}）"
            )
