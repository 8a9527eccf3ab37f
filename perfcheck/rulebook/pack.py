"""Packs: a folder of rules, possibly on top of another pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from perfcheck.errors import PackError
from perfcheck.model.form_layout import FormLayout
from perfcheck.rulebook.layout_file import build_layout
from perfcheck.rulebook.pack_folder import Contents, read_contents
from perfcheck.rulebook.review_form import ReviewForm, build_review_form
from perfcheck.rulebook.rule import Rule, RuleName, Text
from perfcheck.rulebook.rule_form import Vocabulary

Choose = Callable[[list[RuleName]], Iterable[RuleName]]


class Pack(NamedTuple):
    """A named set of rules, those of the packs it extends first."""

    name: str
    title: Text
    folder: Path
    extends: str | None
    rules: tuple[Rule, ...]
    layouts: tuple[FormLayout, ...]
    review_form: ReviewForm | None = None
    contents: Contents | None = None

    def digest(self) -> str:
        """The same for packs in which every rule, word and layout is the same."""
        from hashlib import blake2b

        assert self.contents is not None  # a pack that was loaded
        rules = [source.content for source in self.contents.rules.values()]
        written = repr((rules, self.contents.word_lists, self.contents.layouts))
        return blake2b(written.encode(), digest_size=16).hexdigest()


def load_pack(name: str, vocabulary: Vocabulary, choose: Choose | None = None) -> Pack:
    """The pack called ``name``, or in the folder ``name``; raises :class:`PackError` with file, line and excerpt.

    ``choose`` picks some of its rules by id and category; the others are not even made.
    """
    contents = read_contents(name, vocabulary)
    names = [RuleName(source.content["id"], source.content["category"]) for source in contents.rules.values()]
    _check_names(contents, names)
    chosen = None if choose is None else {rule.id for rule in choose(names)}
    rules = tuple(
        source.build(contents.word_lists, vocabulary)
        for rule_id, source in contents.rules.items()
        if chosen is None or rule_id in chosen
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
    )


def _check_names(contents: Contents, names: list[RuleName]) -> None:
    """A rule that gives way to one that is not there, or is for a layout that is not, would quietly do nothing."""
    known = {name for rule in names for name in rule}
    for source in contents.rules.values():
        dead = [name for name in source.content.get("gives_way_to") or () if name not in known]
        if dead:
            raise PackError(f"{source.path}：gives_way_to 里的规则或类别不存在：{'、'.join(dead)}")
        layouts = (source.content.get("applies_to") or {}).get("layouts") or ()
        dead = [name for name in layouts if name not in contents.layouts]
        if dead:
            raise PackError(
                f"{source.path}：applies_to 里的表样不存在：{'、'.join(dead)}（可用：{'、'.join(contents.layouts)}）"
            )
