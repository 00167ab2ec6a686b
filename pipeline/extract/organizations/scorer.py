"""The trained scorer: a linear-chain conditional random field over hashed features (Lafferty et al. 2001).

Labels are O, B, I, E, S (outside; begin, inside, end of a name; a name of one position). O scores 0, so that the four
other scores of a position fit one 64-bit word: a feature's weights are one number, and scoring is gather and add.
"""

import io
import json
import math
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import lexicon

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Steps = npt.NDArray[np.int32]
    from pipeline.extract.organizations.features import Flags, Grid, Ints, Places

FILE = "organizations_{}.npz"
O, B, I, E, S = range(5)  # noqa: E741
_MOVES = ((O, O), (O, B), (O, S), (B, I), (B, E), (I, I), (I, E), (E, O), (E, B), (E, S), (S, O), (S, B), (S, S))
_LANES = 4
_BIAS = 128


_LEAN = 0.4  # towards names: what is trained on is told apart better than what is new
_SLACK = 1e-3  # for sums that differ by rounding
_WIDER = 3
_LONGEST = 300  # positions that are searched as one stretch: no name is as long
_NEAR = -3.0  # a position whose best label is further below O than this is in no name


class Model(NamedTuple):
    """Weights and all that is added to them, in steps: ``scale`` log odds each."""

    table: "npt.NDArray[np.uint64]"  # a feature's four weights, each in 16 bits
    scale: float
    moves: tuple[tuple[float, ...], ...]  # what it costs to go [from][to]
    gate: "npt.NDArray[np.int8] | None"  # weights of the first look
    floor: int  # what a position must score there to be looked at again
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
        scale = float(about["scale"])
        moves = data["transitions"].astype(np.float64) / scale
        moves[[O, E, S], B] += _LEAN / scale
        moves[[O, E, S], S] += _LEAN / scale
        base = moves[O, O]
        after = max(moves[E, O], moves[E, B], moves[E, S])
        into = [
            max(moves[O, B], moves[E, B], moves[S, B]),
            max(moves[B, I], moves[I, I]),
            max(moves[B, E], moves[I, E]),
        ]
        into.append(max(moves[O, S], moves[E, S], moves[S, S]) + max(moves[S, O], moves[S, B], moves[S, S]) - base)
        gains = np.array(into) - base + np.array([0, 0, after - base, 0])
        table, listed = pack(data["weights"]), tuple(map(tuple, moves.tolist()))
        return Model(table, scale, listed, data.get("gate"), int(about.get("floor", 0)), gains)


def emissions(model: Model, features: "Ints") -> "Steps":
    """Scores of B, I, E, S against O at each position, in steps: an array of (positions, 4).

    :param features: hashes, an array of (templates, positions)
    """
    import numpy as np

    places = features >> np.uint32(32 - model.bits)
    total = model.table.take(places).sum(axis=0, dtype=np.uint64)
    steps: Steps = total.view("<u2").reshape(-1, _LANES).astype(np.int32) - np.int32(_BIAS * len(features))
    return steps


class Scores(NamedTuple):
    """Scores of positions, to look up."""

    begins: list[int]
    inner: list[int]  # the sum of all before a position
    ends: list[int]
    single: list[int]

    @classmethod
    def of(cls, steps: "Steps") -> "Scores":
        import numpy as np

        inner = np.cumsum(steps[:, I - 1]) - steps[:, I - 1]
        return cls(steps[:, B - 1].tolist(), inner.tolist(), steps[:, E - 1].tolist(), steps[:, S - 1].tolist())

    def margin(self, model: Model, first: int, last: int) -> float:
        """How much better a name from ``first`` to ``last`` is than none, in log odds."""
        moves = model.moves
        more = last - first
        if not more:
            total = moves[O][S] + self.single[first] + moves[S][O]
        else:
            middle = moves[B][I] + (more - 2) * moves[I][I] + moves[I][E] if more > 1 else moves[B][E]
            inner = self.inner[last] - self.inner[first + 1]
            total = moves[O][B] + self.begins[first] + inner + middle + self.ends[last] + moves[E][O]
        return (total - (more + 2) * moves[O][O]) * model.scale


def live(model: Model, grid: "Grid") -> "Places":
    """The positions that may stand in a name, as a first look at few features tells; the rest is not looked at."""
    import numpy as np

    likely = grid.marked
    if grid.coarse is not None and model.gate is not None:
        places = grid.coarse >> np.uint32(32 - int(model.gate.size).bit_length() + 1)
        likely = _widened(likely | (model.gate.take(places).sum(axis=0, dtype=np.int32) > model.floor))
    elif grid.coarse is not None:
        likely = np.ones(grid.size, dtype=bool)
    return np.flatnonzero(likely)


