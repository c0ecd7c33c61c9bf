"""Makes the spaCy pipeline that ships: the trained name recogniser, then commentlens' own components.

Run by hand (``commentlens train pipeline``). The same recogniser gives the same bytes.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentlens.errors import ModelError
from commentlens.shipped import shipped

if TYPE_CHECKING:
    from spacy.language import Language

RECOGNISER = "commentlens_names"
#: Raised with every new training.
VERSION = "1.0.0"
#: What the recogniser learnt from; the terms are in the notice.
SOURCES = (
    {"name": "WNUT-17", "author": "Derczynski and others", "license": "CC BY 4.0"},
    {"name": "Broad Twitter Corpus", "author": "Derczynski, Bontcheva, Roberts", "license": "CC BY 4.0"},
    {"name": "IDRISI-RE", "author": "Suwaileh and others", "license": "CC BY 4.0"},
    {"name": "GoEmotions", "author": "Demszky and others", "license": "Apache 2.0"},
    {"name": "SentiHood", "author": "Saeidi and others", "license": "MIT"},
    {"name": "VADER", "author": "Hutto and Gilbert", "license": "MIT"},
    {"name": "Comparative sentences", "author": "Jindal and Liu", "license": "CC BY 4.0"},
    {"name": "GloVe 6B", "author": "Pennington, Socher, Manning", "license": "PDDL 1.0"},
    {"name": "en_core_web_sm 3.8.0", "author": "Explosion", "license": "MIT"},
    {"name": "en_core_web_md 3.7.1", "author": "Explosion", "license": "MIT"},
)
_CARD = Path(__file__).with_name("model_card.md")
_LICENCES = Path(__file__).with_name("licences")


def assemble(output: Path, recogniser: Path | None = None) -> Path:
    """Write the pipeline into the folder ``output``, which is made anew.

    Args:
        output: where to.
        recogniser: a pipeline that `training.entities` has made; None for the recogniser of the pipeline that ships.

    Returns:
        The folder.

    Raises:
        ModelError: If there is no recogniser in it.
    """
    nlp = _pipeline(recogniser or shipped("models", "en_commentlens"))
    if output.exists():
        shutil.rmtree(output)
    nlp.to_disk(output)
    shutil.copytree(_LICENCES, output / "LICENSES")
    shutil.copyfile(_CARD, output / "README.md")
    return output


def _pipeline(source: Path) -> Language:
    import spacy

    from commentlens.pipeline import COMPONENTS

    try:
        trained = spacy.load(source, exclude=list(COMPONENTS))
        component: Any = trained.get_pipe(RECOGNISER)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"{source}: holds no recogniser {RECOGNISER} ({str(error).splitlines()[0]}). "
            "Make one with: commentlens train entities --data FOLDER --output FOLDER"
        ) from error
    # A vocabulary without the words of the training text.
    nlp = spacy.blank("en")
    settings = trained.config["components"][RECOGNISER]
    nlp.add_pipe(RECOGNISER, config={key: value for key, value in settings.items() if key != "factory"})
    recogniser: Any = nlp.get_pipe(RECOGNISER)
    recogniser.from_bytes(component.to_bytes())
    for name in COMPONENTS:
        nlp.add_pipe(name)
    nlp.meta.update(
        {
            "name": "commentlens",
            "version": VERSION,
            "spacy_version": ">=3.8.7,<3.9.0",
            "description": "Cities, companies, rank claims, comparisons and moods in comments on ranked lists.",
            "author": "commentlens",
            "email": "",
            "url": "",
            "license": "MIT",
        }
    )
    nlp.meta["sources"] = [dict(source) for source in SOURCES]
    nlp.meta.update({key: trained.meta[key] for key in ("performance", "examples", "files") if key in trained.meta})
    nlp.config["training"] = {}
    nlp.config["initialize"] = {}
    return nlp
