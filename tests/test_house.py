"""The house: imports go one way, files stay small, grammar and builders share their names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfcheck.parsing.department_builder import DepartmentBuilder
from perfcheck.parsing.document_builder import DocumentBuilder
from perfcheck.parsing.generate import RUNTIME, TABLES
from perfcheck.parsing.row_layout import RowBuilder
from perfcheck.parsing.target_builder import TargetBuilder
from tests.conftest import ROOT

PACKAGE = ROOT / "perfcheck"
GENERATED = (RUNTIME, *TABLES.values())
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path not in GENERATED)
LONGEST = 280
WORDS = {
    "source",
    "finding",
    "errors",
    "jinja",
    "jinja_sandbox",
    "resources",
    "digests",
    "kept",
    "memories",
    "named_tuples",
    "patterns",
    "__init__",
}
"""Floor 0: every other floor may use these."""
ALLOWED: dict[str, set[str]] = {
    "source": {"named_tuples"},
    "finding": {"named_tuples", "source"},
    "digests": set(),
    "errors": set(),
    "jinja": {"digests"},
    "jinja_sandbox": {"jinja"},
    "resources": set(),
    "memories": set(),
    "named_tuples": set(),
    "kept": {"digests", "resources"},
    "patterns": {"__init__", "kept"},
    "reading": WORDS,
    "model": WORDS,
    "parsing": WORDS | {"model"},
    "rulebook": WORDS | {"model"},
    "checks": WORDS | {"model"},
    "engine": WORDS | {"model", "reading", "rulebook", "checks"},
    "reporting": WORDS | {"rulebook.rule"},
    "annotating": WORDS,
    "accepted": WORDS | {"engine", "fingerprints", "rulebook"},
    "fixers": WORDS | {"model"},
    "repairing": WORDS | {"reading"},
}
"""Floors 0 to 4 of the style guide: what may import what; a module of floor 5 may import everything below."""
TOP = {
    "api",
    "cli",
    "commands",
    "running",
    "proving",
    "commenting",
    "config",
    "configuration",
    "__main__",
    "__init__",
}
EXCEPTIONS = {
    ("fingerprints", "finding"): "a part of the engine in a file of its own",
    ("engine", "fingerprints"): "as above",
    ("mending", "finding"): "a part of the engine in a file of its own",
    ("mending", "model"): "as above",
    ("mending", "rulebook.fix"): "as above",
    ("engine", "mending"): "as above",
    ("comparison", "finding"): "a part of the engine in a file of its own",
    ("comparison", "fingerprints"): "as above",
    ("comparison", "errors"): "as above",
    ("comparison", "model"): "as above",
    ("comparison", "rulebook.rule"): "as above",
    ("messages", "finding"): "fills the templates of rules with facts, for api.py to hand to the engine",
    ("messages", "rulebook.rule"): "as above",
    ("accepted", "comparison"): "faults of rules about several documents are fixed only where these were compared",
    ("accepted", "reporting"): "a baseline names places as a report does",
    ("annotating", "engine"): "remarks are made of judgements",
    ("annotating", "reading"): "anchors are found by the walk that read the file",
    ("annotating", "reporting"): "a remark says what a report says",
    ("reporting", "engine"): "a report is made of judgements",
    ("reporting", "model"): "what parse prints is the model itself",
    ("reporting", "rulebook.cases"): "pages about rules show their cases",
    ("reporting", "rulebook.review_form"): "a pack says how a review is laid out",
    ("reporting", "rulebook.pack"): "pages about rules are made for a pack",
}


def name_of(path: Path) -> str:
    """``engine`` or ``checks.plans``: a module as it is imported, without the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Everything of our own a module imports, also inside functions, not what only type checkers see."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "perfcheck":
            assert node.level == 0
            base = node.module.partition(".")[2]
            for alias in node.names:
                inner = f"{base}.{alias.name}".strip(".")
                yield inner if (PACKAGE / f"{inner.replace('.', '/')}.py").is_file() else base or "__init__"
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.partition(".")[2] for alias in node.names if alias.name.partition(".")[0] == "perfcheck"
            )


def part(name: str) -> str:
    return name.partition(".")[0]


def is_allowed(importer: str, imported: str) -> bool:
    if part(importer) in TOP or part(importer) == part(imported):
        return True
    named = [imported, part(imported)]
    if any((part(importer), each) in EXCEPTIONS for each in named):
        return True
    allowed = ALLOWED.get(part(importer), WORDS)
    return any(each in allowed for each in named)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_from_floors_below_only(path: Path) -> None:
    assert [imported for imported in imports(path) if not is_allowed(name_of(path), imported)] == []


