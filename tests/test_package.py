"""What is installed: its version, its dependencies, the data and the pipeline that it brings."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import entry_points, packages_distributions, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from commentlens import __version__
from commentlens.shipped import shipped

ROOT = Path(__file__).parents[1]
PIPELINE = (
    "commentlens_names",
    "commentlens_entities",
    "commentlens_clauses",
    "commentlens_claims",
    "commentlens_comparisons",
    "commentlens_second_reader",
    "commentlens_links",
    "commentlens_mood",
    "commentlens_preferences",
)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def python(code: str) -> Any:
    """Run code in a Python of its own and return the JSON value that it prints; it must say nothing on stderr."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout.splitlines()[-1])


def third_party_imports() -> Iterator[str]:
    """Top-level name of every library that the source imports, inside functions too."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            tops = {name.partition(".")[0] for name in names}
            yield from tops - sys.stdlib_module_names - {"commentlens"}


def pins() -> Iterator[Requirement]:
    """The lines of constraints.txt."""
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield Requirement(line)


def test_the_version_is_the_newest_of_the_changelog() -> None:
    """In the code, in the installed metadata and in the changelog."""
    released = re.findall(r"(?m)^## \[(\d[^]]*)\] - (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text("utf-8"))

    assert (version("commentlens"), released[0][0]) == (__version__, __version__)
    assert [date for _, date in released] == sorted((date for _, date in released), reverse=True)


def test_the_changelog_is_in_its_format() -> None:
    """Every heading is a version with its date, or one of the kinds of change."""
    headings = re.findall(r"(?m)^##+ .*$", (ROOT / "CHANGELOG.md").read_text("utf-8"))

    assert headings
    kinds = "Added|Changed|Deprecated|Removed|Fixed|Security"
    known = re.compile(rf"## \[(Unreleased|\d+\.\d+\.\d+\] - \d{{4}}-\d\d-\d\d|Unreleased\])$|### ({kinds})$")
    assert [heading for heading in headings if not known.match(heading)] == []


def test_dependencies_are_what_the_code_imports(project: dict[str, Any]) -> None:
    """Nothing is used without being declared, nothing declared without being used; extras may be used by name only."""
    owners = packages_distributions()
    used = {canonicalize_name(owners[name][0]) for name in third_party_imports()}
    declared = {canonicalize_name(Requirement(text).name) for text in project["project"]["dependencies"]}
    extras = project["project"]["optional-dependencies"].values()
    optional = {canonicalize_name(Requirement(text).name) for extra in extras for text in extra}

    assert used - optional == declared


def test_every_dependency_is_pinned_within_its_bounds(project: dict[str, Any]) -> None:
    """Runtime, groups and build backend, on this Python."""
    groups = project["dependency-groups"].values()
    wanted = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *(r for g in groups for r in g),
    ]
    pinned = {canonicalize_name(p.name): p for p in pins() if p.marker is None or p.marker.evaluate()}

    assert wanted
    for requirement in map(Requirement, wanted):
        (pin,) = pinned[canonicalize_name(requirement.name)].specifier
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version), f"{requirement} is pinned to {pin.version}"


def test_pins_hold_versions_only() -> None:
    """No index, no host, no path, no option; each name once for a Python."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    plain = re.compile(r'[a-z0-9-]+==[0-9][\w.]*( ; python_version == "3\.\d+")?')

    assert [line for line in lines if not line.startswith("#") and not plain.fullmatch(line)] == []
    active = [pin.name for pin in pins() if pin.marker is None or pin.marker.evaluate()]
    assert sorted(set(active)) == sorted(active)


@pytest.mark.parametrize(
    "path",
    [
        ("seeds", "ten-most-high-tech-cities.txt"),
        ("corpus", "high-tech-cities.jsonl"),
        ("models", "en_commentlens", "config.cfg"),
        ("models", "en_commentlens", "README.md"),
        ("models", "en_commentlens", "LICENSES", "NOTICE.txt"),
    ],
)
def test_what_ships_is_there(path: tuple[str, ...]) -> None:
    """Where `shipped` says, and not empty."""
    assert shipped(*path).stat().st_size > 0


