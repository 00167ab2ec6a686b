"""How usual a text's words are in news, and in this order: counts of Chinese and English news, in hashed tables.

The model knows one class only, news. What spam looks like is not in it, so that it does not age with the campaigns.
"""

import io
from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning.fold import Array
from pipeline.cleaning.tokens import Tokens, mix

FILE = "news_language.npz"
SINGLE_BITS, PAIR_BITS, TRIPLE_BITS = 17, 21, 23
SCALE = 16.0  # table units a nat of surprise
_SECOND, _THIRD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_BACKOFF = 24.0  # units added where the pair was never seen


class Surprise(NamedTuple):
    """Per token, in nats or as flags."""

    pair: Array  # surprise after the token before it
    single: Array  # surprise by itself
    new_pair: Array  # the pair was not seen in news
    new_triple: Array
    function: Array  # a function word


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


def keys(hashes: Array, opens: Array) -> tuple[Array, Array, Array]:
    """Table indices of each token, of it with the one before, and with the two before; a segment's start counts as
    a token of its own."""
    previous = np.concatenate((np.zeros(1, np.uint64), hashes[:-1]))
    previous = np.where(opens, np.uint64(0), previous)
    earlier = np.concatenate((np.zeros(1, np.uint64), previous[:-1]))
    earlier = np.where(opens, np.uint64(0), earlier)
    pairs = mix(hashes + previous * _SECOND)
    triples = mix(pairs + earlier * _THIRD)
    return (
        (hashes & np.uint64((1 << SINGLE_BITS) - 1)).astype(np.int64),
        (pairs & np.uint64((1 << PAIR_BITS) - 1)).astype(np.int64),
        (triples & np.uint64((1 << TRIPLE_BITS) - 1)).astype(np.int64),
    )


def surprise(tokens: Tokens, opens: Array) -> Surprise:
    """How surprising each token is to a reader of news."""
    table = model()
    single, pair, triple = keys(tokens.hash, opens)
    alone = table.single.take(single).astype(np.float32)
    given = table.pair.take(pair).astype(np.float32)
    new = given == 0
    seen = (table.triple.take(triple >> 3) >> (triple & 7).astype(np.uint8)) & 1
    return Surprise(
        np.where(new, np.minimum(alone + _BACKOFF, 255.0), given) / SCALE,
        alone / SCALE,
        new,
        seen == 0,
        table.function.take(single),
    )
