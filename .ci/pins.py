"""Write constraints.txt: the newest versions that fit pyproject.toml, resolved by pip for every Python given.

    python .ci/pins.py python3.11 python3.12 python3.13

Each interpreter resolves in a fresh environment; nothing is installed in it but pip. Where the Pythons need different
versions, each gets its own line with a marker. The file holds versions only, so that any index can serve them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GROUPS = ("test", "lint", "train")
EXTRAS = "pandas,polars,dask"
HEADER = """\
# Versions that are known to work together: `pip install -c constraints.txt .`
# Runtime, the dependency groups {groups}, the build backend and pip, on Python {pythons}.
# Written by `make pins`.
"""


def resolve(python: str) -> tuple[str, dict[str, str]]:
    """The Python's version (``3.11``) and the version of every distribution that pip would install, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--upgrade", "pip"], check=True)
        backend = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
        groups = [argument for group in GROUPS for argument in ("--group", group)]
        report = Path(folder) / "report.json"
        options = ["--quiet", "--dry-run", "--ignore-installed", "--report", str(report)]
        subprocess.run([*pip, "install", *options, *groups, f"{ROOT}[{EXTRAS}]", *backend, "pip"], check=True, cwd=ROOT)
        found = json.loads(report.read_text(encoding="utf-8"))
    own = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    metadata = [item["metadata"] for item in found["install"]]
    versions = {re.sub(r"[-_.]+", "-", data["name"]).lower(): data["version"] for data in metadata}
    return ".".join(found["environment"]["python_full_version"].split(".")[:2]), {
        name: version for name, version in versions.items() if name != own
    }


def lines(resolved: dict[str, dict[str, str]]) -> list[str]:
    """One line a distribution where all Pythons agree, else one a Python."""
    pythons_by_version: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for python, versions in resolved.items():
        for name, version in versions.items():
            pythons_by_version[name][version].append(python)
    out = []
    for name, by_version in sorted(pythons_by_version.items()):
        if len(by_version) == 1:
            out.append(f"{name}=={next(iter(by_version))}")
            continue
        out += [
            f'{name}=={version} ; python_version == "{python}"'
            for version, pythons in by_version.items()
            for python in pythons
        ]
    return out


def main(pythons: list[str]) -> None:
    """Resolve for every Python and write the file."""
    if not pythons:
        sys.exit("pins.py: name the Pythons to resolve for, e.g. python3.11 python3.12 python3.13")
    resolved = dict(resolve(python) for python in pythons)
    header = HEADER.format(groups=", ".join(GROUPS), pythons=", ".join(resolved))
    (ROOT / "constraints.txt").write_text(header + "\n".join(lines(resolved)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
