"""The trained scorer: a linear-chain conditional random field over hashed features (Lafferty et al. 2001).

Labels are O, B, I, E, S (outside; begin, inside, end of a name; a name of one position). O scores 0, so that the four
other scores of a position fit one 64-bit word: a feature's weights are one number, and scoring is gather and add.
"""

import io
import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import lexicon

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.uint32]

FILE = "organizations_{}.npz"
O, B, I, E, S = range(5)  # noqa: E741
_LANES = 4
_BIAS = 128


_LEAN = 0.4  # towards names: what is trained on is told apart better than what is new
_SLACK = 1e-3  # for sums that differ by rounding
_NEAR = -3.0  # a position whose best label is further below O than this is in no name


class Model(NamedTuple):
    table: "npt.NDArray[np.uint64]"  # a feature's four weights, each in 16 bits
    scale: float
    transitions: tuple[tuple[float, ...], ...]  # [from][to]
    gains: "Floats"  # what a B, I, E, S wins at best by the transitions around it, against O

    @property
    def bits(self) -> int:
        return int(self.table.size).bit_length() - 1


def pack(weights: "npt.NDArray[np.int8]") -> "npt.NDArray[np.uint64]":
    """Rows of four signed weights as one number each."""
    import numpy as np

    lanes = (weights.astype(np.int16) + np.int16(_BIAS)).astype("<u2")
    packed: npt.NDArray[np.uint64] = np.ascontiguousarray(lanes).view("<u8")[:, 0]
    return packed


@cache
def load(lang: str) -> Model | None:
    """The model of a language (``zh``, ``en``); None if there is none."""
    import numpy as np

    if not (lexicon.DATA / FILE.format(lang)).exists():
        return None
    with np.load(io.BytesIO(lexicon.read_bytes(FILE.format(lang))), allow_pickle=False) as data:
        about = json.loads(str(data["about"]))
        moves = data["transitions"]
        base = moves[O, O]
        after = max(moves[E, O], moves[E, B], moves[E, S])
        into = [
            max(moves[O, B], moves[E, B], moves[S, B]),
            max(moves[B, I], moves[I, I]),
            max(moves[B, E], moves[I, E]),
        ]
        into.append(max(moves[O, S], moves[E, S], moves[S, S]) + max(moves[S, O], moves[S, B], moves[S, S]) - base)
        gains = np.array(into, dtype=np.float32) - base + np.array([0, 0, after - base, 0], dtype=np.float32)
        return Model(pack(data["weights"]), float(about["scale"]), tuple(map(tuple, moves.tolist())), gains)


def emissions(model: Model, features: "Ints") -> "Floats":
    """Scores of B, I, E, S against O at each position: an array of (positions, 4).

    :param features: hashes, an array of (templates, positions)
    """
    import numpy as np

    places = features >> np.uint32(32 - model.bits)
    total = model.table.take(places).sum(axis=0, dtype=np.uint64)
    lanes = (total >> (np.arange(_LANES, dtype=np.uint64) * np.uint64(16))[:, None]) & np.uint64(0xFFFF)
    scores: Floats = (lanes.astype(np.float32) - _BIAS * len(features)) * np.float32(model.scale)
    return scores.T + np.array([_LEAN, 0, 0, _LEAN], dtype=np.float32)


def decode(model: Model, scores: "Floats", breaks: "npt.NDArray[np.bool_]") -> Iterator[tuple[int, int]]:
    """The names on the best path. Only stretches in which a name may beat no name are searched; the rest is O.

    :param breaks: positions that belong to no name: ends of sentences
    """
    import numpy as np

    best = (scores + model.gains).max(axis=1)
    live = (best > _NEAR) & ~breaks
    edges = np.flatnonzero(np.diff(np.concatenate(([0], live.view(np.int8), [0])))).reshape(-1, 2)
    if not len(edges):
        return
    tops = np.maximum.reduceat(np.append(best, _NEAR), edges.ravel())[::2]
    worth = np.maximum.reduceat(np.append(_bounds(model, scores), -math.inf), edges.ravel())[::2]
    for start, end in edges[(tops > 0) & (worth > -_SLACK)].tolist():
        begin = start
        for at, label in enumerate(_viterbi(model.transitions, scores[start:end].tolist()), start):
            if label in (B, S):
                begin = at
            if label in (E, S):
                yield begin, at + 1


