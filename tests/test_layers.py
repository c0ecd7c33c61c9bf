"""The order of the steps, read from docs/architecture.md and enforced on what the files import."""

from __future__ import annotations

import ast
import fnmatch
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
LONGEST = 400
# The only ones that may touch spaCy, and the only readers of `doc._`.
WITH_SPACY = {
    "components",
    "pipeline",
    "analyze",
    "annotate",
    "sources",
    "results",
    "corpora",
    "report_view",
    "api",
    "docbin",
    "shards",
    "training",
}
READERS_OF_DOC = {"components", "pipeline", "analyze"}
# They load the pipeline or a library of its size only when it is needed.
LIGHT = ("commentlens", "commentlens.cli", "commentlens.cli.app", "commentlens.annotate", "commentlens.cache")
HEAVY = {"spacy", "thinc", "numpy", "sklearn", "scipy", "pyarrow", "rich", "jinja2"}


@dataclass(frozen=True)
class Imports:
    """What a module imports: at the top when it is loaded, later inside functions, and for type checkers only."""

    at_load: frozenset[str]
    later: frozenset[str]
    for_types: frozenset[str]

    @property
    def at_run(self) -> frozenset[str]:
        """Everything but what is imported for type checkers."""
        return self.at_load | self.later

    @property
    def all(self) -> frozenset[str]:
        """Everything."""
        return self.at_run | self.for_types


def imports_of(code: str, module: str, known: frozenset[str]) -> Imports:
    """What the code of a module imports.

    Args:
        code: Python source.
        module: its dotted name.
        known: the modules that exist, to tell ``from package import module`` from ``from module import name``.
    """
    found: dict[str, set[str]] = {"at_load": set(), "later": set(), "for_types": set()}

    def visit(node: ast.AST, when: str) -> None:
        if isinstance(node, ast.Import):
            found[when].update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import, line {node.lineno}"
            base = node.module or ""
            # A submodule is what is meant by its name; its package is loaded on the way.
            found[when].update(
                f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names
            )
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for statement in node.body:
                visit(statement, "for_types")
            for statement in node.orelse:
                visit(statement, when)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for child in ast.iter_child_nodes(node):
                visit(child, "later" if inside and when == "at_load" else when)

    visit(ast.parse(code), "at_load")
    return Imports(**{when: frozenset(names - {module}) for when, names in found.items()})


@cache
def files() -> Mapping[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def graph() -> Mapping[str, Imports]:
    """What every module imports."""
    known = frozenset(files())
    return {name: imports_of(path.read_text(encoding="utf-8"), name, known) for name, path in files().items()}


def packages_of(module: str) -> Iterator[str]:
    """The packages that Python loads before the module: ``a`` and ``a.b`` for ``a.b.c``."""
    parts = module.split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts)))


def reached(module: str, *, later: bool) -> set[str]:
    """Everything that loading a module loads; with ``later``, also what its functions import."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        waiting += packages_of(name)
        if name in graph():
            waiting += graph()[name].at_run if later else graph()[name].at_load
    return seen


def step_name(module: str) -> str:
    """The part of the package that a module belongs to: ``corpus`` for ``commentlens.corpus.page``."""
    return module.partition(".")[2].partition(".")[0]


@cache
def places() -> Mapping[str, int]:
    """Every module and package and its place in the order of docs/architecture.md; ``summary*`` there means several."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    block = re.search(r"(?m)^(?: {4}.*\n)+", page)
    assert block, "docs/architecture.md has no indented block with the order of the steps"
    actual = {step_name(module) for module in files()} - {""}
    found: dict[str, int] = {}
    for number, line in enumerate(block.group().splitlines()):
        names = re.match(r" {4}(?:  → )?([a-z_*]+(?:, [a-z_*]+)*) {2,}", line)
        assert names, f"docs/architecture.md: not a step: {line.strip()}"
        for listed in names.group(1).split(", "):
            meant = fnmatch.filter(actual, listed)
            assert meant, f"docs/architecture.md lists {listed}, which is not there"
            assert not set(meant) & found.keys(), f"docs/architecture.md lists {listed} twice"
            found |= dict.fromkeys(meant, number)
    assert actual == found.keys(), "docs/architecture.md does not give these a place"
    return found


