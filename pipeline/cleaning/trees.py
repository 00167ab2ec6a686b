"""Gradient-boosted trees as arrays: all trees walk down one level at a time, for all rows at once."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning.fold import Array

FILE = "spam_model.npz"


class Trees(NamedTuple):
    feature: Array  # (trees, nodes): which column a node asks about
    threshold: Array  # (trees, nodes): at most this goes left; a leaf's is infinite
    left: Array  # (trees, nodes): a leaf's is itself
    right: Array
    value: Array  # (trees, nodes): what a leaf adds to the log odds
    base: Array  # log odds to begin with
    depth: Array


@cache
def model() -> Trees:
    with np.load(io.BytesIO(lexicon.read_bytes(FILE))) as file:
        return Trees(**{name: file[name] for name in Trees._fields})


def log_odds(matrix: Array) -> Array:
    """Log odds that each row of features is spam."""
    trees = model()
    number = np.arange(len(trees.feature))[None, :]
    node = np.zeros((len(matrix), len(trees.feature)), dtype=np.int64)
    row = np.arange(len(matrix))[:, None]
    for _ in range(int(trees.depth)):
        goes_left = matrix[row, trees.feature[number, node]] <= trees.threshold[number, node]
        node = np.where(goes_left, trees.left[number, node], trees.right[number, node])
    return float(trees.base) + trees.value[number, node].sum(axis=1, dtype=np.float64)


def pack(trees: Sequence[Any], base: float, names: Sequence[str]) -> dict[str, Any]:
    """The arrays to store, from the node records of scikit-learn's histogram gradient boosting."""
    size = max(map(len, trees))
    packed: dict[str, Any] = {
        "feature": np.zeros((len(trees), size), np.uint8),
        "threshold": np.full((len(trees), size), np.inf, np.float32),
        "left": np.zeros((len(trees), size), np.uint8),
        "right": np.zeros((len(trees), size), np.uint8),
        "value": np.zeros((len(trees), size), np.float32),
        "base": np.float32(base),
        "depth": np.uint8(max(int(nodes["depth"].max()) for nodes in trees)),
        "names": np.array(names),
    }
    for number, nodes in enumerate(trees):
        leaf = nodes["is_leaf"].astype(bool)
        place = np.arange(len(nodes))
        packed["feature"][number, : len(nodes)] = np.where(leaf, 0, nodes["feature_idx"])
        packed["threshold"][number, : len(nodes)] = np.where(leaf, np.inf, nodes["num_threshold"])
        packed["left"][number, : len(nodes)] = np.where(leaf, place, nodes["left"])
        packed["right"][number, : len(nodes)] = np.where(leaf, place, nodes["right"])
        packed["value"][number, : len(nodes)] = np.where(leaf, nodes["value"], 0)
    return packed