def _bounds(model: Model, scores: "Floats") -> "npt.NDArray[np.float64]":
    """What a name that ends at each position wins at most against O: where it is negative, no best path has one."""
    import numpy as np

    moves, base = model.transitions, model.transitions[O][O]
    ways = (
        max(moves[O][B], moves[E][B], moves[S][B]) - base,
        max(moves[B][I], moves[I][I]) - base,
        max(moves[B][E], moves[I][E]) - base + max(moves[E][O] - base, 0.0),
        max(moves[O][S], moves[E][S], moves[S][S]) - base + max(moves[S][O] - base, 0.0),
    )
    wins = scores.T.astype(np.float64) + np.array(ways)[:, None]
    inner = np.cumsum(wins[1])
    best = np.maximum.accumulate(wins[0] - inner)
    bounds: npt.NDArray[np.float64] = wins[3]
    bounds[1:] = np.maximum(bounds[1:], wins[2][1:] + inner[:-1] + best[:-1])
    return bounds


def margin(model: Model, scores: "Floats", start: int, end: int) -> float:
    """How much better a name at these positions is than none, in log odds."""
    rows = scores[start:end].tolist()
    moves = model.transitions
    if len(rows) == 1:
        return float(moves[O][S] + rows[0][S - 1] + moves[S][O] - 2 * moves[O][O])
    inner = sum(row[I - 1] for row in rows[1:-1])
    middle = moves[B][I] + (len(rows) - 3) * moves[I][I] + moves[I][E] if len(rows) > 2 else moves[B][E]
    total = moves[O][B] + rows[0][B - 1] + inner + middle + rows[-1][E - 1] + moves[E][O]
    return float(total - (len(rows) + 1) * moves[O][O])


def _viterbi(moves: Sequence[Sequence[float]], rows: list[list[float]]) -> list[int]:
    """The best path through one stretch that has O on both sides."""
    (oo, ob, _, _, os), (_, _, bi, be, _), (_, _, ii, ie, _), (eo, eb, _, _, es), (so, sb, _, _, ss) = moves
    low = -math.inf
    o, b, i, e, s = 0.0, low, low, low, low
    back: list[tuple[int, int, int, int]] = []  # best label before O, B, S, and before I and E together
    for row in rows:  # comparisons spelt out: several times quicker than max() and index()
        x, y, z = o + oo, e + eo, s + so
        best, to_o = (x, O) if x >= y and x >= z else (y, E) if y >= z else (z, S)
        x, y, z = o + ob, e + eb, s + sb
        opened, to_b = (x, O) if x >= y and x >= z else (y, E) if y >= z else (z, S)
        x, y, z = o + os, e + es, s + ss
        alone, to_s = (x, O) if x >= y and x >= z else (y, E) if y >= z else (z, S)
        x, y = b + bi, i + ii
        inner, to_i = (x, 8 * B) if x >= y else (y, 8 * I)
        x, y = b + be, i + ie
        closing, to_e = (x, B) if x >= y else (y, I)
        o, b, i, e, s = best, opened + row[0], inner + row[1], closing + row[2], alone + row[3]
        back.append((to_o, to_b, to_s, to_i + to_e))
    label = max(((o + oo, O), (e + eo, E), (s + so, S)))[1]
    labels = [label]
    for to_o, to_b, to_s, to_i in reversed(back[1:]):
        label = {O: to_o, B: to_b, S: to_s, I: to_i // 8, E: to_i % 8}[label]
        labels.append(label)
    return labels[::-1]


def confidence(margin: float) -> float:
    """A margin as a number between 0 and 1."""
    return round(1 / (1 + math.exp(-max(min(margin, 30.0), -30.0))), 3)