@pytest.mark.parametrize(
    "path",
    [
        "py.typed",
        "knowledge/data",
        "corpus/data",
        "render/templates/report.html.j2",
        "training/model_card.md",
        "training/data",
        "training/licences",
        "training/entities.cfg",
    ],
)
def test_package_data_is_there(path: str) -> None:
    """As importlib finds it; a folder has files."""
    found = files("commentlens").joinpath(path)

    assert found.is_file() or list(found.iterdir())


def test_the_wheel_takes_what_ships(project: dict[str, Any]) -> None:
    """Each top-level data folder goes where `shipped` looks for it in an installed package."""
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    folders = ("seeds", "corpus", "models")

    assert wheel["sources"] == {"src/commentlens": "commentlens"} | {
        name: f"commentlens/shipped/{name}" for name in folders
    }
    assert wheel["only-include"] == list(wheel["sources"])
    assert all((ROOT / name).is_dir() for name in folders)


def test_importing_the_package_imports_nothing_else() -> None:
    """Only the standard library."""
    code = """
import json, sys
before = set(sys.modules)
import commentlens
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps(sorted(new - sys.stdlib_module_names)))
"""
    assert python(code) == ["commentlens"]


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["report", "--help"], ["train", "--help"]])
def test_help_imports_no_large_library(args: list[str]) -> None:
    """So that it is there at once."""
    code = f"""
import json, sys
from commentlens.cli import main
try:
    main({args!r})
except SystemExit as done:
    assert not done.code
large = {{"spacy", "thinc", "numpy", "sklearn", "scipy", "pyarrow", "jinja2", "rich", "rapidfuzz"}}
print(json.dumps(sorted(large & sys.modules.keys())))
"""
    assert python(code) == []


def test_every_factory_is_declared_and_resolves(project: dict[str, Any]) -> None:
    """So that `spacy.load` finds the components without anyone importing commentlens."""
    ours = {*PIPELINE, "commentlens_spans"}
    points = {point.name: point for point in entry_points(group="spacy_factories") if point.name in ours}

    assert {name: point.value for name, point in points.items()} == project["project"]["entry-points"][
        "spacy_factories"
    ]
    assert set(points) == ours
    assert all(callable(point.load()) for point in points.values())


def test_spacy_loads_the_pipeline_on_its_own() -> None:
    """By its folder, without importing commentlens first, with no warning and no unmet need, and it finds a city."""
    code = f"""
import json, sys, warnings
warnings.simplefilter("error")
import spacy
assert not any(name.partition(".")[0] == "commentlens" for name in sys.modules)
nlp = spacy.load({str(shipped("models", "en_commentlens"))!r})
problems = [problem for found in nlp.analyze_pipes()["problems"].values() for problem in found]
mentions = nlp("We spent a week in Lisbon.")._.commentlens_mentions
print(json.dumps([nlp.pipe_names, problems, [(m["start"], m["end"], m["label"], m["name"]) for m in mentions]]))
"""
    assert python(code) == [list(PIPELINE), [], [[19, 25, "CITY", "Lisbon"]]]


def test_the_model_card_names_what_the_pipeline_has() -> None:
    """Every component, the licence, and the version of the weights."""
    card = shipped("models", "en_commentlens", "README.md").read_text(encoding="utf-8")
    meta = json.loads(shipped("models", "en_commentlens", "meta.json").read_text(encoding="utf-8"))

    assert tuple(meta["pipeline"]) == PIPELINE
    assert [name for name in PIPELINE if f"| `{name}` |" not in card] == []
    assert meta["license"] in card
    assert all(source["name"].split()[-1] in card for source in meta["sources"])