def _widened(flags: "Flags") -> "Flags":
    """The flags, and those up to ``_WIDER`` positions beside them."""
    for step in (1, _WIDER - 1):
        wider = flags.copy()
        wider[step:] |= flags[:-step]
        wider[:-step] |= flags[step:]
        flags = wider
    return flags


def score(model: Model, grid: "Grid", first: int, end: int) -> Scores:
    """The scores of positions ``first`` to ``end``."""
    import numpy as np

    return Scores.of(emissions(model, grid.at(np.arange(first, end))))


def decode(model: Model, scores: "Steps", at: "Places", breaks: "Flags") -> Iterator[tuple[int, int]]:
    """The names on the best path. Only stretches in which a name may beat no name are searched; the rest is O.

    :param at: the positions that are scored
    :param breaks: which of them belong to no name: ends of sentences
    """
    import numpy as np

    best = (scores + model.gains).max(axis=1)
    flags = (best * model.scale > _NEAR) & ~breaks
    apart = np.diff(at, prepend=-9, append=-9) != 1
    opens = np.flatnonzero(flags & (apart[:-1] | ~np.append(False, flags[:-1])))
    if not len(opens):
        return
    edges = np.stack((opens, np.flatnonzero(flags & (apart[1:] | ~np.append(flags[1:], False))) + 1), axis=1)
    tops = np.maximum.reduceat(np.append(best, _NEAR / model.scale), edges.ravel())[::2]
    worth = np.maximum.reduceat(np.append(_bounds(model, scores), -math.inf), edges.ravel())[::2]
    edges = _split(edges[(tops > 0) & (worth > -_SLACK / model.scale)])
    for begin, end in _names(model, scores, edges):
        yield int(at[begin]), int(at[end]) + 1


def _split(edges: "Places") -> "Places":
    """The stretches with the overlong ones cut into pieces, as a text without a blank has them."""
    import numpy as np

    if not len(edges) or (edges[:, 1] - edges[:, 0]).max() <= _LONGEST:
        return edges
    pieces = [(low, min(low + _LONGEST, end)) for start, end in edges.tolist() for low in range(start, end, _LONGEST)]
    return np.array(pieces)


def _bounds(model: Model, scores: "Steps") -> "npt.NDArray[np.float64]":
    """What a name that ends at each position wins at most against O: where it is negative, no best path has one."""
    import numpy as np

    moves, base = model.moves, model.moves[O][O]
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


def _names(model: Model, scores: "Steps", edges: "Places") -> Iterator[tuple[int, int]]:
    """First and last position of the names in the stretches, which have O on both sides."""
    edges = edges[(edges[:, 0] - edges[:, 1]).argsort(kind="stable")]
    labels = _viterbi(model, scores, edges[:, 0], edges[:, 1] - edges[:, 0])
    for row, first in zip(labels.T.tolist(), edges[:, 0].tolist(), strict=True):
        begin = first
        for at, label in enumerate(row, first):
            if label in (B, S):
                begin = at
            if label in (E, S):
                yield begin, at


def _viterbi(model: Model, scores: "Steps", starts: "Places", lengths: "Places") -> "npt.NDArray[np.int8]":
    """Labels on the best paths through stretches, the longest first: an array of (positions, stretches)."""
    import numpy as np

    allowed = np.full((5, 5), -np.inf)
    for before, after in _MOVES:
        allowed[before, after] = model.moves[before][after]
    best = np.full((len(starts), 5), -np.inf)
    best[:, O] = 0
    longest = int(lengths.max(initial=0))
    active = np.searchsorted(-lengths, -np.arange(longest), side="left")
    back = np.zeros((longest, len(starts), 5), dtype=np.int8)
    for at, count in enumerate(active.tolist()):
        paths = best[:count, :, None] + allowed
        back[at, :count] = paths.argmax(axis=1)
        best[:count] = paths.max(axis=1)
        best[:count, 1:] += scores[starts[:count] + at]
    label = (best + allowed[:, O]).argmax(axis=1).astype(np.int8)
    labels = np.zeros((longest, len(starts)), dtype=np.int8)
    for at, count in zip(range(longest - 1, -1, -1), active.tolist()[::-1], strict=True):
        labels[at, :count] = label[:count]
        label[:count] = back[at, np.arange(count), label[:count]]
    return labels


def confidence(margin: float) -> float:
    """A margin as a number between 0 and 1."""
    return round(1 / (1 + math.exp(-max(min(margin, 30.0), -30.0))), 3)
