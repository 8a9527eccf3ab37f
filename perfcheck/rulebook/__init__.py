"""The rulebook: rule packs, folders of YAML files, loaded and checked into rules."""

from perfcheck.rulebook.pack import Pack, load_pack
from perfcheck.rulebook.rule import Citation, Rule, Text

__all__ = ["Citation", "Pack", "Rule", "Text", "load_pack"]