def test_nothing_imports_the_top_floor() -> None:
    for path in MODULES:
        if part(name_of(path)) not in TOP:
            assert not {part(imported) for imported in imports(path)} & (TOP - {"__init__"}), path.name


def test_every_exception_is_still_one() -> None:
    used = {(part(name_of(path)), imported) for path in MODULES for imported in imports(path)}
    used |= {(importer, part(imported)) for importer, imported in used}
    assert set(EXCEPTIONS) <= used


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name_of(path): {each for each in imports(path) if each != "__init__"} for path in MODULES}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name in done:
            return
        for other in graph.get(name, ()):
            visit(other, (*above, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_the_model_does_not_know_lark_and_only_the_parser_s_modules_do() -> None:
    for path in PACKAGE.rglob("*.py"):
        if re.search(r"^\s*(?:from|import) lark\b", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert path.name == "generate.py", path


def test_only_resources_knows_where_the_files_of_the_package_lie() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert path.name == "resources.py" or not re.search(r"\b_data\b", text), path
        assert path.name in ("resources.py", "generate.py", "words.py") or "__file__" not in text, path


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_stays_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_classes_and_functions_have_a_sentence(path: Path) -> None:
    builder_methods = {
        "department_builder.py",
        "document_builder.py",
        "target_builder.py",
    }  # named after their grammar rules, which say what they are
    bare = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        inside = isinstance(node, ast.ClassDef) and not node.name.startswith("_") and path.name not in builder_methods
        members = [node, *(node.body if inside else [])]
        for member in members:
            if (
                isinstance(member, (ast.FunctionDef, ast.ClassDef))
                and not member.name.startswith("_")
                and not ast.get_docstring(member)
            ):
                bare.append(member.name)
    assert bare == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_name_says_nothing_about_the_field(path: Path) -> None:
    assert not {"utils", "util", "misc", "common", "manager", "process", "helper", "helpers", "base"} & set(
        name_of(path).split(".")
    )


# ---- grammar and builders ---------------------------------------------------------------------------------------------


def rules_of(grammar: str) -> set[str]:
    """Names and aliases a builder can be asked for: not inlined rules (``_name``, ``?name``), nor those with aliases only."""
    text = re.sub(r"//.*", "", (ROOT / "grammar" / grammar).read_text(encoding="utf-8"))
    rules = re.findall(r"^([?!]?)([a-z][a-z_]*)(?:\.\d+)?\s*:((?:.*\n(?=[ |]))*.*)", text, re.MULTILINE)
    names = {name for mark, name, body in rules if mark != "?" and body.count("->") < len(body.strip().split("\n"))}
    return names | set(re.findall(r"->\s*([a-z_]+)", text))


def methods_of(*builders: type) -> set[str]:
    return {
        name
        for builder in builders
        for name, value in vars(builder).items()
        if callable(value) and not name.startswith("_")
    }


def test_every_rule_of_the_form_has_a_builder_method_of_its_name() -> None:
    assert rules_of("document.lark") - methods_of(DocumentBuilder, DepartmentBuilder, RowBuilder) == set()


def test_every_rule_of_a_value_has_a_builder_method_of_its_name() -> None:
    assert rules_of("target.lark") - methods_of(TargetBuilder) == set()


def test_builder_methods_are_rules_of_the_grammar() -> None:
    assert methods_of(RowBuilder) - rules_of("document.lark") == set()
    assert methods_of(TargetBuilder) - rules_of("target.lark") == set()
    assert methods_of(DocumentBuilder) - rules_of("document.lark") <= {"begin"}
    assert methods_of(DepartmentBuilder) - rules_of("document.lark") <= {"begin_department", "department"}


# ---- names and places of machines ----------------------------------------------------------------------------------------


def test_no_file_of_ours_names_a_machine() -> None:
    bad = re.compile(r"/home/\w|/work/\w|/tmp/\w|/root/|C:\\Users")
    for folder in ("perfcheck", "grammar", "rules", "tests", "docs", "examples"):
        for path in (ROOT / folder).rglob("*"):
            if (
                path.is_file()
                and path.suffix in (".py", ".lark", ".yaml", ".md", ".json", ".txt", ".j2", ".sarif")
                and path != Path(__file__)
            ):
                assert not bad.search(path.read_text(encoding="utf-8", errors="replace")), path
