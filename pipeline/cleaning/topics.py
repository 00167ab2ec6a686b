"""Whether a segment speaks of what its article speaks of: vectors of words and of pairs of Han characters, learned from
the articles that they stand in (:mod:`training.topics`), and rare words that return.

Vectors are of whole numbers, so that their sums are the same in any order; three of them are packed into one, which
adds up three times as fast.
"""

import io
from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning.fold import Array
from pipeline.cleaning.tokens import run_starts

FILE = "topics.npz"
DIMENSIONS = 48
KEYS = 1 << 21  # a term is a pair of Han characters or a word: its key in the tables of language, words spread
_WORD_SHIFT = 4
_NEAR = 3  # segments before and behind that are near
MOST = 40  # of a vector's numbers, either way, so that the sums of a segment stay within their bits
_BITS = 21
_HALF, _FIELD = 1 << (_BITS - 1), (1 << _BITS) - 1
_SEGMENT_BITS = 24


class Model(NamedTuple):
    row: Array  # uint16, by key: the number of the term's vector; 0: none
    vector: Array  # int64: three numbers packed into each
    weight: Array  # int64, by number: how rare a term is


@cache
def model() -> Model:
    with np.load(io.BytesIO(lexicon.read_bytes(FILE))) as file:
        key, vector, weight = (file[name] for name in ("key", "vector", "weight"))
    row = np.zeros(KEYS, np.uint16)
    row[key] = np.arange(1, len(key) + 1)
    thirds = vector.astype(np.int64).reshape(len(key), DIMENSIONS // 3, 3)
    packed = thirds[..., 0] + (thirds[..., 1] << _BITS) + (thirds[..., 2] << 2 * _BITS)
    return Model(row, np.concatenate((np.zeros_like(packed[:1]), packed)), np.append(0, weight))


def unpacked(packed: Array) -> Array:
    numbers = np.empty((*packed.shape, 3))
    for place in range(3):
        number = (packed + _HALF & _FIELD) - _HALF
        numbers[..., place] = number
        packed = packed - number >> _BITS
    return numbers.reshape(len(packed), -1)


def keys(han: Array, single: Array, pair: Array) -> Array:
    """The key of the term that ends with each token, from its keys in the tables of language."""
    return np.where(han, pair, single << _WORD_SHIFT)


class Topics(NamedTuple):
    """Per segment."""

    known: Array  # how many terms have vectors
    rest: Array  # likeness to the rest of its page, -1 to 1
    lower: Array  # share of the page's segments, among those with such terms, that are less like the rest of it
    usual: Array  # that likeness, less what it is in the page on average
    title: Array  # likeness to the first line
    before: Array  # likeness to the segments just before
    behind: Array
    around: Array  # likeness of what is just before to what is just behind
    returning: Array  # how much of the segment's rare terms the rest of the page has too


def measure(terms: Array, first: Array, page: Array, line: Array) -> Topics:
    """:param terms: per token, the number of its term's vector
    :param first: per segment: its first token
    :param page: per segment: the number of its page, without gaps
    :param line: per segment: the number of its line
    """
    packed, known, rows, segment = packed_sums(terms, first)
    opens = run_starts(page)
    sums = unpacked(packed)
    squares = products(sums, sums)
    total = np.add.reduceat(sums, opens, axis=0).take(page, axis=0)
    title = unpacked(np.add.reduceat(packed * (line == line.take(opens).take(page))[:, None], opens, axis=0))
    before, behind = _near(packed, opens, page)
    square_before, square_behind = products(before, before), products(behind, behind)
    rest = likeness(sums, total - sums, squares)
    number = np.maximum(np.add.reduceat(known > 0, opens, dtype=np.int64), 1)
    mean = np.bincount(page, weights=np.rint(rest * 65536.0)) / 65536.0 / number
    return Topics(
        known,
        rest,
        _lower(rest, known > 0, page, opens) / number.take(page),
        rest - mean.take(page),
        likeness(sums, title.take(page, axis=0), squares),
        likeness(sums, before, squares, square_before),
        likeness(sums, behind, squares, square_behind),
        likeness(before, behind, square_before, square_behind),
        _returning(rows, segment, page, len(first)),
    )


def packed_sums(terms: Array, first: Array) -> tuple[Array, Array, Array, Array]:
    """Per segment what its vectors add up to, packed, and how many they are; all their numbers, and their segments."""
    at = terms.nonzero()[0]
    rows = terms.take(at)
    segment = first.searchsorted(at, side="right") - 1
    known = np.bincount(segment, minlength=len(first))
    packed = np.zeros((len(first), DIMENSIONS // 3), np.int64)
    if len(at):
        filled = known.nonzero()[0]
        packed[filled] = np.add.reduceat(model().vector.take(rows, axis=0), at.searchsorted(first.take(filled)), axis=0)
    return packed, known, rows, segment


def products(one: Array, other: Array) -> Array:
    return np.einsum("ij,ij->i", one, other)


def likeness(one: Array, other: Array, square: Array, other_square: Array | None = None) -> Array:
    """The cosine of the angle between vectors of whole numbers whose squares are known, 0 where one has no length."""
    if other_square is None:
        other_square = products(other, other)
    return products(one, other) / np.maximum(np.sqrt(square) * np.sqrt(other_square), 1.0)


def _near(packed: Array, opens: Array, page: Array) -> tuple[Array, Array]:
    """What the segments just before, and just behind, each one add up to."""
    total = np.zeros((len(packed) + 1, packed.shape[1]), np.int64)
    packed.cumsum(axis=0, out=total[1:])
    place = np.arange(len(packed))
    low = np.maximum(place - _NEAR, opens.take(page))
    high = np.minimum(place + 1 + _NEAR, np.append(opens[1:], len(packed)).take(page))
    return unpacked(total[:-1] - total.take(low, axis=0)), unpacked(total.take(high, axis=0) - total[1:])


def _lower(values: Array, counted: Array, page: Array, opens: Array) -> Array:
    """How many of those counted in its page have lower values than each one."""
    order = np.lexsort((values, page))
    before = np.append(0, counted.take(order).cumsum())
    same = np.ones(len(order), dtype=bool)  # opens a row of equal values of one page
    same[1:] = (values.take(order[1:]) != values.take(order[:-1])) | (page.take(order[1:]) != page.take(order[:-1]))
    start = same.nonzero()[0]
    start = start.take(same.cumsum() - 1)
    lower = np.empty(len(order), np.int64)
    lower[order] = before.take(start) - before.take(opens.take(page.take(order)))
    return lower


def _returning(rows: Array, segment: Array, page: Array, size: int) -> Array:
    """Per segment: the weights of its terms that other segments of its page have too, by the root of the sum of the
    squares of all."""
    weights = model().weight
    # One number holds page, term and segment.
    found = np.sort((page.take(segment) * len(weights) + rows) << _SEGMENT_BITS | segment)
    if not len(found):
        return np.zeros(size)
    term, owner = found >> _SEGMENT_BITS, found & (1 << _SEGMENT_BITS) - 1
    starts = run_starts(term)
    stops = np.append(starts[1:], len(term))
    weight = weights.take(term.take(starts) % len(weights))
    several = owner.take(starts) != owner.take(stops - 1)  # segments have the term
    weight, shared = np.repeat(np.stack((weight, weight * several)), stops - starts, axis=1)
    squares = np.bincount(owner, weights=weight * weight, minlength=size)
    return np.bincount(owner, weights=shared, minlength=size) / np.maximum(np.sqrt(squares), 1.0)