def in_package(names: set[str] | frozenset[str]) -> set[str]:
    """Those that are modules of commentlens."""
    return {name for name in names if name.split(".")[0] == "commentlens"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import a.b", Imports(frozenset({"a.b"}), frozenset(), frozenset())),
        ("from p import q, r", Imports(frozenset({"p.q", "p"}), frozenset(), frozenset())),
        ("def f():\n    import a", Imports(frozenset(), frozenset({"a"}), frozenset())),
        ("class C:\n    import a", Imports(frozenset({"a"}), frozenset(), frozenset())),
        ("try:\n    import a\nexcept ImportError:\n    import b", Imports(frozenset("ab"), frozenset(), frozenset())),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    import b", Imports(frozenset("b"), frozenset(), frozenset("a"))),
        ("def f():\n    if TYPE_CHECKING:\n        import a", Imports(frozenset(), frozenset(), frozenset("a"))),
        ("text = 'import a'  # import b", Imports(frozenset(), frozenset(), frozenset())),
    ],
)
def test_imports_are_told_apart_by_when_they_happen(code: str, expected: Imports) -> None:
    """When the module is loaded, when a function runs, for type checkers only."""
    assert imports_of(code, "m", frozenset({"p", "p.q"})) == expected


def test_every_module_has_one_place_in_the_order() -> None:
    """Reading the page checks it: each module of the source once, and nothing else."""
    assert list(dict.fromkeys(places().values())) == list(range(len(set(places().values()))))


@pytest.mark.parametrize("module", sorted(set(files()) - {"commentlens"}))
def test_imports_go_to_the_left(module: str) -> None:
    """A module imports from its own step and from earlier ones, wherever the import stands."""
    place = {"": 0, **places()}

    imported = in_package(graph()[module].all)
    assert {name for name in imported if place[step_name(name)] > place[step_name(module)]} == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    """Not even through an import inside a function."""
    try:
        TopologicalSorter({name: in_package(found.at_run) for name, found in graph().items()}).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize(
    "module", sorted(name for name in files() if step_name(name) not in WITH_SPACY | {"cli", "__main__", ""})
)
def test_these_steps_do_without_spacy(module: str) -> None:
    """Not at load, not in a function, not through anything that they import, not for a type."""
    outside = {name.split(".")[0] for name in reached(module, later=True) | graph()[module].for_types}

    assert not outside & {"spacy", "thinc"}


@pytest.mark.parametrize("module", LIGHT)
def test_these_modules_load_quickly(module: str) -> None:
    """They reach no large library before it is needed."""
    assert {name.split(".")[0] for name in reached(module, later=False)} & HEAVY == set()


@pytest.mark.parametrize("module", sorted(name for name in files() if step_name(name) not in READERS_OF_DOC))
def test_doc_extensions_are_read_in_one_place(module: str) -> None:
    """Only the components, what feeds them and `analyze` know `doc._`."""
    tree = ast.parse(files()[module].read_text(encoding="utf-8"))

    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "_"] == []


@pytest.mark.parametrize("module", sorted(files()))
def test_files_are_short(module: str) -> None:
    """A longer one does more than one job."""
    assert len(files()[module].read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_tracked_file_names_a_machine() -> None:
    """No path that exists on one machine only."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing tells which files belong to it")
    listed = subprocess.run([git, "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True).stdout
    # Put together here, or this file would name them.
    folders = "|".join(["root", "home", "work", "opt", "Users", "tmp", "mnt"])
    machine = re.compile(rf"(?<![\w.~}}/-])/(?:{folders})/\w")
    found = []
    for name in filter(None, listed.decode().split("\0")):
        path = ROOT / name
        if not path.is_file() or b"\0" in path.read_bytes()[:8192]:
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found += [f"{name}, line {number}" for number, line in enumerate(lines, 1) if machine.search(line)]
    assert found == []
