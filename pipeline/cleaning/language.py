"""How usual a text's words are in news, and in this order: counts of Chinese and English news, in hashed tables.

The model of news knows one class only. What spam looks like is not in it, so that it does not age with the campaigns.
Beside it stands a model of how advertising speaks to its reader, whatever it sells: weights of words, pairs and triples
by which advertisements of many trades differ from news. What that is worth where the trade is another shows while the
trees are trained, which see only what it says of trades that it was not made from.
"""

import io
from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning import topics
from pipeline.cleaning.fold import Array
from pipeline.cleaning.tokens import Tokens, mix

FILE, ADVERT_FILE = "news_language.npz", "advert_language.npz"
SINGLE_BITS, PAIR_BITS, TRIPLE_BITS = 17, 21, 23
SCALE = 16.0  # table units a nat of surprise
_SECOND, _THIRD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
ADVERT_BITS = 18  # of the tables of pairs and triples of advertising
ADVERT_SCALE = 16.0  # table units to one of log odds
_BACKOFF = 24  # units added where the pair was never seen
_BACKED_OFF = np.minimum(np.arange(256) + _BACKOFF, 255).astype(np.uint8)
_ADVERT_MASK = (1 << ADVERT_BITS) - 1
_BIT = np.left_shift(1, np.arange(8)).astype(np.uint8)


class Surprise(NamedTuple):
    """Per token, in units of the tables (:data:`SCALE` a nat) or as flags."""

    pair: Array  # surprise after the token before it
    single: Array  # surprise by itself
    new_pair: Array  # the pair was not seen in news
    new_triple: Array
    function: Array  # a function word
    advert: Array  # log odds of advertising, in units of :data:`ADVERT_SCALE`
    term: Array  # the number of its vector in :mod:`topics`; 0: none
    trade: Array  # how near that lies to what advertisements speak of


class Model(NamedTuple):
    single: Array  # uint8, by hash: surprise; 255: never seen
    pair: Array  # uint8, by hash: surprise given the token before; 0: never seen
    triple: Array  # packed bits, by hash: seen
    function: Array  # bool, by hash: a function word


@cache
def model() -> Model:
    with np.load(io.BytesIO(lexicon.read_bytes(FILE))) as file:
        function = np.zeros(1 << SINGLE_BITS, dtype=bool)
        function[(file["function"] & np.uint64((1 << SINGLE_BITS) - 1)).astype(np.int64)] = True
        return Model(file["single"], file["pair"], file["triple"], function)


class Advert(NamedTuple):
    """Weights of advertising, int8."""

    single: Array  # by hash
    pair: Array
    triple: Array
    term: Array  # by the number of a term's vector: how near it lies to what advertisements speak of


@cache
def advert() -> Advert:
    with np.load(io.BytesIO(lexicon.read_bytes(ADVERT_FILE))) as file:
        return Advert(*(file[name] for name in Advert._fields))


def keys(hashes: Array, opens: Array) -> tuple[Array, Array, Array]:
    """Table indices of each token, of it with the one before, and with the two before; a segment's start counts as
    a token of its own."""
    previous, earlier = np.zeros((2, len(hashes)), np.uint64)
    first = opens.nonzero()[0]
    previous[1:] = hashes[:-1]
    previous[first] = 0
    earlier[1:] = previous[:-1]
    earlier[first] = 0
    pairs = mix(hashes + previous * _SECOND)
    triples = mix(pairs + earlier * _THIRD)
    # Below 2^63, so that what indexes need can look at the same bytes.
    return (
        (hashes & np.uint64((1 << SINGLE_BITS) - 1)).view(np.int64),
        (pairs & np.uint64((1 << PAIR_BITS) - 1)).view(np.int64),
        (triples & np.uint64((1 << TRIPLE_BITS) - 1)).view(np.int64),
    )


def surprise(tokens: Tokens, opens: Array, weights: Advert | None = None) -> Surprise:
    """How surprising each token is to a reader of news, and how much like advertising.

    :param weights: other weights of advertising than the stored ones
    """
    table, weights = model(), weights or advert()
    single, pair, triple = keys(tokens.hash, opens)
    term = topics.model().row.take(topics.keys(tokens.han, single, pair))
    alone = table.single.take(single)
    given = table.pair.take(pair)
    new = given == 0
    return Surprise(
        np.where(new, _BACKED_OFF.take(alone), given),
        alone,
        new,
        (table.triple.take(triple >> 3) & _BIT.take(triple & 7)) == 0,
        table.function.take(single),
        advert_sum(weights, single, pair, triple),
        term,
        weights.term.take(term),
    )


def advert_sum(weights: Advert, single: Array, pair: Array, triple: Array) -> Array:
    """What the three tables say of each token."""
    found = weights.single.take(single).astype(np.int32)
    found += weights.pair.take(pair & _ADVERT_MASK)
    found += weights.triple.take(triple & _ADVERT_MASK)
    return found
