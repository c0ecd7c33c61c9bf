"""Linear classifiers over named features, read from a file without pickle and applied with numpy alone.

They are trained with scikit-learn (`training/second_reader.py`), whose import takes longer than to read a page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from commentlens.errors import ModelError

T = TypeVar("T")


def trained_setting(folder: Path, read: Callable[[Any], T], missing: str, command: str) -> T:
    """What a trained model's ``meta.json`` sets.

    Args:
        folder: of the model.
        read: takes it from the parsed file.
        missing: what is not there where it cannot ("no threshold of …").
        command: what ``commentlens train`` calls the model.

    Raises:
        ModelError: If the file is missing or does not hold it.
    """
    path = folder / "meta.json"
    try:
        return read(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path}: {missing} ({error}). Build it again: commentlens train {command} --output FOLDER."
        ) from error


@dataclass(frozen=True)
class LinearModel:
    """A multinomial logistic regression.

    ``features``: F names in order. ``labels``: C names in order, four at most. ``weights``: (F, C). ``intercepts``:
    (C,). Scores are natural logarithms up to a constant, so `probabilities` is their softmax.
    """

    features: Sequence[str]
    labels: Sequence[str]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {name: i for i, name in enumerate(self.features)}

    @cached_property
    def _rows(self) -> Mapping[str, tuple[float, ...]]:
        """Weights by feature, filled up with zeros to four labels, which is the most that any model has."""
        weights = np.zeros((len(self.features), 4))
        weights[:, : len(self.labels)] = self.weights
        return dict(zip(self.features, map(tuple, weights.tolist()), strict=True))

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Probability of each label; features that the model does not know count nothing."""
        first, second, third, fourth = [*self.intercepts.tolist(), 0.0, 0.0, 0.0][:4]
        rows = self._rows
        # Plain numbers, each by its name: to gather and multiply a few dozen rows as arrays, or to count through the
        # labels, takes two or three times as long.
        for name, value in features.items():
            if (row := rows.get(name)) is not None:
                a, b, c, d = row
                first += value * a
                second += value * b
                third += value * c
                fourth += value * d
        scores = [first, second, third, fourth][: len(self.labels)]
        largest = max(scores)
        shares = [math.exp(score - largest) for score in scores]
        total = sum(shares)
        return {label: share / total for label, share in zip(self.labels, shares, strict=True)}

    def reasons(self, features: Mapping[str, float], label: str) -> list[tuple[str, float]]:
        """What each known feature adds to the score of a label, the largest first."""
        column = list(self.labels).index(label)
        added = [(name, value * float(self.weights[row, column])) for name, value in features.items()
                 if (row := self._index.get(name)) is not None]  # fmt: skip
        return sorted(added, key=lambda item: (-abs(item[1]), item[0]))

    def to_file(self, path: Path) -> None:
        """Write as JSON; the same model gives the same bytes."""
        rows = {name: [round(float(w), 4) for w in row] for name, row in zip(self.features, self.weights, strict=True)}
        data = {"labels": list(self.labels), "intercepts": [round(float(x), 4) for x in self.intercepts]}
        text = json.dumps({**data, "weights": rows}, ensure_ascii=False, indent=0, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def from_file(cls, path: Path) -> LinearModel:
        """Read what `to_file` wrote.

        Raises:
            ModelError: If the file is missing or is not such a model.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            labels, intercepts, rows = data["labels"], data["intercepts"], data["weights"]
            weights = np.array(list(rows.values()), dtype=np.float64).reshape(len(rows), len(labels))
            return cls(tuple(rows), tuple(labels), weights, np.array(intercepts, dtype=np.float64))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(
                f"{path}: this is no classifier of commentlens ({error}). Build it again: "
                "commentlens train second-reader --output FOLDER."
            ) from error
