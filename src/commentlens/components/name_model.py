"""The name recogniser's network: hashed features and word vectors, windowed convolutions, a score for every tag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.util import registry
from thinc.api import HashEmbed, Linear, Maxout, Model, chain, clone, concatenate, expand_window, residual, with_array

from commentlens.components.name_features import COLUMNS, Features
from commentlens.components.name_tags import TAGS

Rows = npt.NDArray[np.float32]
Scores = list[Rows]
# What thinc's layer normalisation adds to the variance.
_NORM = 1e-8


@registry.architectures("commentlens.NameModel.v1")  # type: ignore[untyped-decorator]
def name_model(
    width: int, embed_width: int, depth: int, pieces: int, rows: list[int], dropout: float, unseen: float
) -> Model[Features, Scores]:
    """Features of texts to scores of tags, for each text shape (tokens, tags).

    Args:
        width: of the encoder.
        embed_width: of each hashed feature.
        depth: layers of the encoder; each sees one more token to either side.
        pieces: of the maxout units.
        rows: of the table of each hashed feature, in the order of `name_features.COLUMNS`.
        dropout: while it learns.
        unseen: share of rows whose word it may not see while it learns, only its parts: names that it meets later are
            mostly new.
    """
    if len(rows) != len(COLUMNS):
        raise ValueError(f"rows: got {len(rows)} numbers, needs one for each of {', '.join(COLUMNS)}")
    hashed: Model[Any, Any] = concatenate(
        *(HashEmbed(embed_width, count, column=column, seed=7 + column) for column, count in enumerate(rows))
    )
    mix: Model[Any, Any] = Maxout(width, nP=pieces, normalize=True, dropout=dropout)
    spelled: Model[Any, Any] = Linear(embed_width)
    window: Model[Any, Any] = chain(
        expand_window(1), Maxout(width, width * 3, nP=pieces, normalize=True, dropout=dropout)
    )
    encode: Model[Any, Any] = with_array(clone(residual(window), depth), pad=depth)
    output: Model[Any, Any] = Linear(len(TAGS), width)
    transitions: Model[Any, Any] = Model("transitions", _unchanged, params={"T": None}, dims={"nO": len(TAGS)})
    return Model(
        "names",
        _forward,
        init=_init,
        attrs={"unseen": unseen, "depth": depth},
        layers=[hashed, spelled, mix, encode, output, transitions],
        refs={
            "hashed": hashed,
            "vectors": spelled,
            "mix": mix,
            "encode": encode,
            "output": output,
            "transitions": transitions,
        },
    )


def transitions_of(model: Model[Features, Scores]) -> npt.NDArray[np.float32]:
    """The learnt scores of one tag after another, shape (tags, tags)."""
    return _param(model.get_ref("transitions"), "T")


def learn_transitions(model: Model[Features, Scores], gradient: npt.NDArray[np.float32]) -> None:
    """Add to the gradient of the transitions."""
    model.get_ref("transitions").inc_grad("T", cast(Any, gradient))


def embed(model: Model[Features, Scores], keys: npt.NDArray[np.uint64], vectors: Rows) -> Rows:
    """What the network makes of each row of features before it looks at neighbours; shape (rows, width)."""
    spelled = model.get_ref("vectors")
    mapped = vectors @ _param(spelled, "W").T + _param(spelled, "b")
    return _maxout(model.get_ref("mix"), np.hstack([model.get_ref("hashed").predict(keys), mapped]))


def scores_of(model: Model[Features, Scores], embedded: Rows, lengths: tuple[int, ...]) -> Scores:
    """Scores of the tags of texts whose tokens are embedded, text after text; shape (tokens, width).

    Does what the layers' own ``predict`` does, with numpy's matrix product: several times as fast as thinc's on the
    processors that were tried.
    """
    depth = model.attrs["depth"]
    width = embedded.shape[1]
    # Zeros between texts, as many as the layers look ahead, so that no text sees another.
    starts = np.cumsum([depth, *(length + depth for length in lengths)])
    inside = np.zeros(int(starts[-1]), dtype=bool)
    for start, length in zip(starts, lengths, strict=False):
        inside[start : start + length] = True
    rows = np.zeros((len(inside), width), dtype=np.float32)
    rows[inside] = embedded
    windows = np.zeros((len(rows), 3 * width), dtype=np.float32)
    for layer in model.get_ref("encode").layers[0].layers:
        windows[1:, :width] = rows[:-1]
        windows[:, width : 2 * width] = rows
        windows[:-1, 2 * width :] = rows[1:]
        rows = rows + _maxout(layer, windows)
    output = model.get_ref("output")
    return _split(rows[inside] @ _param(output, "W").T + _param(output, "b"), lengths)


def _maxout(layer: Model[Any, Any], inputs: Rows) -> Rows:
    """A `thinc.api.Maxout` with dropout (none here) and layer normalisation, which thinc chains in that order."""
    maxout, norm = _parts(layer)
    pieces = maxout.get_dim("nP")
    weights, bias = _param(maxout, "W"), _param(maxout, "b")
    out = (inputs @ weights.reshape(-1, weights.shape[2]).T + bias.reshape(-1)).reshape(len(inputs), -1, pieces)
    best = out[:, :, 0]
    for piece in range(1, pieces):
        best = np.maximum(best, out[:, :, piece])
    mean = best.mean(axis=1, keepdims=True)
    best -= mean
    scale = 1.0 / np.sqrt(np.einsum("ij,ij->i", best, best) / best.shape[1] + _NORM)
    found: Rows = best * scale[:, None] * _param(norm, "G") + _param(norm, "b")
    return found


def _param(layer: Model[Any, Any], name: str) -> Rows:
    return cast(Rows, layer.get_param(name))


def _parts(layer: Model[Any, Any]) -> tuple[Model[Any, Any], Model[Any, Any]]:
    nodes = {node.name: node for node in layer.walk()}
    return nodes["maxout"], nodes["layernorm"]


def _forward(
    model: Model[Features, Scores], features: Features, is_train: bool
) -> tuple[Scores, Callable[[Scores], Any]]:
    keys, vectors = features.keys, features.vectors
    if is_train and model.attrs["unseen"]:
        hidden = np.random.random((2, len(keys))) < model.attrs["unseen"]
        keys = np.where(hidden[0][:, None] & (np.arange(keys.shape[1]) == 0), np.uint64(0), keys)
        vectors = np.where(hidden[1][:, None], np.float32(0), vectors)
    hashed, back_hashed = model.get_ref("hashed")(keys, is_train)
    spelled, back_spelled = model.get_ref("vectors")(vectors, is_train)
    rows, back_mix = model.get_ref("mix")(np.hstack([hashed, spelled]), is_train)
    encoded, back_encode = model.get_ref("encode")(_split(rows[features.row], features.lengths), is_train)
    scores, back_output = model.get_ref("output")(np.vstack(encoded), is_train)

    def backprop(d_scores: Scores) -> Any:
        d_encoded = _split(back_output(np.vstack(d_scores)), features.lengths)
        d_tokens = np.vstack(back_encode(d_encoded))
        d_rows = np.zeros_like(rows)
        np.add.at(d_rows, features.row, d_tokens)
        d_joined = back_mix(d_rows)
        back_hashed(np.ascontiguousarray(d_joined[:, : hashed.shape[1]]))
        back_spelled(np.ascontiguousarray(d_joined[:, hashed.shape[1] :]))
        return features

    return _split(scores, features.lengths), backprop


def _init(model: Model[Features, Scores], X: Features | None = None, Y: Any = None) -> None:  # noqa: N803, ARG001
    if X is None:
        return
    hashed, spelled = model.get_ref("hashed"), model.get_ref("vectors")
    hashed.initialize(X.keys[:10])
    spelled.initialize(X.vectors[:10])
    joined = np.hstack([hashed.predict(X.keys[:10]), spelled.predict(X.vectors[:10])])
    model.get_ref("mix").initialize(joined)
    width = model.get_ref("output").get_dim("nI")
    model.get_ref("encode").initialize([np.zeros((4, width), dtype=np.float32)])
    model.get_ref("output").initialize(np.zeros((4, width), dtype=np.float32))
    model.get_ref("transitions").set_param("T", cast(Any, np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)))


def _unchanged(model: Model[Any, Any], X: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:  # noqa: N803, ARG001
    return X, lambda gradient: gradient


def _split(rows: npt.NDArray[np.float32], lengths: tuple[int, ...]) -> Scores:
    return np.split(rows, np.cumsum(lengths)[:-1])
