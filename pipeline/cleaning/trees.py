"""Gradient-boosted trees as arrays: all trees walk down one level at a time, for all rows at once."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning.fold import Array

FILE = "spam_model.npz"
_FIRST = 8  # trees that every row walks through
_ROWS = 2048  # at a time, to bound memory
_HOPELESS = -2.8  # log odds after them below which the others are left out


class Trees(NamedTuple):
    feature: Array  # (trees, nodes): which column a node asks about
    threshold: Array  # (trees, nodes): at most this goes left; a leaf's is infinite
    left: Array  # (trees, nodes): the next node, counted through all trees; a leaf's is itself
    right: Array
    value: Array  # (trees, nodes): what a leaf adds to the log odds
    base: Array  # log odds to begin with
    depth: Array


@cache
def model() -> Trees:
    with np.load(io.BytesIO(lexicon.read_bytes(FILE))) as file:
        stored = {name: file[name] for name in Trees._fields}
    wide = {name: stored[name].astype(np.int64) for name in ("feature", "left", "right")}
    base = np.arange(len(stored["feature"]))[:, None] * stored["feature"].shape[1]
    return Trees(**stored | wide | {"left": wide["left"] + base, "right": wide["right"] + base})


def log_odds(matrix: Array) -> Array:
    """Log odds that each row of features is spam. Rows that the first trees find hopeless stay with their verdict."""
    trees = model()
    size = min(_FIRST, len(trees.feature))
    odds = float(trees.base) + _sum(trees, matrix, 0, size)
    hopeful = np.nonzero(odds > _HOPELESS)[0]
    if len(hopeful):
        odds[hopeful] += _sum(trees, matrix[hopeful], size, len(trees.feature))
    return odds


def _sum(trees: Trees, matrix: Array, low: int, high: int) -> Array:
    """What the trees from ``low`` to ``high`` add up to for each row: all walk down one level at a time."""
    if len(matrix) > _ROWS:
        return np.concatenate([_sum(trees, matrix[at : at + _ROWS], low, high) for at in range(0, len(matrix), _ROWS)])
    width = trees.feature.shape[1]
    node = np.broadcast_to(np.arange(low, high)[None, :] * width, (len(matrix), high - low))
    cells = np.arange(len(matrix))[:, None] * matrix.shape[1]
    values = matrix.ravel()
    for _ in range(int(trees.depth)):
        goes_left = values.take(cells + trees.feature.take(node)) <= trees.threshold.take(node)
        node = np.where(goes_left, trees.left.take(node), trees.right.take(node))
    return trees.value.take(node).sum(axis=1, dtype=np.float64)


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
