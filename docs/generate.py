"""Writes what follows from other files: ``docs/rules/`` from the rules, the parser from the grammars,
``rules/rule.schema.json`` from checks and selections,
``docs/schemas/config.schema.json`` from the keys of configuration files.

``python docs/generate.py`` writes them in this checkout, ``python docs/generate.py FOLDER`` below FOLDER, to compare.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from perfcheck.api import VOCABULARY, open_pack
from perfcheck.configuration.schema import config_schema
from perfcheck.parsing import generate as parser
from perfcheck.reporting.formats import FORMATS
from perfcheck.reporting.rule_pages import write_pages
from perfcheck.rulebook.schema import rule_schema

PACK = "hebei"
"""Extends the others, so that its pages are those of every built-in rule."""

CHECKOUT = Path(__file__).resolve().parent.parent
RULES = Path("docs", "rules")
CONFIG_SCHEMA = Path("docs", "schemas", "config.schema.json")


def generated(target: Path) -> dict[Path, str]:
    """File -> content of all that is generated, placed below ``target``."""
    files = write_pages(open_pack(PACK), target / RULES)
    schema = json.dumps(rule_schema(VOCABULARY), ensure_ascii=False, indent=2) + "\n"
    files[target / "rules" / "rule.schema.json"] = schema
    configuration = config_schema(open_pack(PACK), VOCABULARY, FORMATS)
    files[target / CONFIG_SCHEMA] = json.dumps(configuration, ensure_ascii=False, indent=1) + "\n"
    files |= {target / path.relative_to(CHECKOUT): text for path, text in parser.generated().items()}
    return files


def main(target: Path) -> None:
    """Write all files below ``target`` and remove the pages of rules that are gone."""
    files = generated(target)
    for page in (target / RULES).glob("*.md"):
        if page not in files:
            page.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT)
