"""Gradient-boosted trees as arrays. All questions of all trees are asked at once: each "no" strikes out the leaves on
its left, and the first leaf left standing is the one (QuickScorer, Lucchese et al. 2015). Leaves are whole numbers, so
that every machine adds them up to the same.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning.fold import Array

FIRST_FILE, SECOND_FILE = "spam_model.npz", "spam_context.npz"  # trees of first sight, and of a second look
LEAVES = 32  # at most, of a tree
_UNITS = 1 << 20  # of a leaf's value, to one of log odds
_FIRST = 24  # trees that every segment walks through
_SEGMENTS = 256  # at a time, to bound memory
_HOPELESS = -3.0  # log odds after them below which the others are left out
_ALL = np.uint32(0xFFFFFFFF)
_DE_BRUIJN = np.uint32(0x077CB531)
_BIT = np.zeros(32, dtype=np.int64)  # the number of a bit, by the top bits of its product with the sequence
_BIT[[(0x077CB531 << bit & 0xFFFFFFFF) >> 27 for bit in range(32)]] = range(32)


class Trees(NamedTuple):
    feature: Array  # (questions, trees): which feature a question asks about
    threshold: Array  # (questions, trees, 1): at most this is a yes
    kept: Array  # (questions, trees, 1): bits of the leaves that a no leaves standing
    value: Array  # (trees, leaves): what a leaf adds to the log odds, in units
    base: Array  # log odds to begin with, in units


@cache
def model(name: str) -> tuple[Trees, Trees]:
    """The first trees and the rest."""
    with np.load(io.BytesIO(lexicon.read_bytes(name))) as file:
        feature, threshold, kept, value, base = (file[name] for name in Trees._fields)
    turned = feature.astype(np.int64).T, threshold.T[..., None], kept.T[..., None]
    parts = []
    for number, which in enumerate((slice(_FIRST), slice(_FIRST, None))):
        asked, limit, left = (np.ascontiguousarray(part[:, which]) for part in turned)
        parts.append(Trees(asked, limit, left, value[which].astype(np.int64), base * (number == 0)))
    return parts[0], parts[1]


def log_odds(columns: Array, page: Array, wanted: float) -> Array:
    """Log odds that each column of features is spam. If none of a page reaches ``wanted``, those that the first trees
    find hopeless stay with their verdict.

    :param columns: as :func:`pipeline.cleaning.features.measure` gives them
    :param page: which page each column belongs to
    """
    first, rest = model(FIRST_FILE)
    odds = _sum(first, columns)
    hopeful = odds > _HOPELESS * _UNITS
    if hopeful.any():
        odds[hopeful] += _sum(rest, columns[:, hopeful])
        found = np.zeros(page[-1] + 1, dtype=bool)
        found[page[odds >= wanted * _UNITS]] = True
        others = found.take(page) & ~hopeful
        if others.any():
            odds[others] += _sum(rest, columns[:, others])
    return odds / _UNITS


def all_log_odds(name: str, columns: Array) -> Array:
    """Log odds of each column by all trees of a file."""
    return sum(_sum(part, columns) for part in model(name)) / _UNITS


def _sum(trees: Trees, columns: Array) -> Array:
    """What the trees add up to for each column."""
    if columns.shape[1] > _SEGMENTS:
        parts = range(0, columns.shape[1], _SEGMENTS)
        return np.concatenate([_sum(trees, columns[:, at : at + _SEGMENTS]) for at in parts])
    no = columns.take(trees.feature, axis=0) > trees.threshold
    standing = np.bitwise_and.reduce(np.where(no, trees.kept, _ALL), axis=0)
    lowest = standing & (~standing + np.uint32(1))
    leaf = _BIT.take((lowest * _DE_BRUIJN) >> np.uint32(27))
    leaf += np.arange(0, trees.value.size, LEAVES)[:, None]
    return trees.value.take(leaf).sum(axis=0) + trees.base


def pack(trees: Sequence[Any], base: float, names: Sequence[str]) -> dict[str, Any]:
    """The arrays to store, from the node records of scikit-learn's histogram gradient boosting."""
    packed: dict[str, Any] = {
        "feature": np.zeros((len(trees), LEAVES - 1), np.uint8),
        "threshold": np.full((len(trees), LEAVES - 1), np.inf, np.float32),
        "kept": np.full((len(trees), LEAVES - 1), _ALL, np.uint32),
        "value": np.zeros((len(trees), LEAVES), np.int32),
        "base": np.int64(round(base * _UNITS)),
        "names": np.array(names),
    }
    for number, nodes in enumerate(trees):
        leaves = list(_leaves(nodes, 0))
        packed["value"][number, : len(leaves)] = [round(float(nodes[leaf]["value"]) * _UNITS) for leaf in leaves]
        questions = [node for node in range(len(nodes)) if not nodes[node]["is_leaf"]]
        for place, node in enumerate(questions):
            packed["feature"][number, place] = nodes[node]["feature_idx"]
            packed["threshold"][number, place] = nodes[node]["num_threshold"]
            struck = sum(1 << leaves.index(leaf) for leaf in _leaves(nodes, int(nodes[node]["left"])))
            packed["kept"][number, place] = 0xFFFFFFFF & ~struck
    return packed


def _leaves(nodes: Any, node: int) -> Iterator[int]:
    """Those below a node, from left to right."""
    if nodes[node]["is_leaf"]:
        yield node
    else:
        yield from _leaves(nodes, int(nodes[node]["left"]))
        yield from _leaves(nodes, int(nodes[node]["right"]))
